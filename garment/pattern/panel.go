package pattern

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r2"
)

// Length is the arc length of edge e [m].
func (p *Panel) Length(e int) float64 {
	c := p.Curve(e)
	return c.Length()
}

// Sample appends to dst the n+1 points cutting edge e into n pieces of equal
// arc length, in the direction of the edge; the ends are the exact corners.
func (p *Panel) Sample(dst []r2.Vec, e, n int) []r2.Vec {
	c := p.Curve(e)
	return c.Sample(dst, n)
}

// Outline returns the closed outline as a polygon within tol [m] of the
// curves; the first point is not repeated at the end.
func (p *Panel) Outline(tol float64) []r2.Vec {
	var out []r2.Vec
	for e := range p.Edges {
		c := p.Curve(e)
		n := c.flatCount(tol)
		for i := range n {
			out = append(out, c.At(float64(i)/float64(n)))
		}
	}
	return out
}

// Bounds returns the corners of the box round the outline [m].
func (p *Panel) Bounds() (lo, hi r2.Vec) {
	lo = r2.Vec{X: math.Inf(1), Y: math.Inf(1)}
	hi = r2.Vec{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, q := range p.Outline(1e-5) {
		lo.X, lo.Y = math.Min(lo.X, q.X), math.Min(lo.Y, q.Y)
		hi.X, hi.Y = math.Max(hi.X, q.X), math.Max(hi.Y, q.Y)
	}
	return lo, hi
}

// SignedArea is the enclosed area [m2], positive when the loop runs
// anticlockwise, exact for every kind of edge (Green's theorem).
func (p *Panel) SignedArea() float64 {
	area := 0.0
	for e := range p.Edges {
		c := p.Curve(e)
		area += c.areaTerm()
	}
	return area
}

// areaTerm is half the line integral of x dy - y dx along the curve [m2].
func (c *Curve) areaTerm() float64 {
	switch c.kind {
	case Line:
		return r2.Cross(c.p[0], c.p[1]) / 2
	case Arc:
		chord := r2.Sub(c.End(), c.Start())
		return (r2.Cross(c.centre, chord) + c.radius*c.radius*c.sweep) / 2
	}
	if c.kind == Spline {
		area := 0.0
		for i := range c.pieces() {
			p := c.piece(i)
			area += p.areaTerm()
		}
		return area
	}
	// The integrand of a cubic has degree 5: the 3-point Gauss rule is exact.
	node := math.Sqrt(0.6) / 2
	at := func(t float64) float64 { return r2.Cross(c.At(t), c.Deriv(t)) / 2 }
	return (5*at(0.5-node) + 8*at(0.5) + 5*at(0.5+node)) / 18
}

// Outward is the side of the panel's plane that is the outer side of the
// fabric: +1 towards the viewer of the drawing (anticlockwise loop), -1 away.
func (p *Panel) Outward() float64 {
	if p.SignedArea() < 0 {
		return -1
	}
	return 1
}

// Labelled returns the edges that carry a label, in loop order.
func (p *Panel) Labelled(label string) []int {
	var out []int
	for e := range p.Edges {
		if p.Edges[e].Label == label {
			out = append(out, e)
		}
	}
	return out
}

// LabelLength is the summed length of the edges that carry a label [m].
func (p *Panel) LabelLength(label string) float64 {
	sum := 0.0
	for _, e := range p.Labelled(label) {
		sum += p.Length(e)
	}
	return sum
}

// WidthAt measures the panel as a ruler laid across it does: the fabric
// crossed by the horizontal line at height y [m], open darts not counted.
// It is 0 where the line misses the panel.
func (p *Panel) WidthAt(y float64) float64 {
	sum := 0.0
	spans := p.SpansAt(y)
	for i := 0; i+1 < len(spans); i += 2 {
		sum += spans[i+1] - spans[i]
	}
	return sum
}

// SpansAt returns the x at which the horizontal line at height y enters and
// leaves the panel, ascending, in pairs [m].
func (p *Panel) SpansAt(y float64) []float64 {
	var xs []float64
	pts := p.Outline(1e-6)
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		// Half-open heights, so that a corner on the line counts once.
		if (a.Y <= y) != (b.Y <= y) {
			xs = append(xs, a.X+(y-a.Y)/(b.Y-a.Y)*(b.X-a.X))
		}
	}
	slices.Sort(xs)
	return xs
}
