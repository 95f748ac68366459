package render

import (
	"errors"
	"fmt"
	"image"
)

// Legend is the scale of a heat map in the reader's language.
type Legend struct {
	Map   *ColorMap
	Title string // for instance "Abstand zum Körper" or "Gap to the body"
	Unit  string // of the ticks, for instance "mm"
}

// LegendHeight is the height of the strip that suits a picture of height h [px].
// Draw the scene into the part above it and the legend into the strip, so that
// numbers never lie on the subject.
func LegendHeight(h int) int { return max(h*9/100, 5*minLetter) }

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
	if err := l.write(dst, title, mid, r.Min.Y+r.Dy()*30/100, tpx, ink(), centred); err != nil {
		return err
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
