package laws

import (
	"context"
	"math"

	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// buckling: a strip held at both ends, free to turn there, is pushed together.
// Below the critical strain it shortens, above it bows out.
func buckling() Law {
	const length = 0.06
	f := plain()
	f.Warp, f.Weft, f.Shear = 30, 30, 15 // soft, so that the threshold shows
	critical := math.Pi * math.Pi * f.BendWarp / (f.Weft * length * length)
	height := func(pct float64) float64 {
		return 1000 * 2 * length / math.Pi * math.Sqrt(max(0, pct/100-critical))
	}
	const top = 3.0 // [%]
	return Law{
		Key: "buckling", Title: "Euler buckling of a strip", Formula: "eps_c = pi^2 B / (E L^2); height = (2 L / pi) sqrt(eps - eps_c) beyond",
		Source: "Euler's column, hinged ends; the height is the first term in eps - eps_c", X: "shortening [%]", Y: "height of the bow [mm]", Figure: "height at 3 % [mm]",
		Edges: [4]float64{0.012, 0.009, 0.0065, 0.005}, Within: 0.06,
		Line: func() []XY { return line(0, top, height) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			for _, pct := range []float64{0.4, 0.7, 1, 1.5, 2, top} {
				push := pct / 100
				s, err := newSheet(rectangle(r2.Vec{}, r2.Vec{X: length, Y: stripWidth}, h), h, f, func(q r2.Vec) r3.Vec {
					return r3.Vec{X: (1 - push) * q.X, Y: 0.001 * math.Sin(math.Pi*q.X/length), Z: -q.Y}
				}, 0)
				if err != nil {
					return out, err
				}
				ends := s.where(func(q r2.Vec) bool { return q.X == 0 || q.X == length })
				r, err := rest(ctx, &out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: ends, Weightless: true, NoSelfContact: true, Tolerance: 0.01, PolishSteps: 3000})
				if err != nil {
					return out, err
				}
				high := 0.0
				for _, p := range r.Pos {
					high = max(high, 1000*math.Abs(p.Y))
				}
				out.Points = append(out.Points, XY{pct, high})
				out.Got, out.Want = high, height(pct)
			}
			return out, nil
		},
	}
}
