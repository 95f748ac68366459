package cloth

import (
	"math"

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
// are none. Panels keep their numbers. What is laid on takes no part in how a garment
// is put on, and at the coarse meshes of that it would run through what is below.
func (c *Cloth) Bare() *Cloth {
	if len(c.Laid) == 0 {
		return c
	}
	over := make([]bool, len(c.Panels))
	of := c.panelOf()
	for _, l := range c.Laid {
		over[of[l.Vert]] = true
	}
	out, _, _ := c.Only(func(panel int32) bool { return !over[panel] })
	out.Laid = nil
	return out
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
