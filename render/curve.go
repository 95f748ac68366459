package render

import (
	"fitroom/geometry"
)

// curveSag is how far a chord may lie under the curve that its normals tell of
// before its edge is halved [m]: a tenth of a pixel in a picture of a whole
// person, a third in one of a shirt.
const curveSag = 0.00025

// curveShare bounds how far a new vertex is moved, as a share of its edge:
// across a sharp fold the normals promise a bulge that is not there.
const curveShare = 0.08

// sharpFold is the cosine between the normals of an edge's ends from which it is
// a crease and no curve: the halves of a collar, turned down within one
// triangle, would bulge through each other.
const sharpFold = 0.6

// clothFold is the same cosine for cloth, and there the edges round it stay
// straight too: layers lie a millimetre apart beside a fold, less than a bulge of
// the triangles that turn with it. At 0.6 the stand of a collar came through it.
const clothFold = 0.75

// flesh is an object's triangles after its coarse edges were halved.
type flesh struct {
	tris []geometry.Tri // of the object's own vertices, new ones after the old
	uv   [][3]corner
	src  []int32 // triangle of the object each came from
	// hasUV tells that uv are places of a fabric.
	hasUV bool
	mid   map[[2]int32]int32
}

// curve halves the edges of an object that are too straight for its normals, so
// that a head is round against the wall although it has few triangles. The new
// vertex lies between the middle of the edge and its projections onto the tangent
// planes of both ends (Boubekeur and Alexa 2008, "Phong tessellation", eq. 3,
// alpha 3/4). An edge is cut or not for both its triangles, so nothing tears.
// The object's vertices stand in l from base on; new ones are appended.
func (l *loaded) curve(o *Object, top *geometry.Topology, base int32) flesh {
	f := flesh{mid: map[[2]int32]int32{}, hasUV: o.UV != nil}
	l.solid = append(l.solid, solid(top, l.verts[base:], o.Tris))
	var folded []bool
	if f.hasUV {
		folded = l.folds(top, base)
	}
	for _, e := range top.Edges {
		if folded != nil && (folded[e.A] || folded[e.B]) {
			continue
		}
		if m, ok := bulge(&l.verts[base+e.A], &l.verts[base+e.B]); ok {
			f.mid[[2]int32{e.A, e.B}] = int32(len(l.verts)) - base
			l.verts = append(l.verts, m)
		}
	}
	for i, t := range o.Tris {
		f.cut(t, cornersOf(o, i), int32(i))
	}
	return f
}

// folds marks the vertices of cloth that lie on a fold.
func (l *loaded) folds(top *geometry.Topology, base int32) []bool {
	on := make([]bool, len(l.verts)-int(base))
	for _, e := range top.Edges {
		if l.verts[base+e.A].nrm.dot(l.verts[base+e.B].nrm) < clothFold {
			on[e.A], on[e.B] = true, true
		}
	}
	return on
}

// bulge returns the vertex that halves an edge; false where the edge is
// straight enough.
func bulge(a, b *vertex) (vertex, bool) {
	d := b.pos.sub(a.pos)
	length2 := d.dot(d)
	turn := b.nrm.sub(a.nrm)
	if length2*turn.dot(turn) < (8*curveSag)*(8*curveSag) || a.nrm.dot(b.nrm) < sharpFold {
		return vertex{}, false
	}
	m := a.pos.lerp(b.pos, 0.5)
	const alpha = 0.75
	pull := a.nrm.mul(m.sub(a.pos).dot(a.nrm)).add(b.nrm.mul(m.sub(b.pos).dot(b.nrm))).mul(-alpha / 2)
	if p, most := pull.dot(pull), curveShare*curveShare*length2; p > most {
		pull = pull.mul(sqrt32(most / p))
	}
	return vertex{
		pos: m.add(pull), nrm: a.nrm.add(b.nrm).unit(),
		open: [2]float32{1, 1}, scalar: (a.scalar + b.scalar) / 2,
	}, true
}

// between returns the vertex that halves an edge, -1 for none.
func (f *flesh) between(a, b int32) int32 {
	if m, ok := f.mid[[2]int32{min(a, b), max(a, b)}]; ok {
		return m
	}
	return -1
}

// cut appends the pieces of a triangle: one for each halved edge and one more.
func (f *flesh) cut(t geometry.Tri, uv [3]corner, src int32) {
	var m [3]int32 // of the edge that follows each corner
	var q [3]corner
	n := 0
	for k := range 3 {
		j := (k + 1) % 3
		m[k] = f.between(t[k], t[j])
		q[k] = corner{(uv[k].u + uv[j].u) / 2, (uv[k].v + uv[j].v) / 2}
		if m[k] >= 0 {
			n++
		}
	}
	add := func(a, b, c int32, ua, ub, uc corner) {
		f.tris, f.uv, f.src = append(f.tris, geometry.Tri{a, b, c}), append(f.uv, [3]corner{ua, ub, uc}), append(f.src, src)
	}
	switch n {
	case 0:
		add(t[0], t[1], t[2], uv[0], uv[1], uv[2])
	case 3:
		add(t[0], m[0], m[2], uv[0], q[0], q[2])
		add(m[0], t[1], m[1], q[0], uv[1], q[1])
		add(m[2], m[1], t[2], q[2], q[1], uv[2])
		add(m[0], m[1], m[2], q[0], q[1], q[2])
	default:
		k := 0 // turn so that edge k is halved and, of two, k+1 as well
		for m[k] < 0 || (n == 2 && m[(k+1)%3] < 0) {
			k++
		}
		i, j := (k+1)%3, (k+2)%3
		add(t[k], m[k], t[j], uv[k], q[k], uv[j])
		if n == 1 {
			add(m[k], t[i], t[j], q[k], uv[i], uv[j])
			return
		}
		add(m[k], t[i], m[i], q[k], uv[i], q[i])
		add(m[k], m[i], t[j], q[k], q[i], uv[j])
	}
}

// path returns a line with the vertices that now halve its edges.
func (f *flesh) path(l Line) Line {
	verts := make([]int32, 0, 2*len(l.Verts))
	for i, v := range l.Verts {
		verts = append(verts, v)
		if i+1 == len(l.Verts) && !l.Closed {
			break
		}
		if m := f.between(v, l.Verts[(i+1)%len(l.Verts)]); m >= 0 {
			verts = append(verts, m)
		}
	}
	l.Verts = verts
	return l
}
