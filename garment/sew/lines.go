package sew

import (
	"math"
	"slices"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Names of seams and free lines. Lines on one side of the body carry _left or
// _right behind the name. The list is what the fit report and the checks know:
//
//	seams  shoulder, side, armhole, sleeve_seam, cuff_seam, centre_front,
//	       centre_back, inseam, outseam, waist, neck, hood, dart, seam, patch
//	free   hem, waist, neckline, top, armhole, sleeve_hem, leg_hem, hood_edge,
//	       front_edge, cut_out, edge
//
// seamLines are the sewn edges, in the order of the pattern's seams, and behind
// them those of its laps.
func seamLines(w *weld, l *layout, pos []r3.Vec) []cloth.Line {
	out := make([]cloth.Line, len(w.p.Seams))
	for k, s := range w.p.Seams {
		line := &out[k]
		for _, v := range w.pieces[s.A.Panel].edges[s.A.Edge] {
			line.Verts = append(line.Verts, w.vert[s.A.Panel][v])
		}
		if n := len(line.Verts); line.Verts[0] == line.Verts[n-1] {
			line.Verts, line.Closed = line.Verts[:n-1], true
		}
		line.Name = l.seamKind(s)
		if sided[line.Name] {
			line.Name += sideOf(line.Verts, pos)
		}
	}
	for _, lap := range w.p.Laps {
		line := cloth.Line{Name: "patch"}
		for _, v := range w.pieces[lap.Edge.Panel].edges[lap.Edge.Edge] {
			line.Verts = append(line.Verts, w.vert[lap.Edge.Panel][v])
		}
		out = append(out, line)
	}
	return out
}

// sided are the lines that exist on the left and on the right.
var sided = map[string]bool{
	"shoulder": true, "side": true, "armhole": true, "sleeve_seam": true, "cuff_seam": true,
	"inseam": true, "outseam": true, "sleeve_hem": true, "leg_hem": true,
}

// sideOf is the half of the body on which most of a line lies.
func sideOf(verts []int32, pos []r3.Vec) string {
	x := 0.0
	for _, v := range verts {
		x += pos[v].X
	}
	if x < 0 {
		return "_right"
	}
	return "_left"
}

func (l *layout) seamKind(s pattern.Seam) string {
	a, b := s.A.Panel, s.B.Panel
	fa, fb := l.family(a), l.family(b)
	if a == b && fa != sleeve && fa != cuff {
		return "dart"
	}
	if fa > fb {
		a, b, fa, fb = b, a, fb, fa
	}
	pa, pb := &l.p.Panels[a], &l.p.Panels[b]
	facesFront := facing(pa) == pattern.FacesFront
	switch {
	case fb == hood && fa == hood:
		return "hood"
	case pa.Role == pattern.CollarFall || pb.Role == pattern.CollarFall:
		return "seam" // along the fold of a collar, not round the neck
	case fb == hood || fb == collar && fa != collar:
		return "neck"
	case fa == torso && fb == sleeve:
		return "armhole"
	case fb == cuff && fa == sleeve || fb == trouserCuff && fa == trouser:
		return "cuff_seam"
	case fa != fb:
		if fa <= trouser && fb <= trouser && fa != loose {
			return "waist"
		}
		return "seam"
	case fa == sleeve || fa == cuff || fa == trouserCuff:
		return "sleeve_seam"
	case fa == trouser && pa.Side == pb.Side:
		if l.isInseam(s) {
			return "inseam"
		}
		return "outseam"
	case facing(pa) != facing(pb) && fa == torso && l.across(s.A) && l.across(s.B):
		return "shoulder"
	case facing(pa) != facing(pb):
		return "side"
	case pa.Side == pb.Side || pa.Side == pattern.Centre || pb.Side == pattern.Centre:
		return "seam"
	case facesFront:
		return "centre_front"
	}
	return "centre_back"
}

// family of a panel by its role, whatever layout made of it.
func (l *layout) family(i int) family { return familyOf(l.p.Panels[i].Role) }

// isInseam: of the seams along a leg, which may be in several parts, the inner
// ones lie between the middle of the leg and the middle plane.
func (l *layout) isInseam(s pattern.Seam) bool {
	leg := l.fig.leg[l.limb(s.A.Panel)]
	off := 0.0
	for _, v := range l.pieces[s.A.Panel].edges[s.A.Edge] {
		p := l.pos[s.A.Panel][v]
		_, i := leg.plane(p.Y)
		// The rays at a quarter turn look along +x and -x.
		middle := (leg.levels[i][rays/4] - leg.levels[i][3*rays/4]) / 2
		off += math.Abs(p.X) - math.Abs(middle)
	}
	return off < 0
}

// rim is one boundary edge of the sewn surface, along the triangle.
type rim struct {
	to          int32
	panel, edge int
}

// freeLines chains the boundary edges to closed lines. Where one opening runs
// along lines of different names, as an open jacket does, each stretch comes
// out as an open line of its own behind the closed one, which then is called
// "opening".
func freeLines(w *weld, l *layout, tris []geometry.Tri, pos []r3.Vec) []cloth.Line {
	next := w.rims(tris)
	seen := make([]bool, len(next))
	var out []cloth.Line
	for v := range next {
		if next[v].to < 0 || seen[v] {
			continue
		}
		line := cloth.Line{Closed: true}
		var names []string
		for u := int32(v); !seen[u]; u = next[u].to {
			seen[u] = true
			line.Verts = append(line.Verts, u)
			names = append(names, l.freeKind(next[u]))
		}
		out = append(out, l.nameLine(line, names, pos)...)
	}
	return out
}

// rims lists, per vertex, the boundary edge that leaves it.
func (w *weld) rims(tris []geometry.Tri) []rim {
	top := geometry.NewTopology(tris)
	next := make([]rim, w.count)
	for i := range next {
		next[i].to = -1
	}
	type pair struct{ a, b int32 }
	of := map[pair]pattern.EdgeRef{}
	for i, pc := range w.pieces {
		for e, s := range pc.edges {
			for k := 1; k < len(s); k++ {
				of[pair{w.vert[i][s[k-1]], w.vert[i][s[k]]}] = pattern.EdgeRef{Panel: i, Edge: e}
				of[pair{w.vert[i][s[k]], w.vert[i][s[k-1]]}] = pattern.EdgeRef{Panel: i, Edge: e}
			}
		}
	}
	for _, e := range top.Edges {
		a, b := e.A, e.B
		switch {
		case e.Tri[1] < 0:
		case e.Tri[0] < 0:
			a, b = b, a
		default:
			continue
		}
		r, ok := of[pair{a, b}]
		if !ok {
			r = pattern.EdgeRef{Panel: -1} // of a cut-out
		}
		next[a] = rim{b, r.Panel, r.Edge}
	}
	return next
}

// freeKind names one free edge from the part its panel is and whether the edge
// runs along the upper or lower end of it.
func (l *layout) freeKind(r rim) string {
	if r.panel < 0 {
		return "cut_out"
	}
	if l.laid[r.panel] {
		return "edge"
	}
	e := pattern.EdgeRef{Panel: r.panel, Edge: r.edge}
	f := l.family(r.panel)
	at, least := 0.0, math.Inf(1) // mean row (the row of the mean point would not do for rings), lowest row
	pts := l.pointsOf(r.panel, r.edge)
	for _, q := range pts {
		_, v := l.charts[r.panel].at(q)
		at += v / float64(len(pts))
		least = min(least, v)
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range l.pieces[r.panel].points[:l.pieces[r.panel].border] {
		_, v := l.charts[r.panel].at(q)
		lo, hi = min(lo, v), max(hi, v)
	}
	upper, deep := at > (lo+hi)/2, least < (lo+hi)/2
	switch f {
	case hood:
		return "hood_edge"
	case collar:
		return "neckline"
	case sleeve, cuff:
		return "sleeve_hem"
	case trouserCuff:
		return "leg_hem"
	case trouser:
		if upper {
			return "waist"
		}
		return "leg_hem"
	case skirt:
		if upper {
			return "waist"
		}
		return "hem"
	case band:
		return l.bandKind(e)
	case torso:
		return l.torsoKind(e, upper, deep)
	}
	return "hem"
}

// bandKind: a waistband ends in the waist unless it hangs below its garment.
func (l *layout) bandKind(e pattern.EdgeRef) string {
	own, other := 0.0, 0.0
	for _, s := range l.p.Seams {
		for _, r := range s.Ways() {
			if r[0].Panel == e.Panel && l.family(r[1].Panel) != band {
				own += r2.Dot(centroid(l.pointsOf(e.Panel, r[0].Edge)), l.up[e.Panel])
				other++
			}
		}
	}
	if other > 0 && r2.Dot(centroid(l.pointsOf(e.Panel, e.Edge)), l.up[e.Panel]) < own/other {
		return "hem"
	}
	return "waist"
}

// torsoKind goes by the label, else by where the edge lies: upper says whether
// in the upper half, deep whether it reaches into the lower one.
func (l *layout) torsoKind(e pattern.EdgeRef, upper, deep bool) string {
	switch label := l.p.Panels[e.Panel].Edges[e.Edge].Label; {
	case hasWord(label, "collar"), hasWord(label, "neck"):
		return "neckline"
	case hasWord(label, "armhole"), hasWord(label, "armscye"):
		return "armhole"
	case hasWord(label, "strapless"):
		return "top"
	}
	switch {
	case !upper && l.across(e):
		return "hem"
	case deep && !l.across(e) && l.p.Panels[e.Panel].Side != pattern.Centre && l.nearMiddle(e):
		return "front_edge"
	case upper && l.nearMiddle(e):
		return "neckline"
	case upper:
		return "armhole"
	}
	return "hem"
}

func hasWord(label, word string) bool {
	for i := 0; i+len(word) <= len(label); i++ {
		if label[i:i+len(word)] == word {
			return true
		}
	}
	return false
}

// nearMiddle: the edge lies nearer to the middle of front or back than to the
// side of its panel.
func (l *layout) nearMiddle(e pattern.EdgeRef) bool {
	p, x := &l.p.Panels[e.Panel], r2.Dot(centroid(l.pointsOf(e.Panel, e.Edge)), right(l.up[e.Panel]))
	lo, hi := l.span(e.Panel)
	front := facing(p) == pattern.FacesFront
	switch {
	case p.Side == pattern.Centre:
		return math.Abs(x-(lo+hi)/2) < (hi-lo)/4
	case (p.Side == pattern.Left) == front:
		return x < (lo+hi)/2
	}
	return x > (lo+hi)/2
}

// nameLine gives a closed line its name, or splits off its stretches.
func (l *layout) nameLine(line cloth.Line, names []string, pos []r3.Vec) []cloth.Line {
	finish := func(name string, verts []int32) string {
		if sided[name] {
			return name + sideOf(verts, pos)
		}
		return name
	}
	start := 0
	for start < len(names) && names[start] == names[(start+len(names)-1)%len(names)] {
		start++
	}
	if start == len(names) {
		line.Name = finish(names[0], line.Verts)
		return []cloth.Line{line}
	}
	line.Verts = append(line.Verts[start:len(line.Verts):len(line.Verts)], line.Verts[:start]...)
	names = append(names[start:len(names):len(names)], names[:start]...)
	line.Name = "opening"
	out := []cloth.Line{line}
	n := len(names)
	for i := 0; i < n; {
		j := i + 1
		for j < n && names[j] == names[i] {
			j++
		}
		run := slices.Clone(line.Verts[i:min(j+1, n)])
		if j == n {
			run = append(run, line.Verts[0])
		}
		out = append(out, cloth.Line{Name: finish(names[i], run), Verts: run})
		i = j
	}
	return out
}
