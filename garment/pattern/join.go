package pattern

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"fitroom/geometry/fault"
)

// A Stretch is a part of an edge, between two shares of its arc length: 0 to 1
// is the whole edge.
type Stretch struct {
	EdgeRef
	From, To float64
}

// Join is a seam as a person describes it: any number of stretches in a row on
// each side, a collar edge to back and front necks, a waistband to fronts and
// backs. By rule the end of side A meets the start of side B and both are
// listed in the direction of their edges; Reversed joins start to start.
type Join struct {
	Name     string
	A, B     []Stretch
	Reversed bool
	Gather   bool
	// InOrder sews the inner corners of both sides to each other one by one,
	// however far apart they come to lie; there must be equally many.
	InOrder bool
	Closure ClosureKind
	// Overlap, of a fastening whose side A lies over that of B, is what CutUnderlaps
	// made; nil where the edges meet.
	Overlap *Underlap
	// On lays side A onto a line inside another panel; there is no side B then.
	On *OnLine
}

// ClosureKind says whether a seam is a fastening.
type ClosureKind uint8

// What a Join may be.
const (
	NoClosure     ClosureKind = iota // sewn for good
	ClosedClosure                    // a fastening, worn closed
	OpenClosure                      // a fastening, worn open
)

// Sewing is a list of joins worked out on one size, so that it can be sewn in
// every size alike: where edges are cut, and which part meets which.
type Sewing struct {
	cuts  map[EdgeRef][]float64
	plain []plainJoin
}

// plainJoin joins one stretch to one.
type plainJoin struct {
	a, b Stretch // of a lap b holds the shares of the line, and its panel
	join int     // which Join it is part of
	src  *Join
}

func (pj *plainJoin) lap() bool { return pj.src.On != nil }

// Corners that come to lie this near to each other along a seam are sewn to
// each other [m], and up to this share of the seam: what the two sides differ
// by is then taken up between the corners.
const (
	cornerReach = 0.01
	cornerShare = 0.05
)

// PlanSewing works joins out on one size, the base size of a style.
func (p *Pattern) PlanSewing(joins []Join) (*Sewing, error) {
	s := &Sewing{cuts: map[EdgeRef][]float64{}}
	for i := range joins {
		if err := p.planJoin(s, i, &joins[i]); err != nil {
			return nil, fault.Errorf("seam %s: %w", joins[i].label(i), err)
		}
	}
	return s, p.checkCuts(s, joins)
}

func (j *Join) label(i int) string {
	if j.Name == "" {
		return fmt.Sprint(i)
	}
	return fmt.Sprintf("%d (%s)", i, j.Name)
}

// side is one side of a join laid out along its length.
type side struct {
	parts  []Stretch
	at     []float64 // where each part starts, and the whole ends, as shares
	length float64   // [m]
}

func (p *Pattern) layOut(list []Stretch) (side, error) {
	s := side{parts: list, at: make([]float64, len(list)+1)}
	if len(list) == 0 {
		return s, fault.Errorf("one side has no edge")
	}
	for i, t := range list {
		if what := p.missing(t.EdgeRef); what != nil {
			return s, what
		}
		if !(t.From >= 0 && t.To <= 1 && t.From < t.To) {
			return s, fault.Errorf("panel %q edge %d from %.4g to %.4g of its length; shares rise within 0 to 1", p.Panels[t.Panel].Name, t.Edge, t.From, t.To)
		}
		s.length += (t.To - t.From) * p.EdgeLength(t.EdgeRef)
		s.at[i+1] = s.length
	}
	if !(s.length >= MinEdgeLength) {
		return s, fault.Errorf("one side is %.3g cm long", s.length*100)
	}
	for i := range s.at {
		s.at[i] /= s.length
	}
	return s, nil
}

// planJoin cuts both sides at each other's corners and pairs the parts.
func (p *Pattern) planJoin(s *Sewing, index int, j *Join) error {
	a, err := p.layOut(j.A)
	if err != nil {
		return err
	}
	b, err := p.otherSide(j, &a)
	if err != nil {
		return err
	}
	atB := slices.Clone(b.at)
	against := !j.Reversed && j.On == nil
	if against {
		for i := range atB {
			atB[i] = 1 - b.at[len(atB)-1-i]
		}
	}
	reach := math.Min(cornerShare, cornerReach/math.Max(a.length, b.length))
	pairs, err := anchors(a.at, atB, reach, j.InOrder)
	if err != nil {
		return err
	}
	cuts := matchCorners(a.at, atB, pairs)
	for k := 1; k < len(cuts); k++ {
		from, to := cuts[k-1], cuts[k]
		fromB, toB := from[1], to[1]
		if against {
			fromB, toB = 1-to[1], 1-from[1]
		}
		s.plain = append(s.plain, plainJoin{a.stretch(from[0], to[0]), b.stretch(fromB, toB), index, j})
	}
	for _, pj := range s.plain {
		if pj.join == index {
			s.cut(pj.a)
			if !pj.lap() {
				s.cut(pj.b)
			}
		}
	}
	return nil
}

