package render

import "sync/atomic"

// Most triangles lie full in the key light, and at most of the others what takes
// it away is so near that the sharpest window alone decides. Which is which is
// asked at a triangle's corners, once each, instead of in every pixel: triangles
// are smaller than the windows of shadow.go, so what holds at all three corners
// holds between them.

// sunReach is how long an edge may be for that [px of the map]: the wide windows
// of its ends then still meet.
const sunReach = (shadowTaps - 1) << farLevel

// What is known of a corner; of a triangle, the most of its corners.
const (
	sunUnasked = iota
	sunFull    // all of the light
	sunSharp   // the sharpest window decides
	sunSoft    // all windows are asked
)

// sunlight is the share of the key light that reaches a point of a triangle.
func (r *Renderer) sunlight(f *facet, side int, p, n vec) float32 {
	if side != 0 { // corners tell of the outer side
		return r.depth.shadowAt(p, n)
	}
	if f.sun == sunUnasked {
		f.sun = r.sunOf(f)
	}
	switch f.sun {
	case sunFull:
		return 1
	case sunSharp:
		return r.depth.sharpAt(p, n)
	}
	return r.depth.shadowAt(p, n)
}

func (r *Renderer) sunOf(f *facet) uint32 {
	e3 := f.e2.sub(f.e1)
	most := sunReach / r.depth.view.scale
	if max(f.e1.dot(f.e1), f.e2.dot(f.e2), e3.dot(e3)) > most*most {
		return sunSoft
	}
	s := uint32(sunFull)
	for _, v := range r.scene.tris[f.tri] {
		s = max(s, r.cornerSun(v))
	}
	return s
}

// cornerSun is what is known of a vertex. Workers may find it out twice, and
// find the same.
func (r *Renderer) cornerSun(v int32) uint32 {
	s := atomic.LoadUint32(&r.sun[v])
	if s == sunUnasked {
		at := &r.scene.verts[v]
		s = r.depth.sunAt(at.pos, at.nrm)
		atomic.StoreUint32(&r.sun[v], s)
	}
	return s
}

// sunAt tells which windows decide over a point.
func (m *depthMap) sunAt(p, n vec) uint32 {
	var w shadowWindow
	m.window(&w, p, n)
	var f taps
	if _, _, all := m.taps.ask(&f, &w, m.size, farLevel); !all {
		if m.penumbra(&f) > 1 {
			return sunSoft
		}
		return sunSharp
	}
	if m.share(&w, 0) < 1 {
		return sunSharp
	}
	return sunFull
}

// sharpAt is shadowAt where the sharpest window decides.
func (m *depthMap) sharpAt(p, n vec) float32 {
	var w shadowWindow
	m.window(&w, p, n)
	return m.share(&w, 0)
}
