package tryon_test

import (
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"

	"gonum.org/v1/gonum/spatial/r3"
)

// Pockets are tried on with the garment: they come to rest on it, outside of it, and
// change none of its girths by more than they hold it.
func TestPocketsComeToRest(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05, 0.022}})
	if err != nil {
		t.Fatal(err)
	}
	s := tee(t)
	for _, size := range s.Sizes {
		p, err := spec.Draft("tee", map[string]float64{"chest_girth": 1.08}, map[string]string{"pocket": "chest"})
		if err != nil {
			t.Fatal(err)
		}
		s.Patterns[size] = p
	}
	o, err := room.Try(t.Context(), tryon.Request{Body: man(), Style: s, Sizes: s.Sizes[:1]})
	if err != nil {
		t.Fatal(err)
	}
	f := &o.Fittings[0]
	if f.Failed != nil || f.Drape.Status != drape.AtRest || f.Drape.Crossings+f.Drape.Penetrating > 0 {
		t.Fatalf("%v, %v %v", f.Failed, f.Drape.Status, f.Drape.Reason)
	}
	pocket := 0
	for _, l := range f.Cloth.Laid {
		if d := r3.Norm(r3.Sub(f.Drape.Pos[l.Vert], l.On.At(f.Cloth.Tris, f.Drape.Pos))); d > 0.03 {
			t.Errorf("vertex %d of the pocket hangs %.1f cm off the panel it is sewn to", l.Vert, 100*d)
		}
		pocket++
	}
	if last := f.Cloth.Panels[len(f.Cloth.Panels)-1]; pocket == 0 || last.Role != string(pattern.Patch) {
		t.Errorf("%d vertices of a pocket; the last panel is %q", pocket, last.Role)
	}
}
