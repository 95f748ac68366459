package render

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Lettering writes on pictures, in Go Regular (Bigelow & Holmes for the Go
// project, BSD licence like Go itself; it has all letters of German). The zero
// value is ready; one goroutine owns it.
type Lettering struct {
	font  *opentype.Font
	faces map[int]font.Face // by height [px]
}

func ink() color.NRGBA   { return color.NRGBA{R: 48, G: 48, B: 50, A: 255} }
func paper() color.NRGBA { return color.NRGBA{R: 250, G: 249, B: 247, A: 255} }

func (l *Lettering) face(px int) (font.Face, error) {
	if l.font == nil {
		f, err := opentype.Parse(goregular.TTF)
		if err != nil {
			return nil, fmt.Errorf("render: the built-in font: %w", err)
		}
		l.font, l.faces = f, map[int]font.Face{}
	}
	if f := l.faces[px]; f != nil {
		return f, nil
	}
	f, err := opentype.NewFace(l.font, &opentype.FaceOptions{Size: float64(px), DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, fmt.Errorf("render: font at %d px: %w", px, err)
	}
	l.faces[px] = f
	return f, nil
}

// align says which part of a text stands at its place.
type align float64

const (
	fromLeft align = 0
	centred  align = 0.5
)

// write puts one line of text px high on dst with its base line at y.
func (l *Lettering) write(dst *image.NRGBA, text string, x, y, px int, c color.NRGBA, a align) error {
	f, err := l.face(px)
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: f}
	d.Dot = fixed.P(x, y)
	d.Dot.X -= fixed.Int26_6(float64(d.MeasureString(text)) * float64(a))
	d.DrawString(text)
	return nil
}

// width of a text [px].
func (l *Lettering) width(text string, px int) (int, error) {
	f, err := l.face(px)
	if err != nil {
		return 0, err
	}
	return font.MeasureString(f, text).Ceil(), nil
}

// fitting is the largest height up to px at which the text is no wider than
// room [px].
func (l *Lettering) fitting(text string, px, room int) (int, error) {
	for ; px > minLetter; px-- {
		w, err := l.width(text, px)
		if err != nil || w <= room {
			return px, err
		}
	}
	return minLetter, nil
}

// minLetter is the smallest height still read on a screen [px].
const minLetter = 9

func fill(dst *image.NRGBA, r image.Rectangle, c color.NRGBA) {
	draw.Draw(dst, r.Intersect(dst.Rect), image.NewUniform(c), image.Point{}, draw.Src)
}
