package render

import (
	"math/rand/v2"
	"testing"
)

// A triangle drawn with its functions in one word covers what it covers with
// each in its own, up to the largest that fits, cut by the tile or not.
func TestLanesAreExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	one, three := new(tileBuf), new(tileBuf)
	flat := [2][]float32{make([]float32, tileSize*tileSize), make([]float32, tileSize*tileSize)}
	drawn, large := 0, 0
	for range 4000 {
		reach := []int32{24, 160, 700, 1000}[rng.IntN(4)] // [1/16 px]
		var v [3]screenVert
		cx, cy := rng.Int32N(tileSize*subOne), rng.Int32N(tileSize*subOne)
		for k := range v {
			v[k] = at(cx+rng.Int32N(reach)-reach/2, cy+rng.Int32N(reach)-reach/2, 16*rng.Float32())
		}
		var e edges
		if !setEdges(&e, &v[0], &v[1], &v[2], 0, 0, tileSize-1, tileSize-1) {
			continue
		}
		if !e.small {
			large++
			continue
		}
		drawn++
		one.clear(testNear)
		three.clear(testNear)
		for i := range flat[0] {
			flat[0][i], flat[1][i] = farAway, farAway
		}
		drawSamples(one, &e, 9, 0, 0)
		drawDepth(flat[0], tileSize, &e)
		e.small = false
		drawSamples(three, &e, 9, 0, 0)
		drawDepth(flat[1], tileSize, &e)
		for i := range one.seen {
			if one.seen[i] != three.seen[i] {
				t.Fatalf("%v: sample %d of pixel %d has key %x, want %x", v, i%samples, i/samples, one.seen[i], three.seen[i])
			}
		}
		for i := range flat[0] {
			if flat[0][i] != flat[1][i] {
				t.Fatalf("%v: pixel %d has depth %g, want %g", v, i, flat[0][i], flat[1][i])
			}
		}
	}
	if drawn < 1000 || large < 100 {
		t.Errorf("%d triangles fit and %d do not; both should be met", drawn, large)
	}
}
