package bvh

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// wideNode is what Nearest walks through: four boxes at once, two levels of the tree
// in one, down to boxes of single triangles.
type wideNode struct {
	box   [6][4]float64 // middles along x, y, z, then half sizes [m]
	child [4]int32      // a node, or the complement of a triangle's place in the order
}

// boxSlack is how much larger boxes are than what they hold [m]: more than rounding
// takes off a distance.
const boxSlack = 1e-12

// widen makes the nodes.
func (t *Tree) widen() {
	t.corner = make([][3]r3.Vec, len(t.order))
	for i, k := range t.order {
		t.corner[i] = t.corners(k)
	}
	if len(t.nodes) > 0 {
		t.wide = make([]wideNode, 0, len(t.nodes))
		t.widenNode(0)
	}
}

// widenNode makes the node for one of the tree and all below; it returns its number.
func (t *Tree) widenNode(k int32) int32 {
	own := int32(len(t.wide))
	t.wide = append(t.wide, wideNode{})
	var w wideNode
	m := 0
	add := func(lo, hi r3.Vec, child int32) {
		for c, s := range [3][2]float64{{lo.X, hi.X}, {lo.Y, hi.Y}, {lo.Z, hi.Z}} {
			w.box[c][m], w.box[c+3][m] = (s[0]+s[1])/2, (s[1]-s[0])/2+boxSlack
		}
		w.child[m] = child
		m++
	}
	if n := &t.nodes[k]; n.count > 0 {
		for i := n.first; i < n.first+n.count; i++ {
			lo, hi := triBox(t.mesh, t.order[i])
			add(lo, hi, ^i)
		}
	} else {
		for _, half := range [2]int32{n.left, n.left + 1} {
			if h := &t.nodes[half]; h.count > 0 {
				add(h.lo, h.hi, t.widenNode(half))
				continue
			}
			for _, q := range [2]int32{t.nodes[half].left, t.nodes[half].left + 1} {
				add(t.nodes[q].lo, t.nodes[q].hi, t.widenNode(q))
			}
		}
	}
	for ; m < 4; m++ {
		for c := range 3 {
			w.box[c+3][m] = math.Inf(-1) // infinitely far
		}
	}
	t.wide[own] = w
	return own
}

//go:generate go run -C ../../garment/drape/lanes/asm . -kernels nearest -out ../../../../geometry/bvh/wide_amd64.s -stubs ../../../../geometry/bvh/wide_amd64.go -pkg bvh

// distances writes the squared distances of a point from four boxes [m2], with the
// processor's vector instructions where it has AVX2 (not with the build tag purego),
// to the same bits.
func (w *wideNode) distances(far *[4]float64, x, y, z float64) {
	if lanes {
		farAVX2(far, &w.box, x, y, z)
		return
	}
	farOf(far, &w.box, x, y, z)
}

// farOf is farAVX2's twin.
func farOf(far *[4]float64, box *[6][4]float64, x, y, z float64) {
	for k := range far {
		dx := max(math.Abs(x-box[0][k])-box[3][k], 0)
		dy := max(math.Abs(y-box[1][k])-box[4][k], 0)
		dz := max(math.Abs(z-box[2][k])-box[5][k], 0)
		far[k] = float64(dx*dx) + float64(dy*dy) + float64(dz*dz)
	}
}
