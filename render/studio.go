package render

import (
	"image/color"
	"math"
)

// studio is the light of one frame. The lamps stand still while the subject
// turns: their directions are given in the camera's frame without its tilt.
type studio struct {
	toKey, toRim vec // unit, toward the lamps
	key, rim     vec // linear light
	sky, ground  vec
	backdrop     vec
	eye          vec
	floor        float32
	mid          vec
	reach        float32
	pixel        float32 // angle of a pixel in the middle of the picture [rad]
	cx, cy       float32 // of the picture [px]
	perDiag      float32 // one over half its diagonal [1/px]
}

// The key light is a softbox to the left of the camera and above it; the rim
// light stands behind on the right. Strengths are chosen so that white cloth
// in the full key light comes out at about 92 % and black cloth keeps its folds.
func (r *Renderer) setStudio(s *Scene, v *view, w, h int) {
	// The camera's heading, level.
	fwd := vec{v.fwd.x, 0, v.fwd.z}.unit()
	if fwd == (vec{}) { // straight from above: the top of the picture is ahead
		fwd = vec{v.up.x, 0, v.up.z}.unit()
	}
	right := fwd.cross(vec{0, 1, 0})
	aim := func(x, y, z float32) vec { return right.mul(x).add(vec{0, y, 0}).addMul(fwd, -z).unit() }
	r.studio = studio{
		toKey: aim(-0.62, 0.78, 0.80), key: vec{1, 0.975, 0.94}.mul(0.79),
		toRim: aim(0.75, 0.55, -0.62), rim: vec{0.92, 0.97, 1}.mul(0.30),
		sky: vec{0.98, 0.98, 0.985}.mul(0.44), ground: vec{1, 0.965, 0.92}.mul(0.43),
		backdrop: linear(colorOr(s.Backdrop, color.NRGBA{R: 240, G: 237, B: 233, A: 255})),
		eye:      v.eye, floor: r.scene.floor, mid: r.scene.mid, reach: r.scene.reach,
		pixel: 1 / v.scale, cx: v.cx, cy: v.cy,
		perDiag: float32(2 / math.Hypot(float64(w), float64(h))),
	}
}
