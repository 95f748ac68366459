package render

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Under sheer cloth as much of the key light is left as passes its threads, far
// off in full and fading to nothing where it touches, through windows of every
// width alike.
func TestVeilShades(t *testing.T) {
	for _, c := range []struct {
		sheer, gap float64 // gap [m]
		lo, hi     float32 // light left
	}{
		{0.5, 0.10, 0.42, 0.58}, {0.2, 0.10, 0.12, 0.28}, {0.8, 0.10, 0.72, 0.88}, {0.5, 0.002, 0.93, 1},
	} {
		ground, veil := plate("ground", 30, 1.5, 1), plate("veil", 30, 1.5, 1+c.gap)
		veil.Material.Sheer = c.sheer
		r := baked(t, Scene{Objects: []Object{ground, veil}})
		r.studio.toKey = vec{0, 1, 0}
		r.drawShadowMap(1024)
		sum, n := float32(0), 0
		for x := -0.2; x <= 0.2; x += 0.013 {
			for z := -0.2; z <= 0.2; z += 0.017 {
				e := r.depth.shadowAt(toVec(r3.Vec{X: x, Y: 1, Z: z}), vec{0, 1, 0})
				if far := float32(math.Abs(float64(e - (c.lo+c.hi)/2))); c.gap > 0.05 && far > 0.2 {
					t.Fatalf("sheer %.1f, %.3f m off: %.2f of the light at (%.3f, %.3f)", c.sheer, c.gap, e, x, z)
				}
				sum, n = sum+e, n+1
			}
		}
		if mean := sum / float32(n); mean < c.lo || mean > c.hi {
			t.Errorf("sheer %.1f, %.3f m off: %.2f of the light is left, want %.2f to %.2f", c.sheer, c.gap, mean, c.lo, c.hi)
		}
	}
}
