package geometry

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// The hull holds every point, turns nowhere inward and is closed (Euler).
func TestConvexHullHoldsAllPoints(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{4, 5, 40, 600} {
		pts := make([]r3.Vec, n)
		for i := range pts {
			pts[i] = r3.Vec{X: 0.1 * r.NormFloat64(), Y: 0.05 * r.NormFloat64(), Z: 0.02 * r.NormFloat64()}
		}
		m, err := ConvexHull(pts)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Tris) != 2*len(m.Verts)-4 {
			t.Errorf("%d points: %d corners and %d faces; a closed surface of triangles has 2v-4", n, len(m.Verts), len(m.Tris))
		}
		for _, tri := range m.Tris {
			a := m.Verts[tri[0]]
			up := r3.Unit(r3.Cross(r3.Sub(m.Verts[tri[1]], a), r3.Sub(m.Verts[tri[2]], a)))
			for i, p := range pts {
				if d := r3.Dot(up, r3.Sub(p, a)); d > 2*hullGrain {
					t.Fatalf("%d points: point %d lies %g m outside", n, i, d)
				}
			}
		}
	}
}

func TestConvexHullRefusesFlatPoints(t *testing.T) {
	flat := make([]r3.Vec, 10)
	for i := range flat {
		flat[i] = r3.Vec{X: float64(i * i), Z: float64(i)}
	}
	for _, pts := range [][]r3.Vec{nil, flat[:3], flat, make([]r3.Vec, 8)} {
		if _, err := ConvexHull(pts); err == nil {
			t.Errorf("%d points in one plane were accepted", len(pts))
		}
	}
}
