package dxf

import (
	"slices"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// A symmetric piece is often drawn as one half up to its mirror line (layer
// 6). The mirror line is kept as two points of the outline, so that it is
// graded with them, and drawn out last.

var errFold = fault.Errorf("the mirror line (layer 6) does not run along one side of the outline, so that the piece cannot be unfolded")

// findFold finds the stretch of the outline along the mirror line.
func (o *outline) findFold(mirror []r2.Vec) error {
	n := len(o.pts)
	on := make([]bool, n)
	for i, p := range o.pts {
		on[i] = offLine(p, mirror) <= onFold
	}
	runs := 0
	for i := range n {
		if j := (i + 1) % n; !on[i] || !on[j] {
			continue
		}
		if before := (i + n - 1) % n; !on[before] {
			o.foldA = i
			runs++
		}
		if after := (i + 2) % n; !on[after] {
			o.foldB = (i + 1) % n
		}
	}
	if runs != 1 || o.foldB < 0 || o.foldA == o.foldB || near(o.pts[o.foldA], o.pts[o.foldB], joinTol) {
		o.foldA, o.foldB = -1, -1
		return errFold
	}
	return nil
}

// unfold returns the whole of a half outline: the drawn points from the end of
// the fold round to its start, then their mirror images on the way back.
func (o *outline) unfold() *outline {
	if o.foldA < 0 {
		return o
	}
	out := newOutline(2 * len(o.pts))
	out.chained = o.chained
	n := len(o.pts)
	var walk []int
	for i := o.foldB; ; i = (i + 1) % n {
		walk = append(walk, i)
		if i == o.foldA {
			break
		}
	}
	a, b := o.pts[o.foldA], o.pts[o.foldB]
	take := func(i int, p r2.Vec) {
		out.push(p)
		k := len(out.pts) - 1
		out.end[k], out.turn[k], out.soft[k], out.rule[k] = o.end[i], o.turn[i], o.soft[i], o.rule[i]
	}
	for _, i := range walk {
		take(i, o.pts[i])
	}
	for k := len(walk) - 2; k > 0; k-- {
		take(walk[k], reflect(o.pts[walk[k]], a, b))
	}
	// Where the halves meet an edge ends, so that both halves have the same.
	out.foldA, out.foldB = len(walk)-1, 0
	return out
}

// reflect mirrors a point at the line through a and b.
func reflect(p, a, b r2.Vec) r2.Vec {
	u := r2.Unit(r2.Sub(b, a))
	foot := r2.Add(a, r2.Scale(r2.Dot(r2.Sub(p, a), u), u))
	return r2.Sub(r2.Scale(2, foot), p)
}

// foldAt makes edge e of an outline its mirror line: a person says that the
// piece is a half though the drawing has no layer 6. The edge must be straight.
func (o *outline) foldAt(e int) (*outline, error) {
	if e < 0 {
		return o, nil
	}
	if o.foldA >= 0 {
		return nil, fault.Errorf("unfold_edge is stated, but the drawing has a mirror line and is unfolded at it")
	}
	out := o.clone()
	out.split()
	ends := slices.Clone(out.end)
	var starts []int
	for i, is := range ends {
		if is {
			starts = append(starts, i)
		}
	}
	if e >= len(starts) {
		return nil, fault.Errorf("unfold_edge is %d; the drawing has edges 0 to %d", e, len(starts)-1)
	}
	a, b := starts[e], starts[(e+1)%len(starts)]
	line := []r2.Vec{out.pts[a], out.pts[b]}
	for i := a; i != b; i = (i + 1) % len(out.pts) {
		if d := offLine(out.pts[i], line); d > onFold {
			return nil, fault.Errorf("unfold_edge is %d, which is no straight line: it departs from one by %.1f mm", e, d*1000)
		}
	}
	out.foldA, out.foldB = a, b
	return out, nil
}

// backwards is the outline walked the other way round from its first corner.
// The normal of an outline is the outer side of the fabric, which a mirror
// image keeps only if its outline runs the other way; without that the mirror
// image of a sleeve would be the same sleeve, turned over.
func (o *outline) backwards() *outline {
	out := newOutline(len(o.pts))
	out.chained = o.chained
	n, first := len(o.pts), max(0, slices.Index(o.end, true))
	for k := range n {
		i := (first - k + n) % n
		out.push(o.pts[i])
		out.end[k], out.turn[k], out.soft[k], out.rule[k] = o.end[i], o.turn[i], o.soft[i], o.rule[i]
	}
	return out
}
