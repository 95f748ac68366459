package album

import (
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/geometry"
)

// Hems have a row far from the edge, necklines one close to it, and what is cut
// on a fold none, though it be one line with the rest.
func TestEdgeStitches(t *testing.T) {
	// Three squares in a row, of a body, a body and a collar; the line runs along
	// their lower edges.
	c := &cloth.Cloth{
		Tris:    []geometry.Tri{{0, 1, 5}, {0, 5, 4}, {1, 2, 6}, {1, 6, 5}, {2, 3, 7}, {2, 7, 6}},
		Panel:   []int32{0, 0, 0, 0, 1, 1},
		Panels:  []cloth.Panel{{Role: string(pattern.BodyFront)}, {Role: string(pattern.Collar)}},
		Fabrics: []fabric.Fabric{{}},
	}
	edge := []int32{0, 1, 2, 3}
	for _, l := range []struct {
		name string
		row  float64
	}{{"hem", hemStitch}, {"sleeve_hem_left", hemStitch}, {"hood_edge", hemStitch}, {"neckline", edgeStitch}, {"armhole", edgeStitch}} {
		c.Lines = []cloth.Line{{Name: l.name, Verts: edge}}
		got := edgeStitches(c)
		if len(got) != 1 || got[0].Stitch != l.row || len(got[0].Verts) != 3 || got[0].Verts[2] != 2 || !got[0].Free {
			t.Errorf("%s: %+v, want one free row at %g m over the first three vertices", l.name, got, l.row)
		}
	}
	// An opening told in stretches is not sewn twice.
	c.Lines = []cloth.Line{{Name: "opening", Closed: true, Verts: edge}, {Name: "hem", Verts: edge}}
	if got := edgeStitches(c); len(got) != 1 {
		t.Errorf("%d rows along an opening and its one stretch, want 1", len(got))
	}
}
