package cdt

import "gonum.org/v1/gonum/spatial/r2"

// tri is a triangle, counter-clockwise. Edge i lies opposite corner i, from
// v[i+1] to v[i+2]; n[i] is the triangle behind it, none at the outer hull.
type tri struct {
	v, n  [3]int32
	fixed [3]kind // what edge i is
	in    bool    // inside the outline
	birth uint32  // how often the slot was used
}

// kind says whether an edge may be removed.
type kind uint8

const (
	loose    kind = iota
	internal      // a segment with the same region on both sides
	border        // a segment of the outline
)

const none int32 = -1

// The corners of the enclosing triangle are the first three points.
const ghosts = 3

// mesh is a triangulation under construction.
type mesh struct {
	pts  []r2.Vec
	tris []tri
	at   []int32 // per point: one triangle that uses it
	last int32   // where the next walk starts
	free []int32 // slots of triangles just replaced; fill always uses all of them

	cavity []int32   // scratch of insert: triangles to replace
	rim    []rimEdge // scratch of insert: edges round the cavity
	mark   []int32   // scratch of insert: stamp per triangle
	stamp  int32
	fresh  []int32 // triangles made by the last insert
}

// rimEdge is an edge a->b of a cavity's rim, seen from inside.
type rimEdge struct {
	a, b, outer int32
	fixed       kind
	in          bool
}

var next = [3]int{1, 2, 0}
var prev = [3]int{2, 0, 1}

// newMesh starts with one triangle far around the box. Its size does not
// matter to the result: segments close the outline off from it.
func newMesh(lo, hi r2.Vec, capacity int) *mesh {
	d := 20 * max(hi.X-lo.X, hi.Y-lo.Y)
	c := r2.Scale(0.5, r2.Add(lo, hi))
	m := &mesh{
		pts:  make([]r2.Vec, 0, capacity+ghosts),
		tris: make([]tri, 0, 2*capacity+8),
		at:   make([]int32, ghosts, capacity+ghosts),
		mark: make([]int32, 0, 2*capacity+8),
	}
	m.pts = append(m.pts, r2.Vec{X: c.X - d, Y: c.Y - d}, r2.Vec{X: c.X + d, Y: c.Y - d}, r2.Vec{X: c.X, Y: c.Y + d})
	m.newTri(tri{v: [3]int32{0, 1, 2}, n: [3]int32{none, none, none}})
	return m
}

// newTri stores t in a free slot and returns its index.
func (m *mesh) newTri(t tri) int32 {
	if k := len(m.free); k > 0 {
		id := m.free[k-1]
		m.free = m.free[:k-1]
		t.birth = m.tris[id].birth + 1
		m.tris[id] = t
		return id
	}
	m.tris = append(m.tris, t)
	m.mark = append(m.mark, 0)
	return int32(len(m.tris) - 1)
}

// corner returns which corner of t is vertex p.
func (t *tri) corner(p int32) int {
	switch p {
	case t.v[0]:
		return 0
	case t.v[1]:
		return 1
	case t.v[2]:
		return 2
	}
	panic("cdt: the triangle does not use this vertex")
}

// side returns which edge of t borders triangle u.
func (t *tri) side(u int32) int {
	switch u {
	case t.n[0]:
		return 0
	case t.n[1]:
		return 1
	case t.n[2]:
		return 2
	}
	panic("cdt: the triangles are not neighbours")
}

// locate walks from the last triangle to one holding p (Devillers, Pion,
// Teillaud 2002, "Walking in a triangulation"). In a constrained Delaunay
// triangulation a visibility walk may turn in circles, so the edge tried first
// rotates with the step count. With stay it does not cross segments and
// returns none where one is in the way.
func (m *mesh) locate(p r2.Vec, stay bool) int32 {
	t := m.last
	for step := 0; ; step++ {
		if step > 4*len(m.tris)+64 {
			if stay {
				return none
			}
			return m.scan(p)
		}
		k := m.exit(t, p, step)
		if k < 0 {
			m.last = t
			return t
		}
		if stay && m.tris[t].fixed[k] != loose {
			return none
		}
		t = m.tris[t].n[k]
	}
}

// exit returns an edge of t with p on its far side, or -1.
func (m *mesh) exit(t int32, p r2.Vec, step int) int {
	T := &m.tris[t]
	k := step % 3
	for range 3 {
		if T.n[k] != none && orient(m.pts[T.v[next[k]]], m.pts[T.v[prev[k]]], p) < 0 {
			return k
		}
		k = next[k]
	}
	return -1
}

