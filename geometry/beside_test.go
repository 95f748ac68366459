package geometry

import "testing"

// Beside agrees with the sorted topology on a closed mesh, one with a border, and
// one with a triangle that nothing touches.
func TestBesideIsTheTopology(t *testing.T) {
	tetra := []Tri{{0, 1, 2}, {0, 3, 1}, {1, 3, 2}, {2, 3, 0}}
	for name, tris := range map[string][]Tri{
		"closed": tetra, "open": tetra[:3], "apart": append(tetra[:2:2], Tri{7, 5, 6}), "none": nil,
	} {
		beside := Beside(tris)
		want := make([][3]int32, len(tris))
		for i := range want {
			want[i] = [3]int32{-1, -1, -1}
		}
		for _, e := range NewTopology(tris).Edges {
			for side, k := range e.Tri {
				for c := range 3 {
					if k >= 0 && tris[k][c] != e.Opp[side] {
						continue
					}
					if k >= 0 {
						want[k][(c+1)%3] = e.Tri[1-side]
					}
				}
			}
		}
		for i := range want {
			if beside[i] != want[i] {
				t.Errorf("%s: beside triangle %d lie %v, want %v", name, i, beside[i], want[i])
			}
		}
	}
}
