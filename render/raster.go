package render

import "math"

// samples of one pixel: a rotated grid, so that edges near the horizontal and
// the vertical, where stairs show most, pass four distinct steps.
const samples = 4

// samplePlace are the samples' places in a pixel [1/16 px].
var samplePlace = [samples][2]int32{{6, 2}, {14, 6}, {2, 10}, {10, 14}}

const (
	noTri = int32(-1)
	// farAway is deeper than every depth of project.go.
	farAway = float32(1e30)
)

// key is what a sample shows: the depth of the nearest triangle above, its
// number below, in one word, so that the nearer of two is the smaller and no
// branch decides. Equal depths show the lower number, whichever was drawn first.
type key uint64

const (
	idBits  = 26 // of twice a triangle's number and its side
	nothing = ^key(0)
	// keyDepth is the scale of the whole part of a depth of 1/near, keyMost what a
	// depth may change in a pixel: with a tile's width of it, no sliver overflows
	// the 38 bits.
	keyDepth = 1 << 35
	keyMost  = 1 << 30
)

// id of the triangle and its side, noTri for none.
func (k key) id() int32 {
	if k == nothing {
		return noTri
	}
	return int32(k & (1<<idBits - 1))
}

// maxLoaded bounds the triangles that a key can number.
const maxLoaded = 1<<(idBits-1) - 1

// tileBuf is what one worker knows of the tile it draws: the nearest triangle
// at each sample.
type tileBuf struct {
	seen   [tileSize * tileSize * samples]key
	unit   float32  // of a key's depth in that of project.go, the other way round
	later  []int32  // entries of the bins that wait for hidden.go
	behind farthest // of what was drawn before them
	// facets of the triangles met last, by the last bits of their number
	facets [1 << facetBits]facet
}

func (t *tileBuf) clear(near float32) {
	for i := range t.seen {
		t.seen[i] = nothing
	}
	t.unit = near * keyDepth
}

// keyOf a depth, with no number.
func (t *tileBuf) keyOf(depth float32) key { return key(int64(depth*t.unit)+1<<(63-idBits)) << idBits }

// depth of a key as project.go has it.
func (t *tileBuf) depth(k key) float32 {
	return float32(int64(k>>idBits)-1<<(63-idBits)) / t.unit
}

// edges is a triangle as three edge functions a*x + b*y + c >= 0 in 1/16 px
// and a plane of depth (Pineda 1988, "A parallel algorithm for polygon
// rasterization"). Functions are integers: two triangles of one edge get
// exactly opposite values, and the top-left rule gives a sample on the edge to
// exactly one of them.
type edges struct {
	a, b, c        [3]int64
	x0, y0, x1, y1 int32 // box in pixels, inclusive
	dx, dy, d0     float32
	// d0 is the depth at the corner (x0, y0) of the box; dx and dy its change
	// per pixel.
	small bool // its functions fit in lanes.go
}

// setEdges prepares a triangle within the pixels of clip (x0, y0, x1, y1
// inclusive); false when nothing of it can be hit.
func setEdges(e *edges, a, b, c *screenVert, cx0, cy0, cx1, cy1 int32) bool {
	area := int64(b.x-a.x)*int64(c.y-a.y) - int64(b.y-a.y)*int64(c.x-a.x)
	if area == 0 {
		return false
	}
	if area < 0 { // both sides of a triangle are drawn
		b, c, area = c, b, -area
	}
	x0, x1, y0, y1 := min(a.x, b.x, c.x), max(a.x, b.x, c.x), min(a.y, b.y, c.y), max(a.y, b.y, c.y)
	e.small = fits(x1-x0, y1-y0)
	e.x0, e.x1 = max(x0>>subBits, cx0), min(x1>>subBits, cx1)
	e.y0, e.y1 = max(y0>>subBits, cy0), min(y1>>subBits, cy1)
	if e.x0 > e.x1 || e.y0 > e.y1 {
		return false
	}
	v := [4]*screenVert{b, c, a, b}
	for k := range 3 {
		p, q := v[k], v[k+1]
		e.a[k], e.b[k] = int64(p.y-q.y), int64(q.x-p.x)
		e.c[k] = -e.a[k]*int64(p.x) - e.b[k]*int64(p.y)
		if !(e.a[k] > 0 || (e.a[k] == 0 && e.b[k] > 0)) {
			e.c[k]-- // not a top or left edge: samples on it belong to the neighbour
		}
	}
	inv := 1 / float32(area)
	db, dc := b.d-a.d, c.d-a.d // differences first: a far triangle keeps its digits
	gx := (float32(float32(e.a[1])*db) + float32(float32(e.a[2])*dc)) * inv
	gy := (float32(float32(e.b[1])*db) + float32(float32(e.b[2])*dc)) * inv
	e.d0 = a.d + float32(gx*float32(e.x0<<subBits-a.x)) + float32(gy*float32(e.y0<<subBits-a.y))
	e.dx, e.dy = gx*subOne, gy*subOne
	return true
}

// slant is how the key of a triangle runs over a tile: its value at the corner
// of the box and its change per pixel.
type slant struct {
	at     key
	dx, dy int64
}

