package cdt

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// Refinement inserts circumcentres of triangles that are too large or too
// sharp, worst first (Chew 1989; Ruppert 1995). Those papers split segments
// that are in the way; here segments are frozen, so a circumcentre too close
// to one is dropped instead. It ends because inserted points keep a distance.
const (
	// An equilateral triangle of edge h has circumradius 0.577 h. At 0.70 the
	// mean edge of the refined and smoothed mesh comes out as h.
	largest = 0.70
	// Circumradius over shortest edge above which a triangle is too sharp:
	// 1 is a smallest angle of 30 degrees (Ruppert's measure).
	sharpest = 1.0
	// Distance an inserted point keeps from others, in local sizes; also the
	// height it keeps above a segment, in lengths of the segment.
	spacing = 0.6
	height  = 0.5
	// How fast the size may grow with distance from short segments.
	grading = 0.3
)

// refiner holds the work queue: a binary heap, largest need first.
type refiner struct {
	*mesh
	size  float64   // target edge length away from short segments [m]
	local []float64 // target edge length at each point [m]
	heap  []task
}

type task struct {
	need  float64
	tri   int32
	birth uint32
}

func (r *refiner) run() {
	for t := range r.tris {
		r.push(int32(t))
	}
	for len(r.heap) > 0 {
		w := r.pop()
		if r.tris[w.tri].birth != w.birth {
			continue
		}
		if r.improve(w.tri) {
			for _, t := range r.fresh {
				r.push(t)
			}
		}
	}
}

// improve inserts the circumcentre of t unless something is in the way.
func (r *refiner) improve(t int32) bool {
	T := &r.tris[t]
	p, _ := circumcentre(r.pts[T.v[0]], r.pts[T.v[1]], r.pts[T.v[2]])
	if math.IsNaN(p.X + p.Y) {
		return false
	}
	r.last = t
	home := r.locate(p, true)
	if home == none {
		return false
	}
	r.dig(p, home)
	s := r.sizeAt(p)
	if !r.roomFor(p, s) || !r.starShaped(p) {
		return false
	}
	r.fill(p)
	r.local = append(r.local, s)
	return true
}

// sizeAt grades the target size from the points around the cavity.
func (r *refiner) sizeAt(p r2.Vec) float64 {
	s := r.size
	for _, e := range r.rim {
		s = min(s, r.local[e.a]+grading*dist(p, r.pts[e.a]))
	}
	return s
}

// roomFor reports whether p keeps its distance from the rim of its cavity.
func (r *refiner) roomFor(p r2.Vec, s float64) bool {
	for _, e := range r.rim {
		a, b := r.pts[e.a], r.pts[e.b]
		if dist(p, a) < spacing*s {
			return false
		}
		if e.fixed == loose {
			continue
		}
		if l := dist(a, b); orient(a, b, p) < height*l*l {
			return false
		}
	}
	return true
}

// need is above 1 where t should be refined.
func (r *refiner) need(t int32) float64 {
	T := &r.tris[t]
	a, b, c := r.pts[T.v[0]], r.pts[T.v[1]], r.pts[T.v[2]]
	_, rad := circumcentre(a, b, c)
	s := (r.local[T.v[0]] + r.local[T.v[1]] + r.local[T.v[2]]) / 3
	shortest := min(dist(a, b), dist(b, c), dist(c, a))
	// A sharp triangle is worth a point only where the point has room.
	if rad > spacing*s {
		return max(rad/(largest*s), min(rad/(sharpest*shortest), 1.5))
	}
	return 0
}

func (r *refiner) push(t int32) {
	if !r.tris[t].in {
		return
	}
	n := r.need(t)
	if !(n > 1) {
		return
	}
	r.heap = append(r.heap, task{n, t, r.tris[t].birth})
	h := r.heap
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !before(h[i], h[up]) {
			break
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func (r *refiner) pop() task {
	h := r.heap
	top := h[0]
	last := len(h) - 1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && before(h[c+1], h[c]) {
			c++
		}
		if !before(h[c], h[i]) {
			break
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
	r.heap = h
	return top
}

// before orders tasks by need, then by slot, so that the order is total.
func before(a, b task) bool {
	if a.need != b.need {
		return a.need > b.need
	}
	return a.tri < b.tri
}

// circumcentre also returns the circumradius. Collinear points give NaN or Inf.
func circumcentre(a, b, c r2.Vec) (r2.Vec, float64) {
	bx, by, cx, cy := b.X-a.X, b.Y-a.Y, c.X-a.X, c.Y-a.Y
	d := 2 * (float64(bx*cy) - float64(by*cx))
	bl, cl := float64(bx*bx)+float64(by*by), float64(cx*cx)+float64(cy*cy)
	ux := (float64(cy*bl) - float64(by*cl)) / d
	uy := (float64(bx*cl) - float64(cx*bl)) / d
	return r2.Vec{X: a.X + ux, Y: a.Y + uy}, math.Sqrt(float64(ux*ux) + float64(uy*uy))
}

func dist(a, b r2.Vec) float64 {
	x, y := a.X-b.X, a.Y-b.Y
	return math.Sqrt(float64(x*x) + float64(y*y))
}
