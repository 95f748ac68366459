package laws

import (
	"context"
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// threshold finds where holds changes from true to false, to within a share of
// the span, by bisection.
func threshold(lo, hi, share float64, holds func(x float64) (bool, error)) (float64, error) {
	for end := share * (hi - lo); hi-lo > end; {
		m := (lo + hi) / 2
		ok, err := holds(m)
		if err != nil {
			return 0, err
		}
		if ok {
			lo = m
		} else {
			hi = m
		}
	}
	return (lo + hi) / 2, nil
}

// incline: a patch stays on a slope up to the angle of friction.
func incline() Law {
	return Law{
		Key: "incline", Title: "Patch on an incline", Formula: "slips at tan(alpha) = mu", Source: "Coulomb",
		X: "friction mu [1]", Y: "steepest slope that holds, tan(alpha) [1]", Figure: "slope of the line [1]",
		Edges: [4]float64{0.03, 0.024, 0.018, 0.012}, Within: 0.05,
		Line: func() []XY { return line(0, 0.8, func(x float64) float64 { return x }) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h, Want: 1}
			for _, mu := range []float64{0.2, 0.4, 0.8} {
				at, err := threshold(0.8*mu, 1.2*mu, 0.1, func(tan float64) (bool, error) {
					angle := math.Atan(tan)
					up := r3.Vec{X: math.Sin(angle), Y: math.Cos(angle)}
					down := r3.Vec{X: math.Cos(angle), Y: -math.Sin(angle)}
					s, err := newSheet(rectangle(r2.Vec{}, r2.Vec{X: 0.1, Y: 0.1}, h), h, plain(), func(q r2.Vec) r3.Vec {
						p := r3.Add(r3.Scale(0.0015, up), r3.Scale(q.X, down))
						p.Z = -q.Y
						return p
					}, 0)
					if err != nil {
						return false, err
					}
					r, err := try(ctx, &out, s.Cloth, drape.Plane{Normal: up}, drape.Settings{Friction: mu, Warm: s.Start, PolishSteps: 150, NoSelfContact: true})
					return r.Status == drape.AtRest, err
				})
				if err != nil {
					return out, err
				}
				out.Points = append(out.Points, XY{mu, at})
			}
			out.Got = slope(out.Points)
			return out, nil
		},
	}
}

// capstan: a light strip over a round bar, a quarter turn each side, with a
// heavy end on each: the heavier may be e^(mu pi) times the lighter.
func capstan() Law {
	const radius, hang, weight = 0.05, 0.04, 0.06 // [m], [m], length of a heavy end [m]
	ratio := func(mu float64) float64 { return math.Exp(mu * math.Pi) }
	return Law{
		Key: "capstan", Title: "Strip over a bar", Formula: "T2/T1 = e^(mu phi), phi = pi", Source: "Euler's capstan equation",
		X: "friction mu [1]", Y: "largest ratio of the ends' weights that holds [1]", Figure: "exponent over mu pi [1]",
		Edges: [4]float64{0.02, 0.016, 0.013, 0.01}, Within: 0.08,
		Line: func() []XY { return line(0, 0.4, ratio) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h, Want: 1}
			var logs []XY
			for _, mu := range []float64{0.1, 0.2, 0.4} {
				at, err := threshold(0.8*mu*math.Pi, 1.2*mu*math.Pi, 0.15, func(exponent float64) (bool, error) {
					s, err := overBar(radius, hang, weight, h, math.Exp(exponent))
					if err != nil {
						return false, err
					}
					r, err := try(ctx, &out, s.Cloth, drape.Cylinder{Axis: r3.Vec{Z: 1}, Radius: radius},
						drape.Settings{BodyGap: 0.0015, Friction: mu, Warm: s.Start, PolishSteps: 300, NoSelfContact: true})
					return r.Status == drape.AtRest, err
				})
				if err != nil {
					return out, err
				}
				out.Points = append(out.Points, XY{mu, math.Exp(at)})
				logs = append(logs, XY{mu * math.Pi, at})
			}
			out.Got = slope(logs)
			return out, nil
		},
	}
}

// overBar is a strip over the bar, its right end heavy times heavier than its
// left.
func overBar(radius, hang, weight, h, heavy float64) (*sheet, error) {
	arc := math.Pi * (radius + 0.0016)
	light := plain()
	light.Density, light.BendWarp, light.BendWeft = 0.01, 1e-7, 1e-7
	light.Warp, light.Weft, light.Shear = 5000, 5000, 2500
	low, high := hang+weight, hang
	s, err := newSheet(rectangle(r2.Vec{X: -low}, r2.Vec{X: arc + low, Y: 0.04}, h, -high, 0, arc, arc+high), h, light, func(q r2.Vec) r3.Vec {
		p := r3.Vec{Z: -q.Y}
		switch r := radius + 0.0016; {
		case q.X < 0:
			p.X, p.Y = -r, q.X
		case q.X > arc:
			p.X, p.Y = r, arc-q.X
		default:
			a := math.Pi - q.X/r
			p.X, p.Y = r*math.Cos(a), r*math.Sin(a)
		}
		return p
	}, 0)
	if err != nil {
		return nil, err
	}
	left, right := light, light
	left.Density, right.Density = 0.3, 0.3*heavy
	s.Fabrics = append(s.Fabrics, left, right)
	s.Panels = append(s.Panels, cloth.Panel{Name: "left weight", Fabric: 1}, cloth.Panel{Name: "right weight", Fabric: 2})
	for t := range s.Tris {
		switch x := s.middle(t).X; {
		case x < -high:
			s.Panel[t] = 1
		case x > arc+high:
			s.Panel[t] = 2
		}
	}
	return s, nil
}
