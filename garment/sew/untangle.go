package sew

import (
	"math"

	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Untangling smooths the start state where the cloth cuts itself, mostly under
// the arms of wide garments, where sleeve and side are squeezed between arm and
// trunk: the points of crossing triangles and their neighbours move to the
// means of theirs, which draws a crumple flat, and out of the body again. A
// start without crossings is left alone.
const (
	untangleRounds = 24
	untangleStep   = 0.7 // of the way to the mean
)

// untangle smooths until nothing crosses, or gives up: what is left the solver
// has to take apart.
func untangle(pos []r3.Vec, tris []geometry.Tri, off []float64, tree *bvh.Tree) {
	crossing := crossed(pos, tris)
	if len(crossing) == 0 {
		return
	}
	next := neighbours(len(pos), tris)
	hits := make([]bvh.Hit, len(pos))
	for range untangleRounds {
		smoothAt(pos, tris, next, crossing)
		push(pos, off, hits, tree, math.Inf(1))
		if crossing = crossed(pos, tris); len(crossing) == 0 {
			return
		}
	}
}

// crossed lists the triangles that cut others, both of each pair.
func crossed(pos []r3.Vec, tris []geometry.Tri) []int32 {
	var out []int32
	bvh.Build(&geometry.Mesh{Verts: pos, Tris: tris}).SelfCrossings(func(a, b int32) bool {
		out = append(out, a, b)
		return true
	})
	return out
}

// neighbours lists the points that share an edge with each.
func neighbours(n int, tris []geometry.Tri) [][]int32 {
	next := make([][]int32, n)
	for _, e := range geometry.NewTopology(tris).Edges {
		next[e.A] = append(next[e.A], e.B)
		next[e.B] = append(next[e.B], e.A)
	}
	return next
}

// smoothAt moves the points of some triangles and their neighbours towards the
// means of their own neighbours, all at once.
func smoothAt(pos []r3.Vec, tris []geometry.Tri, next [][]int32, at []int32) {
	move := make([]bool, len(pos))
	for _, t := range at {
		for _, v := range tris[t] {
			move[v] = true
			for _, u := range next[v] {
				move[u] = true
			}
		}
	}
	mean := make([]r3.Vec, len(pos))
	for v, list := range next {
		if !move[v] {
			continue
		}
		for _, u := range list {
			mean[v] = r3.Add(mean[v], r3.Scale(1/float64(len(list)), pos[u]))
		}
	}
	for v := range pos {
		if move[v] {
			pos[v] = r3.Add(pos[v], r3.Scale(untangleStep, r3.Sub(mean[v], pos[v])))
		}
	}
}
