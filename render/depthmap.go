package render

// depthMap is a parallel view's nearest depth at the middle of each pixel.
type depthMap struct {
	view view
	size int
	d    []float32 // row by row [m]
	// taps are filled where lit is set: of the key light, not of the sky's.
	lit  bool
	taps tapMap
	// blank are the tiles that hold nothing, most of a map: where the next one
	// has nothing either they stay.
	blank []bool
}

func (m *depthMap) reset(v view, size int, lit bool) {
	if m.view = v; m.size == size && m.lit == lit {
		return
	}
	m.size, m.lit = size, lit
	m.d = grow(m.d, size*size)
	m.blank = grow(m.blank, (size/tileSize)*(size/tileSize))
	clear(m.blank)
}

// clear empties a tile.
func (m *depthMap) clear(px, py int) {
	for y := py; y < py+tileSize; y++ {
		row := m.d[y*m.size+px:][:tileSize]
		for i := range row {
			row[i] = farAway
		}
	}
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
