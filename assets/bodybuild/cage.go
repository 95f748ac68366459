package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// term is one summand of a linear row.
type term struct {
	at int32
	w  float64
}

// cage is the left half of the control mesh: polygons over the base vertices
// and, from bodyVerts on, the vertices of the new head. Vertices with x = 0
// belong to both halves.
type cage struct {
	faces [][]int32
	head  []headVert // cage vertex bodyVerts+i
}

// headVert is a vertex of the new head: it rides on a patch of the old one.
type headVert struct {
	ride   []term // weights on base vertices, sum 1
	at     r3.Vec // where it stands on the base mesh [dm]
	onMid  bool
	offset r3.Vec // at minus the patch's place on the base mesh
}

// place writes the cage positions for the base vertices x.
func (c *cage) place(dst, x []r3.Vec) {
	copy(dst, x[:bodyVerts])
	for i := range c.head {
		h := &c.head[i]
		p := h.offset
		for _, t := range h.ride {
			p = r3.Add(p, r3.Scale(t.w, x[t.at]))
		}
		if h.onMid {
			p.X = 0
		}
		dst[bodyVerts+i] = p
	}
}

// leftFaces are the quads on the left of the symmetry plane; no quad of the
// base mesh crosses it.
func leftFaces(s *source) [][]int32 {
	var faces [][]int32
	for _, q := range s.quads {
		var x float64
		for _, v := range q {
			x += s.verts[v].X
		}
		if x > 0 {
			faces = append(faces, append([]int32(nil), q[:]...))
		}
	}
	return faces
}

// onMid says whether a base vertex lies in the symmetry plane.
func onMid(p r3.Vec) bool { return math.Abs(p.X) < 1e-4 }

// edgeLoop walks the closed loop of edges from a over b: at each vertex of
// valence four it leaves by the edge opposite to the one it came by.
func edgeLoop(quads [][4]int32, a, b int32) ([]int32, error) {
	around := map[int32][][4]int32{}
	for _, q := range quads {
		for _, v := range q {
			around[v] = append(around[v], q)
		}
	}
	loop := []int32{a, b}
	for len(loop) < 400 {
		u, v := loop[len(loop)-2], loop[len(loop)-1]
		next, ok := opposite(around[v], u, v)
		if !ok {
			return nil, fmt.Errorf("the edge loop from vertex %d ends at vertex %d", a, v)
		}
		if next == a {
			return loop, nil
		}
		loop = append(loop, next)
	}
	return nil, fmt.Errorf("the edge loop from vertex %d does not close", a)
}

// opposite returns the neighbour of v across its four quads from u.
func opposite(quads [][4]int32, u, v int32) (int32, bool) {
	if len(quads) != 4 {
		return 0, false
	}
	near := map[int32]bool{}
	for _, q := range quads {
		if indexOf(q[:], u) < 0 {
			continue
		}
		for _, w := range q {
			near[w] = true
		}
	}
	for _, q := range quads {
		k := indexOf(q[:], v)
		for _, w := range []int32{q[(k+1)%4], q[(k+3)%4]} {
			if !near[w] {
				return w, true
			}
		}
	}
	return 0, false
}

func indexOf(s []int32, v int32) int {
	for i, w := range s {
		if w == v {
			return i
		}
	}
	return -1
}
