package render

// shadePoint returns the linear light from a triangle along dir, the direction
// from the eye through the picture (any length).
func (r *Renderer) shadePoint(f *facet, back bool, dir vec) vec {
	// 1. Where, and with what normal.
	var h hit
	f.meet(&h, r.studio.eye, dir)
	n := f.nrm[0].addMul(f.nrm[1], h.w1).addMul(f.nrm[2], h.w2).unit()
	// Beside an outline single triangles turn away where the cloth does not yet:
	// what the smooth normal calls outer is.
	side := 0
	if back && n.dot(h.toEye) < 0 {
		n, side = n.mul(-1), 1
	}
	open := h.over(&f.open[side])
	// 2. A smooth normal may look away on the silhouette: bend it back.
	nv := n.dot(h.toEye)
	if nv < 0.02 {
		n = n.addMul(h.toEye, 0.02-nv).unit()
		nv = n.dot(h.toEye)
	}
	// 3. Colour and relief of the material.
	k := f.looks
	if k.heat {
		spread := float32(0)
		if f.steep != 0 {
			spread = r.pixelWidth(&h, nv) * f.steep
		}
		return r.shadeHeat(k, h.over(&f.scalar), spread, n, nv, open)
	}
	color, warp := k.color, vec{}
	var width float32
	if f.fabric || len(f.seams) > 0 {
		width = r.pixelWidth(&h, nv)
	}
	if f.fabric {
		color, n, warp = r.cloth(f, &h, n, width)
	}
	if len(f.seams) > 0 {
		m := r.scene.seams.mark(f.seams, h.pos, width)
		color, n = k.sewn(color, &m), n.add(m.tilt).unit()
	}
	return r.light(f, side, color, h.pos, n, h.toEye, warp, open)
}

// pixelWidth is how wide the pixel is on the cloth, seen under a cosine, the
// geometric mean of both ways [m].
func (r *Renderer) pixelWidth(h *hit, nv float32) float32 {
	return h.dist * r.studio.pixel / sqrt32(atLeast(0.1, nv))
}

// cloth is the colour of the fabric at a point, its normal tilted by the
// relief, and the direction of the warp.
func (r *Renderer) cloth(f *facet, h *hit, n vec, width float32) (color, normal, warp vec) {
	k := f.looks
	color = k.color
	uv := f.place(h)
	if k.pattern != nil {
		u, v, foot := (uv.u+f.lay.u)*k.perU, (uv.v+f.lay.v)*k.perV, width*k.perMetre
		color = k.pattern.at(u, v, foot)
		if k.holes != nil { // the colour of the threads alone
			color = color.mul(1 / max(k.holes.at(u, v, foot).x, 1e-3))
		}
	}
	for d := range k.decals {
		color = k.decals[d].over(color, int(r.scene.src[f.tri]), uv.u, uv.v, width)
	}
	if k.weave == nil && k.luster == 0 {
		return color, n, warp
	}
	shine := f.warp.addMul(n, -f.warp.dot(n)) // in the smooth surface, or facets would glint
	if w := k.weave; w != nil {
		du, dv, tone := w.at(uv.u, uv.v, width)
		color = color.mul(1 + w.tone*tone).add(vec{1, 1, 1}.mul(w.fleck * atLeast(0, tone)))
		n = n.addMul(f.weft, -w.depth*du).addMul(f.warp, -w.depth*dv).unit()
	}
	return color, n, shine
}

