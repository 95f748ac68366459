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
// last step left: the force its linear model had foreseen, mostly wrinkles
// that have still a way to go, against the rest, the model's error. While the
// garment has to move the error may be several times the larger; once the
// foreseen part alone would do as rest, the error is all that stands in the
// way and a hundred times stiffer wrinkles end it within two or three steps.
type viscosity struct {
	value    float64
	foreseen []float64 // unbalanced force that the last step should leave [N]
	curl     []float64 // bending force of the last step [N]
	ready    bool

	rest, wrong           [blockCount]float64
	foreseenRMS, wrongRMS float64 // [N]
}

const (
	firstViscosity = 10
	leastViscosity = 0.5
	mostViscosity  = 3000
	// errorShare is the model's error that is aimed at, in foreseen forces.
	errorShare = 5
	// slower and faster bound the change per step.
	slower, faster = 5, 0.3
	// foreseenShare of the tolerance must be foreseen for the last steps to start,
	// with lastViscosity at least.
	foreseenShare = 0.7
	lastViscosity = 100
)

func newViscosity(nv int) *viscosity {
	return &viscosity{value: firstViscosity, foreseen: make([]float64, 3*nv), curl: make([]float64, 3*nv)}
}

// foresee writes the force that a step of scale*d from s should leave on
// vertices lo to hi, r being the linear solver's residual.
func (v *viscosity) foresee(s *system, d, r []float64, scale float64, lo, hi int) {
	bendingApply(v.curl, d, &s.p.bend, lo, hi)
	for i := 3 * lo; i < 3*hi; i++ {
		held := float64(s.p.mass[i/3]*s.inertia*d[i]) - float64((s.bending-1)*v.curl[i])
		v.foreseen[i] = float64((1-scale)*s.force[i]) + float64(scale*(r[i]+held))
	}
}

// compare sums what was foreseen and what was not for block b.
func (v *viscosity) compare(force []float64, b, lo, hi int) {
	rest, wrong := 0.0, 0.0
	for i := 3 * lo; i < 3*hi; i++ {
		e := force[i] - v.foreseen[i]
		rest += float64(v.foreseen[i] * v.foreseen[i])
		wrong += float64(e * e)
	}
	v.rest[b], v.wrong[b] = rest, wrong
}

// adapt chooses the next value; tol is the rms force at rest [N].
func (v *viscosity) adapt(tol float64, nv int) {
	if !v.ready { // nothing was foreseen yet
		v.ready = true
		return
	}
	v.foreseenRMS, v.wrongRMS = math.Sqrt(sum(&v.rest)/float64(nv)), math.Sqrt(sum(&v.wrong)/float64(nv))
	if v.foreseenRMS < foreseenShare*tol && v.wrongRMS > v.foreseenRMS/2 {
		v.value = max(lastViscosity, 10*v.value)
	} else if v.foreseenRMS > 0 {
		v.value *= max(faster, min(slower, math.Sqrt(v.wrongRMS/(errorShare*v.foreseenRMS))))
	}
	v.value = max(leastViscosity, min(mostViscosity, v.value))
}
