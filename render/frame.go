package render

import (
	"encoding/binary"
	"math"
)

// drawTile draws one tile of the picture: triangles, then light, then bytes.
func (r *Renderer) drawTile(worker, tile int) {
	px, py := tile%r.bins.tw<<tileBits, tile/r.bins.tw<<tileBits
	if r.bins.start[tile] == r.bins.start[tile+1] {
		r.emptyTile(px, py)
		return
	}
	buf := r.tiles[worker]
	buf.clear(r.view.near)
	r.coverTile(buf, tile)
	r.shadeTile(buf, px, py)
}

// emptyTile draws the backdrop alone, which most of a picture is.
func (r *Renderer) emptyTile(px, py int) {
	w := min(tileSize, r.bins.w-px)
	for y := py; y < min(py+tileSize, r.bins.h); y++ {
		r.backdropRow(r.row(px, y, w), px, y)
	}
}

// row are w pixels of the picture from (x, y) on.
func (r *Renderer) row(x, y, w int) []uint8 {
	return r.dst.Pix[r.dst.PixOffset(r.dst.Rect.Min.X+x, r.dst.Rect.Min.Y+y):][:4*w]
}

// coverTile finds the nearest triangle of every sample of a cleared tile: first
// the outer sides of cloth, then what they do not hide.
func (r *Renderer) coverTile(buf *tileBuf, tile int) {
	b := &r.bins
	px, py := int32(tile%b.tw)<<tileBits, int32(tile/b.tw)<<tileBits
	list := b.list[b.start[tile]:b.start[tile+1]]
	buf.later = grow(buf.later, len(list))[:0]
	for _, k := range list {
		v0, v1, v2, tri := r.corners(k, len(r.scene.tris))
		o := r.scene.obj[tri]
		if back, ok := facing(v0, v1, v2); ok && (back == 1 || r.scene.solid[o] || r.looks[o].sheer()) {
			buf.later = append(buf.later, k)
		} else if ok {
			r.cover(buf, v0, v1, v2, tri, 0, px, py)
		}
	}
	hiding := len(buf.later) < len(list)
	if hiding {
		buf.behind.find(&buf.seen)
	}
	for _, k := range buf.later {
		v0, v1, v2, tri := r.corners(k, len(r.scene.tris))
		if !hiding || !buf.behind.hides(buf, v0, v1, v2, px, py) {
			back, _ := facing(v0, v1, v2)
			r.cover(buf, v0, v1, v2, tri, back, px, py)
		}
	}
}

// cover draws a triangle into a tile.
func (r *Renderer) cover(buf *tileBuf, a, b, c *screenVert, tri, back, px, py int32) {
	var e edges
	if !setEdges(&e, a, b, c, px, py, px+tileSize-1, py+tileSize-1) {
		return
	}
	if l := &r.looks[r.scene.obj[tri]]; l.sheer() {
		r.drawSheer(buf, &e, l, tri, back, px, py)
	} else {
		drawSamples(buf, &e, tri<<1|back, px, py)
	}
}

// corners returns the placed vertices and the number of the triangle of an
// entry of the bins.
func (r *Renderer) corners(k int32, tris int) (a, b, c *screenVert, tri int32) {
	if int(k) < tris {
		t := &r.scene.tris[k]
		return &r.placed[t[0]], &r.placed[t[1]], &r.placed[t[2]], k
	}
	p := &r.pieces[int(k)-tris]
	return &p.v[0], &p.v[1], &p.v[2], p.tri
}

// facing is 0 for a triangle seen from its outer side, 1 from the inner; the
// screen's y runs down, so outer is clockwise there.
func facing(a, b, c *screenVert) (back int32, ok bool) {
	area := int64(b.x-a.x)*int64(c.y-a.y) - int64(b.y-a.y)*int64(c.x-a.x)
	if area > 0 {
		back = 1
	}
	return back, area != 0
}

