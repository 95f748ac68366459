package tape

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// HullGirth is the length of a tight tape round the points, which lie in a
// plane with the given unit normal [m].
func HullGirth(pts []r3.Vec, normal r3.Vec) float64 {
	hull := Hull(pts, normal)
	var sum float64
	for i, p := range hull {
		sum += math.Sqrt(r3.Norm2(r3.Sub(hull[(i+1)%len(hull)], p)))
	}
	return sum
}

// Hull returns the corners of the convex hull of points in a plane,
// counter-clockwise seen against the normal: the line a tape takes. It is
// Andrew's monotone chain (1979), with ties broken by index.
func Hull(pts []r3.Vec, normal r3.Vec) []r3.Vec {
	u, w := Frame(normal)
	type flat struct {
		x, y float64
		i    int
	}
	q := make([]flat, len(pts))
	for i, p := range pts {
		q[i] = flat{r3.Dot(p, u), r3.Dot(p, w), i}
	}
	slices.SortFunc(q, func(a, b flat) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y), cmp.Compare(a.i, b.i))
	})
	turn := func(o, a, b flat) float64 { return (a.x-o.x)*(b.y-o.y) - (a.y-o.y)*(b.x-o.x) }
	var chain []flat
	half := func(next func(k int) flat) {
		floor := len(chain)
		for k := range q {
			p := next(k)
			for len(chain) >= floor+2 && turn(chain[len(chain)-2], chain[len(chain)-1], p) <= 0 {
				chain = chain[:len(chain)-1]
			}
			chain = append(chain, p)
		}
		chain = chain[:len(chain)-1] // the last point begins the other half
	}
	if len(q) > 1 {
		half(func(k int) flat { return q[k] })
		half(func(k int) flat { return q[len(q)-1-k] })
	}
	out := make([]r3.Vec, len(chain))
	for i, p := range chain {
		out[i] = pts[p.i]
	}
	return out
}

// Frame returns two unit vectors that span the plane with the given normal,
// right-handed with it.
func Frame(normal r3.Vec) (u, w r3.Vec) {
	a := r3.Vec{X: 1}
	if math.Abs(normal.X) > 0.8*r3.Norm(normal) {
		a = r3.Vec{Z: 1}
	}
	u = r3.Unit(r3.Cross(normal, a))
	return u, r3.Unit(r3.Cross(normal, u))
}
