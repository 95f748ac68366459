package dxf

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// OneSize names the size of a drawing that names none.
const OneSize = "one"

// Line says which line of a piece is sewn along.
type Line string

// The lines a piece can be sewn along.
const (
	AnyLine Line = ""    // the sew line where one is drawn, else the boundary
	SewLine Line = "sew" // the drawn sew line; a piece without is refused
	CutLine Line = "cut" // the boundary, inset by the allowance
)

// Source is everything a shop has of a style.
type Source struct {
	Drawings []*Drawing
	Rules    *Rules // may be nil
	Seams    *Seams // may be nil: the pattern then has no seams
}

// Options say what the files leave open.
type Options struct {
	Style string
	Line  Line
	// Allowance is taken off where the boundary is sewn along [m].
	Allowance float64
	// Sizes names the wanted sizes, smallest first; empty takes all there are.
	Sizes []string
}

// maxAllowance is far above any seam allowance [m].
const maxAllowance = 0.1

// Result is a style put together.
type Result struct {
	Run      *pattern.SizeRun
	Warnings []string
	// Compared counts the pieces that both the nest and the rules give, apart
	// from the sample size; Difference is how far they lie apart at most [m].
	Compared   int
	Difference float64
}

// nestTol is the difference between nest and rules that is worth a word [m].
const nestTol = 5e-4

// builder puts one style together.
type builder struct {
	src    Source
	opt    Options
	result *Result
	base   string             // the size that carries marks and rules
	order  []string           // sizes of the drawings, as they come
	pieces map[string][]Piece // by size
	// unstated names pieces sewn along the boundary for want of anything better.
	unstated []string
}

// Build grades the pieces, chooses the lines that are sewn, and joins them.
func Build(src Source, opt Options) (*Result, error) {
	b := &builder{src: src, opt: opt, result: &Result{}, pieces: map[string][]Piece{}}
	r, err := b.build()
	if err != nil {
		return nil, fmt.Errorf("dxf: style %q: %w", opt.Style, err)
	}
	return r, nil
}

func (b *builder) warn(what string, args ...any) {
	w := fmt.Sprintf(what, args...)
	if len(b.result.Warnings) < maxWarnings && !slices.Contains(b.result.Warnings, w) {
		b.result.Warnings = append(b.result.Warnings, w)
	}
}

func (b *builder) build() (*Result, error) {
	if !(b.opt.Allowance >= 0 && b.opt.Allowance <= maxAllowance) {
		return nil, fmt.Errorf("allowance is %g mm; it must lie between 0 and %g mm", b.opt.Allowance*1000, maxAllowance*1000)
	}
	if l := b.opt.Line; l != AnyLine && l != SewLine && l != CutLine {
		return nil, fmt.Errorf("line is %.40q; it must be %s or %s", string(l), SewLine, CutLine)
	}
	if err := b.collect(); err != nil {
		return nil, err
	}
	sizes, err := b.sizes()
	if err != nil {
		return nil, err
	}
	var run []pattern.Size
	var first *pattern.Pattern
	for _, size := range sizes {
		p, err := b.pattern(size)
		if err == nil && first == nil {
			first = p
		}
		if err == nil {
			err = checkEdges(first, p)
		}
		if err != nil {
			return nil, fmt.Errorf("size %q: %w", size, err)
		}
		run = append(run, pattern.Size{Name: size, Pattern: p})
	}
	if b.src.Rules != nil && len(b.order) > 1 && b.result.Compared == 0 {
		b.warn("the nest is used alone: no piece of it carries rule numbers, so that it cannot be compared with the grade rules")
	}
	if len(b.unstated) > 0 {
		b.warn("no sew line is drawn and no allowance is stated for %s: sewn along the boundary", strings.Join(b.unstated, ", "))
	}
	if b.result.Difference > nestTol {
		b.warn("nest and grade rules differ by up to %.2f mm; the nest is used", b.result.Difference*1000)
	}
	b.result.Run, err = pattern.NewSizeRun(b.opt.Style, run...)
	return b.result, err
}

