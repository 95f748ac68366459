package render

import (
	"image"
	"image/color"
	"math"

	"github.com/disintegration/imaging"
)

// Swatch draws one repeat of the material's pattern, side px pixels, in its
// colours; the picture tiles without a visible joint. Row 0 is the top, the
// warp runs upward. It also serves as texture of exported models.
func (m *Material) Swatch(side int) *image.NRGBA {
	if m.Picture != nil {
		return imaging.Resize(m.Picture, side, side, imaging.Lanczos)
	}
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	ground, accent := linear(m.Ground()), linear(m.accent())
	const grid = 4 // 4x4 samples a pixel: edges of the pattern are smooth
	for y := range side {
		for x := range side {
			var cover float32
			for k := range grid * grid {
				u := (float64(x) + (float64(k%grid)+0.5)/grid) / float64(side)
				v := 1 - (float64(y)+(float64(k/grid)+0.5)/grid)/float64(side)
				cover += patternAt(m.Pattern, u, v)
			}
			c, alpha := ground.lerp(accent, cover/(grid*grid)), uint8(255)
			if m.Pattern == Lace {
				c, alpha = ground, uint8(255*cover/(grid*grid)+0.5)
			}
			img.SetNRGBA(x, y, color.NRGBA{R: byteSRGB(c.x), G: byteSRGB(c.y), B: byteSRGB(c.z), A: alpha})
		}
	}
	return img
}

func byteSRGB(x float32) uint8 { return uint8(toSRGB(float64(clamp01(x)))*255 + 0.5) }

// Sheerness reports whether the swatch has transparent parts.
func (m *Material) Sheerness() bool {
	return m.Sheer > 0 || m.Picture == nil && m.Pattern == Lace || m.Picture != nil && !m.Picture.Opaque()
}

// patternAt is the share of accent at a place of the repeat, u and v in 0..1;
// of lace, that of thread.
func patternAt(p Pattern, u, v float64) float32 {
	switch p {
	case Check:
		// Gingham: where white crosses colour, threads of both show. A third
		// instead of half of white: dyed threads shade the white ones.
		if n := band(u) + band(v); n != 1 {
			return n / 2
		}
		return 0.34
	case Stripe:
		return band(u)
	case Print:
		// Half drop: a second flower, moved by half a repeat both ways.
		return max(flower(u-0.25, v-0.25, 0.4), flower(u-0.75, v-0.75, 1.1))
	case Lace:
		const flowers = 0.72 // those of lace are larger: they hold the net
		return max(net(u, v), flower(flowers*(u-0.25), flowers*(v-0.25), 0.4), flower(flowers*(u-0.75), flowers*(v-0.75), 1.1))
	}
	return 0
}

func band(u float64) float32 {
	if u-math.Floor(u) < 0.5 {
		return 1
	}
	return 0
}

// net is a mesh of threads on the bias, nine holes to a repeat.
func net(u, v float64) float32 {
	const holes, thread = 9, 0.3
	for _, x := range [2]float64{u + v, u - v} {
		if x *= holes; x-math.Floor(x) < thread {
			return 1
		}
	}
	return 0
}

// flower is five petals round an eye, in polar form; turn in rad.
func flower(x, y, turn float64) float32 {
	r := math.Hypot(x, y)
	petal := 0.115 + 0.055*math.Cos(5*(math.Atan2(y, x)+turn))
	if r < petal && r > 0.035 {
		return 1
	}
	return 0
}
