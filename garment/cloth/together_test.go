package cloth

import (
	"math"
	"testing"
)

// Garments worn together stay valid, keep their measures, and each its own.
func TestTogetherKeepsTheGarments(t *testing.T) {
	a, b := sheet(0.3, 0.2, 3, 2), tube(0.6, 0.4, 12, 8)
	b.Bands = []Band{{Line: Line{Name: "hem", Verts: []int32{0, 1, 2}}, Length: 0.9}}
	b.Lines = []Line{{Name: "edge", Verts: []int32{1, 2, 3}}}
	b.Fabrics[0].Density = 0.5
	before := b.Bands[0].Verts[0]
	g := Together(a, b)
	if err := g.Validate(); err != nil {
		t.Fatal(err)
	}
	if math.Abs(g.Area()-a.Area()-b.Area()) > 1e-12 || len(g.Start) != len(a.Start)+len(b.Start) || len(g.Panels) != 2 {
		t.Errorf("area %g, %d vertices, %d panels", g.Area(), len(g.Start), len(g.Panels))
	}
	if last := g.Fabric(len(g.Tris) - 1).Density; last != 0.5 || g.Fabric(0).Density != 0.2 {
		t.Errorf("densities %g and %g", g.Fabric(0).Density, last)
	}
	if n := int32(len(a.Start)); g.Bands[0].Verts[1] != n+1 || g.Lines[0].Verts[0] != n+1 || b.Bands[0].Verts[0] != before {
		t.Errorf("lines %v, %v; the garment's own %v", g.Bands[0].Verts, g.Lines[0].Verts, b.Bands[0].Verts)
	}
}
