package body

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// pull is one entry of a sparse gradient: d measure / d row.
type pull struct {
	row int32
	g   r3.Vec
}

// crossing is a corner of the tape's polygon: where edge a-b meets the plane.
type crossing struct {
	at       r3.Vec
	a, b     int32
	t        float64
	mirrored bool
}

// cutter measures girths of the half mesh with gradients. The buffers are
// reused, so one cutter belongs to one fit.
type cutter struct {
	pts  []crossing
	flat []flatPoint
	hull []flatPoint
	out  []pull

	height []float64 // of rows over the plane; only those of the outline that was cut last
}

type flatPoint struct {
	x, y float64
	i    int32
}

// girth is the perimeter of the convex hull of the section of the edges with
// the plane through o with unit normal n. With both, the mirror image is cut
// too. With grad, the gradient in the rows is left in out: that of the corners
// for a plane at rest, and of the plane, which moves with the rows it hangs on.
//
// A corner Q = A + t(B-A) with n.(Q-o) = 0 moves by (1-t) dA + t dB - AB
// n.((1-t) dA + t dB)/(n.AB), and by AB/(n.AB) per unit of plane movement.
func (c *cutter) girth(x []r3.Vec, of outline, o, n r3.Vec, both, grad bool, pl *plane) float64 {
	c.section(x, of, o, n, both)
	return c.tape(x, n, grad, pl)
}

// tape is the perimeter of the hull of the corners; of two, there and back.
func (c *cutter) tape(x []r3.Vec, n r3.Vec, grad bool, pl *plane) float64 {
	u, w := spanning(n)
	c.chain(u, w)
	var sum float64
	m := len(c.hull)
	if m < 2 {
		return 0
	}
	for i, p := range c.hull {
		q := c.hull[(i+1)%m]
		sum += math.Sqrt((q.x-p.x)*(q.x-p.x) + (q.y-p.y)*(q.y-p.y))
	}
	if !grad {
		return sum
	}
	unit := func(p, q flatPoint) (float64, float64) {
		dx, dy := q.x-p.x, q.y-p.y
		l := math.Sqrt(dx*dx + dy*dy)
		if l == 0 {
			return 0, 0
		}
		return dx / l, dy / l
	}
	for i, p := range c.hull {
		x0, y0 := unit(c.hull[(i+m-1)%m], p)
		x1, y1 := unit(p, c.hull[(i+1)%m])
		g := r3.Add(r3.Scale(x0-x1, u), r3.Scale(y0-y1, w))
		c.corner(x, &c.pts[p.i], g, n, pl)
	}
	c.out = pl.pulls(c.out)
	return sum
}

// corner spreads the gradient g at a corner to the ends of its edge. A
// mirrored corner is handled in the mirror: its gradient and the normal flip.
func (c *cutter) corner(x []r3.Vec, p *crossing, g, n r3.Vec, pl *plane) {
	if p.mirrored {
		g.X, n.X = -g.X, -n.X
	}
	if p.a == p.b { // a row in the plane that carries the plane along
		c.out = append(c.out, pull{p.a, g})
		return
	}
	ab := r3.Sub(x[p.b], x[p.a])
	s := r3.Dot(g, ab) / r3.Dot(n, ab)
	rest := r3.Sub(g, r3.Scale(s, n))
	c.out = append(c.out, pull{p.a, r3.Scale(1-p.t, rest)}, pull{p.b, r3.Scale(p.t, rest)})
	pl.move(p.at, s)
}

func (c *cutter) section(x []r3.Vec, of outline, o, n r3.Vec, both bool) {
	c.pts = c.pts[:0]
	d := r3.Dot(o, n)
	if len(c.height) < len(x) {
		c.height = make([]float64, len(x))
	}
	h := c.height
	for _, v := range of.verts {
		a := &x[v]
		h[v] = float64(a.X*n.X) + float64(a.Y*n.Y) + float64(a.Z*n.Z) - d
	}
	for _, e := range of.edges {
		ha, hb := h[e[0]], h[e[1]]
		if (ha >= 0) == (hb >= 0) {
			continue
		}
		a, b := x[e[0]], x[e[1]]
		t := ha / (ha - hb)
		q := crossing{at: r3.Vec{X: a.X + t*(b.X-a.X), Y: a.Y + t*(b.Y-a.Y), Z: a.Z + t*(b.Z-a.Z)}, a: e[0], b: e[1], t: t}
		c.pts = append(c.pts, q)
		if both && q.at.X > 0 {
			q.at.X, q.mirrored = -q.at.X, true
			c.pts = append(c.pts, q)
		}
	}
}

