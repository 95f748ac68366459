package sew

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// carry takes the triangles of a piece to the same panel i of another size. The
// samples of each edge go to the samples of that edge; the inside follows by
// the harmonic displacement: the shift of each inner point is the mean of its
// neighbours' with the cotangent weights of the flat mesh (Pinkall & Polthier
// 1993). Shifts rather than places, because then grading by a stretch, a turn
// or a shear is reproduced exactly, whatever the mesh; and cotangents rather
// than the always positive mean value weights (Floater 2003), because the
// meshes are Delaunay, for which they are as good as positive, and symmetric,
// so that conjugate gradients solve them.
func (pc *piece) carry(p *pattern.Pattern, i int, n []int, keep bool) *piece {
	panel := &p.Panels[i]
	out := &piece{frame: newFrame(panel, keep), edges: pc.edges, border: pc.border, tris: pc.tris, inner: pc.inner, laps: pc.laps, points: make([]r2.Vec, len(pc.points))}
	var samples []r2.Vec
	shift := make([]r2.Vec, len(pc.points))
	k := 0
	for e := range panel.Edges {
		samples = panel.Sample(samples[:0], e, n[e])
		for _, q := range samples[:n[e]] {
			out.points[k] = out.frame.to(q)
			shift[k] = r2.Sub(out.points[k], pc.points[k])
			k++
		}
	}
	fixed := make([]bool, len(pc.points))
	for k := range pc.border {
		fixed[k] = true
	}
	pc.carryLaps(out, p, i, shift, fixed)
	harmonic(shift, fixed, pc)
	for k := pc.border; k < len(pc.points); k++ {
		out.points[k] = r2.Add(pc.points[k], shift[k])
	}
	return out
}

// coupling is the cotangent weight between two points of a mesh.
type coupling struct {
	a, b int32
	w    float64
}

// couplings of all sides of all triangles; a side of two triangles comes twice.
func (pc *piece) couplings() []coupling {
	out := make([]coupling, 0, 3*len(pc.tris))
	for _, t := range pc.tris {
		for c := range 3 {
			a, b, o := t[(c+1)%3], t[(c+2)%3], t[c]
			p, q := r2.Sub(pc.points[a], pc.points[o]), r2.Sub(pc.points[b], pc.points[o])
			out = append(out, coupling{a, b, r2.Dot(p, q) / r2.Cross(p, q) / 2})
		}
	}
	return out
}

// The solve ends when the residual has fallen to this fraction, far below what
// a mesh shows; conjugate gradients need about as many steps as the mesh is
// triangles wide.
const (
	carryTolerance = 1e-10
	carrySteps     = 2000
)

// harmonic fills shift where it is not fixed by conjugate gradients with a
// diagonal preconditioner (Hestenes & Stiefel 1952), both coordinates at once.
func harmonic(shift []r2.Vec, fixed []bool, pc *piece) {
	n := len(shift)
	links := pc.couplings()
	diag := make([]float64, n)
	for _, l := range links {
		diag[l.a] += l.w
		diag[l.b] += l.w
	}
	// Start from the mean shift of the border, which is exact for a move.
	mean := r2.Scale(1/float64(pc.border), sum(shift[:pc.border]))
	for k := pc.border; k < n; k++ {
		if !fixed[k] {
			shift[k] = mean
		}
	}
	r, z, p, ap := make([]r2.Vec, n), make([]r2.Vec, n), make([]r2.Vec, n), make([]r2.Vec, n)
	laplace(ap, shift, links, fixed)
	for k := pc.border; k < n; k++ { // fixed ones keep a residual of nothing
		r[k] = r2.Scale(-1, ap[k])
		z[k] = r2.Scale(1/diag[k], r[k])
		p[k] = z[k]
	}
	rz := dot(r, z)
	end := rz * carryTolerance * carryTolerance
	for range carrySteps {
		if !(rz > end) {
			return
		}
		laplace(ap, p, links, fixed)
		alpha := rz / dot(p, ap)
		for k := pc.border; k < n; k++ {
			shift[k] = r2.Add(shift[k], r2.Scale(alpha, p[k]))
			r[k] = r2.Sub(r[k], r2.Scale(alpha, ap[k]))
			z[k] = r2.Scale(1/diag[k], r[k])
		}
		next := dot(r, z)
		for k := pc.border; k < n; k++ {
			p[k] = r2.Add(z[k], r2.Scale(next/rz, p[k]))
		}
		rz = next
	}
}

// laplace writes the weighted differences of x at the points that are not fixed.
func laplace(dst, x []r2.Vec, links []coupling, fixed []bool) {
	clear(dst)
	for _, l := range links {
		d := r2.Scale(l.w, r2.Sub(x[l.a], x[l.b]))
		dst[l.a] = r2.Add(dst[l.a], d)
		dst[l.b] = r2.Sub(dst[l.b], d)
	}
	for k, f := range fixed {
		if f {
			dst[k] = r2.Vec{}
		}
	}
}

func dot(a, b []r2.Vec) float64 {
	s := 0.0
	for k := range a {
		s += float64(a[k].X*b[k].X) + float64(a[k].Y*b[k].Y)
	}
	return s
}

func sum(v []r2.Vec) (s r2.Vec) {
	for _, x := range v {
		s = r2.Add(s, x)
	}
	return s
}

// smallestAngle of triangle t [rad]; negative where it is turned over.
func (pc *piece) smallestAngle(t int) float64 {
	least := math.Pi
	for i := range 3 {
		o := pc.points[pc.tris[t][i]]
		p, q := r2.Sub(pc.points[pc.tris[t][(i+1)%3]], o), r2.Sub(pc.points[pc.tris[t][(i+2)%3]], o)
		least = min(least, math.Atan2(r2.Cross(p, q), r2.Dot(p, q)))
	}
	return least
}
