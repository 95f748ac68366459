package sheet

import (
	"fmt"
	"image/color"
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// Options of a sheet. The zero value draws the pattern's own seams.
type Options struct {
	Title string
	// Seams to mark instead of the pattern's, as of a proposal: each a set of
	// edges of side A and of side B.
	Seams []Mark
	// Plain leaves out numbers, seams and words: a thumbnail.
	Plain bool
}

// Mark is one seam to be shown: its edges get one colour and its word.
type Mark struct {
	Word string
	A, B []pattern.EdgeRef
}

// canvas is what a sheet is drawn on; lengths in pixels, y down.
type canvas interface {
	area(loops [][]r2.Vec, fill color.NRGBA)
	line(pts []r2.Vec, width float64, dash []float64, c color.NRGBA)
	word(at r2.Vec, size float64, anchor int, c color.NRGBA, text string) // anchor -1 left, 0 centre, 1 right
}

var (
	paper   = color.NRGBA{255, 255, 255, 255}
	cloth   = color.NRGBA{244, 241, 234, 255}
	ink     = color.NRGBA{40, 40, 46, 255}
	faint   = color.NRGBA{150, 148, 140, 255}
	numbers = color.NRGBA{20, 60, 140, 255}
	marking = color.NRGBA{170, 90, 20, 255}
)

// seamColours are told apart by people with red-green blindness too (after
// Wong 2011, "Points of view: color blindness"); they repeat, words do not.
var seamColours = [...]color.NRGBA{
	{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {170, 140, 0, 255}, {86, 80, 200, 255}, {120, 60, 20, 255}, {0, 130, 140, 255},
}

// sheet is one drawing in the making.
type sheet struct {
	canvas
	p      *pattern.Pattern
	places []place
	scale  float64
	option Options
}

func (s *sheet) draw(width float64) {
	if !s.option.Plain {
		s.word(r2.Vec{X: gap, Y: 24}, words+2, -1, ink, s.option.Title)
		s.ruler(width)
	}
	for i := range s.p.Panels {
		s.panel(i)
	}
	if s.option.Plain {
		return
	}
	for k, m := range s.marks() {
		c := seamColours[k%len(seamColours)]
		if len(m.A) == 1 && len(m.B) == 1 && s.dart(m.A[0], m.B[0], m.Word, c) {
			continue
		}
		for _, side := range [2][]pattern.EdgeRef{m.A, m.B} {
			for _, r := range side {
				s.seam(r, m.Word, c)
			}
		}
	}
	for i := range s.p.Panels {
		s.numbers(i)
	}
}

// marks are the seams to show.
func (s *sheet) marks() []Mark {
	if s.option.Seams != nil {
		return s.option.Seams
	}
	var out []Mark
	for k, seam := range s.p.Seams {
		out = append(out, Mark{fmt.Sprintf("s%d", k), []pattern.EdgeRef{seam.A}, []pattern.EdgeRef{seam.B}})
	}
	return out
}

// ruler is 10 cm long.
func (s *sheet) ruler(width float64) {
	l := 0.1 * s.scale
	a := r2.Vec{X: width - gap - l, Y: 20}
	b := r2.Vec{X: width - gap, Y: 20}
	s.line([]r2.Vec{{X: a.X, Y: 14}, a, b, {X: b.X, Y: 14}}, 1.5, nil, ink)
	s.word(r2.Vec{X: a.X - 6, Y: 24}, small, 1, ink, "10 cm")
}

// panel draws outline, inner lines, grain, notches and the name.
func (s *sheet) panel(i int) {
	p, pl := &s.p.Panels[i], &s.places[i]
	loops := [][]r2.Vec{s.lay(i, p.Outline(5e-4))}
	for k := range p.Inner {
		if p.Inner[k].Kind == pattern.CutOut {
			loops = append(loops, s.lay(i, p.Inner[k].Pts))
		}
	}
	s.area(loops, cloth)
	width := 1.6
	if s.option.Plain {
		width = 4 // it will be shown at a fraction of its size
	}
	for _, l := range loops {
		s.line(append(l[:len(l):len(l)], l[0]), width, nil, ink)
	}
	number := 0
	for k := range p.Inner {
		if p.Inner[k].Kind != pattern.CutOut {
			s.inner(i, &p.Inner[k], number)
			number++
		}
	}
	for _, d := range p.Drills {
		q := pl.to(d, s.scale)
		s.line([]r2.Vec{{X: q.X - 4, Y: q.Y}, {X: q.X + 4, Y: q.Y}}, 1.2, nil, marking)
		s.line([]r2.Vec{{X: q.X, Y: q.Y - 4}, {X: q.X, Y: q.Y + 4}}, 1.2, nil, marking)
	}
	for _, n := range p.Notches {
		at, out := s.onEdge(i, n.Edge, n.At)
		s.line([]r2.Vec{at, r2.Add(at, r2.Scale(-9, out))}, 2, nil, marking)
	}
	if s.option.Plain {
		return
	}
	s.grain(i)
	s.word(r2.Vec{X: pl.at.X, Y: pl.at.Y - (pl.hi.Y-pl.lo.Y)*s.scale - 22}, words, -1, ink, title(p))
}

// title is what is written above a panel.
func title(p *pattern.Panel) string {
	if p.Role == "" || p.Role == pattern.OtherRole {
		return p.Name
	}
	return p.Name + " (" + string(p.Role) + sideWord(p.Side) + ")"
}

func sideWord(side pattern.Side) string {
	switch side {
	case pattern.Left:
		return " left"
	case pattern.Right:
		return " right"
	}
	return ""
}

func (s *sheet) inner(i int, in *pattern.Inner, number int) {
	pts := s.lay(i, in.Pts)
	dash, c := []float64{6, 4}, faint
	switch in.Kind {
	case pattern.Fold:
		dash, c = []float64{12, 4, 2, 4}, marking
	case pattern.Elastic:
		dash, c = []float64{3, 3}, marking
	}
	s.line(pts, 1.2, dash, c)
	if !s.option.Plain && len(pts) > 0 && number < 40 { // more are a print, not marks
		s.word(r2.Add(pts[len(pts)/2], r2.Vec{X: 3, Y: -3}), small-2, -1, c, fmt.Sprintf("line %d", number))
	}
}

func (s *sheet) lay(i int, pts []r2.Vec) []r2.Vec {
	out := make([]r2.Vec, len(pts))
	for k, q := range pts {
		out[k] = s.places[i].to(q, s.scale)
	}
	return out
}

// grain is an arrow in the middle of the panel along the warp.
func (s *sheet) grain(i int) {
	p, pl := &s.p.Panels[i], &s.places[i]
	g := p.Grain
	if g == (r2.Vec{}) {
		g = r2.Vec{Y: 1}
	}
	mid := pl.to(r2.Scale(0.5, r2.Add(pl.lo, pl.hi)), s.scale)
	along := r2.Vec{X: g.X, Y: -g.Y}
	l := math.Min(36, 0.25*math.Min((pl.hi.X-pl.lo.X), (pl.hi.Y-pl.lo.Y))*s.scale)
	a, b := r2.Add(mid, r2.Scale(-l, along)), r2.Add(mid, r2.Scale(l, along))
	s.line([]r2.Vec{a, b}, 1.2, nil, faint)
	s.arrow(b, along, 7, faint)
}

// arrow is a filled head with its tip at a point.
func (s *sheet) arrow(tip, along r2.Vec, size float64, c color.NRGBA) {
	across := r2.Vec{X: -along.Y, Y: along.X}
	back := r2.Add(tip, r2.Scale(-size, along))
	s.area([][]r2.Vec{{tip, r2.Add(back, r2.Scale(size*0.45, across)), r2.Add(back, r2.Scale(-size*0.45, across))}}, c)
}

// onEdge is a place on an edge and the direction outwards, on the sheet.
func (s *sheet) onEdge(i, e int, share float64) (at, out r2.Vec) {
	p := &s.p.Panels[i]
	c := p.Curve(e)
	t := c.ParamAt(share * c.Length())
	d := c.Deriv(t)
	if r2.Norm(d) == 0 {
		d = r2.Sub(c.End(), c.Start())
	}
	d = r2.Unit(d)
	right := r2.Vec{X: d.Y, Y: -d.X}
	right = r2.Scale(p.Outward(), right)
	return s.places[i].to(c.At(t), s.scale), r2.Vec{X: right.X, Y: -right.Y}
}

// numbers writes the number of every edge inside of it, and an arrow on it in
// the direction in which the edge runs.
func (s *sheet) numbers(i int) {
	p := &s.p.Panels[i]
	for e := range p.Edges {
		c := p.Curve(e)
		at, out := s.onEdge(i, e, 0.5)
		d := r2.Unit(c.Deriv(c.ParamAt(c.Length() / 2)))
		along := r2.Vec{X: d.X, Y: -d.Y}
		size := math.Min(9, math.Max(5, c.Length()*s.scale/4))
		s.arrow(r2.Add(at, r2.Scale(size/2, along)), along, size, numbers)
		in := r2.Add(at, r2.Scale(-13, out))
		s.word(r2.Vec{X: in.X, Y: in.Y + small/3}, small, 0, numbers, fmt.Sprint(e))
	}
}

// dart colours both sides of a dart and writes its word once, beyond its tip,
// where there is room. It reports false where the edges are no dart.
func (s *sheet) dart(a, b pattern.EdgeRef, word string, c color.NRGBA) bool {
	one := pattern.Pattern{Panels: s.p.Panels, Seams: []pattern.Seam{{A: a, B: b}}}
	tip, ok := one.DartTip(0)
	if !ok {
		return false
	}
	p := &s.p.Panels[a.Panel]
	at := p.Verts[tip]
	var back r2.Vec // from the tip to the middle of the open end
	for _, r := range [2]pattern.EdgeRef{a, b} {
		s.line(s.lay(r.Panel, p.Sample(nil, r.Edge, 24)), 3.2, nil, c)
		e := &p.Edges[r.Edge]
		back = r2.Add(back, r2.Scale(0.5, r2.Sub(p.Verts[e.From+e.To-tip], at)))
	}
	q := s.places[a.Panel].to(at, s.scale)
	if l := r2.Norm(back); l > 0 {
		q = r2.Add(q, r2.Scale(-15/l, r2.Vec{X: back.X, Y: -back.Y}))
	}
	s.word(r2.Vec{X: q.X, Y: q.Y + small/3}, small, 0, c, word)
	return true
}

// seam colours an edge and writes the seam's word outside of it.
func (s *sheet) seam(r pattern.EdgeRef, word string, c color.NRGBA) {
	pts := s.p.Panels[r.Panel].Sample(nil, r.Edge, 24)
	s.line(s.lay(r.Panel, pts), 3.2, nil, c)
	at, out := s.onEdge(r.Panel, r.Edge, 0.5)
	q := r2.Add(at, r2.Scale(13, out))
	s.word(r2.Vec{X: q.X, Y: q.Y + small/3}, small, 0, c, word)
}