// light adds up sky, key and rim light on a point.
func (r *Renderer) light(f *facet, side int, color, pos, n, toEye, warp vec, open float32) vec {
	st, k := &r.studio, f.looks
	nv := n.dot(toEye)
	// Light bounced between folds of one colour brightens and tints them.
	ao := vec{bounce(open, color.x), bounce(open, color.y), bounce(open, color.z)}
	sky := st.ground.lerp(st.sky, 0.5+0.5*n.y)
	base := color.mul(1 - lusterTakes*k.luster) // what shines is not seen as colour
	out := sky.times(base).times(ao)
	if k.luster > 0 {
		out = out.add(r.skyShine(k, color, n, toEye, nv).times(ao))
	}
	edge := 1 - atLeast(0, nv)
	fuzz := k.sheen * edge * edge * edge
	if fuzz > 0 {
		out = out.addMul(sky.times(ao), 0.28*fuzz*(0.25+0.75*max(color.x, color.y, color.z)))
	}
	if nl := n.dot(st.toKey); nl > -keyWrap {
		// A softbox is seen from a little behind the terminator.
		e := (nl + keyWrap) * (1 / (1 + keyWrap))
		if nl < keyFull {
			e *= smoothstep(-keyWrap, keyFull, nl)
		}
		e *= r.sunlight(f, side, pos, n)
		if e > 0 {
			out = out.add(r.keyLight(k, color, base.mul(1+0.5*fuzz), n, toEye, warp).mul(e))
		}
	}
	if nl := n.dot(st.toRim); nl > 0 {
		c := color.mul(0.5).add(vec{0.03, 0.03, 0.03}.mul(1 + 4*k.sheen))
		out = out.add(st.rim.times(c).mul(nl * open * (0.35 + 0.65*edge)))
	}
	return out
}

// keyLight is what a point throws back of the key light; base is its diffuse colour.
func (r *Renderer) keyLight(k *look, color, base, n, toEye, warp vec) vec {
	if k.gloss == 0 && k.luster == 0 {
		return r.studio.key.times(base)
	}
	half := r.studio.toKey.add(toEye).unit()
	g := k.gloss * pow16(atLeast(0, n.dot(half))) * 0.5
	c := vec{base.x + g, base.y + g, base.z + g}
	if k.luster > 0 {
		c = c.addMul(shineTint(color), k.luster*lusterKey*floatShine(warp, half))
	}
	return r.studio.key.times(c)
}

const (
	lusterTakes = 0.28 // share of the diffuse light that full luster takes
	lusterKey   = 0.65 // strength of the key light's band
	lusterSky   = 0.22 // and of the sky's reflection, seen straight on
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
	s := atLeast(0, 1-t*t/l)
	s *= s
	s *= s
	return s * s * s // sine to the 24th: the band of a satin is broad
}

// shineTint is the colour of a highlight on dyed fibre: half of it has been
// within.
func shineTint(c vec) vec { return c.mul(0.75).add(vec{0.09, 0.09, 0.09}) }

// skyShine is the mirrored sky on lustrous cloth.
func (r *Renderer) skyShine(k *look, color, n, toEye vec, nv float32) vec {
	up := 2*nv*n.y - toEye.y
	f := 1 - atLeast(0, nv)
	fresnel := lusterSky + (1-lusterSky)*f*f*f*f*f
	// Smoother than the diffuse sky: the horizon shows as an edge of the light.
	return r.studio.ground.lerp(r.studio.sky, smoothstep(-1.2, 1.2, up)).times(shineTint(color)).mul(0.9 * k.luster * fresnel)
}

const (
	// keyWrap is the sine by which the key light reaches behind the terminator,
	// keyFull the one before it from which all of the softbox is seen.
	keyWrap = 0.12
	keyFull = 0.25
)

// studioFill is the share of the sky's light that white walls and the cloth
// itself, which is thin, bring to where no sky is seen.
const studioFill = 0.18

// bounce is the light of the sky on a point that sees so much of it and else a
// surface of its own colour, which is lit alike: the sum of all bounces (Stewart
// and Langer 1997, "Toward accurate recovery of shape from shading under diffuse
// lighting").
func bounce(open, albedo float32) float32 {
	open = studioFill + (1-studioFill)*open
	return open / (1 - kept(albedo, 0, 0.9)*(1-open))
}

func pow16(x float32) float32 {
	x *= x
	x *= x
	x *= x
	return x * x
}

// shadeHeat keeps a heat map readable: form shows by a narrow band of
// brightness and no highlight, so that the colours stay those of the legend.
func (r *Renderer) shadeHeat(k *look, scalar, spread float32, n vec, nv, open float32) vec {
	c := k.colors.unknown
	if scalar == scalar {
		if spread != spread { // a neighbour is not known
			spread = 0
		}
		c = k.colors.over(scalar, spread)
	}
	form := 0.72 + 0.16*atLeast(0, n.dot(r.studio.toKey)) + 0.12*nv
	return c.mul(form * (0.65 + 0.35*open))
}