// anchors pairs the corners that are sewn to each other: the ends, and inner
// corners within reach of one another; all of them, in order, where the join
// says so.
func anchors(a, b []float64, reach float64, inOrder bool) (pairs [][2]float64, err error) {
	n, m := len(a)-1, len(b)-1
	if inOrder && n != m {
		return nil, fault.Errorf("has %d and %d parts; as many are needed where they are matched in order", n, m)
	}
	pairs = append(pairs, [2]float64{0, 0})
	for i, k := 1, 1; i < n && k < m; {
		switch {
		case inOrder || math.Abs(a[i]-b[k]) <= reach:
			pairs = append(pairs, [2]float64{a[i], b[k]})
			i, k = i+1, k+1
		case a[i] < b[k]:
			i++
		default:
			k++
		}
	}
	return append(pairs, [2]float64{1, 1}), nil
}

// matchCorners gives every corner of either side its partner on the other: an
// anchor, or else the point in proportion between two anchors.
func matchCorners(a, b []float64, pairs [][2]float64) (cuts [][2]float64) {
	for k := 1; k < len(pairs); k++ {
		lo, hi := pairs[k-1], pairs[k]
		cuts = append(cuts, lo)
		first := len(cuts)
		for side, list := range [2][]float64{a, b} {
			for _, x := range list {
				if !(x > lo[side] && x < hi[side]) {
					continue
				}
				f := (x - lo[side]) / (hi[side] - lo[side])
				at := [2]float64{lo[0] + f*(hi[0]-lo[0]), lo[1] + f*(hi[1]-lo[1])}
				at[side] = x
				cuts = append(cuts, at)
			}
		}
		slices.SortStableFunc(cuts[first:], func(x, y [2]float64) int { return cmp.Compare(x[0], y[0]) })
	}
	return append(cuts, [2]float64{1, 1})
}

// stretch is the part of a side between two shares, which lie on one edge.
func (s *side) stretch(from, to float64) Stretch {
	mid := (from + to) / 2
	i := 0
	for i+2 < len(s.at) && mid >= s.at[i+1] {
		i++
	}
	t := s.parts[i]
	inside := func(x float64) float64 {
		f := (x - s.at[i]) / (s.at[i+1] - s.at[i])
		if f < 1e-9 {
			return t.From
		}
		if f > 1-1e-9 {
			return t.To
		}
		return t.From + f*(t.To-t.From)
	}
	return Stretch{t.EdgeRef, inside(from), inside(to)}
}

func (s *Sewing) cut(t Stretch) {
	for _, x := range [2]float64{t.From, t.To} {
		if x > 0 && x < 1 && !slices.Contains(s.cuts[t.EdgeRef], x) {
			s.cuts[t.EdgeRef] = append(s.cuts[t.EdgeRef], x)
		}
	}
	slices.Sort(s.cuts[t.EdgeRef])
}

// checkCuts refuses parts that would be too short or sewn twice.
func (p *Pattern) checkCuts(s *Sewing, joins []Join) error {
	refs := make([]EdgeRef, 0, len(s.cuts))
	for r := range s.cuts {
		refs = append(refs, r)
	}
	slices.SortFunc(refs, compareRefs)
	for _, r := range refs {
		if err := checkShares(p.EdgeLength(r), s.cuts[r]); err != nil {
			return fault.Errorf("panel %q edge %d %w", p.Panels[r.Panel].Name, r.Edge, err)
		}
	}
	var used []useOf
	for _, pj := range s.plain {
		if used = append(used, useOf{pj.a, pj.join}); !pj.lap() {
			used = append(used, useOf{pj.b, pj.join})
		}
	}
	slices.SortStableFunc(used, func(x, y useOf) int {
		return cmp.Or(compareRefs(x.EdgeRef, y.EdgeRef), cmp.Compare(x.From, y.From))
	})
	for i := 1; i < len(used); i++ {
		x, y := used[i-1], used[i]
		if x.EdgeRef == y.EdgeRef && y.From < x.To-1e-12 {
			return fault.Errorf("seam %s: panel %q edge %d is sewn already, in seam %s", joins[y.join].label(y.join), p.Panels[y.Panel].Name, y.Edge, joins[x.join].label(x.join))
		}
	}
	return nil
}

