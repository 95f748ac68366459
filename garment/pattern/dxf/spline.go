package dxf

import (
	"gonum.org/v1/gonum/spatial/r2"

	"fitroom/geometry/fault"
)

// Limits of one SPLINE entity, and how finely it is drawn as points.
const (
	maxDegree     = 10
	splineSamples = 12 // per span between knots
)

// addSpline draws a SPLINE, a B-spline of knots and control points, as points.
// One that has only fit points is drawn through those.
func (b *block) addSpline(e *entity) error {
	knots, err := e.series(40)
	if err != nil {
		return err
	}
	control, err := e.points(10, 20)
	if err != nil {
		return err
	}
	fit, err := e.points(11, 21)
	if err != nil {
		return err
	}
	deg, err := e.num(71, 3)
	if err != nil {
		return err
	}
	weights, err := e.series(41)
	if err != nil {
		return err
	}
	for _, w := range weights {
		if w != weights[0] {
			return fault.Errorf("line %d: SPLINE has unequal weights; rational splines are not read", e.line)
		}
	}
	out := path{layer: e.layerOf(), natural: true, closed: e.flags()&1 != 0, line: e.line}
	if len(control) == 0 {
		out.pts = fit
	} else if out.pts, err = drawSpline(int(deg), knots, control); err != nil {
		return fault.Errorf("line %d: SPLINE %w", e.line, err)
	}
	b.paths = append(b.paths, out)
	return nil
}

func (e *entity) points(cx, cy int) ([]r2.Vec, error) {
	xs, err := e.series(cx)
	if err != nil {
		return nil, err
	}
	ys, err := e.series(cy)
	if err != nil {
		return nil, err
	}
	if len(xs) != len(ys) {
		return nil, fault.Errorf("line %d: %s has %d x and %d y coordinates", e.line, e.kind, len(xs), len(ys))
	}
	out := make([]r2.Vec, len(xs))
	for i := range xs {
		if out[i] = (r2.Vec{X: xs[i], Y: ys[i]}); r2.Norm(out[i]) > maxCoordinate {
			return nil, fault.Errorf("line %d: %s lies at (%g, %g); coordinates go up to %g", e.line, e.kind, xs[i], ys[i], float64(maxCoordinate))
		}
	}
	return out, nil
}

// drawSpline samples every span of a B-spline (de Boor, "A Practical Guide to
// Splines", chapter X).
func drawSpline(deg int, knots []float64, control []r2.Vec) ([]r2.Vec, error) {
	n := len(control)
	if deg < 1 || deg > maxDegree || n <= deg || len(knots) != n+deg+1 {
		return nil, fault.Errorf("of degree %d has %d control points and %d knots; points + degree + 1 knots are needed", deg, n, len(knots))
	}
	for i := 1; i < len(knots); i++ {
		if knots[i] < knots[i-1] {
			return nil, fault.Errorf("has falling knots")
		}
	}
	var out []r2.Vec
	last := -1 // the last span that is not empty
	for span := deg; span < n; span++ {
		lo, hi := knots[span], knots[span+1]
		if lo == hi {
			continue
		}
		last = span
		for i := range splineSamples {
			out = append(out, deBoor(deg, span, knots, control, lo+(hi-lo)*float64(i)/splineSamples))
		}
	}
	if last < 0 {
		return nil, fault.Errorf("has no span between its knots")
	}
	return append(out, deBoor(deg, last, knots, control, knots[last+1])), nil
}

func deBoor(deg, span int, knots []float64, control []r2.Vec, t float64) r2.Vec {
	var d [maxDegree + 1]r2.Vec
	copy(d[:], control[span-deg:span+1])
	for r := 1; r <= deg; r++ {
		for j := deg; j >= r; j-- {
			i := span - deg + j
			w := (t - knots[i]) / (knots[i+deg-r+1] - knots[i])
			d[j] = r2.Add(r2.Scale(1-w, d[j-1]), r2.Scale(w, d[j]))
		}
	}
	return d[deg]
}
