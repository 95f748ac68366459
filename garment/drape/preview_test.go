package drape

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// What is shown before the end is on the final mesh, near the end, and changes no
// bit of it.
func TestPreviewForetellsTheEndAndChangesNothing(t *testing.T) {
	run := func(preview func(Preview)) Result {
		c := sheet(linen(), 31, 31, 0.5, 0.5, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.25, Y: 0.16, Z: 0.25 - v} })
		s, err := New(c, Sphere{Radius: 0.15}, Settings{Preview: preview})
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var shown []Preview
	r := run(func(p Preview) { shown = append(shown, p) })
	if alone := run(nil); alone.Hash != r.Hash {
		t.Errorf("hash %x; without anybody looking %x", r.Hash, alone.Hash)
	}
	if len(shown) != 1 || shown[0].Verts >= len(r.Pos) || len(shown[0].Pos) != len(r.Pos) {
		t.Fatalf("%d previews; want one, of a coarser mesh, on the %d vertices of the final one", len(shown), len(r.Pos))
	}
	sum := 0.0
	for i, p := range shown[0].Pos {
		sum += r3.Norm2(r3.Sub(p, r.Pos[i]))
	}
	if rms := math.Sqrt(sum / float64(len(r.Pos))); !(rms < 0.02) {
		t.Errorf("the preview is %.1f mm rms off the end", 1000*rms)
	}
}
