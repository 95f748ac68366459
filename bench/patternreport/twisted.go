package main

import (
	"fmt"
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// inwards is how far the outer side of a panel may look at the body: the mean
// cosine between its normal and the skin's. Panels that lie on the body have 0.65 to
// 0.95, put on the wrong way round minus that, turned for two thirds -0.25. The
// flanks of a fold that hangs free look sideways and settle nothing: the twelve
// godets of one skirt have -0.1 to 0.8, and by the area that looks inwards, over
// half of it, three of those that merely fell inwards counted as inside out.
const inwards = -0.2

// twisted names the panels whose outer side looks at the body. What is turned
// down or hangs loose may do so and is left out.
func (w *wearer) twisted(c *cloth.Cloth, pos []r3.Vec) []string {
	middles := make([]r3.Vec, len(c.Tris))
	for t, tri := range c.Tris {
		middles[t] = r3.Scale(1.0/3, r3.Add(pos[tri[0]], r3.Add(pos[tri[1]], pos[tri[2]])))
	}
	hits := make([]bvh.Hit, len(middles))
	w.skin.Nearest(hits, middles, math.Inf(1))
	var out []string
	for i, cos := range facing(c.Tris, c.Panel, len(c.Panels), pos, hits) {
		switch pattern.Role(c.Panels[i].Role) {
		case pattern.Collar, pattern.CollarFall, pattern.Hood, pattern.OtherRole:
			continue
		}
		if cos < inwards {
			out = append(out, fmt.Sprintf("panel %s is turned inside out", c.Panels[i].Name))
		}
	}
	return out
}

// facing is the mean cosine between the normals of each panel and of the skin
// nearest to its triangles, by area.
func facing(tris []geometry.Tri, panel []int32, panels int, pos []r3.Vec, skin []bvh.Hit) []float64 {
	out, area := make([]float64, panels), make([]float64, panels)
	for t, tri := range tris {
		n := r3.Cross(r3.Sub(pos[tri[1]], pos[tri[0]]), r3.Sub(pos[tri[2]], pos[tri[0]]))
		out[panel[t]] += r3.Dot(n, skin[t].Normal)
		area[panel[t]] += math.Sqrt(r3.Norm2(n))
	}
	for i, a := range area {
		out[i] /= max(a, 1e-12)
	}
	return out
}
