package render

import (
	"image"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// The backdrop runs straight between its corners, and nobody can tell: it is
// within a step of a byte of what is worked out for each pixel, but for three where
// the subject's shade ends at the border of its grid.
func TestBackdropRunsStraight(t *testing.T) {
	for _, side := range []int{150, 200, 321, 512, 801, 1000} {
		var r Renderer
		img := image.NewNRGBA(image.Rect(0, 0, side, side))
		o := ball(24)
		if err := r.Draw(img, Scene{Objects: []Object{o}}, Frame(r3.Vec{X: -0.5, Z: -0.5}, r3.Vec{X: 0.5, Y: 1, Z: 0.5}, Front, 1)); err != nil {
			t.Fatal(err)
		}
		seen, bent := 0, 0
		for y := range side {
			for x := range side {
				if r.bins.start[y/tileSize*r.bins.tw+x/tileSize] != r.bins.start[y/tileSize*r.bins.tw+x/tileSize+1] {
					continue
				}
				seen++
				want, got := r.backdropFilm(x, y), img.NRGBAAt(x, y)
				for c, b := range [3]uint8{got.R, got.G, got.B} {
					d := (want[c]+grainStep(x, y))>>16 - int32(b)
					if d < -1 || d > 1 {
						bent++
					}
					if d < -3 || d > 3 {
						t.Fatalf("side %d: byte %d of pixel (%d, %d) is %d, want %.2f", side, c, x, y, b, float64(want[c])/(1<<16))
					}
				}
			}
		}
		if bent > seen/1000 {
			t.Errorf("side %d: %d bytes of %d pixels are off by more than one", side, bent, seen)
		}
		if seen < side*side/8 {
			t.Errorf("side %d: only %d pixels lie in empty tiles", side, seen)
		}
	}
}
