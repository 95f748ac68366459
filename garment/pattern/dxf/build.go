package dxf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
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
	Warnings []error
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
	sewing   *pattern.Sewing // nil without a seam list
	overlaps []pattern.Underlap
	marked   []pattern.Panel // the panels of the base size with their marks, uncut
}

// Build grades the pieces, chooses the lines that are sewn, and joins them.
func Build(src Source, opt Options) (*Result, error) {
	r, err := newBuilder(src, opt).build()
	if err != nil {
		return nil, fault.Errorf("dxf: style %q: %w", opt.Style, err)
	}
	return r, nil
}

func newBuilder(src Source, opt Options) *builder {
	return &builder{src: src, opt: opt, result: &Result{}, pieces: map[string][]Piece{}}
}

func (b *builder) warn(what string, args ...any) {
	b.pass(fault.Errorf(what, args...))
}

// pass notes a warning, each once.
func (b *builder) pass(w error) {
	same := func(other error) bool { return other.Error() == w.Error() }
	if len(b.result.Warnings) < maxWarnings && !slices.ContainsFunc(b.result.Warnings, same) {
		b.result.Warnings = append(b.result.Warnings, w)
	}
}

func (b *builder) build() (*Result, error) {
	if !(b.opt.Allowance >= 0 && b.opt.Allowance <= maxAllowance) {
		return nil, fault.Errorf("allowance is %g mm; it must lie between 0 and %g mm", b.opt.Allowance*1000, maxAllowance*1000)
	}
	if l := b.opt.Line; l != AnyLine && l != SewLine && l != CutLine {
		return nil, fault.Errorf("line is %.40q; it must be %s or %s", string(l), SewLine, CutLine)
	}
	if err := b.collect(); err != nil {
		return nil, err
	}
	sizes, err := b.sizes()
	if err != nil {
		return nil, err
	}
	if err := b.planSewing(); err != nil {
		return nil, fault.Errorf("size %q: %w", b.base, err)
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
			return nil, fault.Errorf("size %q: %w", size, err)
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
					return fault.Errorf("piece %q of size %q is in two files, drawn differently", p.Name, p.Size)
				}
				continue
			}
			b.pieces[p.Size] = append(b.pieces[p.Size], p)
			if n := len(b.pieces[p.Size]); n > pattern.MaxPanels {
				return fault.Errorf("size %q has more than %d pieces", p.Size, pattern.MaxPanels)
			}
		}
	}
	if n := len(b.order); n == 0 || n > maxSizes {
		return fault.Errorf("the drawings hold %d sizes; 1 to %d are possible", n, maxSizes)
	}
	b.base = cmp.Or(b.ruleSample(), b.base)
	if len(b.pieces[b.base]) == 0 {
		if b.src.Rules != nil {
			return fault.Errorf("the grade rules start from size %q, but the drawings hold %s", b.base, strings.Join(b.order, ", "))
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
				return nil, fault.Errorf("size %q is drawn but not in the size list of the grade rules (%s)", s, strings.Join(b.src.Rules.Sizes, " "))
			}
		}
	}
	if b.opt.Sizes == nil {
		return have, nil
	}
	for _, s := range b.opt.Sizes {
		if !slices.Contains(have, s) {
			return nil, fault.Errorf("size %q is wanted; the files give %s", s, strings.Join(have, ", "))
		}
	}
	return b.opt.Sizes, nil
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
			return nil, fault.Errorf("piece %q: %w", p.Name, err)
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
