package tryon_test

import (
	"strings"
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
)

// A vest over a T-shirt: both come to rest, neither through the other, the fit is
// that of the vest, and what is missing beneath is refused by name.
func TestWornOverAnother(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05, 0.028}})
	if err != nil {
		t.Fatal(err)
	}
	inner, vest := tee(t), tee(t)
	size := inner.Sizes[0]
	p, err := spec.Draft("tank", map[string]float64{"chest_girth": 1.20}, nil)
	if err != nil {
		t.Fatal(err)
	}
	vest.Patterns = map[string]*pattern.Pattern{size: p}
	q := tryon.Request{Body: man(), Style: vest, Sizes: []string{size}, Under: &tryon.Under{Style: inner, Size: size}}
	o, err := room.Try(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	f := &o.Fittings[0]
	if f.Failed != nil || f.Drape.Status != drape.AtRest || f.Drape.Crossings+f.Drape.Penetrating > 0 {
		t.Fatalf("%v, %v %v", f.Failed, f.Drape.Status, f.Drape.Reason)
	}
	if n := len(inner.Patterns[size].Panels); f.Inner == nil || len(f.Cloth.Panels) != n+len(p.Panels) || len(f.Cloth.Start) != len(f.Drape.Pos) || len(f.Inner.Cloth.Start) != len(f.Inner.Drape.Pos) {
		t.Fatalf("the two garments are not told apart: %d panels", len(f.Cloth.Panels))
	}
	for _, k := range f.Cloth.Panel {
		if f.Cloth.Panels[k].Shell != 1 {
			t.Fatalf("the vest holds panel %q of what is beneath", f.Cloth.Panels[k].Name)
		}
	}
	if said := strings.Join(fit.In("en", o.Assumptions), "; "); !strings.Contains(said, "Worn over") || !strings.Contains(said, "Not checked: sitting") || strings.Contains(said, "underneath") {
		t.Errorf("said %q", said)
	}
	q.Under = &tryon.Under{Style: inner, Size: "XXXL"}
	if _, err := room.Try(t.Context(), q); err == nil || !strings.Contains(err.Error(), `size "XXXL" does not exist in style`) {
		t.Errorf("got %v", err)
	}
}
