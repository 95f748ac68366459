package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// The analytic fields: smooth displacements that let single measures be met
// without lumps. Sizes after each name are one standard deviation.
const (
	torsoKnots = 8
	legKnots   = 7
	armKnots   = 6
	torsoRamps = 7

	sdWidth    = 0.12 // of the distance from the symmetry plane
	sdFront    = 0.15 // of the depth before the middle
	sdBack     = 0.12 // of the depth behind it
	sdLeg      = 0.14 // of the radius
	sdArm      = 0.16
	sdNeck     = 0.20
	sdTorsoLen = 0.016 // [m]
	sdLimbLen  = 0.05  // [m]
	sdShoulder = 0.025 // [m]
	sdStance   = 0.025 // sideways per length of leg
	sdBendSoft = 0.5   // second difference along knots, in units of the fields' own deviation
	sdStepSoft = 0.5   // first difference along the torso's ramps, likewise
)

// fields are the axes and the chains along which neighbours should agree.
type fields struct {
	list  [][]r3.Vec
	room  [][]r3.Vec // lists of other fields that are no longer needed, to be written over
	bends [][]int    // indices of knots in order: second differences are small
	steps [][]int    // first differences are small

	t    *Template
	mean []r3.Vec
	wArm, wLegL, wLegR,
	wNeck, wHead, wTorso []float64 // per row, joints included

	arm, leg, across []onChain // where rows lie along the limbs; across: their mirror images, along the leg
}

// onChain is a place along two bones, see alongChain.
type onChain struct {
	t    float64
	foot r3.Vec
}

func newFields(t *Template, mean []r3.Vec, fixed fixedMarks, room [][]r3.Vec) *fields {
	f := &fields{t: t, mean: mean, room: room}
	f.extendWeights()
	f.chains()
	f.torso()
	f.torsoLengths()
	f.limb(legKnots, sdLeg, true)
	f.limb(armKnots, sdArm, false)
	f.lengths(f.joint(rowHip), f.joint(rowKnee), f.joint(rowAnkle), true)
	f.lengths(f.joint(rowShoulder), f.joint(rowElbow), f.joint(rowWrist), false)
	f.neckAndHead()
	f.shoulders()
	f.stance()
	f.bumps(fixed)
	f.thighs()
	return f
}

func (f *fields) joint(row int) r3.Vec { return f.mean[f.t.half()+row] }

// extendWeights gives the joint rows the membership of what they move with.
func (f *fields) extendWeights() {
	ext := func(r Region, rows ...int) []float64 {
		w := append([]float64(nil), f.t.Weights[r]...)
		w = append(w, make([]float64, numJointRows)...)
		for _, j := range rows {
			w[f.t.half()+j] = 1
		}
		return w
	}
	f.wArm = ext(RegionArm, rowShoulder, rowElbow, rowWrist)
	f.wLegL = ext(RegionLegL, rowHip, rowKnee, rowAnkle)
	f.wLegR = ext(RegionLegR)
	f.wNeck = ext(RegionNeck, rowHeadBase)
	f.wHead = ext(RegionHead)
	f.wTorso = make([]float64, len(f.mean))
	for i := range f.wTorso {
		f.wTorso[i] = max(0, 1-f.wArm[i]-f.wNeck[i])
	}
}

// chains finds the places of the rows that the limbs move.
func (f *fields) chains() {
	along := func(w []float64, a, b, c int, place func(p r3.Vec) r3.Vec) []onChain {
		out := make([]onChain, len(f.mean))
		for i, p := range f.mean {
			if w[i] > 0 {
				out[i].t, out[i].foot = alongChain(place(p), f.joint(a), f.joint(b), f.joint(c))
			}
		}
		return out
	}
	here := func(p r3.Vec) r3.Vec { return p }
	f.arm = along(f.wArm, rowShoulder, rowElbow, rowWrist, here)
	f.leg = along(f.wLegL, rowHip, rowKnee, rowAnkle, here)
	f.across = along(f.wLegR, rowHip, rowKnee, rowAnkle, flip)
}

// add appends the field d(i, p), sampled at every row.
func (f *fields) add(d func(i int, p r3.Vec) r3.Vec) int {
	var u []r3.Vec
	if k := len(f.list); k < len(f.room) {
		u = f.room[k]
	} else {
		u = make([]r3.Vec, len(f.mean))
	}
	for i, p := range f.mean {
		u[i] = d(i, p)
	}
	f.list = append(f.list, u)
	return len(f.list) - 1
}

