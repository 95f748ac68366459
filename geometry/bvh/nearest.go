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
	for i, p := range pts {
		dst[i] = t.nearest(p, reach)
	}
}

func (t *Tree) nearest(p r3.Vec, reach float64) Hit {
	hit := Hit{Dist: math.Inf(1), Tri: -1}
	if len(t.nodes) == 0 {
		return hit
	}
	type waiting struct {
		node int32
		d2   float64
	}
	var stack [stackDepth]waiting
	var feat feature
	best := reach * reach
	top := 0
	stack[0] = waiting{0, boxDist2(&t.nodes[0], p)}
	for top >= 0 {
		w := stack[top]
		top--
		if w.d2 > best {
			continue
		}
		n := &t.nodes[w.node]
		if n.count == 0 {
			a, b := waiting{n.left, boxDist2(&t.nodes[n.left], p)}, waiting{n.left + 1, boxDist2(&t.nodes[n.left+1], p)}
			if a.d2 < b.d2 { // the nearer child is taken first
				a, b = b, a
			}
			stack[top+1], stack[top+2] = a, b
			top += 2
			continue
		}
		for _, k := range t.order[n.first : n.first+n.count] {
			tri := t.mesh.Tris[k]
			q, f := closestPoint(p, t.mesh.Verts[tri[0]], t.mesh.Verts[tri[1]], t.mesh.Verts[tri[2]])
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

func boxDist2(n *node, p r3.Vec) float64 {
	x := max(n.lo.X-p.X, 0, p.X-n.hi.X)
	y := max(n.lo.Y-p.Y, 0, p.Y-n.hi.Y)
	z := max(n.lo.Z-p.Z, 0, p.Z-n.hi.Z)
	return x*x + y*y + z*z
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
