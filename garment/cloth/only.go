package cloth

import "fitroom/geometry"

// Only is what of a garment some panels are: verts and tris list which vertices and
// triangles of c they have. Panels keep their numbers; lines, elastics, folds and
// gauges of which anything is missing are left out.
func (c *Cloth) Only(keep func(panel int32) bool) (out *Cloth, verts, tris []int32) {
	out = &Cloth{Panels: c.Panels, Fabrics: c.Fabrics}
	to, triTo := make([]int32, len(c.Start)), make([]int32, len(c.Tris))
	for v := range to {
		to[v] = -1
	}
	for t, tri := range c.Tris {
		if triTo[t] = -1; !keep(c.Panel[t]) {
			continue
		}
		var moved geometry.Tri
		for k, v := range tri {
			if to[v] < 0 {
				to[v] = int32(len(verts))
				verts, out.Start = append(verts, v), append(out.Start, c.Start[v])
			}
			moved[k] = to[v]
		}
		triTo[t] = int32(len(tris))
		tris = append(tris, int32(t))
		out.Tris, out.Rest, out.Panel = append(out.Tris, moved), append(out.Rest, c.Rest[t]), append(out.Panel, c.Panel[t])
	}
	c.linesOf(out, to)
	for _, l := range c.Laid {
		if to[l.Vert] >= 0 && triTo[l.On.Tri] >= 0 {
			l.Vert, l.On.Tri = to[l.Vert], triTo[l.On.Tri]
			out.Laid = append(out.Laid, l)
		}
	}
	for _, g := range c.Gauges {
		whole := true
		for _, l := range g.Lines {
			whole = whole && keep(l.Panel)
		}
		if whole {
			out.Gauges = append(out.Gauges, g)
		}
	}
	return out, verts, tris
}

// linesOf carries over the lines all of whose vertices are left.
func (c *Cloth) linesOf(out *Cloth, to []int32) {
	for _, l := range c.Seams {
		if l.follow(to) {
			out.Seams = append(out.Seams, l)
		}
	}
	for _, l := range c.Lines {
		if l.follow(to) {
			out.Lines = append(out.Lines, l)
		}
	}
	for _, b := range c.Bands {
		if b.Line.follow(to) {
			out.Bands = append(out.Bands, b)
		}
	}
	for _, f := range c.Folds {
		if f.Line.follow(to) {
			out.Folds = append(out.Folds, f)
		}
	}
}

// follow renumbers a line; false where a vertex is gone.
func (l *Line) follow(to []int32) bool {
	verts := make([]int32, len(l.Verts))
	for i, v := range l.Verts {
		if verts[i] = to[v]; verts[i] < 0 {
			return false
		}
	}
	l.Verts = verts
	return true
}
