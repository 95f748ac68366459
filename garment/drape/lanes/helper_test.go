package lanes

import (
	"math"
	"math/rand/v2"
	"testing"
)

// awkward are numbers that tell one order of operations from another, or lanes
// that take part from lanes that only fill a register.
var awkward = []float64{0, math.Copysign(0, -1), 1, -1, 1e-45, -3e-39, 1e-38, 5e-324, 1e38, -3e38, math.Inf(1), math.Inf(-1), math.NaN()}

// numbers draws n numbers; of wild ones every fourth is awkward.
func numbers[F float32 | float64](rng *rand.Rand, n int, wild bool) []F {
	v := make([]F, n, n+beyond)
	for i := range v[:cap(v)] {
		x := rng.NormFloat64() * math.Exp(4*rng.NormFloat64())
		if wild && rng.IntN(4) == 0 {
			x = awkward[rng.IntN(len(awkward))]
		}
		v[:cap(v)][i] = F(x)
	}
	return v
}

// needLanes skips where there is nothing to hold against the twin.
func needLanes(t testing.TB) {
	t.Helper()
	if !wide {
		t.Skip("no AVX2 here, or built with purego: there is only the twin")
	}
}

// sameBits tells where two results differ, any NaN being like any other.
func sameBits[F float32 | float64](t testing.TB, what string, got, want []F) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers; want %d", what, len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		if g != g && w != w || g == w && math.Signbit(float64(g)) == math.Signbit(float64(w)) {
			continue
		}
		t.Fatalf("%s: number %d of %d is %g (%x); its twin is %g (%x)", what, i, len(want), g, math.Float64bits(float64(g)), w, math.Float64bits(float64(w)))
	}
}
