package sew

import (
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// A garment may be several, one over the other: a lining, a vest over a shirt. Each
// goes round the body by itself and is a shell here; shells are laid round the body
// one after the other, the innermost first, each further out. Which panels make a
// shell is told from their layers: panels of one layer that are sewn together, with
// a front and a back of one kind among them. All others, a collar's rib or a strip
// on a layer of its own, belong to the shell they are sewn to.

// shellOff is how far outside of the last one a shell starts [m]: more than the two
// keep apart on any mesh.
const shellOff = 0.006

// shells numbers the shell of every panel from the innermost; all are 0 where there
// is one only.
func shells(p *pattern.Pattern) []int {
	group := components(p)
	var layers []int // of shells, ascending
	layer := make([]int, len(p.Panels))
	for g := range p.Panels {
		layer[g] = -1
		if closesRound(p, group, g) {
			layer[g] = p.Panels[g].Layer
			if !slices.Contains(layers, layer[g]) {
				layers = append(layers, layer[g])
			}
		}
	}
	slices.Sort(layers)
	out := make([]int, len(p.Panels))
	if len(layers) < 2 {
		return out
	}
	for again := true; again; { // what is no shell joins one it is sewn to, the innermost
		again = false
		for _, s := range p.Seams {
			a, b := group[s.A.Panel], group[s.B.Panel]
			for _, g := range [2][2]int{{a, b}, {b, a}} {
				if layer[g[0]] < 0 && layer[g[1]] >= 0 {
					layer[g[0]], again = layer[g[1]], true
				}
			}
		}
	}
	for i := range out {
		out[i] = max(0, slices.Index(layers, layer[group[i]]))
	}
	return out
}

// components gives panels of one layer that hang together by seams one number, that
// of the first of them.
func components(p *pattern.Pattern) []int {
	root := make([]int32, len(p.Panels))
	for i := range root {
		root[i] = int32(i)
	}
	for _, s := range p.Seams {
		if a, b := s.A.Panel, s.B.Panel; p.Panels[a].Layer == p.Panels[b].Layer {
			join(root, int32(a), int32(b))
		}
	}
	out := make([]int, len(p.Panels))
	for i := range out {
		out[i] = int(find(root, int32(i)))
	}
	return out
}

// closesRound: a component has a front and a back of one kind.
func closesRound(p *pattern.Pattern, group []int, g int) bool {
	var front, back [hood + 1]bool
	for i := range p.Panels {
		if group[i] != g {
			continue
		}
		f := familyOf(p.Panels[i].Role)
		front[f] = front[f] || facing(&p.Panels[i]) == pattern.FacesFront
		back[f] = back[f] || facing(&p.Panels[i]) == pattern.FacesBack
	}
	for _, f := range [...]family{torso, band, skirt, trouser} {
		if front[f] && back[f] {
			return true
		}
	}
	return false
}

// show lets only the panels of one shell be found by their family; -1 shows all.
func (l *layout) show(shell int, fam []family) {
	l.clear = clearance + shellOff*float64(max(0, shell))
	for i := range l.fam {
		if l.fam[i] = fam[i]; shell >= 0 && l.shell[i] != shell {
			l.fam[i] = absent
		}
	}
}

// shellOf is the shell of each vertex, the inner one where two are sewn together.
func (w *weld) shellOf(shell []int) []int {
	out := make([]int, w.count)
	for v := range out {
		out[v] = math.MaxInt
	}
	for i := range w.pieces {
		for _, v := range w.vert[i] {
			out[v] = min(out[v], shell[i])
		}
	}
	return out
}

// keptOff is how far each vertex is kept off the skin at the start [m].
func (w *weld) keptOff(shell []int) []float64 {
	out := make([]float64, w.count)
	for v, k := range w.shellOf(shell) {
		out[v] = keepOff + shellOff*float64(k)
	}
	return out
}

// stack pushes shells out of those within them, which seams and relaxation may have
// brought too near.
func (w *weld) stack(pos []r3.Vec, tris []geometry.Tri, panel []int32, shell []int) {
	most := slices.Max(shell)
	if most == 0 {
		return
	}
	of := w.shellOf(shell)
	for k := 1; k <= most; k++ {
		var inner []geometry.Tri
		for t, tri := range tris {
			if shell[panel[t]] < k {
				if w.pieces[panel[t]].turned() { // of a lining: its outer side looks to the body
					tri[1], tri[2] = tri[2], tri[1]
				}
				inner = append(inner, tri)
			}
		}
		tree := bvh.Build(&geometry.Mesh{Verts: pos, Tris: inner})
		var at []int32
		var pts []r3.Vec
		for v := range pos {
			if of[v] == k {
				at, pts = append(at, int32(v)), append(pts, pos[v])
			}
		}
		tree.PushOff(pts, stackReach, shellOff/2)
		for n, v := range at {
			pos[v] = pts[n]
		}
	}
}

// stackReach is how deep a shell may lie in another and still be brought out [m].
const stackReach = 0.05
