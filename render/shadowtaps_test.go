package render

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// tapByTap is what tapMap says at once: the light through the tent over the map,
// and how far off on average what takes it stands, with the plane so much nearer.
func tapByTap(m *depthMap, w *shadowWindow, level int, nearer float32) (share, gap float32) {
	stride := 1 << level
	x, y := w.x/float32(stride), w.y/float32(stride)
	ix, iy := floor32(x), floor32(y)
	const r = shadowTaps/2 - 1
	if (ix-r)*stride < 0 || (iy-r)*stride < 0 || (ix+r+1)*stride >= m.size || (iy+r+1)*stride >= m.size {
		return 1, 0
	}
	weight := func(k int, x float32) float32 { return max(0, r+1-abs32(float32(k)-x)) }
	var lit, all, off, offs float32
	for j := -r; j <= r+1; j++ {
		for k := -r; k <= r+1; k++ {
			u, v := float32(stride)*(float32(k)-x+float32(ix)), float32(stride)*(float32(j)-y+float32(iy))
			z := w.depth + w.gx*u + w.gy*v - shadowBias/2*float32(stride) - nearer
			wt := weight(k, x-float32(ix)) * weight(j, y-float32(iy))
			all += wt
			if d := m.d[(iy+j)*stride*m.size+(ix+k)*stride]; z <= d {
				lit += wt
			} else {
				off += z - d
				offs++
			}
		}
	}
	if offs > 0 {
		gap = off / offs
	}
	return lit / all, gap
}

// Taps asked four at once say what they say one by one, to two steps of depth.
func TestTapsOneByOne(t *testing.T) {
	const size, reach = 256, 1
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name  string
		rough float32 // [m]
	}{{"plain", 0}, {"rough", 0.02}, {"torn", 0.5}} {
		var m depthMap
		m.reset(parallelView(r3.Vec{Z: -1}, vec{}, reach, size), size, true)
		m.taps.reset(size, reach)
		for ty := range size / tileSize {
			for tx := range size / tileSize {
				m.clear(tx*tileSize, ty*tileSize)
				m.taps.takeEmpty(size, tx*tileSize, ty*tileSize)
			}
		}
		w := shadowWindow{gx: 0.004, gy: -0.003}
		plane := func(x, y float32) float32 { return 2*reach + w.gx*(x-size/2) + w.gy*(y-size/2) }
		for y := range size {
			for x := range size {
				m.d[y*size+x] = plane(float32(x), float32(y)) + c.rough*(rng.Float32()-0.2)
			}
		}
		for ty := 1; ty < size/tileSize; ty++ { // the first row and column stay empty
			for tx := 1; tx < size/tileSize; tx++ {
				m.taps.take(&m, tx*tileSize, ty*tileSize)
			}
		}
		for y := range size {
			for x := range size {
				if x < tileSize || y < tileSize {
					m.d[y*size+x] = farAway
				}
			}
		}
		step := 1 / m.taps.per
		for range 1000 {
			w.x, w.y = rng.Float32()*size, rng.Float32()*size
			w.depth = plane(w.x, w.y) + 0.03*(rng.Float32()-0.3)
			for level := range tapSizes {
				least, gap := tapByTap(&m, &w, level, -2*step)
				most, _ := tapByTap(&m, &w, level, 2*step)
				got := m.share(&w, uint(level))
				if !(got >= least-1e-5 && got <= most+1e-5) {
					t.Fatalf("%s, level %d: %g of the window at (%g, %g) is lit, one by one %g to %g", c.name, level, got, w.x, w.y, least, most)
				}
				if least < most || least == 1 {
					continue
				}
				var f taps
				m.taps.ask(&f, &w, size, uint(level))
				if off := m.taps.gap(&f); abs32(off-gap) > 4*step {
					t.Fatalf("%s, level %d: what takes the light of (%g, %g) is %g m off, one by one %g", c.name, level, w.x, w.y, off, gap)
				}
			}
		}
	}
}
