package render

import (
	"image"
	"image/color"
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

// Cloth one can see through lets as much be seen as its threads leave open, in
// every pixel alike: no dots.
func TestVeilHasNoDots(t *testing.T) {
	const side = 96
	c := Camera{Eye: r3.Vec{Y: 0.5, Z: 3}, Target: r3.Vec{Y: 0.5}}
	drawn := func(objects ...Object) *image.NRGBA {
		far := plate("far", 1, 0.1, 40) // the scene is never empty
		img := image.NewNRGBA(image.Rect(0, 0, side, side))
		var r Renderer
		s := Scene{Objects: append(objects, far), Backdrop: color.NRGBA{R: 90, G: 90, B: 90, A: 255}}
		if err := r.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		return img
	}
	cloth := func(sheer float64) Object {
		o := sheet(12, 0.8)
		o.Material = Material{Color: color.NRGBA{R: 30, G: 40, B: 120, A: 255}, Sheer: sheer}
		return o
	}
	bare, full := drawn(), drawn(cloth(0))
	for _, sheer := range []float64{0.05, 0.3, 0.5, 0.62, 0.9} {
		got := drawn(cloth(sheer))
		for ch := range 3 {
			for y := side * 2 / 5; y < side*3/5; y++ {
				before := math.NaN()
				for x := side * 2 / 5; x < side*3/5; x++ {
					at := got.PixOffset(x, y) + ch
					l := func(img *image.NRGBA) float64 { return fromSRGB(float64(img.Pix[at]) / 255) }
					want := 255 * toSRGB(sheer*l(bare)+(1-sheer)*l(full))
					off := float64(got.Pix[at]) - want
					if math.Abs(off) > 6 { // veils take less of the sky than what they are compared with
						t.Fatalf("sheer %.2f: byte %d of pixel (%d, %d) is %d, want %.1f", sheer, ch, x, y, got.Pix[at], want)
					}
					if math.Abs(off-before) > 2.5 { // three bytes rounded by the grain
						t.Fatalf("sheer %.2f: byte %d of pixel (%d, %d) is off by %.1f, its neighbour by %.1f", sheer, ch, x, y, off, before)
					}
					before = off
				}
			}
		}
	}
}
