package pattern

import (
	"math"
	"slices"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Underlap is a fastening at which one edge lies over the panel of the other: the
// middles of both sides, not their edges, come together, as where buttons close a
// shirt.
type Underlap struct {
	Over, Under EdgeRef
	Width       float64 // how far Over lies inside of Under [m]
	// What CutUnderlaps made: the panel of the strip, and the line of the panel above.
	Strip, Line int
}

// Limits of an overlap [m]: less is no strip that could be draped, more is a wrapped
// garment, whose fronts are sewn in at the side.
const (
	MinOverlap = 0.008
	MaxOverlap = 0.20
	// straightTol is what an edge may be off its chord to be parted along a line
	// beside it.
	straightTol = 0.002
	// underlapShort is how much shorter than what lies over it the strip is at either
	// end, so that no corner of it comes out at the neck or the hem; and how much of
	// its edge stays free there beside.
	underlapShort = 0.006
)

// Edges of the strip that CutUnderlaps adds. The long outer one is in three parts,
// the middle one of which is laid on the panel above.
const (
	underlapLaid = 2
	underlapCut  = 5
)

// CutUnderlaps parts what lies underneath from its panel, as a strip behind the
// other panels, one for each of the list in order, and draws on the panel above the
// line the strip reaches to, as the last of its inner ones. The panels keep the numbers of
// their edges. It is done alike in all sizes, before they are sewn.
func (p *Pattern) CutUnderlaps(list []Underlap) error {
	p.Panels = slices.Clone(p.Panels)
	for i := range list {
		u := &list[i]
		for _, e := range [2]EdgeRef{u.Over, u.Under} {
			if what := p.missing(e); what != nil {
				return what
			}
		}
		if u.Over.Panel == u.Under.Panel {
			return fault.Errorf("panel %q cannot overlap itself; divide it", p.Panels[u.Over.Panel].Name)
		}
		if !(u.Width >= MinOverlap && u.Width <= MaxOverlap) {
			return fault.Errorf("overlaps by %.1f mm; %.0f to %.0f mm are possible", u.Width*1000, MinOverlap*1000, MaxOverlap*1000)
		}
		over, under := p.Panels[u.Over.Panel], p.Panels[u.Under.Panel]
		if _, err := over.beside(u.Over.Edge, u.Width); err != nil {
			return err
		}
		rest, strip, err := under.parted(u.Under.Edge, u.Width)
		if err != nil {
			return err
		}
		over.Inner = append(slices.Clip(over.Inner), over.underlapLine(u, &strip))
		n := strip.Length(1)
		if strip.trim(); strip.Length(1) < n/2 {
			return fault.Errorf("panel %q edge %d is %.1f cm long, too short for what overlaps it", under.Name, u.Under.Edge, n*100)
		}
		n = strip.Length(1)
		strip.SplitEdge(1, []float64{underlapShort / n, 1 - underlapShort/n})
		p.Panels[u.Over.Panel], p.Panels[u.Under.Panel] = over, rest
		u.Strip, u.Line = len(p.Panels), len(over.Inner)-1
		p.Panels = append(p.Panels, strip)
	}
	return nil
}

// beside finds where the edges before and behind a straight edge are so far inside of
// it: their shares.
func (p *Panel) beside(e int, width float64) (shares [2]float64, err error) {
	a, b := p.Verts[p.Edges[e].From], p.Verts[p.Edges[e].To]
	in := r2.Unit(r2.Vec{X: a.Y - b.Y, Y: b.X - a.X})
	if p.SignedArea() < 0 {
		in = r2.Scale(-1, in)
	}
	off := func(q r2.Vec) float64 { return r2.Dot(r2.Sub(q, a), in) }
	for _, q := range p.Sample(nil, e, 16) {
		if math.Abs(off(q)) > straightTol {
			return shares, fault.Errorf("panel %q edge %d is bent by %.1f mm; an edge that overlaps another must be straight", p.Name, e, 1000*math.Abs(off(q)))
		}
	}
	n := len(p.Edges)
	for k, beside := range [2]int{(e + n - 1) % n, (e + 1) % n} {
		const steps = 1024
		pts := p.Sample(nil, beside, steps)
		found := false
		for i := range steps { // from the common corner on
			x, y := i, i+1
			if k == 0 {
				x, y = steps-i, steps-i-1
			}
			if h, g := off(pts[x]), off(pts[y]); h < width && g >= width {
				f := (width - h) / (g - h)
				shares[k], found = (float64(x)+f*float64(y-x))/steps, true
				break
			}
		}
		if !found || math.Min(shares[k], 1-shares[k])*p.Length(beside) < MinEdgeLength {
			return shares, fault.Errorf("panel %q edge %d, beside the overlap, does not reach %.1f mm into the panel", p.Name, beside, width*1000)
		}
	}
	return shares, nil
}

// ends are where a strip that was parted starts and ends inside of its trimmed
// corners, as distances along its long outer edge from the start of that.
func (p *Panel) ends() (from, to float64, along r2.Vec) {
	a, b := p.Verts[1], p.Verts[2]
	along = r2.Unit(r2.Sub(b, a))
	level := func(k int) float64 { return r2.Dot(r2.Sub(p.Verts[k], a), along) }
	return math.Max(0, level(0)) + underlapShort, math.Min(level(2), level(3)) - underlapShort, along
}

// trim makes a strip that was parted square and shorter at both ends.
func (p *Panel) trim() {
	from, to, along := p.ends()
	in := r2.Sub(p.Verts[0], p.Verts[1])
	in = r2.Sub(in, r2.Scale(r2.Dot(in, along), along))
	at := func(s float64) r2.Vec { return r2.Add(p.Verts[1], r2.Scale(s, along)) }
	p.Verts = []r2.Vec{r2.Add(at(from), in), at(from), at(to), r2.Add(at(to), in)}
	p.Edges = []Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 0}}
}