// away reports whether a triangle shows its inner side or none.
func away(a, b, c *screenVert) bool {
	back, ok := facing(a, b, c)
	return back == 1 || !ok
}

func (r *Renderer) shadeTile(buf *tileBuf, px, py int) {
	w, h, cell := min(tileSize, r.bins.w-px), min(tileSize, r.bins.h-py), 1<<r.back.bits
	for y := range h {
		out := r.row(px, py+y, w)
		seen := buf.seen[y*tileSize*samples:][:tileSize*samples]
		for x := 0; x < w; x += cell {
			if open(seen[x*samples:][:cell*samples]) {
				r.backdropRow(out[4*x:4*min(x+cell, w)], px+x, py+y)
			}
		}
		for x := range w {
			if !open(seen[x*samples:][:samples]) {
				r.put(out[4*x:], r.pixel(buf, (y*tileSize+x)*samples, float32(px+x), float32(py+y)), grainStep(px+x, py+y))
			}
		}
	}
}

// open reports whether nothing is seen in one of some pixels.
func open(seen []key) bool {
	for k := 0; k+samples <= len(seen); k += samples {
		if seen[k]&seen[k+1]&seen[k+2]&seen[k+3] == nothing {
			return true
		}
	}
	return false
}

// surface is what one shading speaks for in a pixel.
type surface struct {
	id    int32
	of    int     // its samples, a bit for each
	depth float32 // of the first
	share float32 // of the pixel
}

// pixel shades each surface seen in a pixel once, at the middle of its
// samples, and weighs it by their number or by what sheer cloth leaves of it.
func (r *Renderer) pixel(buf *tileBuf, at int, x, y float32) vec {
	seen := (*[samples]key)(buf.seen[at:])
	if r.alike(seen) {
		return r.seen(buf, seen[0].id(), x+0.5, y+0.5)
	}
	var all [samples]surface
	n := r.surfaces(buf, seen, &all)
	if r.veils {
		r.seeThrough(buf, all[:n], x, y)
	}
	var sum vec
	for k := range all[:n] {
		s := &all[k]
		px, py := middle(s.of)
		c := r.seen(buf, s.id, x+px, y+py)
		// Clamped before the mean, so that the border of a highlight is smooth.
		sum = sum.addMul(vec{kept(c.x, 0, curveEnd), kept(c.y, 0, curveEnd), kept(c.z, 0, curveEnd)}, s.share)
	}
	return sum
}

// middle is the mean place of some samples in their pixel.
func middle(of int) (x, y float32) {
	var sx, sy, n int32
	for k, at := range samplePlace {
		if of>>k&1 == 1 {
			sx, sy, n = sx+at[0], sy+at[1], n+1
		}
	}
	return float32(sx) / float32(n*subOne), float32(sy) / float32(n*subOne)
}

// surfaces sorts the samples of a pixel by the surfaces they show.
func (r *Renderer) surfaces(buf *tileBuf, seen *[samples]key, all *[samples]surface) (n int) {
	var depth [samples]float32
	for k, s := range seen {
		depth[k] = buf.depth(s)
	}
	done := 0
	for k := range samples {
		if done&(1<<k) != 0 {
			continue
		}
		s := surface{id: seen[k].id(), depth: depth[k]}
		for j := k; j < samples; j++ {
			if done&(1<<j) == 0 && r.sameSurface(s.id, seen[j].id(), s.depth, depth[j]) {
				s.of |= 1 << j
				s.share += 1.0 / samples
			}
		}
		done |= s.of
		all[n] = s
		n++
	}
	return n
}

