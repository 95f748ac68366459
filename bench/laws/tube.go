package laws

import (
	"context"
	"math"

	"fitroom/bench"
	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	barRadius  = 0.1   // [m]
	barGap     = 0.003 // the cloth's middle rests so far off the bar [m]
	tubeLength = 0.1   // [m]
	slippery   = 1e-6  // friction of what moves freely [1]
)

// tube is cloth of rest girth 2 pi rest round an upright bar.
func tube(f fabric.Fabric, rest, h float64) (*sheet, error) {
	girth := 2 * math.Pi * rest
	return newSheet(rectangle(r2.Vec{}, r2.Vec{X: girth, Y: tubeLength}, h), h, f, func(q r2.Vec) r3.Vec {
		a := 2 * math.Pi * q.X / girth
		return r3.Vec{X: (barRadius + 1.2*barGap) * math.Cos(a), Y: q.Y, Z: -(barRadius + 1.2*barGap) * math.Sin(a)}
	}, girth)
}

func onBar() (drape.Collider, drape.Settings) {
	return drape.Cylinder{Axis: r3.Vec{Y: 1}, Radius: barRadius},
		drape.Settings{Weightless: true, BodyGap: barGap, Friction: slippery, DressFriction: slippery, Tolerance: 0.3, NoSelfContact: true}
}

// weighed is the mean of a vertex quantity by flat area.
func (s *sheet) weighed(f func(v int32) float64) float64 {
	sum, area := 0.0, 0.0
	for t, tri := range s.Tris {
		a := s.RestArea(t) / 3
		for _, v := range tri {
			sum, area = sum+a*f(v), area+a
		}
	}
	return sum / area
}

// hoopStrain of the worn tube, from where its vertices are: under little
// pressure cloth stands off the bar by its loft.
func (s *sheet) hoopStrain(r *drape.Result, rest float64) float64 {
	return s.weighed(func(v int32) float64 { return math.Hypot(r.Pos[v].X, r.Pos[v].Z) })/rest - 1
}

func tightTube() Law {
	f := plain()
	f.Warp, f.Weft, f.Shear, f.Poisson = 1000, 1000, 380, 0.3
	const worn = barRadius + barGap
	pressure := func(ease float64) float64 { // mean, of the worn area
		eps := 1/(1+ease/100) - 1
		return f.Weft * eps / (1 - f.Poisson*eps) / worn / 1000
	}
	return Law{
		Key: "tube", Title: "Tight tube: Laplace", Formula: "T = E eps; p = T / ((1 - nu eps) R)",
		Source: "Laplace; axially free, so the tension is uniaxial and the tube grows narrower", X: "ease [%]", Y: "mean pressure [kPa]", Figure: "pressure at -8 % [kPa]",
		Edges: [4]float64{0.022, 0.016, 0.012, 0.009}, Within: 0.035,
		Line: func() []XY { return line(-8, -1, pressure) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			bar, set := onBar()
			for _, ease := range []float64{-1, -3, -5, -8} {
				rad := worn * (1 + ease/100)
				s, err := tube(f, rad, h)
				if err != nil {
					return out, err
				}
				r, err := rest(ctx, &out, s.Cloth, bar, set)
				if err != nil {
					return out, err
				}
				radial, area := 0.0, 0.0
				for i, c := range r.Contact {
					n := math.Hypot(r.Pos[i].X, r.Pos[i].Z)
					radial += (c.X*r.Pos[i].X + c.Z*r.Pos[i].Z) / n
				}
				for _, t := range s.Tris {
					area += math.Sqrt(r3.Norm2(r3.Cross(r3.Sub(r.Pos[t[1]], r.Pos[t[0]]), r3.Sub(r.Pos[t[2]], r.Pos[t[0]])))) / 2
				}
				out.Points = append(out.Points, XY{ease, radial / area / 1000})
				out.Got, out.Want = radial/area/1000, pressure(ease)
			}
			return out, nil
		},
	}
}

func ellipse() Law {
	const a, b = 0.14, 0.09
	curvature := func(deg float64) float64 { // at the parameter of the ellipse
		t := deg * math.Pi / 180
		k := a * b / math.Pow(a*a*math.Sin(t)*math.Sin(t)+b*b*math.Cos(t)*math.Cos(t), 1.5)
		return k / (1 + k*barGap) // of the cloth, which lies outside
	}
	probe := bench.BandOnEllipse(a, b, 24, 4)
	f := probe.Cloth.Fabrics[0]
	// The band is 5 % shorter than the bar's girth, the cloth's own path longer.
	girth := 0.0
	const pieces = 10000
	for i := range pieces {
		t := 2 * math.Pi * (float64(i) + 0.5) / pieces
		girth += 2 * math.Pi / pieces * math.Hypot(a*math.Sin(t), b*math.Cos(t))
	}
	eps := (girth+2*math.Pi*barGap)/(0.95*girth) - 1
	tension := f.Weft * eps / (1 - f.Poisson*eps)
	pressure := func(deg float64) float64 { return tension * curvature(deg) / 1000 }
	return Law{
		Key: "ellipse", Title: "Band on an oval bar", Formula: "p = T kappa / (1 - nu eps)", Source: "Laplace with one radius", X: "parameter of the ellipse [degrees]", Y: "pressure [kPa]",
		Figure: "pressure at the sharp end over that at the flat side [1]",
		Edges:  [4]float64{0.02, 0.014, 0.011, 0.008}, Within: 0.08,
		Line: func() []XY { return line(0, 90, pressure) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			scene := bench.BandOnEllipse(a, b, int(math.Round(0.73/h)), int(math.Round(0.16/h)))
			set := scene.Settings
			set.Tolerance = 0.5
			r, err := rest(ctx, &out, scene.Cloth, scene.Collider, set)
			if err != nil {
				return out, err
			}
			var sharp, flat, ns, nf float64
			for i, p := range r.Pos {
				if math.Abs(p.Y) > 0.05 { // clear of the borders
					continue
				}
				deg := math.Atan2(math.Abs(p.Z)/b, math.Abs(p.X)/a) * 180 / math.Pi
				out.Points = append(out.Points, XY{deg, r.Pressure[i] / 1000})
				if deg < 12 {
					sharp, ns = sharp+r.Pressure[i], ns+1
				}
				if deg > 78 {
					flat, nf = flat+r.Pressure[i], nf+1
				}
			}
			const n = 100
			end, side := 0.0, 0.0
			for k := range n {
				d := 12 * (float64(k) + 0.5) / n
				end, side = end+curvature(d), side+curvature(90-d)
			}
			out.Got, out.Want = sharp/ns/(flat/nf), end/side
			return out, nil
		},
	}
}

