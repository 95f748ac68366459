package bvh

import (
	"math"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// What lies behind or too near comes to lie in front; what is far off, or beside the
// rim, stays.
func TestPushOff(t *testing.T) {
	tree := Build(&geometry.Mesh{Verts: []r3.Vec{{}, {X: 1}, {Y: 1}}, Tris: []geometry.Tri{{0, 1, 2}}})
	pts := []r3.Vec{{X: .3, Y: .3, Z: -.02}, {X: .3, Y: .3, Z: .001}, {X: .3, Y: .3, Z: .02}, {X: .3, Y: .3, Z: -.2}, {X: -.03, Y: .3, Z: -.01}}
	tree.PushOff(pts, 0.05, 0.005)
	for i, want := range []float64{.005, .005, .02, -.2, -.01} {
		if math.Abs(pts[i].Z-want) > 1e-12 {
			t.Errorf("point %d comes to %g; want %g", i, pts[i].Z, want)
		}
	}
}
