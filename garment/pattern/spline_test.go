package pattern

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// A Spline that consists of the parts of one cubic is that cubic: same points,
// same length, same area term, and an even sampling of it.
func TestSplineOfOneCubic(t *testing.T) {
	whole := NewCubic(r2.Vec{}, r2.Vec{X: 0.1, Y: 0.3}, r2.Vec{X: 0.4, Y: -0.2}, r2.Vec{X: 0.5, Y: 0.1})
	left, right := halves(whole.p)
	e := Edge{From: 0, To: 1, Kind: Spline, Chain: []r2.Vec{left[1], left[2], left[3], right[1], right[2]}}
	c := curveOf(&e, left[0], right[3])
	for i := range 101 {
		u := float64(i) / 100
		if d := r2.Norm(r2.Sub(c.At(u), whole.At(u))); d > 1e-12 {
			t.Fatalf("at %g the curves are %g m apart", u, d)
		}
		if d := r2.Norm(r2.Sub(c.Deriv(u), whole.Deriv(u))); d > 1e-12 {
			t.Fatalf("at %g the derivatives differ by %g", u, d)
		}
	}
	if d := math.Abs(c.Length() - whole.Length()); d > 1e-12 {
		t.Errorf("lengths differ by %g m", d)
	}
	if d := math.Abs(c.areaTerm() - whole.areaTerm()); d > 1e-14 {
		t.Errorf("areas differ by %g m2", d)
	}
	a, b := c.Sample(nil, 7), whole.Sample(nil, 7)
	for i := range a {
		if d := r2.Norm(r2.Sub(a[i], b[i])); d > 1e-11 {
			t.Errorf("sample %d differs by %g m", i, d)
		}
	}
	if n := c.flatCount(1e-5); n%2 != 0 {
		t.Errorf("flattened into %d pieces; the joint must be one of the points", n)
	}
}

// halves cuts a cubic in the middle by de Casteljau's construction.
func halves(p [4]r2.Vec) (left, right [4]r2.Vec) {
	mid := func(a, b r2.Vec) r2.Vec { return r2.Scale(0.5, r2.Add(a, b)) }
	ab, bc, cd := mid(p[0], p[1]), mid(p[1], p[2]), mid(p[2], p[3])
	abc, bcd := mid(ab, bc), mid(bc, cd)
	m := mid(abc, bcd)
	return [4]r2.Vec{p[0], ab, abc, m}, [4]r2.Vec{m, bcd, cd, p[3]}
}

func TestSplineIsValidated(t *testing.T) {
	square := func(chain []r2.Vec) *Pattern {
		return &Pattern{Panels: []Panel{{Name: "p",
			Verts: []r2.Vec{{}, {X: 1}, {X: 1, Y: 1}},
			Edges: []Edge{{From: 0, To: 1, Kind: Spline, Chain: chain}, {From: 1, To: 2}, {From: 2, To: 0}},
		}}}
	}
	good := []r2.Vec{{X: 0.3, Y: -0.1}, {X: 0.6, Y: -0.1}}
	if err := square(good).Validate(); err != nil {
		t.Errorf("a spline of one piece is refused: %v", err)
	}
	for name, chain := range map[string][]r2.Vec{
		"no points":    nil,
		"a control":    good[:1],
		"not a number": {{X: math.NaN()}, {X: 0.6}},
		"far away":     {{X: 0.3, Y: 50}, {X: 0.6}},
		"too many":     make([]r2.Vec, 3*MaxSplinePieces+2),
	} {
		if err := square(chain).Validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
