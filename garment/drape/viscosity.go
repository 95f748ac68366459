package drape

import "math"

// viscosity makes a Newton step keep the curvature of the cloth: the bending
// matrix in the Hessian counts 1 + value times. Cloth resists bending a
// thousand times less than stretching, so a full Newton step moves wrinkles by
// millimetres, and what it moves by d stretches an edge of length l by
// d^2/(2l), out of sight of the linear model: a millimetre leaves a hundred
// vertex weights. Weighing down the mass of vertices would stop wrinkles too,
// but also the whole garment from sliding to its place; curvature tells the
// two apart.
//
// The value is steered, as in Levenberg and Marquardt's method, by what the
// last step left: the force its linear model had foreseen, mostly held by the
// brakes, of wrinkles that have still a way to go, against the rest, the
// model's error. While the garment has to move the error may be many times the
// larger; once the foreseen part alone would do as rest, the error is all that
// stands in the way and a hundred times stiffer wrinkles end it within two or
// three steps.
type viscosity struct {
	value  float64
	left   []float64 // unbalanced force that the last step should leave [N]
	curl   []float64 // bending force of the last step [N]
	ready  bool
	solved bool // the last linear system, to its tolerance
	calm   int  // steps since the force per vertex was first that of rest

	leftSum, errorSum [blockCount]float64
	leftRMS, errorRMS float64 // [N]
}

const (
	firstViscosity = 10
	leastViscosity = 3
	mostViscosity  = 3000
	// errorShare is the error that is aimed at, in forces foreseen.
	errorShare = 5
	// slower and faster bound the change per step.
	slower, faster = 5, 0.3
	// stiffer: wrinkles too soft for the linear solver are made so many times
	// stiffer, but no more than stiffEnough: from there on it is the viscosity
	// that keeps it busy.
	stiffer, stiffEnough = 2, 20
	// leftShare of the tolerance may be foreseen for the last steps to start,
	// with lastViscosity at least.
	leftShare     = 0.9
	lastViscosity = 100
	// Once the force per vertex is that of rest, wrinkles become stiffening times
	// stiffer with every step, up to frozen: as long as they creep they trouble
	// the contacts, and a tight garment with ten times its weight in contact
	// forces needs these to 1e-4 for their sum to balance. Cloth that hangs by a
	// pin balances only by bending, and a strip about to buckle bends at hardly
	// any force: after frozenSteps wrinkles thaw for as many, every other time
	// as far as they go.
	stiffening  = 3
	frozen      = 10_000
	frozenSteps = 20
)

func newViscosity(nv int) *viscosity {
	return &viscosity{value: firstViscosity, left: make([]float64, 3*nv), curl: make([]float64, 3*nv)}
}

// bend writes the bending force of the step d on vertices lo to hi.
func (v *viscosity) bend(s *system, d []float64, lo, hi int) {
	bendingApply(v.curl, d, &s.p.bend, lo, hi)
}

// foresee writes the force that a step of scale*d from s should leave on
// vertices lo to hi, r being the linear solver's residual.
func (v *viscosity) foresee(s *system, d []float64, r []float32, scale float64, lo, hi int) {
	for i := 3 * lo; i < 3*hi; i++ {
		held := float64(s.p.mass[i/3]*s.inertia*d[i]) - float64((s.bending-1)*v.curl[i])
		v.left[i] = float64((1-scale)*s.force[i]) + float64(scale*(float64(r[i])+held))
	}
}

// compare sums what was foreseen of the force on block b and what was not.
func (v *viscosity) compare(force []float64, b, lo, hi int) {
	left, wrong := 0.0, 0.0
	for i := 3 * lo; i < 3*hi; i++ {
		e := force[i] - v.left[i]
		left += float64(v.left[i] * v.left[i])
		wrong += float64(e * e)
	}
	v.leftSum[b], v.errorSum[b] = left, wrong
}

// adapt chooses the next value; rms is the force left and tol that at rest [N].
func (v *viscosity) adapt(rms, tol float64, nv int) {
	if !v.ready { // nothing was foreseen yet
		v.ready = true
		return
	}
	if rms <= tol {
		// Only the sum of all forces is left to settle: no new wrinkles.
		switch v.calm / frozenSteps % 4 {
		case 0, 2:
			v.value = max(lastViscosity, min(frozen, stiffening*v.value))
		case 1:
			v.value = lastViscosity
		case 3:
			v.value = max(leastViscosity, v.value/stiffening)
		}
		v.calm++
		return
	}
	v.leftRMS, v.errorRMS = math.Sqrt(sum(&v.leftSum)/float64(nv)), math.Sqrt(sum(&v.errorSum)/float64(nv))
	last := v.value
	if v.leftRMS < leftShare*tol && v.errorRMS > v.leftRMS/2 {
		v.value = max(lastViscosity, 10*v.value)
	} else if v.leftRMS > 0 {
		v.value *= max(faster, min(slower, math.Sqrt(v.errorRMS/(errorShare*v.leftRMS))))
	}
	if !v.solved {
		v.value = max(v.value, min(stiffer*last, stiffEnough))
	}
	v.value = max(leastViscosity, min(mostViscosity, v.value))
}