// scan finds the triangle by looking at all of them.
func (m *mesh) scan(p r2.Vec) int32 {
	for t := range m.tris {
		if m.exit(int32(t), p, 0) < 0 {
			return int32(t)
		}
	}
	panic("cdt: point outside the enclosing triangle")
}

// dig collects the triangles whose circumcircle holds p, starting at t and not
// crossing segments, and the rim around them (Bowyer 1981; Watson 1981).
func (m *mesh) dig(p r2.Vec, t int32) {
	m.stamp++
	m.cavity = append(m.cavity[:0], t)
	m.rim = m.rim[:0]
	m.mark[t] = m.stamp
	for i := 0; i < len(m.cavity); i++ {
		T := &m.tris[m.cavity[i]]
		for k := range 3 {
			u := T.n[k]
			if u != none && m.mark[u] == m.stamp {
				continue
			}
			if u != none && T.fixed[k] == loose {
				U := &m.tris[u]
				if inCircle(m.pts[U.v[0]], m.pts[U.v[1]], m.pts[U.v[2]], p) > 0 {
					m.mark[u] = m.stamp
					m.cavity = append(m.cavity, u)
					continue
				}
			}
			m.rim = append(m.rim, rimEdge{T.v[next[k]], T.v[prev[k]], u, T.fixed[k], T.in})
		}
	}
}

// starShaped reports whether p sees every rim edge from its inner side. It can
// fail only where a segment ends inside the circumcircles.
func (m *mesh) starShaped(p r2.Vec) bool {
	for _, e := range m.rim {
		if orient(m.pts[e.a], m.pts[e.b], p) <= 0 {
			return false
		}
	}
	return true
}

// fill adds p and joins it to the rim of the cavity dug for it.
func (m *mesh) fill(p r2.Vec) int32 {
	id := int32(len(m.pts))
	m.pts = append(m.pts, p)
	m.at = append(m.at, none)
	m.free = append(m.free[:0], m.cavity...)
	m.fresh = m.fresh[:0]
	for _, e := range m.rim {
		t := m.newTri(tri{
			v:     [3]int32{id, e.a, e.b},
			n:     [3]int32{e.outer, none, none},
			fixed: [3]kind{e.fixed},
			in:    e.in,
		})
		m.fresh = append(m.fresh, t)
		if e.outer != none {
			m.relink(e.outer, e.a, e.b, t)
		}
		m.at[e.a] = t // of the rim edges at a point, the one leaving it names the triangle
	}
	for _, t := range m.fresh { // neighbours round p
		u := m.at[m.tris[t].v[2]]
		m.tris[t].n[1] = u
		m.tris[u].n[2] = t
	}
	m.at[id] = m.fresh[0]
	m.last = m.fresh[0]
	return id
}

// relink makes triangle u, which holds edge b->a, border t there.
func (m *mesh) relink(u, a, b, t int32) {
	U := &m.tris[u]
	for k := range 3 {
		if U.v[next[k]] == b && U.v[prev[k]] == a {
			U.n[k] = t
			return
		}
	}
	panic("cdt: broken neighbourhood")
}

// flip turns the diagonal opposite corner i of t, if its quadrilateral is
// strictly convex. Afterwards t holds corner i, the first end of the old
// diagonal and the far corner; u the other half.
func (m *mesh) flip(t int32, i int) bool {
	u := m.tris[t].n[i]
	T, U := &m.tris[t], &m.tris[u]
	j := U.side(t)
	a, b, c, d := T.v[i], T.v[next[i]], T.v[prev[i]], U.v[j]
	if orient(m.pts[a], m.pts[b], m.pts[d]) <= 0 || orient(m.pts[a], m.pts[d], m.pts[c]) <= 0 {
		return false
	}
	ab, ca := prev[i], next[i] // edges of t
	bd, dc := next[j], prev[j] // edges of u: U.v = (d, c, b) from j on
	o, p := *T, *U
	T.v, T.n, T.fixed = [3]int32{a, b, d}, [3]int32{p.n[bd], u, o.n[ab]}, [3]kind{p.fixed[bd], loose, o.fixed[ab]}
	U.v, U.n, U.fixed = [3]int32{a, d, c}, [3]int32{p.n[dc], o.n[ca], t}, [3]kind{p.fixed[dc], o.fixed[ca], loose}
	if w := p.n[bd]; w != none {
		m.relink(w, b, d, t)
	}
	if w := o.n[ca]; w != none {
		m.relink(w, c, a, u)
	}
	m.at[a], m.at[b], m.at[d], m.at[c] = t, t, t, u
	return true
}