func (t *tileBuf) slant(e *edges, id int32) slant {
	fixed := func(x float32) int64 { return int64(kept(x*t.unit, -keyMost, keyMost)) }
	depth := int64(kept(e.d0*t.unit, -2*keyDepth, 2*keyDepth))
	return slant{key(depth+1<<(63-idBits))<<idBits | key(id), fixed(e.dx) << idBits, fixed(e.dy) << idBits}
}

// of the samples of a pixel, how far each one's key is from the pixel's.
func (s *slant) offsets() (d [samples]int64) {
	for k, at := range samplePlace {
		d[k] = (s.dx>>subBits*int64(at[0]) + s.dy>>subBits*int64(at[1])) &^ (1<<idBits - 1)
	}
	return
}

// drawSamples gives the triangle every sample of the tile at pixel (px, py)
// that it covers and where it is nearest.
func drawSamples(buf *tileBuf, e *edges, id, px, py int32) {
	if e.small {
		drawSmall(buf, e, id, px, py)
		return
	}
	// 1. Offsets of the four samples from the pixel's corner.
	var o0, o1, o2 [samples]int64
	for k, s := range samplePlace {
		x, y := int64(s[0]), int64(s[1])
		o0[k] = e.a[0]*x + e.b[0]*y
		o1[k] = e.a[1]*x + e.b[1]*y
		o2[k] = e.a[2]*x + e.b[2]*y
	}
	m0 := max(o0[0], o0[1], o0[2], o0[3])
	m1 := max(o1[0], o1[1], o1[2], o1[3])
	m2 := max(o2[0], o2[1], o2[2], o2[3])
	sl := buf.slant(e, id)
	od := sl.offsets()
	// 2. Walk the box, a row at a time.
	x, y := int64(e.x0)<<subBits, int64(e.y0)<<subBits
	r0 := e.a[0]*x + e.b[0]*y + e.c[0]
	r1 := e.a[1]*x + e.b[1]*y + e.c[1]
	r2 := e.a[2]*x + e.b[2]*y + e.c[2]
	rd := int64(sl.at)
	a0, a1, a2 := e.a[0]<<subBits, e.a[1]<<subBits, e.a[2]<<subBits
	for y := e.y0; y <= e.y1; y++ {
		w0, w1, w2, d := r0, r1, r2, rd
		o := (int(y-py)*tileSize + int(e.x0-px)) * samples
		for x := e.x0; x <= e.x1; x++ {
			// 3. A pixel none of whose samples can be inside is skipped.
			if (w0+m0)|(w1+m1)|(w2+m2) >= 0 {
				p := (*[samples]key)(buf.seen[o:])
				// 4. Outside, a key becomes that of nothing.
				p[0] = min(p[0], key(d+od[0])|key(((w0+o0[0])|(w1+o1[0])|(w2+o2[0]))>>63))
				p[1] = min(p[1], key(d+od[1])|key(((w0+o0[1])|(w1+o1[1])|(w2+o2[1]))>>63))
				p[2] = min(p[2], key(d+od[2])|key(((w0+o0[2])|(w1+o1[2])|(w2+o2[2]))>>63))
				p[3] = min(p[3], key(d+od[3])|key(((w0+o0[3])|(w1+o1[3])|(w2+o2[3]))>>63))
			}
			w0, w1, w2, d = w0+a0, w1+a1, w2+a2, d+sl.dx
			o += samples
		}
		r0, r1, r2, rd = r0+e.b[0]<<subBits, r1+e.b[1]<<subBits, r2+e.b[2]<<subBits, rd+sl.dy
	}
}

// drawDepth keeps the nearest depth at the middle of each pixel; depths are
// positive, since a parallel view stands before the scene.
func drawDepth(depth []float32, stride int, e *edges) {
	if e.small {
		depthSmall(depth, stride, e)
		return
	}
	x, y := int64(e.x0)<<subBits+subOne/2, int64(e.y0)<<subBits+subOne/2
	r0 := e.a[0]*x + e.b[0]*y + e.c[0]
	r1 := e.a[1]*x + e.b[1]*y + e.c[1]
	r2 := e.a[2]*x + e.b[2]*y + e.c[2]
	rd := e.d0 + (e.dx+e.dy)/2
	a0, a1, a2 := e.a[0]<<subBits, e.a[1]<<subBits, e.a[2]<<subBits
	for y := e.y0; y <= e.y1; y++ {
		w0, w1, w2, d := r0, r1, r2, rd
		row := depth[int(y)*stride+int(e.x0) : int(y)*stride+int(e.x1)+1]
		for i := range row {
			// Positive depths compare as their bits do; outside, those become
			// more than any.
			z := math.Float32bits(d) | uint32((w0|w1|w2)>>63)
			row[i] = math.Float32frombits(min(math.Float32bits(row[i]), z))
			w0, w1, w2, d = w0+a0, w1+a1, w2+a2, d+e.dx
		}
		r0, r1, r2, rd = r0+e.b[0]<<subBits, r1+e.b[1]<<subBits, r2+e.b[2]<<subBits, rd+e.dy
	}
}
