package render

import (
	"encoding/binary"
	"math/bits"
)

// The windows of shadow.go look at four taps at once: depths of 15 bits stand in
// words of four lanes, whose top bits catch the borrow of a subtraction (Lamport
// 1975, "Multiple byte processing with full-word instructions").

const (
	lanes   = 4
	laneTop = 1<<15 - 1
	spread  = 1 | 1<<16 | 1<<32 | 1<<48 // of a number over the lanes
	guards  = spread << 15
	// gather brings the lowest bits of four lanes together at gathered.
	gather   = 1<<48 | 1<<33 | 1<<18 | 1<<3
	gathered = 48
	// pairGuards are those of the last two taps of a row, which end in mid-word.
	pairGuards = (1 | 1<<16) << 15
)

// tapSizes are the maps of every pixel, every second and every fourth.
const tapSizes = 3

// farLevel is that of the widest window of shadow.go.
const farLevel = tapSizes - 1

// tapMap is a depth map in lanes, two bytes a pixel, as a whole and thinned out.
type tapMap struct {
	at        [tapSizes][]uint8
	from, per float32                  // depth 0 [m], steps per metre
	tent      [shadowTaps]incline      // weights of the taps of a row
	rows      [1 << shadowTaps]incline // of all lit taps of a row, by their bits
}

// incline is a weight as it changes with where a window stands between two
// pixels, from 0 to 1: the sides of a tent are straight.
type incline struct{ from, by float32 }

// reset prepares for the depths of a view of the scene.
func (t *tapMap) reset(size int, reach float32) {
	const pad = 2 * 2 * lanes // words are read beyond the last row's end
	for k := range t.at {
		t.at[k] = grow(t.at[k], 2*(size>>k)*(size>>k)+pad)
	}
	// The view stands two radii before the middle; slanted planes run out a little.
	t.from, t.per = 0.5*reach, laneTop/(3*reach)
	const top, sum = shadowTaps / 2, shadowTaps * shadowTaps / 4
	for k := range t.tent {
		if k < top {
			t.tent[k] = incline{float32(k+1) / sum, -1. / sum}
		} else {
			t.tent[k] = incline{float32(shadowTaps-1-k) / sum, 1. / sum}
		}
	}
	for lit := range t.rows {
		t.rows[lit] = incline{}
		for k, w := range t.tent {
			if lit>>k&1 == 1 {
				t.rows[lit].from += w.from
				t.rows[lit].by += w.by
			}
		}
	}
}

// takeEmpty notes a tile with nothing in it.
func (t *tapMap) takeEmpty(size, px, py int) {
	const far = laneTop * spread
	for k := range t.at {
		side, wide := size>>k, tileSize>>k
		for y := range wide {
			row := t.at[k][2*((py>>k+y)*side+px>>k):][:2*wide]
			for i := 0; i < len(row); i += 2 * lanes {
				binary.LittleEndian.PutUint64(row[i:], far)
			}
		}
	}
}

// take copies a tile of a depth map.
func (t *tapMap) take(m *depthMap, px, py int) {
	for y := range tileSize {
		row := m.d[(py+y)*m.size+px:][:tileSize]
		dst := t.at[0][2*((py+y)*m.size+px):][:2*tileSize]
		for i, d := range row {
			binary.LittleEndian.PutUint16(dst[2*i:], uint16(max(0, min(laneTop, (d-t.from)*t.per))))
		}
	}
	for k := 1; k < tapSizes; k++ {
		side, wide := m.size>>k, tileSize>>k
		for y := range wide {
			src := t.at[k-1][2*((py>>(k-1)+2*y)*2*side+px>>(k-1)):][:4*wide]
			dst := t.at[k][2*((py>>k+y)*side+px>>k):][:2*wide]
			for i := range wide {
				copy(dst[2*i:2*i+2], src[4*i:])
			}
		}
	}
}

// taps are what is known of the taps of a window.
type taps struct {
	// over are their depths less the plane's, above the guard, row by row.
	over [shadowTaps][2]uint64
}

// ask compares a window with every 1<<level-th pixel of the map; fx and fy are
// where it stands between two of them. All is true where all taps are lit, and
// where the window leaves the map.
func (t *tapMap) ask(f *taps, w *shadowWindow, size int, level uint) (fx, fy float32, all bool) {
	level %= tapSizes
	stride := float32(int32(1) << level)
	per := 1 / stride
	x, y := w.x*per, w.y*per
	ix, iy := floor32(x), floor32(y)
	const r = shadowTaps/2 - 1
	side := size >> level
	if ix < r || iy < r || ix+r+1 >= side || iy+r+1 >= side {
		return 0, 0, true
	}
	fx, fy = x-float32(ix), y-float32(iy)
	// 1. The plane in steps, at the first tap and its change from tap to tap; a
	// wide window meets more of a curved surface, so it keeps off further.
	perTap := stride * t.per
	gx, gy := w.gx*perTap, w.gy*perTap
	z := (w.depth-shadowBias/2*stride-t.from)*t.per - gx*(r+fx) - gy*(r+fy)
	if rim := (shadowTaps - 1) * (abs32(gx) + abs32(gy)); !(z > rim && z < laneTop-1-rim) {
		return 0, 0, true // far out of the scene
	}
	head := uint64(int64(z) | int64(z+gx)<<16 | int64(z+2*gx)<<32 | int64(z+3*gx)<<48)
	tail := uint64(int64(z+4*gx) | int64(z+5*gx)<<16)
	// 2. A borrow takes the guard of its lane.
	tex := t.at[level]
	at := 2 * ((iy-r)*side + ix - r)
	lit, ends := uint64(guards), uint64(pairGuards)
	for j := range shadowTaps {
		row := tex[at : at+4*lanes]
		down := uint64(int64(float32(j)*gy)) * spread
		a := (binary.LittleEndian.Uint64(row) | guards) - (head + down)
		b := (binary.LittleEndian.Uint64(row[8:]) | guards) - (tail + uint64(uint32(down)))
		f.over[j] = [2]uint64{a, b}
		lit, ends = lit&a, ends&b
		at += 2 * side
	}
	return fx, fy, lit == guards && ends == pairGuards
}

// lit are the taps of a row that are lit, a bit for each.
func (f *taps) lit(row int) uint64 {
	a, b := f.over[row][0], f.over[row][1]
	return (a>>15&spread)*gather>>gathered&15 | b>>11&16 | b>>26&32
}

// share is the part of light through a tent-shaped window that moves with the
// point, so borders are smooth.
func (t *tapMap) share(f *taps, fx, fy float32) (s float32) {
	for j := range f.over {
		row := &t.rows[f.lit(j)%uint64(len(t.rows))]
		s += (t.tent[j].from + fy*t.tent[j].by) * (row.from + fx*row.by)
	}
	return s
}

// gap is how far off what takes the light away is on average [m].
func (t *tapMap) gap(f *taps) float32 {
	const pairs = 0x0000ffff0000ffff // two lanes have room for the sum of all
	dark, sum := 0, uint64(0)
	for _, over := range f.over {
		for k, v := range over {
			of := ^v & guards
			if k == 1 {
				of &= pairGuards
			}
			dark += bits.OnesCount64(of)
			off := (guards - v&^guards) & (of - of>>15)
			sum += off&pairs + off>>16&pairs
		}
	}
	if dark == 0 {
		return 0
	}
	return float32(sum&(1<<32-1)+sum>>32) / (float32(dark) * t.per)
}
