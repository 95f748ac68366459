package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// The local fields: landmarks of people sit higher or lower, and necks and
// heads are wider or narrower, than length and fullness of the body say. Each
// moves the skin round a mark, fading within two of its reaches. Sizes are one
// standard deviation [m], reaches [m]; from ANSUR II's spread of the heights
// given their neighbours.
const (
	sdSeatRise   = 0.020
	reachSeat    = 0.120
	sdSeatOut    = 0.010
	reachCheek   = 0.050
	seatLift     = 0.010 // the middle of a buttock lies this much over its rearmost point
	sdBustRise   = 0.015
	reachBust    = 0.085
	sdArmpitRise = 0.010
	reachArmpit  = 0.055
	sdNavelRise  = 0.012
	reachNavel   = 0.075
	sdNotchRise  = 0.009 // front neck point
	reachNotch   = 0.045
	sdNeckRise   = 0.012 // side neck point
	reachNeck    = 0.045
	sdKneeRise   = 0.010
	reachKnee    = 0.075
	sdFoldOut    = 0.012 // crease of the arm at the back, sideways
	reachFold    = 0.060
	sdShoulderZ  = 0.015 // shoulders forward
	sdNeckBase   = 0.12  // of the distance from the neck's axis
	reachBase    = 0.035
	sdNeckWaist  = 0.06 // likewise, where the neck's tape lies
	reachWaist   = 0.025
	sdHeadRound  = 0.05 // of the distance from the head's axis
	sdHeadTall   = 0.03 // of the height over the head's joint
	sdFoot       = 0.006
	ankleReach   = 1.4 // the foot's height field ends at this many heights of the ankle
)

// round is a field d that fades with the distance from a mark.
func (f *fields) round(mark int32, reach float64, d r3.Vec) {
	at := f.mean[mark]
	f.add(func(_ int, p r3.Vec) r3.Vec {
		return r3.Scale(bspline(r3.Norm(r3.Sub(p, at))/reach), d)
	})
}

// bumps adds the fields round marks.
func (f *fields) bumps(fixed fixedMarks) {
	m := &f.t.Marks
	for _, b := range []struct {
		mark  int32
		reach float64
		d     r3.Vec
	}{
		{m[MarkNipple], reachBust, r3.Vec{Y: sdBustRise}},
		{m[MarkUnderarm], reachArmpit, r3.Vec{Y: sdArmpitRise}},
		{m[MarkNavel], reachNavel, r3.Vec{Y: sdNavelRise}},
		{m[MarkFrontNeck], reachNotch, r3.Vec{Y: sdNotchRise}},
		{m[MarkSideNeck], reachNeck, r3.Vec{Y: sdNeckRise}},
		{m[MarkKneeCap], reachKnee, r3.Vec{Y: sdKneeRise}},
		{fixed.fold, reachFold, r3.Vec{X: sdFoldOut}},
	} {
		f.round(b.mark, b.reach, b.d)
	}
	f.seatRise()
	f.seatRound()
	f.shoulderForward()
	f.neckBase()
	f.neckWaist()
	f.foot(fixed)
}

// seatRise moves the buttocks up or down, behind the middle of the body only.
func (f *fields) seatRise() {
	at := f.mean[f.t.cheek(f.mean)]
	f.add(func(i int, p r3.Vec) r3.Vec {
		behind := smoothStep(0.5 - p.Z/0.12)
		return r3.Vec{Y: sdSeatRise * (1 - f.wArm[i]) * behind * bspline((p.Y-at.Y)/reachSeat)}
	})
}

// seatRound lets the buttocks stand out, each round its middle.
func (f *fields) seatRound() {
	at := f.mean[f.t.cheek(f.mean)]
	at.Y += seatLift
	f.add(func(i int, p r3.Vec) r3.Vec {
		d := math.Hypot(p.X-at.X, p.Y-at.Y)
		return r3.Vec{Z: -sdSeatOut * (1 - f.wArm[i]) * smoothStep(0.5-p.Z/0.12) * bspline(d/reachCheek)}
	})
}

// shoulderForward turns the shoulder girdle forward; the arms ride along.
func (f *fields) shoulderForward() {
	sh := f.joint(rowShoulder)
	low, top := f.mean[f.t.Marks[MarkNipple]].Y, f.joint(rowNeckBase).Y
	f.add(func(i int, p r3.Vec) r3.Vec {
		s := p.X / sh.X
		body := (1 - f.wArm[i]) * (1 - f.wNeck[i]) * smoothStep((p.Y-low)/(top-low-0.05)) * min(s*s*s, 1.2)
		return r3.Vec{Z: sdShoulderZ * (body + f.wArm[i])}
	})
}

// neckBase widens the root of the neck.
func (f *fields) neckBase() {
	base := f.joint(rowNeckBase)
	base.Z = (f.mean[f.t.Marks[MarkFrontNeck]].Z + f.mean[f.t.Marks[MarkBackNeck]].Z) / 2
	d := r3.Sub(f.mean[f.t.Marks[MarkBackNeck]], f.mean[f.t.Marks[MarkFrontNeck]])
	n := r3.Unit(r3.Vec{Y: -d.Z, Z: d.Y})
	side := f.mean[f.t.Marks[MarkSideNeck]]
	f.add(func(i int, p r3.Vec) r3.Vec {
		w := (1 - f.wArm[i]) * bspline(r3.Dot(r3.Sub(p, side), n)/reachBase)
		out := r3.Vec{X: p.X, Z: p.Z - base.Z}
		if l := r3.Norm(out); l > side.X { // beyond the neck the skin moves along, but no further than the neck's
			out = r3.Scale(side.X/l*bspline((l-side.X)/reachBase), out)
		}
		return r3.Scale(sdNeckBase*w, out)
	})
}

// neckWaist widens the neck where its tape lies and fades towards chin and
// shoulders. Without it a short neck can only be made thin by moving the tape's
// plane, which then meets the chin.
func (f *fields) neckWaist() {
	throat, nape := f.mean[f.t.Marks[MarkThroat]], f.mean[f.t.Marks[MarkNape]]
	_, n := sloped(f.mean, f.t.Marks[MarkThroat], f.t.Marks[MarkNape])
	axis := (throat.Z + nape.Z) / 2
	f.add(func(i int, p r3.Vec) r3.Vec {
		w := f.wNeck[i] * bspline(r3.Dot(r3.Sub(p, throat), n)/reachWaist)
		return r3.Scale(sdNeckWaist*w, r3.Vec{X: p.X, Z: p.Z - axis})
	})
}

// foot raises all that is above the ankle.
func (f *fields) foot(fixed fixedMarks) {
	low := f.mean[0].Y
	for _, p := range f.mean {
		low = min(low, p.Y)
	}
	top := ankleReach * (f.mean[fixed.ankle].Y - low)
	f.add(func(_ int, p r3.Vec) r3.Vec { return r3.Vec{Y: sdFoot * smoothStep((p.Y-low)/top)} })
}
