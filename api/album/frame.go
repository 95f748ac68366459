package album

import (
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// margin of the body shown beside the garments [m]; below twice that, above a
// waistband half of it, which with the picture's own border ends under the bust.
const margin = 0.06

// upperReach is how far above the waist a garment reaches that is worn above it
// [m]: a high waistband does not.
const upperReach = 0.1

// armsWide is how wide, against its height, the box of what is worn below the
// waist may become by the arms: fingertips that end at the frame look cut by
// mistake. A picture of 3 by 4 shows a fifth smaller what is that wide.
const armsWide = 0.95

// Frame is the box that all pictures of a fitting show, so that sizes can be
// compared: all garments, with the head where they reach above the waist and
// the feet where they reach below the knees, and of a top as much of the arms as
// lies at its height, lest the frame cuts them. Of what is worn below the waist
// the arms may be cut off where they would widen the picture much: a garment shown
// small to get them in would serve nobody.
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
	upper := hi.Y > o.Body.Landmarks[body.WaistFront].Y+upperReach
	lo, hi = r3.Sub(lo, r3.Vec{X: margin, Y: 2 * margin}), r3.Add(hi, r3.Vec{X: margin, Y: margin / 2})
	if upper {
		hi.Y = max(hi.Y, top.Y)
	}
	left, right := lo.X, hi.X
	for _, p := range o.Body.Mesh.Verts {
		if p.Y > lo.Y && p.Y < hi.Y {
			left, right = min(left, p.X), max(right, p.X)
		}
	}
	if lo.Y < o.Body.Landmarks[body.KneeCapL].Y {
		lo.Y = min(lo.Y, whole.Y)
	}
	if upper || right-left < armsWide*(hi.Y-lo.Y) {
		lo.X, hi.X = left, right
	}
	return lo, hi
}
