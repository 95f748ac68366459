package drape

import (
	"math"
	"slices"
)

// polisher is the second stage: the quasi-static equilibrium at true friction
// by Newton's method with a pseudo-transient mass term (Kelley and Keyes 1998,
// "Convergence analysis of pseudo-transient continuation"), so that a garment
// far from rest takes small steps first, and a viscosity of curvature against
// wrinkles that overshoot. The linear systems are solved loosely, which costs
// Newton steps but far less time.
type polisher struct {
	p    *plan
	c    *contacts
	s    *system
	cg   *pcg
	crew *crew

	x, x0 []float64 // the solver's positions; those at the start of the step
	d     []float64 // the step
	size  []float64 // scratch: |force| per vertex
	part  [blockCount]float64
	total [blockCount][3]float64
	scale float64 // of the step being tried
	dt    float64 // pseudo time step [s]
	visc  *viscosity
	tol   float64 // rms unbalanced force at rest [N]

	rms, p99 float64 // unbalanced force [N]
	balance  float64 // length of the sum of all unbalanced forces [N]
	speed    float64 // of the fastest vertex in the last step [m/s]
	steps    int

	refresh, tris, contact, forces, edges, diagonal, coupling func(block int)
	try, energy, foresee, drag                                func(block int)
}

const (
	// stepCap is the longest way a vertex may go in one Newton step [m]: the
	// reach of a tangent plane.
	stepCap = 0.005
	firstDt = 0.01 // [s]
	// longestDt makes the mass term weaker than the pendulum stiffness g/L of
	// any hem: no longer a brake, still a cure for modes without stiffness.
	longestDt = 1
	// cgLimit and cgTolerance solve the linear systems loosely on purpose.
	cgLimit     = 60
	cgTolerance = 0.1
	// What is not at rest after looseSteps is wide cloth that hangs free: its long
	// waves are what a loose solution leaves out, and with cgPatience iterations a
	// circle skirt needs 184 steps instead of 493 and half the time.
	looseSteps = 60
	cgPatience = 150
	// armijo is the share of the promised decrease a step must keep.
	armijo = 1e-4
)

func newPolisher(p *plan, c *contacts, l *layers, x []float64, set *Settings, w *crew) *polisher {
	s := newSystem(p, c)
	if l != nil {
		s.touch = newTouches(l)
	}
	s.gravity = [3]float64{set.Gravity.X, set.Gravity.Y, set.Gravity.Z}
	o := &polisher{
		p: p, c: c, s: s, cg: newPCG(s, w), crew: w, x: x,
		x0: make([]float64, 3*p.nv), d: make([]float64, 3*p.nv), size: make([]float64, p.nv),
		dt: firstDt, visc: newViscosity(p.nv), tol: set.Tolerance * p.meanWeight(),
	}
	o.refresh = func(b int) { c.refresh(o.x, p, b) }
	o.tris = func(b int) { lo, hi := span(b, p.nt); membraneForce(s.triForce, s.triHess, o.x, p, false, lo, hi) }
	o.contact = func(b int) { lo, hi := span(b, c.n); c.evaluate(o.x, p, lo, hi) }
	o.forces = o.forcesBlock
	o.edges = func(b int) { lo, hi := span(b, p.ne); o.edgesBlock(lo, hi) }
	o.diagonal = func(b int) { lo, hi := span(b, p.nv); s.gatherDiagonal(lo, hi) }
	o.coupling = func(b int) { lo, hi := span(b, p.ne); s.addContactEdges(lo, hi) }
	o.foresee = func(b int) { lo, hi := span(b, p.nv); o.visc.foresee(s, o.d, o.cg.r, o.scale, lo, hi) }
	o.try = o.tryBlock
	o.energy = o.energyBlock
	o.drag = func(b int) { lo, hi := span(b, c.n); c.drag(o.x, p, lo, hi) }
	return o
}

// measure finds the forces at x and the residual.
func (o *polisher) measure() {
	if o.c.exact {
		o.crew.do(o.refresh)
	}
	if t := o.s.touch; t != nil {
		if o.steps == 0 || t.l.knots > 0 && o.steps%untangleEvery == untangleEvery/5 {
			t.l.untangle(o.x)
		}
		t.find(o.x)
	}
	o.crew.do(o.tris)
	o.crew.do(o.contact)
	o.crew.do(o.forces)
	o.rms = math.Sqrt(sum(&o.part) / float64(o.p.nv))
	var t [3]float64
	for b := range o.total {
		for k := range t {
			t[k] += o.total[b][k]
		}
	}
	o.balance = sqrt(dot3(t, t))
}

// assemble builds the matrix at the state measured.
func (o *polisher) assemble() {
	o.visc.adapt(o.rms, o.tol, o.p.nv)
	o.s.inertia, o.s.bending = 1/(o.dt*o.dt), 1+o.visc.value
	o.crew.do(o.edges)
	o.crew.do(o.diagonal)
	o.crew.do(o.coupling)
}

