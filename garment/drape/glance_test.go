package drape

import (
	"math/rand/v2"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/bvh"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

// A glance says that something may be wrong wherever a full look finds that it is, and
// nothing where cloth lies flat off the body.
func TestGlanceMissesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	cuts, piercings := 0, 0
	ball := geomtest.Sphere(0.15, 24)
	for _, rough := range []float64{0, 0.0005, 0.003, 0.02} {
		for _, high := range []float64{0.149, 0.1502, 0.17} {
			c := sheet(linen(), 31, 31, 0.3, 0.3, false, func(u, v float64) r3.Vec {
				return r3.Vec{X: u - 0.15 + rough*rng.NormFloat64(), Y: high + rough*rng.NormFloat64(), Z: 0.15 - v + rough*rng.NormFloat64()}
			})
			s, err := New(c, bvh.Build(ball), Settings{})
			if err != nil {
				t.Fatal(err)
			}
			s.equip()
			tree := bvh.Build(&geometry.Mesh{Verts: c.Start, Tris: c.Tris})
			wantCut := len(selfCuts(tree)) > 0
			wantPierced := len(pierces(tree, meshOf(s.field.exact), make([]bool, s.plan.nt), nil)) > 0
			if wantCut {
				cuts++
			}
			if wantPierced {
				piercings++
			}
			cut, pierced := s.glance(s.points())
			if wantCut && !cut || wantPierced && !pierced {
				t.Errorf("rough %g m, %g m high: cut %v, pierced %v; a full look finds %v, %v", rough, high, cut, pierced, wantCut, wantPierced)
			}
			if rough == 0 && (cut || pierced != wantPierced) {
				t.Errorf("flat, %g m high: cut %v, pierced %v", high, cut, pierced)
			}
			if f := s.findFaults(); len(f.cut) > 0 != wantCut || f.out > 0 != wantPierced {
				t.Errorf("rough %g m, %g m high: %d cuts and %d of the body; a full look finds %v, %v", rough, high, len(f.cut), f.out, wantCut, wantPierced)
			}
		}
	}
	if cuts == 0 || cuts == 12 || piercings == 0 || piercings == 12 {
		t.Errorf("%d of 12 sheets cut themselves, %d are pierced: the test shows nothing", cuts, piercings)
	}
}
