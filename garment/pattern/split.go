package pattern

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// SplitEdge cuts edge e at shares of its arc length, ascending and strictly
// between 0 and 1. The parts take its place in the loop under the numbers e to
// e+len(shares), so that the numbers of later edges grow; each keeps kind,
// label and elastic. The shape of the panel does not change.
func (p *Panel) SplitEdge(e int, shares []float64) {
	if len(shares) == 0 {
		return
	}
	c := p.Curve(e)
	whole := p.Edges[e]
	parts := make([]Edge, 0, len(shares)+1)
	from, last := whole.From, 0.0
	for _, t := range append(c.paramsAt(shares), 1) {
		part := c.part(last, t)
		edge := part.edge(whole)
		edge.From, edge.To = from, whole.To
		if t < 1 {
			edge.To = len(p.Verts)
			p.Verts = append(p.Verts, part.End())
		}
		parts = append(parts, edge)
		from, last = edge.To, t
	}
	edges := make([]Edge, 0, len(p.Edges)+len(shares))
	edges = append(append(append(edges, p.Edges[:e]...), parts...), p.Edges[e+1:]...)
	p.Edges = edges
	for i := range p.Notches {
		p.Notches[i].split(e, shares)
	}
}

// split renumbers a notch after its panel's edge e was cut.
func (n *Notch) split(e int, shares []float64) {
	if n.Edge < e {
		return
	}
	if n.Edge > e {
		n.Edge += len(shares)
		return
	}
	k, lo, hi := 0, 0.0, 1.0
	for _, s := range shares {
		if n.At < s {
			hi = s
			break
		}
		k, lo = k+1, s
	}
	n.Edge, n.At = e+k, (n.At-lo)/(hi-lo)
}

// paramsAt are the curve parameters at shares of the arc length.
func (c *Curve) paramsAt(shares []float64) []float64 {
	out := make([]float64, len(shares))
	switch c.kind {
	case Line, Arc: // both run at constant speed
		copy(out, shares)
		return out
	}
	cum := c.lengths()
	for i, s := range shares {
		out[i] = c.invert(cum, s*cum[len(cum)-1])
	}
	return out
}

// part is the stretch of a curve between two parameters. Its ends are the
// points At gives there, exactly.
func (c *Curve) part(from, to float64) Curve {
	switch c.kind {
	case Quadratic, Cubic:
		_, right := c.cut(from)
		left, _ := right.cut((to - from) / (1 - from))
		left.p[0], left.p[left.deg] = c.At(from), c.At(to)
		return left
	case Arc:
		out := *c
		out.p[0], out.p[1] = c.At(from), c.At(to)
		out.start, out.sweep = c.start+from*c.sweep, (to-from)*c.sweep
		return out
	case Spline:
		return c.splinePart(from, to)
	}
	return Curve{kind: Line, deg: 1, p: [4]r2.Vec{c.At(from), c.At(to)}}
}

// cut halves a Bézier at a parameter by de Casteljau's triangle: its edges are
// the control points of the halves.
func (c *Curve) cut(t float64) (left, right Curve) {
	left, right = *c, *c
	q := c.p
	for n := c.deg; n >= 0; n-- {
		left.p[c.deg-n], right.p[n] = q[0], q[n]
		for i := range n {
			q[i] = r2.Add(r2.Scale(1-t, q[i]), r2.Scale(t, q[i+1]))
		}
	}
	return left, right
}

// splinePart keeps the whole Béziers between the parameters and parts of the
// first and the last. Their shares of the parameter range become equal, which
// changes nothing of the drawn line.
func (c *Curve) splinePart(from, to float64) Curve {
	n := float64(c.pieces())
	out := Curve{kind: Spline, deg: 1, p: [4]r2.Vec{c.At(from), c.At(to)}}
	for i := range c.pieces() {
		a, b := math.Max(0, from*n-float64(i)), math.Min(1, to*n-float64(i))
		if b-a <= 1e-9 {
			continue
		}
		whole := c.piece(i)
		q := whole.part(a, b)
		if len(out.chain) > 0 {
			out.chain = append(out.chain, q.p[0])
		}
		out.chain = append(out.chain, q.p[1], q.p[2])
	}
	return out
}

// edge writes a curve back as an edge that is otherwise like e.
func (c *Curve) edge(e Edge) Edge {
	switch c.kind {
	case Quadratic:
		e.Control[0] = c.p[1]
	case Cubic:
		e.Control = [2]r2.Vec{c.p[1], c.p[2]}
	case Arc:
		e.Radius, e.Right, e.LargeArc = c.radius, c.sweep > 0, math.Abs(c.sweep) > math.Pi
	case Spline:
		e.Chain = c.chain
	}
	return e
}

// checkShares refuses shares that SplitEdge cannot cut at.
func checkShares(length float64, shares []float64) error {
	last := 0.0
	for _, s := range append(shares[:len(shares):len(shares)], 1) {
		if !((s-last)*length >= MinEdgeLength) {
			return fault.Errorf("would be cut at %.4g and %.4g of its length of %.2f cm; parts need at least %g cm", last, s, length*100, MinEdgeLength*100)
		}
		last = s
	}
	return nil
}