// collect sorts the pieces of all drawings by size.
func (b *builder) collect() error {
	for _, d := range b.src.Drawings {
		for _, w := range d.Warnings {
			b.warn("%s: %s", d.Name, w)
		}
		b.base = cmp.Or(b.base, d.SampleSize)
		for _, p := range d.Pieces {
			p.Size = d.sizeOf(&p, b.ruleSample())
			if len(b.pieces[p.Size]) == 0 {
				b.order = append(b.order, p.Size)
			}
			if at := slices.IndexFunc(b.pieces[p.Size], func(q Piece) bool { return q.Name == p.Name }); at >= 0 {
				if !b.pieces[p.Size][at].merge(&p) {
					return fmt.Errorf("piece %q of size %q is in two files, drawn differently", p.Name, p.Size)
				}
				continue
			}
			b.pieces[p.Size] = append(b.pieces[p.Size], p)
			if n := len(b.pieces[p.Size]); n > pattern.MaxPanels {
				return fmt.Errorf("size %q has more than %d pieces", p.Size, pattern.MaxPanels)
			}
		}
	}
	if n := len(b.order); n == 0 || n > maxSizes {
		return fmt.Errorf("the drawings hold %d sizes; 1 to %d are possible", n, maxSizes)
	}
	b.base = cmp.Or(b.ruleSample(), b.base)
	if len(b.pieces[b.base]) == 0 {
		if b.src.Rules != nil {
			return fmt.Errorf("the grade rules start from size %q, but the drawings hold %s", b.base, strings.Join(b.order, ", "))
		}
		b.base = b.order[0]
	}
	b.alignNames()
	b.adopt()
	return nil
}

// merge takes over the marks and rules of a second drawing of the same piece,
// as where a shop sends base size and nest. It reports false where the two
// are not the same piece.
func (p *Piece) merge(q *Piece) bool {
	if d, _, ok := p.cut.farthest(q.cut); !ok || d > nestTol {
		return false
	}
	for i, rule := range q.cut.rule {
		p.cut.rule[i] = max(p.cut.rule[i], rule)
	}
	p.cut.adopt(q.cut)
	return true
}

// Sizes are the sizes the files give: those of the rules, else those drawn.
func (s *Source) Sizes() []string {
	if s.Rules != nil {
		return slices.Clone(s.Rules.Sizes)
	}
	var out []string
	for _, d := range s.Drawings {
		for i := range d.Pieces {
			if size := d.sizeOf(&d.Pieces[i], ""); !slices.Contains(out, size) {
				out = append(out, size)
			}
		}
	}
	return out
}

// sizeOf is the size of a piece that may not say it.
func (d *Drawing) sizeOf(p *Piece, sample string) string {
	return cmp.Or(p.Size, d.SampleSize, sample, OneSize)
}

func (b *builder) ruleSample() string {
	if b.src.Rules == nil {
		return ""
	}
	return b.src.Rules.Sample
}

// adopt hands what the base size knows of its points on to the other sizes,
// whose blocks often carry none of it: points correspond by number.
func (b *builder) adopt() {
	for _, base := range b.pieces[b.base] {
		for _, size := range b.order {
			if size == b.base {
				continue
			}
			for i := range b.pieces[size] {
				if p := &b.pieces[size][i]; p.Name == base.Name {
					p.cut.adopt(base.cut)
					if p.sew != nil && base.sew != nil {
						p.sew.adopt(base.sew)
					}
				}
			}
		}
	}
}

func (o *outline) adopt(base *outline) {
	if len(o.pts) != len(base.pts) || anyTrue(o.turn) || anyTrue(o.soft) {
		return
	}
	copy(o.end, base.end)
	copy(o.turn, base.turn)
	copy(o.soft, base.soft)
	o.chained = base.chained
	if o.foldA < 0 {
		o.foldA, o.foldB = base.foldA, base.foldB
	}
}

// sizes are the sizes to make, smallest first as far as anybody says.
func (b *builder) sizes() ([]string, error) {
	have := slices.Clone(b.order)
	if b.src.Rules != nil {
		have = slices.Clone(b.src.Rules.Sizes)
		for _, s := range b.order {
			if !slices.Contains(have, s) {
				return nil, fmt.Errorf("size %q is drawn but not in the size list of the grade rules (%s)", s, strings.Join(b.src.Rules.Sizes, " "))
			}
		}
	}
	if b.opt.Sizes == nil {
		return have, nil
	}
	for _, s := range b.opt.Sizes {
		if !slices.Contains(have, s) {
			return nil, fmt.Errorf("size %q is wanted; the files give %s", s, strings.Join(have, ", "))
		}
	}
	return b.opt.Sizes, nil
}

// pattern makes the pattern of one size.
func (b *builder) pattern(size string) (*pattern.Pattern, error) {
	pieces, err := b.graded(size)
	if err != nil {
		return nil, err
	}
	out := &pattern.Pattern{Name: b.opt.Style}
	plan := b.plan()
	labels := make([]string, len(plan))
	for i := range plan {
		sp := &plan[i]
		at := slices.IndexFunc(pieces, func(p Piece) bool { return p.Name == sp.Piece })
		if at < 0 {
			return nil, fmt.Errorf("there is no piece %q; the drawing has %s", sp.Piece, namesOf(pieces))
		}
		panel, err := b.panel(&pieces[at], sp)
		if err != nil {
			return nil, fmt.Errorf("piece %q: %w", sp.Piece, err)
		}
		out.Panels = append(out.Panels, panel)
		labels[i] = sp.Label
	}
	if err := b.join(out); err != nil {
		return nil, err
	}
	// Faults of the outlines come before what is made of them.
	if err := out.Validate(); err != nil {
		return nil, err
	}
	out.AssignRoles(labels)
	for i := range plan {
		plan[i].override(&out.Panels[i])
	}
	return out, nil
}

