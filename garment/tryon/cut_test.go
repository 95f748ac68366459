package tryon_test

import (
	"slices"
	"strings"
	"testing"

	"fitroom/assets"
	"fitroom/garment/fit"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
)

// All sizes of a style have one mesh, and a size has the same whatever it is
// tried on with.
func TestSizesShareOneMesh(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05, 0.035}})
	if err != nil {
		t.Fatal(err)
	}
	fit := func(sizes ...string) []tryon.Fitting {
		o, err := room.Try(t.Context(), tryon.Request{Body: man(), Style: tee(t), Sizes: sizes})
		if err != nil {
			t.Fatal(err)
		}
		return o.Fittings
	}
	both, alone := fit(), fit("L")
	m, l := both[0].Cloth, both[1].Cloth
	if !slices.Equal(m.Tris, l.Tris) || !slices.Equal(m.Panel, l.Panel) || len(m.Seams) != len(l.Seams) {
		t.Errorf("M has %d triangles, L %d; they are not the same", len(m.Tris), len(l.Tris))
	}
	if both[1].Drape.Hash != alone[0].Drape.Hash {
		t.Errorf("L comes to rest at %x with M beside it, at %x alone", both[1].Drape.Hash, alone[0].Drape.Hash)
	}
}

// Sizes that are not one garment are cut one by one, and the outcome says which
// piece is to blame.
func TestUnlikeSizesAreCutAlone(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05}})
	if err != nil {
		t.Fatal(err)
	}
	s := tee(t)
	if s.Patterns["L"], err = spec.Draft("tank", map[string]float64{"chest_girth": 1.14}, nil); err != nil {
		t.Fatal(err)
	}
	o, err := room.Try(t.Context(), tryon.Request{Body: man(), Style: s, Sizes: []string{"L"}})
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(fit.In("en", o.Assumptions), "; "); !strings.Contains(said, "cut one by one") || !strings.Contains(said, `panel "sleeve_l" is missing`) {
		t.Errorf("said %q", said)
	}
	if o.Fittings[0].Failed != nil {
		t.Error(o.Fittings[0].Failed)
	}
}
