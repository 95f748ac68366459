package album

import (
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// No hand ends at the frame of a skirt; of shorts, which it would make small, the
// arms are cut off; a top shows the head and the arms.
func TestFrameShowsHands(t *testing.T) {
	const hand = 0.5 // [m]
	person := &body.Body{Mesh: &geometry.Mesh{Verts: []r3.Vec{{X: -0.2}, {X: 0.2}, {X: -hand, Y: 0.8}, {X: hand, Y: 0.8}, {Y: 1.7}}}}
	person.Landmarks[body.WaistFront].Y = 1.05
	person.Landmarks[body.KneeCapL].Y = 0.45
	for _, c := range []struct {
		name      string
		low, high float64 // of the garment [m]
		hands     bool
		lo, hi    float64 // of the frame [m]
	}{
		{"long skirt", 0.5, 1.05, true, 0, 1.08},
		{"trousers", 0.05, 1.05, true, -0.07, 1.08},
		{"shorts", 0.75, 1.05, false, 0.63, 1.08},
		{"tee", 0.75, 1.45, true, 0.63, 1.7},
	} {
		o := &tryon.Outcome{Body: person, Fittings: []tryon.Fitting{{Cloth: &cloth.Cloth{}}}}
		o.Fittings[0].Drape.Pos = []r3.Vec{{X: -0.25, Y: c.low}, {X: 0.25, Y: c.high}}
		lo, hi := Frame(o)
		if shown := lo.X <= -hand && hi.X >= hand; shown != c.hands {
			t.Errorf("%s: the frame runs from %.2f to %.2f m across, hands at %.1f; shown %t, want %t", c.name, lo.X, hi.X, hand, shown, c.hands)
		}
		if lo.Y < c.lo-1e-9 || lo.Y > c.lo+1e-9 || hi.Y < c.hi-1e-9 || hi.Y > c.hi+1e-9 {
			t.Errorf("%s: the frame runs from %.2f to %.2f m up, want %.2f to %.2f", c.name, lo.Y, hi.Y, c.lo, c.hi)
		}
	}
}
