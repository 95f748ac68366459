package render

import "sync/atomic"

// Most triangles lie full in the key light. Whether one does is asked at its
// corners, once each, instead of in every pixel: triangles are smaller than the
// windows of shadow.go, so where all three corners have theirs free, all that
// stands between is lit too.

// sunReach is how long an edge may be for that [px of the map]: the wide windows
// of its ends then still meet.
const sunReach = (shadowTaps - 1) << farLevel

// What is known of a corner or of a triangle.
const (
	sunUnasked = iota
	sunFull
	sunPart // or none
)

// inSun reports whether the outer side of a triangle gets all of the key light.
func (r *Renderer) inSun(f *facet) bool {
	if f.sun == sunUnasked {
		f.sun = r.sunOf(f)
	}
	return f.sun == sunFull
}

func (r *Renderer) sunOf(f *facet) uint32 {
	e3 := f.e2.sub(f.e1)
	most := sunReach / r.depth.view.scale
	if max(f.e1.dot(f.e1), f.e2.dot(f.e2), e3.dot(e3)) > most*most {
		return sunPart
	}
	for _, v := range r.scene.tris[f.tri] {
		if r.cornerSun(v) != sunFull {
			return sunPart
		}
	}
	return sunFull
}

// cornerSun is what is known of a vertex. Workers may find it out twice, and
// find the same.
func (r *Renderer) cornerSun(v int32) uint32 {
	s := atomic.LoadUint32(&r.sun[v])
	if s == sunUnasked {
		s = sunPart
		if at := &r.scene.verts[v]; r.depth.sunlit(at.pos, at.nrm) {
			s = sunFull
		}
		atomic.StoreUint32(&r.sun[v], s)
	}
	return s
}
