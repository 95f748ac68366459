package laws

import (
	"context"
	"math"

	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// tautStrip: a strip stretched between two clamps sags under its weight.
func tautStrip() Law {
	const length = 0.2
	f := plain()
	f.BendWarp, f.BendWeft = 1e-8, 1e-8
	w := f.Density * gravity
	// Shallow cable: H/E - eps0 = w^2 L^2/(24 H^2), sag = w L^2/(8 H).
	sag := func(pct float64) float64 {
		lo, hi := 0.0, 1000.0
		for range 80 {
			if h := (lo + hi) / 2; h/f.Weft-pct/100 < w*w*length*length/(24*h*h)*(1+pct/100) {
				lo = h
			} else {
				hi = h
			}
		}
		l := length * (1 + pct/100)
		return 1000 * w / (1 + pct/100) * l * l / (8 * lo)
	}
	return Law{
		Key: "taut-strip", Title: "Taut strip under its weight", Formula: "H/E - eps0 = w^2 L^2 / (24 H^2); sag = w L^2 / (8 H)", Source: "shallow elastic cable (Irvine 1981)",
		X: "stretch at the clamps [%]", Y: "sag [mm]", Figure: "sag at 0.2 % [mm]",
		Edges: [4]float64{0.02, 0.014, 0.01, 0.007}, Within: 0.03,
		Line: func() []XY { return line(0.1, 3, sag) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			for _, pct := range []float64{3, 1, 0.5, 0.2} {
				s, err := newSheet(rectangle(r2.Vec{}, r2.Vec{X: length, Y: 0.06}, h), h, f, func(q r2.Vec) r3.Vec {
					return r3.Vec{X: q.X * (1 + pct/100), Z: -q.Y}
				}, 0)
				if err != nil {
					return out, err
				}
				ends := s.where(func(q r2.Vec) bool { return q.X == 0 || q.X == length })
				r, err := rest(ctx, &out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: ends, NoSelfContact: true, Tolerance: 0.01, PolishSteps: 2000})
				if err != nil {
					return out, err
				}
				low := 0.0
				for _, p := range r.Pos {
					low = max(low, -1000*p.Y)
				}
				out.Points = append(out.Points, XY{pct, low})
				out.Got, out.Want = low, sag(pct)
			}
			return out, nil
		},
	}
}

// membrane: a stretched square sheet, held all round, sags as Poisson's equation
// says; its error falls with the square of the mesh size.
func membrane() Law {
	const side, eps = 0.3, 0.05
	f := plain()
	f.BendWarp, f.BendWeft = 1e-9, 1e-9
	// T lap w = -q over the square of the stretched sheet; the series of the
	// centre line, y = 0.
	l := side * (1 + eps)
	tension := f.Weft * eps / (1 + eps) // per present width
	load := f.Density * gravity / ((1 + eps) * (1 + eps)) * 0.2
	at := func(x float64) float64 { // x from the left side
		sum := 0.0
		for n := 1; n < 60; n += 2 {
			k := float64(n) * math.Pi / l
			sum += 4 / (math.Pi * float64(n)) / (k * k) * math.Sin(k*x) * (1 - 1/math.Cosh(k*l/2))
		}
		return 1000 * load / tension * sum
	}
	return Law{
		Key: "membrane", Title: "Stretched square under a fifth of its weight", Formula: "T lap w = -q, w = 0 on the border", Source: "Poisson's equation by its Fourier series; manufactured so that the error in h is all there is",
		X: "place along the middle [m]", Y: "sag [mm]", Figure: "sag of the centre [mm]",
		Edges: [4]float64{0.05, 0.0375, 0.025, 0.0125}, Within: 0.04,
		Line: func() []XY { return line(0, l, at) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			s, err := newSheet(rectangle(r2.Vec{}, r2.Vec{X: side, Y: side}, h, side/2), h, f, func(q r2.Vec) r3.Vec {
				return r3.Vec{X: q.X * (1 + eps), Z: -q.Y * (1 + eps)}
			}, 0)
			if err != nil {
				return out, err
			}
			border := s.where(func(q r2.Vec) bool { return q.X == 0 || q.X == side || q.Y == 0 || q.Y == side })
			r, err := rest(ctx, &out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: border, Gravity: r3.Vec{Y: -0.2 * gravity}, NoSelfContact: true, Tolerance: 1e-3, PolishSteps: 2000})
			if err != nil {
				return out, err
			}
			for i, p := range r.Pos {
				if q := s.flat[i]; math.Abs(q.Y-side/2) < 1e-9 || q.X == side/2 {
					x := q.X
					if q.X == side/2 {
						x = q.Y // the other middle line
					}
					out.Points = append(out.Points, XY{x * (1 + eps), -1000 * p.Y})
					if q.X == side/2 && math.Abs(q.Y-side/2) < 1e-9 {
						out.Got = -1000 * p.Y
					}
				}
			}
			out.Want = at(l / 2)
			return out, nil
		},
	}
}