// underlapLine is where the outer edge of a strip, not yet trimmed, comes to lie on
// the panel above: the end of its edge there meets the start of the strip's cut.
func (p *Panel) underlapLine(u *Underlap, strip *Panel) Inner {
	a, b := p.Verts[p.Edges[u.Over.Edge].From], p.Verts[p.Edges[u.Over.Edge].To]
	along, length := r2.Unit(r2.Sub(b, a)), r2.Norm(r2.Sub(b, a))
	in := r2.Vec{X: -along.Y, Y: along.X}
	if p.SignedArea() < 0 {
		in = r2.Scale(-1, in)
	}
	from, to, own := strip.ends()
	start := r2.Dot(r2.Sub(strip.Verts[0], strip.Verts[1]), own)
	cut := r2.Norm(r2.Sub(strip.Verts[3], strip.Verts[0]))
	at := func(s float64) r2.Vec {
		s = length * (1 - (s-start)/cut)
		return r2.Add(a, r2.Add(r2.Scale(s, along), r2.Scale(u.Width, in)))
	}
	return Inner{Name: "underlap", Pts: []r2.Vec{at(to - underlapShort), at(from + underlapShort)}}
}

// parted divides a panel along a line so far inside of an edge: what is left of it,
// with the numbers of its edges as they were, and the strip between line and edge:
// the part of the edge before, the edge, the part of the one behind, the line back.
func (p *Panel) parted(e int, width float64) (rest, strip Panel, err error) {
	shares, err := p.beside(e, width)
	if err != nil {
		return rest, strip, err
	}
	n := len(p.Edges)
	whole := *p
	whole.Verts, whole.Edges, whole.Notches = slices.Clone(p.Verts), slices.Clone(p.Edges), slices.Clone(p.Notches)
	before, behind := (e+n-1)%n, (e+1)%n
	cuts := map[int]float64{before: shares[0], behind: shares[1]}
	for _, k := range [2]int{max(before, behind), min(before, behind)} { // the later one first
		whole.SplitEdge(k, []float64{cuts[k]})
	}
	at := func(edge int, second bool) int { // number in whole of a part of an edge of p
		k := edge
		for _, c := range [2]int{before, behind} {
			if c < edge || c == edge && second {
				k++
			}
		}
		return k
	}
	strip = whole.of([]int{at(before, true), at(e, false), at(behind, false)}, true)
	strip.Name, strip.Role, strip.Notches, strip.Drills, strip.Inner = p.Name+" underlap", Patch, nil, nil, nil
	var keep []int
	for k := range n {
		switch k {
		case e:
			keep = append(keep, -1)
		default:
			keep = append(keep, at(k, k == behind))
		}
	}
	rest = whole.of(keep, false)
	rest.Edges[e].Label = p.Edges[e].Label
	rest.Notches = nil
	for _, m := range whole.Notches {
		for k, from := range keep {
			if m.Edge == from || from < 0 && m.Edge == at(e, false) {
				rest.Notches = append(rest.Notches, Notch{k, m.At})
			}
		}
	}
	return rest, strip, nil
}

// of makes a panel of edges of another in a row; -1 stands for a straight line from
// the one before to the one behind, and closed adds such a line at the end.
func (p *Panel) of(edges []int, closed bool) Panel {
	out := *p
	out.Verts, out.Edges = nil, nil
	if closed {
		edges = append(edges, -1)
	}
	n := len(edges)
	for k, e := range edges {
		edge := Edge{}
		if e >= 0 {
			edge = p.Edges[e]
			out.Verts = append(out.Verts, p.Verts[edge.From])
		} else {
			out.Verts = append(out.Verts, p.Verts[p.Edges[edges[(k+n-1)%n]].To])
		}
		edge.From, edge.To = k, (k+1)%n
		out.Edges = append(out.Edges, edge)
	}
	return out
}
