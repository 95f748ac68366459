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
	bent  []float64 // bending force at the start of the step [N]
	aim   [blockCount]aim
	store [2][blockCount]float64 // energy of membrane and contact at x [J]
	size  []float64              // scratch: |force| per vertex
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
	take, heed, try, energy, others, foresee, drag, compare   func(block int)
}

// aim is what is known of a step before it is tried: all but the energies of
// membrane and contact is at most quadratic in how far it is taken.
type aim struct {
	longest float64 // squared way of a vertex [m2]
	slope   float64 // minus the force's work [J]
	linear  float64 // work of bending and weight, and
	square  float64 // that of bending's stiffness and the pseudo-transient mass, twice [J]
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
		p: p, c: c, s: s, cg: newPCG(s, x, w), crew: w, x: x,
		x0: make([]float64, 3*p.nv), d: make([]float64, 3*p.nv), bent: make([]float64, 3*p.nv), size: make([]float64, p.nv),
		dt: firstDt, visc: newViscosity(p.nv), tol: set.Tolerance * p.meanWeight(),
	}
	o.refresh = func(b int) { c.refresh(o.x, p, b) }
	o.tris = func(b int) {
		lo, hi := span(b, p.nt)
		o.store[0][b] = membraneForce(s.triForce, s.triHess, o.x, p, false, lo, hi)
	}
	o.contact = func(b int) { lo, hi := span(b, c.n); o.store[1][b] = c.evaluate(o.x, p, lo, hi) }
	o.forces = o.forcesBlock
	o.edges = func(b int) { lo, hi := span(b, p.ne); o.edgesBlock(lo, hi) }
	o.diagonal = func(b int) { lo, hi := span(b, p.nv); s.gatherDiagonal(lo, hi) }
	o.coupling = func(b int) { lo, hi := span(b, p.ne); s.addContactEdges(lo, hi) }
	o.foresee = func(b int) { lo, hi := span(b, p.nv); o.visc.foresee(s, o.d, o.cg.r, o.scale, lo, hi) }
	o.try, o.compare = o.tryBlock, o.compareBlock
	o.energy, o.others, o.take, o.heed = o.energyBlock, o.othersBlock, o.takeBlock, o.aimBlock
	o.drag = func(b int) { lo, hi := span(b, c.n); c.drag(o.x, p, lo, hi) }
	return o
}

// measure finds the forces at x and the residual.
func (o *polisher) measure() {
	if o.c.exact {
		o.crew.do(o.refresh)
	}
	if t := o.s.touch; t != nil {
		if o.steps == 0 && !t.l.looked || t.l.knots > 0 && o.steps%untangleEvery == untangleEvery/5 {
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
	copy(o.bent[3*lo:3*hi], o.s.force[3*lo:3*hi])
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
	o.crew.do(o.take)
	o.crew.do(o.heed)
	t := aim{}
	for _, a := range o.aim {
		t.longest = max(t.longest, a.longest)
		t.slope, t.linear, t.square = t.slope+a.slope, t.linear+a.linear, t.square+a.square
	}
	longest := math.Sqrt(t.longest)
	full := 1.0
	if longest > stepCap {
		full = stepCap / longest
	}
	o.search(full, &t)
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

// takeBlock notes the step and where it starts.
func (o *polisher) takeBlock(b int) {
	lo, hi := span(b, len(o.x))
	copy(o.x0[lo:hi], o.x[lo:hi])
	for i, v := range o.cg.d[lo:hi] {
		o.d[lo+i] = float64(v)
	}
}

// aimBlock notes what is known of the step.
func (o *polisher) aimBlock(b int) {
	p, s := o.p, o.s
	lo, hi := span(b, p.nv)
	d, curl := o.d, o.visc.curl
	o.visc.bend(s, d, lo, hi)
	var a aim
	for i := lo; i < hi; i++ {
		m, far := p.mass[i], 0.0
		for k := range 3 {
			v := d[3*i+k]
			far += float64(v * v)
			a.slope -= float64(s.force[3*i+k] * v)
			a.linear -= float64((o.bent[3*i+k] + float64(m*s.gravity[k])) * v)
			a.square -= float64(curl[3*i+k] * v)
		}
		a.longest = max(a.longest, far)
		a.square += float64(m * s.inertia * far)
	}
	o.aim[b] = a
}

// search backtracks on the incremental potential until it falls by a share
// of what the slope promises.
func (o *polisher) search(full float64, t *aim) {
	start := sum(&o.store[0]) + sum(&o.store[1]) + o.rest()
	o.scale = full
	for range 8 {
		if o.potential(t) <= start+armijo*o.scale*t.slope {
			return
		}
		o.scale *= 0.4
	}
}

// potential moves to x0 + scale*d and returns the energy there [J], with
// friction limits frozen and the pseudo-transient term included. Bending, weight
// and that term count from x0.
func (o *polisher) potential(t *aim) float64 {
	o.crew.do(o.try)
	o.crew.do(o.energy)
	e := sum(&o.part) + o.rest()
	return e + float64(o.scale*(t.linear+float64(0.5*o.scale*t.square)))
}

// rest is the energy of what few garments have [J].
func (o *polisher) rest() float64 {
	n := len(o.p.bands.edge) + len(o.p.folds.vert)
	if o.s.touch != nil {
		n += len(o.s.touch.list)
	}
	if n == 0 {
		return 0
	}
	o.crew.share(n, pairTime, o.others)
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
	lo, hi := span(b, o.p.nt)
	e := membraneEnergy(o.x, o.p, lo, hi)
	lo, hi = span(b, o.c.n)
	o.part[b] = e + o.c.energy(o.x, o.p, lo, hi)
}

func (o *polisher) othersBlock(b int) {
	p, s := o.p, o.s
	lo, hi := span(b, len(p.bands.edge))
	e := p.bands.energy(o.x, lo, hi)
	lo, hi = span(b, len(p.folds.vert))
	e += p.folds.energy(o.x, lo, hi)
	if s.touch != nil {
		lo, hi = span(b, len(s.touch.list))
		e += touchEnergy(o.x, s.touch.list, lo, hi)
	}
	o.part[b] = e
}
