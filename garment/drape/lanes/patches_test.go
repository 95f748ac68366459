package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// meaning are the three numbers of each four that mean something.
func meaning(v []float64) []float64 {
	var o []float64
	for k := 0; k < len(v); k += 4 {
		o = append(o, v[k:k+3]...)
	}
	return o
}

func comparePatches(t testing.TB, rng *rand.Rand, n int, wild bool) {
	t.Helper()
	patches := 1 + rng.IntN(9)
	idx := make([]int32, PatchesPer*n)
	for i := range idx {
		idx[i] = rng.Int32N(int32(patches))
	}
	weight, r, o := numbers[float64](rng, len(idx), wild), numbers[float32](rng, 3*n, wild), numbers[float64](rng, 4*patches, wild)
	got, want := slices.Clone(o), slices.Clone(o)
	PatchSums(got, r, idx, weight)
	patchSums(want, r, idx, weight)
	sameBits(t, "PatchSums", meaning(got), meaning(want))
	a, b := slices.Clone(r[:3*n+beyond]), slices.Clone(r[:3*n+beyond])
	AddPatches(a[:3*n], o, idx, weight)
	addPatches(b[:3*n], o, idx, weight)
	sameBits(t, "AddPatches", a, b)
}

func TestPatchesAreTheirTwins(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(10, 11))
	for n := range 41 {
		for range 5 {
			comparePatches(t, rng, n, false)
			comparePatches(t, rng, n, true)
		}
	}
}

func FuzzPatches(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, wild bool) {
		needLanes(t)
		comparePatches(t, rand.New(rand.NewPCG(seed, 12)), int(n%41), wild)
	})
}
