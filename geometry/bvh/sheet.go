package bvh

import (
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Sheet looks for self-crossings in meshes that share their triangles and
// differ in shape: the tree is split once and only its boxes follow the
// vertices. It is immutable: any number of goroutines may ask at once.
type Sheet struct {
	tris   []geometry.Tri
	nodes  []node // children come after their parent
	order  []int32
	beside [][]int32 // of each leaf that hangs together, leaves of that kind it shares an edge with
}

// NewSheet splits the tree for a shape in the middle of those to come; the
// nearer they are to it, the faster the answers, which do not depend on it.
func NewSheet(m *geometry.Mesh) *Sheet {
	t := Split(m)
	s := &Sheet{tris: m.Tris, nodes: t.nodes, order: t.order}
	s.beside = s.neighbours()
	return s
}

// box is the extent of a triangle or of a node.
type box struct{ lo, hi r3.Vec }

func (b *box) meets(o *box) bool { return boxesMeet(b.lo, b.hi, o.lo, o.hi) }

// folded is a sheet with the vertices of one shape.
type folded struct {
	*Sheet
	verts []r3.Vec
	tri   []box // by place in the order
	node  []box
	face  []r3.Vec // of each leaf that is nearly flat its normal, else zero
	yield func(a, b int32)
}

// SelfCrossings calls yield for every pair of triangles that cut each other
// without sharing a vertex, a < b, when the vertices are at verts.
func (s *Sheet) SelfCrossings(verts []r3.Vec, yield func(a, b int32)) {
	if len(s.nodes) == 0 {
		return
	}
	f := &folded{s, verts, make([]box, len(s.order)), make([]box, len(s.nodes)), make([]r3.Vec, len(s.nodes)), yield}
	f.wrap()
	f.flatten()
	f.within(0)
}

// wrap finds the boxes, children before parents.
func (f *folded) wrap() {
	for i, k := range f.order {
		v := f.tris[k]
		a, b, c := f.verts[v[0]], f.verts[v[1]], f.verts[v[2]]
		f.tri[i] = box{lower(lower(a, b), c), upper(upper(a, b), c)}
	}
	for i := len(f.nodes) - 1; i >= 0; i-- {
		n := &f.nodes[i]
		if n.count == 0 {
			a, b := &f.node[n.left], &f.node[n.left+1]
			f.node[i] = box{lower(a.lo, b.lo), upper(a.hi, b.hi)}
			continue
		}
		all := f.tri[n.first]
		for _, b := range f.tri[n.first+1 : n.first+n.count] {
			all = box{lower(all.lo, b.lo), upper(all.hi, b.hi)}
		}
		f.node[i] = all
	}
}

// within tests the pairs of triangles of one node.
func (f *folded) within(k int32) {
	n := &f.nodes[k]
	if n.count == 0 {
		f.within(n.left)
		f.within(n.left + 1)
		f.across(n.left, n.left+1)
		return
	}
	if f.face[k] != (r3.Vec{}) {
		return
	}
	for i := n.first; i < n.first+n.count; i++ {
		for j := i + 1; j < n.first+n.count; j++ {
			f.test(i, j)
		}
	}
}

// across tests the triangles of one node against those of another.
func (f *folded) across(k, l int32) {
	if !f.node[k].meets(&f.node[l]) {
		return
	}
	a, b := &f.nodes[k], &f.nodes[l]
	switch {
	case a.count == 0 && b.count == 0:
		f.across(a.left, b.left)
		f.across(a.left, b.left+1)
		f.across(a.left+1, b.left)
		f.across(a.left+1, b.left+1)
	case a.count == 0:
		f.across(a.left, l)
		f.across(a.left+1, l)
	case b.count == 0:
		f.across(k, b.left)
		f.across(k, b.left+1)
	case f.smooth(k, l):
	default:
		for i := a.first; i < a.first+a.count; i++ {
			if !f.tri[i].meets(&f.node[l]) {
				continue
			}
			for j := b.first; j < b.first+b.count; j++ {
				f.test(i, j)
			}
		}
	}
}

// test yields the triangles at two places of the order if they cross.
func (f *folded) test(i, j int32) {
	if !f.tri[i].meets(&f.tri[j]) {
		return
	}
	a, b := min(f.order[i], f.order[j]), max(f.order[i], f.order[j])
	if !sharesVertex(f.tris[a], f.tris[b]) && TrianglesCross(f.corners(a), f.corners(b)) {
		f.yield(a, b)
	}
}

func (f *folded) corners(k int32) [3]r3.Vec {
	v := f.tris[k]
	return [3]r3.Vec{f.verts[v[0]], f.verts[v[1]], f.verts[v[2]]}
}
