package drape

import (
	"testing"

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
	standing, free := Stand(ball, lo), bvh.Build(ball)
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
