package render

import (
	"image/color"
	"math"
	"testing"
)

// Every mip level has the brightness of the whole, and the last is its mean.
func TestMipsKeepBrightness(t *testing.T) {
	m := Material{Color: color.NRGBA{R: 200, G: 30, B: 90, A: 255}, Pattern: Print}
	tex := newTexture(m.Swatch(64))
	var want [3]float64
	for level, texels := range tex.levels {
		var sum [3]float64
		for _, c := range texels {
			for k := range 3 {
				sum[k] += float64(c[k]) / float64(len(texels)) / 65535
			}
		}
		if level == 0 {
			want = sum
		}
		for k := range 3 {
			if math.Abs(sum[k]-want[k]) > 1e-4 {
				t.Errorf("level %d channel %d has mean %.5f, want %.5f", level, k, sum[k], want[k])
			}
		}
	}
	if got := tex.at(0.3, 0.7, 10); math.Abs(float64(got.x)-want[0]) > 1e-4 {
		t.Errorf("a footprint of 10 repeats gives %.4f, want the mean %.4f", got.x, want[0])
	}
}

// A repeat tiles: one repeat on, the colour is the same.
func TestTextureTiles(t *testing.T) {
	m := Material{Pattern: Check, Color: color.NRGBA{R: 10, G: 60, B: 120, A: 255}}
	tex := newTexture(m.Swatch(64))
	for _, f := range []float32{0.001, 0.02, 0.1, 0.5} {
		for i := range 50 {
			u, v := float32(i)*0.137, float32(i)*0.071
			a, b := tex.at(u, v, f), tex.at(u+1, v-2, f)
			if d := a.sub(b); d.dot(d) > 1e-6 {
				t.Errorf("footprint %g: (%.3f, %.3f) is %v, one repeat on %v", f, u, v, a, b)
			}
		}
	}
}

// Stripes run along the warp: the colour changes with U only. The first half of
// a repeat is the accent.
func TestStripesFollowTheGrain(t *testing.T) {
	m := Material{Pattern: Stripe, Color: color.NRGBA{A: 255}, Accent: color.NRGBA{R: 255, G: 255, B: 255, A: 255}}
	tex := newTexture(m.Swatch(64))
	for v := float32(0); v < 1; v += 0.13 {
		if a, b := tex.at(0.25, v, 0.01), tex.at(0.75, v, 0.01); a.x < 0.99 || b.x > 0.01 {
			t.Errorf("v = %.2f: accent half is %.2f and ground half %.2f, want 1 and 0", v, a.x, b.x)
		}
	}
}

// Threads fade out with distance, so a far cloth neither shimmers nor changes
// its colour.
func TestWeaveFades(t *testing.T) {
	for _, kind := range []Surface{Woven, Knit, Twill} {
		w := newWeave(kind)
		spread := func(footprint float32) (s float64) {
			for i := range 400 {
				du, dv, _ := w.at(float32(i)*0.00071, float32(i)*0.00113, footprint)
				s += math.Abs(float64(du)) + math.Abs(float64(dv))
			}
			return s / 400
		}
		if near, far := spread(1e-4), spread(0.01); near < 0.05 || far > near/4 {
			t.Errorf("surface %d: mean slope %.3f near and %.3f far, want above 0.05 and under a quarter of it", kind, near, far)
		}
	}
}

func TestLog2(t *testing.T) {
	for x := 1e-4; x < 1e4; x *= 1.07 {
		if got, want := float64(log2(float32(x))), math.Log2(x); math.Abs(got-want) > 0.01 {
			t.Errorf("log2(%g) is %g, want %g", x, got, want)
		}
	}
}
