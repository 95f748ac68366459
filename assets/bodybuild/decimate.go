package main

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// quadric is a symmetric 4x4 form: the summed squared distances to planes
// (Garland and Heckbert 1997, "Surface simplification using quadric error
// metrics").
type quadric [10]float64

func planeQuadric(n r3.Vec, d, w float64) quadric {
	return quadric{
		w * n.X * n.X, w * n.X * n.Y, w * n.X * n.Z, w * n.X * d,
		w * n.Y * n.Y, w * n.Y * n.Z, w * n.Y * d,
		w * n.Z * n.Z, w * n.Z * d, w * d * d,
	}
}

func (q *quadric) add(o *quadric) {
	for i := range q {
		q[i] += o[i]
	}
}

func (q *quadric) at(p r3.Vec) float64 {
	return p.X*(q[0]*p.X+2*q[1]*p.Y+2*q[2]*p.Z+2*q[3]) + p.Y*(q[4]*p.Y+2*q[5]*p.Z+2*q[6]) + p.Z*(q[7]*p.Z+2*q[8]) + q[9]
}

// thin collapses edges inside the region until it has at most keep vertices.
// A vertex always collapses onto a neighbour, so that the cage stays a subset
// of the base vertices and every mode of shape carries over. The region's rim
// stays; its quads become triangles.
func thin(faces [][]int32, pos []r3.Vec, inside func(v int32) bool, keep int) [][]int32 {
	var rest [][]int32
	t := &thinning{pos: pos, around: map[int32][]int{}}
	rim := map[int32]bool{}
	for _, f := range faces {
		in := true
		for _, v := range f {
			in = in && inside(v)
		}
		if !in {
			rest = append(rest, f)
			for _, v := range f {
				rim[v] = true
			}
			continue
		}
		for k := 1; k+1 < len(f); k++ {
			t.addTri([3]int32{f[0], f[k], f[k+1]})
		}
	}
	t.quadrics()
	for t.live() > keep && t.collapseBest(rim) {
	}
	for _, f := range t.tris {
		if f[0] >= 0 {
			rest = append(rest, []int32{f[0], f[1], f[2]})
		}
	}
	return rest
}

type thinning struct {
	pos    []r3.Vec
	tris   [][3]int32 // -1 in the first place: gone
	around map[int32][]int
	form   map[int32]*quadric
	order  []int32
	dead   int
	banned map[[2]int32]bool
	cost   map[[2]int32]float64
}

func (t *thinning) addTri(f [3]int32) {
	for _, v := range f {
		t.around[v] = append(t.around[v], len(t.tris))
	}
	t.tris = append(t.tris, f)
}

func (t *thinning) live() int { return len(t.order) - t.dead }

func (t *thinning) quadrics() {
	t.form, t.banned, t.cost = map[int32]*quadric{}, map[[2]int32]bool{}, map[[2]int32]float64{}
	for v := range t.around {
		t.order = append(t.order, v)
		t.form[v] = &quadric{}
	}
	slices.Sort(t.order)
	for _, f := range t.tris {
		n := r3.Cross(r3.Sub(t.pos[f[1]], t.pos[f[0]]), r3.Sub(t.pos[f[2]], t.pos[f[0]]))
		area := r3.Norm(n)
		if area == 0 {
			continue
		}
		n = r3.Scale(1/area, n)
		q := planeQuadric(n, -r3.Dot(n, t.pos[f[0]]), area)
		for _, v := range f {
			t.form[v].add(&q)
		}
	}
}

// collapseBest makes the cheapest allowed collapse; false where none is left.
func (t *thinning) collapseBest(rim map[int32]bool) bool {
	type move struct {
		u, v int32
		cost float64
	}
	var best []move
	for _, u := range t.order {
		if rim[u] || len(t.around[u]) == 0 {
			continue
		}
		for _, v := range t.ring(u) {
			e := [2]int32{u, v}
			if t.banned[e] {
				continue
			}
			c, ok := t.cost[e]
			if !ok {
				q := *t.form[u]
				q.add(t.form[v])
				l := r3.Norm2(r3.Sub(t.pos[u], t.pos[v]))
				c = q.at(t.pos[v]) + 1e-4*l*l // the second term prefers short edges on flat ground
				t.cost[e] = c
			}
			best = append(best, move{u, v, c})
		}
	}
	slices.SortFunc(best, func(a, b move) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.u, b.u), cmp.Compare(a.v, b.v))
	})
	done := 0
	touched := map[int32]bool{}
	for _, m := range best { // several far-apart collapses per sort
		if touched[m.u] || touched[m.v] || len(t.around[m.u]) == 0 || len(t.around[m.v]) == 0 {
			continue
		}
		if !t.allowed(m.u, m.v) {
			t.banned[[2]int32{m.u, m.v}] = true
			continue
		}
		for _, w := range append(t.ring(m.u), t.ring(m.v)...) {
			touched[w] = true
		}
		t.collapse(m.u, m.v)
		if done++; done >= 20 {
			break
		}
	}
	return done > 0
}

func (t *thinning) ring(u int32) []int32 {
	var r []int32
	for _, f := range t.around[u] {
		for _, v := range t.tris[f] {
			if v != u {
				r = append(r, v)
			}
		}
	}
	slices.Sort(r)
	return slices.Compact(r)
}

// allowed keeps the surface a manifold (exactly two common neighbours) and
// refuses triangles that turn over or collapse to slivers.
func (t *thinning) allowed(u, v int32) bool {
	common := 0
	ru := t.ring(u)
	for _, w := range t.ring(v) {
		if _, ok := slices.BinarySearch(ru, w); ok {
			common++
			if len(t.around[w]) <= 3 {
				return false
			}
		}
	}
	if common != 2 {
		return false
	}
	for _, k := range t.around[u] {
		f := t.tris[k]
		if slices.Contains(f[:], v) {
			continue
		}
		g := f
		for i := range g {
			if g[i] == u {
				g[i] = v
			}
		}
		n, m := t.normal(f), t.normal(g)
		ln, lm := r3.Norm(n), r3.Norm(m)
		a, b, c := t.pos[g[0]], t.pos[g[1]], t.pos[g[2]]
		longest := max(r3.Norm2(r3.Sub(a, b)), r3.Norm2(r3.Sub(b, c)), r3.Norm2(r3.Sub(c, a)))
		if lm < 0.12*longest || r3.Dot(n, m) < 0.3*ln*lm {
			return false
		}
	}
	return true
}

func (t *thinning) normal(f [3]int32) r3.Vec {
	return r3.Cross(r3.Sub(t.pos[f[1]], t.pos[f[0]]), r3.Sub(t.pos[f[2]], t.pos[f[0]]))
}

func (t *thinning) collapse(u, v int32) {
	near := append(t.ring(u), t.ring(v)...)
	for _, k := range t.around[u] {
		f := &t.tris[k]
		if slices.Contains(f[:], v) {
			for _, w := range f {
				if w != u {
					t.around[w] = slices.DeleteFunc(t.around[w], func(i int) bool { return i == k })
				}
			}
			f[0] = -1
			continue
		}
		for i := range f {
			if f[i] == u {
				f[i] = v
			}
		}
		t.around[v] = append(t.around[v], k)
	}
	t.around[u] = nil
	t.dead++
	t.form[v].add(t.form[u])
	for _, a := range near {
		for _, b := range t.ring(a) {
			delete(t.cost, [2]int32{a, b})
			delete(t.cost, [2]int32{b, a})
			delete(t.banned, [2]int32{a, b})
			delete(t.banned, [2]int32{b, a})
		}
	}
}
