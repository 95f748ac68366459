package dxf

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// maxMitre is how far a corner may move, in allowances: at a corner of 14
// degrees the sew lines meet 8 allowances inside.
const maxMitre = 8

var errMitre = errors.New("the allowance cannot be taken off at a corner as sharp as a dart; draw the sew line on layer 14")

// inset returns the outline drawn inwards by the allowance a [m], every side
// parallel to itself.
func (o *outline) inset(a float64) (*outline, error) {
	if a == 0 {
		return o, nil
	}
	out := o.clone()
	n := len(o.pts)
	side := 1.0 // inwards is to the left of an anticlockwise loop
	if o.area() < 0 {
		side = -1
	}
	for i, p := range o.pts {
		in, on := r2.Sub(p, o.pts[(i+n-1)%n]), r2.Sub(o.pts[(i+1)%n], p)
		if r2.Norm(in) == 0 || r2.Norm(on) == 0 {
			return nil, errMitre
		}
		u, v := r2.Unit(in), r2.Unit(on)
		normals := r2.Add(r2.Vec{X: -u.Y, Y: u.X}, r2.Vec{X: -v.Y, Y: v.X})
		// The mitre is (n1+n2)/(1+n1.n2) long, and |n1+n2|^2 = 2(1+n1.n2).
		d := r2.Dot(normals, normals) / 2
		if d <= 0 || 1/math.Sqrt(d/2) > maxMitre {
			return nil, fmt.Errorf("%w, at (%.1f, %.1f) mm", errMitre, p.X*1000, p.Y*1000)
		}
		out.pts[i] = r2.Add(p, r2.Scale(side*a/d, normals))
	}
	if out.area()*o.area() <= 0 {
		return nil, fmt.Errorf("an allowance of %.1f mm leaves nothing of the piece", a*1000)
	}
	return out, nil
}
