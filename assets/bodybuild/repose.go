package main

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

const (
	// elbowBend is what remains of the base mesh's 43 degrees: sleeves want a
	// nearly straight arm, a person's is never quite straight.
	elbowBend = 12 * math.Pi / 180
	// armFromBody is the angle of the upper arm to the vertical. The base mesh
	// has 41 degrees; a little less hangs a sleeve as worn and still keeps arm
	// and flank of a heavy body apart.
	armFromBody = 36 * math.Pi / 180
	elbowBlend  = 0.45 // half width of the blend along the arm [dm]
)

// repose lowers the arm and straightens the elbow of the left half, in place,
// by blending two rotations: about the shoulder with weight arm, about the
// elbow with a ramp along the arm. jt are the joints and move too.
func repose(pos []r3.Vec, jt []r3.Vec, arm []float64) {
	turn := func(pivot r3.Vec, axis r3.Vec, angle float64, weight func(i int, p r3.Vec) float64, js ...int) {
		r := r3.NewRotation(angle, axis)
		move := func(p r3.Vec) r3.Vec { return r3.Add(pivot, r.Rotate(r3.Sub(p, pivot))) }
		for i, p := range pos {
			if w := weight(i, p); w > 0 {
				pos[i] = r3.Add(r3.Scale(1-w, p), r3.Scale(w, move(p)))
			}
		}
		for _, j := range js {
			jt[j] = move(jt[j])
		}
	}
	upper := r3.Unit(r3.Sub(jt[jElbow], jt[jShoulder]))
	fore := r3.Unit(r3.Sub(jt[jWrist], jt[jElbow]))
	bendAxis := r3.Unit(r3.Cross(upper, fore))
	bend := math.Acos(r3.Dot(upper, fore))
	along := r3.Unit(r3.Add(upper, fore))
	elbow := jt[jElbow]
	turn(elbow, bendAxis, elbowBend-bend, func(i int, p r3.Vec) float64 {
		if arm[i] == 0 {
			return 0
		}
		return arm[i] * smoothStep((r3.Dot(r3.Sub(p, elbow), along)+elbowBlend)/(2*elbowBlend))
	}, jWrist)
	out := math.Atan2(upper.X, -upper.Y)
	turn(jt[jShoulder], r3.Vec{Z: 1}, armFromBody-out, func(i int, p r3.Vec) float64 { return arm[i] }, jElbow, jWrist)
}
