package pattern

import "math"

// EdgeLength is the length of the edge a reference names [m].
func (p *Pattern) EdgeLength(r EdgeRef) float64 {
	return p.Panels[r.Panel].Length(r.Edge)
}

// SeamLengths are the lengths of both sides of seam s [m].
func (p *Pattern) SeamLengths(s int) (a, b float64) {
	return p.EdgeLength(p.Seams[s].A), p.EdgeLength(p.Seams[s].B)
}

// SeamRatio is the longer side of seam s over the shorter: 1 for a plain seam,
// more where one side is eased or gathered into the other.
func (p *Pattern) SeamRatio(s int) float64 {
	a, b := p.SeamLengths(s)
	return math.Max(a, b) / math.Min(a, b)
}

// IsDart reports whether seam s closes a dart: it joins two edges of one panel
// that meet in a corner, the tip.
func (p *Pattern) IsDart(s int) bool {
	_, ok := p.DartTip(s)
	return ok
}

// DartTip returns the vertex of the panel at the tip of the dart closed by
// seam s, and whether the seam is a dart at all.
func (p *Pattern) DartTip(s int) (vertex int, ok bool) {
	a, b := p.Seams[s].A, p.Seams[s].B
	if a.Panel != b.Panel || a.Edge == b.Edge {
		return 0, false
	}
	edges := p.Panels[a.Panel].Edges
	ea, eb := &edges[a.Edge], &edges[b.Edge]
	switch {
	case ea.To == eb.From:
		return ea.To, true
	case eb.To == ea.From:
		return eb.To, true
	}
	return 0, false
}
