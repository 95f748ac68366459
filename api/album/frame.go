package album

import (
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// margin of the body shown round the garments [m].
const margin = 0.06

// Frame is the box that all pictures of a fitting show, so that sizes can be
// compared: all garments, with the head where they reach above the waist and
// the feet where they reach below the knees. Hands may be cut off: a garment
// shown small to get them in would serve nobody.
func Frame(o *tryon.Outcome) (lo, hi r3.Vec) {
	whole, top := geometry.Bounds(o.Body.Mesh.Verts)
	var shown []r3.Vec
	for i := range o.Fittings {
		if drawable(&o.Fittings[i]) {
			shown = append(shown, o.Fittings[i].Drape.Pos...)
		}
	}
	if shown == nil {
		return whole, top
	}
	lo, hi = geometry.Bounds(shown)
	lo, hi = r3.Sub(lo, r3.Vec{X: margin, Y: 2 * margin}), r3.Add(hi, r3.Vec{X: margin, Y: 2 * margin})
	if hi.Y > o.Body.Landmarks[body.WaistFront].Y+0.1 {
		hi.Y = max(hi.Y, top.Y)
	}
	if lo.Y < o.Body.Landmarks[body.KneeCapL].Y {
		lo.Y = min(lo.Y, whole.Y)
	}
	return lo, hi
}