func namesOf(pieces []Piece) string {
	var names []string
	for i := range pieces {
		names = append(names, pieces[i].Name)
	}
	return strings.Join(names, ", ")
}

// graded are the pieces of one size: from the nest, else by the rules.
func (b *builder) graded(size string) ([]Piece, error) {
	drawn := b.pieces[size]
	if b.src.Rules == nil || size == b.base {
		return drawn, nil
	}
	index := slices.Index(b.src.Rules.Sizes, size)
	var out []Piece
	for _, p := range b.pieces[b.base] {
		at := slices.IndexFunc(drawn, func(q Piece) bool { return q.Name == p.Name })
		g, err := p.grade(b.src.Rules, index)
		if err != nil && at < 0 {
			return nil, fmt.Errorf("piece %q: %w", p.Name, err)
		}
		if at < 0 {
			out = append(out, g)
			continue
		}
		out = append(out, drawn[at])
		if err == nil {
			b.compare(&g, &drawn[at])
		}
	}
	return out, nil
}

// grade is the piece in another size.
func (p *Piece) grade(rules *Rules, size int) (Piece, error) {
	g := *p
	var errCut, errSew error
	g.cut, errCut = p.cut.grade(rules, size, p.refAngle)
	if p.sew != nil {
		g.sew, errSew = p.sew.grade(rules, size, p.refAngle)
	}
	switch {
	case errCut == nil && errSew == nil:
	case p.sew != nil && errSew == nil:
		g.cut = nil // rules are on the sew line only
	case p.sew != nil && errCut == nil:
		g.sew = nil // rules are on the boundary only
	default:
		return g, errCut
	}
	return g, nil
}

func (b *builder) compare(graded, drawn *Piece) {
	for _, pair := range [2][2]*outline{{graded.cut, drawn.cut}, {graded.sew, drawn.sew}} {
		if pair[0] == nil || pair[1] == nil {
			continue
		}
		d, at, ok := pair[0].farthest(pair[1])
		if !ok {
			b.warn("piece %q of size %q has %d points in the nest and %d by the rules; they cannot be compared", drawn.Name, drawn.Size, len(pair[1].pts), len(pair[0].pts))
			continue
		}
		b.result.Compared++
		b.result.Difference = math.Max(b.result.Difference, d)
		if d > nestTol {
			b.warn("piece %q of size %q: nest and rules lie %.2f mm apart at (%.1f, %.1f) mm", drawn.Name, drawn.Size, d*1000, at.X*1000, at.Y*1000)
		}
	}
}

// plan lists the panels to make: those of the seam list, else every piece as
// often as it is cut.
func (b *builder) plan() []SeamPanel {
	if b.src.Seams != nil {
		return b.src.Seams.Panels
	}
	var out []SeamPanel
	for _, p := range b.pieces[b.base] {
		if p.Drawn+p.Mirrored == 0 {
			b.warn("piece %q has quantity 0: an alternative, left out", p.Name)
		}
		for i := range p.Drawn + p.Mirrored {
			sp := SeamPanel{Name: p.Name, Piece: p.Name, Mirrored: i >= p.Drawn, Label: strings.ToLower(p.Category)}
			k := i
			if sp.Mirrored {
				sp.Name, k = p.Name+" mirrored", i-p.Drawn
			}
			if k > 0 {
				sp.Name = fmt.Sprintf("%s copy %d", sp.Name, k+1)
			}
			out = append(out, sp)
		}
	}
	return out
}

// sewn is the line of a piece that is sewn along.
func (b *builder) sewn(p *Piece) (*outline, error) {
	if b.opt.Line != CutLine && p.sew != nil {
		if b.opt.Allowance > 0 && b.opt.Line == AnyLine {
			b.warn("piece %q has a sew line; the stated allowance is not used for it", p.Name)
		}
		return p.sew.unfold(), nil
	}
	switch {
	case p.sew == nil && p.sewDrawn && b.opt.Line != CutLine:
		return nil, errors.New("its sew line carries no grade rules, so that it cannot be graded; state line \"cut\" and the allowance, or send a nest")
	case b.opt.Line == SewLine:
		return nil, errors.New("it has no sew line (layer 14); state line \"cut\" and the allowance instead")
	case p.cut == nil:
		return nil, errors.New("its boundary carries no grade rules, so that it cannot be graded; send a nest")
	case b.opt.Line == AnyLine && b.opt.Allowance == 0 && !slices.Contains(b.unstated, p.Name):
		b.unstated = append(b.unstated, p.Name)
	}
	return p.cut.unfold().inset(b.opt.Allowance)
}

