package render

import "math"

// drawTile draws one tile of the picture: triangles, then light, then bytes.
func (r *Renderer) drawTile(worker, tile int) {
	px, py := tile%r.bins.tw<<tileBits, tile/r.bins.tw<<tileBits
	if r.bins.start[tile] == r.bins.start[tile+1] {
		r.emptyTile(px, py)
		return
	}
	buf := r.tiles[worker]
	buf.clear()
	r.coverTile(buf, tile)
	r.shadeTile(buf, px, py)
}

// emptyTile draws the backdrop alone, which most of a picture is.
func (r *Renderer) emptyTile(px, py int) {
	v := &r.view
	for y := py; y < min(py+tileSize, r.bins.h); y++ {
		out := r.dst.Pix[r.dst.PixOffset(r.dst.Rect.Min.X+px, r.dst.Rect.Min.Y+y):]
		for x := range min(tileSize, r.bins.w-px) {
			sx, sy := float32(px+x)+0.5, float32(y)+0.5
			dir := v.fwd.addMul(v.right, (sx-v.cx)*r.studio.pixel).addMul(v.up, (v.cy-sy)*r.studio.pixel)
			c := r.studio.backdropAt(&r.floor, sx, sy, dir)
			d := grain(px+x, y)
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r.encode(c.x, d), r.encode(c.y, d), r.encode(c.z, d), 255
		}
	}
}

// coverTile finds the nearest triangle of every sample of a cleared tile.
func (r *Renderer) coverTile(buf *tileBuf, tile int) {
	b := &r.bins
	px, py := int32(tile%b.tw)<<tileBits, int32(tile/b.tw)<<tileBits
	var e edges
	tris := r.scene.tris
	for _, k := range b.list[b.start[tile]:b.start[tile+1]] {
		v0, v1, v2, tri := r.corners(k, len(tris))
		back, ok := facing(v0, v1, v2)
		if !ok || !setEdges(&e, v0, v1, v2, px, py, px+tileSize-1, py+tileSize-1) {
			continue
		}
		if l := &r.looks[r.scene.obj[tri]]; l.sheer() {
			r.drawSheer(buf, &e, l, tri, back, px, py)
		} else {
			drawSamples(buf, &e, tri<<1|back, px, py)
		}
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
	w, h := min(tileSize, r.bins.w-px), min(tileSize, r.bins.h-py)
	for y := range h {
		out := r.dst.Pix[r.dst.PixOffset(r.dst.Rect.Min.X+px, r.dst.Rect.Min.Y+py+y):]
		for x := range w {
			c := r.pixel(buf, (y*tileSize+x)*samples, float32(px+x), float32(py+y))
			d := grain(px+x, py+y)
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r.encode(c.x, d), r.encode(c.y, d), r.encode(c.z, d), 255
		}
	}
}

// pixel shades each surface seen in a pixel once, at the middle of its
// samples, and weighs it by their number.
func (r *Renderer) pixel(buf *tileBuf, at int, x, y float32) vec {
	ids := (*[samples]int32)(buf.id[at:])
	depth := (*[samples]float32)(buf.depth[at:])
	if ids[0] == ids[1] && ids[0] == ids[2] && ids[0] == ids[3] {
		return r.seen(ids[0], x+0.5, y+0.5)
	}
	var sum vec
	done := 0
	for k := 0; k < samples; k++ {
		if done&(1<<k) != 0 {
			continue
		}
		var sx, sy, n float32
		for j := k; j < samples; j++ {
			if done&(1<<j) == 0 && r.sameSurface(ids[k], ids[j], depth[k], depth[j]) {
				done |= 1 << j
				sx += float32(samplePlace[j][0])
				sy += float32(samplePlace[j][1])
				n++
			}
		}
		c := r.seen(ids[k], x+sx/(n*subOne), y+sy/(n*subOne))
		// Clamped before the mean, so that the border of a highlight is smooth.
		sum = sum.addMul(vec{min(c.x, curveEnd), min(c.y, curveEnd), min(c.z, curveEnd)}, n/samples)
	}
	return sum
}

// sameSurface reports whether two samples of a pixel may share one shading:
// same object, same side, and no further apart than a surface at 45 degrees
// over two pixels.
func (r *Renderer) sameSurface(a, b int32, da, db float32) bool {
	if a == b {
		return true
	}
	if a < 0 || b < 0 || (a^b)&1 != 0 || r.scene.obj[a>>1] != r.scene.obj[b>>1] {
		return false
	}
	return abs32(da-db) < -da*2*r.studio.pixel
}

func (r *Renderer) seen(id int32, x, y float32) vec {
	v := &r.view
	dir := v.fwd.addMul(v.right, (x-v.cx)*r.studio.pixel).addMul(v.up, (v.cy-y)*r.studio.pixel)
	if id == noTri {
		return r.studio.backdropAt(&r.floor, x, y, dir)
	}
	return r.shadePoint(id>>1, id&1 != 0, dir)
}

// encodeSteps of the transfer table, which runs to the brightest linear light
// told apart.
const (
	encodeSteps = 1 << 13
	curveEnd    = 2
)

// encode returns the byte of a linear light; d in 0..1 rounds up or down.
func (r *Renderer) encode(x, d float32) uint8 {
	if !(x > 0) { // also what is not a number
		return 0
	}
	if x > curveEnd { // not min: it minds what is no number, which was dealt with
		x = curveEnd
	}
	return uint8(r.curve[int(x*(encodeSteps/curveEnd-1)+0.5)] + d)
}

// grain is a threshold between 0 and 1, of a fixed 4x4 pattern (Bayer 1973, "An
// optimum method for two-level rendition of continuous-tone pictures"): half a
// byte step of it hides the contours that a smooth backdrop shows in 8 bits. A
// small repeating pattern, unlike noise, still packs well.
func grain(x, y int) float32 {
	const order = "\x00\x08\x02\x0a\x0c\x04\x0e\x06\x03\x0b\x01\x09\x0f\x07\x0d\x05"
	return (float32(order[y&3<<2|x&3]) + 0.5) / 16
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
func newCurve() []float32 {
	c := make([]float32, encodeSteps)
	for i := range c {
		c[i] = float32(toSRGB(tone(float64(i)/(encodeSteps/curveEnd-1))) * 255)
	}
	return c
}
