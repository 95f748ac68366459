package lanes

import "math/bits"

//go:generate go run -C asm . -kernels boxes -out ../boxes_amd64.s -stubs ../boxes_amd64.go -pkg lanes

// Boxes come in groups of BoxGroup: the lowest x of each, the lowest y, the lowest
// z, then the highest three. A place without a box has lows of +Inf and highs of -Inf.
const (
	BoxGroup = 8
	BoxSize  = 6 * BoxGroup // numbers in a group
)

// NearBoxes looks for boxes of one group that are within reach, along each axis,
// of boxes of some groups, which all lie within a box of six numbers. It writes one
// number for each box a and group of others of which some are near,
//
//	a<<32 | group<<8 | which of the group, a bit each
//
// in ascending order, and returns how many; dst must have room for BoxGroup times as
// many as there are groups. NaN is near nothing.
func NearBoxes(dst []uint64, group *[BoxSize]float32, others []float32, all *[6]float32, reach float32) int {
	if wide {
		_ = dst[:len(others)/BoxSize*BoxGroup]
		return nearBoxesAVX2(dst, group, others, all, reach)
	}
	return nearBoxes(dst, group, others, all, reach)
}

func nearBoxes(dst []uint64, group *[BoxSize]float32, others []float32, all *[6]float32, reach float32) int {
	n := 0
	for near := nearBox(group, all, reach); near != 0; near &= near - 1 {
		a := bits.TrailingZeros8(near)
		var box [6]float32
		for k := range box {
			box[k] = group[BoxGroup*k+a]
		}
		for g := range len(others) / BoxSize {
			if m := nearBox((*[BoxSize]float32)(others[BoxSize*g:]), &box, reach); m != 0 {
				dst[n] = uint64(a)<<32 | uint64(g)<<8 | uint64(m)
				n++
			}
		}
	}
	return n
}

// nearBox tells which of a group are within reach of a box.
func nearBox(g *[BoxSize]float32, box *[6]float32, reach float32) (near uint8) {
	x0, y0, z0 := box[0]-reach, box[1]-reach, box[2]-reach
	x1, y1, z1 := box[3]+reach, box[4]+reach, box[5]+reach
	for k := range BoxGroup {
		if g[k] <= x1 && g[k+8] <= y1 && g[k+16] <= z1 && g[k+24] >= x0 && g[k+32] >= y0 && g[k+40] >= z0 {
			near |= 1 << k
		}
	}
	return near
}

// Enclose writes the boxes of elements with up to three vertices (the last repeated,
// of four numbers three are used) into groups. The number of elements is a multiple of
// four; what is no number makes any box.
func Enclose(groups []float32, x []float64, vert [][4]int32) {
	if len(vert) == 0 {
		return
	}
	_ = groups[:(len(vert)+BoxGroup-1)/BoxGroup*BoxSize]
	if wide {
		encloseAVX2(groups, x, vert)
		return
	}
	enclose(groups, x, vert)
}

func enclose(groups []float32, x []float64, vert [][4]int32) {
	for e := range vert {
		g, v := (*[BoxSize]float32)(groups[e/BoxGroup*BoxSize:]), &vert[e]
		a, b, c := (*[3]float64)(x[3*int(uint32(v[0])):]), (*[3]float64)(x[3*int(uint32(v[1])):]), (*[3]float64)(x[3*int(uint32(v[2])):])
		for k := range 3 {
			p, q, r := float32(a[k]), float32(b[k]), float32(c[k])
			g[BoxGroup*k+e%BoxGroup], g[BoxGroup*(k+3)+e%BoxGroup] = min(p, q, r), max(p, q, r)
		}
	}
}
