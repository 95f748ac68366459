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
	near := m.share(&w, 0)
	var f taps
	fx, fy, all := m.taps.ask(&f, &w, m.size, farLevel)
	if all {
		return near
	}
	far := m.taps.share(&f, fx, fy)
	if far == 0 && near == 0 {
		return 0
	}
	wide := m.penumbra(&f)
	switch {
	case wide <= 1:
		return near
	case wide >= 4:
		return far
	}
	half := m.share(&w, 1)
	if wide < 2 {
		return near + (half-near)*(wide-1)
	}
	return half + (far-half)*(wide-2)/2
}

// share is the part of light through the window over every 1<<level-th pixel.
func (m *depthMap) share(w *shadowWindow, level uint) float32 {
	var f taps
	fx, fy, all := m.taps.ask(&f, w, m.size, level)
	if all {
		return 1
	}
	return m.taps.share(&f, fx, fy)
}

// penumbra is how wide the border of a shadow is by the taps of the widest
// window, against the sharpest.
func (m *depthMap) penumbra(f *taps) float32 {
	return m.taps.gap(f) * softbox * m.view.scale / shadowTaps
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

func abs32(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
