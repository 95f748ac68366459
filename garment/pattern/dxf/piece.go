package dxf

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Piece is one pattern piece of one size, as drawn; lengths in metres.
type Piece struct {
	Name, Size, Category, Material, Annotation string
	// Drawn and Mirrored say how many are cut as drawn and as its mirror
	// image. Both are 0 for an alternative piece that is not part of the garment.
	Drawn, Mirrored int
	Grain           r2.Vec // unit direction; zero where none is drawn
	Notches         []Notch
	Drills          []r2.Vec
	Internals       [][]r2.Vec // lines that are not cut, layer 8
	Cutouts         [][]r2.Vec // layer 11
	Half            bool       // drawn up to its mirror line

	counted  bool     // its quantity is stated
	named    bool     // by a text, not by its block
	shared   string   // the name as written, which other pieces may have too
	number   int      // among the pieces of that name and size, from 1
	cut, sew *outline // sew is nil where no sew line is drawn
	sewDrawn bool     // a sew line is drawn, though grading may have lost it
	refAngle float64  // of the grade reference line [rad]
}

// Notch is a mark on the edge that says which points are sewn together.
type Notch struct {
	At    r2.Vec
	Layer int // 4, 80 slit, 81 T, 82 castle, 83 check or U
	Depth float64
	Angle float64 // [rad]
}

// fieldsOf reads texts of the form "Key: value"; the first of a key counts.
func fieldsOf(notes []note) map[string]string {
	out := map[string]string{}
	for _, n := range notes {
		key, value, ok := strings.Cut(n.text, ":")
		if key = strings.ToLower(strings.TrimSpace(key)); !ok {
			continue
		}
		if _, twice := out[key]; !twice {
			out[key] = strings.TrimSpace(value)
		}
	}
	return out
}

// maxText bounds names and texts that are kept.
const maxText = 120

func clip(s string) string {
	if len(s) > maxText {
		return strings.ToValidUTF8(s[:maxText], "")
	}
	return s
}

func (d *Drawing) piece(b *block) (Piece, error) {
	fields := fieldsOf(b.notes)
	p := Piece{
		Name: clip(fields["piece name"]), Size: clip(fields["size"]), Category: clip(fields["category"]),
		Material: clip(fields["material"]), Annotation: clip(fields["annotation"]), named: fields["piece name"] != "",
	}
	if !p.named {
		p.Name = clip(b.name)
	}
	var err error
	if p.Drawn, p.Mirrored, err = quantity(fields["quantity"]); err != nil {
		return p, err
	}
	p.counted = fields["quantity"] != ""
	mirror := longest(b, layerMirror)
	if p.cut, err = boundary(b, layerCut, layerCutDense, mirror); err != nil {
		return p, err
	}
	if p.sew, err = d.sewLine(b, &p, mirror); err != nil {
		return p, err
	}
	p.sewDrawn = p.sew != nil
	for _, o := range []*outline{p.cut, p.sew} {
		if o == nil || len(mirror) == 0 {
			continue
		}
		p.Half = true
		if err := o.findFold(mirror); err != nil {
			return p, err
		}
	}
	p.readLines(b)
	p.readMarks(b)
	return p, nil
}

// longest returns both ends of the longest straight line of a layer, or nil.
func longest(b *block, layer int) []r2.Vec {
	var best []r2.Vec
	length := sameTol
	for i := range b.paths {
		p := &b.paths[i]
		if p.layer != layer || len(p.pts) < 2 {
			continue
		}
		from, to := p.pts[0], p.pts[len(p.pts)-1]
		if l := r2.Norm(r2.Sub(to, from)); l > length {
			best, length = []r2.Vec{from, to}, l
		}
	}
	return best
}

func pathsOf(b *block, layer int) []path {
	var out []path
	for _, p := range b.paths {
		if p.layer == layer {
			out = append(out, p)
		}
	}
	return out
}

// boundary reads the outline on a layer, marks what is known of its points,
// and takes the dense drawing of the same line where there is one.
func boundary(b *block, layer, dense int, mirror []r2.Vec) (*outline, error) {
	o, err := largest(pathsOf(b, layer), mirror)
	if err != nil || o == nil {
		return nil, err
	}
	o.label(b)
	if fine, err := largest(pathsOf(b, dense), mirror); err == nil && fine != nil && len(fine.pts) > len(o.pts) {
		if fine.takeOver(o) {
			return fine, nil
		}
	}
	return o, nil
}

// largest is the outline of the largest area; nil where there is none. Smaller
// ones on the same layer are cut-outs.
func largest(paths []path, mirror []r2.Vec) (*outline, error) {
	all, err := loops(paths, mirror)
	if err != nil {
		return nil, err
	}
	var best *outline
	for _, o := range all {
		if len(o.pts) >= 3 && (best == nil || math.Abs(o.area()) > math.Abs(best.area())) {
			best = o
		}
	}
	if best != nil && len(best.pts) > maxOutline {
		return nil, fault.Errorf("line %d: the outline has %d points; at most %d are read", paths[0].line, len(best.pts), maxOutline)
	}
	if best == nil && len(paths) > 0 {
		return nil, fault.Errorf("line %d: the outline has fewer than 3 points", paths[0].line)
	}
	return best, nil
}

// label marks the points of an outline by the turn points, curve points and
// grade rules that lie on them.
func (o *outline) label(b *block) {
	grid := newGrid(o.pts)
	for _, m := range b.marks {
		if m.layer != layerTurn && m.layer != layerCurve {
			continue
		}
		for _, i := range grid.near(m.at) {
			o.turn[i] = o.turn[i] || m.layer == layerTurn
			o.soft[i] = o.soft[i] || m.layer == layerCurve
		}
	}
	for _, n := range b.notes {
		if rule, ok := ruleNumber(n.text); ok {
			for _, i := range grid.near(n.at) {
				o.rule[i] = rule
			}
		}
	}
}

