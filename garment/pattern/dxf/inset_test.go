package dxf

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// A hem of 30 mm, sides of 10, and a dart whose legs have none: its tip and
// legs stay where they are, its mouth moves along them.
func TestInsetEdgeByEdge(t *testing.T) {
	d := mustRead(t, onePiece(func(d *draft) { d.poly(1, 1, 0, 0, 200, 0, 200, 300, 105, 300, 100, 200, 95, 300, 0, 300) }))
	build := func(own string) (*Result, error) {
		s := seamsOf(t, `{"pieces": {"P": {"edge_allowance_mm": `+own+`}}}`)
		return Build(Source{Drawings: []*Drawing{d}, Seams: s}, Options{Allowance: 0.01})
	}
	if _, err := build(`{}`); err == nil || !strings.Contains(err.Error(), "edge_allowance_mm") {
		t.Errorf("a dart with an allowance: %v", err)
	}
	if _, err := build(`{"9": 0}`); err == nil || !strings.Contains(err.Error(), "edges 0 to 6") {
		t.Errorf("an edge that is not there: %v", err)
	}
	r, err := build(`{"0": 30, "3": 0, "4": 0}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []r2.Vec{{X: 0.01, Y: 0.03}, {X: 0.19, Y: 0.03}, {X: 0.19, Y: 0.29}, {X: 0.1045, Y: 0.29}, {X: 0.1, Y: 0.2}, {X: 0.0955, Y: 0.29}, {X: 0.01, Y: 0.29}}
	for i, v := range r.Run.Sizes[0].Pattern.Panels[0].Verts {
		if r2.Norm(r2.Sub(v, want[i])) > 1e-12 {
			t.Errorf("corner %d at %v; want %v", i, v, want[i])
		}
	}
}
