package render

const (
	shadowSize      = 1024 // px; 2 mm a pixel for a standing person
	shadowSizeSmall = 512  // px; for pictures up to smallPicture, whose pixels are coarser still
	smallPicture    = 640  // px
	// shadowTaps is the width of the soft filter [px of the map]: a border of
	// about 12 mm, as under a large softbox.
	shadowTaps = 6
	// shadowBias lifts points off the surface [m]: above what the chord of a
	// 1.5 cm triangle leaves below the smooth surface, under what a hem casts.
	shadowBias = 0.003
)

// shadowAt is the share of the key light that reaches a point with normal n:
// percentage-closer filtering (Reeves, Salesin and Cook 1987) with a tent-shaped
// window that moves with the point, so borders are smooth, and with the depth
// of the receiving plane carried from tap to tap, so that a slanted wall does
// not shade itself.
func (m *depthMap) shadowAt(p, n vec) float32 {
	v := &m.view
	x, y, depth := m.at(p.addMul(n, shadowBias))
	nx, ny, nz := n.dot(v.right), n.dot(v.up), n.dot(v.fwd)
	if nz > -0.05 {
		nz = -0.05 // nearly edge-on: a steeper plane would leave the scene
	}
	gx, gy := -nx/nz/v.scale, ny/nz/v.scale // depth per pixel of the map [m]
	most := 3 / v.scale                     // three in one: beyond, normals are too uncertain
	gx, gy = max(-most, min(most, gx)), max(-most, min(most, gy))
	x, y = x-0.5, y-0.5
	ix, iy := floor32(x), floor32(y)
	fx, fy := x-float32(ix), y-float32(iy)
	const r = shadowTaps/2 - 1
	if ix < r || iy < r || ix+r+1 >= m.size || iy+r+1 >= m.size {
		return 1
	}
	// Tent weights over the taps -r..r+1 around the point.
	var wx, wy [shadowTaps]float32
	for k := range shadowTaps {
		t := float32(k - r)
		wx[k] = float32(r+1) - abs32(t-fx)
		wy[k] = float32(r+1) - abs32(t-fy)
		wx[k], wy[k] = max(wx[k], 0), max(wy[k], 0)
	}
	var lit, all float32
	for j := range shadowTaps {
		row := m.d[(iy+j-r)*m.size+ix-r:][:shadowTaps]
		z := depth - shadowBias/2 + gy*(float32(j-r)-fy) - gx*(float32(r)+fx)
		var s float32
		for k, d := range row {
			if z <= d {
				s += wx[k]
			}
			z += gx
		}
		lit += s * wy[j]
		all += wy[j]
	}
	return lit / (all * (wx[0] + wx[1] + wx[2] + wx[3] + wx[4] + wx[5]))
}

func abs32(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
