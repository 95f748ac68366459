package dxf

import (
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// What two sides may differ by before a word is said, where the list declares
// neither ease nor gather [m], and as a share; and how well a declared ease
// must be met [m].
const (
	easeTol   = 0.01
	easeShare = 0.05
	easeMet   = 0.002
)

// planSewing works the seam list out on the base size, so that every edge is
// cut alike in all sizes.
func (b *builder) planSewing() error {
	p, err := b.panels(b.base)
	if err != nil {
		if b.src.Seams == nil {
			return nil // the base size may not be wanted; its fault is told if it is
		}
		return err
	}
	b.marked = p.Panels
	if b.src.Seams == nil {
		return nil
	}
	// The faults of an outline are told before those of its seams.
	if err := p.Validate(); err != nil {
		return err
	}
	if want := b.src.Seams.BaseSize; want != "" && want != b.base {
		b.warn("the seam list was written for base size %q; the drawings have %q", want, b.base)
	}
	b.countCopies()
	if err := b.findOverlaps(p); err != nil {
		return err
	}
	if err := p.CutUnderlaps(b.overlaps); err != nil {
		return err
	}
	joins := make([]pattern.Join, len(b.src.Seams.Joins))
	for i := range b.src.Seams.Joins {
		if joins[i], err = b.joinOf(p, i); err != nil {
			return fault.Errorf("seam %d%s: %w", i, named(b.src.Seams.Joins[i].Name), err)
		}
	}
	k := 0
	for i := range joins {
		if b.src.Seams.Joins[i].Overlap > 0 {
			joins[i].Overlap, k = &b.overlaps[k], k+1
		}
	}
	b.sewing, err = p.PlanSewing(joins)
	return err
}

// findOverlaps lists the fastenings that overlap.
func (b *builder) findOverlaps(p *pattern.Pattern) error {
	for i := range b.src.Seams.Joins {
		j := &b.src.Seams.Joins[i]
		if j.Overlap == 0 {
			continue
		}
		over, err := edgeOf(p, j.A[0].Panel, j.A[0].Edge)
		if err != nil {
			return fault.Errorf("seam %d%s: %w", i, named(j.Name), err)
		}
		under, err := edgeOf(p, j.B[0].Panel, j.B[0].Edge)
		if err != nil {
			return fault.Errorf("seam %d%s: %w", i, named(j.Name), err)
		}
		b.overlaps = append(b.overlaps, pattern.Underlap{Over: over, Under: under, Width: j.Overlap})
	}
	return nil
}

// countCopies compares how often the list uses a piece with how often the
// drawing says it is cut.
func (b *builder) countCopies() {
	for _, p := range b.pieces[b.base] {
		used := 0
		for i := range b.src.Seams.Panels {
			if b.src.Seams.Panels[i].Piece == p.Name {
				used++
			}
		}
		if cut := p.Drawn + p.Mirrored; p.counted && cut > 0 && used > 0 && used != cut {
			b.warn("piece %q is cut %d times, the seam list uses it %d times", p.Name, cut, used)
		}
	}
}

// joinOf turns one seam of the list into places on the panels.
func (b *builder) joinOf(p *pattern.Pattern, i int) (pattern.Join, error) {
	j := &b.src.Seams.Joins[i]
	out := pattern.Join{Name: j.Name, Reversed: j.Reversed, Gather: j.Gather, InOrder: j.MatchNotches, Closure: j.Closure}
	var err error
	if out.A, err = stretches(p, j.A, j.MatchNotches); err != nil {
		return out, fault.Errorf("a: %w", err)
	}
	if j.B[0].Line >= 0 {
		if out.On, err = onLine(p, &j.B[0]); err != nil {
			return out, fault.Errorf("b: %w", err)
		}
		return out, nil
	}
	if out.B, err = stretches(p, j.B, j.MatchNotches); err != nil {
		return out, fault.Errorf("b: %w", err)
	}
	if j.Dart && !closesDart(p, &out) {
		return out, fault.Errorf("is called a dart, but does not join two edges of one piece that meet in a corner")
	}
	return out, b.checkEase(p, i, &out)
}

// onLine is the line that a side names.
func onLine(p *pattern.Pattern, s *Side) (*pattern.OnLine, error) {
	line, err := lineOf(p, s.Panel, s.Line)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.Panels, func(q pattern.Panel) bool { return q.Name == s.Panel })
	out := &pattern.OnLine{Panel: at, From: s.From.Share, To: s.To.Share}
	for &p.Panels[at].Inner[out.Line] != line {
		out.Line++
	}
	if out.From == 0 && out.To == 1 { // as where nothing is said: either way round
		out.To = 0
	}
	return out, nil
}

func closesDart(p *pattern.Pattern, j *pattern.Join) bool {
	if len(j.A) != 1 || len(j.B) != 1 {
		return false
	}
	one := pattern.Pattern{Panels: p.Panels, Seams: []pattern.Seam{{A: j.A[0].EdgeRef, B: j.B[0].EdgeRef}}}
	return one.IsDart(0)
}

// checkEase compares the sides of a seam with what the list says of them.
func (b *builder) checkEase(p *pattern.Pattern, i int, out *pattern.Join) error {
	j := &b.src.Seams.Joins[i]
	a, c := sideLength(p, out.A), sideLength(p, out.B)
	if j.Ease != nil {
		if math.Abs(a-c-*j.Ease) > easeMet {
			return fault.Errorf("side a is %.1f mm longer than side b in size %s, ease_mm says %.1f; %.0f mm of difference are allowed", (a-c)*1000, b.base, *j.Ease*1000, easeMet*1000)
		}
		return nil
	}
	if d := math.Abs(a - c); !j.Gather && d > easeTol && d > easeShare*math.Min(a, c) {
		b.warn("seam %d%s joins %.1f cm of %s to %.1f cm of %s; state ease_mm or gather", i, named(j.Name), a*100, j.A[0].Panel, c*100, j.B[0].Panel)
	}
	return nil
}

