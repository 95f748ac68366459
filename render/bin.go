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
}

func (b *bins) reset(w, h, tris, pieces int) {
	b.w, b.h = w, h
	b.tw, b.th = (w+tileSize-1)>>tileBits, (h+tileSize-1)>>tileBits
	b.blocks = blocks(tris) + blocks(pieces)
	b.count = grow(b.count, b.blocks*b.tw*b.th)
	b.start = grow(b.start, b.tw*b.th+1)
	clear(b.count)
}

// tiles returns the range of tiles a triangle's box touches; empty when x1 < x0.
func (b *bins) tiles(p, q, r *screenVert) (x0, y0, x1, y1 int32) {
	if p.off || q.off || r.off {
		return 0, 0, -1, -1
	}
	x0, x1 = min(p.x, q.x, r.x)>>subBits, max(p.x, q.x, r.x)>>subBits
	y0, y1 = min(p.y, q.y, r.y)>>subBits, max(p.y, q.y, r.y)>>subBits
	if x1 < 0 || y1 < 0 || x0 >= int32(b.w) || y0 >= int32(b.h) {
		return 0, 0, -1, -1
	}
	x0, y0 = max(x0, 0)>>tileBits, max(y0, 0)>>tileBits
	x1, y1 = min(x1, int32(b.w)-1)>>tileBits, min(y1, int32(b.h)-1)>>tileBits
	return
}

// countTris counts the tiles of one block of triangles; of culled objects those
// that face away are left out.
func (b *bins) countTris(block int, placed []screenVert, tris []geometry.Tri, obj []uint8, culled []bool) {
	n := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for i, t := range blockOf(tris, block) {
		if culled[obj[block*blockSize+i]] && away(&placed[t[0]], &placed[t[1]], &placed[t[2]]) {
			continue
		}
		x0, y0, x1, y1 := b.tiles(&placed[t[0]], &placed[t[1]], &placed[t[2]])
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				n[int(y)*b.tw+int(x)]++
			}
		}
	}
}

// countPieces counts the tiles of one block of clipped pieces.
func (b *bins) countPieces(block, of int, pieces []clipped) {
	n := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for i := range blockOf(pieces, of) {
		c := &pieces[of*blockSize+i]
		x0, y0, x1, y1 := b.tiles(&c.v[0], &c.v[1], &c.v[2])
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				n[int(y)*b.tw+int(x)]++
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

func (b *bins) fillTris(block int, placed []screenVert, tris []geometry.Tri, obj []uint8, culled []bool) {
	at := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for i, t := range blockOf(tris, block) {
		if culled[obj[block*blockSize+i]] && away(&placed[t[0]], &placed[t[1]], &placed[t[2]]) {
			continue
		}
		x0, y0, x1, y1 := b.tiles(&placed[t[0]], &placed[t[1]], &placed[t[2]])
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				k := &at[int(y)*b.tw+int(x)]
				b.list[*k] = int32(block*blockSize + i)
				*k++
			}
		}
	}
}

func (b *bins) fillPieces(block, of, tris int, pieces []clipped) {
	at := b.count[block*b.tw*b.th:][:b.tw*b.th]
	for i := range blockOf(pieces, of) {
		c := &pieces[of*blockSize+i]
		x0, y0, x1, y1 := b.tiles(&c.v[0], &c.v[1], &c.v[2])
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				k := &at[int(y)*b.tw+int(x)]
				b.list[*k] = int32(tris + of*blockSize + i)
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
