package sew

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Relaxation moves the start positions nearer to the rest lengths while it
// keeps them outside the body: edges are corrected one after the other
// (Müller et al. 2007, "Position based dynamics", section 3.3, with half the
// step), then points are pushed out. It is no drape: a few sweeps, no gravity,
// only so that the solver starts from moderate strain.
const (
	relaxSweeps = 24
	relaxStep   = 0.5
	pushEvery   = 4     // sweeps; the distance query costs ten times a sweep
	lastPushes  = 3     // between thighs one push leads into the other leg's reach
	foldFrom    = 0.95  // a diagonal this much shorter than flat is a fold of 36 degrees
	keepOff     = 0.008 // least distance from the skin after a push [m]
)

// A spring is an edge, or the diagonal across an edge, which only keeps the
// cloth from folding.
type spring struct {
	a, b int32
	rest float64 // [m]
	fold bool    // acts only where shorter than rest
}

// springs are the edges with their mean flat length over both triangles, and
// the diagonals across them. The fall of a collar has none (see turnDown), nor
// has what is laid on other panels (see layDown).
func springs(c *cloth.Cloth, laid func(panel int) bool) []spring {
	tris, rest := c.Tris, c.Rest
	fall := func(t int32) bool {
		return c.Panels[c.Panel[t]].Role == string(pattern.CollarFall) || laid(int(c.Panel[t]))
	}
	top := geometry.NewTopology(tris)
	out := make([]spring, 0, len(top.Edges))
	for _, e := range top.Edges {
		if e.Tri[0] >= 0 && fall(e.Tri[0]) || e.Tri[1] >= 0 && fall(e.Tri[1]) {
			continue
		}
		s := spring{a: e.A, b: e.B}
		n := 0.0
		for k, t := range e.Tri {
			if t < 0 {
				continue
			}
			for c := range 3 {
				if tris[t][c] == e.Opp[k] {
					s.rest += r2.Norm(r2.Sub(rest[t][(c+1)%3], rest[t][(c+2)%3]))
					n++
				}
			}
		}
		s.rest /= n
		out = append(out, s)
		if n == 2 {
			out = append(out, diagonal(e, tris, rest))
		}
	}
	return out
}

// diagonal spans the two triangles of an edge, unfolded into one plane.
func diagonal(e geometry.Edge, tris []geometry.Tri, rest [][3]r2.Vec) spring {
	var along, height [2]float64
	for k, t := range e.Tri {
		for c := range 3 {
			if tris[t][c] != e.Opp[k] {
				continue
			}
			a, b, o := rest[t][(c+1)%3], rest[t][(c+2)%3], rest[t][c]
			if tris[t][(c+1)%3] != e.A {
				a, b = b, a
			}
			d := r2.Unit(r2.Sub(b, a))
			along[k] = r2.Dot(r2.Sub(o, a), d)
			height[k] = math.Abs(r2.Cross(d, r2.Sub(o, a)))
		}
	}
	return spring{e.Opp[0], e.Opp[1], math.Hypot(along[0]-along[1], height[0]+height[1]), true}
}

func relax(pos []r3.Vec, edges []spring, off []float64, tree *bvh.Tree) {
	hits := make([]bvh.Hit, len(pos))
	push(pos, off, hits, tree, math.Inf(1))
	for k := range relaxSweeps {
		correct(pos, edges)
		if k%pushEvery == pushEvery-1 {
			push(pos, off, hits, tree, 0.05)
		}
	}
	for range lastPushes {
		push(pos, off, hits, tree, math.Inf(1))
	}
}

// correct moves the ends of each edge towards its rest length.
func correct(pos []r3.Vec, edges []spring) {
	for _, e := range edges {
		d := r3.Sub(pos[e.b], pos[e.a])
		l := math.Sqrt(r3.Norm2(d))
		if l == 0 || e.fold && l > foldFrom*e.rest {
			continue
		}
		m := r3.Scale(0.5*relaxStep*(l-e.rest)/l, d)
		pos[e.a] = r3.Add(pos[e.a], m)
		pos[e.b] = r3.Sub(pos[e.b], m)
	}
}

// push moves points that are nearer to the body than they are to be kept off it, or
// inside, out to there. Points deeper than reach are left to the first and last push.
func push(pos []r3.Vec, off []float64, hits []bvh.Hit, tree *bvh.Tree, reach float64) {
	tree.Nearest(hits, pos, reach)
	for i, h := range hits {
		if h.Tri >= 0 && h.Dist < off[i] {
			pos[i] = r3.Add(h.Point, r3.Scale(off[i], h.Normal))
		}
	}
}
