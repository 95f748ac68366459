package dxf

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Tolerances of a drawing [m].
const (
	joinTol  = 5e-5 // ends of a chain that meet; writers print 0.1 mm or finer
	markTol  = 5e-5 // a turn point, curve point or rule and the vertex it means
	sameTol  = 1e-7 // neighbouring points that are one
	onFold   = 1e-4 // a vertex on the mirror line
	maxParts = 1000 // of one chain; the trade has 3 to 12, drawings of single LINEs some hundred
	// A piece of 5 m round, digitised every quarter of a millimetre.
	maxOutline = 20_000
)

// outline is a closed line of a piece, point by point [m].
type outline struct {
	pts  []r2.Vec
	end  []bool // a natural edge starts here
	turn []bool // a turn point: the line may bend sharply
	soft []bool // a curve point: the line runs smoothly through
	rule []int  // grade rule, 0 for none
	// foldA to foldB is the stretch along the mirror line of a half piece;
	// foldA is negative where there is none.
	foldA, foldB int
	chained      bool // made of several natural polylines
}

func (o *outline) push(p r2.Vec) {
	o.pts = append(o.pts, p)
	o.end, o.turn, o.soft = append(o.end, false), append(o.turn, false), append(o.soft, false)
	o.rule = append(o.rule, 0)
}

func (o *outline) clone() *outline {
	c := newOutline(len(o.pts))
	for i, p := range o.pts {
		c.push(p)
		c.end[i], c.turn[i], c.soft[i], c.rule[i] = o.end[i], o.turn[i], o.soft[i], o.rule[i]
	}
	c.foldA, c.foldB, c.chained = o.foldA, o.foldB, o.chained
	return c
}

func newOutline(n int) *outline {
	return &outline{pts: make([]r2.Vec, 0, n), foldA: -1, foldB: -1}
}

func (o *outline) area() float64 {
	sum := 0.0
	for i, p := range o.pts {
		sum += r2.Cross(p, o.pts[(i+1)%len(o.pts)]) / 2
	}
	return sum
}

func near(a, b r2.Vec, tol float64) bool { return r2.Norm(r2.Sub(a, b)) <= tol }

// loops joins the paths of one layer into closed outlines, in file order.
// Closed paths stand for themselves; open ones must form one chain that
// closes, over the mirror line if the piece has one.
func loops(paths []path, mirror []r2.Vec) ([]*outline, error) {
	var out []*outline
	var open []path
	for _, p := range paths {
		n := len(p.pts)
		switch {
		case n < 2:
		case p.closed || n > 2 && near(p.pts[0], p.pts[n-1], sameTol):
			o := newOutline(n)
			for _, q := range p.pts {
				o.extend(q)
			}
			o.close()
			out = append(out, o)
		default:
			open = append(open, p)
		}
	}
	if len(open) == 0 {
		return out, nil
	}
	o, err := chain(open, mirror)
	if err != nil {
		return nil, err
	}
	return append(out, o), nil
}

// extend appends a point unless it repeats the last one.
func (o *outline) extend(p r2.Vec) {
	if n := len(o.pts); n == 0 || !near(o.pts[n-1], p, sameTol) {
		o.push(p)
	}
}

// close drops a last point that repeats the first.
func (o *outline) close() {
	if n := len(o.pts); n > 1 && near(o.pts[0], o.pts[n-1], joinTol) {
		o.end[0] = o.end[0] || o.end[n-1]
		o.pts, o.end, o.turn, o.soft, o.rule = o.pts[:n-1], o.end[:n-1], o.turn[:n-1], o.soft[:n-1], o.rule[:n-1]
	}
}

