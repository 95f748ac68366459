package body

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// target is one measure the fit aims at.
type target struct {
	key   Key
	value float64 // [m, kg]
	sigma float64 // how far off is one unit of cost
	given bool
}

const (
	maxSteps = 40
	stepGain = 5e-3 // relative fall of the cost below which the fit rests, promised or made
	// stageGain is that below which the given measures are held more closely.
	stageGain = 0.6
	// maxStride bounds the change of a coefficient in one step, in standard
	// deviations: from the mean to a very heavy body the linear model goes
	// wrong, thighs pass through each other and the fit ends in a fold.
	maxStride = 1.5
	// firstDamp is added to the diagonal when a step fails, in the units of the
	// prior, where a standard deviation counts one: damping by the stiffness of
	// the given measures would hold everything that is free.
	firstDamp   = 1.0
	maxDamp     = 1e6
	weightSteps = 3     // steps that renew the gradient of the weight in full
	legGap      = 0.004 // thighs keep this far from the symmetry plane [m]
	legGapSoft  = 0.0015
	innerThigh  = 0.09 // candidates for touching lie this near the plane in the mean [m]
	legGapShare = 0.4  // close to the crotch the legs meet anyway: there the gap is this share of the mean's
)

// loosening is by how much the given measures are held more loosely at first:
// with stiff tapes from the start the way to the body is a narrow curved
// valley, in which every step is short.
var loosening = [...]float64{20, 4, 1}

const tight = len(loosening) - 1 // the stage at which tapes are held as they should be

// wall keeps a row of the left thigh on its side: x stays above the gap [m].
type wall struct {
	row int32
	gap float64
}

// fitter finds the coefficients of one body by the method of Levenberg (1944)
// and Marquardt (1963): least squares over targets and prior.
type fitter struct {
	sp      *space
	probe   probe
	targets []target
	inner   []wall
	first   *middle // nil where it is not remembered

	c, trial, step []float64
	off            []float64 // scratch of the prior
	x              []r3.Vec
	now, next      linear
	hess, factor   []float64
	rhs            []float64
	steps          int
	patient        bool // the weight's gradient is renewed at every step
	fresh          bool // x are the rows of c
	solved         bool // step is the undamped one of hess
}

// linear is what is known of the body at one set of coefficients.
type linear struct {
	value []float64 // of each target
	jac   []float64 // targets x axes
	prior float64   // cost of the prior
	pull  []float64 // its gradient, half
	walls float64   // cost of the walls
	short []float64 // how far each wall is passed, 0 if it is not [m]
}

func newLinear(targets, axes, walls int) linear {
	return linear{value: make([]float64, targets), jac: make([]float64, targets*axes), pull: make([]float64, axes), short: make([]float64, walls)}
}

func newFitter(sp *space, r *ruler, targets []target) *fitter {
	n := sp.axes
	f := &fitter{
		sp: sp, targets: targets, probe: probe{ruler: r},
		c: make([]float64, n), trial: make([]float64, n), step: make([]float64, n), off: make([]float64, n), x: make([]r3.Vec, len(sp.mean)),
		hess: make([]float64, n*n), factor: make([]float64, n*n), rhs: make([]float64, n),
	}
	crotch := sp.mean[sp.tpl.Marks[MarkCrotch]].Y
	for i, p := range sp.tpl.Part {
		if m := sp.mean[i]; (p == ThighL || p == ShinL) && i >= sp.tpl.Middle && m.X < innerThigh && m.Y < crotch {
			f.inner = append(f.inner, wall{int32(i), min(legGap, legGapShare*m.X)})
		}
	}
	f.now, f.next = newLinear(len(targets), n, len(f.inner)), newLinear(len(targets), n, len(f.inner))
	return f
}

// run iterates to rest from a stage on and leaves the rows of the result in
// f.x. At the first stage it sets out from the middle of the prior, later from
// where it is.
func (f *fitter) run(ctx context.Context, stage int) error {
	f.steps, f.patient = 0, false
	if stage == 0 {
		f.begin()
	} else {
		f.evaluate(&f.now, f.c, loosening[stage], math.Inf(1))
	}
	damp := 0.0
	for ; f.steps < maxSteps; f.steps++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		loose := loosening[stage]
		cost := f.cost(&f.now, loose)
		enough := stepGain * cost
		if stage < tight {
			enough = stageGain * cost
		}
		f.normal(loose)
		gain := f.promised()
		if damp > 0 || gain >= enough {
			gain = cost - f.advance(cost, loose, &damp)
		}
		if gain >= enough {
			continue
		}
		if stage < tight {
			stage++
			continue
		}
		if f.patient || f.met() {
			break
		}
		f.patient = true // perhaps only the old gradient of the weight stands in the way
		f.standAt()
		for k := range f.targets {
			if f.targets[k].key == Weight {
				f.gradient(&f.now, k)
			}
		}
	}
	f.standAt()
	return nil
}

