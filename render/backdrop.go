package render

import "encoding/binary"

// backdropAt is what is seen past all triangles: a paper wall that runs in a
// wide curve into the floor, lighter behind the subject, with the subject's
// soft shadow on the floor.
func (s *studio) backdropAt(f *floorShade, px, py float32, dir vec) vec {
	dx, dy := (px-s.cx)*s.perDiag, (py-s.cy)*s.perDiag
	c := s.backdrop.mul(1.03 - 0.13*(dx*dx+dy*dy))
	if dir.y > -1e-4 || s.eye.y <= s.floor {
		return c
	}
	t := (s.floor - s.eye.y) / dir.y
	x, z := s.eye.x+dir.x*t, s.eye.z+dir.z*t
	open := f.at(x, z)
	// Squared: the floor gets part of the key light too, which the subject
	// takes away with the sky.
	return c.mul(0.40 + 0.60*open*open)
}

// Most of a picture is backdrop, which is smooth: it is worked out at every
// eighth pixel of a row, or fourth of a small picture, in bytes, and runs
// straight between. The points at which the floor's shade is known lie further
// apart than that in a picture of a whole person.
const (
	backdropBits      = 3
	backdropBitsSmall = 2
	backdropSmall     = 640 // [px]
)

func (r *Renderer) setBackdrop(picture int) {
	r.backBits = backdropBits
	if picture < backdropSmall {
		r.backBits = backdropBitsSmall
	}
}

// shade is a colour as film gives it.
type shade [3]int32

// backdropShade is the backdrop in the middle of a pixel.
func (r *Renderer) backdropShade(x, y int) shade {
	sx, sy := float32(x)+0.5, float32(y)+0.5
	c := r.studio.backdropAt(&r.floor, sx, sy, r.ray(sx, sy))
	return shade{r.film(c.x), r.film(c.y), r.film(c.z)}
}

// backdropRow writes n pixels of a row from (x, y) on.
func (r *Renderer) backdropRow(out []uint8, n, x, y int) {
	step := 1 << r.backBits
	from := r.backdropShade(x, y)
	for k := 0; k < n; k += step {
		to := r.backdropShade(x+k+step, y)
		drawBackdrop(out[4*k:4*min(k+step, n)], y, r.backBits, &from, &to)
		from = to
	}
}

// drawBackdrop writes pixels of row y, the first at a multiple of the step,
// between its shade and that of the pixel a step of 1<<bits on.
func drawBackdrop(out []uint8, y, bits int, from, to *shade) {
	r, g, b, sh := from[0], from[1], from[2], uint(bits)&7
	dr, dg, db := (to[0]-r)>>sh, (to[1]-g)>>sh, (to[2]-b)>>sh
	for k := 0; len(out) >= 4; k++ {
		d := grainStep(k, y)
		binary.LittleEndian.PutUint32(out, uint32(r+d)>>16|uint32(g+d)>>8&0xff00|uint32(b+d)&0xff0000|0xff<<24)
		r, g, b, out = r+dr, g+dg, b+db, out[4:]
	}
}
