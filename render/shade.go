package render

// hit is where a ray meets a triangle.
type hit struct {
	w0, w1, w2 float32 // weights of the corners
	e1, e2     vec     // edges from the first corner [m]
	pos        vec
	toEye      vec     // unit
	dist       float32 // to the eye [m]
}

// overshoot is how far beside a triangle its plane is followed [px]: on an
// outline, where the plane runs away from the eye, more would leave the surface.
const overshoot = 1

// meet intersects the ray from the eye along dir with the whole triangle in 3D
// (Möller and Trumbore 1997), which interpolates in true perspective and serves
// clipped triangles without special cases. The middle of a pixel's samples may
// lie beside the triangle that speaks for them: there its plane is followed a
// little, since a point moved back onto it would show as a dot in a stripe.
func (r *Renderer) meet(tri int32, dir vec) (h hit) {
	t := &r.scene.tris[tri]
	a, b, c := &r.scene.verts[t[0]], &r.scene.verts[t[1]], &r.scene.verts[t[2]]
	h.e1, h.e2 = b.pos.sub(a.pos), c.pos.sub(a.pos)
	s := r.studio.eye.sub(a.pos)
	p := dir.cross(h.e2)
	det := h.e1.dot(p)
	h.w1, h.w2 = 1.0/3, 1.0/3
	if det != 0 {
		h.w1, h.w2 = s.dot(p)/det, dir.dot(s.cross(h.e1))/det
	}
	if !(h.w1 >= 0 && h.w2 >= 0 && h.w1+h.w2 <= 1) {
		beside := sqrt32(s.dot(s)/max(h.e1.dot(h.e1), h.e2.dot(h.e2), 1e-12)) * r.studio.pixel * overshoot
		beside = min(beside, 0.5)
		h.w1 = max(-beside, min(1+beside, h.w1))
		h.w2 = max(-beside, min(1+beside-h.w1, h.w2))
	}
	h.w0 = 1 - h.w1 - h.w2
	h.pos = a.pos.addMul(h.e1, h.w1).addMul(h.e2, h.w2)
	toEye := r.studio.eye.sub(h.pos)
	h.dist = sqrt32(toEye.dot(toEye))
	h.toEye = toEye.mul(1 / h.dist)
	return h
}

// slant is the cosine between the triangle and the way to the eye, signed.
func (h *hit) slant() float32 {
	n := h.e1.cross(h.e2)
	l := n.dot(n)
	if l == 0 {
		return 0
	}
	return n.dot(h.toEye) / sqrt32(l)
}

// place is the point of the flat fabric that a ray meets [m].
func (l *loaded) place(tri int32, h *hit) corner {
	uv := &l.uv[tri]
	return corner{uv[0].u*h.w0 + uv[1].u*h.w1 + uv[2].u*h.w2, uv[0].v*h.w0 + uv[1].v*h.w1 + uv[2].v*h.w2}
}

// shadePoint returns the linear light from a triangle along dir, the direction
// from the eye through the picture (any length).
func (r *Renderer) shadePoint(tri int32, back bool, dir vec) vec {
	// 1. Where, and with what normal.
	l := &r.scene
	h := r.meet(tri, dir)
	t := &l.tris[tri]
	a, b, c := &l.verts[t[0]], &l.verts[t[1]], &l.verts[t[2]]
	n := a.nrm.mul(h.w0).addMul(b.nrm, h.w1).addMul(c.nrm, h.w2).unit()
	side := 0
	if back {
		n, side = n.mul(-1), 1
	}
	open := a.open[side]*h.w0 + b.open[side]*h.w1 + c.open[side]*h.w2
	// 2. A smooth normal may look away on the silhouette: bend it back.
	nv := n.dot(h.toEye)
	if nv < 0.02 {
		n = n.addMul(h.toEye, 0.02-nv).unit()
		nv = n.dot(h.toEye)
	}
	width := h.dist * r.studio.pixel / sqrt32(max(nv, 0.1)) // of the pixel on the cloth, geometric mean [m]
	// 3. Colour and relief of the material.
	k := &r.looks[l.obj[tri]]
	if k.heat {
		scalar := a.scalar*h.w0 + b.scalar*h.w1 + c.scalar*h.w2
		return r.shadeHeat(k, scalar, width*slope(a, b, c), n, h.toEye, nv, open)
	}
	color, warp := k.color, vec{}
	if l.hasUV[l.obj[tri]] {
		color, n, warp = r.cloth(k, tri, &h, n, width)
	}
	if from, to := l.seams.start[tri], l.seams.start[tri+1]; from < to {
		m := l.seams.mark(l.seams.list[from:to], h.pos, width)
		color, n = k.sewn(color, &m), n.add(m.tilt).unit()
	}
	return r.light(k, color, h.pos, n, h.toEye, warp, open)
}

