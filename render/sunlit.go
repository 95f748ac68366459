package render

import "encoding/binary"

// Most points of a picture that face the key light lie full in it, every tap of
// shadow.go's windows free. That is found out by four taps at once: depths of 15
// bits stand in words of four lanes, whose top bits catch the borrow of a
// subtraction (Lamport 1975, "Multiple byte processing with full-word
// instructions"). Both depths are rounded toward shadow, so who is called sunlit
// is so by shadow.go too, and what is not is asked there.

const (
	lanes   = 4
	laneTop = 1<<15 - 1
	spread  = 1 | 1<<16 | 1<<32 | 1<<48 // of a number over the lanes
	guards  = spread << 15
	// pairGuards are those of the last two taps of a row, which end in mid-word.
	pairGuards = (1 | 1<<16) << 15
	farBits    = 2 // of the widest window of shadow.go
	farStride  = 1 << farBits
)

// sunlit is a depth map in words, whole and at every farStride-th pixel, two
// bytes a pixel.
type sunlit struct {
	near, far []uint8
	from, per float32 // depth 0 [m], steps per metre
}

// reset prepares for the depths of a view of the scene.
func (s *sunlit) reset(size int, reach float32) {
	const pad = 2 * 2 * lanes // words are read beyond the last row's end
	s.near = grow(s.near, 2*size*size+pad)
	s.far = grow(s.far, 2*(size/farStride)*(size/farStride)+pad)
	// The view stands two radii before the middle; slanted planes run out a little.
	s.from, s.per = 0.75*reach, laneTop/(2.5*reach)
}

// takeEmpty notes a tile with nothing in it.
func (s *sunlit) takeEmpty(size, px, py int) {
	const far = laneTop * spread
	for y := py; y < py+tileSize; y++ {
		row := s.near[2*(y*size+px):][:2*tileSize]
		for k := 0; k < len(row); k += 2 * lanes {
			binary.LittleEndian.PutUint64(row[k:], far)
		}
		if y%farStride == 0 {
			row := s.far[2*(y/farStride*(size/farStride)+px/farStride):][:2*tileSize/farStride]
			binary.LittleEndian.PutUint64(row, far)
			binary.LittleEndian.PutUint64(row[8:], far)
		}
	}
}

// take copies a tile of a depth map.
func (s *sunlit) take(m *depthMap, px, py int) {
	for y := py; y < py+tileSize; y++ {
		row := m.d[y*m.size+px:][:tileSize]
		dst := s.near[2*(y*m.size+px):][:2*tileSize]
		for i, d := range row {
			binary.LittleEndian.PutUint16(dst[2*i:], s.step(d))
		}
		if y%farStride != 0 {
			continue
		}
		far := s.far[2*(y/farStride*(m.size/farStride)+px/farStride):]
		for i := 0; i < tileSize; i += farStride {
			binary.LittleEndian.PutUint16(far[2*(i/farStride):], s.step(row[i]))
		}
	}
}

func (s *sunlit) step(d float32) uint16 {
	return uint16(max(0, min(laneTop, (d-s.from)*s.per)))
}

// all reports that the whole window over every 1<<bits-th pixel is lit; tex is
// near or far. False may mean not known.
func (s *sunlit) all(w *shadowWindow, size int, bits uint, tex []uint8) bool {
	bits &= 3
	stride := float32(int32(1) << bits)
	per := 1 / stride
	x, y := w.x*per, w.y*per
	ix, iy := floor32(x), floor32(y)
	const r = shadowTaps/2 - 1
	side := size >> bits
	if ix < r || iy < r || ix+r+1 >= side || iy+r+1 >= side {
		return true
	}
	// 1. The plane in steps, at the first tap and its change from tap to tap.
	perTap := stride * s.per
	gx, gy := w.gx*perTap, w.gy*perTap
	z := (w.depth-shadowBias/2*stride-s.from)*s.per - gx*(r+x-float32(ix)) - gy*(r+y-float32(iy))
	lo, hi := z, z
	for _, g := range [2]float32{gx, gy} {
		if g < 0 {
			lo += g * (shadowTaps - 1)
		} else {
			hi += g * (shadowTaps - 1)
		}
	}
	if !(lo >= 2 && hi <= laneTop-4) {
		return false
	}
	// Rounded up by one to two steps.
	z += 2
	first := uint64(int64(z) | int64(z+gx)<<16 | int64(z+2*gx)<<32 | int64(z+3*gx)<<48)
	last := uint64(int64(z+4*gx) | int64(z+5*gx)<<16)
	// 2. A borrow takes the guard of its lane.
	free, ends := uint64(guards), uint64(pairGuards)
	at := 2 * ((iy-r)*side + ix - r)
	for j := range shadowTaps {
		row := tex[at : at+4*lanes]
		down := uint64(int64(float32(j)*gy)) * spread
		free &= binary.LittleEndian.Uint64(row) | guards - (first + down)
		ends &= binary.LittleEndian.Uint64(row[8:]) | guards - (last + uint64(uint32(down)))
		at += 2 * side
	}
	return free == guards && ends == pairGuards
}