// edgesBlock assembles what couples the ends of edges lo to hi, but for contact.
func (o *polisher) edgesBlock(lo, hi int) {
	o.s.gatherEdges(lo, hi)
	o.p.bands.addEdges(o.s.off, o.x, lo, hi)
	o.p.folds.addEdges(o.s.off, o.x, lo, hi)
}

func (o *polisher) forcesBlock(b int) {
	lo, hi := span(b, o.p.nv)
	bendingApply(o.s.force, o.x, &o.p.bend, lo, hi)
	o.s.gatherForces(o.x, lo, hi)
	q := 0.0
	var t [3]float64
	for i := lo; i < hi; i++ {
		f := o.s.force[3*i : 3*i+3]
		t[0], t[1], t[2] = t[0]+f[0], t[1]+f[1], t[2]+f[2]
		l2 := float64(f[0]*f[0]) + float64(f[1]*f[1]) + float64(f[2]*f[2])
		o.size[i] = sqrt(l2)
		q += l2
	}
	o.part[b], o.total[b] = q, t
	o.visc.compare(o.s.force, b, lo, hi)
}

// balanceShare is the share of the garment's weight that may be left hanging
// on nothing at tolerance 1; it shrinks with the tolerance. The rms alone
// cannot tell: cloth in free fall has a residual of exactly one vertex weight.
const balanceShare = 1e-3

// atRest judges the residual; the percentile is looked at only when the mean
// is already good, since it needs a sort.
func (o *polisher) atRest() bool {
	if !(o.rms <= o.tol) || !(o.balance <= o.balanceLimit()) {
		return false
	}
	o.sortResidual()
	return o.p99 <= 5*o.tol
}

func (o *polisher) balanceLimit() float64 {
	return balanceShare * o.tol * float64(o.p.nv)
}

func (o *polisher) sortResidual() {
	slices.Sort(o.size)
	o.p99 = o.size[len(o.size)*99/100]
}

// patience is how many iterations the next linear system gets.
func (o *polisher) patience() int {
	if o.steps < looseSteps {
		return cgLimit
	}
	return cgPatience
}

// step takes one Newton step from the state measured.
func (o *polisher) step() {
	o.assemble()
	o.visc.solved = o.cg.solve(cgTolerance, o.patience())
	copy(o.x0, o.x)
	longest, slope := 0.0, 0.0
	d := o.d
	for i, v := range o.cg.d {
		d[i] = float64(v)
	}
	for i := 0; i < len(d); i += 3 {
		longest = max(longest, float64(d[i]*d[i])+float64(d[i+1]*d[i+1])+float64(d[i+2]*d[i+2]))
	}
	for i, f := range o.s.force {
		slope -= float64(f * d[i])
	}
	longest = math.Sqrt(longest)
	full := 1.0
	if longest > stepCap {
		full = stepCap / longest
	}
	o.search(full, slope)
	o.crew.do(o.foresee)
	o.crew.do(o.drag)
	o.speed = o.scale * longest / o.dt
	switch {
	case o.scale == 1:
		o.dt = min(longestDt, o.dt*1.5)
	case o.scale < 0.3*full:
		o.dt = max(firstDt/10, o.dt*0.5)
	}
	o.steps++
}

// search backtracks on the incremental potential until it falls by a share
// of what the slope promises.
func (o *polisher) search(full, slope float64) {
	start := o.potential(0)
	o.scale = full
	for range 8 {
		if o.potential(o.scale) <= start+armijo*o.scale*slope {
			return
		}
		o.scale *= 0.4
	}
}

// potential moves to x0 + scale*d and returns the energy there [J], with
// friction limits frozen and the pseudo-transient term included.
func (o *polisher) potential(scale float64) float64 {
	o.scale = scale
	o.crew.do(o.try)
	o.crew.do(o.energy)
	return sum(&o.part)
}

func (o *polisher) tryBlock(b int) {
	lo, hi := span(b, len(o.x))
	x, x0, d := o.x[lo:hi], o.x0[lo:hi], o.d[lo:hi]
	for i := range x {
		x[i] = x0[i] + float64(o.scale*d[i])
	}
}

func (o *polisher) energyBlock(b int) {
	p, s := o.p, o.s
	lo, hi := span(b, p.nt)
	e := membraneEnergy(o.x, p, lo, hi) + plateEnergy(o.x, &p.plates, lo, hi)
	lo, hi = span(b, len(p.bands.edge))
	e += p.bands.energy(o.x, lo, hi)
	lo, hi = span(b, len(p.folds.vert))
	e += p.folds.energy(o.x, lo, hi)
	lo, hi = span(b, o.c.n)
	e += o.c.energy(o.x, p, lo, hi)
	lo, hi = span(b, p.nv)
	for i := lo; i < hi; i++ {
		m := p.mass[i]
		for k := range 3 {
			u := o.x[3*i+k] - o.x0[3*i+k]
			e += m * (float64(0.5*s.inertia*u*u) - float64(s.gravity[k]*u))
		}
	}
	if s.touch != nil {
		lo, hi = span(b, len(s.touch.list))
		e += touchEnergy(o.x, s.touch.list, lo, hi)
	}
	o.part[b] = e
}
