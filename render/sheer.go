package render

import (
	"math"
	"slices"
)

// Cloth one can see through. A sheer triangle takes about as many of the samples
// of a pixel as the threads over it stop of the light, by a threshold for each
// sample and pixel (Mulder, Groen and van Wijk 1998, "Pixel masks for screen-door
// transparency"): layers need no sorting, and what lies behind is drawn as ever.
// The samples tell only who is seen; how much of each, the cover itself tells, or
// the thresholds would show as a pattern of dots. Rejected: blending sorted
// layers, whose cost every opaque pixel would share.

// sampleOrder is the order in which samples are taken by the outer and the
// inner side of cloth. They differ by an exchange of the middle two, so that
// two layers of half cover hide three quarters, not the same half twice.
var sampleOrder = [2][samples]float32{{0, 1, 2, 3}, {0, 2, 1, 3}}

// coverLeast is the cover that still shows, and as much less than 1 what shows
// through: a quarter of the step between two bytes on white.
const coverLeast = 1.0 / 256

// taken reports whether cloth of some cover takes the sample of an order: the first
// wherever it shows, the last nowhere where it shows what is behind.
func taken(cover, order, threshold float32) bool {
	switch order {
	case 0:
		return cover > coverLeast
	case samples - 1:
		return cover > 1-coverLeast
	}
	return cover*samples > order+threshold
}

// seeThrough weighs the surfaces of a pixel where cloth is sheer, from the nearest
// on: of the light still left it stops its cover, as far as it reaches over the
// pixel; what is opaque, as much as it has of the samples left.
func (r *Renderer) seeThrough(buf *tileBuf, all []surface, x, y float32) {
	if !slices.ContainsFunc(all, r.sheer) {
		return
	}
	for k := range all {
		for j := k; j > 0 && all[j].depth < all[j-1].depth; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
	left, unseen, met := float32(1), float32(1), 0
	for k := range all {
		s := &all[k]
		part := s.share / unseen
		unseen, met = unseen-s.share, met|s.of
		if k+1 < len(all) && r.sheer(*s) {
			o := r.scene.obj[s.id>>1]
			cover := r.coverAt(buf, &r.looks[o], s.id>>1, x+0.5, y+0.5)
			part = cover * reaches(cover, s.id&1, met, grain(int(x), int(y)))
		}
		s.share = left * part
		left -= s.share
	}
}

func (r *Renderer) sheer(s surface) bool {
	return s.id != noTri && r.looks[r.scene.obj[s.id>>1]].sheer()
}

// reaches is how much of a pixel a layer lies over: of the samples it would take
// anywhere, those that show it or what is nearer.
func reaches(cover float32, back int32, met int, threshold float32) float32 {
	var would, does float32
	for k, order := range sampleOrder[back] {
		if taken(cover, order, threshold) {
			would++
			does += float32(met >> k & 1)
		}
	}
	if would == 0 {
		return 1
	}
	return does / would
}

// drawSheer gives the triangle the samples of a tile that its threads cover.
func (r *Renderer) drawSheer(buf *tileBuf, e *edges, k *look, tri, back, px, py int32) {
	sl := buf.slant(e, tri<<1|back)
	od := sl.offsets()
	for y := e.y0; y <= e.y1; y++ {
		for x := e.x0; x <= e.x1; x++ {
			in := e.inside(x, y)
			if in == 0 {
				continue
			}
			c := r.coverAt(buf, k, tri, float32(x)+0.5, float32(y)+0.5)
			g := grain(int(x), int(y))
			o := (int(y-py)*tileSize + int(x-px)) * samples
			at := int64(sl.at) + sl.dx*int64(x-e.x0) + sl.dy*int64(y-e.y0)
			for s := range samples {
				if in&(1<<s) != 0 && taken(c, sampleOrder[back][s], g) {
					buf.seen[o+s] = min(buf.seen[o+s], key(at+od[s]))
				}
			}
		}
	}
}

// inside tells which samples of a pixel the triangle covers.
func (e *edges) inside(px, py int32) (in int) {
	for s, at := range samplePlace {
		x, y := int64(px<<subBits+at[0]), int64(py<<subBits+at[1])
		w0 := e.a[0]*x + e.b[0]*y + e.c[0]
		w1 := e.a[1]*x + e.b[1]*y + e.c[1]
		w2 := e.a[2]*x + e.b[2]*y + e.c[2]
		if w0|w1|w2 >= 0 {
			in |= 1 << s
		}
	}
	return in
}

// coverAt is the share of light that threads stop in a pixel.
func (r *Renderer) coverAt(buf *tileBuf, k *look, tri int32, x, y float32) float32 {
	if k.holes == nil || !r.scene.hasUV[r.scene.obj[tri]] {
		return k.cover
	}
	f := r.facet(buf, tri)
	var h hit
	f.meet(&h, r.studio.eye, r.ray(x, y))
	uv := f.place(&h)
	width := h.dist * r.studio.pixel / sqrt32(max(abs32(f.slant(&h)), 0.1))
	return k.cover * k.holes.at((uv.u+f.lay.u)*k.perU, (uv.v+f.lay.v)*k.perV, width*k.perMetre).x
}

// castsFrom is the cover from which cloth takes away the sky. Thinner cloth
// mostly lies on what it would shade, nearer than a depth map can tell: its shade
// came out in patches.
const castsFrom = 0.75

// veilDepth is how far off sheer cloth must be for its full shadow [m]; nearer
// it fades, so that no border shows where the cloth touches.
const veilDepth = 0.025

// Steps of the dots, and of how far each is pushed, along a row and a column of
// the map: of all in thousandths those that show least through windows over
// every, every second and every fourth pixel (5 % where shade comes in halves).
const (
	dotX, dotY   = 0.20037, 0.36053
	pushX, pushY = 0.10037, 0.31953
)

// drawVeil draws sheer cloth into the key light's map in dots, as many of a
// window's taps as its threads stop of the light, each pushed some way toward
// what it shades.
func drawVeil(depth []float32, stride int, e *edges, cover float32) {
	for y := e.y0; y <= e.y1; y++ {
		for x := e.x0; x <= e.x1; x++ {
			if fraction(dotX*float64(x)+dotY*float64(y)) >= cover || !e.covers(x, y) {
				continue
			}
			z := e.d0 + float32(e.dx*(float32(x-e.x0)+0.5)) + float32(e.dy*(float32(y-e.y0)+0.5))
			z += veilDepth * fraction(pushX*float64(x)+pushY*float64(y))
			at := int(y)*stride + int(x)
			depth[at] = min(depth[at], z)
		}
	}
}

func fraction(x float64) float32 { return float32(x - math.Floor(x)) }

// covers reports whether the middle of a pixel is inside.
func (e *edges) covers(px, py int32) bool {
	x, y := int64(px)<<subBits+subOne/2, int64(py)<<subBits+subOne/2
	return (e.a[0]*x+e.b[0]*y+e.c[0])|(e.a[1]*x+e.b[1]*y+e.c[1])|(e.a[2]*x+e.b[2]*y+e.c[2]) >= 0
}

// meanCover is the share of light that a large piece stops.
func (k *look) meanCover() float32 {
	if !k.sheer() {
		return 1
	}
	if k.holes == nil {
		return k.cover
	}
	return k.cover * k.holes.at(0, 0, 1).x
}
