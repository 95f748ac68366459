package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func compareFolds(t testing.TB, rng *rand.Rand, near, beyond int, wild bool) {
	t.Helper()
	const n, blocks = 30, 6
	columns := func(k int) []int32 {
		c := make([]int32, k)
		for i := range c {
			c[i] = 3 * rng.Int32N(n)
		}
		return c
	}
	col, farCol := columns(near), columns(beyond)
	place := make([]int32, PatchesPer*(1+near+beyond))
	for i := range place {
		place[i] = 9 * rng.Int32N(blocks)
	}
	weight, diag := numbers[float64](rng, PatchesPer*n, wild), numbers[float32](rng, 6, wild)
	block, far := numbers[float32](rng, 9*near, wild), numbers[float32](rng, beyond, wild)
	o := numbers[float32](rng, 9*blocks, wild)
	got, want := slices.Clone(o), slices.Clone(o)
	i := rng.IntN(n)
	FoldRow(got, place, weight, i, diag, block, col, far, farCol)
	foldRow(want, place, weight, i, diag, block, col, far, farCol)
	sameBits(t, "FoldRow", got, want)
}

func TestFoldRowIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(25, 26))
	for near := range 10 {
		for beyond := range 14 {
			compareFolds(t, rng, near, beyond, false)
			compareFolds(t, rng, near, beyond, true)
		}
	}
}

func FuzzFoldRow(f *testing.F) {
	f.Add(uint64(3), uint8(6), uint8(12), true)
	f.Fuzz(func(t *testing.T, seed uint64, near, beyond uint8, wild bool) {
		needLanes(t)
		compareFolds(t, rand.New(rand.NewPCG(seed, 27)), int(near%16), int(beyond%32), wild)
	})
}
