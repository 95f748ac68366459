package cdt

import (
	"math"
	"math/big"

	"gonum.org/v1/gonum/spatial/r2"
)

// The filters are the static-relative ones of Shewchuk 1997, "Adaptive
// precision floating-point arithmetic and fast robust geometric predicates":
// if the computed determinant exceeds the bound times the sum of its absolute
// terms, its sign is right. Below, the determinant is evaluated exactly.
// Shewchuk's adaptive stages are left out: the exact branch is taken by less
// than one query in a thousand (regular grids), too rare to matter.
const (
	epsilon     = 1.0 / (1 << 53)
	orientBound = (3 + 16*epsilon) * epsilon
	circleBound = (10 + 96*epsilon) * epsilon
)

// orient is positive where a, b, c turn counter-clockwise, negative where
// clockwise, 0 where collinear; only the sign is exact.
func orient(a, b, c r2.Vec) float64 {
	l := float64((a.X - c.X) * (b.Y - c.Y))
	r := float64((a.Y - c.Y) * (b.X - c.X))
	d := l - r
	if bound := orientBound * (math.Abs(l) + math.Abs(r)); d > bound || -d > bound {
		return d
	}
	return orientExact(a, b, c)
}

// inCircle is positive where d lies inside the circle through the
// counter-clockwise a, b, c; only the sign is exact.
func inCircle(a, b, c, d r2.Vec) float64 {
	ax, ay := a.X-d.X, a.Y-d.Y
	bx, by := b.X-d.X, b.Y-d.Y
	cx, cy := c.X-d.X, c.Y-d.Y
	bc1, bc2 := float64(bx*cy), float64(cx*by)
	ca1, ca2 := float64(cx*ay), float64(ax*cy)
	ab1, ab2 := float64(ax*by), float64(bx*ay)
	al := float64(ax*ax) + float64(ay*ay)
	bl := float64(bx*bx) + float64(by*by)
	cl := float64(cx*cx) + float64(cy*cy)
	det := float64(al*(bc1-bc2)) + float64(bl*(ca1-ca2)) + float64(cl*(ab1-ab2))
	sum := float64(al*(math.Abs(bc1)+math.Abs(bc2))) +
		float64(bl*(math.Abs(ca1)+math.Abs(ca2))) +
		float64(cl*(math.Abs(ab1)+math.Abs(ab2)))
	if bound := circleBound * sum; det > bound || -det > bound {
		return det
	}
	return inCircleExact(a, b, c, d)
}

func orientExact(a, b, c r2.Vec) float64 {
	l := mul(diff(a.X, c.X), diff(b.Y, c.Y))
	r := mul(diff(a.Y, c.Y), diff(b.X, c.X))
	return float64(l.Cmp(r))
}

func inCircleExact(a, b, c, d r2.Vec) float64 {
	ax, ay := diff(a.X, d.X), diff(a.Y, d.Y)
	bx, by := diff(b.X, d.X), diff(b.Y, d.Y)
	cx, cy := diff(c.X, d.X), diff(c.Y, d.Y)
	sum := new(big.Rat)
	sum.Add(sum, mul(lift(ax, ay), cross(bx, by, cx, cy)))
	sum.Add(sum, mul(lift(bx, by), cross(cx, cy, ax, ay)))
	sum.Add(sum, mul(lift(cx, cy), cross(ax, ay, bx, by)))
	return float64(sum.Sign())
}

// Rationals are exact whatever the exponents, where a big.Float would need a
// precision argument.
func diff(x, y float64) *big.Rat {
	p, q := new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y)
	return p.Sub(p, q)
}

func mul(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }

func lift(x, y *big.Rat) *big.Rat { s := mul(x, x); return s.Add(s, mul(y, y)) }

func cross(ax, ay, bx, by *big.Rat) *big.Rat { s := mul(ax, by); return s.Sub(s, mul(ay, bx)) }
