package render

import "fitroom/geometry"

const (
	tileBits = 5
	tileSize = 1 << tileBits // 32x32 px: samples of one tile (32 kB) stay in the L1/L2 cache
)

// bins lists, for each tile, the triangles whose box touches it, in triangle
// order: a counting sort over (tile, block of triangles).
type bins struct {
	tw, th int // tiles across and down
	w, h   int // [px]
	blocks int
	count  []int32 // per block and tile; after offsets: where the block writes next
	start  []int32 // per tile, one more
	list   []int32 // triangle, or len(tris)+k for clipped piece k
	boxes  []box   // of triangles and pieces, in the numbers of list
}

// box are the tiles that a triangle's box touches, first and last.
type box struct{ x0, y0, x1, y1 uint8 }

// noTiles is the box of what is not seen.
var noTiles = box{x0: 1}

// A tile's number fits a byte.
var _ [1<<8 - maxSide/tileSize]struct{}

func (b *bins) reset(w, h, tris, pieces int) {
	b.w, b.h = w, h
	b.tw, b.th = (w+tileSize-1)>>tileBits, (h+tileSize-1)>>tileBits
	b.blocks = blocks(tris) + blocks(pieces)
	b.count = grow(b.count, b.blocks*b.tw*b.th)
	b.start = grow(b.start, b.tw*b.th+1)
	b.boxes = grow(b.boxes, tris+pieces)
	clear(b.count)
}

// tiles returns the tiles a triangle's box touches.
func (b *bins) tiles(p, q, r *screenVert) box {
	if p.off || q.off || r.off {
		return noTiles
	}
	x0, x1 := min(p.x, q.x, r.x)>>subBits, max(p.x, q.x, r.x)>>subBits
	y0, y1 := min(p.y, q.y, r.y)>>subBits, max(p.y, q.y, r.y)>>subBits
	if x1 < 0 || y1 < 0 || x0 >= int32(b.w) || y0 >= int32(b.h) {
		return noTiles
	}
	return box{
		uint8(max(x0, 0) >> tileBits), uint8(max(y0, 0) >> tileBits),
		uint8(min(x1, int32(b.w)-1) >> tileBits), uint8(min(y1, int32(b.h)-1) >> tileBits),
	}
}

// countTris notes the tiles of one block of triangles; of culled objects those
// that face away are left out.
func (b *bins) countTris(block int, placed []screenVert, tris []geometry.Tri, obj []uint8, culled []bool) {
	boxes := blockOf(b.boxes[:len(tris)], block)
	for i, t := range blockOf(tris, block) {
		p, q, r := &placed[t[0]], &placed[t[1]], &placed[t[2]]
		if culled[obj[block*blockSize+i]] && away(p, q, r) {
			boxes[i] = noTiles
			continue
		}
		boxes[i] = b.tiles(p, q, r)
	}
	b.countBoxes(block, boxes)
}

// countPieces notes the tiles of one block of clipped pieces.
func (b *bins) countPieces(block, of int, pieces []clipped) {
	boxes := blockOf(b.boxes[len(b.boxes)-len(pieces):], of)
	for i := range blockOf(pieces, of) {
		c := &pieces[of*blockSize+i]
		boxes[i] = b.tiles(&c.v[0], &c.v[1], &c.v[2])
	}
	b.countBoxes(block, boxes)
}

func (b *bins) countBoxes(block int, boxes []box) {
	n := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for _, t := range boxes {
		for y := int(t.y0); y <= int(t.y1); y++ {
			for x := int(t.x0); x <= int(t.x1); x++ {
				n[y*b.tw+x]++
			}
		}
	}
}

// offsets turns counts into places of the list.
func (b *bins) offsets() {
	n, sum := b.tw*b.th, int32(0)
	for t := range n {
		b.start[t] = sum
		for k := range b.blocks {
			c := &b.count[k*n+t]
			*c, sum = sum, sum+*c
		}
	}
	b.start[n] = sum
	b.list = grow(b.list, int(sum))
}

// fill lists a block of entries, the first of which has the number given.
func (b *bins) fill(block, first int, boxes []box) {
	at := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for i, t := range boxes {
		for y := int(t.y0); y <= int(t.y1); y++ {
			for x := int(t.x0); x <= int(t.x1); x++ {
				k := &at[y*b.tw+x]
				b.list[*k] = int32(first + i)
				*k++
			}
		}
	}
}

func blockOf[T any](s []T, block int) []T {
	return s[block*blockSize : min((block+1)*blockSize, len(s))]
}

// grow returns a slice of length n, keeping the memory of s when it suffices.
// What it holds is undefined.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4) // spare, so that a turning camera soon stops allocating
	}
	return s[:n]
}