func twoFabrics() Law {
	stiff, soft := plain(), plain()
	soft.Weft, soft.Warp, soft.UsableWeft, soft.StiffenWeft = 200, 200, 0.2, 8
	const worn = barRadius + barGap
	strain := func(f fabric.Fabric, force float64) float64 {
		lo, hi := 0.0, 1.0
		for range 60 {
			if m := (lo + hi) / 2; f.Tension(m, true) < force {
				lo = m
			} else {
				hi = m
			}
		}
		return lo
	}
	tension := func(pct float64) float64 {
		lo, hi := 0.0, 1000.0
		for range 60 {
			if m := (lo + hi) / 2; (strain(stiff, m)+strain(soft, m))/2 < pct/100 {
				lo = m
			} else {
				hi = m
			}
		}
		return lo
	}
	return Law{
		Key: "two-fabrics", Title: "One band of two fabrics, one of which stiffens", Formula: "T1(eps1) = T2(eps2), eps1 + eps2 = 2 eps",
		Source: "equal tension in series, by the curves of fabric.Curve", X: "strain of the whole band [%]", Y: "tension [N/m]", Figure: "tension at 12 % [N/m]",
		Edges: [4]float64{0.022, 0.016, 0.012, 0.009}, Within: 0.035,
		Line: func() []XY { return line(0, 12, tension) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			bar, set := onBar()
			for _, pct := range []float64{3, 6, 9, 12} {
				rad := worn / (1 + pct/100)
				s, err := tube(stiff, rad, h)
				if err != nil {
					return out, err
				}
				s.Fabrics = append(s.Fabrics, soft)
				s.Panels = append(s.Panels, cloth.Panel{Name: "soft", Fabric: 1})
				area := [2]float64{}
				for t := range s.Tris {
					if s.middle(t).X > math.Pi*rad {
						s.Panel[t] = 1
					}
					area[s.Panel[t]] += s.RestArea(t)
				}
				r, err := rest(ctx, &out, s.Cloth, bar, set)
				if err != nil {
					return out, err
				}
				sum := 0.0
				for t := range s.Tris {
					sum += s.RestArea(t) * r.Stress[t][1]
				}
				// The border of the fabrics is a zigzag: they share the girth by area.
				eps, share := 100*s.hoopStrain(&r, rad), area[1]/(area[0]+area[1])
				got := sum / (area[0] + area[1])
				out.Points = append(out.Points, XY{eps, got})
				out.Got, out.Want = got, sharedTension(stiff, soft, share, eps/100, strain)
			}
			return out, nil
		},
	}
}

// sharedTension of a band of which share is soft, stretched by eps as a whole.
func sharedTension(stiff, soft fabric.Fabric, share, eps float64, strain func(fabric.Fabric, float64) float64) float64 {
	lo, hi := 0.0, 1000.0
	for range 60 {
		if m := (lo + hi) / 2; (1-share)*strain(stiff, m)+share*strain(soft, m) < eps {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}

// elastic round a bar, sewn to cloth that pulls next to nothing.
func elastic() Law {
	const stiffness = 4.0 // [N]
	soft := plain()
	soft.Warp, soft.Weft, soft.Shear = 2, 2, 1
	const worn = barRadius + barGap
	force := func(pct float64) float64 { return 2 * math.Pi * stiffness * pct / 100 }
	return Law{
		Key: "elastic", Title: "Elastic round a bar", Formula: "sum of contact forces = 2 pi k (l/r - 1)", Source: "Laplace for a strap", X: "stretch of the elastic [%]", Y: "sum of contact forces [N]", Figure: "at 40 % [N]",
		Edges: [4]float64{0.022, 0.016, 0.012, 0.009}, Within: 0.03,
		Line: func() []XY { return line(0, 40, force) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			bar, set := onBar()
			set.Tolerance = 1 // cloth this soft settles slowly
			for _, pct := range []float64{10, 20, 40} {
				s, err := tube(soft, worn, h)
				if err != nil {
					return out, err
				}
				hem := s.where(func(q r2.Vec) bool { return q.Y == 0 })
				for i := range hem { // in the order round the bar
					for k := i; k > 0 && s.flat[hem[k]].X < s.flat[hem[k-1]].X; k-- {
						hem[k], hem[k-1] = hem[k-1], hem[k]
					}
				}
				s.Bands = []cloth.Band{{Line: cloth.Line{Verts: hem, Closed: true}, Length: 1 / (1 + pct/100), Stiffness: stiffness}}
				r, err := rest(ctx, &out, s.Cloth, bar, set)
				if err != nil {
					return out, err
				}
				sum := 0.0
				for _, c := range r.Contact {
					sum += math.Hypot(c.X, c.Z)
				}
				out.Points = append(out.Points, XY{pct, sum})
				out.Got, out.Want = sum, force(pct)
			}
			return out, nil
		},
	}
}
