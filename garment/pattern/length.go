package pattern

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// gauss8 holds the positive nodes and the weights of the 8-point
// Gauss-Legendre rule on [-1, 1] (Abramowitz & Stegun, table 25.4).
var gauss8 = [4][2]float64{
	{0.1834346424956498, 0.3626837833783620},
	{0.5255324099163290, 0.3137066458778873},
	{0.7966664774136267, 0.2223810344533745},
	{0.9602898564975363, 0.1012285362903763},
}

// speedIntegral is the arc length between two parameters by one 8-point rule.
func (c *Curve) speedIntegral(a, b float64) float64 {
	mid, half := (a+b)/2, (b-a)/2
	sum := 0.0
	for _, g := range gauss8 {
		lo, hi := c.Deriv(mid-float64(half*g[0])), c.Deriv(mid+float64(half*g[0]))
		sum += float64(g[1] * (r2.Norm(lo) + r2.Norm(hi)))
	}
	return half * sum
}

// tableSteps is how many equal parameter steps a Bézier is cut into before
// integrating; with 8 points each the length of every sane edge is good to
// 1e-9 of itself, and of one with a cusp to 1e-5. A Spline has at least as
// many, and a whole number of them in each of its pieces.
const tableSteps = 32

// lengths is the cumulative arc length at the steps of the table [m].
func (c *Curve) lengths() []float64 {
	n := c.pieces()
	n *= (tableSteps + n - 1) / n
	cum := make([]float64, n+1)
	for i := range n {
		a, b := float64(i)/float64(n), float64(i+1)/float64(n)
		cum[i+1] = cum[i] + c.speedIntegral(a, b)
	}
	return cum
}

// Length is the arc length [m].
func (c *Curve) Length() float64 {
	switch c.kind {
	case Line:
		return r2.Norm(r2.Sub(c.p[1], c.p[0]))
	case Arc:
		return c.radius * math.Abs(c.sweep)
	}
	cum := c.lengths()
	return cum[len(cum)-1]
}

// Sample appends to dst the n+1 points that cut the curve into n pieces of
// equal arc length. The first and last are the exact corners.
func (c *Curve) Sample(dst []r2.Vec, n int) []r2.Vec {
	if n < 1 {
		panic("pattern: Sample needs at least one piece")
	}
	dst = append(dst, c.Start())
	if c.kind == Line || c.kind == Arc {
		for i := 1; i < n; i++ {
			dst = append(dst, c.At(float64(i)/float64(n)))
		}
		return append(dst, c.End())
	}
	cum := c.lengths()
	for i := 1; i < n; i++ {
		t := c.invert(cum, cum[len(cum)-1]*float64(i)/float64(n))
		dst = append(dst, c.At(t))
	}
	return append(dst, c.End())
}

// ParamAt returns the parameter at which the arc length from the start is s [m].
func (c *Curve) ParamAt(s float64) float64 {
	total := c.Length()
	if s <= 0 {
		return 0
	}
	if s >= total {
		return 1
	}
	if c.kind == Line || c.kind == Arc {
		return s / total
	}
	cum := c.lengths()
	return c.invert(cum, s)
}

// invert finds the parameter of arc length s: the step of the table by
// bisection, then Newton's method kept inside that step.
func (c *Curve) invert(cum []float64, s float64) float64 {
	steps := len(cum) - 1
	lo, hi := 0, steps
	for hi-lo > 1 {
		if m := (lo + hi) / 2; cum[m] <= s {
			lo = m
		} else {
			hi = m
		}
	}
	a, b := float64(lo)/float64(steps), float64(hi)/float64(steps)
	from, want := a, s-cum[lo]
	t := a
	if step := cum[hi] - cum[lo]; step > 0 {
		t += (b - a) * want / step
	}
	for range 30 {
		miss := c.speedIntegral(from, t) - want
		if math.Abs(miss) <= 1e-13*cum[steps] {
			break
		}
		if miss > 0 {
			b = t
		} else {
			a = t
		}
		t -= miss / r2.Norm(c.Deriv(t))
		if !(t > a && t < b) {
			t = (a + b) / 2
		}
	}
	return t
}

// LengthTo is the arc length from the start to parameter t [m].
func (c *Curve) LengthTo(t float64) float64 {
	t = math.Min(1, math.Max(0, t))
	if c.kind == Line || c.kind == Arc {
		return t * c.Length()
	}
	cum := c.lengths()
	steps := len(cum) - 1
	k := min(int(t*float64(steps)), steps-1)
	return cum[k] + c.speedIntegral(float64(k)/float64(steps), t)
}