// cloth is the colour of the fabric at a point, its normal tilted by the
// relief, and the direction of the warp.
func (r *Renderer) cloth(k *look, tri int32, h *hit, n vec, width float32) (color, normal, warp vec) {
	color = k.color
	uv, at := r.scene.place(tri, h), r.scene.lay[tri]
	if k.pattern != nil {
		u, v, foot := (uv.u+at.u)*k.perU, (uv.v+at.v)*k.perV, width*k.perMetre
		color = k.pattern.at(u, v, foot)
		if k.holes != nil { // the colour of the threads alone
			color = color.mul(1 / max(k.holes.at(u, v, foot).x, 1e-3))
		}
	}
	for d := range k.decals {
		color = k.decals[d].over(color, int(r.scene.src[tri]), uv.u, uv.v, width)
	}
	if k.weave == nil && k.luster == 0 {
		return color, n, warp
	}
	weft, warp := axesOfCloth(h.e1, h.e2, &r.scene.uv[tri])
	shine := warp.addMul(n, -warp.dot(n)) // in the smooth surface, or facets would glint
	if w := k.weave; w != nil {
		du, dv, tone := w.at(uv.u, uv.v, width)
		color = color.mul(1 + w.tone*tone).add(vec{1, 1, 1}.mul(w.fleck * max(0, tone)))
		n = n.addMul(weft, -w.depth*du).addMul(warp, -w.depth*dv).unit()
	}
	return color, n, shine
}

// axesOfCloth are the directions of weft and warp on a triangle, about unit
// since fabric keeps its lengths; zero on one without area.
func axesOfCloth(e1, e2 vec, uv *[3]corner) (weft, warp vec) {
	u1, v1, u2, v2 := uv[1].u-uv[0].u, uv[1].v-uv[0].v, uv[2].u-uv[0].u, uv[2].v-uv[0].v
	det := u1*v2 - u2*v1
	if det == 0 {
		return
	}
	return e1.mul(v2/det).addMul(e2, -v1/det), e2.mul(u1/det).addMul(e1, -u2/det)
}

// slope is the steepness of the scalar on a triangle [1/m].
func slope(a, b, c *vertex) float32 {
	e1, e2 := b.pos.sub(a.pos), c.pos.sub(a.pos)
	s1, s2 := b.scalar-a.scalar, c.scalar-a.scalar
	n := e1.cross(e2)
	n2 := n.dot(n)
	if n2 == 0 {
		return 0
	}
	g := e2.cross(n).mul(s1).addMul(n.cross(e1), s2).mul(1 / n2)
	return sqrt32(g.dot(g))
}

