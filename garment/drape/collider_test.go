package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/bvh"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

// Out of a foot leads up or sideways, never through its sole into the floor;
// above the height that is drawn down nothing changes.
func TestStandingBodyHasNoWayOutBelow(t *testing.T) {
	const radius = 0.05
	ball := geomtest.Sphere(radius, 16)
	lo := -radius
	for _, v := range ball.Verts {
		lo = min(lo, v.Y)
	}
	standing, err := Stand(ball, lo)
	if err != nil {
		t.Fatal(err)
	}
	free := bvh.Build(ball)
	for _, p := range []r3.Vec{{Y: lo + 0.002}, {X: 0.005, Y: lo + 0.01}, {Z: -0.02, Y: lo + 0.02}} {
		var hit [1]bvh.Hit
		standing.Nearest(hit[:], []r3.Vec{p}, 0.3)
		if hit[0].Dist >= 0 || hit[0].Point.Y < p.Y-0.01 {
			t.Errorf("from %v inside, the way out leads to %v", p, hit[0].Point)
		}
	}
	for _, p := range []r3.Vec{{Y: 0.07}, {X: 0.06, Y: 0.02}, {Y: 0.04}} {
		var a, b [1]bvh.Hit
		standing.Nearest(a[:], []r3.Vec{p}, 0.3)
		free.Nearest(b[:], []r3.Vec{p}, 0.3)
		if a[0].Dist != b[0].Dist {
			t.Errorf("at %v standing changes the distance from %g to %g", p, b[0].Dist, a[0].Dist)
		}
	}
}

// Between the spread fingers of a hand is no room for cloth.
func TestMittFillsTheGapsBetweenFingers(t *testing.T) {
	hand := &geometry.Mesh{}
	var fingers []int32
	for k := range 3 {
		ball := geomtest.Sphere(0.01, 8)
		for _, v := range ball.Verts {
			fingers = append(fingers, int32(len(hand.Verts)))
			hand.Verts = append(hand.Verts, r3.Add(v, r3.Vec{X: 0.03 * float64(k), Y: 0.5}))
		}
		for _, f := range ball.Tris {
			n := int32(k * len(ball.Verts))
			hand.Tris = append(hand.Tris, geometry.Tri{f[0] + n, f[1] + n, f[2] + n})
		}
	}
	bare, err := Stand(hand, 0)
	if err != nil {
		t.Fatal(err)
	}
	mitt, err := Stand(hand, 0, fingers)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		p    r3.Vec
		free bool // of the mitt
	}{{r3.Vec{X: 0.015, Y: 0.5}, false}, {r3.Vec{X: 0.045, Y: 0.505}, false}, {r3.Vec{X: 0.03, Y: 0.52}, true}, {r3.Vec{X: -0.03, Y: 0.5}, true}} {
		var a, b [1]bvh.Hit
		bare.Nearest(a[:], []r3.Vec{c.p}, 0.2)
		mitt.Nearest(b[:], []r3.Vec{c.p}, 0.2)
		if a[0].Dist <= 0 || (b[0].Dist > 0) != c.free || c.free && math.Abs(a[0].Dist-b[0].Dist) > 1e-9 {
			t.Errorf("at %v: %g m from the fingers, %g m from the mitt", c.p, a[0].Dist, b[0].Dist)
		}
	}
	if n := testing.AllocsPerRun(10, func() { var b [1]bvh.Hit; mitt.Nearest(b[:], []r3.Vec{{Y: 0.4}}, 0.2) }); n > 2 {
		t.Errorf("a look-up makes %g allocations", n)
	}
}

// Below any point off a ball or a bar lies as much solid as its radius.
func TestRadiusOfALimb(t *testing.T) {
	f, err := Bake(Cylinder{Axis: r3.Vec{Y: 1}, Radius: 0.03}, r3.Vec{X: -0.2, Y: -0.1, Z: -0.2}, r3.Vec{X: 0.2, Y: 0.1, Z: 0.2})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []r3.Vec{{X: 0.031}, {X: 0.05, Z: -0.04}, {Z: 0.15, Y: 0.05}, {X: 0.02}} {
		if r := f.radius(p, math.Inf(1)); math.Abs(r-0.03) > 0.006 {
			t.Errorf("the bar below %v has a radius of %.4f m; it is 0.03", p, r)
		}
	}
	empty, err := Bake(Nothing{}, r3.Vec{}, r3.Vec{X: 0.1, Y: 0.1, Z: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	if r := empty.radius(r3.Vec{X: 0.05, Y: 0.05, Z: 0.05}, math.Inf(1)); !math.IsInf(r, 1) {
		t.Errorf("where nothing is, the radius is %g m", r)
	}
}

// The field is exact near the surface, roughly right afar, and nowhere wrong
// about the way out; up to the very end of its box.
func TestFieldFollowsTheSurface(t *testing.T) {
	ball := Sphere{Radius: 0.1}
	lo, hi := r3.Vec{X: -0.55, Y: -0.4, Z: -0.35}, r3.Vec{X: 0.5, Y: 0.45, Z: 0.6}
	f, err := Bake(ball, lo, hi)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		p := r3.Vec{X: lo.X + r.Float64()*(hi.X-lo.X), Y: lo.Y + r.Float64()*(hi.Y-lo.Y), Z: lo.Z + r.Float64()*(hi.Z-lo.Z)}
		want := min(r3.Norm(p)-ball.Radius, 0.5) // as far as the bake looks
		d, nx, ny, nz := f.sample(p.X, p.Y, p.Z)
		allowed := 0.06
		switch {
		case math.Abs(want) < fieldBand-2*fieldCell:
			allowed = 5e-4
		case want > -fieldBand && want < farBand-fieldStride*fieldCell:
			allowed = 5e-3
		}
		if math.Abs(d-want) > allowed {
			t.Fatalf("at %v the field says %.4f m; it is %.4f m", p, d, want)
		}
		if out := r3.Dot(r3.Vec{X: nx, Y: ny, Z: nz}, r3.Unit(p)); want > -0.05 && want < 0.3 && out < 0.8 {
			t.Fatalf("at %v, %.3f m off, the way out is wrong by a cosine of %.2f", p, want, out)
		}
	}
}
