package lanes

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// packBoxes fills groups with boxes about as large as they are far apart; the last
// group has places without one.
func packBoxes(rng *rand.Rand, n int, wild bool) []float32 {
	groups := make([]float32, (n+BoxGroup-1)/BoxGroup*BoxSize)
	for k := range len(groups) / 6 {
		g, lane := groups[k/BoxGroup*BoxSize:], k%BoxGroup
		for c := range 3 {
			lo, hi := rng.Float32(), float32(0)
			hi = lo + 0.4*rng.Float32()
			switch {
			case k >= n:
				lo, hi = float32(math.Inf(1)), float32(math.Inf(-1))
			case wild && rng.IntN(9) == 0:
				lo, hi = float32(awkward[rng.IntN(len(awkward))]), float32(awkward[rng.IntN(len(awkward))])
			}
			g[BoxGroup*c+lane], g[BoxGroup*(c+3)+lane] = lo, hi
		}
	}
	return groups
}

func compareBoxes(t testing.TB, rng *rand.Rand, n int, wild bool) int {
	t.Helper()
	group, others := packBoxes(rng, 1+rng.IntN(BoxGroup), wild), packBoxes(rng, n, wild)
	all := [6]float32{0.1, 0.2, 0.3, 0.9, 0.8, 0.7}
	if wild {
		all[rng.IntN(6)] = float32(awkward[rng.IntN(len(awkward))])
	}
	reach := 0.1 * rng.Float32()
	got, want := make([]uint64, len(others)/6+1), make([]uint64, len(others)/6)
	got[len(want)] = 42
	m := NearBoxes(got[:len(want)], (*[BoxSize]float32)(group), others, &all, reach)
	if k := nearBoxes(want, (*[BoxSize]float32)(group), others, &all, reach); !slices.Equal(got[:m], want[:k]) {
		t.Fatalf("of %d boxes %x are near; the twin finds %x", n, got[:m], want[:k])
	}
	if got[len(want)] != 42 {
		t.Fatal("it writes beyond its room")
	}
	return m
}

func TestNearBoxesIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(31, 32))
	found := 0
	for n := range 50 {
		for range 20 {
			found += compareBoxes(t, rng, n, false)
			compareBoxes(t, rng, n, true)
		}
	}
	if found < 1000 {
		t.Errorf("only %d groups with near boxes", found)
	}
}

// The definition: two boxes are near if no axis parts them by more than the reach.
func TestNearBoxesMissNone(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 34))
	group, others := packBoxes(rng, BoxGroup, false), packBoxes(rng, 5*BoxGroup, false)
	const reach = 0.05
	all := [6]float32{0, 0, 0, 2, 2, 2}
	near := map[[2]int]bool{}
	hits := make([]uint64, 5*BoxGroup)
	for _, f := range hits[:NearBoxes(hits, (*[BoxSize]float32)(group), others, &all, reach)] {
		for k := range BoxGroup {
			if f>>k&1 != 0 {
				near[[2]int{int(f >> 32), int(f>>8&0xffffff)*BoxGroup + k}] = true
			}
		}
	}
	for a := range BoxGroup {
		for b := range 5 * BoxGroup {
			g, apart, found := others[b/BoxGroup*BoxSize:], -1.0, near[[2]int{a, b}]
			for c := range 3 {
				aLo, aHi := group[BoxGroup*c+a], group[BoxGroup*(c+3)+a]
				bLo, bHi := g[BoxGroup*c+b%BoxGroup], g[BoxGroup*(c+3)+b%BoxGroup]
				apart = max(apart, float64(aLo-bHi), float64(bLo-aHi))
			}
			if off := apart - reach; math.Abs(off) > 1e-6 && found != (off < 0) {
				t.Errorf("boxes %d and %d are %g apart; near is %v", a, b, apart, found)
			}
		}
	}
}

func BenchmarkNearBoxes(b *testing.B) {
	rng := rand.New(rand.NewPCG(35, 36))
	group, others := packBoxes(rng, BoxGroup, false), packBoxes(rng, 5*BoxGroup, false)
	all := [6]float32{0.5, 0.5, 0, 2, 2, 2}
	dst := make([]uint64, 5*BoxGroup)
	for name, f := range map[string]func(dst []uint64, group *[BoxSize]float32, others []float32, all *[6]float32, reach float32) int{
		"lanes": NearBoxes, "twin": nearBoxes} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f(dst, (*[BoxSize]float32)(group), others, &all, 0.01)
			}
		})
	}
}

func TestEncloseIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(37, 38))
	for quads := range 12 {
		const n = 30
		x := numbers[float64](rng, 3*n, false)
		x = x[:len(x):len(x)] // nothing beyond it may be read
		for i := range x {
			if rng.IntN(9) == 0 {
				x[i] = awkward[rng.IntN(len(awkward)-1)] // all but NaN
			}
		}
		vert := make([][4]int32, 4*quads)
		for e := range vert {
			vert[e] = [4]int32{rng.Int32N(n), rng.Int32N(n), rng.Int32N(n), -1}
		}
		got := make([]float32, (len(vert)+BoxGroup-1)/BoxGroup*BoxSize)
		want := slices.Clone(got)
		Enclose(got, x, vert)
		enclose(want, x, vert)
		for i, w := range want { // of zeros of two signs either may be the least
			if got[i] != w {
				t.Fatalf("number %d of %d boxes is %g; its twin is %g", i, len(vert), got[i], w)
			}
		}
	}
}