// alike reports whether all samples of a pixel may share one shading, by the
// rule of sameSurface: the middle of all is the pixel's. Most pixels that show
// more than one triangle show one surface.
func (r *Renderer) alike(s *[samples]key) bool {
	a, b, c, d := s[0], s[1], s[2], s[3]
	differ := (a ^ b) | (a ^ c) | (a ^ d)
	if differ&(1<<idBits-1) == 0 {
		return true
	}
	far := max(a, b, c, d)
	if far == nothing || differ&1 != 0 {
		return false
	}
	const zero = 1 << (63 - idBits)
	apart := float32(int64(far>>idBits - min(a, b, c, d)>>idBits))
	if !(apart < float32(zero-int64(a>>idBits))*2*r.studio.pixel) {
		return false
	}
	part := r.scene.part
	p := part[a.id()>>1]
	return part[b.id()>>1] == p && part[c.id()>>1] == p && part[d.id()>>1] == p
}

// sameSurface reports whether two samples of a pixel may share one shading:
// same part, same side, and no further apart than a surface at 45 degrees
// over two pixels.
func (r *Renderer) sameSurface(a, b int32, da, db float32) bool {
	if a == b {
		return true
	}
	if a < 0 || b < 0 || (a^b)&1 != 0 || r.scene.part[a>>1] != r.scene.part[b>>1] {
		return false
	}
	return abs32(da-db) < -da*2*r.studio.pixel
}

func (r *Renderer) seen(buf *tileBuf, id int32, x, y float32) vec {
	if id == noTri {
		return r.backdropAt(x, y, r.ray(x, y))
	}
	return r.shadePoint(r.facet(buf, id>>1), id&1 != 0, r.ray(x, y))
}

// ray is the direction from the eye through a place of the picture [px]; any length.
func (r *Renderer) ray(x, y float32) vec {
	v := &r.view
	return v.fwd.addMul(v.right, (x-v.cx)*r.studio.pixel).addMul(v.up, (v.cy-y)*r.studio.pixel)
}

// encodeSteps of the transfer table, which runs to the brightest linear light
// told apart.
const (
	encodeSteps = 1 << 13
	curveEnd    = 2
)

// film returns the byte of a linear light, not yet rounded [1/65536]; 0 for what
// is not a number.
func (r *Renderer) film(x float32) int32 {
	return r.curve[max(0, min(encodeSteps-1, int(x*(encodeSteps/curveEnd-1)+0.5)))]
}

// put writes a pixel; grain rounds its bytes up or down.
func (r *Renderer) put(out []uint8, c vec, grain int32) {
	binary.LittleEndian.PutUint32(out, uint32(r.film(c.x)+grain)>>16|uint32(r.film(c.y)+grain)>>8&0xff00|uint32(r.film(c.z)+grain)&0xff0000|0xff<<24)
}

// grain is a threshold between 0 and 1, of a fixed 4x4 pattern (Bayer 1973, "An
// optimum method for two-level rendition of continuous-tone pictures"): half a
// byte step of it hides the contours that a smooth backdrop shows in 8 bits. A
// small repeating pattern, unlike noise, still packs well.
func grain(x, y int) float32 { return float32(grainStep(x, y)) / (1 << 16) }

// grainStep is grain in the steps of film.
func grainStep(x, y int) int32 {
	const order = "\x00\x08\x02\x0a\x0c\x04\x0e\x06\x03\x0b\x01\x09\x0f\x07\x0d\x05"
	return int32(order[y&3<<2|x&3])<<12 + 1<<11
}

// tone is the film's response: linear up to the knee and bent above, so that
// white cloth keeps its folds instead of burning out.
func tone(x float64) float64 {
	const knee = 0.6
	if x <= knee {
		return x
	}
	return knee + (1-knee)*(1-math.Exp(-(x-knee)/(1-knee)))
}

// newCurve tabulates light to sRGB bytes, not yet rounded. Below a byte of 10
// its entries lie up to a tenth of a byte apart, which the grain hides.
func newCurve() *[encodeSteps]int32 {
	c := new([encodeSteps]int32)
	for i := range c {
		c[i] = int32(toSRGB(tone(float64(i)/(encodeSteps/curveEnd-1))) * 255 * (1 << 16))
	}
	return c
}
