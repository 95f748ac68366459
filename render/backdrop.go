package render

import "encoding/binary"

// backdropAt is what is seen past all triangles: a paper wall that runs in a
// wide curve into the floor, lighter behind the subject, with what the subject
// takes of the sky's and of the key light on the floor.
func (r *Renderer) backdropAt(px, py float32, dir vec) vec {
	s := &r.studio
	dx, dy := (px-s.cx)*s.perDiag, (py-s.cy)*s.perDiag
	c := s.backdrop.mul(1.03 - 0.10*(dx*dx+dy*dy))
	if dir.y > -1e-4 || s.eye.y <= s.floor {
		return c
	}
	t := (s.floor - s.eye.y) / dir.y
	x, z := s.eye.x+dir.x*t, s.eye.z+dir.z*t
	open := r.floor.at(x, z)
	return c.mul((0.60 + 0.40*open*open) * r.cast.at(x, z))
}

// Most of a picture is backdrop, which is smooth: it is worked out at every
// eighth pixel of every eighth row, or at cells as much smaller as the picture
// is, in bytes, and runs straight between. The points at which the floor's shade
// is known lie further apart than that in a picture of a whole person.
const (
	backdropBits  = 3
	backdropCells = 120 // at least, along the longer side
)

// backdrop holds the shades of a frame's backdrop at the corners of its cells,
// which are 1<<bits pixels wide and high.
type backdrop struct {
	bits uint
	wide int // corners in a row
	at   []shade
	// grains of a row by the last bits of its number, and of its pixels
	grains [4][7]shade
}

// shade is a colour as film gives it, its channels in lanes of one word, so that
// one sum moves all three. A corner has backdropFine-2*bits digits below the byte,
// so that the whole steps of two weights bring it to backdropFine.
type shade uint64

const (
	shadeLane    = 21 // a byte and its fraction
	backdropFine = shadeLane - 8
	shadeOnes    = 1 | 1<<shadeLane | 1<<(2*shadeLane)
)

// reset prepares for a picture of w x h px.
func (b *backdrop) reset(w, h int) {
	b.bits = backdropBits
	for b.bits > 0 && max(w, h)>>b.bits < backdropCells {
		b.bits--
	}
	b.wide = (w-1)>>b.bits + 2
	b.at = grow(b.at, b.wide*((h-1)>>b.bits+2))
	for y := range b.grains {
		for x := range b.grains[y] {
			b.grains[y][x] = shade(grainStep(x, y)>>(16-backdropFine)) * shadeOnes
		}
	}
}

// backdropCorners works out a row of corners.
func (r *Renderer) backdropCorners(_, row int) {
	b := &r.back
	digits := backdropFine - 2*b.bits
	for k := range b.wide {
		c := r.backdropFilm(k<<b.bits, row<<b.bits)
		b.at[row*b.wide+k] = shade(c[0]>>(16-digits)) | shade(c[1]>>(16-digits))<<shadeLane | shade(c[2]>>(16-digits))<<(2*shadeLane)
	}
}

// backdropFilm is the backdrop in the middle of a pixel, as film gives it.
func (r *Renderer) backdropFilm(x, y int) [3]int32 {
	sx, sy := float32(x)+0.5, float32(y)+0.5
	c := r.backdropAt(sx, sy, r.ray(sx, sy))
	return [3]int32{r.film(c.x), r.film(c.y), r.film(c.z)}
}

// backdropRow writes pixels of row y from x on, a multiple of the cell's side.
func (r *Renderer) backdropRow(out []uint8, x, y int) {
	b := &r.back
	cell := 1 << b.bits
	k, w := (y>>b.bits)*b.wide+x>>b.bits, shade(y&(cell-1))
	above, below := b.at[k:], b.at[k+b.wide:]
	from := above[0]*(shade(cell)-w) + below[0]*w
	for i := 1; len(out) > 0; i++ {
		to := above[i]*(shade(cell)-w) + below[i]*w
		n := min(4*cell, len(out))
		drawBackdrop(out[:n], (*[4]shade)(b.grains[y&3][x&3:]), from<<b.bits, to-from)
		from, out, x = to, out[n:], x+cell
	}
}

// drawBackdrop writes pixels from a shade on by a step; grains are those of the
// first four.
func drawBackdrop(out []uint8, grains *[4]shade, at, step shade) {
	for len(out) >= 16 {
		binary.LittleEndian.PutUint64(out, (at+grains[0]).pixel()|(at+step+grains[1]).pixel()<<32)
		at += 2 * step
		binary.LittleEndian.PutUint64(out[8:], (at+grains[2]).pixel()|(at+step+grains[3]).pixel()<<32)
		at, out = at+2*step, out[16:]
	}
	for k := 0; len(out) >= 4; k++ {
		binary.LittleEndian.PutUint32(out, uint32((at + grains[k&3]).pixel()))
		at, out = at+step, out[4:]
	}
}

// pixel are the four bytes of a shade.
func (c shade) pixel() uint64 {
	return uint64(c>>backdropFine&0xff | c>>(shadeLane+backdropFine-8)&0xff00 | c>>(2*shadeLane+backdropFine-16)&0xff0000 | 0xff<<24)
}
