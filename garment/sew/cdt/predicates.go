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
	var v [6]big.Int
	integers(v[:], a, b, c)
	var x, y [2]big.Int // to c
	for i := range 2 {
		x[i].Sub(&v[2*i], &v[4])
		y[i].Sub(&v[2*i+1], &v[5])
	}
	l, r := mul(&x[0], &y[1]), mul(&y[0], &x[1])
	return float64(l.Cmp(r))
}

func inCircleExact(a, b, c, d r2.Vec) float64 {
	var v [8]big.Int
	integers(v[:], a, b, c, d)
	var x, y [3]big.Int // to d
	for i := range 3 {
		x[i].Sub(&v[2*i], &v[6])
		y[i].Sub(&v[2*i+1], &v[7])
	}
	var sum big.Int
	for i := range 3 {
		j, k := (i+1)%3, (i+2)%3
		lift := mul(&x[i], &x[i])
		lift.Add(lift, mul(&y[i], &y[i]))
		cross := mul(&x[j], &y[k])
		cross.Sub(cross, mul(&x[k], &y[j]))
		sum.Add(&sum, mul(lift, cross))
	}
	return float64(sum.Sign())
}

// integers writes coordinates as whole numbers of one small enough power of
// two, which keeps every sign: exact whatever the exponents, where a big.Float
// would need a precision argument, and without the cancelling of a big.Rat.
func integers(dst []big.Int, pts ...r2.Vec) {
	least := math.MaxInt
	var exps [8]int
	for i, p := range pts {
		for k, c := range [2]float64{p.X, p.Y} {
			if c == 0 {
				continue // dst is zero already
			}
			frac, exp := math.Frexp(c)
			dst[2*i+k].SetInt64(int64(frac * (1 << 53)))
			exps[2*i+k] = exp
			least = min(least, exp)
		}
	}
	for i := range dst {
		if dst[i].Sign() != 0 {
			dst[i].Lsh(&dst[i], uint(exps[i]-least))
		}
	}
}

func mul(x, y *big.Int) *big.Int { return new(big.Int).Mul(x, y) }
