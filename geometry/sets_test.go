package geometry

import (
	"math/rand/v2"
	"testing"
)

// The sets are those of a brute-force twin that renames whole sets.
func TestSetsEqualRenaming(t *testing.T) {
	const n = 60
	rng := rand.New(rand.NewPCG(1, 2))
	s, name := NewSets(n), make([]int32, n)
	for i := range name {
		name[i] = int32(i)
	}
	for range 70 {
		a, b := int32(rng.IntN(n)), int32(rng.IntN(n))
		s.Join(a, b)
		from, to := max(name[a], name[b]), min(name[a], name[b])
		for i := range name {
			if name[i] == from {
				name[i] = to
			}
			if got := s.Find(int32(i)); got != name[i] {
				t.Fatalf("%d is in set %d, want %d", i, got, name[i])
			}
		}
	}
}
