package bvh

import (
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Segment reports the first triangle the segment from a to b passes through,
// and where along it (0 at a, 1 at b); triangle -1 if it meets none.
func (t *Tree) Segment(a, b r3.Vec) (tri int32, at float64) {
	tri, at = -1, 1
	if len(t.nodes) == 0 {
		return tri, at
	}
	var stack [stackDepth]int32
	for top := 0; top >= 0; {
		n := &t.nodes[stack[top]]
		top--
		if !segmentMeetsBox(a, b, n) {
			continue
		}
		if n.count == 0 {
			stack[top+1], stack[top+2] = n.left, n.left+1
			top += 2
			continue
		}
		for _, k := range t.order[n.first : n.first+n.count] {
			v := t.mesh.Tris[k]
			s, ok := segmentTriangle(a, b, t.mesh.Verts[v[0]], t.mesh.Verts[v[1]], t.mesh.Verts[v[2]])
			if ok && (s < at || (s == at && (tri < 0 || k < tri))) {
				tri, at = k, s
			}
		}
	}
	return tri, at
}

// segmentMeetsBox is the slab test in the segment's own parameter.
func segmentMeetsBox(a, b r3.Vec, n *node) bool {
	lo, hi := 0.0, 1.0
	for _, s := range [3][4]float64{
		{a.X, b.X - a.X, n.lo.X, n.hi.X}, {a.Y, b.Y - a.Y, n.lo.Y, n.hi.Y}, {a.Z, b.Z - a.Z, n.lo.Z, n.hi.Z},
	} {
		if s[1] == 0 {
			if s[0] < s[2] || s[0] > s[3] {
				return false
			}
			continue
		}
		t0, t1 := (s[2]-s[0])/s[1], (s[3]-s[0])/s[1]
		lo, hi = max(lo, min(t0, t1)), min(hi, max(t0, t1))
	}
	return lo <= hi
}

// inPlane is the determinant of segment and sides, over the product of their
// lengths, below which a segment lies in a triangle's plane: rounding makes 1e-16 to
// 1e-14 of what is zero, and its quotient would be any point.
const inPlane = 1e-12

// segmentTriangle intersects by Möller and Trumbore 1997. A segment in the
// triangle's plane does not count as passing through it.
func segmentTriangle(p, q, a, b, c r3.Vec) (float64, bool) {
	d, e1, e2 := r3.Sub(q, p), r3.Sub(b, a), r3.Sub(c, a)
	h := r3.Cross(d, e2)
	det := r3.Dot(e1, h)
	if det*det <= inPlane*inPlane*r3.Norm2(d)*r3.Norm2(e1)*r3.Norm2(e2) {
		return 0, false
	}
	s := r3.Sub(p, a)
	u := r3.Dot(s, h) / det
	if u < 0 || u > 1 {
		return 0, false
	}
	g := r3.Cross(s, e1)
	v := r3.Dot(d, g) / det
	if v < 0 || u+v > 1 {
		return 0, false
	}
	t := r3.Dot(e2, g) / det
	return t, t >= 0 && t <= 1
}

// TrianglesCross reports whether an edge of one triangle passes through the
// other. Triangles that merely lie in one plane do not cross.
func TrianglesCross(a, b [3]r3.Vec) bool {
	for i := range 3 {
		if _, ok := segmentTriangle(a[i], a[(i+1)%3], b[0], b[1], b[2]); ok {
			return true
		}
		if _, ok := segmentTriangle(b[i], b[(i+1)%3], a[0], a[1], a[2]); ok {
			return true
		}
	}
	return false
}

// SelfCrossings calls yield for every pair of triangles of the mesh that cut
// each other without sharing a vertex, a < b, until yield returns false.
func (t *Tree) SelfCrossings(yield func(a, b int32) bool) {
	if len(t.nodes) == 0 {
		return
	}
	test := func(i, j int32) bool {
		a, b := min(i, j), max(i, j)
		if sharesVertex(t.mesh.Tris[a], t.mesh.Tris[b]) || !TrianglesCross(t.corners(a), t.corners(b)) {
			return true
		}
		return yield(a, b)
	}
	within := []int32{0} // nodes whose halves meet nobody yet but each other
	for len(within) > 0 {
		n := &t.nodes[within[len(within)-1]]
		within = within[:len(within)-1]
		if n.count == 0 {
			within = append(within, n.left, n.left+1)
			if !t.between(n.left, t, n.left+1, test) {
				return
			}
			continue
		}
		for k, i := range t.order[n.first : n.first+n.count] {
			for _, j := range t.order[n.first+int32(k)+1 : n.first+n.count] {
				if !test(i, j) {
					return
				}
			}
		}
	}
}

// Crossings calls yield for every triangle a of t and b of o that cut each
// other, until yield returns false.
func (t *Tree) Crossings(o *Tree, yield func(a, b int32) bool) {
	if len(t.nodes) == 0 || len(o.nodes) == 0 {
		return
	}
	t.between(0, o, 0, func(a, b int32) bool {
		if !TrianglesCross(t.corners(a), o.corners(b)) {
			return true
		}
		return yield(a, b)
	})
}

// between visits the pairs of a triangle of one node and one of a node of o whose
// boxes overlap, until yield returns false; it says whether it never did.
func (t *Tree) between(k int32, o *Tree, l int32, yield func(a, b int32) bool) bool {
	stack := append(make([][2]int32, 0, stackDepth), [2]int32{k, l})
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		a, b := &t.nodes[p[0]], &o.nodes[p[1]]
		if !boxesMeet(a.lo, a.hi, b.lo, b.hi) {
			continue
		}
		switch {
		case a.count == 0 && (b.count > 0 || extent(a) >= extent(b)):
			stack = append(stack, [2]int32{a.left, p[1]}, [2]int32{a.left + 1, p[1]})
		case b.count == 0:
			stack = append(stack, [2]int32{p[0], b.left}, [2]int32{p[0], b.left + 1})
		default:
			for _, i := range t.order[a.first : a.first+a.count] {
				iLo, iHi := triBox(t.mesh, i)
				for _, j := range o.order[b.first : b.first+b.count] {
					jLo, jHi := triBox(o.mesh, j)
					if boxesMeet(iLo, iHi, jLo, jHi) && !yield(i, j) {
						return false
					}
				}
			}
		}
	}
	return true
}

func (t *Tree) corners(k int32) [3]r3.Vec {
	v := t.mesh.Tris[k]
	return [3]r3.Vec{t.mesh.Verts[v[0]], t.mesh.Verts[v[1]], t.mesh.Verts[v[2]]}
}

func sharesVertex(a, b geometry.Tri) bool {
	for _, v := range a {
		if v == b[0] || v == b[1] || v == b[2] {
			return true
		}
	}
	return false
}

func boxesMeet(aLo, aHi, bLo, bHi r3.Vec) bool {
	return aLo.X <= bHi.X && bLo.X <= aHi.X && aLo.Y <= bHi.Y && bLo.Y <= aHi.Y && aLo.Z <= bHi.Z && bLo.Z <= aHi.Z
}

func extent(n *node) float64 { return r3.Norm2(r3.Sub(n.hi, n.lo)) }
