package render

import "fitroom/geometry"

// clipped is a piece of a triangle that crossed the near plane or the guard
// band; tri names the whole triangle, from which it is shaded.
type clipped struct {
	v   [3]screenVert
	tri int32
}

// clipPlanes are a pin-hole view's five limits, as a.x*x + a.y*y + a.z*z >= d
// in the view's axes: near, and the guard band's four sides.
func clipPlanes(v *view) [5]struct {
	n vec
	d float32
} {
	// A half pixel inside the band, so that a clipped corner never falls out
	// of it by rounding.
	left := (v.cx + guard - 1) / v.scale
	right := (guard - 1 - v.cx) / v.scale
	top := (v.cy + guard - 1) / v.scale
	bottom := (guard - 1 - v.cy) / v.scale
	return [5]struct {
		n vec
		d float32
	}{
		{vec{0, 0, 1}, v.near * 1.0001},
		{vec{1, 0, left}, 0}, {vec{-1, 0, right}, 0},
		{vec{0, -1, top}, 0}, {vec{0, 1, bottom}, 0},
	}
}

// clipTriangles appends the visible pieces of every triangle with a vertex
// that could not be placed (Sutherland and Hodgman 1974, "Reentrant polygon
// clipping"). A cut is always computed from the inner to the outer end of an
// edge, so the two triangles of a shared edge get the same point and no crack
// opens.
func clipTriangles(dst []clipped, v *view, verts []vertex, tris []geometry.Tri, placed []screenVert) []clipped {
	planes := clipPlanes(v)
	var buf [2][8]vec
	for i, t := range tris {
		if !placed[t[0]].off && !placed[t[1]].off && !placed[t[2]].off {
			continue
		}
		poly := buf[0][:0]
		for _, k := range t {
			p := verts[k].pos.sub(v.eye)
			poly = append(poly, vec{p.dot(v.right), p.dot(v.up), p.dot(v.fwd)})
		}
		for k, pl := range planes {
			poly = clipPolygon(buf[1-k%2][:0], poly, pl.n, pl.d)
		}
		for k := 2; k < len(poly); k++ {
			c := clipped{tri: int32(i)}
			for j, p := range [3]vec{poly[0], poly[k-1], poly[k]} {
				c.v[j] = v.place(p.x, p.y, p.z)
			}
			if !c.v[0].off && !c.v[1].off && !c.v[2].off {
				dst = append(dst, c)
			}
		}
	}
	return dst
}

func clipPolygon(dst, poly []vec, n vec, d float32) []vec {
	for i, b := range poly {
		a := poly[(i+len(poly)-1)%len(poly)]
		da, db := n.dot(a)-d, n.dot(b)-d
		if da >= 0 && db < 0 {
			dst = append(dst, a.lerp(b, da/(da-db)))
		}
		if da < 0 && db >= 0 {
			dst = append(dst, b.lerp(a, db/(db-da)))
		}
		if db >= 0 {
			dst = append(dst, b)
		}
	}
	return dst
}