// behind keeps the corners behind p, and adds p itself, which is the given
// row, and its mirror image.
func (c *cutter) behind(p r3.Vec, row int32) {
	c.pts = slices.DeleteFunc(c.pts, func(q crossing) bool { return q.at.Z > p.Z })
	c.pts = append(c.pts, crossing{at: p, a: row, b: row}, crossing{at: flip(p), a: row, b: row, mirrored: true})
}

// within keeps the corners no farther than x from the symmetry plane.
func (c *cutter) within(x float64) {
	c.pts = slices.DeleteFunc(c.pts, func(q crossing) bool { return math.Abs(q.at.X) > x })
}

// chain is Andrew's monotone chain over the crossings.
func (c *cutter) chain(u, w r3.Vec) {
	c.flat, c.hull = c.flat[:0], c.hull[:0]
	for i := range c.pts {
		c.flat = append(c.flat, flatPoint{r3.Dot(c.pts[i].at, u), r3.Dot(c.pts[i].at, w), int32(i)})
	}
	if len(c.flat) < 2 {
		return
	}
	sortFlat(c.flat)
	c.half(0, false)
	c.half(len(c.hull), true)
}

// before is the order of the chain: from left to right, then upward.
func (a *flatPoint) before(b *flatPoint) bool {
	return a.x < b.x || a.x == b.x && (a.y < b.y || a.y == b.y && a.i < b.i)
}

// sortFlat is quicksort by the middle of three, written out because the library's
// compares by calls, which took longer than the hull.
func sortFlat(p []flatPoint) {
	const few = 12 // are put in order one by one
	for len(p) > few {
		mid, last := len(p)/2, len(p)-1
		if p[mid].before(&p[0]) {
			p[mid], p[0] = p[0], p[mid]
		}
		if p[last].before(&p[0]) {
			p[last], p[0] = p[0], p[last]
		}
		if p[last].before(&p[mid]) {
			p[last], p[mid] = p[mid], p[last]
		}
		at := p[mid]
		i, j := 0, last
		for i <= j {
			for p[i].before(&at) {
				i++
			}
			for at.before(&p[j]) {
				j--
			}
			if i <= j {
				p[i], p[j] = p[j], p[i]
				i, j = i+1, j-1
			}
		}
		if j+1 < len(p)-i {
			sortFlat(p[:j+1])
			p = p[i:]
		} else {
			sortFlat(p[i:])
			p = p[:j+1]
		}
	}
	for i := 1; i < len(p); i++ {
		q := p[i]
		j := i
		for ; j > 0 && q.before(&p[j-1]); j-- {
			p[j] = p[j-1]
		}
		p[j] = q
	}
}

func (c *cutter) half(floor int, back bool) {
	for k := range c.flat {
		p := c.flat[k]
		if back {
			p = c.flat[len(c.flat)-1-k]
		}
		for len(c.hull) >= floor+2 {
			o, a := c.hull[len(c.hull)-2], c.hull[len(c.hull)-1]
			if (a.x-o.x)*(p.y-o.y)-(a.y-o.y)*(p.x-o.x) > 0 {
				break
			}
			c.hull = c.hull[:len(c.hull)-1]
		}
		c.hull = append(c.hull, p)
	}
	c.hull = c.hull[:len(c.hull)-1]
}

// spanning returns two unit vectors that span the plane with unit normal n. It
// is the fit's own: the public tape, which judges the fit, shares no code with it.
func spanning(n r3.Vec) (u, w r3.Vec) {
	a := r3.Vec{Z: 1}
	if math.Abs(n.Z) > 0.8 {
		a = r3.Vec{Y: 1}
	}
	u = r3.Unit(r3.Cross(a, n))
	return u, r3.Cross(n, u)
}
