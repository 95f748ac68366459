package render

import "math"

// The three edge functions of a small triangle fit side by side into one word,
// which one sum moves from pixel to pixel and one mask asks for the sign of all
// (Lamport 1975, "Multiple byte processing with full-word instructions"). A
// function below zero borrows from the one above it, and then speaks for both:
// the triangle is missed whatever the other says.
const (
	edgeLane  = 21
	edgeSigns = 1<<(edgeLane-1) | 1<<(2*edgeLane-1) | 1<<(3*edgeLane-1)
	edgeMost  = 1 << (edgeLane - 1)
)

// fits reports whether the edge functions of a triangle in a box of so many
// 1/16 px stay in their lanes over its pixels: none is further than the box and
// a pixel on each side from a corner where it is 0.
func fits(wide, high int32) bool {
	if wide >= edgeMost>>8 || high >= edgeMost>>8 {
		return false
	}
	return 2*wide*high+2*subOne*(wide+high) < edgeMost-1
}

// laned are three edge functions side by side: a*x + b*y + c as ever.
type laned struct{ a, b, c int64 }

func (e *edges) laned() laned {
	return laned{
		e.a[0] + e.a[1]<<edgeLane + e.a[2]<<(2*edgeLane),
		e.b[0] + e.b[1]<<edgeLane + e.b[2]<<(2*edgeLane),
		e.c[0] + e.c[1]<<edgeLane + e.c[2]<<(2*edgeLane),
	}
}

// at are the edge functions at a place [1/16 px].
func (l *laned) at(x, y int64) int64 { return l.a*x + l.b*y + l.c }

// by is what they change over a distance.
func (l *laned) by(x, y int64) int64 { return l.a*x + l.b*y }

// drawSmall is drawSamples for a triangle that fits.
func drawSmall(buf *tileBuf, e *edges, id, px, py int32) {
	// 1. From a pixel's corner to its samples, and to the best of each function.
	l := e.laned()
	var o [samples]int64
	for k, s := range samplePlace {
		o[k] = l.by(int64(s[0]), int64(s[1]))
	}
	best := int64(0)
	for k := range 3 {
		a, b, m := e.a[k], e.b[k], int64(math.MinInt64)
		for _, s := range samplePlace {
			m = max(m, a*int64(s[0])+b*int64(s[1]))
		}
		best += m << (k * edgeLane)
	}
	sl := buf.slant(e, id)
	od := sl.offsets()
	o0, o1, o2, o3 := o[0], o[1], o[2], o[3]
	d0, d1, d2, d3 := od[0], od[1], od[2], od[3]
	// 2. Walk the box, a row at a time.
	row, rowKey := l.at(int64(e.x0)<<subBits, int64(e.y0)<<subBits), int64(sl.at)
	right, down := l.by(subOne, 0), l.by(0, subOne)
	at, wide := (int(e.y0-py)*tileSize+int(e.x0-px))*samples, int(e.x1-e.x0+1)*samples
	for range e.y1 - e.y0 + 1 {
		w, d := row, rowKey
		for line := buf.seen[at : at+wide]; len(line) >= samples; line = line[samples:] {
			// 3. A pixel none of whose samples can be inside is skipped.
			if (w+best)&edgeSigns == 0 {
				// 4. Outside, a key becomes that of nothing.
				line[0] = min(line[0], key(d+d0|-((w+o0)&edgeSigns)>>63))
				line[1] = min(line[1], key(d+d1|-((w+o1)&edgeSigns)>>63))
				line[2] = min(line[2], key(d+d2|-((w+o2)&edgeSigns)>>63))
				line[3] = min(line[3], key(d+d3|-((w+o3)&edgeSigns)>>63))
			}
			w, d = w+right, d+sl.dx
		}
		row, rowKey, at = row+down, rowKey+sl.dy, at+tileSize*samples
	}
}

// depthSmall is drawDepth for a triangle that fits.
func depthSmall(depth []float32, stride int, e *edges) {
	l := e.laned()
	row := l.at(int64(e.x0)<<subBits+subOne/2, int64(e.y0)<<subBits+subOne/2)
	right, down := l.by(subOne, 0), l.by(0, subOne)
	rowDepth := e.d0 + (e.dx+e.dy)/2
	for y := e.y0; y <= e.y1; y++ {
		w, d := row, rowDepth
		line := depth[int(y)*stride+int(e.x0) : int(y)*stride+int(e.x1)+1]
		for i := range line {
			z := math.Float32bits(d) | uint32(-(w&edgeSigns)>>63)
			line[i] = math.Float32frombits(min(math.Float32bits(line[i]), z))
			w, d = w+right, d+e.dx
		}
		row, rowDepth = row+down, rowDepth+e.dy
	}
}