func sideLength(p *pattern.Pattern, list []pattern.Stretch) float64 {
	sum := 0.0
	for _, t := range list {
		sum += (t.To - t.From) * p.EdgeLength(t.EdgeRef)
	}
	return sum
}

// stretches finds the edges of one side; notches within them become corners
// where they are to be matched.
func stretches(p *pattern.Pattern, list []Side, atNotches bool) ([]pattern.Stretch, error) {
	var out []pattern.Stretch
	for k := range list {
		ref, err := edgeOf(p, list[k].Panel, list[k].Edge)
		if err != nil {
			return nil, err
		}
		if err := follows(p, out, ref); err != nil {
			return nil, err
		}
		marks := notchesOf(&p.Panels[ref.Panel], ref.Edge)
		t := pattern.Stretch{EdgeRef: ref}
		if t.From, err = list[k].From.on(marks); err == nil {
			t.To, err = list[k].To.on(marks)
		}
		if err != nil {
			return nil, fault.Errorf("piece %.60q edge %d: %w", list[k].Panel, list[k].Edge, err)
		}
		for _, m := range marks {
			if atNotches && m > t.From && m < t.To {
				out = append(out, pattern.Stretch{EdgeRef: ref, From: t.From, To: m})
				t.From = m
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// follows refuses edges of one panel that are listed against the direction of
// its outline.
func follows(p *pattern.Pattern, before []pattern.Stretch, ref pattern.EdgeRef) error {
	if len(before) == 0 || before[len(before)-1].Panel != ref.Panel {
		return nil
	}
	last, n := before[len(before)-1].Edge, len(p.Panels[ref.Panel].Edges)
	if ref.Edge != last && ref.Edge == (last+n-1)%n && n > 2 {
		return fault.Errorf("edge %d of piece %.60q is listed after edge %d, which follows it; list edges in the direction in which they are numbered", ref.Edge, p.Panels[ref.Panel].Name, last)
	}
	return nil
}

// notchesOf are the shares at which notches lie on an edge, ascending.
func notchesOf(panel *pattern.Panel, edge int) []float64 {
	var out []float64
	for _, n := range panel.Notches {
		if n.Edge == edge {
			out = append(out, n.At)
		}
	}
	slices.Sort(out)
	return out
}

func (m Mark) on(notches []float64) (float64, error) {
	if m.Notch < 0 {
		return m.Share, nil
	}
	if m.Notch >= len(notches) {
		return 0, fault.Errorf("notch %d is named; the edge has %d, counted from 0", m.Notch, len(notches))
	}
	return notches[m.Notch], nil
}

func edgeOf(p *pattern.Pattern, panel string, edge int) (pattern.EdgeRef, error) {
	at := slices.IndexFunc(p.Panels, func(q pattern.Panel) bool { return q.Name == panel })
	if at < 0 {
		return pattern.EdgeRef{}, fault.Errorf("there is no piece %.60q in the seam list's pieces", panel)
	}
	if n := len(p.Panels[at].Edges); edge < 0 || edge >= n {
		return pattern.EdgeRef{}, fault.Errorf("piece %.60q has edges 0 to %d; %d is named", panel, n-1, edge)
	}
	return pattern.EdgeRef{Panel: at, Edge: edge}, nil
}

// sewable puts elastics and folds on the panels of a size, and makes sure that
// it has the edges the base size had when the seams were planned.
func (b *builder) sewable(p *pattern.Pattern) error {
	for i := range b.marked {
		if got, want := len(p.Panels[i].Edges), len(b.marked[i].Edges); got != want {
			return fault.Errorf("piece %q has %d edges, %d in size %q; the seam list cannot hold for both", p.Panels[i].Name, got, want, b.base)
		}
	}
	for i, e := range b.src.Seams.Elastics {
		if err := e.put(p); err != nil {
			return fault.Errorf("elastic %d: %w", i, err)
		}
	}
	for i, f := range b.src.Seams.Folds {
		line, err := lineOf(p, f.Panel, f.Line)
		if err != nil {
			return fault.Errorf("fold %d: %w", i, err)
		}
		line.Kind, line.Angle = pattern.Fold, f.Angle
	}
	return nil
}

func (e *Elastic) put(p *pattern.Pattern) error {
	if e.Edge >= 0 {
		ref, err := edgeOf(p, e.Panel, e.Edge)
		if err == nil {
			at := &p.Panels[ref.Panel].Edges[ref.Edge]
			at.Elastic, at.Force = e.Length, e.Force
		}
		return err
	}
	line, err := lineOf(p, e.Panel, e.Line)
	if err == nil {
		line.Kind, line.Length, line.Force = pattern.Elastic, e.Length, e.Force
	}
	return err
}

// lineOf is an inner line of a panel that is not a cut-out, by its number.
func lineOf(p *pattern.Pattern, panel string, number int) (*pattern.Inner, error) {
	at := slices.IndexFunc(p.Panels, func(q pattern.Panel) bool { return q.Name == panel })
	if at < 0 {
		return nil, fault.Errorf("there is no piece %.60q in the seam list's pieces", panel)
	}
	n := 0
	for i := range p.Panels[at].Inner {
		if p.Panels[at].Inner[i].Kind == pattern.CutOut {
			continue
		}
		if n == number {
			return &p.Panels[at].Inner[i], nil
		}
		n++
	}
	return nil, fault.Errorf("piece %.60q has %d inner lines (layer 8), counted from 0; line %d is named", panel, n, number)
}
