package laws

import (
	"context"
	"math"

	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r2"
)

const stripWidth = 0.03 // [m]

// overhang drapes a strip twice as long as the given free length over a knife's
// edge across its middle, where it is level by symmetry, and returns place and
// flat distance from there of its vertices. Clamps of pinned vertices would hold
// it half a triangle further in.
func overhang(ctx context.Context, out *Sample, h, length float64) (flat []float64, shape []XY, err error) {
	f := plain()
	s, err := newSheet(rectangle(r2.Vec{X: -length}, r2.Vec{X: length, Y: stripWidth}, h, 0), h, f, level, 0)
	if err != nil {
		return nil, nil, err
	}
	knife := s.where(func(q r2.Vec) bool { return q.X == 0 })
	r, err := rest(ctx, out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: knife, NoSelfContact: true, Tolerance: 0.1, PolishSteps: 3000})
	if err != nil {
		return nil, nil, err
	}
	for i, p := range r.Pos {
		flat, shape = append(flat, math.Abs(s.flat[i].X)), append(shape, XY{math.Abs(p.X), p.Y})
	}
	return flat, shape, nil
}

// tip is the mean place of what lies at the strip's end.
func tip(flat []float64, shape []XY, length float64) (t XY) {
	n := 0.0
	for i, s := range flat {
		if s == length {
			t.X, t.Y, n = t.X+shape[i].X, t.Y+shape[i].Y, n+1
		}
	}
	return XY{t.X / n, t.Y / n}
}

// weightOverRigidity of the plain fabric [1/m3].
func weightOverRigidity() float64 { return plain().Density * gravity / plain().BendWarp }

func cantilever() Law {
	const length = 0.08
	x, y, _ := heavyElastica(weightOverRigidity(), length)
	return Law{
		Key: "cantilever", Title: "Cantilever: the heavy elastica", Formula: "B theta'' = -w (L - s) cos theta, theta(0) = 0, theta'(L) = 0",
		Source: "plane elastica under its own weight, solved by shooting", X: "reach [m]", Y: "height [m]", Figure: "drop of the tip [mm]",
		Edges: [4]float64{0.012, 0.009, 0.0065, 0.005}, Within: 0.045,
		Line: func() []XY {
			var out []XY
			for i := range x {
				out = append(out, XY{x[i], y[i]})
			}
			return out
		},
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			flat, shape, err := overhang(ctx, &out, h, length)
			if err != nil {
				return out, err
			}
			out.Points = shape
			out.Got, out.Want = -1000*tip(flat, shape, length).Y, -1000*y[len(y)-1]
			return out, nil
		},
	}
}

// chordAngle is the angle below the horizon of the line from the clamp to the
// tip, for a strip of the given length in bending lengths [degrees].
func chordAngle(lengths float64) float64 {
	x, y, _ := heavyElastica(1, lengths)
	n := len(x) - 1
	return math.Atan2(-y[n], x[n]) * 180 / math.Pi
}

func peirce() Law {
	c := math.Cbrt(1 / weightOverRigidity())
	return Law{
		Key: "peirce", Title: "Bending length", Formula: "c = (B/w)^(1/3); the overhang reaches 41.5 degrees at about 2 c (ASTM D1388)",
		Source: "Peirce 1930; line: heavy elastica", X: "overhang in bending lengths [1]", Y: "angle of the chord [degrees]", Figure: "angle at two bending lengths [degrees]",
		Edges: [4]float64{0.012, 0.009, 0.0065, 0.005}, Within: 0.045,
		Line: func() []XY { return line(0.8, 3, chordAngle) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			for _, l := range []float64{1, 1.5, 2, 2.8} {
				flat, shape, err := overhang(ctx, &out, h, l*c)
				if err != nil {
					return out, err
				}
				t := tip(flat, shape, l*c)
				a := math.Atan2(-t.Y, t.X) * 180 / math.Pi
				out.Points = append(out.Points, XY{l, a})
				if l == 2 {
					out.Got, out.Want = a, chordAngle(2)
				}
			}
			return out, nil
		},
	}
}
