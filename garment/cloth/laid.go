package cloth

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Laid is a vertex of a panel that is sewn flat onto another, as a pocket is, and
// the point of the panel below that it lies on.
type Laid struct {
	Vert int32
	On   Anchor
	Off  float64 // how far off that point it is put, along the outer normal [m]
}

// LayDown moves the laid vertices to where they lie on the panels below.
func (c *Cloth) LayDown(pos []r3.Vec) {
	for _, l := range c.Laid {
		t := c.Tris[l.On.Tri]
		n := r3.Cross(r3.Sub(pos[t[1]], pos[t[0]]), r3.Sub(pos[t[2]], pos[t[0]]))
		at := l.On.At(c.Tris, pos)
		if s := math.Sqrt(r3.Norm2(n)); s > 0 {
			at = r3.Add(at, r3.Scale(l.Off/s, n))
		}
		pos[l.Vert] = at
	}
}

// Bare is the garment without the panels that lie on others: itself where there
// are none. Panels keep their numbers, Seams and Lines are left out. What is laid
// on takes no part in how a garment is put on, and at the coarse meshes of that it
// would run through what is below.
func (c *Cloth) Bare() *Cloth {
	if len(c.Laid) == 0 {
		return c
	}
	over := make([]bool, len(c.Panels))
	of := c.panelOf()
	for _, l := range c.Laid {
		over[of[l.Vert]] = true
	}
	out := &Cloth{Panels: c.Panels, Fabrics: c.Fabrics, Gauges: c.Gauges}
	to := make([]int32, len(c.Start))
	for v := range to {
		to[v] = -1
	}
	for t, tri := range c.Tris {
		if over[c.Panel[t]] {
			continue
		}
		var moved geometry.Tri
		for k, v := range tri {
			if to[v] < 0 {
				to[v] = int32(len(out.Start))
				out.Start = append(out.Start, c.Start[v])
			}
			moved[k] = to[v]
		}
		out.Tris, out.Rest, out.Panel = append(out.Tris, moved), append(out.Rest, c.Rest[t]), append(out.Panel, c.Panel[t])
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
	return out
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

// panelOf is the panel of the last triangle at each vertex; of a laid vertex the
// only one.
func (c *Cloth) panelOf() []int32 {
	out := make([]int32, len(c.Start))
	for t, tri := range c.Tris {
		for _, v := range tri {
			out[v] = c.Panel[t]
		}
	}
	return out
}