type useOf struct {
	Stretch
	join int
}

// Sew cuts the edges of a pattern and writes its Seams, Laps and Closures, in a fixed
// order. The pattern must be of the style that was planned.
func (p *Pattern) Sew(s *Sewing) {
	for i := range p.Panels {
		for e := len(p.Panels[i].Edges) - 1; e >= 0; e-- {
			p.Panels[i].SplitEdge(e, s.cuts[EdgeRef{i, e}])
		}
	}
	for _, pj := range s.plain {
		if pj.lap() {
			p.Laps = append(p.Laps, Lap{Edge: s.newRef(pj.a), Panel: pj.src.On.Panel, Line: pj.src.On.Line, From: pj.b.From, To: pj.b.To})
			continue
		}
		seam := Seam{A: s.newRef(pj.a), B: s.newRef(pj.b), Reversed: pj.src.Reversed, Gather: pj.src.Gather}
		if compareRefs(seam.A, seam.B) > 0 {
			seam.A, seam.B = seam.B, seam.A
		}
		if pj.src.Closure != NoClosure {
			p.close(Closure{Name: pj.src.Name, Seam: seam, Open: pj.src.Closure == OpenClosure}, s.newRef(pj.a), s.newRef(pj.b), pj.src)
		}
		if pj.src.Closure != OpenClosure {
			p.Seams = append(p.Seams, seam)
		}
	}
	sortSeams(p.Seams)
}

// close adds a fastening of over to under, and what a strip underneath is sewn to.
func (p *Pattern) close(c Closure, over, under EdgeRef, j *Join) {
	if u := j.Overlap; u != nil {
		c.Instead = &Seam{A: under, B: EdgeRef{u.Strip, underlapCut}}
		c.Lap = &Lap{Edge: EdgeRef{u.Strip, underlapLaid}, Panel: over.Panel, Line: u.Line, From: 1, To: 0, Under: true}
		if c.Open {
			p.Seams = append(p.Seams, *c.Instead)
		} else {
			p.Laps = append(p.Laps, *c.Lap)
		}
	}
	p.Closures = append(p.Closures, c)
}

// newRef is the number a planned stretch has once all edges are cut.
func (s *Sewing) newRef(t Stretch) EdgeRef {
	out := t.EdgeRef
	for e := range t.Edge {
		out.Edge += len(s.cuts[EdgeRef{t.Panel, e}])
	}
	for _, x := range s.cuts[t.EdgeRef] {
		if x <= t.From {
			out.Edge++
		}
	}
	return out
}

func sortSeams(list []Seam) {
	slices.SortStableFunc(list, func(s, t Seam) int {
		return cmp.Or(compareRefs(s.A, t.A), compareRefs(s.B, t.B))
	})
}

func compareRefs(a, b EdgeRef) int {
	return cmp.Or(cmp.Compare(a.Panel, b.Panel), cmp.Compare(a.Edge, b.Edge))
}

// Fastened returns the pattern with all its closures closed, or all open. The
// panels are shared with p.
func (p *Pattern) Fastened(closed bool) *Pattern {
	return p.Unfastened(func(Closure) bool { return !closed })
}

// Unfastened returns the pattern with those of its closures open that are
// chosen, the others closed. The panels are shared with p.
func (p *Pattern) Unfastened(open func(Closure) bool) *Pattern {
	out := *p
	out.Seams, out.Laps, out.Closures = nil, nil, slices.Clone(p.Closures)
	for _, s := range p.Seams {
		if !slices.ContainsFunc(p.Closures, func(c Closure) bool { return joins(s, &c.Seam) || joins(s, c.Instead) }) {
			out.Seams = append(out.Seams, s)
		}
	}
	for _, l := range p.Laps {
		if !slices.ContainsFunc(p.Closures, func(c Closure) bool { return c.Lap != nil && c.Lap.Edge == l.Edge }) {
			out.Laps = append(out.Laps, l)
		}
	}
	for i := range out.Closures {
		c := &out.Closures[i]
		c.Open = open(p.Closures[i])
		if !c.Open {
			out.Seams = append(out.Seams, c.Seam)
		}
		switch {
		case c.Open && c.Instead != nil:
			out.Seams = append(out.Seams, *c.Instead)
		case !c.Open && c.Lap != nil:
			out.Laps = append(out.Laps, *c.Lap)
		}
	}
	sortSeams(out.Seams)
	return &out
}

// joins reports whether a seam is the other, which may be none.
func joins(s Seam, other *Seam) bool { return other != nil && s.A == other.A && s.B == other.B }
