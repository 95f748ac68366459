package tape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

// A sphere of radius 1 cut at height h has one closed loop of length
// 2 pi sqrt(1-h2), and the tape agrees since a circle is convex.
func TestSectionOfSphereIsACircle(t *testing.T) {
	m := geomtest.Sphere(1, 80)
	for _, h := range []float64{-0.7, -0.1, 0.013, 0.4, 0.85} {
		n := r3.Unit(r3.Vec{X: 0.3, Y: 1, Z: -0.2})
		loops := Section(m, r3.Scale(h, n), n, nil)
		if len(loops) != 1 || !loops[0].Closed {
			t.Fatalf("h=%g: %d loops, want one closed", h, len(loops))
		}
		want := 2 * math.Pi * math.Sqrt(1-h*h)
		if got := loops[0].Length(); math.Abs(got-want) > 0.004*want {
			t.Errorf("h=%g: length %.4f, want %.4f", h, got, want)
		}
		hull := HullGirth(loops[0].Points, n)
		if l := loops[0].Length(); hull > l+1e-12 || hull < 0.998*l {
			t.Errorf("h=%g: hull %.5f of a convex loop of %.5f", h, hull, l)
		}
		if got := HullGirth(SectionPoints(m, r3.Scale(h, n), n, nil), n); math.Abs(got-hull) > 1e-12 {
			t.Errorf("h=%g: the points' hull %.15f differs from the loop's %.15f", h, got, hull)
		}
	}
}

// Two spheres give two loops; a mask that leaves out one gives one.
func TestSectionRespectsTheMask(t *testing.T) {
	m := geomtest.Sphere(1, 20)
	n := int32(len(m.Verts))
	for _, v := range m.Verts[:n] {
		m.Verts = append(m.Verts, r3.Add(v, r3.Vec{X: 5}))
	}
	for _, f := range m.Tris[:len(m.Tris):len(m.Tris)] {
		m.Tris = append(m.Tris, geometry.Tri{f[0] + n, f[1] + n, f[2] + n})
	}
	up := r3.Vec{Y: 1}
	if got := len(Section(m, r3.Vec{Y: 0.1}, up, nil)); got != 2 {
		t.Errorf("%d loops, want 2", got)
	}
	if got := len(Section(m, r3.Vec{Y: 0.1}, up, func(v int32) bool { return v < n })); got != 1 {
		t.Errorf("%d loops with one sphere kept, want 1", got)
	}
	if got := Section(m, r3.Vec{Y: 2}, up, nil); got != nil {
		t.Errorf("a plane beside the mesh gave %v", got)
	}
	half := Section(m, r3.Vec{Y: 0.1}, up, func(v int32) bool { return v < n && m.Verts[v].X >= 0 })
	if len(half) != 1 || half[0].Closed {
		t.Errorf("half a sphere gave %d loops, want one open", len(half))
	}
}

// The hull's perimeter equals the integral of its width over all directions
// (Cauchy): a brute-force twin that shares nothing with the chain.
func TestHullGirthIsTheMeanWidth(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	n := r3.Unit(r3.Vec{X: 1, Y: 2, Z: 3})
	u, w := Frame(n)
	for range 20 {
		var pts []r3.Vec
		for range 3 + rng.IntN(60) {
			pts = append(pts, r3.Add(r3.Scale(rng.NormFloat64(), u), r3.Scale(rng.NormFloat64(), w)))
		}
		const steps = 20000
		var integral float64
		for k := range steps {
			a := math.Pi * (float64(k) + 0.5) / steps
			d := r3.Add(r3.Scale(math.Cos(a), u), r3.Scale(math.Sin(a), w))
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, p := range pts {
				s := r3.Dot(p, d)
				lo, hi = min(lo, s), max(hi, s)
			}
			integral += (hi - lo) * math.Pi / steps
		}
		if got := HullGirth(pts, n); math.Abs(got-integral) > 1e-5*integral {
			t.Errorf("%d points: girth %.8f, Cauchy %.8f", len(pts), got, integral)
		}
	}
}

// Degenerate point sets: none, one, two, all equal, all on a line.
func TestHullGirthOfDegenerateSets(t *testing.T) {
	up := r3.Vec{Y: 1}
	for _, c := range []struct {
		pts  []r3.Vec
		want float64
	}{
		{nil, 0},
		{[]r3.Vec{{X: 1}}, 0},
		{[]r3.Vec{{X: 1}, {X: 3}}, 4},
		{[]r3.Vec{{X: 1}, {X: 1}, {X: 1}}, 0},
		{[]r3.Vec{{X: 1}, {X: 2}, {X: 4}, {X: 3}}, 6},
	} {
		if got := HullGirth(c.pts, up); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: girth %g, want %g", c.pts, got, c.want)
		}
	}
}