// chain lays open paths end to end, turning them round where need be.
func chain(parts []path, mirror []r2.Vec) (*outline, error) {
	if len(parts) > maxParts {
		return nil, fault.Errorf("line %d: the outline is made of %d lines; at most %d can be joined", parts[0].line, len(parts), maxParts)
	}
	o := newOutline(0)
	used := make([]bool, len(parts))
	o.append(parts[0], false)
	used[0] = true
	for range len(parts) - 1 {
		k, back := nextPart(parts, used, o.pts[len(o.pts)-1])
		if k < 0 {
			at := o.pts[len(o.pts)-1]
			return nil, fault.Errorf("line %d: the outline is open: nothing goes on at (%.2f, %.2f) mm", parts[0].line, at.X*1000, at.Y*1000)
		}
		used[k] = true
		o.append(parts[k], back)
	}
	first, last := o.pts[0], o.pts[len(o.pts)-1]
	switch {
	case near(first, last, joinTol):
		o.close()
	case len(mirror) == 2 && offLine(first, mirror) <= onFold && offLine(last, mirror) <= onFold:
	default:
		return nil, fault.Errorf("line %d: the outline is open: it starts at (%.2f, %.2f) mm and ends at (%.2f, %.2f) mm",
			parts[0].line, first.X*1000, first.Y*1000, last.X*1000, last.Y*1000)
	}
	o.chained = len(parts) > 1 && anyTrue(o.end)
	return o, nil
}

func anyTrue(list []bool) bool {
	for _, b := range list {
		if b {
			return true
		}
	}
	return false
}

// append adds one part; a natural one starts and ends an edge.
func (o *outline) append(p path, back bool) {
	start := max(0, len(o.pts)-1)
	n := len(p.pts)
	for i := range n {
		q := p.pts[i]
		if back {
			q = p.pts[n-1-i]
		}
		if i == 0 && len(o.pts) > 0 {
			continue // joined: the end of the part before stands
		}
		o.extend(q)
	}
	if p.natural {
		o.end[start], o.end[len(o.pts)-1] = true, true
	}
}

// nextPart finds the unused part that starts (or, turned round, ends) at a
// point; that which follows in the file first.
func nextPart(parts []path, used []bool, at r2.Vec) (k int, back bool) {
	for k, p := range parts {
		if used[k] {
			continue
		}
		if near(p.pts[0], at, joinTol) {
			return k, false
		}
		if near(p.pts[len(p.pts)-1], at, joinTol) {
			return k, true
		}
	}
	return -1, false
}

// offLine is the distance of a point from an infinite line [m].
func offLine(p r2.Vec, line []r2.Vec) float64 {
	d := r2.Sub(line[1], line[0])
	return math.Abs(r2.Cross(d, r2.Sub(p, line[0]))) / r2.Norm(d)
}

// Angles at which a line bends rather than curves [rad]: of points nothing is
// known of, and of points marked as curve points, which may be sparse.
const (
	bendAngle     = 20 * math.Pi / 180
	softBendAngle = 75 * math.Pi / 180
)

// bends reports whether the outline has a corner at point i.
func (o *outline) bends(i int) bool {
	if o.turn[i] {
		return true
	}
	n := len(o.pts)
	in, out := r2.Sub(o.pts[i], o.pts[(i+n-1)%n]), r2.Sub(o.pts[(i+1)%n], o.pts[i])
	angle := math.Abs(math.Atan2(r2.Cross(in, out), r2.Dot(in, out)))
	if o.soft[i] {
		return angle >= softBendAngle
	}
	return angle >= bendAngle
}

// split decides where natural edges start: at the joints of a chain, else at
// turn points, else at corners.
func (o *outline) split() {
	switch turns := anyTrue(o.turn); {
	case o.chained:
	case turns:
		copy(o.end, o.turn)
	default:
		for i := range o.pts {
			o.end[i] = o.bends(i)
		}
	}
	if o.foldA >= 0 {
		o.end[o.foldA], o.end[o.foldB] = true, true
	}
	// A closed curve without corners still needs two edges.
	count, at := 0, 0
	for i, e := range o.end {
		if e {
			count, at = count+1, i
		}
	}
	if n := len(o.pts); count < 2 && n >= 2 {
		o.end[at], o.end[(at+n/2)%n] = true, true
	}
}
