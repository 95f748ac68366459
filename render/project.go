package render

const (
	subBits = 4 // places snap to 1/16 px: coverage of an edge is right to 6 %
	subOne  = 1 << subBits
	// guard bounds screen places [px], so that edge functions of any triangle
	// stay below 2^(2*(15+subBits)) and int64 never overflows.
	guard = 1 << 14
)

// screenVert is a vertex on the picture.
type screenVert struct {
	x, y int32 // [1/16 px]
	// d grows with distance and is linear over the screen: -1/distance of a
	// pin-hole view [1/m], distance along the view of a parallel one [m].
	d   float32
	off bool // before the near plane or beyond the guard band: needs clipping
}

// project writes the screen place of each vertex and reports whether one has none.
func project(dst []screenVert, v *view, verts []vertex) (off bool) {
	for i := range verts {
		p := verts[i].pos.sub(v.eye)
		dst[i] = v.place(p.dot(v.right), p.dot(v.up), p.dot(v.fwd))
		off = off || dst[i].off
	}
	return off
}

// place projects a point given in the view's axes.
func (v *view) place(x, y, z float32) screenVert {
	if v.parallel {
		return screenVert{x: snap(v.cx + float32(x*v.scale)), y: snap(v.cy - float32(y*v.scale)), d: z}
	}
	if z < v.near {
		return screenVert{off: true}
	}
	iz := 1 / z
	k := v.scale * iz
	sx, sy := v.cx+float32(x*k), v.cy-float32(y*k)
	if sx < -guard || sx > guard || sy < -guard || sy > guard {
		return screenVert{off: true}
	}
	return screenVert{x: snap(sx), y: snap(sy), d: -iz}
}

func snap(x float32) int32 { return int32(floor32(float32(x*subOne) + 0.5)) }
