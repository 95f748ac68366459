package dxf

import (
	"math"
	"slices"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// maxMitre is how far a corner may move, in allowances: at a corner of 14
// degrees the sew lines meet 8 allowances inside.
const maxMitre = 8

var errMitre = fault.Errorf("the allowance cannot be taken off at a corner as sharp as a dart; draw the sew line on layer 14, or state in the seam list which edges have another allowance (edge_allowance_mm), as 0 along a dart")

// parallel is the sine below which two sides count as one line.
const parallel = 1e-3

// inset returns the outline drawn inwards by the allowance a [m], every side
// parallel to itself. own names edges that have an allowance of their own, as
// they are counted on the panel: of a mirrored one from the other end.
func (o *outline) inset(a float64, own map[int]float64, mirrored bool) (*outline, error) {
	by, err := o.allowances(a, own, mirrored)
	if err != nil || by == nil {
		return o, err
	}
	out := o.clone()
	n := len(o.pts)
	side := 1.0 // inwards is to the left of an anticlockwise loop
	if o.area() < 0 {
		side = -1
	}
	for i, p := range o.pts {
		before := (i + n - 1) % n
		in, on := r2.Sub(p, o.pts[before]), r2.Sub(o.pts[(i+1)%n], p)
		if r2.Norm(in) == 0 || r2.Norm(on) == 0 {
			return nil, errMitre
		}
		move, ok := mitre(r2.Unit(in), r2.Unit(on), by[before], by[i])
		if !ok {
			return nil, fault.Errorf("%w, at (%.1f, %.1f) mm", errMitre, p.X*1000, p.Y*1000)
		}
		out.pts[i] = r2.Add(p, r2.Scale(side, move))
	}
	if out.area()*o.area() <= 0 {
		return nil, fault.Errorf("an allowance of %.1f mm leaves nothing of the piece", a*1000)
	}
	return out, nil
}

// allowances is that of each side, by the point it starts at; nil where there
// is nothing to take off.
func (o *outline) allowances(a float64, own map[int]float64, mirrored bool) ([]float64, error) {
	if a == 0 && len(own) == 0 {
		return nil, nil
	}
	cut := o.clone()
	cut.split()
	edge := make([]int, len(o.pts)) // that each side is part of
	first, last := max(0, slices.Index(cut.end, true)), -1
	for k := range edge {
		i := (first + k) % len(edge)
		if cut.end[i] {
			last++
		}
		edge[i] = last
	}
	for _, e := range sortedKeys(own) {
		if e > last {
			return nil, fault.Errorf("edge_allowance_mm names edge %d; the piece has edges 0 to %d", e, last)
		}
	}
	by := make([]float64, len(edge))
	for i, e := range edge {
		if mirrored {
			e = last - e
		}
		if v, ok := own[e]; ok {
			by[i] = v
		} else {
			by[i] = a
		}
	}
	return by, nil
}

// mitre is how far the corner between sides of directions u and v moves to the
// left when the sides move by a and b: the meeting point of the moved sides.
func mitre(u, v r2.Vec, a, b float64) (r2.Vec, bool) {
	n, m := r2.Vec{X: -u.Y, Y: u.X}, r2.Vec{X: -v.Y, Y: v.X}
	det := r2.Cross(n, m)
	most := maxMitre * math.Max(a, b)
	if math.Abs(det) < parallel {
		if r2.Dot(u, v) < 0 && a+b > 0 {
			return r2.Vec{}, false // it turns back on itself
		}
		return r2.Scale((a+b)/2, r2.Unit(r2.Add(n, m))), true
	}
	move := r2.Vec{X: (a*m.Y - b*n.Y) / det, Y: (b*n.X - a*m.X) / det}
	return move, r2.Norm(move) <= most
}
