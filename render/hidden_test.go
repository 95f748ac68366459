package render

import (
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Leaving out what is hidden leaves every sample as it is, and it does leave out.
func TestHiddenChangesNothing(t *testing.T) {
	const side = 256
	skipped := 0
	for _, g := range goldens() {
		c := Frame(r3.Vec{X: -0.55, Z: -0.5}, r3.Vec{X: 0.55, Y: 1, Z: 0.6}, g.angle, 1)
		var r Renderer
		if err := r.set(&g.scene, c, side, side); err != nil {
			t.Fatal(err)
		}
		r.bin(&r.view, side, side, r.scene.tris, r.scene.obj)
		got, want := new(tileBuf), new(tileBuf)
		for tile := range r.bins.tw * r.bins.th {
			px, py := int32(tile%r.bins.tw)<<tileBits, int32(tile/r.bins.tw)<<tileBits
			got.clear(r.view.near)
			want.clear(r.view.near)
			r.coverTile(got, tile)
			for _, k := range r.bins.list[r.bins.start[tile]:r.bins.start[tile+1]] {
				a, b, c, tri := r.corners(k, len(r.scene.tris))
				if back, ok := facing(a, b, c); ok {
					r.cover(want, a, b, c, tri, back, px, py)
				}
			}
			if got.seen != want.seen {
				t.Fatalf("%s: tile %d shows something else", g.name, tile)
			}
			got.behind.find(&got.seen)
			for _, k := range got.later {
				if a, b, c, _ := r.corners(k, len(r.scene.tris)); got.behind.hides(got, a, b, c, px, py) {
					skipped++
				}
			}
		}
	}
	if skipped < 1000 {
		t.Errorf("only %d triangles are hidden", skipped)
	}
}
