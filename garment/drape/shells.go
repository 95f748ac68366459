package drape

import (
	"fitroom/garment/cloth"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Garments one over the other come through each other where their coarse meshes
// span a shoulder with few triangles each. Handed on to a finer mesh they are put
// in order again: what belongs outside is moved out of what it lies in.

// shellReach is how deep it may lie [m]: beyond, it lies on another part of the body.
const shellReach = 0.04

// shells is what of a cloth belongs outside of what.
type shells struct {
	verts [][]int32        // of the second garment, the third, ...
	inner [][]geometry.Tri // all triangles within these
	off   float64          // [m]
}

func newShells(c *cloth.Cloth, off float64) *shells {
	most := int8(0)
	of, seen := make([]int8, len(c.Start)), make([]bool, len(c.Start))
	for t, tri := range c.Tris {
		s := c.Panels[c.Panel[t]].Shell
		most = max(most, s)
		for _, v := range tri {
			if of[v] = min(of[v], s); !seen[v] { // where two are sewn together, the inner one
				of[v], seen[v] = s, true
			}
		}
	}
	out := &shells{off: off}
	for k := int8(1); k <= most; k++ {
		var verts []int32
		for v, s := range of {
			if s == k {
				verts = append(verts, int32(v))
			}
		}
		var inner []geometry.Tri
		for t, tri := range c.Tris {
			if p := &c.Panels[c.Panel[t]]; p.Shell < k {
				if p.Inward {
					tri[1], tri[2] = tri[2], tri[1]
				}
				inner = append(inner, tri)
			}
		}
		out.verts, out.inner = append(out.verts, verts), append(out.inner, inner)
	}
	return out
}

// order moves the outer garments out of the inner ones.
func (s *shells) order(x []float64) {
	if len(s.verts) == 0 {
		return
	}
	pos := make([]r3.Vec, len(x)/3)
	for i := range pos {
		pos[i] = r3.Vec{X: x[3*i], Y: x[3*i+1], Z: x[3*i+2]}
	}
	for k, verts := range s.verts {
		pts := make([]r3.Vec, len(verts))
		for i, v := range verts {
			pts[i] = pos[v]
		}
		bvh.Build(&geometry.Mesh{Verts: pos, Tris: s.inner[k]}).PushOff(pts, shellReach, s.off)
		for i, v := range verts {
			pos[v] = pts[i]
			x[3*v], x[3*v+1], x[3*v+2] = pts[i].X, pts[i].Y, pts[i].Z
		}
	}
}
