package render

// shadePoint returns the linear light from a triangle along dir, the direction
// from the eye through the picture (any length; footprint is the width of a
// pixel at distance 1 along it). The ray is met with the whole triangle in 3D
// (Möller and Trumbore 1997), which interpolates in true perspective and serves
// clipped triangles without special cases.
func (r *Renderer) shadePoint(tri int32, back bool, dir vec) vec {
	l, st := &r.scene, &r.studio
	t := &l.tris[tri]
	a, b, c := &l.verts[t[0]], &l.verts[t[1]], &l.verts[t[2]]
	// 1. Where the ray meets the triangle. Snapping to 1/16 px lets it miss by
	// a little, so weights are clamped.
	e1, e2, s := b.pos.sub(a.pos), c.pos.sub(a.pos), st.eye.sub(a.pos)
	p := dir.cross(e2)
	det := e1.dot(p)
	w1, w2 := float32(1.0/3), float32(1.0/3)
	if det != 0 {
		w1, w2 = s.dot(p)/det, dir.dot(s.cross(e1))/det
	}
	w1 = clamp01(w1)
	w2 = max(0, min(1-w1, w2))
	w0 := 1 - w1 - w2
	pos := a.pos.addMul(e1, w1).addMul(e2, w2)
	n := a.nrm.mul(w0).addMul(b.nrm, w1).addMul(c.nrm, w2).unit()
	side := 0
	if back {
		n, side = n.mul(-1), 1
	}
	open := a.open[side]*w0 + b.open[side]*w1 + c.open[side]*w2
	toEye := st.eye.sub(pos)
	dist := sqrt32(toEye.dot(toEye))
	toEye = toEye.mul(1 / dist)
	// 2. A smooth normal may look away on the silhouette: bend it back.
	nv := n.dot(toEye)
	if nv < 0.02 {
		n = n.addMul(toEye, 0.02-nv).unit()
		nv = n.dot(toEye)
	}
	width := dist * st.pixel / sqrt32(max(nv, 0.1)) // of the pixel on the cloth, geometric mean [m]
	// 3. Colour and relief of the material.
	k := &r.looks[l.obj[tri]]
	if k.heat {
		scalar := a.scalar*w0 + b.scalar*w1 + c.scalar*w2
		return r.shadeHeat(k, scalar, width*slope(a, b, c), n, toEye, nv, open)
	}
	color := k.color
	if l.hasUV[l.obj[tri]] {
		uv := &l.uv[tri]
		u := uv[0].u*w0 + uv[1].u*w1 + uv[2].u*w2
		v := uv[0].v*w0 + uv[1].v*w1 + uv[2].v*w2
		if k.pattern != nil {
			at := l.lay[tri]
			color = k.pattern.at((u+at.u)*k.perU, (v+at.v)*k.perV, width*k.perMetre)
		}
		for d := range k.decals {
			color = k.decals[d].over(color, int(l.src[tri]), u, v, width)
		}
		if k.weave != nil {
			du, dv, tone := k.weave.at(u, v, width)
			color = color.mul(1 + weaveTone*tone)
			n = relieve(n, e1, e2, uv, weaveDepth*du, weaveDepth*dv)
		}
	}
	if from, to := l.seams.start[tri], l.seams.start[tri+1]; from < to {
		tone, tilt := l.seams.mark(l.seams.list[from:to], pos, width)
		color, n = color.mul(tone), n.add(tilt).unit()
	}
	return r.light(k, color, pos, n, toEye, open)
}

const (
	weaveTone  = 0.16 // how much the relief darkens and lightens the colour
	weaveDepth = 0.35 // how much it tilts the normal
)

// relieve tilts a normal by the slopes of the relief along the fabric's axes.
func relieve(n, e1, e2 vec, uv *[3]corner, du, dv float32) vec {
	u1, v1, u2, v2 := uv[1].u-uv[0].u, uv[1].v-uv[0].v, uv[2].u-uv[0].u, uv[2].v-uv[0].v
	det := u1*v2 - u2*v1
	if det == 0 {
		return n
	}
	// Axes of weft and warp on the cloth, about unit since the fabric keeps
	// its lengths.
	weft := e1.mul(v2/det).addMul(e2, -v1/det)
	warp := e2.mul(u1/det).addMul(e1, -u2/det)
	return n.addMul(weft, -du).addMul(warp, -dv).unit()
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
func (r *Renderer) light(k *look, color, pos, n, toEye vec, open float32) vec {
	st := &r.studio
	nv := n.dot(toEye)
	// Light bounced between folds of one colour brightens and tints them
	// (Jimenez et al. 2016, "Practical real-time strategies for accurate
	// indirect occlusion", eq. 10, here with one gain for all).
	ao := vec{bounce(open, color.x), bounce(open, color.y), bounce(open, color.z)}
	sky := st.ground.lerp(st.sky, 0.5+0.5*n.y)
	out := sky.times(color).times(ao)
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
			c := color.mul(1 + 0.5*fuzz)
			out = out.add(st.key.times(vec{c.x + g, c.y + g, c.z + g}).mul(e))
		}
	}
	if nl := n.dot(st.toRim); nl > 0 {
		c := color.mul(0.5).add(vec{0.03, 0.03, 0.03}.mul(1 + 4*k.sheen))
		out = out.add(st.rim.times(c).mul(nl * open * (0.35 + 0.65*edge)))
	}
	return out
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
	c := linear(unknownColor())
	if scalar == scalar {
		if spread != spread { // a neighbour is not known
			spread = 0
		}
		c = k.colors.over(scalar, spread)
	}
	form := 0.72 + 0.16*max(0, n.dot(r.studio.toKey)) + 0.12*nv
	return c.mul(form * (0.65 + 0.35*open))
}
