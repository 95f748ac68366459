package bvh

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// stackDepth bounds the traversal stack: a median-split tree of 2^31
// triangles is 31 levels deep and each level leaves one sibling waiting.
const stackDepth = 64

// feature is the part of a triangle a nearest point lies on.
type feature uint8

const (
	onFace feature = iota
	onVert0
	onVert1
	onVert2
	onEdge0 // opposite corner 0
	onEdge1
	onEdge2
)

// Nearest writes to dst, for each point, the nearest point of the surface
// within reach [m]. Beyond reach the hit has Dist = +Inf and Tri = -1. The
// sign of Dist is meaningful for closed meshes only. It does not allocate.
func (t *Tree) Nearest(dst []Hit, pts []r3.Vec, reach float64) {
	var stack nearStack
	for i, p := range pts {
		dst[i] = t.nearest(p, reach, &stack)
	}
}

// waiting is a box still to be looked into.
type waiting struct {
	far  float64 // squared distance of the box [m2]
	node int32
}

// nearStack is scratch: three wait on each level, which are two of those of the depth.
type nearStack [3*stackDepth/4 + 1]waiting

func (t *Tree) nearest(p r3.Vec, reach float64, stack *nearStack) Hit {
	hit := Hit{Dist: math.Inf(1), Tri: -1}
	if len(t.wide) == 0 {
		return hit
	}
	var feat feature
	var dist [4]float64
	var near [4]waiting // the nearest first
	best := reach * reach
	stack[0] = waiting{}
	for top := 0; top >= 0; {
		at := stack[top]
		top--
		if at.far > best {
			continue
		}
		w := &t.wide[at.node]
		n := 0
		w.distances(&dist, p.X, p.Y, p.Z)
		for k, far := range &dist {
			if far > best {
				continue
			}
			i := n
			for ; i > 0 && near[i-1].far > far; i-- {
				near[i] = near[i-1]
			}
			near[i] = waiting{far, w.child[k]}
			n++
		}
		for i := n - 1; i >= 0; i-- {
			if near[i].node >= 0 {
				top++
				stack[top] = near[i]
			}
		}
		for _, at := range near[:n] {
			if at.node >= 0 || at.far > best {
				continue
			}
			v, k := &t.corner[^at.node], t.order[^at.node]
			q, f := closestPoint(p, v[0], v[1], v[2])
			d2 := r3.Norm2(r3.Sub(p, q))
			// Equal distances go to the lower index, so that the answer does
			// not depend on the shape of the tree.
			if d2 < best || (d2 == best && (hit.Tri < 0 || k < hit.Tri)) {
				best, hit.Point, hit.Tri, feat = d2, q, k, f
			}
		}
	}
	if hit.Tri >= 0 {
		t.sign(&hit, p, feat, best)
	}
	return hit
}

// sign sets normal and signed distance from the nearest feature.
func (t *Tree) sign(hit *Hit, p r3.Vec, f feature, d2 float64) {
	n := t.pseudo(hit.Tri, f)
	if l := math.Sqrt(r3.Norm2(n)); l > 0 {
		n = r3.Scale(1/l, n)
	}
	hit.Normal, hit.Dist = n, math.Sqrt(d2)
	if r3.Dot(r3.Sub(p, hit.Point), n) < 0 {
		hit.Dist = -hit.Dist
	}
}

func (t *Tree) pseudo(k int32, f feature) r3.Vec {
	switch {
	case f == onFace:
		return t.face[k]
	case f <= onVert2:
		return t.vert[t.mesh.Tris[k][f-onVert0]]
	}
	return t.edge[k][f-onEdge0]
}

// closestPoint finds the point of triangle abc nearest to p by the Voronoi
// regions of its features (Ericson 2005, Real-Time Collision Detection, 5.1.5).
func closestPoint(p, a, b, c r3.Vec) (r3.Vec, feature) {
	ab, ac, ap := r3.Sub(b, a), r3.Sub(c, a), r3.Sub(p, a)
	d1, d2 := r3.Dot(ab, ap), r3.Dot(ac, ap)
	if d1 <= 0 && d2 <= 0 {
		return a, onVert0
	}
	bp := r3.Sub(p, b)
	d3, d4 := r3.Dot(ab, bp), r3.Dot(ac, bp)
	if d3 >= 0 && d4 <= d3 {
		return b, onVert1
	}
	cp := r3.Sub(p, c)
	d5, d6 := r3.Dot(ab, cp), r3.Dot(ac, cp)
	if d6 >= 0 && d5 <= d6 {
		return c, onVert2
	}
	vc := d1*d4 - d3*d2
	if vc <= 0 && d1 >= 0 && d3 <= 0 {
		return r3.Add(a, r3.Scale(d1/(d1-d3), ab)), onEdge2
	}
	vb := d5*d2 - d1*d6
	if vb <= 0 && d2 >= 0 && d6 <= 0 {
		return r3.Add(a, r3.Scale(d2/(d2-d6), ac)), onEdge1
	}
	va := d3*d6 - d5*d4
	if va <= 0 && d4 >= d3 && d5 >= d6 {
		return r3.Add(b, r3.Scale((d4-d3)/((d4-d3)+(d5-d6)), r3.Sub(c, b))), onEdge0
	}
	s := 1 / (va + vb + vc)
	return r3.Add(a, r3.Add(r3.Scale(vb*s, ab), r3.Scale(vc*s, ac))), onFace
}

// Normal is the outward unit normal of triangle k, zero if it is degenerate.
func (t *Tree) Normal(k int32) r3.Vec { return t.face[k] }

// Mesh is the mesh the tree was built of.
func (t *Tree) Mesh() *geometry.Mesh { return t.mesh }
