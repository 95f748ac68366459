package geometry

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// ConvexHull is the smallest convex solid that holds all points, its triangles
// counter-clockwise seen from outside: point after point, what a new one sees
// of the hull so far is replaced by a cone to it (the beneath-beyond method,
// Preparata and Shamos 1985, "Computational Geometry", 3.4.2). Points within
// hullGrain of the hull may stay out. It is an error if all points lie in one
// plane.
func ConvexHull(pts []r3.Vec) (*Mesh, error) {
	h, err := newHull(pts)
	if err != nil {
		return nil, err
	}
	for i := range pts {
		h.add(int32(i))
	}
	return h.mesh(), nil
}

// hullGrain is how far outside the hull a point must lie to become a corner
// [m]: below, the planes of nearly flat neighbours contradict each other.
const hullGrain = 1e-6

type hull struct {
	pts   []r3.Vec
	faces []hullFace
	seen  []bool // scratch: faces the new point sees
	rim   map[[2]int32]bool
}

// hullFace is a triangle with its plane: outside is n.x > offset.
type hullFace struct {
	v      Tri
	n      r3.Vec
	offset float64
}

// newHull starts with a tetrahedron of points far apart.
func newHull(pts []r3.Vec) (*hull, error) {
	h := &hull{pts: pts, rim: make(map[[2]int32]bool)}
	if len(pts) < 4 {
		return nil, fmt.Errorf("convex hull: %d points; it takes at least 4", len(pts))
	}
	farthest := func(measure func(p r3.Vec) float64) (at int32, most float64) {
		for i, p := range pts {
			if m := measure(p); m > most {
				at, most = int32(i), m
			}
		}
		return at, most
	}
	a := int32(0)
	b, wide := farthest(func(p r3.Vec) float64 { return r3.Norm(r3.Sub(p, pts[a])) })
	ab := r3.Sub(pts[b], pts[a])
	c, broad := farthest(func(p r3.Vec) float64 { return r3.Norm(r3.Cross(ab, r3.Sub(p, pts[a]))) })
	n := r3.Cross(ab, r3.Sub(pts[c], pts[a]))
	d, high := farthest(func(p r3.Vec) float64 { return math.Abs(r3.Dot(n, r3.Sub(p, pts[a]))) })
	if wide < hullGrain || broad < hullGrain*wide || high < hullGrain*broad {
		return nil, fmt.Errorf("convex hull: the %d points lie in one plane", len(pts))
	}
	if r3.Dot(n, r3.Sub(pts[d], pts[a])) > 0 {
		b, c = c, b
	}
	for _, t := range []Tri{{a, b, c}, {a, d, b}, {b, d, c}, {c, d, a}} {
		h.face(t)
	}
	return h, nil
}

func (h *hull) face(t Tri) {
	a := h.pts[t[0]]
	n := r3.Unit(r3.Cross(r3.Sub(h.pts[t[1]], a), r3.Sub(h.pts[t[2]], a)))
	h.faces = append(h.faces, hullFace{t, n, r3.Dot(n, a)})
}

// add takes point i in.
func (h *hull) add(i int32) {
	h.seen = h.seen[:0]
	any := false
	for k := range h.faces {
		f := &h.faces[k]
		see := r3.Dot(f.n, h.pts[i]) > f.offset+hullGrain
		h.seen, any = append(h.seen, see), any || see
	}
	if !any {
		return
	}
	clear(h.rim)
	for k, see := range h.seen {
		for m := range 3 {
			if t := h.faces[k].v; see {
				h.rim[[2]int32{t[m], t[(m+1)%3]}] = true
			}
		}
	}
	kept := h.faces[:0]
	var gone []Tri
	for k, f := range h.faces {
		if h.seen[k] {
			gone = append(gone, f.v)
		} else {
			kept = append(kept, f)
		}
	}
	h.faces = kept
	// An edge of the rim has the other way round on a face that stays.
	for _, t := range gone {
		for m := range 3 {
			if a, b := t[m], t[(m+1)%3]; !h.rim[[2]int32{b, a}] {
				h.face(Tri{a, b, i})
			}
		}
	}
}

// mesh keeps the corners only, in the order of the points.
func (h *hull) mesh() *Mesh {
	number := make([]int32, len(h.pts))
	for _, f := range h.faces {
		for _, v := range f.v {
			number[v] = 1
		}
	}
	m := &Mesh{}
	for i, used := range number {
		if used == 1 {
			number[i] = int32(len(m.Verts))
			m.Verts = append(m.Verts, h.pts[i])
		}
	}
	for _, f := range h.faces {
		m.Tris = append(m.Tris, Tri{number[f.v[0]], number[f.v[1]], number[f.v[2]]})
	}
	return m
}
