package render

import (
	"testing"
)

// The border of flat cloth carries the pattern on: on its way round the edge it
// keeps the edge's, and where it comes back to the surface it has that of the
// place.
func TestRimCarriesThePatternOn(t *testing.T) {
	o := sheet(6, 0.5)
	o.Material.Edge = 0.004
	r := baked(t, Scene{Objects: []Object{o}})
	rims := 0
	for i, tri := range r.scene.tris {
		if int(tri[0]) < len(o.Pos) && int(tri[1]) < len(o.Pos) && int(tri[2]) < len(o.Pos) {
			continue
		}
		rims++
		for c, v := range tri {
			p, uv := r.scene.verts[v].pos, r.scene.uv[i][c]
			// A corner of the sheet has two directions outward.
			if off := max(abs32(p.x-uv.u), abs32(p.y-uv.v)); off > 0.0021 {
				t.Fatalf("the border's vertex at (%g, %g) has the pattern of (%g, %g)", p.x, p.y, uv.u, uv.v)
			}
		}
	}
	if rims != 6*24 {
		t.Errorf("%d triangles of the border, want six for each of 24 edges", rims)
	}
}

// Where cloth lies on cloth, the border of the upper has the light of the side
// that is seen: it draws no black line.
func TestRimOfLyingClothIsLight(t *testing.T) {
	lower, upper := plate("lower", 20, 1, 1), plate("upper", 10, 0.5, 1.002)
	upper.Material.Edge = 0.0015
	r := baked(t, Scene{Objects: []Object{lower, upper}})
	for _, rim := range r.scene.rims {
		surface, edge := r.scene.verts[rim[0]].open, r.scene.verts[rim[1]].open
		if edge[0] < 0.75*max(surface[0], surface[1]) {
			t.Fatalf("the surface is open to %.2f of the sky, its border to %.2f", max(surface[0], surface[1]), edge[0])
		}
	}
	if len(r.scene.rims) != 40 {
		t.Errorf("%d vertices of the border, want 40", len(r.scene.rims))
	}
}
