package fit

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// plane is where a tape lies.
type plane struct {
	origin, normal r3.Vec // normal is a unit vector
}

func (p plane) height(v r3.Vec) float64 { return r3.Dot(p.normal, r3.Sub(v, p.origin)) }

// frame returns two unit vectors that span the plane.
func (p plane) frame() (u, w r3.Vec) {
	n := p.normal
	a := r3.Vec{X: 1}
	if math.Abs(n.X) > 0.7 {
		a = r3.Vec{Y: 1}
	}
	u = r3.Unit(r3.Cross(n, a))
	return u, r3.Cross(n, u)
}

// crossing is where a plane cuts one triangle: two points, each on an edge of
// the mesh and, in cloth, known in the flat fabric too. So one cut gives worn
// and relaxed length of the same threads.
type crossing struct {
	tri  int32
	edge [2]uint64 // the mesh edges the end points lie on
	p    [2]r3.Vec // in space [m]
	q    [2]r2.Vec // in the flat fabric [m]; zero without rest
}

func edgeID(a, b int32) uint64 { return uint64(min(a, b))<<32 | uint64(uint32(max(a, b))) }

// cross appends the crossings of a mesh with a plane. A vertex in the plane
// counts as above it, so every cut triangle has exactly two cut edges and
// nothing is met twice. rest may be nil.
func cross(dst []crossing, pl plane, pos []r3.Vec, tris []geometry.Tri, rest [][3]r2.Vec) []crossing {
	h := make([]float64, len(pos))
	for i, v := range pos {
		h[i] = pl.height(v)
	}
	for i, t := range tris {
		up := [3]bool{h[t[0]] >= 0, h[t[1]] >= 0, h[t[2]] >= 0}
		if up[0] == up[1] && up[1] == up[2] {
			continue
		}
		c := crossing{tri: int32(i)}
		n := 0
		for e := range 3 {
			f := (e + 1) % 3
			if up[e] == up[f] {
				continue
			}
			// Along the edge from its lower index, so that both triangles of
			// the edge find the same point to the last bit.
			a, b := e, f
			if t[a] > t[b] {
				a, b = b, a
			}
			s := h[t[a]] / (h[t[a]] - h[t[b]])
			c.edge[n] = edgeID(t[a], t[b])
			c.p[n] = r3.Add(pos[t[a]], r3.Scale(s, r3.Sub(pos[t[b]], pos[t[a]])))
			if rest != nil {
				c.q[n] = r2.Add(rest[i][a], r2.Scale(s, r2.Sub(rest[i][b], rest[i][a])))
			}
			n++
		}
		dst = append(dst, c)
	}
	return dst
}

// chain is a run of crossings joined at mesh edges, in order.
type chain struct {
	cuts   []crossing // turned so that p[1] of one is p[0] of the next
	closed bool
}

// chains joins crossings across the edges they share; seams need no care,
// since sewn vertices are one. Open chains come first, each walked from its
// end with the lower triangle; then the closed ones. Where more than two cut
// triangles share an edge, the two with the lowest indices are joined.
func chains(cuts []crossing) []chain {
	next := link(cuts)
	used := make([]bool, len(cuts))
	var out []chain
	for pass := range 2 {
		for i := range cuts {
			if used[i] {
				continue
			}
			for end := range 2 {
				if !used[i] && (pass == 1 || next[2*i+end] < 0) {
					out = append(out, walk(cuts, next, used, i, end))
				}
			}
		}
	}
	return out
}

// link pairs the ends of crossings: entry 2i+e is the end (2j+f) that end e of
// crossing i is joined to, -1 at a free edge.
func link(cuts []crossing) []int {
	ends := make([]int, 2*len(cuts))
	next := make([]int, 2*len(cuts))
	for k := range ends {
		ends[k], next[k] = k, -1
	}
	edge := func(k int) uint64 { return cuts[k/2].edge[k%2] }
	slices.SortFunc(ends, func(a, b int) int { return cmp.Or(cmp.Compare(edge(a), edge(b)), a-b) })
	for k := 0; k+1 < len(ends); k++ {
		if a, b := ends[k], ends[k+1]; edge(a) == edge(b) {
			next[a], next[b] = b, a
			k++
		}
	}
	return next
}

// walk follows crossing i, entered at its given end, until it closes or ends.
func walk(cuts []crossing, next []int, used []bool, i, end int) chain {
	var c chain
	for at := 2*i + end; ; {
		k := at / 2
		used[k] = true
		cut := cuts[k]
		if at%2 == 1 {
			cut.p[0], cut.p[1] = cut.p[1], cut.p[0]
			cut.q[0], cut.q[1] = cut.q[1], cut.q[0]
			cut.edge[0], cut.edge[1] = cut.edge[1], cut.edge[0]
		}
		c.cuts = append(c.cuts, cut)
		at = next[at^1]
		if at < 0 {
			return c
		}
		if used[at/2] {
			c.closed = at/2 == i
			return c
		}
	}
}

// lengths are the worn and the relaxed length [m].
func lengths(cuts []crossing) (worn, relaxed float64) {
	for i := range cuts {
		worn += r3.Norm(r3.Sub(cuts[i].p[1], cuts[i].p[0]))
		relaxed += r2.Norm(r2.Sub(cuts[i].q[1], cuts[i].q[0]))
	}
	return worn, relaxed
}

// centroid of the curve, weighted by length.
func centroid(cuts []crossing) r3.Vec {
	var sum r3.Vec
	total := 0.0
	for i := range cuts {
		l := r3.Norm(r3.Sub(cuts[i].p[1], cuts[i].p[0]))
		sum = r3.Add(sum, r3.Scale(l/2, r3.Add(cuts[i].p[0], cuts[i].p[1])))
		total += l
	}
	if total == 0 {
		return cuts[0].p[0]
	}
	return r3.Scale(1/total, sum)
}

// winding counts how often a closed chain goes round a point of the plane,
// by crossings of the ray from the point along u (Sunday's winding number).
func winding(cuts []crossing, at r3.Vec, u, w r3.Vec) int {
	n := 0
	for i := range cuts {
		a, b := r3.Sub(cuts[i].p[0], at), r3.Sub(cuts[i].p[1], at)
		ay, by := r3.Dot(a, w), r3.Dot(b, w)
		if (ay <= 0) == (by <= 0) {
			continue
		}
		ax, bx := r3.Dot(a, u), r3.Dot(b, u)
		if ax+(bx-ax)*ay/(ay-by) <= 0 {
			continue
		}
		if by > 0 {
			n++
		} else {
			n--
		}
	}
	return n
}
