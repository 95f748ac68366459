package album

import (
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// margin of the body shown round the garments [m].
const margin = 0.06

// frame is the box that all pictures of a fitting show, so that sizes can be
// compared: all garments, with the head where they reach above the waist and
// the feet where they reach below the crotch.
func frame(o *tryon.Outcome) (lo, hi r3.Vec) {
	lo, hi = geometry.Bounds(o.Body.Mesh.Verts)
	bottom, top := hi.Y, lo.Y
	for i := range o.Fittings {
		if drawable(&o.Fittings[i]) {
			a, b := geometry.Bounds(o.Fittings[i].Drape.Pos)
			lo, hi = lower(lo, a), upper(hi, b)
			bottom, top = min(bottom, a.Y), max(top, b.Y)
		}
	}
	if top < bottom {
		return lo, hi
	}
	if crotch := o.Body.Landmarks[body.Crotch].Y; bottom > crotch-0.1 {
		lo.Y = bottom - 2*margin
	}
	if waist := o.Body.Landmarks[body.WaistFront].Y; top < waist+0.1 {
		hi.Y = top + 2*margin
	}
	return lo, hi
}

func lower(a, b r3.Vec) r3.Vec {
	return r3.Vec{X: min(a.X, b.X), Y: min(a.Y, b.Y), Z: min(a.Z, b.Z)}
}

func upper(a, b r3.Vec) r3.Vec {
	return r3.Vec{X: max(a.X, b.X), Y: max(a.Y, b.Y), Z: max(a.Z, b.Z)}
}
