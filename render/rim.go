package render

import (
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
)

// addRim gives every free edge of an object a border of half-round section,
// thick [m] across: from the surface over the edge to the inner side, and from
// there back to the surface, so that nobody looks into it where the inner side
// is the one that shows, as on a collar. Lit by its turning normals it reads as
// a folded hem instead of a sheet of paper.
func (l *loaded) addRim(k uint8, f *flesh, base int32, thick float32, lay []r2.Vec) {
	top := geometry.NewTopology(f.tris)
	if top.Boundary == 0 {
		return
	}
	out := make([]vec, len(l.verts)-int(base)) // away from the cloth, in its plane
	for _, e := range top.Edges {
		if a, b, _, ok := freeEdge(e); ok {
			va, vb := &l.verts[base+a], &l.verts[base+b]
			d := vb.pos.sub(va.pos).unit()
			out[a] = out[a].add(d.cross(va.nrm))
			out[b] = out[b].add(d.cross(vb.nrm))
		}
	}
	ring := make([]int32, len(out)) // first of a vertex's three rim vertices, 0 for none
	for _, e := range top.Edges {
		a, b, tri, ok := freeEdge(e)
		if !ok {
			continue
		}
		for _, v := range [2]int32{a, b} {
			if ring[v] == 0 {
				ring[v] = l.addRimVertices(base+v, out[v].unit(), thick)
			}
		}
		l.addRimTris(k, f, base, a, b, ring, tri, thick, lay)
	}
}

// freeEdge returns a free edge in the direction of its triangle.
func freeEdge(e geometry.Edge) (a, b, tri int32, ok bool) {
	switch {
	case e.Tri[0] >= 0 && e.Tri[1] < 0:
		return e.A, e.B, e.Tri[0], true
	case e.Tri[1] >= 0 && e.Tri[0] < 0:
		return e.B, e.A, e.Tri[1], true
	}
	return 0, 0, 0, false
}

func (l *loaded) addRimVertices(v int32, out vec, thick float32) int32 {
	s := l.verts[v]
	edge, inner, back := s, s, s
	edge.pos = s.pos.addMul(s.nrm, -thick/2).addMul(out, thick/2)
	edge.nrm = out
	inner.pos = s.pos.addMul(s.nrm, -thick)
	inner.nrm = s.nrm.mul(-1)
	back.pos = s.pos.addMul(out, -2*thick)
	back.nrm = inner.nrm
	l.verts = append(l.verts, edge, inner, back)
	first := int32(len(l.verts) - 3)
	l.rims = append(l.rims, [2]int32{v, first})
	return first
}

// lightRims gives the border the sky of the cloth it ends: the depth maps of the
// occlusion are coarser than it, and where cloth lies on cloth they would paint it
// black in dots. Round the edge the light of the lighter side goes over into that
// of the other; a turned-down collar shows its inner side.
func (l *loaded) lightRims() {
	for _, r := range l.rims {
		s := l.verts[r[0]].open
		top := max(s[0], s[1])
		edge, inner, back := &l.verts[r[1]], &l.verts[r[1]+1], &l.verts[r[1]+2]
		edge.open = [2]float32{top, top}
		inner.open = [2]float32{(top + s[1]) / 2, top}
		back.open = [2]float32{s[1], s[0]}
	}
}

func (l *loaded) addRimTris(k uint8, f *flesh, base, a, b int32, ring []int32, tri int32, thick float32, lay []r2.Vec) {
	var ua, ub corner
	uv, src := f.uv[tri], f.src[tri]
	for c, v := range f.tris[tri] {
		if v == a {
			ua = uv[c]
		}
		if v == b {
			ub = uv[c]
		}
	}
	a0, b0, a1, b1 := base+a, base+b, ring[a], ring[b]
	// Where the border comes back to the surface the pattern has gone on.
	ia, ib := ua, ub
	if f.hasUV {
		t := f.tris[tri]
		o := l.verts[base+t[0]].pos
		weft, warp := axesOfCloth(l.verts[base+t[1]].pos.sub(o), l.verts[base+t[2]].pos.sub(o), &uv)
		ia, ib = ua.toward(l.verts[a1].nrm, weft, warp, -2*thick), ub.toward(l.verts[b1].nrm, weft, warp, -2*thick)
	}
	l.addTri(k, 1, geometry.Tri{b0, a0, a1}, [3]corner{ub, ua, ua}, src, lay)
	l.addTri(k, 1, geometry.Tri{b0, a1, b1}, [3]corner{ub, ua, ub}, src, lay)
	l.addTri(k, 2, geometry.Tri{b1, a1, a1 + 1}, [3]corner{ub, ua, ua}, src, lay)
	l.addTri(k, 2, geometry.Tri{b1, a1 + 1, b1 + 1}, [3]corner{ub, ua, ub}, src, lay)
	l.addTri(k, 3, geometry.Tri{b1 + 1, a1 + 1, a1 + 2}, [3]corner{ub, ua, ia}, src, lay)
	l.addTri(k, 3, geometry.Tri{b1 + 1, a1 + 2, b1 + 2}, [3]corner{ub, ia, ib}, src, lay)
}

// toward is the place of the fabric that lies by so far [m] along a direction.
func (c corner) toward(dir, weft, warp vec, by float32) corner {
	return corner{c.u + by*dir.dot(weft), c.v + by*dir.dot(warp)}
}
