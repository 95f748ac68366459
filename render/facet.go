package render

// facet is what all points of a triangle share while the eye stays: a worker
// keeps those it met last, since a triangle is seen in a dozen pixels that lie
// together.
type facet struct {
	tri    int32
	looks  *look
	fabric bool // it has places in a fabric
	base   vec  // first corner [m]
	e1, e2 vec  // edges from it [m]
	// A ray along dir meets the plane at the weights dir·up1/dir·out and
	// dir·up2/dir·out of the second and third corner (Möller and Trumbore 1997,
	// with the two cross products of the eye's place taken out).
	out, up1, up2 vec
	beside        float32 // how far its plane is followed [of a weight]
	nrm           [3]vec  // at the first corner and the changes to the others
	open          [2][3]float32
	scalar        [3]float32
	steep         float32 // of the scalar [1/m]; of heat maps only
	uv            [3]corner
	lay           corner
	weft, warp    vec
	seams         []int32
	sun           uint32 // what insun.go knows of its outer side
}

// facetBits of the cache: a tile shows some hundred triangles, row by row.
const facetBits = 7

// facet returns what is known of a triangle.
func (r *Renderer) facet(buf *tileBuf, tri int32) *facet {
	f := &buf.facets[tri&(1<<facetBits-1)]
	if f.tri != tri {
		r.setFacet(f, tri)
	}
	return f
}

// forget drops the facets of another frame.
func (t *tileBuf) forget() {
	for i := range t.facets {
		t.facets[i].tri = noTri
	}
}

// overshoot is how far beside a triangle its plane is followed [px]: on an
// outline, where the plane runs away from the eye, more would leave the surface.
const overshoot = 1

func (r *Renderer) setFacet(f *facet, tri int32) {
	l := &r.scene
	t := &l.tris[tri]
	a, b, c := &l.verts[t[0]], &l.verts[t[1]], &l.verts[t[2]]
	f.tri, f.looks, f.fabric, f.sun = tri, &r.looks[l.obj[tri]], l.hasUV[l.obj[tri]], sunUnasked
	f.base, f.e1, f.e2 = a.pos, b.pos.sub(a.pos), c.pos.sub(a.pos)
	s := r.studio.eye.sub(a.pos)
	f.out, f.up1, f.up2 = f.e2.cross(f.e1), f.e2.cross(s), s.cross(f.e1)
	longer := atLeast(atLeast(1e-12, f.e1.dot(f.e1)), f.e2.dot(f.e2))
	f.beside = kept(sqrt32(s.dot(s)/longer)*r.studio.pixel*overshoot, 0, 0.5)
	f.nrm = [3]vec{a.nrm, b.nrm.sub(a.nrm), c.nrm.sub(a.nrm)}
	for side := range 2 {
		f.open[side] = [3]float32{a.open[side], b.open[side] - a.open[side], c.open[side] - a.open[side]}
	}
	if f.looks.heat {
		f.scalar = [3]float32{a.scalar, b.scalar - a.scalar, c.scalar - a.scalar}
		f.steep = slope(a, b, c)
	}
	if f.fabric {
		uv := &l.uv[tri]
		f.uv = [3]corner{uv[0], {uv[1].u - uv[0].u, uv[1].v - uv[0].v}, {uv[2].u - uv[0].u, uv[2].v - uv[0].v}}
		f.lay = l.lay[tri]
		f.weft, f.warp = axesOfCloth(f.e1, f.e2, uv)
	}
	f.seams = l.seams.list[l.seams.start[tri]:l.seams.start[tri+1]]
}

// hit is where a ray meets a triangle.
type hit struct {
	w1, w2 float32 // weights of the second and third corner
	pos    vec
	toEye  vec     // unit
	dist   float32 // to the eye [m]
}

// meet intersects the ray from the eye along dir with the whole triangle in 3D,
// which interpolates in true perspective and serves clipped triangles without
// special cases. The middle of a pixel's samples may lie beside the triangle
// that speaks for them: there its plane is followed a little, since a point
// moved back onto it would show as a dot in a stripe.
func (f *facet) meet(h *hit, eye, dir vec) {
	w1, w2 := float32(1.0/3), float32(1.0/3)
	if det := dir.dot(f.out); det != 0 {
		det = 1 / det
		w1, w2 = dir.dot(f.up1)*det, dir.dot(f.up2)*det
	}
	if !(w1 >= 0 && w2 >= 0 && w1+w2 <= 1) {
		w1 = kept(w1, -f.beside, 1+f.beside)
		w2 = kept(w2, -f.beside, 1+f.beside-w1)
	}
	pos := f.base.addMul(f.e1, w1).addMul(f.e2, w2)
	toEye := eye.sub(pos)
	dist := sqrt32(toEye.dot(toEye))
	h.w1, h.w2, h.pos, h.dist, h.toEye = w1, w2, pos, dist, toEye.mul(1/dist)
}

// over is a value given by its first corner and the changes to the others.
func (h *hit) over(x *[3]float32) float32 { return x[0] + float32(x[1]*h.w1) + float32(x[2]*h.w2) }

// place is the point of the flat fabric that a ray meets [m].
func (f *facet) place(h *hit) corner {
	return corner{f.uv[0].u + float32(f.uv[1].u*h.w1) + float32(f.uv[2].u*h.w2), f.uv[0].v + float32(f.uv[1].v*h.w1) + float32(f.uv[2].v*h.w2)}
}

// slant is the cosine between the triangle and the way to the eye, signed.
func (f *facet) slant(h *hit) float32 {
	l := f.out.dot(f.out)
	if l == 0 {
		return 0
	}
	return -f.out.dot(h.toEye) / sqrt32(l)
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
