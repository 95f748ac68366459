package bvh

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// PushOff moves points that lie behind an open surface, within reach [m], or nearer
// than off to its front, to that distance in front of it. Beside a rim, where the way
// to the surface is not along its normal, nothing is done.
func (t *Tree) PushOff(pts []r3.Vec, reach, off float64) {
	hits := make([]Hit, len(pts))
	t.Nearest(hits, pts, reach)
	for i, h := range hits {
		if h.Tri < 0 {
			continue
		}
		d := r3.Sub(pts[i], h.Point)
		along := r3.Dot(d, h.Normal)
		if aside := math.Sqrt(max(0, r3.Norm2(d)-along*along)); along < off && aside < off {
			pts[i] = r3.Add(h.Point, r3.Scale(off, h.Normal))
		}
	}
}
