package render

// What lies behind cloth already drawn is left out: the outer sides of cloth come
// first, then the rest, of which the farthest sample of each block of pixels turns
// away what cannot be seen (Greene, Kass and Miller 1993, "Hierarchical Z-buffer
// visibility", of one level). The picture stays the same, because the nearest
// triangle of a sample does not depend on the order.

const (
	blockBits = 3 // 8x8 px: about the size of a triangle
	blockSide = 1 << blockBits
	tileRow   = tileSize / blockSide // blocks in a row of a tile
	// keySlack is beyond what rounding changes: 0.1 mm of 3 m.
	keySlack = 1 << (14 + idBits)
)

// farthest is the farthest sample of each block of a tile.
type farthest [tileRow * tileRow]key

// find looks at all samples of a tile; a block with an open one hides nothing.
func (f *farthest) find(seen *[tileSize * tileSize * samples]key) {
	for b := range f {
		at := (b/tileRow*blockSide*tileSize + b%tileRow*blockSide) * samples
		far := key(0)
		for y := 0; y < blockSide && far != nothing; y++ {
			for _, k := range seen[at+y*tileSize*samples:][:blockSide*samples] {
				far = max(far, k)
			}
		}
		f[b] = far
	}
}

// hides reports whether every sample of a triangle is behind what is seen. Its
// nearest corner stands for it, less what rounding may take off a key.
func (f *farthest) hides(t *tileBuf, a, b, c *screenVert, px, py int32) bool {
	x0, x1 := max(min(a.x, b.x, c.x)>>subBits-px, 0)>>blockBits, min(max(a.x, b.x, c.x)>>subBits-px, tileSize-1)>>blockBits
	y0, y1 := max(min(a.y, b.y, c.y)>>subBits-py, 0)>>blockBits, min(max(a.y, b.y, c.y)>>subBits-py, tileSize-1)>>blockBits
	near := t.keyOf(min(a.d, b.d, c.d)) - keySlack
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			if near <= f[y*tileRow+x] {
				return false
			}
		}
	}
	return true
}
