package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"
)

// Outline draws on dst the border of what is seen of one object of a scene, as
// a line of the given width [px], smoothed: so one garment can be compared with
// another that dst already shows.
func Outline(dst *image.NRGBA, s Scene, object int, c Camera, width float64, line color.NRGBA) error {
	if dst == nil || object < 0 || object >= len(s.Objects) {
		return errors.New("render: an outline needs a picture and an object of the scene")
	}
	if err := s.Validate(); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	if err := c.validate(); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	m := newClassMap(dst.Rect.Dx(), dst.Rect.Dy(), c)
	const inside = 0
	for i := range s.Objects {
		o := s.Objects[i]
		o.ColorMap = nil
		tag := int8(noClass)
		if i == object {
			tag = inside
		}
		m.draw(&o, tag)
	}
	for k, far := range m.room(false) {
		if a := width/2 + 0.5 - float64(far); a > 0 {
			x, y := dst.Rect.Min.X+k%m.w, dst.Rect.Min.Y+k/m.w
			dst.SetNRGBA(x, y, over(dst.NRGBAAt(x, y), line, min(a, 1)))
		}
	}
	return nil
}

// over lays a colour on another with the given cover.
func over(under, top color.NRGBA, cover float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + cover*(float64(b)-float64(a)) + 0.5) }
	return color.NRGBA{R: mix(under.R, top.R), G: mix(under.G, top.G), B: mix(under.B, top.B), A: max(under.A, top.A)}
}