// light adds up sky, key and rim light on a point.
func (r *Renderer) light(k *look, color, pos, n, toEye, warp vec, open float32) vec {
	st := &r.studio
	nv := n.dot(toEye)
	// Light bounced between folds of one colour brightens and tints them
	// (Jimenez et al. 2016, "Practical real-time strategies for accurate
	// indirect occlusion", eq. 10, here with one gain for all).
	ao := vec{bounce(open, color.x), bounce(open, color.y), bounce(open, color.z)}
	sky := st.ground.lerp(st.sky, 0.5+0.5*n.y)
	base := color.mul(1 - lusterTakes*k.luster) // what shines is not seen as colour
	out := sky.times(base).times(ao)
	if k.luster > 0 {
		out = out.add(r.skyShine(k, color, n, toEye, nv).times(ao))
	}
	edge := 1 - max(0, nv)
	fuzz := k.sheen * edge * edge * edge
	out = out.addMul(sky.times(ao), 0.35*fuzz*(0.25+0.75*max(color.x, color.y, color.z)))
	if nl := n.dot(st.toKey); nl > -keyWrap {
		// A softbox is seen from a little behind the terminator.
		e := (nl + keyWrap) / (1 + keyWrap)
		e *= smoothstep(-keyWrap, 0.25, nl)
		e *= r.depth.shadowAt(pos, n)
		if e > 0 {
			half := st.toKey.add(toEye).unit()
			g := k.gloss * pow16(max(0, n.dot(half))) * 0.5
			c := base.mul(1 + 0.5*fuzz)
			out = out.add(st.key.times(vec{c.x + g, c.y + g, c.z + g}).mul(e))
			if k.luster > 0 {
				out = out.add(st.key.times(shineTint(color)).mul(e * k.luster * lusterKey * floatShine(warp, half)))
			}
		}
	}
	if nl := n.dot(st.toRim); nl > 0 {
		c := color.mul(0.5).add(vec{0.03, 0.03, 0.03}.mul(1 + 4*k.sheen))
		out = out.add(st.rim.times(c).mul(nl * open * (0.35 + 0.65*edge)))
	}
	return out
}

const (
	lusterTakes = 0.35 // share of the diffuse light that full luster takes
	lusterKey   = 0.75 // strength of the key light's band
	lusterSky   = 0.30 // and of the sky's reflection, seen straight on
)

// floatShine is the highlight of fibres that lie along the warp: bright where
// the half vector stands across them (Kajiya and Kay 1989, "Rendering fur with
// three dimensional textures").
func floatShine(warp, half vec) float32 {
	l := warp.dot(warp)
	if l == 0 {
		return 0
	}
	t := warp.dot(half)
	s := max(0, 1-t*t/l)
	s *= s
	return s * s * s // sine to the 12th: the band of a satin is broad
}

// shineTint is the colour of a highlight on dyed fibre: half of it has been
// within.
func shineTint(c vec) vec { return c.mul(0.6).add(vec{0.16, 0.16, 0.16}) }

// skyShine is the mirrored sky on lustrous cloth.
func (r *Renderer) skyShine(k *look, color, n, toEye vec, nv float32) vec {
	up := 2*nv*n.y - toEye.y
	f := 1 - max(0, nv)
	fresnel := lusterSky + (1-lusterSky)*f*f*f*f*f
	// Smoother than the diffuse sky: the horizon shows as an edge of the light.
	return r.studio.ground.lerp(r.studio.sky, smoothstep(-1.2, 1.2, up)).times(shineTint(color)).mul(1.6 * k.luster * fresnel)
}

// keyWrap is the sine by which the key light reaches behind the terminator.
const keyWrap = 0.12

// studioFill is the share of the sky's light that white walls and the cloth
// itself, which is thin, bring to where no sky is seen.
const studioFill = 0.09

func bounce(open, albedo float32) float32 {
	open = studioFill + (1-studioFill)*open
	return max(open, open*(1+albedo*0.6*(1-open)))
}

func pow16(x float32) float32 {
	x *= x
	x *= x
	x *= x
	return x * x
}

// shadeHeat keeps a heat map readable: form shows by a narrow band of
// brightness and no highlight, so that the colours stay those of the legend.
func (r *Renderer) shadeHeat(k *look, scalar, spread float32, n, toEye vec, nv, open float32) vec {
	c := k.colors.unknown
	if scalar == scalar {
		if spread != spread { // a neighbour is not known
			spread = 0
		}
		c = k.colors.over(scalar, spread)
	}
	form := 0.72 + 0.16*max(0, n.dot(r.studio.toKey)) + 0.12*nv
	return c.mul(form * (0.65 + 0.35*open))
}
