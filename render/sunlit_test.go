package render

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Whoever is called sunlit has all taps of both windows free; and on plain
// ground, level or slanted, everybody is.
func TestSunlitIsLit(t *testing.T) {
	const size, reach = 256, 1
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name  string
		rough float32 // [m]
		all   bool
	}{{"plain", 0, true}, {"rough", 0.004, false}, {"torn", 0.5, false}} {
		var m depthMap
		m.reset(parallelView(r3.Vec{Z: -1}, vec{}, reach, size), size)
		m.sun.reset(size, reach)
		var w shadowWindow
		w.gx, w.gy = 0.004, -0.003
		plane := func(x, y float32) float32 { return 2*reach + w.gx*(x-size/2) + w.gy*(y-size/2) }
		for y := range size {
			for x := range size {
				m.d[y*size+x] = plane(float32(x), float32(y)) + c.rough*(rng.Float32()-0.2)
			}
		}
		for ty := range size / tileSize {
			for tx := range size / tileSize {
				m.sun.take(&m, tx*tileSize, ty*tileSize)
			}
		}
		sunlit, free := 0, 0
		for range 3000 {
			w.x, w.y = rng.Float32()*size, rng.Float32()*size
			w.depth = plane(w.x, w.y) - 0.003*rng.Float32()
			near, _ := m.share(&w, 1)
			far, _ := m.share(&w, farStride)
			if m.sun.all(&w, size, 0, m.sun.near) {
				sunlit++
				if near != 1 {
					t.Fatalf("%s: called sunlit near (%g, %g), where %g of the window is", c.name, w.x, w.y, near)
				}
			}
			if m.sun.all(&w, size, farBits, m.sun.far) && far != 1 {
				t.Fatalf("%s: called sunlit round (%g, %g), where %g of the wide window is", c.name, w.x, w.y, far)
			}
			if near == 1 {
				free++
			}
		}
		if c.all && sunlit < free || sunlit > free {
			t.Errorf("%s: %d called sunlit of %d that are", c.name, sunlit, free)
		}
	}
}
