package bvh

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestDistancesOfFourBoxesAreTheirTwins(t *testing.T) {
	if !lanes {
		t.Skip("no AVX2 here, or built with purego: there is only the twin")
	}
	rng := rand.New(rand.NewPCG(51, 52))
	odd := []float64{0, math.Copysign(0, -1), math.Inf(-1), math.Inf(1), 1e200, 5e-324}
	for range 2000 {
		var box [6][4]float64
		for k := range box {
			for lane := range box[k] {
				if box[k][lane] = rng.NormFloat64(); rng.IntN(20) == 0 {
					box[k][lane] = odd[rng.IntN(len(odd))]
				}
			}
		}
		p := [3]float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		var got, want [4]float64
		farAVX2(&got, &box, p[0], p[1], p[2])
		farOf(&want, &box, p[0], p[1], p[2])
		for lane, w := range want {
			if g := got[lane]; math.Float64bits(g) != math.Float64bits(w) && !(math.IsNaN(g) || math.IsNaN(w)) {
				t.Fatalf("box %d of %v is %g off %v; the twin says %g", lane, box, g, p, w)
			}
		}
	}
}
