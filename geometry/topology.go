package geometry

import (
	"cmp"
	"slices"
)

// Edge is an undirected edge with the triangles on both sides. A < B always.
type Edge struct {
	A, B int32
	// Tri holds the triangle left and right of A->B, -1 where there is none.
	// Opp holds the vertex of that triangle opposite the edge, -1 likewise.
	Tri, Opp [2]int32
}

// Topology is the connectivity of a triangle list.
type Topology struct {
	Edges       []Edge   // sorted by (A, B)
	Boundary    int      // edges with one triangle
	NonManifold int      // directed edges used more than once
	Doubled     [2]int32 // the first of those, from its first to its second vertex
}

// Closed reports whether every edge has exactly one triangle on each side.
func (t *Topology) Closed() bool { return t.Boundary == 0 && t.NonManifold == 0 }

// half is one side of a triangle: a < b, and which way it runs is in the sign of tri.
type half struct{ a, b, tri, opp int32 }

// sortHalves orders halves that come by triangle by (a, b) and, where these are
// equal, leaves them as they come: first by a, counting, then the few at each a.
func sortHalves(halves []half) []half {
	most := int32(-1)
	for _, h := range halves {
		most = max(most, h.a)
	}
	start := make([]int32, most+2)
	for _, h := range halves {
		start[h.a+1]++
	}
	for a := range most {
		start[a+1] += start[a]
	}
	out := make([]half, len(halves))
	at := slices.Clone(start)
	for _, h := range halves {
		out[at[h.a]] = h
		at[h.a]++
	}
	for a := range most + 1 {
		slices.SortStableFunc(out[start[a]:at[a]], func(x, y half) int { return cmp.Compare(x.b, y.b) })
	}
	return out
}

// NewTopology finds the edges of a triangle list in a fixed order: sorting,
// not hashing, so equal input gives an equal order. Of a non-manifold edge the
// first triangle on each side is kept and the others are counted.
func NewTopology(tris []Tri) *Topology {
	halves := make([]half, 0, 3*len(tris))
	for i, t := range tris {
		for c := range 3 {
			a, b, o := t[c], t[(c+1)%3], t[(c+2)%3]
			k := int32(i)
			if a > b {
				a, b, k = b, a, ^k
			}
			halves = append(halves, half{a, b, k, o})
		}
	}
	halves = sortHalves(halves)
	top := &Topology{Edges: make([]Edge, 0, len(halves)/2+1)}
	for i := 0; i < len(halves); {
		e := Edge{A: halves[i].a, B: halves[i].b, Tri: [2]int32{-1, -1}, Opp: [2]int32{-1, -1}}
		for ; i < len(halves) && halves[i].a == e.A && halves[i].b == e.B; i++ {
			side, tri := 0, halves[i].tri
			if tri < 0 {
				side, tri = 1, ^tri
			}
			if e.Tri[side] >= 0 {
				if top.NonManifold++; top.NonManifold == 1 {
					top.Doubled = [2]int32{e.A, e.B}
					if side == 1 {
						top.Doubled = [2]int32{e.B, e.A}
					}
				}
				continue
			}
			e.Tri[side], e.Opp[side] = tri, halves[i].opp
		}
		if e.Tri[0] < 0 || e.Tri[1] < 0 {
			top.Boundary++
		}
		top.Edges = append(top.Edges, e)
	}
	return top
}
