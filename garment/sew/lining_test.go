package sew

import (
	"slices"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
)

// A lining sewn to its skirt at the waist, wrong side on wrong side, goes round the
// body within it as drawn, left to left: nothing starts through anything.
func TestLiningStartsWithin(t *testing.T) {
	p := &pattern.Pattern{Name: "lined skirt"}
	for _, c := range []struct {
		name  string
		role  pattern.Role
		layer int
		long  float64
	}{{"front", pattern.SkirtFront, 1, 0.55}, {"back", pattern.SkirtBack, 1, 0.55}, {"lining front", pattern.SkirtFront, 0, 0.5}, {"lining back", pattern.SkirtBack, 0, 0.5}} {
		q := pattern.Panel{Name: c.name, Role: c.role, Layer: c.layer, Verts: []r2.Vec{{X: -0.29}, {X: 0.29}, {X: 0.21, Y: c.long}, {X: -0.21, Y: c.long}}}
		for e := range 4 {
			q.Edges = append(q.Edges, pattern.Edge{From: e, To: (e + 1) % 4})
		}
		p.Panels = append(p.Panels, q)
	}
	ref := func(k, e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: k, Edge: e} }
	for k := 0; k < 4; k += 2 {
		p.Seams = append(p.Seams, pattern.Seam{A: ref(k, 1), B: ref(k+1, 3)}, pattern.Seam{A: ref(k, 3), B: ref(k+1, 1)})
		p.Seams = append(p.Seams, pattern.Seam{A: ref(k/2, 2), B: ref(k/2+2, 2), Reversed: true})
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	f := NewFigure(person())
	cut, err := NewCut(p, []float64{0.03})
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(cut.Pattern, cut.levels[0].pieces, f)
	l.placeAll()
	if want := []int{1, 1, 0, 0}; !slices.Equal(l.shell, want) {
		t.Fatalf("shells %v, want %v", l.shell, want)
	}
	for i, facing := range []float64{1, -1, 1, -1} {
		z := 0.0
		for _, q := range l.pos[i] {
			z += q.Z / float64(len(l.pos[i]))
		}
		if z*facing < 0.03 {
			t.Errorf("panel %q lies %.3f m in front", p.Panels[i].Name, z)
		}
		for _, e := range []int{1, 3} { // edge 1 is on the wearer's left in front, on the right behind
			x := l.pos[i][l.pieces[i].edges[e][1]].X
			if left := (e == 1) == (facing > 0); (x > 0.05) != left || x > -0.05 && !left {
				t.Errorf("panel %q edge %d lies at x = %.3f m", p.Panels[i].Name, e, x)
			}
		}
	}
	levels, err := f.Sew(cut, map[string]fabric.Fabric{"": jersey(t)[""]})
	if err != nil {
		t.Fatal(err)
	}
	c := levels[0]
	for i, inward := range []bool{false, false, true, true} {
		if c.Panels[i].Inward != inward {
			t.Errorf("panel %q looks to the body: %v", c.Panels[i].Name, c.Panels[i].Inward)
		}
	}
	n := 0
	bvh.Build(&geometry.Mesh{Verts: c.Start, Tris: c.Tris}).SelfCrossings(func(a, b int32) bool {
		n++
		return true
	})
	if n > 0 {
		t.Errorf("%d pairs of triangles start through each other", n)
	}
}
