package render

// depthMap is a parallel view's nearest depth at the middle of each pixel.
type depthMap struct {
	view view
	size int
	d    []float32 // row by row [m]
	// sunlit is filled where lit is set: of the key light, not of the sky's.
	lit bool
	sun sunlit
}

func (m *depthMap) reset(v view, size int) {
	m.view, m.size, m.lit = v, size, false
	m.d = grow(m.d, size*size)
}

// at returns the place of a point on the map [px] and its depth [m].
func (m *depthMap) at(p vec) (x, y, depth float32) {
	q := p.sub(m.view.eye)
	return m.view.cx + q.dot(m.view.right)*m.view.scale, m.view.cy - q.dot(m.view.up)*m.view.scale, q.dot(m.view.fwd)
}

// sees reports whether nothing lies between the light and a point.
func (m *depthMap) sees(p vec, bias float32) bool {
	x, y, d := m.at(p)
	ix, iy := floor32(x), floor32(y)
	if uint(ix) >= uint(m.size) || uint(iy) >= uint(m.size) {
		return true
	}
	return d-bias <= m.d[iy*m.size+ix]
}