// standAt makes f.x the rows of f.c, if they are not.
func (f *fitter) standAt() {
	if !f.fresh {
		f.sp.shape(f.x, f.c)
		f.probe.set(f.x)
		f.fresh = true
	}
}

// begin stands at the middle of the prior, where all fits of a population set out:
// what is measured there is remembered.
func (f *fitter) begin() {
	copy(f.c, f.sp.centre)
	f.fresh = false
	if m := f.first; m.holds(f.targets) {
		copy(f.now.value, m.value)
		copy(f.now.jac, m.jac)
		copy(f.now.short, m.short)
		clear(f.now.pull)
		f.now.prior, f.now.walls = 0, m.walls
		return
	}
	f.evaluate(&f.now, f.c, loosening[0], math.Inf(1))
}

// middle is the body in the middle of the prior, measured for the targets of a fit.
type middle struct {
	keys []Key
	linear
}

// newMiddle measures it.
func newMiddle(sp *space, r *ruler, targets []target) *middle {
	f := newFitter(sp, r, targets)
	copy(f.c, sp.centre)
	f.evaluate(&f.now, f.c, 1, math.Inf(1))
	m := &middle{linear: f.now}
	for _, t := range targets {
		m.keys = append(m.keys, t.key)
	}
	return m
}

// holds says whether these are the measures of the targets.
func (m *middle) holds(targets []target) bool {
	return m != nil && slices.EqualFunc(m.keys, targets, func(k Key, t target) bool { return k == t.key })
}

// promised is by how much the linear model says the next step lowers the cost.
func (f *fitter) promised() float64 {
	if !f.solve(0) {
		return math.Inf(1)
	}
	return dot(f.rhs, f.step)
}

// advance makes a step of the normal equations that lowers the cost, if there is
// one: more and more damped until it does. It returns the cost. A step that fails
// is not shortened along its way instead: girths curve most in the directions that
// the measures leave open, and it is those that damping holds back.
func (f *fitter) advance(cost, loose float64, damp *float64) (after float64) {
	failed := false
	for ; *damp <= maxDamp; *damp, failed = max(firstDamp, *damp*10), true {
		if !f.solve(*damp) {
			continue
		}
		far := 1.0
		for _, s := range f.step {
			far = max(far, math.Abs(s)/maxStride)
		}
		for i, s := range f.step {
			f.trial[i] = f.c[i] + float64(s/far)
		}
		if after := f.evaluate(&f.next, f.trial, loose, cost); after < cost {
			f.c, f.trial = f.trial, f.c
			f.now, f.next = f.next, f.now
			f.fresh = true
			if failed { // what has just been too little would be so again
				return after
			}
			if *damp /= 10; *damp < firstDamp/10 {
				*damp = 0
			}
			return after
		}
	}
	*damp = 0
	return cost
}

// solve finds the step of the normal equations with damping. The undamped one is
// asked for twice, when it is promised and when it is made, and found once.
func (f *fitter) solve(damp float64) bool {
	if damp == 0 && f.solved {
		return true
	}
	f.solved = false
	n := f.sp.axes
	copy(f.factor, f.hess)
	for i := range n {
		f.factor[i*n+i] += damp
	}
	copy(f.step, f.rhs)
	if !cholesky(f.factor, n) {
		return false
	}
	solveCholesky(f.factor, f.step, n)
	f.solved = damp == 0
	return true
}

// evaluate measures the body at c with all gradients and returns the cost. Once
// the sum is no less than the bound the step is lost: it gives up. The gradient of
// the weight runs over all rows and costs as much as the others together: it comes
// last, for steps that are not lost, and after the first it is only brought up to
// date by what the step did (see secant).
func (f *fitter) evaluate(l *linear, c []float64, loose, bound float64) float64 {
	f.sp.shape(f.x, c)
	f.probe.set(f.x)
	f.fresh = false
	l.prior = f.priorCost(c, l.pull)
	l.walls = 0
	for i, w := range f.inner {
		l.short[i] = max(0, w.gap-f.x[w.row].X)
		l.walls += l.short[i] * l.short[i] / (legGapSoft * legGapSoft)
	}
	sum, weight := l.prior+l.walls, -1
	for k := range f.targets {
		t := &f.targets[k]
		if sum >= bound {
			return math.Inf(1)
		}
		if t.key == Weight {
			weight = k
			l.value[k], _ = f.probe.measure(Weight, false)
		} else {
			f.gradient(l, k)
		}
		sum += t.cost(l.value[k], loose)
	}
	if math.IsNaN(sum) || sum >= bound {
		return math.Inf(1)
	}
	switch {
	case weight < 0:
	case f.steps >= weightSteps && !f.patient:
		f.secant(f.row(l, weight), f.row(&f.now, weight), c, l.value[weight]-f.now.value[weight])
	default:
		f.gradient(l, weight)
	}
	return sum
}