// torso adds width, front and back depth at knots from crotch to shoulder.
// Legs take part near the crotch, as the knots' reach fades; the arms ride
// along with the shoulder joint.
func (f *fields) torso() {
	shoulder := f.joint(rowShoulder)
	low := f.mean[f.t.Marks[MarkCrotch]].Y - 0.02
	spacing := (shoulder.Y - low) / (torsoKnots - 1)
	const middle = 0.01 // depth of the plane between front and back [m]
	const round = 0.035 // the crease between them is this soft [m]
	soft := func(z float64) float64 { return (z + math.Sqrt(z*z+round*round)) / 2 }
	for _, shape := range []func(p r3.Vec) r3.Vec{
		func(p r3.Vec) r3.Vec { return r3.Vec{X: sdWidth * p.X} },
		func(p r3.Vec) r3.Vec { return r3.Vec{Z: sdFront * soft(p.Z-middle)} },
		func(p r3.Vec) r3.Vec { return r3.Vec{Z: -sdBack * soft(middle-p.Z)} },
	} {
		var chain []int
		for k := range torsoKnots {
			y := low + float64(k)*spacing
			rise, carried := bspline((shoulder.Y-y)/spacing), shape(shoulder)
			chain = append(chain, f.add(func(i int, p r3.Vec) r3.Vec {
				body := r3.Scale(f.wTorso[i]*bspline((p.Y-y)/spacing), shape(p))
				ride := r3.Scale(f.wArm[i]*rise, carried)
				return r3.Add(body, ride)
			}))
		}
		f.bends = append(f.bends, chain)
	}
}

// torsoLengths adds overlapping vertical ramps: all above moves up. Arms go
// with the shoulder, so they are lifted, not sheared.
func (f *fields) torsoLengths() {
	low, high := f.mean[f.t.Marks[MarkCrotch]].Y-0.01, f.joint(rowNeckBase).Y
	step := (high - low) / torsoRamps
	shoulder := f.joint(rowShoulder).Y
	var chain []int
	for k := range torsoRamps {
		a, b := low+float64(k)*step-0.035, low+float64(k+1)*step+0.035
		chain = append(chain, f.add(func(i int, p r3.Vec) r3.Vec {
			y := (1-f.wArm[i])*p.Y + f.wArm[i]*shoulder
			return r3.Vec{Y: sdTorsoLen * smoothStep((y-a)/(b-a))}
		}))
	}
	f.steps = append(f.steps, chain)
	base, head := f.joint(rowNeckBase).Y-0.01, f.joint(rowHeadBase).Y+0.02
	f.add(func(i int, p r3.Vec) r3.Vec {
		return r3.Vec{Y: sdTorsoLen * f.wNeck[i] * smoothStep((p.Y-base)/(head-base))}
	})
}

// limb adds radial knots along a chain of two bones. The right leg's field
// reaches over to the left near the crotch, so that the whole stays symmetric.
func (f *fields) limb(knots int, sd float64, leg bool) {
	end := 2.0
	if !leg {
		end = 2.05 // the wrist tape lies at the end of the forearm
	}
	spacing := end / float64(knots-1)
	var chain []int
	for k := range knots {
		at := float64(k) * spacing
		radial := func(p r3.Vec, on onChain) r3.Vec {
			return r3.Scale(sd*bspline((on.t-at)/spacing), r3.Sub(p, on.foot))
		}
		chain = append(chain, f.add(func(i int, p r3.Vec) r3.Vec {
			if i >= f.t.half() {
				return r3.Vec{}
			}
			return f.onLimb(i, p, leg, radial)
		}))
	}
	f.bends = append(f.bends, chain)
}

// onLimb applies a field of the left arm, or of the left leg and its mirror
// image.
func (f *fields) onLimb(i int, p r3.Vec, leg bool, u func(p r3.Vec, on onChain) r3.Vec) r3.Vec {
	var sum r3.Vec
	if !leg {
		if f.wArm[i] > 0 {
			sum = r3.Scale(f.wArm[i], u(p, f.arm[i]))
		}
		return sum
	}
	if f.wLegL[i] > 0 {
		sum = r3.Scale(f.wLegL[i], u(p, f.leg[i]))
	}
	if f.wLegR[i] > 0 {
		sum = r3.Add(sum, r3.Scale(f.wLegR[i], flip(u(flip(p), f.across[i]))))
	}
	return sum
}

// lengths adds the stretch of each bone; what lies beyond it moves along.
func (f *fields) lengths(a, b, c r3.Vec, leg bool) {
	for k, bone := range [2]r3.Vec{r3.Sub(b, a), r3.Sub(c, b)} {
		dir := r3.Scale(sdLimbLen, r3.Unit(bone))
		from := float64(k)
		u := func(_ r3.Vec, on onChain) r3.Vec {
			return r3.Scale(smoothStep((on.t-from-0.03)/0.94), dir)
		}
		f.add(func(i int, p r3.Vec) r3.Vec { return f.onLimb(i, p, leg, u) })
	}
}

