package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func comparePack(t testing.TB, rng *rand.Rand, n int, wild bool) {
	t.Helper()
	const edges, values = 20, 11
	edge, bend := make([]int32, n), make([]int32, n)
	for k := range edge {
		edge[k], bend[k] = rng.Int32N(edges), rng.Int32N(values+5)-5
		if rng.IntN(2) == 0 {
			edge[k] = ^edge[k]
		}
	}
	off, val := numbers[float64](rng, 9*edges, wild), numbers[float64](rng, values, wild)
	o, stiffness := numbers[float32](rng, 9*n, wild), numbers[float64](rng, 1, wild)[0]
	got, want := slices.Clone(o[:9*n+beyond]), slices.Clone(o[:9*n+beyond])
	Pack(got[:9*n], off, edge, bend, val, stiffness)
	pack(want[:9*n], off, edge, bend, val, stiffness)
	sameBits(t, "Pack", got, want)
}

func TestPackIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(28, 29))
	for n := range 41 {
		for range 5 {
			comparePack(t, rng, n, false)
			comparePack(t, rng, n, true)
		}
	}
}

func FuzzPack(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, wild bool) {
		needLanes(t)
		comparePack(t, rand.New(rand.NewPCG(seed, 30)), int(n%41), wild)
	})
}
