package render

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The words the shader mixes say what plain sums over the texels say, to one
// and a half steps of a texel.
func TestWeaveInWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, kind := range []Surface{Woven, Knit, Twill, Rib} {
		w := newWeave(kind)
		for range 2000 {
			level := rng.IntN(weaveBits)
			side := 1 << (weaveBits - level)
			// On sixteenths of a texel, the steps of the weights.
			x, y := float64(rng.IntN(16*side))/16, float64(rng.IntN(16*side))/16
			u, v := float32((x+0.5)/float64(side)*weaveTile+1e-9), float32((y+0.5)/float64(side)*weaveTile+1e-9)
			got := float64(int32(w.bilinear(level, u, v)&weaveMask)-weaveLift*weaveOne) / weaveOne
			ix, iy := int(x), int(y)
			at := func(i, j int) float64 {
				wx, wy := 1-math.Abs(x-float64(i)), 1-math.Abs(y-float64(j))
				return wx * wy * float64(w.levels[level][(j&(side-1))*side+i&(side-1)].du)
			}
			want := at(ix, iy) + at(ix+1, iy) + at(ix, iy+1) + at(ix+1, iy+1)
			// A place may be rounded down to the sixteenth before.
			if math.Abs(got-want) > 1.5+2*127.0/16 {
				t.Fatalf("surface %d, level %d, (%g, %g): %g, want %g", kind, level, x, y, got, want)
			}
		}
	}
}
