package sew

import (
	"math"

	"fitroom/garment/pattern"
)

// counts returns how many equal pieces each edge of each panel is cut into so
// that none is longer than h [m]. Both sides of a seam get the count of the
// longer one, so that their samples meet one to one.
func counts(p *pattern.Pattern, h float64) [][]int {
	n := make([][]int, len(p.Panels))
	for i := range p.Panels {
		h := panelEdge(p, i, h)
		n[i] = make([]int, len(p.Panels[i].Edges))
		for e := range n[i] {
			// The small slack keeps 0.2 m at 10 mm from becoming 21 pieces.
			n[i][e] = max(1, int(math.Ceil(p.Panels[i].Length(e)/h-1e-6)))
		}
	}
	lapCounts(p, n, h)
	for _, s := range p.Seams {
		a, b := &n[s.A.Panel][s.A.Edge], &n[s.B.Panel][s.B.Edge]
		*a = max(*a, *b)
		*b = *a
	}
	return n
}

// foldedEdge is the longest edge in a collar that is turned down [m]: two rows
// of triangles to a stand, so that stand, fold and fall lie apart as early as
// on the coarsest mesh.
const foldedEdge = 0.016

// panelEdge is the wanted edge length of one panel.
func panelEdge(p *pattern.Pattern, i int, h float64) float64 {
	if p.Panels[i].Role == pattern.CollarFall {
		return min(h, foldedEdge)
	}
	for _, s := range p.Seams {
		if (s.A.Panel == i || s.B.Panel == i) && p.Panels[s.A.Panel].Role != p.Panels[s.B.Panel].Role &&
			(p.Panels[s.A.Panel].Role == pattern.CollarFall || p.Panels[s.B.Panel].Role == pattern.CollarFall) {
			return min(h, foldedEdge)
		}
	}
	return h
}