// secant writes the gradient that is nearest to an old one, was, among those that
// explain by how much the measure rose on the way from f.c to c (Broyden 1965, "A
// class of methods for solving nonlinear simultaneous equations").
func (f *fitter) secant(dst, was, c []float64, rise float64) {
	var square float64
	for i, v := range c {
		d := v - f.c[i]
		square += float64(d * d)
		rise -= float64(was[i] * d)
	}
	if square == 0 {
		copy(dst, was)
		return
	}
	for i, v := range c {
		dst[i] = was[i] + float64(rise/square*(v-f.c[i]))
	}
}

// row is the gradient of a target in the coefficients.
func (f *fitter) row(l *linear, k int) []float64 { return l.jac[k*f.sp.axes : (k+1)*f.sp.axes] }

// gradient measures a target with its gradient.
func (f *fitter) gradient(l *linear, k int) {
	v, pulls := f.probe.measure(f.targets[k].key, true)
	l.value[k] = v
	row := f.row(l, k)
	clear(row)
	for _, p := range pulls {
		f.sp.pull(row, p.row, p.g)
	}
}

// met says whether all given measures are met well enough to be no party to a
// conflict.
func (f *fitter) met() bool {
	for k := range f.targets {
		if f.targets[k].missed(f.now.value[k]) > displaced {
			return false
		}
	}
	return true
}

// misses are by how much the body that the probe holds misses the given measures,
// in units of what counts as met.
func (f *fitter) misses() []float64 {
	out := make([]float64, len(f.targets))
	for k := range f.targets {
		v, _ := f.probe.measure(f.targets[k].key, false)
		out[k] = f.targets[k].missed(v)
	}
	return out
}

// missed is the same of one target that measures v; 0 for one that is not given.
func (t *target) missed(v float64) float64 {
	if !t.given {
		return 0
	}
	m := Measure{Key: t.key, Asked: t.value, Achieved: v}
	return m.missed()
}

// cost of a target that measures v.
func (t *target) cost(v, loose float64) float64 {
	r := (t.value - v) / t.scale(loose)
	return float64(r * r)
}

// sigma is the scale of a target at a stage.
func (t *target) scale(loose float64) float64 {
	if t.given {
		return t.sigma * loose
	}
	return t.sigma
}

// cost is the sum of squares of prior, walls and targets.
func (f *fitter) cost(l *linear, loose float64) float64 {
	sum := l.prior + l.walls
	for k := range f.targets {
		sum += f.targets[k].cost(l.value[k], loose)
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return sum
}

// normal sets up the normal equations at f.now; the lower triangle only.
func (f *fitter) normal(loose float64) {
	n := f.sp.axes
	f.solved = false
	copy(f.hess, f.sp.prior)
	for i := range f.rhs {
		f.rhs[i] = -f.now.pull[i]
	}
	for k := range f.targets {
		t := &f.targets[k]
		s := 1 / t.scale(loose)
		f.accumulate(f.now.jac[k*n:(k+1)*n], (t.value-f.now.value[k])*s, s)
	}
	row := f.step // free until the equations are solved
	for i, w := range f.inner {
		if f.now.short[i] > 0 {
			clear(row)
			f.sp.pull(row, w.row, r3.Vec{X: 1})
			f.accumulate(row, f.now.short[i]/legGapSoft, 1/legGapSoft)
		}
	}
}

// accumulate adds one residual r, whose model gradient is scale times row.
func (f *fitter) accumulate(row []float64, r, scale float64) {
	n := len(row)
	for i, g := range row {
		if g == 0 {
			continue
		}
		g *= scale
		f.rhs[i] += float64(g * r)
		g *= scale
		for j, q := range row[:i+1] {
			f.hess[i*n+j] += float64(g * q)
		}
	}
}

// priorCost is d'Pd for the distance d of c from the centre; grad receives Pd.
func (f *fitter) priorCost(c, grad []float64) float64 {
	n := len(c)
	for i := range n {
		f.off[i] = c[i] - f.sp.centre[i]
	}
	var sum float64
	for i := range n {
		s := dot(f.sp.prior[i*n:(i+1)*n], f.off)
		grad[i] = s
		sum += f.off[i] * s
	}
	return sum
}
