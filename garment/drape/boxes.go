package drape

import (
	"math"
	"math/bits"

	"fitroom/garment/drape/lanes"
)

// boxes are the boxes of one kind of elements, patch by patch, in the groups that
// lanes.NearBoxes looks through.
type boxes struct {
	of    *csr       // elements of each patch
	start []int32    // groups of patch a: start[a] to start[a+1]
	num   []float32  // of all groups
	vert  [][4]int32 // of the elements, eight for each group; the last three numbers may be the same
}

func newBoxes(of *csr, corners func(e int32) (i, j, k int32)) boxes {
	b := boxes{of: of, start: make([]int32, 1, len(of.start))}
	for a := range len(of.start) - 1 {
		n := (len(of.list(a)) + lanes.BoxGroup - 1) / lanes.BoxGroup
		b.start = append(b.start, b.start[a]+int32(n))
	}
	b.vert = make([][4]int32, int(b.start[len(b.start)-1])*lanes.BoxGroup)
	for a := range len(of.start) - 1 {
		for k, e := range of.list(a) {
			v := &b.vert[int(b.start[a])*lanes.BoxGroup+k]
			v[0], v[1], v[2] = corners(e)
		}
	}
	b.num = make([]float32, int(b.start[len(b.start)-1])*lanes.BoxSize)
	lo, hi := nowhere()
	for k := range b.num {
		if b.num[k] = lo; k%lanes.BoxSize >= lanes.BoxSize/2 {
			b.num[k] = hi
		}
	}
	return b
}

// list is the groups of patch a.
func (b *boxes) list(a int32) []float32 {
	return b.num[int(b.start[a])*lanes.BoxSize : int(b.start[a+1])*lanes.BoxSize]
}

// enclose writes the boxes of the elements of patch a.
func (b *boxes) enclose(a int32, x []float64) {
	n := len(b.of.list(int(a)))
	from, all := int(b.start[a])*lanes.BoxGroup, (n+3)&^3
	g := b.list(a)
	lanes.Enclose(g, x, b.vert[from:from+all])
	for k := n; k < all; k++ {
		g := g[k/lanes.BoxGroup*lanes.BoxSize+k%lanes.BoxGroup:]
		for c := range 3 {
			g[lanes.BoxGroup*c], g[lanes.BoxGroup*(c+3)] = nowhere()
		}
	}
}

// nowhere are the low and the high of a place without an element.
func nowhere() (lo, hi float32) { return float32(math.Inf(1)), float32(math.Inf(-1)) }

// near lists the pairs of an element of patch a and one of patch b, of two kinds or
// of one, whose boxes are within the reach of the last update, in ascending order.
func (q *patches) near(s *scout, as, bs *boxes, a, b int32) [][2]int32 {
	s.near = s.near[:0]
	others, all := bs.list(b), (*[6]float32)(q.box32[6*b:])
	s.found = resized(s.found, len(others)/lanes.BoxSize*lanes.BoxGroup)
	first, from := as.of.list(int(a)), as.list(a)
	second := bs.of.list(int(b))
	for len(from) > 0 {
		n := lanes.NearBoxes(s.found, (*[lanes.BoxSize]float32)(from), others, all, q.reach)
		for _, f := range s.found[:n] {
			i, group := first[f>>32], second[uint32(f)>>8*lanes.BoxGroup:]
			for m := uint8(f); m != 0; m &= m - 1 {
				s.near = append(s.near, [2]int32{i, group[bits.TrailingZeros8(m)]})
			}
		}
		from = from[lanes.BoxSize:]
		if len(from) > 0 {
			first = first[lanes.BoxGroup:]
		}
	}
	return s.near
}

// roundedReach is a reach for boxes in single precision: as their numbers are rounded,
// it is a little longer, so that none is missed. extent is the largest of them.
func roundedReach(reach, extent float64) float32 {
	const rounding = 0x1p-21 // of low, high, their difference and the reach itself, twice
	return float32(reach + rounding*(reach+extent))
}
