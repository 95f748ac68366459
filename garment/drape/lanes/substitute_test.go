package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func compareSubstitute(t testing.TB, rng *rand.Rand, n int, wild bool) {
	t.Helper()
	y, a, inv := numbers[float64](rng, n, wild), numbers[float64](rng, n*n, wild), numbers[float64](rng, n, wild)
	got, want := slices.Clone(y[:n+beyond]), slices.Clone(y[:n+beyond])
	Substitute(got[:n], a, inv, n)
	for i := range n {
		want[i] = (want[i] - dot(a[i*n:i*n+i], want[:i])) * inv[i]
	}
	for i := n - 1; i >= 0; i-- {
		want[i] *= inv[i]
		addScaled64(want[:i], a[i*n:i*n+i], -want[i])
	}
	sameBits(t, "Substitute", got, want)
}

func TestSubstituteIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(19, 20))
	for n := range 41 {
		for range 5 {
			compareSubstitute(t, rng, n, false)
			compareSubstitute(t, rng, n, true)
		}
	}
}

func FuzzSubstitute(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, wild bool) {
		needLanes(t)
		compareSubstitute(t, rand.New(rand.NewPCG(seed, 21)), int(n%41), wild)
	})
}
