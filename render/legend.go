package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"
)

// Legend is the scale of a heat map in the reader's language.
type Legend struct {
	Map   *ColorMap
	Title string // for instance "Abstand zum Körper" or "Gap to the body"
	Unit  string // of the ticks, for instance "mm"
	// Classes names the classes between the map's limits, one more than those;
	// none draws the scale with its ticks alone.
	Classes []string
	Comma   bool // decimals after a comma
}

// LegendHeight is the height of the strip that suits a picture of height h [px].
// Draw the scene into the part above it and the legend into the strip, so that
// the scale never lies on the subject.
func LegendHeight(h int) int { return max(h*12/100, 5*minLetter) }

// Legend fills dst, a wide strip, with the scale: title and unit, the colours,
// a number at each tick.
func (l *Lettering) Legend(dst *image.NRGBA, g Legend) error {
	if dst == nil || g.Map == nil {
		return errors.New("render: a legend needs a picture and a colour map")
	}
	if err := g.Map.validate(); err != nil {
		return fmt.Errorf("render: legend: %w", err)
	}
	r := dst.Rect
	if r.Dx() < 120 || r.Dy() < 4*minLetter {
		return fmt.Errorf("render: legend strip is %d x %d px; at least 120 x %d", r.Dx(), r.Dy(), 4*minLetter)
	}
	fill(dst, r, paper())
	px := max(r.Dy()/4, minLetter)
	title := g.Title
	if g.Unit != "" {
		title += " [" + g.Unit + "]"
	}
	room := r.Dx() * 9 / 10
	tpx, err := l.fitting(title, px, room)
	if err != nil {
		return err
	}
	mid := r.Min.X + r.Dx()/2
	if err := l.write(dst, title, mid, r.Min.Y+r.Dy()*26/100, tpx, ink(), centred); err != nil {
		return err
	}
	if len(g.Classes) > 0 {
		return l.classes(dst, g, room)
	}
	bar := image.Rect(mid-min(room, r.Dy()*7)/2, r.Min.Y+r.Dy()*40/100, mid+min(room, r.Dy()*7)/2, r.Min.Y+r.Dy()*64/100)
	drawBar(dst, bar, g.Map)
	return l.ticks(dst, bar, r.Min.Y+r.Dy()*90/100, px*9/10, g.Map)
}

func drawBar(dst *image.NRGBA, bar image.Rectangle, m *ColorMap) {
	fill(dst, bar.Inset(-1), ink())
	lo, hi := m.Stops[0].At, m.Stops[len(m.Stops)-1].At
	for x := bar.Min.X; x < bar.Max.X; x++ {
		at := lo + (hi-lo)*(float64(x-bar.Min.X)+0.5)/float64(bar.Dx())
		fill(dst, image.Rect(x, bar.Min.Y, x+1, bar.Max.Y), m.At(at))
	}
}

// ticks writes the numbers under the bar; one that would touch its neighbour is
// left out.
func (l *Lettering) ticks(dst *image.NRGBA, bar image.Rectangle, base, px int, m *ColorMap) error {
	lo, hi := m.Stops[0].At, m.Stops[len(m.Stops)-1].At
	free := bar.Min.X - bar.Dx()
	for _, t := range m.Ticks {
		x := bar.Min.X + int((t.At-lo)/(hi-lo)*float64(bar.Dx())+0.5)
		w, err := l.width(t.Text, px)
		if err != nil {
			return err
		}
		if x-w/2 < free {
			continue
		}
		free = x + w/2 + px/3
		fill(dst, image.Rect(x, bar.Min.Y, x+1, bar.Max.Y+max(2, px/4)), ink())
		if err := l.write(dst, t.Text, x, base, px, ink(), centred); err != nil {
			return err
		}
	}
	return nil
}

// classes draws one field per class, all equally wide so that each has room for
// its name, with its number on it and the borders' figures below.
func (l *Lettering) classes(dst *image.NRGBA, g Legend, room int) error {
	r := dst.Rect
	n := len(g.Classes)
	if n != len(g.Map.Limits)+1 {
		return fmt.Errorf("render: legend names %d classes; the map has %d", n, len(g.Map.Limits)+1)
	}
	wide := min(room, r.Dy()*13)
	left, top, low := r.Min.X+(r.Dx()-wide)/2, r.Min.Y+r.Dy()*36/100, r.Min.Y+r.Dy()*58/100
	fill(dst, image.Rect(left, top, left+wide, low).Inset(-1), ink())
	px := max(r.Dy()*16/100, minLetter)
	for k, name := range g.Classes {
		field := image.Rect(left+wide*k/n, top, left+wide*(k+1)/n, low)
		lo, hi := g.Map.span(k)
		for x := field.Min.X; x < field.Max.X; x++ {
			at := lo + (hi-lo)*(float64(x-field.Min.X)+0.5)/float64(field.Dx())
			fill(dst, image.Rect(x, top, x+1, low), g.Map.At(at))
		}
		mid := (field.Min.X + field.Max.X) / 2
		number := fmt.Sprint(k + 1)
		if err := l.write(dst, number, mid, (top+low)/2+px*4/10, px, readableOn(g.Map.At((lo+hi)/2)), centred); err != nil {
			return err
		}
		small, err := l.fitting(name, px, field.Dx()-px/2)
		if err != nil {
			return err
		}
		if err := l.write(dst, name, mid, r.Min.Y+r.Dy()*94/100, small, ink(), centred); err != nil {
			return err
		}
		if k == 0 {
			continue
		}
		fill(dst, image.Rect(field.Min.X, top, field.Min.X+1, low+max(2, px/4)), ink())
		figure := g.Map.Limits[k-1].Text
		if g.Comma {
			figure = strings.ReplaceAll(figure, ".", ",")
		}
		if err := l.write(dst, figure, field.Min.X, r.Min.Y+r.Dy()*76/100, px*9/10, ink(), centred); err != nil {
			return err
		}
	}
	return nil
}

// readableOn is ink or paper, whichever stands out more from a colour.
func readableOn(c color.NRGBA) color.NRGBA {
	v := linear(c)
	if y := 0.2126*v.x + 0.7152*v.y + 0.0722*v.z; y < 0.25 {
		return paper()
	}
	return ink()
}