// takeOver gives the dense outline the knowledge of the sparse one. It reports
// false where a point that matters has no counterpart.
func (o *outline) takeOver(sparse *outline) bool {
	o.chained = sparse.chained
	clear(o.end)
	grid := newGrid(o.pts)
	for i, p := range sparse.pts {
		matters := sparse.end[i] || sparse.turn[i] || sparse.rule[i] > 0
		at := grid.near(p)
		if len(at) == 0 && matters {
			return false
		}
		for _, k := range at {
			o.end[k], o.turn[k], o.soft[k], o.rule[k] = sparse.end[i], sparse.turn[i], sparse.soft[i], sparse.rule[i]
		}
	}
	return o.area()*sparse.area() > 0
}

// maxRim is the widest hem or seam allowance that is believed [m].
const maxRim = 0.06

// rimOf reports whether o follows the boundary on its inside: its box lies in
// that of the boundary with no more than an allowance on every side.
func (o *outline) rimOf(cut *outline) bool {
	lo, hi := box(o.pts)
	cutLo, cutHi := box(cut.pts)
	for _, gap := range [4]float64{lo.X - cutLo.X, lo.Y - cutLo.Y, cutHi.X - hi.X, cutHi.Y - hi.Y} {
		if gap < -sameTol || gap > maxRim {
			return false
		}
	}
	return math.Abs(o.area()) <= math.Abs(cut.area())
}

func box(pts []r2.Vec) (lo, hi r2.Vec) {
	lo, hi = pts[0], pts[0]
	for _, p := range pts {
		lo.X, lo.Y = math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)
		hi.X, hi.Y = math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)
	}
	return lo, hi
}

// sewLine reads the sew line: layer 14, or a closed line of layer 8 that
// follows the boundary, which is how Valentina writes it into AAMA files.
func (d *Drawing) sewLine(b *block, p *Piece, mirror []r2.Vec) (*outline, error) {
	if b.has(layerSew) {
		o, err := boundary(b, layerSew, layerSewDense, mirror)
		if err != nil {
			return nil, fault.Errorf("sew line: %w", err)
		}
		return o, nil
	}
	var closed []path
	for _, q := range pathsOf(b, layerInternal) {
		if n := len(q.pts); n > 2 && (q.closed || near(q.pts[0], q.pts[n-1], joinTol)) {
			closed = append(closed, q)
		}
	}
	o, err := largest(closed, mirror)
	if err != nil || o == nil {
		return nil, nil // internal lines of no area
	}
	if !o.rimOf(p.cut) {
		return nil, nil
	}
	o.label(b)
	d.warn("piece %q: the closed line on layer 8 is taken as its sew line", p.Name)
	return o, nil
}

func (p *Piece) readLines(b *block) {
	if g := longest(b, layerGrain); g != nil {
		p.Grain = r2.Unit(r2.Sub(g[1], g[0]))
		// Cloth has no up and down here: the upward direction stands for both.
		if p.Grain.Y < 0 || p.Grain.Y == 0 && p.Grain.X < 0 {
			p.Grain = r2.Scale(-1, p.Grain)
		}
	}
	if g := longest(b, layerGradeRef); g != nil {
		d := r2.Sub(g[1], g[0])
		p.refAngle = math.Atan2(d.Y, d.X)
	}
	for _, q := range b.paths {
		switch q.layer {
		case layerInternal:
			if !p.isSewLine(q) {
				p.Internals = append(p.Internals, q.pts)
			}
		case layerCutout:
			p.Cutouts = append(p.Cutouts, q.pts)
		}
	}
}

// isSewLine reports whether a line of layer 8 is the one taken as sew line.
func (p *Piece) isSewLine(q path) bool {
	if p.sew == nil || len(q.pts) < 3 {
		return false
	}
	o := newOutline(len(q.pts))
	for _, pt := range q.pts {
		o.extend(pt)
	}
	o.close()
	d, _, ok := o.farthest(p.sew)
	return ok && d < joinTol
}

func (p *Piece) readMarks(b *block) {
	for _, m := range b.marks {
		switch {
		case m.layer == layerNotch || m.layer >= layerNotchLo && m.layer <= layerNotchHi:
			p.Notches = append(p.Notches, Notch{m.at, m.layer, m.depth, m.angle * math.Pi / 180})
		case m.layer == layerDrill:
			p.Drills = append(p.Drills, m.at)
		}
	}
}

// maxCopies bounds how many panels one piece makes.
const maxCopies = 20

// quantity reads "n" or "n,m": n cut as drawn, m as the mirror image.
func quantity(text string) (drawn, mirrored int, err error) {
	if text == "" {
		return 1, 0, nil
	}
	var n [2]int
	parts := strings.SplitN(text, ",", 2)
	for i, s := range parts {
		n[i], err = strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n[i] < 0 || n[i] > maxCopies {
			return 0, 0, fault.Errorf("quantity is %.40q; one or two numbers of 0 to %d are expected", text, maxCopies)
		}
	}
	return n[0], n[1], nil
}

var rulePattern = regexp.MustCompile(`^#\s*([0-9]{1,6})$`)

// ruleNumber reads the grade marker "# 12".
func ruleNumber(text string) (int, bool) {
	m := rulePattern.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil && n > 0
}
