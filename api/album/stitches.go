package album

import (
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/render"
)

// Rows of stitches from an edge [m].
const (
	hemStitch  = 0.018 // of a turned-up hem
	edgeStitch = 0.006 // of an edge turned in narrowly: neckline, armhole, front
)

// edgeStitches are the rows seen along the free edges of a garment: on hems, and
// close to edges turned in. Ribs, bands and collars end in a fold, without any.
func edgeStitches(c *cloth.Cloth) []render.Line {
	twin := !c.Fabrics[0].IsWoven()
	beside := panelsBeside(c)
	var out []render.Line
	for i, l := range c.Lines {
		if l.Closed && l.Name == "opening" && i+1 < len(c.Lines) && !c.Lines[i+1].Closed {
			continue // its stretches follow, each with a name
		}
		for _, run := range turnedIn(c, l, beside) {
			out = append(out, render.Line{Verts: run.Verts, Closed: run.Closed, Stitch: rowOf(l.Name), Twin: twin && rowOf(l.Name) == hemStitch, Free: true})
		}
	}
	return out
}

func rowOf(edge string) float64 {
	if strings.Contains(edge, "hem") || edge == "hood_edge" {
		return hemStitch
	}
	return edgeStitch
}

// turnedIn are the stretches of a line whose panels do not end in a fold.
func turnedIn(c *cloth.Cloth, l cloth.Line, beside map[[2]int32]int32) []cloth.Line {
	n := len(l.Verts)
	pieces := n
	if !l.Closed {
		pieces--
	}
	turned := make([]bool, max(pieces, 0))
	all := true
	for k := range turned {
		p, ok := beside[[2]int32{l.Verts[k], l.Verts[(k+1)%n]}]
		turned[k] = ok && !folded(c.Panels[p].Role)
		all = all && turned[k]
	}
	if all {
		return []cloth.Line{l}
	}
	var out []cloth.Line
	for k := 0; k < len(turned); k++ {
		if !turned[k] {
			continue
		}
		run := cloth.Line{Name: l.Name, Verts: []int32{l.Verts[k]}}
		for ; k < len(turned) && turned[k]; k++ {
			run.Verts = append(run.Verts, l.Verts[(k+1)%n])
		}
		out = append(out, run)
	}
	return out
}

// folded roles are doubled strips, cut on their fold.
func folded(role string) bool {
	switch pattern.Role(role) {
	case pattern.Collar, pattern.CollarFall, pattern.Cuff, pattern.LegCuff, pattern.WaistFront, pattern.WaistBack, pattern.Placket:
		return true
	}
	return false
}

// panelsBeside maps each free edge, both ways, to its panel.
func panelsBeside(c *cloth.Cloth) map[[2]int32]int32 {
	out := map[[2]int32]int32{}
	for _, e := range geometry.NewTopology(c.Tris).Edges {
		tri := max(e.Tri[0], e.Tri[1])
		if e.Tri[0] >= 0 && e.Tri[1] >= 0 {
			continue
		}
		out[[2]int32{e.A, e.B}], out[[2]int32{e.B, e.A}] = c.Panel[tri], c.Panel[tri]
	}
	return out
}

// dart reports whether a seam ends amid a panel: it is pressed flat, and no row of
// stitches stands beside it on any clothes.
func dart(l *cloth.Line, amid []bool) bool {
	return !l.Closed && len(l.Verts) > 0 && (amid[l.Verts[0]] || amid[l.Verts[len(l.Verts)-1]])
}

// amid marks the vertices that touch one panel alone and no free edge.
func amid(c *cloth.Cloth) []bool {
	const none, many = -1, -2
	in, of := make([]bool, len(c.Start)), make([]int32, len(c.Start))
	for v := range of {
		of[v] = none
	}
	for i, t := range c.Tris {
		for _, v := range t {
			if of[v] == none {
				of[v] = c.Panel[i]
			} else if of[v] != c.Panel[i] {
				of[v] = many
			}
		}
	}
	for v := range in {
		in[v] = of[v] >= 0
	}
	for _, l := range c.Lines {
		for _, v := range l.Verts {
			in[v] = false
		}
	}
	return in
}