// panel makes a panel of a piece.
func (b *builder) panel(p *Piece, sp *SeamPanel) (pattern.Panel, error) {
	panel := pattern.Panel{Name: sp.Name, Material: cmp.Or(sp.Material, p.Material), Grain: p.Grain}
	line, err := b.sewn(p)
	if err != nil {
		return panel, err
	}
	line = line.clone()
	line.split()
	sin, cos := math.Sincos(sp.Turn)
	move := func(q r2.Vec) r2.Vec {
		if sp.Mirrored {
			q.X = -q.X
		}
		if sp.Turn != 0 {
			q = r2.Vec{X: cos*q.X - sin*q.Y, Y: sin*q.X + cos*q.Y}
		}
		return q
	}
	for i := range line.pts {
		line.pts[i] = move(line.pts[i])
	}
	panel.Grain = move(panel.Grain)
	if panel.Verts, panel.Edges, err = line.edges(); err != nil {
		return panel, err
	}
	panel.HasPlace, panel.Translation, panel.Rotation = sp.HasPlace, sp.Translation, sp.Rotation
	return panel, sp.label(&panel)
}

// label names the edges and checks how many there are.
func (sp *SeamPanel) label(panel *pattern.Panel) error {
	n := len(panel.Edges)
	if sp.Edges != 0 && sp.Edges != n {
		return fmt.Errorf("the seam list counts %d turn points, the drawing gives %d edges", sp.Edges, n)
	}
	for _, e := range sortedKeys(sp.Labels) {
		if e >= n {
			return fmt.Errorf("the seam list labels edge %d; there are %d", e, n)
		}
		panel.Edges[e].Label = sp.Labels[e]
	}
	return nil
}

// override puts what the seam list says of a panel above what its name says.
func (sp *SeamPanel) override(panel *pattern.Panel) {
	if sp.Role != "" {
		panel.Role = sp.Role
		switch {
		case strings.HasSuffix(string(sp.Role), "_front"):
			panel.Facing = pattern.FacesFront
		case strings.HasSuffix(string(sp.Role), "_back"):
			panel.Facing = pattern.FacesBack
		}
	}
	if sp.Side != nil {
		panel.Side = *sp.Side
	}
	if sp.Facing != nil {
		panel.Facing = *sp.Facing
	}
}

// join turns the seam list into seams in a fixed order: the lower reference
// of each first, then by it. How sides meet is the same either way round.
func (b *builder) join(p *pattern.Pattern) error {
	if b.src.Seams == nil {
		return nil
	}
	ref := func(panel string, edge int) (pattern.EdgeRef, error) {
		at := slices.IndexFunc(p.Panels, func(q pattern.Panel) bool { return q.Name == panel })
		if at < 0 {
			return pattern.EdgeRef{}, fmt.Errorf("there is no piece %.60q in the seam list's pieces", panel)
		}
		if n := len(p.Panels[at].Edges); edge < 0 || edge >= n {
			return pattern.EdgeRef{}, fmt.Errorf("piece %.60q has edges 0 to %d; %d is named", panel, n-1, edge)
		}
		return pattern.EdgeRef{Panel: at, Edge: edge}, nil
	}
	for i, j := range b.src.Seams.Joins {
		s := pattern.Seam{Reversed: j.Reversed, Gather: j.Gather}
		var err error
		if s.A, err = ref(j.PanelA, j.EdgeA); err != nil {
			return fmt.Errorf("seam %d: %w", i, err)
		}
		if s.B, err = ref(j.PanelB, j.EdgeB); err != nil {
			return fmt.Errorf("seam %d: %w", i, err)
		}
		if compareRefs(s.A, s.B) > 0 {
			s.A, s.B = s.B, s.A
		}
		p.Seams = append(p.Seams, s)
	}
	slices.SortStableFunc(p.Seams, func(s, t pattern.Seam) int {
		return cmp.Or(compareRefs(s.A, t.A), compareRefs(s.B, t.B))
	})
	return nil
}

func compareRefs(a, b pattern.EdgeRef) int {
	return cmp.Or(cmp.Compare(a.Panel, b.Panel), cmp.Compare(a.Edge, b.Edge))
}
