package laws

import (
	"context"
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// fold: free cloth with a crease rests at the crease's angle.
func fold() Law {
	const half = 0.04
	return Law{
		Key: "fold", Title: "Crease of free cloth", Formula: "angle at rest = rest angle", Source: "no moment without load",
		X: "rest angle [degrees]", Y: "angle measured [degrees]", Figure: "slope of the line [1]",
		Edges: [4]float64{0.012, 0.009, 0.0065, 0.005}, Within: 0.01,
		Line: func() []XY { return line(-90, 150, func(x float64) float64 { return x }) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h, Want: 1}
			for _, deg := range []float64{-90, -45, 30, 90, 150} {
				s, err := newSheet(rectangle(r2.Vec{X: -half}, r2.Vec{X: half, Y: stripWidth}, h, 0), h, plain(), upright, 0)
				if err != nil {
					return out, err
				}
				s.Folds = []cloth.Fold{{Line: s.column(0), Angle: deg * math.Pi / 180}}
				r, err := rest(ctx, &out, s.Cloth, drape.Nothing{}, drape.Settings{Weightless: true, NoSelfContact: true, Tolerance: 1e-3, PolishSteps: 1000})
				if err != nil {
					return out, err
				}
				at := func(x float64) (p r3.Vec) {
					list := s.where(func(q r2.Vec) bool { return q.X == x })
					for _, i := range list {
						p = r3.Add(p, r3.Scale(1/float64(len(list)), r.Pos[i]))
					}
					return p
				}
				crease := s.column(0).Verts
				axis := r3.Unit(r3.Sub(r.Pos[crease[len(crease)-1]], r.Pos[crease[0]]))
				u, v := r3.Unit(r3.Sub(at(0), at(-half))), r3.Unit(r3.Sub(at(half), at(0)))
				angle := math.Atan2(r3.Dot(r3.Cross(u, v), axis), r3.Dot(u, v)) * 180 / math.Pi
				out.Points = append(out.Points, XY{deg, angle})
			}
			out.Got = slope(out.Points)
			return out, nil
		},
	}
}

// column lists the vertices at flat X = x in ascending Y.
func (s *sheet) column(x float64) cloth.Line {
	list := s.where(func(q r2.Vec) bool { return q.X == x })
	for i := range list { // insertion sort of a few
		for k := i; k > 0 && s.flat[list[k]].Y < s.flat[list[k-1]].Y; k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
	return cloth.Line{Name: "column", Verts: list}
}