func (f *fields) neckAndHead() {
	axis := f.joint(rowNeckBase)
	axis.Z = (f.mean[f.t.Marks[MarkThroat]].Z + f.mean[f.t.Marks[MarkNape]].Z) / 2
	f.add(func(i int, p r3.Vec) r3.Vec {
		w := f.wNeck[i] * (1 - f.wHead[i])
		return r3.Scale(sdNeck*w, r3.Vec{X: p.X, Z: p.Z - axis.Z})
	})
	base := f.joint(rowHeadBase)
	f.add(func(i int, p r3.Vec) r3.Vec { return r3.Vec{Y: sdHeadTall * f.wHead[i] * (p.Y - base.Y)} })
	f.add(func(i int, p r3.Vec) r3.Vec {
		return r3.Scale(sdHeadRound*f.wHead[i], r3.Vec{X: p.X, Z: p.Z - base.Z})
	})
}

// shoulders adds the breadth and the height of the shoulder girdle.
func (f *fields) shoulders() {
	sh := f.joint(rowShoulder)
	low := f.mean[f.t.Marks[MarkNipple]].Y - 0.02
	top := f.joint(rowNeckBase).Y
	window := func(i int, y float64) float64 {
		return (1 - f.wNeck[i]) * smoothStep((y-low)/(top-low-0.05))
	}
	f.add(func(i int, p r3.Vec) r3.Vec {
		s := p.X / sh.X
		body := (1 - f.wArm[i]) * window(i, p.Y) * min(s*s*s, 1.2)
		return r3.Vec{X: sdShoulder * (body + f.wArm[i])}
	})
	f.add(func(i int, p r3.Vec) r3.Vec {
		s := p.X / sh.X
		body := (1 - f.wArm[i]) * window(i, p.Y) * min(s*s, 1.2)
		return r3.Vec{Y: sdShoulder * (body + f.wArm[i])}
	})
}

// stance moves the legs apart from the hip down, which makes room between
// heavy thighs.
func (f *fields) stance() {
	hip := f.joint(rowHip)
	f.add(func(i int, p r3.Vec) r3.Vec {
		return f.onLimb(i, p, true, func(p r3.Vec, _ onChain) r3.Vec {
			d := hip.Y - p.Y
			return r3.Vec{X: sdStance * (d + math.Sqrt(d*d+0.0025)) / 2}
		})
	})
}

// alongChain is the position of p along the bones a-b and b-c (0 at a, 1 at b,
// 2 at c, beyond at both ends) and the nearest point of their axis. The bones
// are joined by the plane that halves the angle between them.
func alongChain(p, a, b, c r3.Vec) (t float64, foot r3.Vec) {
	ab, bc := r3.Sub(b, a), r3.Sub(c, b)
	half := r3.Add(r3.Unit(ab), r3.Unit(bc))
	blend := smoothStep(r3.Dot(r3.Sub(p, b), r3.Unit(half))/0.12 + 0.5)
	ta := r3.Dot(r3.Sub(p, a), ab) / r3.Norm2(ab)
	tb := r3.Dot(r3.Sub(p, b), bc) / r3.Norm2(bc)
	fa := r3.Add(a, r3.Scale(ta, ab))
	fb := r3.Add(b, r3.Scale(tb, bc))
	return (1-blend)*ta + blend*(1+tb), r3.Add(r3.Scale(1-blend, fa), r3.Scale(blend, fb))
}

// bspline is the uniform cubic B-spline, 1 at its middle and 0 from +-2 on
// (normalised by its peak of 2/3).
func bspline(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x >= 2:
		return 0
	case x >= 1:
		return (2 - x) * (2 - x) * (2 - x) / 4
	}
	return 1 - 1.5*x*x + 0.75*x*x*x
}

// smoothStep rises from 0 to 1 with two continuous derivatives.
func smoothStep(x float64) float64 {
	x = max(0, min(1, x))
	return x * x * x * (x*(6*x-15) + 10)
}

// prior is the inverse covariance of the coefficients: unit variance each,
// and softness along the chains. The modes come first of the n axes.
func (f *fields) prior(modes, n int) []float64 {
	p := make([]float64, n*n)
	for i := range n {
		p[i*n+i] = 1
	}
	rank := func(w float64, idx []int, coef []float64) {
		for a, i := range idx {
			for b, j := range idx {
				p[(modes+i)*n+modes+j] += w * coef[a] * coef[b]
			}
		}
	}
	for _, c := range f.bends {
		for k := 0; k+2 < len(c); k++ {
			rank(1/(sdBendSoft*sdBendSoft), c[k:k+3], []float64{1, -2, 1})
		}
	}
	for _, c := range f.steps {
		for k := 0; k+1 < len(c); k++ {
			rank(1/(sdStepSoft*sdStepSoft), c[k:k+2], []float64{1, -1})
		}
	}
	return p
}
