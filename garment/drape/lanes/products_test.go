package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func compareProducts(t testing.TB, rng *rand.Rand, n int, wild bool) {
	t.Helper()
	const blocks = 4
	place := make([]int32, n)
	for i := range place {
		place[i] = rng.Int32N(blocks)
	}
	compare := func(name string, o []float64, lanes, twin func(o []float64)) {
		t.Helper()
		got, want := slices.Clone(o), slices.Clone(o)
		lanes(got)
		twin(want)
		sameBits(t, name, got, want)
	}
	b, b6 := numbers[float32](rng, 3*Modes*n, wild), numbers[float32](rng, 6*Modes*n, wild)
	a, a6 := numbers[float32](rng, 9, wild), numbers[float64](rng, 36, wild)
	o, o6 := numbers[float64](rng, 3*Modes*blocks, wild), numbers[float64](rng, 6*Modes*blocks, wild)
	compare("AddProducts3", o, func(o []float64) { AddProducts3(o, a, b, place) }, func(o []float64) { addProducts3(o, a, b, place) })
	compare("AddProducts6", o6, func(o []float64) { AddProducts6(o, a6, b6, place) }, func(o []float64) { addProducts6(o, a6, b6, place) })
	compare("AddMultiples3", o, func(o []float64) { AddMultiples3(o, a6[0], b, place) }, func(o []float64) { addMultiples(o, a6[0], b, place) })
	to := make([]int32, n)
	for i := range to {
		to[i] = rng.Int32N(blocks + 1)
	}
	for _, br := range []int{3, 6} {
		p, f := numbers[float32](rng, br*Modes, wild), numbers[float64](rng, br*Modes*n, wild)
		compare("AddTransposed", o6, func(o []float64) { AddTransposed(o[:36], o[36:], p, f, to, br) },
			func(o []float64) { addTransposed(o[:36], o[36:], p, f, to, br) })
	}
}

func TestProductsAreTheirTwins(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(16, 17))
	for n := range 41 {
		compareProducts(t, rng, n, false)
		compareProducts(t, rng, n, true)
	}
}

func FuzzProducts(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, wild bool) {
		needLanes(t)
		compareProducts(t, rand.New(rand.NewPCG(seed, 18)), int(n%41), wild)
	})
}
