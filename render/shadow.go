package render

const (
	shadowSize      = 1024 // px; 2 mm a pixel for a standing person
	shadowSizeSmall = 512  // px; for pictures up to smallPicture, whose pixels are coarser still
	smallPicture    = 640  // px
	// shadowTaps is the width of the sharpest filter [px of the map]: a border
	// of about 12 mm.
	shadowTaps = 6
	// shadowBias lifts points off the surface [m]: above what the chord of a
	// 1.5 cm triangle leaves below the smooth surface, under what a hem casts.
	shadowBias = 0.003
	// softbox is the width of the key light over its distance: 1 m at 4 m.
	softbox = 0.25
)

// shadowAt is the share of the key light that reaches a point with normal n:
// percentage-closer filtering (Reeves, Salesin and Cook 1987) whose window grows
// with the distance to what stands in the light (Fernando 2005,
// "Percentage-closer soft shadows"), as the penumbra of a softbox does: crisp
// under a hem, wide under an arm. Wide windows read the map at every second or
// fourth pixel.
func (m *depthMap) shadowAt(p, n vec) float32 {
	var w shadowWindow
	m.window(&w, p, n)
	if m.sun.all(&w, m.size, 0, m.sun.near) && m.sun.all(&w, m.size, farBits, m.sun.far) {
		return 1
	}
	near, _ := m.share(&w, 1)
	far, gap := m.share(&w, farStride)
	if far == 1 {
		return near
	}
	if far == 0 && near == 0 {
		return 0
	}
	// Width of the penumbra against that of the sharp window.
	wide := gap * softbox * m.view.scale / shadowTaps
	switch {
	case wide <= 1:
		return near
	case wide >= 4:
		return far
	}
	half, _ := m.share(&w, 2)
	if wide < 2 {
		return near + (half-near)*(wide-1)
	}
	return half + (far-half)*(wide-2)/2
}

// shadowWindow is a point on the map with the plane of its surface.
type shadowWindow struct {
	x, y, depth float32 // [px, px, m]
	gx, gy      float32 // depth per pixel of the map [m]
}

// window carries the depth of the receiving plane from tap to tap, so that a
// slanted wall does not shade itself.
func (m *depthMap) window(w *shadowWindow, p, n vec) {
	v := &m.view
	x, y, depth := m.at(p.addMul(n, shadowBias))
	nx, ny, nz := n.dot(v.right), n.dot(v.up), n.dot(v.fwd)
	if nz > -0.05 {
		nz = -0.05 // nearly edge-on: a steeper plane would leave the scene
	}
	gx, gy := -nx/nz/v.scale, ny/nz/v.scale
	most := 3 / v.scale // three in one: beyond, normals are too uncertain
	w.x, w.y, w.depth = x-0.5, y-0.5, depth
	w.gx, w.gy = max(-most, min(most, gx)), max(-most, min(most, gy))
}

// share is the part of light through a tent-shaped window that moves with the
// point, so borders are smooth, over every stride-th pixel of the map, and how
// far off what takes it away is on average [m].
func (m *depthMap) share(w *shadowWindow, stride int) (share, gap float32) {
	x, y := w.x/float32(stride), w.y/float32(stride)
	ix, iy := floor32(x), floor32(y)
	fx, fy := x-float32(ix), y-float32(iy)
	const r = shadowTaps/2 - 1
	if (ix-r)*stride < 0 || (iy-r)*stride < 0 || (ix+r+1)*stride >= m.size || (iy+r+1)*stride >= m.size {
		return 1, 0
	}
	// Tent weights over the taps -r..r+1 around the point.
	var wx, wy [shadowTaps]float32
	for k := range shadowTaps {
		t := float32(k - r)
		wx[k] = max(0, float32(r+1)-abs32(t-fx))
		wy[k] = max(0, float32(r+1)-abs32(t-fy))
	}
	gx, gy := w.gx*float32(stride), w.gy*float32(stride)
	bias := shadowBias / 2 * float32(stride) // a wide window meets more of a curved surface
	var lit, all, off, offs float32
	for j := range shadowTaps {
		row := m.d[(iy+j-r)*stride*m.size+(ix-r)*stride:]
		z := w.depth - bias + gy*(float32(j-r)-fy) - gx*(float32(r)+fx)
		var s float32
		for k := range shadowTaps {
			if d := row[k*stride]; z <= d {
				s += wx[k]
			} else {
				off += z - d
				offs++
			}
			z += gx
		}
		lit += s * wy[j]
		all += wy[j]
	}
	if offs > 0 {
		gap = off / offs
	}
	return lit / (all * (wx[0] + wx[1] + wx[2] + wx[3] + wx[4] + wx[5])), gap
}

func abs32(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
