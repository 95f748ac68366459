package drape

import (
	"math"

	"fitroom/garment/drape/lanes"
)

// grid is one of the coarser levels.
type grid struct {
	a       *sparse[float64]
	inv     []float64
	ease    float64
	z, r, t []float64
	motion  []float32 // z in single precision, for the finer level
	rest    []float32 // t likewise, for the coarser one
	power   []float64
	down    *transfer // nil on the coarsest, which is solved for exactly
	factor  []float64 // its Cholesky factor, lower triangle, rows of 6n
	pivot   []float64 // inverses of the factor's diagonal

	before, residual, restrict, prolong, product, after func(b int)
}

func newGrid(a *sparse[float64]) grid {
	n := modes * a.n
	g := grid{a: a, inv: make([]float64, modes*n), z: make([]float64, n), r: make([]float64, n), t: make([]float64, n), motion: lanes.Vector(n), rest: lanes.Vector(n), power: make([]float64, n)}
	for i := range g.power {
		g.power[i] = math.Sin(0.7 * float64(i) * float64(i))
	}
	return g
}

// fill gives motions that an aggregate does not have a stiffness of their own.
func (g *grid) fill() {
	for i := range g.a.n {
		d := g.a.diag[modes*modes*i : modes*modes*(i+1)]
		for k := 0; k < len(d); k += modes + 1 {
			if d[k] == 0 {
				d[k] = 1
			}
		}
	}
}

// invert inverts the diagonal blocks (Gauss-Jordan without pivots, which positive
// definite ones do not need).
func (g *grid) invert() bool {
	for i := range g.a.n {
		var d [modes * modes]float64 // by rows
		for k := range d {
			d[k] = g.a.diag[modes*modes*i+k%modes*modes+k/modes]
		}
		o := g.inv[modes*modes*i : modes*modes*(i+1)]
		clear(o)
		for k := range modes {
			o[modes*k+k] = 1
		}
		for c := range modes {
			p := d[modes*c+c]
			if !(p > 0) {
				return false
			}
			for k := range modes {
				d[modes*c+k] /= p
				o[modes*c+k] /= p
			}
			for r := range modes {
				f := d[modes*r+c]
				if r == c || f == 0 {
					continue
				}
				for k := range modes {
					d[modes*r+k] -= float64(f * d[modes*c+k])
					o[modes*r+k] -= float64(f * o[modes*c+k])
				}
			}
		}
	}
	return true
}

func (g *grid) measure(age int) bool {
	n := powers
	if age == 0 {
		n = firstPowers
	}
	top := 0.0
	for range n {
		multiplyCoarse(g.a, g.t, g.power, 0, g.a.n)
		s := 0.0
		for i := range g.a.n {
			y := timesBlock(g.inv[modes*modes*i:], g.t[modes*i:])
			for k, v := range y {
				g.power[modes*i+k] = v
				s += float64(v * v)
			}
		}
		if top = math.Sqrt(s); !(top > 0) || math.IsInf(top, 0) {
			return false
		}
		for i := range g.power {
			g.power[i] /= top
		}
	}
	g.ease = relaxing / top
	return true
}

// timesBlock is a block of modes x modes times a vector.
func timesBlock(d, x []float64) (y [modes]float64) {
	v := (*[modes]float64)(x)
	for r := range y {
		w := (*[modes]float64)(d[modes*r:])
		y[r] = float64(w[0]*v[0]) + float64(w[1]*v[1]) + float64(w[2]*v[2]) + float64(w[3]*v[3]) + float64(w[4]*v[4]) + float64(w[5]*v[5])
	}
	return y
}

// multiplyCoarse writes rows lo to hi of y = a x, of blocks of modes x modes.
func multiplyCoarse(a *sparse[float64], y, x []float64, lo, hi int) {
	from := a.start[lo]
	lanes.MultiplyBlocks(y[modes*lo:modes*hi], x[modes*lo:modes*hi], x, a.start[lo:hi+1], a.col[from:], a.block[modes*modes*from:], a.diag[modes*modes*lo:])
}

// relaxFirst is a Jacobi step from zero on nodes lo to hi.
func (g *grid) relaxFirst(lo, hi int) {
	for i := lo; i < hi; i++ {
		y := timesBlock(g.inv[modes*modes*i:], g.r[modes*i:])
		for k, v := range y {
			g.z[modes*i+k] = float64(g.ease * v)
		}
	}
}

// subtract turns the product in t into the residual.
func (g *grid) subtract(lo, hi int) {
	for i := modes * lo; i < modes*hi; i++ {
		g.t[i] = g.r[i] - g.t[i]
	}
}

// round keeps the residual for the coarser level.
func (g *grid) round(lo, hi int) {
	lanes.Halve(g.rest[modes*lo:modes*hi], g.t[modes*lo:modes*hi])
}

// relax is a Jacobi step, the product being in t.
func (g *grid) relax(lo, hi int) {
	g.subtract(lo, hi)
	for i := lo; i < hi; i++ {
		y := timesBlock(g.inv[modes*modes*i:], g.t[modes*i:])
		for k, v := range y {
			g.z[modes*i+k] += float64(g.ease * v)
		}
	}
	lanes.Halve(g.motion[modes*lo:modes*hi], g.z[modes*lo:modes*hi])
}

// factorise makes the Cholesky factor of the coarsest level.
func (g *grid) factorise() bool {
	n := modes * g.a.n
	clear(g.factor)
	for i := range g.a.n {
		block, j := g.a.diag[modes*modes*i:], modes*i
		for k := g.a.start[i]; ; k++ {
			if j <= modes*i {
				for r := range modes {
					for c := range modes {
						g.factor[(modes*i+r)*n+j+c] = block[modes*c+r]
					}
				}
			}
			if k == g.a.start[i+1] {
				break
			}
			block, j = g.a.block[modes*modes*k:], int(g.a.col[k])
		}
	}
	if !cholesky(g.factor, n) {
		return false
	}
	for i := range g.pivot {
		g.pivot[i] = 1 / g.factor[n*i+i]
	}
	return true
}

// solveExactly solves on the coarsest level.
func (g *grid) solveExactly() {
	copy(g.z, g.r)
	lanes.Substitute(g.z, g.factor, g.pivot, len(g.z))
	lanes.Halve(g.motion, g.z)
}
