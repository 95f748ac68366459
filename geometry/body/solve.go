package body

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r3"
)

// target is one measure the fit aims at.
type target struct {
	key   Key
	value float64 // [m, kg]
	sigma float64 // how far off is one unit of cost
}

const (
	maxSteps = 30
	maxTries = 7
	stepGain = 3e-4 // relative fall of the cost below which the fit rests
	// maxStride bounds the change of a coefficient in one step, in standard
	// deviations: from the mean to a very heavy body the linear model goes
	// wrong, thighs pass through each other and the fit ends in a fold.
	maxStride   = 1.0
	firstDamp   = 1e-3
	weightSteps = 4     // steps that renew the gradient of the weight
	legGap      = 0.004 // thighs keep this far from the symmetry plane [m]
	legGapSoft  = 0.0015
	innerThigh  = 0.09 // candidates for touching lie this near the plane in the mean [m]
	// Close to the crotch the legs meet anyway: there the gap is this share of
	// the mean's.
	legGapShare = 0.4
)

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

	c, trial []float64
	x        []r3.Vec
	row      []float64
	heavy    []float64 // the last gradient of the weight
	hess     []float64
	rhs      []float64
}

func newFitter(sp *space, r *ruler, targets []target) *fitter {
	n := sp.axes
	f := &fitter{
		sp: sp, targets: targets, probe: probe{ruler: r},
		c: make([]float64, n), trial: make([]float64, n), x: make([]r3.Vec, len(sp.mean)),
		row: make([]float64, n), heavy: make([]float64, n), hess: make([]float64, n*n), rhs: make([]float64, n),
	}
	crotch := sp.mean[sp.tpl.Marks[MarkCrotch]].Y
	for i, p := range sp.tpl.Part {
		if m := sp.mean[i]; (p == ThighL || p == ShinL) && i >= sp.tpl.Middle && m.X < innerThigh && m.Y < crotch {
			f.inner = append(f.inner, wall{int32(i), min(legGap, legGapShare*m.X)})
		}
	}
	return f
}

// run iterates to rest and leaves the rows of the result in f.x.
func (f *fitter) run(ctx context.Context) error {
	damp := firstDamp
	f.costAt(f.c)
	cost := f.linearise(true)
	for k := range maxSteps {
		if err := ctx.Err(); err != nil {
			return err
		}
		next, ok := f.tryStep(cost, &damp)
		if !ok {
			break
		}
		copy(f.c, f.trial)
		rest := cost-next < stepGain*cost
		if cost = f.linearise(k < weightSteps); rest {
			break
		}
	}
	f.sp.shape(f.x, f.c)
	f.probe.set(f.x)
	return nil
}

// tryStep raises the damping until a step lowers the cost; false if none does.
func (f *fitter) tryStep(cost float64, damp *float64) (float64, bool) {
	n := f.sp.axes
	for range maxTries {
		a := mat.NewSymDense(n, append([]float64(nil), f.hess...))
		for i := range n {
			a.SetSym(i, i, a.At(i, i)*(1+*damp))
		}
		var ch mat.Cholesky
		if !ch.Factorize(a) {
			*damp *= 6
			continue
		}
		step := mat.NewVecDense(n, nil)
		if err := ch.SolveVecTo(step, mat.NewVecDense(n, f.rhs)); err != nil {
			*damp *= 6
			continue
		}
		far := 1.0
		for i := range n {
			far = max(far, math.Abs(step.AtVec(i))/maxStride)
		}
		for i := range n {
			f.trial[i] = f.c[i] + step.AtVec(i)/far
		}
		if next := f.costAt(f.trial); next < cost {
			*damp = max(*damp/8, 1e-9)
			return next, true
		}
		*damp *= 6
	}
	return cost, false
}

// linearise measures the body at f.c, whose rows are in f.x, and sets up the
// normal equations. The gradient of the weight runs over all rows and costs as
// much as all others; without fresh it is that of an earlier step, which is
// near enough since volume changes little between late steps.
func (f *fitter) linearise(fresh bool) float64 {
	copy(f.hess, f.sp.prior)
	cost := f.priorCost(f.c, f.rhs)
	for i := range f.rhs {
		f.rhs[i] = -f.rhs[i]
	}
	for _, t := range f.targets {
		held := t.key == Weight && !fresh
		v, pulls := f.probe.measure(t.key, !held)
		clear(f.row)
		for _, p := range pulls {
			f.sp.pull(f.row, p.row, p.g)
		}
		switch {
		case held:
			copy(f.row, f.heavy)
		case t.key == Weight:
			copy(f.heavy, f.row)
		}
		cost += f.accumulate((t.value-v)/t.sigma, 1/t.sigma)
	}
	for _, w := range f.inner {
		if short := w.gap - f.x[w.row].X; short > 0 {
			clear(f.row)
			f.sp.pull(f.row, w.row, r3.Vec{X: 1})
			cost += f.accumulate(short/legGapSoft, 1/legGapSoft)
		}
	}
	return cost
}

// accumulate adds one residual r, whose model gradient is scale times f.row.
func (f *fitter) accumulate(r, scale float64) float64 {
	n := len(f.row)
	for i, g := range f.row {
		if g == 0 {
			continue
		}
		g *= scale
		f.rhs[i] += g * r
		h := f.hess[i*n : (i+1)*n]
		for j := i; j < n; j++ { // the upper triangle is the one gonum reads
			h[j] += g * scale * f.row[j]
		}
	}
	return r * r
}

// priorCost is c'Pc; grad receives Pc.
func (f *fitter) priorCost(c, grad []float64) float64 {
	n := len(c)
	var sum float64
	for i := range n {
		var s float64
		for j, p := range f.sp.prior[i*n : (i+1)*n] {
			s += p * c[j]
		}
		if grad != nil {
			grad[i] = s
		}
		sum += c[i] * s
	}
	return sum
}

func (f *fitter) costAt(c []float64) float64 {
	f.sp.shape(f.x, c)
	f.probe.set(f.x)
	cost := f.priorCost(c, nil)
	for _, t := range f.targets {
		v, _ := f.probe.measure(t.key, false)
		r := (t.value - v) / t.sigma
		cost += r * r
	}
	for _, w := range f.inner {
		if short := w.gap - f.x[w.row].X; short > 0 {
			cost += short * short / (legGapSoft * legGapSoft)
		}
	}
	if math.IsNaN(cost) {
		return math.Inf(1)
	}
	return cost
}
