package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func compareVectors(t testing.TB, rng *rand.Rand, n int, wild bool) {
	t.Helper()
	x, y, f := numbers[float32](rng, n, wild), numbers[float32](rng, n, wild), numbers[float32](rng, 1, wild)[0]
	x64, y64, f64 := numbers[float64](rng, n, wild), numbers[float64](rng, n, wild), numbers[float64](rng, 1, wild)[0]
	for _, k := range []struct {
		name        string
		lanes, twin func(y, x []float32, f float32)
	}{
		{"AddScaled", AddScaled, addScaled},
		{"Turn", Turn, turn},
		{"Scale", func(y, _ []float32, f float32) { Scale(y, f) }, func(y, _ []float32, f float32) { scale(y, f) }},
		{"Subtract", func(y, x []float32, _ float32) { Subtract(y, x) }, func(y, x []float32, _ float32) { subtract(y, x) }},
	} {
		got, want := slices.Clone(y[:n+beyond]), slices.Clone(y)
		k.lanes(got[:n], x, f)
		k.twin(want, x, f)
		sameBits(t, k.name, got, append(want, y[n:n+beyond]...))
	}
	got, want := slices.Clone(y64[:n+beyond]), slices.Clone(y64)
	AddScaled64(got[:n], x64, f64)
	addScaled64(want, x64, f64)
	sameBits(t, "AddScaled64", got, append(want, y64[n:n+beyond]...))
	sameBits(t, "Dot", []float64{Dot(x64, y64)}, []float64{dot(x64, y64)})
}

func TestVectorsAreTheirTwins(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(7, 8))
	for n := range 41 {
		for range 10 {
			compareVectors(t, rng, n, false)
			compareVectors(t, rng, n, true)
		}
	}
}

func FuzzVectors(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, wild bool) {
		needLanes(t)
		compareVectors(t, rand.New(rand.NewPCG(seed, 9)), int(n), wild)
	})
}
