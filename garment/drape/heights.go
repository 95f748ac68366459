package drape

// heights are those of the vertices over the body. Distance changes no faster than
// position, so that a vertex found high up is not looked at again until it may have
// come down: the same are pushed out as if all were looked at in every step.
type heights struct {
	field *Field
	gap   float64
	from  []float64 // where a vertex was last looked at [m]
	seen  []float64 // its height over the gap there; 0: it is to be looked at in any case [m]
	low   []float64 // least height that it can have had at the last push [m]
	doubt []float64 // what it may have been higher by [m]
}

// farSight is the height up to which the field is to be trusted with how fast
// distance changes [m].
const farSight = 0.02

func newHeights(nv int, f *Field, gap float64) *heights {
	return &heights{
		field: f, gap: gap, from: make([]float64, 3*nv),
		seen: make([]float64, nv), low: make([]float64, nv), doubt: make([]float64, nv),
	}
}

// pushOut projects vertices lo to hi out of the body and lets friction take
// from their tangential motion up to mu times the depth.
func (h *heights) pushOut(x, prev, mu []float64, lo, hi int) {
	for i := lo; i < hi; i++ {
		a, from := (*[3]float64)(x[3*i:]), (*[3]float64)(h.from[3*i:])
		if seen := h.seen[i]; seen > 0 {
			dx, dy, dz := a[0]-from[0], a[1]-from[1], a[2]-from[2]
			fall2 := fieldSlope * fieldSlope * (float64(dx*dx) + float64(dy*dy) + float64(dz*dz))
			if near := min(seen, farSight); fall2 < near*near {
				fall := sqrt(fall2)
				h.low[i], h.doubt[i] = seen-fall, 2*fall
				continue
			}
		}
		d, nx, ny, nz := h.field.below(a[0], a[1], a[2], h.gap)
		from[0], from[1], from[2] = a[0], a[1], a[2]
		h.seen[i] = max(d-h.gap, 0)
		if d >= beyond {
			h.seen[i] = 0
		}
		d -= h.gap
		h.low[i], h.doubt[i] = max(d, 0), 0
		if d < 0 {
			press(a, (*[3]float64)(prev[3*i:]), d, nx, ny, nz, mu[i])
		}
	}
}

// highest is a height that the highest of a few vertices has at least, if that is
// more than limit.
func (h *heights) highest(x []float64, limit float64, verts ...int32) (far float64, ok bool) {
	far, most := 0.0, 0.0
	for _, v := range verts {
		far, most = max(far, h.low[v]), max(most, h.low[v]+h.doubt[v])
	}
	if far > limit || most <= limit {
		return far, far > limit
	}
	for _, v := range verts {
		if h.doubt[v] > 0 {
			far = max(far, h.field.height(x[3*v], x[3*v+1], x[3*v+2])-h.gap)
		}
	}
	return far, far > limit
}
