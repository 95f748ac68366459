package sheet

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// Measures of a sheet in pixels. Words have one size whatever the scale, so
// the scale falls until the sheet is no wider than maxWidth.
const (
	maxWidth  = 2200.0
	maxHeight = 3200.0
	bestScale = 1000.0 // a pixel is a millimetre
	gap       = 46.0   // between panels, for the marks of their seams
	head      = 38.0   // above a panel, for its name
	words     = 15.0   // height of letters
	small     = 13.0
	letter    = 0.56 // width of a letter over its height, on average and a little more
)

// place is where a panel lies on the sheet.
type place struct {
	lo, hi r2.Vec  // of the panel [m]
	name   float64 // width of its name [px]
	at     r2.Vec  // of its lower left corner's image: left, bottom [px]
}

// layout puts panels in rows, the tallest first, and returns the size of the
// sheet [px] and its scale [px/m].
func layout(p *pattern.Pattern) (places []place, width, height, scale float64) {
	scale = bestScale
	for range 40 {
		places, width, height = rows(p, scale)
		if width <= maxWidth && height <= maxHeight {
			break
		}
		scale *= 0.88
	}
	return places, width, height, scale
}

func rows(p *pattern.Pattern, scale float64) (places []place, width, height float64) {
	places = make([]place, len(p.Panels))
	order := make([]int, len(p.Panels))
	area := 0.0
	for i := range p.Panels {
		order[i] = i
		places[i].lo, places[i].hi = p.Panels[i].Bounds()
		places[i].name = letter * words * float64(utf8.RuneCountInString(title(&p.Panels[i])))
		w, h := places[i].size(scale)
		area += (w + gap) * (h + gap + head)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		_, ha := places[a].size(scale)
		_, hb := places[b].size(scale)
		return cmp.Compare(math.Round(hb/20), math.Round(ha/20))
	})
	wide := math.Min(maxWidth, math.Max(700, 1.25*math.Sqrt(area)))
	x, y, row := gap, gap, 0.0
	for _, i := range order {
		w, h := places[i].size(scale)
		if x+w+gap > wide && x > gap {
			x, y, row = gap, y+row+gap, 0
		}
		places[i].at = r2.Vec{X: x, Y: y + head + h}
		width = math.Max(width, x+w+gap)
		row = math.Max(row, h+head)
		x += w + gap
	}
	return places, math.Max(width, 420), y + row + gap
}

func (p *place) size(scale float64) (w, h float64) {
	return math.Max(p.name, (p.hi.X-p.lo.X)*scale), (p.hi.Y - p.lo.Y) * scale
}

// to takes a point of the panel to the sheet, whose y points down.
func (p *place) to(q r2.Vec, scale float64) r2.Vec {
	return r2.Vec{X: p.at.X + (q.X-p.lo.X)*scale, Y: p.at.Y - (q.Y-p.lo.Y)*scale}
}
