package album

import (
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
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

// A seam that ends amid a panel is a dart and has no rows; one that runs from edge
// to edge, be it of one panel with itself, has.
func TestDartsHaveNoRows(t *testing.T) {
	// Three by three squares of one panel; the last column is another.
	c := &cloth.Cloth{Start: make([]r3.Vec, 16), Panels: make([]cloth.Panel, 2), Fabrics: []fabric.Fabric{{Thickness: 0.001}}}
	for q := range int32(9) {
		k := q/3*4 + q%3
		c.Tris = append(c.Tris, geometry.Tri{k, k + 1, k + 5}, geometry.Tri{k, k + 5, k + 4})
		c.Panel = append(c.Panel, q%3/2, q%3/2)
	}
	for k := range c.Start {
		c.Start[k] = r3.Vec{X: float64(k % 4), Y: float64(k / 4)}
	}
	c.Lines = []cloth.Line{{Closed: true, Verts: []int32{0, 1, 2, 3, 7, 11, 15, 14, 13, 12, 8, 4}}}
	m := render.Denim()
	for _, l := range []struct {
		name  string
		verts []int32
		row   bool
	}{{"dart", []int32{1, 5}, false}, {"from the seam", []int32{6, 5}, false}, {"along the panel", []int32{1, 5, 9, 13}, true}, {"between panels", []int32{2, 6, 10, 14}, true}} {
		c.Seams = []cloth.Line{{Verts: l.verts}}
		o, err := garment(&tryon.Fitting{Cloth: c, Drape: drape.Result{Pos: c.Start}}, m, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := o.Lines[0].Stitch > 0; got != l.row {
			t.Errorf("%s: rows of stitches %t, want %t", l.name, got, l.row)
		}
	}
}
