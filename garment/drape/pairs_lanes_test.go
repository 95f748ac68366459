package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/drape/lanes"
)

// Pairs of all kinds: near and far, side by side, parallel, crossing, of no length or
// area, beyond all numbers.
func TestPairsMeasuredTogetherAreTheirTwins(t *testing.T) {
	if !lanes.Wide() {
		t.Skip("no AVX2 here, or built with purego")
	}
	rng := rand.New(rand.NewPCG(71, 72))
	const n = 60
	x := make([]float64, 3*n)
	for i := range x {
		x[i] = rng.NormFloat64()
		if i >= 60 { // on a grid: parallel edges, flat triangles, ties
			x[i] = float64(rng.IntN(3))
		}
	}
	for k, odd := range []float64{math.NaN(), math.Inf(-1), 1e160, -1e200, 1e-170, 5e-324, math.Copysign(0, -1)} {
		x[3*(50+k)+k%3] = odd
	}
	inside, odd, apart := 0, 0, 0
	for _, by := range []kind{edgePairs(), trianglePairs()} {
		for range 400 {
			var m together
			for range 1 + rng.IntN(togetherSize) {
				first, size := int32(rng.IntN(2)*20), int32(20)
				if rng.IntN(6) == 0 {
					first, size = 40, 20
				}
				v := [4]int32{first + rng.Int32N(size), first + rng.Int32N(size), first + rng.Int32N(size), first + rng.Int32N(size)}
				m.add(&v)
			}
			m.measure(x, by)
			for k := range m.n {
				var got, want closeness
				m.get(&got, x, by, k)
				by.gauge(&want, x, &m.v[k])
				if m.flags[k/4]>>(k%4)&(1<<16) != 0 {
					odd++
				}
				if got.inside != want.inside || got.away != want.away || !same(got.far2, want.far2) || !same(got.signed, want.signed) {
					t.Fatalf("pair %v at %v: %+v; its twin is %+v", m.v[k], coordinates(x, &m.v[k]), got, want)
				}
				if want.inside {
					inside++
				} else if !want.away {
					apart++
				}
			}
		}
	}
	if inside < 1000 || odd < 100 || apart < 1000 {
		t.Errorf("%d pairs inside, %d a little beside, %d left to the twin", inside, apart, odd)
	}
}

func coordinates(x []float64, v *[4]int32) (at [4][3]float64) {
	for k, i := range v {
		at[k] = vec(x, i)
	}
	return at
}
