package pattern

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// Curve is an edge lifted out of its panel, ready to be evaluated. Parameters
// run from 0 at the edge's start to 1 at its end.
type Curve struct {
	kind CurveKind
	p    [4]r2.Vec // Bézier points in order; p[0] and p[degree] are the ends
	deg  int       // Bézier degree: 1 line, 2 quadratic, 3 cubic

	chain []r2.Vec // of a Spline: Edge.Chain; p[0] and p[1] are the ends

	centre r2.Vec  // of an Arc [m]
	radius float64 // of an Arc [m]
	start  float64 // angle of the start seen from the centre [rad]
	sweep  float64 // signed angle from start to end, positive anticlockwise [rad]
}

// Curve returns edge e of the panel. The panel's vertex indices must be valid.
func (p *Panel) Curve(e int) Curve {
	edge := &p.Edges[e]
	return curveOf(edge, p.Verts[edge.From], p.Verts[edge.To])
}

func curveOf(e *Edge, a, b r2.Vec) Curve {
	switch e.Kind {
	case Quadratic:
		return Curve{kind: Quadratic, deg: 2, p: [4]r2.Vec{a, e.Control[0], b}}
	case Cubic:
		return Curve{kind: Cubic, deg: 3, p: [4]r2.Vec{a, e.Control[0], e.Control[1], b}}
	case Arc:
		return arcOf(e, a, b)
	case Spline:
		return Curve{kind: Spline, deg: 1, p: [4]r2.Vec{a, b}, chain: e.Chain}
	}
	return Curve{kind: Line, deg: 1, p: [4]r2.Vec{a, b}}
}

// arcOf finds the centre of a circular arc. An arc that bulges to the right of
// its chord runs anticlockwise; its centre lies on the left of the chord when
// it is the shorter way round.
func arcOf(e *Edge, a, b r2.Vec) Curve {
	chord := r2.Sub(b, a)
	d := r2.Norm(chord)
	left := r2.Vec{X: -chord.Y / d, Y: chord.X / d}
	// A radius a rounding error shorter than half the chord is a half circle.
	h := math.Sqrt(math.Max(0, (e.Radius-d/2)*(e.Radius+d/2)))
	if e.Right == e.LargeArc {
		h = -h
	}
	c := Curve{kind: Arc, deg: 1, p: [4]r2.Vec{a, b}}
	c.centre = r2.Add(r2.Scale(0.5, r2.Add(a, b)), r2.Scale(h, left))
	from, to := r2.Sub(a, c.centre), r2.Sub(b, c.centre)
	c.radius = r2.Norm(from)
	c.start = math.Atan2(from.Y, from.X)
	c.sweep = math.Atan2(to.Y, to.X) - c.start
	if e.Right && c.sweep <= 0 {
		c.sweep += 2 * math.Pi
	}
	if !e.Right && c.sweep >= 0 {
		c.sweep -= 2 * math.Pi
	}
	return c
}

// Start and End are the exact corner points.
func (c *Curve) Start() r2.Vec { return c.p[0] }

// End is the exact corner the edge runs to.
func (c *Curve) End() r2.Vec { return c.p[c.deg] }

// At returns the point at parameter t in [0, 1]; the ends are exact.
func (c *Curve) At(t float64) r2.Vec {
	switch {
	case t <= 0:
		return c.Start()
	case t >= 1:
		return c.End()
	case c.kind == Arc:
		sin, cos := math.Sincos(c.start + float64(t*c.sweep))
		return r2.Vec{
			X: c.centre.X + float64(c.radius*cos),
			Y: c.centre.Y + float64(c.radius*sin),
		}
	case c.kind == Spline:
		i, t := c.pieceAt(t)
		p := c.piece(i)
		return p.At(t)
	}
	return bezier(&c.p, c.deg, t)
}

// pieces is how many Béziers a curve consists of.
func (c *Curve) pieces() int {
	if c.kind == Spline {
		return (len(c.chain) + 1) / 3
	}
	return 1
}

// piece returns Bézier i of a Spline.
func (c *Curve) piece(i int) Curve {
	out := Curve{kind: Cubic, deg: 3, p: [4]r2.Vec{c.p[0], c.chain[3*i], c.chain[3*i+1], c.p[1]}}
	if i > 0 {
		out.p[0] = c.chain[3*i-1]
	}
	if 3*i+2 < len(c.chain) {
		out.p[3] = c.chain[3*i+2]
	}
	return out
}

// pieceAt returns the piece of a Spline that parameter t falls into and the
// parameter within it; every piece has an equal share of [0, 1].
func (c *Curve) pieceAt(t float64) (int, float64) {
	n := c.pieces()
	t *= float64(n)
	i := min(max(int(t), 0), n-1)
	return i, t - float64(i)
}

// Deriv returns dAt/dt [m].
func (c *Curve) Deriv(t float64) r2.Vec {
	if c.kind == Arc {
		sin, cos := math.Sincos(c.start + float64(t*c.sweep))
		v := c.radius * c.sweep
		return r2.Vec{X: -v * sin, Y: v * cos}
	}
	if c.kind == Spline {
		i, t := c.pieceAt(t)
		p := c.piece(i)
		return r2.Scale(float64(c.pieces()), p.Deriv(t))
	}
	var d [4]r2.Vec
	for i := range c.deg {
		d[i] = r2.Scale(float64(c.deg), r2.Sub(c.p[i+1], c.p[i]))
	}
	return bezier(&d, c.deg-1, t)
}

// bezier evaluates by de Casteljau's repeated interpolation, which is stable
// and keeps symmetric curves symmetric.
func bezier(p *[4]r2.Vec, deg int, t float64) r2.Vec {
	q := *p
	s := 1 - t
	for n := deg; n > 0; n-- {
		for i := range n {
			q[i].X = float64(s*q[i].X) + float64(t*q[i+1].X)
			q[i].Y = float64(s*q[i].Y) + float64(t*q[i+1].Y)
		}
	}
	return q[0]
}

// maxFlat bounds the number of straight pieces of one flattened edge.
const maxFlat = 512

// flatCount returns how many equal parameter steps keep the polyline within
// tol [m] of the curve: for Béziers the bound by the second differences of the
// control points (Wang 1984), for arcs the sagitta.
func (c *Curve) flatCount(tol float64) int {
	if c.kind == Spline {
		most := 1
		for i := range c.pieces() {
			p := c.piece(i)
			most = max(most, p.flatCount(tol))
		}
		// Every joint is a point of the polyline.
		return c.pieces() * min(most, max(1, maxFlat/c.pieces()))
	}
	n := 1.0
	switch c.kind {
	case Quadratic, Cubic:
		bend := 0.0
		for i := 0; i+2 <= c.deg; i++ {
			dd := r2.Add(r2.Sub(c.p[i], r2.Scale(2, c.p[i+1])), c.p[i+2])
			bend = math.Max(bend, r2.Norm(dd))
		}
		n = math.Sqrt(float64(c.deg*(c.deg-1)) * bend / (8 * tol))
	case Arc:
		if tol >= c.radius {
			tol = c.radius / 2
		}
		n = math.Abs(c.sweep) / (2 * math.Acos(1-tol/c.radius))
	}
	if !(n < maxFlat) {
		return maxFlat
	}
	return max(1, int(math.Ceil(n)))
}

// NewCubic returns the cubic Bézier from a to b with control points c and d,
// for drafting before there is a panel.
func NewCubic(a, c, d, b r2.Vec) Curve {
	return Curve{kind: Cubic, deg: 3, p: [4]r2.Vec{a, c, d, b}}
}
