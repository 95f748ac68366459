package export

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// corners is an object with one vertex per different corner: a vertex that
// lies on a seam has a texture place on each panel and is written once for
// each.
type corners struct {
	pos, nrm [][3]float32
	uv       [][2]float32 // in repeats, downward as glTF has it
	fit      []float32
	indices  []uint32
}

// split numbers corners in the order of the triangles; vertices no triangle
// uses are left out.
func split(o *part) *corners {
	normals := o.Normal
	if normals == nil {
		normals = make([]r3.Vec, len(o.Pos))
		geometry.VertexNormals(normals, o.Pos, o.Tris)
	}
	type key struct {
		v  int32
		uv r2.Vec
	}
	number := make(map[key]uint32, len(o.Pos))
	c := &corners{indices: make([]uint32, 0, 3*len(o.Tris))}
	wide, high := o.Material.RepeatOrDefault()
	lay := o.lay()
	for i, t := range o.Tris {
		for k, v := range t {
			at := key{v: v}
			if o.UV != nil {
				at.uv = r2.Add(o.UV[i][k], lay[i])
			}
			n, known := number[at]
			if !known {
				n = uint32(len(c.pos))
				number[at] = n
				c.add(o, v, normals[v], r2.Vec{X: at.uv.X / wide, Y: at.uv.Y / high})
			}
			c.indices = append(c.indices, n)
		}
	}
	return c
}

func (c *corners) add(o *part, v int32, normal r3.Vec, uv r2.Vec) {
	if l := r3.Norm(normal); l > 0 {
		normal = r3.Scale(1/l, normal)
	} else {
		normal = r3.Vec{Y: 1} // of triangles without area; glTF wants unit length
	}
	p := r3.Add(o.Pos[v], r3.Scale(o.Offset, normal))
	c.pos = append(c.pos, [3]float32{float32(p.X), float32(p.Y), float32(p.Z)})
	c.nrm = append(c.nrm, [3]float32{float32(normal.X), float32(normal.Y), float32(normal.Z)})
	if o.UV != nil {
		c.uv = append(c.uv, [2]float32{float32(uv.X), float32(-uv.Y)})
	}
	if o.Scalar != nil {
		x := o.Scalar[v]
		if math.IsNaN(x) || math.IsInf(x, 0) {
			x = UnknownFit
		}
		c.fit = append(c.fit, float32(x))
	}
}
