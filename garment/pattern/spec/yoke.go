package spec

import (
	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// yokeDeep is how far below the neck seam a yoke ends at the centre back [m]:
// above the back notch of any adult's armscye.
const yokeDeep = 0.085

// cutYoke cuts the upper part of a back off as a yoke, along a level line
// between the armscyes. Whatever the two armscye edges are sewn to is divided
// with them, so that all seams still join one edge to one. It comes last: it
// renumbers the edges of the back and of the sleeves.
func (s *sewing) cutYoke(back int, y float64) error {
	var cuts []pattern.EdgeRef
	for e := range s.out.Panels[back].Edges {
		p := &s.out.Panels[back]
		a, b := p.Verts[p.Edges[e].From], p.Verts[p.Edges[e].To]
		if p.Edges[e].Label == "armscye" && (a.Y-y)*(b.Y-y) < 0 {
			cuts = append(cuts, pattern.EdgeRef{Panel: back, Edge: e})
		}
	}
	if len(cuts) != 2 {
		return fault.Errorf("option yoke: a yoke %s deep does not end between the shoulders and the underarms", cm(yokeDeep))
	}
	for k := len(cuts) - 1; k >= 0; k-- { // the later one first: it renumbers what follows
		s.divide(cuts[k], s.shareAt(cuts[k], y))
	}
	// Each cut edge is now two; the panel is parted at their common corners.
	s.part(back, cuts[0].Edge+1, cuts[1].Edge+2)
	return nil
}

// shareAt is the share of an edge's length at which it crosses height y.
func (s *sewing) shareAt(at pattern.EdgeRef, y float64) float64 {
	const steps = 1024
	pts := s.out.Panels[at.Panel].Sample(nil, at.Edge, steps)
	for k := range steps {
		if a, b := pts[k].Y-y, pts[k+1].Y-y; a*b <= 0 && a != b {
			return (float64(k) + a/(a-b)) / steps
		}
	}
	panic("spec: the edge does not cross the height")
}

// divide cuts an edge and the edge it is sewn to in two at a share of its
// length, and the seam with them.
func (s *sewing) divide(at pattern.EdgeRef, share float64) {
	for k := range s.out.Seams {
		seam := s.out.Seams[k]
		other, ok := partner(seam, at)
		if !ok {
			continue
		}
		far := 1 - share // the end of one edge meets the start of the other
		if seam.Reversed {
			far = share
		}
		s.split(other, far)
		if at.Panel == other.Panel && other.Edge < at.Edge {
			at.Edge++
		}
		s.split(at, share)
		if at.Panel == other.Panel && at.Edge < other.Edge {
			other.Edge++
		}
		first, second := other.Edge+1, other.Edge
		if seam.Reversed {
			first, second = second, first
		}
		swapped := s.out.Seams[k].A == other
		for part, end := range [2]int{first, second} {
			half := seam
			half.A, half.B = at, pattern.EdgeRef{Panel: other.Panel, Edge: end}
			if swapped {
				half.A, half.B = half.B, half.A
			}
			if part == 0 {
				s.out.Seams[k] = half
			} else {
				s.out.Seams = append(s.out.Seams, half)
			}
			at.Edge++
		}
		return
	}
	s.split(at, share)
}

func partner(seam pattern.Seam, at pattern.EdgeRef) (pattern.EdgeRef, bool) {
	switch at {
	case seam.A:
		return seam.B, true
	case seam.B:
		return seam.A, true
	}
	return pattern.EdgeRef{}, false
}

// split cuts one edge and renumbers what is sewn to the later ones.
func (s *sewing) split(at pattern.EdgeRef, share float64) {
	s.out.Panels[at.Panel].SplitEdge(at.Edge, []float64{share})
	s.renumber(func(r pattern.EdgeRef) pattern.EdgeRef {
		if r.Panel == at.Panel && r.Edge > at.Edge {
			r.Edge++
		}
		return r
	})
}

// renumber changes all references to edges.
func (s *sewing) renumber(to func(pattern.EdgeRef) pattern.EdgeRef) {
	for k := range s.out.Seams {
		seam := &s.out.Seams[k]
		seam.A, seam.B = to(seam.A), to(seam.B)
	}
	for k := range s.out.Closures {
		seam := &s.out.Closures[k].Seam
		seam.A, seam.B = to(seam.A), to(seam.B)
	}
}

// part cuts a panel in two from the start of edge i to the start of edge j,
// sews the parts together and adds the one with the neckline as the yoke.
func (s *sewing) part(panel, i, j int) {
	whole := s.out.Panels[panel]
	n := len(whole.Edges)
	inner, outer := chain(&whole, i, j), chain(&whole, j, i+n)
	yoke, rest, from := inner, outer, i
	if len(inner.Labelled("neckline")) == 0 {
		yoke, rest, from = outer, inner, j
	}
	yoke.Name = "yoke"
	s.out.Panels[panel] = rest
	k := s.add(yoke)
	length := len(yoke.Edges) - 1 // the last edge is the seam between the parts
	s.renumber(func(r pattern.EdgeRef) pattern.EdgeRef {
		if r.Panel != panel {
			return r
		}
		if at := ((r.Edge-from)%n + n) % n; at < length {
			return pattern.EdgeRef{Panel: k, Edge: at}
		} else {
			return pattern.EdgeRef{Panel: panel, Edge: at - length}
		}
	})
	s.seam(panel, len(rest.Edges)-1, k, length)
}

// chain is the part of a panel from the start of edge i to that of edge j > i,
// closed by a straight edge.
func chain(whole *pattern.Panel, i, j int) pattern.Panel {
	out := *whole
	out.Verts, out.Edges = nil, nil
	for e := i; e < j; e++ {
		edge := whole.Edges[e%len(whole.Edges)]
		out.Verts = append(out.Verts, whole.Verts[edge.From])
		edge.From, edge.To = e-i, e-i+1
		out.Edges = append(out.Edges, edge)
	}
	last := whole.Edges[(j-1)%len(whole.Edges)]
	out.Verts = append(out.Verts, whole.Verts[last.To])
	out.Edges = append(out.Edges, pattern.Edge{Label: "yoke", From: j - i, To: 0})
	return out
}
