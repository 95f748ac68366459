package dxf

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// notchReach is how far a notch may lie from the line that is sewn [m]: it is
// drawn on the cut line, a wide seam allowance away.
const notchReach = 0.03

// notchSteps is how many points of an edge are tried before the nearest is
// sharpened; edges bend far less than once in a 64th of their length.
const notchSteps = 64

// mark gives a panel the notches, drill holes and inner lines of its piece.
// What an unfolded half carries its other half carries too, drawn ones first.
func (p *Piece) mark(panel *pattern.Panel, sp *SeamPanel) {
	fold := p.foldLine(sp.Unfold)
	for _, n := range p.Notches {
		for _, at := range fold.both(n.At) {
			if notch, ok := nearestEdge(panel, sp.move(at)); ok {
				panel.Notches = append(panel.Notches, notch)
			}
		}
	}
	for _, d := range p.Drills {
		for _, at := range fold.both(d) {
			panel.Drills = append(panel.Drills, sp.move(at))
		}
	}
	for _, half := range [2]bool{false, true} {
		for _, l := range p.Internals {
			addInner(panel, sp, l, pattern.Drawn, fold, half)
		}
		for _, l := range p.Cutouts {
			addInner(panel, sp, l, pattern.CutOut, fold, half)
		}
	}
}

// creaseLine is where a half piece is unfolded: two points, none of whole ones.
type creaseLine []r2.Vec

func (p *Piece) foldLine(unfold int) creaseLine {
	for _, o := range [2]*outline{p.sew, p.cut} {
		if o == nil {
			continue
		}
		if folded, err := o.foldAt(unfold); err == nil && folded.foldA >= 0 {
			return creaseLine{folded.pts[folded.foldA], folded.pts[folded.foldB]}
		}
	}
	return nil
}

// both is a place and, in an unfolded piece, its mirror image.
func (c creaseLine) both(q r2.Vec) []r2.Vec {
	if c == nil || offLine(q, c) < onFold {
		return []r2.Vec{q}
	}
	return []r2.Vec{q, reflect(q, c[0], c[1])}
}

func addInner(panel *pattern.Panel, sp *SeamPanel, line []r2.Vec, kind pattern.InnerKind, fold creaseLine, mirrored bool) {
	if mirrored && fold == nil {
		return
	}
	in := pattern.Inner{Kind: kind}
	for _, q := range line {
		if mirrored {
			q = reflect(q, fold[0], fold[1])
		}
		if q = sp.move(q); len(in.Pts) == 0 || !near(in.Pts[len(in.Pts)-1], q, sameTol) {
			in.Pts = append(in.Pts, q)
		}
	}
	if n := len(in.Pts); kind == pattern.CutOut && n > 1 && near(in.Pts[0], in.Pts[n-1], joinTol) {
		in.Pts = in.Pts[:n-1]
	}
	if len(in.Pts) > 2 || len(in.Pts) == 2 && kind == pattern.Drawn {
		panel.Inner = append(panel.Inner, in)
	}
}

// nearestEdge finds the place of a notch on the sewn outline.
func nearestEdge(panel *pattern.Panel, q r2.Vec) (pattern.Notch, bool) {
	best, where := math.Inf(1), pattern.Notch{}
	for e := range panel.Edges {
		c := panel.Curve(e)
		for i := range notchSteps + 1 {
			t := float64(i) / notchSteps
			if d := r2.Norm(r2.Sub(c.At(t), q)); d < best-1e-12 {
				best, where = d, pattern.Notch{Edge: e, At: t}
			}
		}
	}
	if best > notchReach+panel.Length(where.Edge)/notchSteps {
		return where, false
	}
	c := panel.Curve(where.Edge)
	lo, hi := math.Max(0, where.At-1./notchSteps), math.Min(1, where.At+1./notchSteps)
	for range 40 { // ternary search: the distance has one minimum here
		a, b := lo+(hi-lo)/3, hi-(hi-lo)/3
		if r2.Norm(r2.Sub(c.At(a), q)) <= r2.Norm(r2.Sub(c.At(b), q)) {
			hi = b
		} else {
			lo = a
		}
	}
	t := (lo + hi) / 2
	where.At = c.LengthTo(t) / c.Length()
	return where, r2.Norm(r2.Sub(c.At(t), q)) <= notchReach
}

// takeMarks gives a size what only the base size is drawn with: notches at the
// same share of their edge, and inner lines moved with the outline by the
// affine map that fits its corners best, unless the size draws its own.
func takeMarks(panel, base *pattern.Panel) {
	if len(panel.Edges) != len(base.Edges) || len(panel.Verts) != len(base.Verts) {
		return // refused as a size that does not correspond
	}
	panel.Notches = append([]pattern.Notch(nil), base.Notches...)
	if len(panel.Inner) == len(base.Inner) && len(panel.Drills) == len(base.Drills) && !samePlace(panel, base) {
		return
	}
	m := fitAffine(base.Verts, panel.Verts)
	panel.Drills, panel.Inner = nil, nil
	for _, d := range base.Drills {
		panel.Drills = append(panel.Drills, m.apply(d))
	}
	for _, in := range base.Inner {
		pts := make([]r2.Vec, len(in.Pts))
		for k, q := range in.Pts {
			pts[k] = m.apply(q)
		}
		in.Pts = pts
		panel.Inner = append(panel.Inner, in)
	}
}

// samePlace: the inner lines are those of the base size, handed on by grading,
// which moves outlines only.
func samePlace(panel, base *pattern.Panel) bool {
	for i := range panel.Inner {
		if len(panel.Inner[i].Pts) > 0 && len(base.Inner[i].Pts) > 0 && panel.Inner[i].Pts[0] != base.Inner[i].Pts[0] {
			return false
		}
	}
	for i := range panel.Drills {
		if panel.Drills[i] != base.Drills[i] {
			return false
		}
	}
	return true
}

// fitAffine is the affine map that takes from to to with the least squared
// error; of points on a line, a shift.
func fitAffine(from, to []r2.Vec) affine {
	n := float64(len(from))
	var a, b r2.Vec
	for i := range from {
		a, b = r2.Add(a, r2.Scale(1/n, from[i])), r2.Add(b, r2.Scale(1/n, to[i]))
	}
	var xx, xy, yy, xu, yu, xv, yv float64
	for i := range from {
		p, q := r2.Sub(from[i], a), r2.Sub(to[i], b)
		xx, xy, yy = xx+p.X*p.X, xy+p.X*p.Y, yy+p.Y*p.Y
		xu, yu, xv, yv = xu+p.X*q.X, yu+p.Y*q.X, xv+p.X*q.Y, yv+p.Y*q.Y
	}
	m := affine{a: 1, d: 1}
	if det := xx*yy - xy*xy; det > 1e-12*(xx+yy)*(xx+yy) {
		m = affine{a: (xu*yy - yu*xy) / det, b: (yu*xx - xu*xy) / det, c: (xv*yy - yv*xy) / det, d: (yv*xx - xv*xy) / det}
	}
	m.t = r2.Sub(b, m.apply(a))
	return m
}
