package render

import (
	"image"
	"math/bits"
)

// texture is a tiling picture with its mip levels (Williams 1983, "Pyramidal
// parametrics"): without them a fine check shimmers from frame to frame. Side
// is a power of two; texels are linear light, 16 bits a channel, so that
// averages keep the brightness.
type texture struct {
	bits   int // side = 1 << bits
	levels [][][3]uint16
}

func newTexture(img *image.NRGBA) *texture {
	side := img.Rect.Dx()
	t := &texture{bits: bits.Len(uint(side)) - 1}
	base := make([][3]uint16, side*side)
	for i := range base {
		for c := range 3 {
			base[i][c] = uint16(fromSRGB(float64(img.Pix[(i/side)*img.Stride+(i%side)*4+c])/255)*65535 + 0.5)
		}
	}
	t.levels = append(t.levels, base)
	for s := side / 2; s > 0; s /= 2 {
		prev := t.levels[len(t.levels)-1]
		next := make([][3]uint16, s*s)
		for i := range next {
			o := (i/s)*4*s + (i%s)*2
			for c := range 3 {
				sum := uint32(prev[o][c]) + uint32(prev[o+1][c]) + uint32(prev[o+2*s][c]) + uint32(prev[o+2*s+1][c])
				next[i][c] = uint16((sum + 2) / 4)
			}
		}
		t.levels = append(t.levels, next)
	}
	return t
}

// at returns the colour at (u, v) in repeats, averaged over a footprint given
// in repeats: bilinear in two levels and linear between them.
func (t *texture) at(u, v, footprint float32) vec {
	lod := log2(footprint * float32(int(1)<<t.bits))
	lod = kept(lod, 0, float32(t.bits))
	k := int(lod)
	c := t.bilinear(k, u, v)
	if f := lod - float32(k); f > 0 && k < t.bits {
		c = c.lerp(t.bilinear(k+1, u, v), f)
	}
	return c
}

func (t *texture) bilinear(level int, u, v float32) vec {
	side := 1 << (t.bits - level)
	x, y := u*float32(side)-0.5, (1-v)*float32(side)-0.5
	ix, iy := floor32(x), floor32(y)
	fx, fy := x-float32(ix), y-float32(iy)
	m := side - 1
	tex := t.levels[level]
	x0, x1, y0, y1 := ix&m, (ix+1)&m, (iy&m)*side, ((iy+1)&m)*side
	a, b, c, d := &tex[y0+x0], &tex[y0+x1], &tex[y1+x0], &tex[y1+x1]
	w00, w10, w01, w11 := (1-fx)*(1-fy), fx*(1-fy), (1-fx)*fy, fx*fy
	const s = 1.0 / 65535
	return vec{
		s * (float32(a[0])*w00 + float32(b[0])*w10 + float32(c[0])*w01 + float32(d[0])*w11),
		s * (float32(a[1])*w00 + float32(b[1])*w10 + float32(c[1])*w01 + float32(d[1])*w11),
		s * (float32(a[2])*w00 + float32(b[2])*w10 + float32(c[2])*w01 + float32(d[2])*w11),
	}
}
