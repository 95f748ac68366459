package drape

import (
	"math"
	"slices"
)

// dresser is the first stage: small-step extended position-based dynamics
// pulls the garment from wherever it starts onto the body and lets it settle.
// It survives seams stretched several times over, since a spring's correction
// is bounded by its own length and no vertex moves faster than maxSpeed.
type dresser struct {
	p        *plan
	field    *Field
	layers   *layers // nil without self-contact
	gap      float64
	slip     []float64 // friction per vertex while the garment finds its place
	grip     []float64 // friction per vertex of the fabric
	gravity  [3]float64
	invMass  []float64 // [1/kg], zero for pins
	x        []float64 // the solver's positions
	prev     []float64
	vel      []float64    // [m/s]
	heights  *heights     // of the vertices over the body
	spans    *spans       // edges and triangles are pushed out too; nil: they are not
	hinge    [][4]float64 // what bending moves each vertex of each hinge by, for steps of
	hingeIA  float64      // this 1/dt2 [1/s2]
	steps    int
	maxSteps int

	crew    *crew
	now     stride
	stirred []bool // vertices that the last step moved after it had found what is near what
	part    [blockCount]float64
	most    [blockCount]float64 // of the squared speeds [m2/s2]
	way     float64             // longest of a vertex in the last step [m]
	ways    [blockCount][3]float64
	tasks   dressTasks
}

// stride is what the loops of one step share.
type stride struct {
	phase    *phase
	mu       []float64  // friction per vertex
	g        [3]float64 // [m/s2]
	ia       float64    // 1/dt2 [1/s2]
	from, to int        // the colour at work
	solve    func(from, to int)
	mean     [3]float64 // way of all vertices [m]
}

// dressTasks are the loops of a step.
type dressTasks struct {
	predict, colour, push, edges, tris, roam, drift, keep, settle func(block int)
	springs, hinges                                               func(from, to int)
}

const (
	// maxSpeed is what a hand pulls a garment on with [m/s]; at the largest
	// step a vertex moves 3 mm, less than the field's cell.
	maxSpeed = 3.0
	// dressDamping [1/s] lets a swinging hem settle within half a second.
	dressDamping = 6
	// calmDamping takes the swing out of what a finer mesh sets free; under it
	// loose cloth still falls at 0.2 m/s, a few millimetres during a refinement.
	calmDamping = 50
	// settled is the rms speed below which a phase has done its work [m/s].
	settled = 0.02
)

// phase is a run of small steps of one length.
type phase struct {
	dt       float64 // [s]
	min, max int     // steps
	weight   float64 // share of gravity
	damping  float64 // [1/s]
	grip     bool    // friction of the fabric, else that of dressing
	knotted  bool    // ends as soon as nothing cuts itself
}

// untangleEvery is the number of steps between looks at cloth that started out
// through itself.
const untangleEvery = 25

// untieSpeed is how fast a crossing is pulled apart [m/s]: a fifth of it was
// too weak to turn a sleeve's underarm point, gone in like a dent, out again.
const untieSpeed = 2

// phases of a mesh without coarser ones: position-based cloth is too soft by 50
// times at 1 ms and the error falls with dt squared, so the last phase hands
// less strain to the polish. The weight comes on as the stiffness does: under
// its full weight cloth that soft slides over the hips and off the body, where
// the real garment is held at the waist by the dressing hand.
var phases = [...]phase{
	{dt: 1e-3, min: 150, max: 1500, weight: 0.1, damping: dressDamping},
	{dt: 4e-4, min: 100, max: 300, weight: 0.3, damping: dressDamping, grip: true},
	{dt: 2e-4, min: 150, max: 300, weight: 1, damping: dressDamping, grip: true},
}

// arrival of the coarsest mesh of several, where a step costs little and a
// millisecond is short: there the garment finds its place and comes to rest.
var arrival = [...]phase{
	{dt: 1e-3, min: 150, max: 800, weight: 0.1, damping: dressDamping},
	{dt: 1e-3, min: 200, max: 600, weight: 0.3, damping: dressDamping, grip: true},
	{dt: 1e-3, min: 200, max: 2000, weight: 1, damping: 2 * dressDamping, grip: true},
}

// pulled is the arrival of what hangs from the shoulders: with little friction it
// finds its place, hands pull it down, with ten times its weight, and let it go
// slowly, so that friction holds what it can. Let go fast it springs back and
// crumples as if it had never been pulled.
var pulled = [...]phase{
	{dt: 1e-3, min: 150, max: 800, weight: 0.1, damping: dressDamping},
	{dt: 1e-3, min: 150, max: 800, weight: 10, damping: dressDamping},
	{dt: 1e-3, min: 200, max: 1000, weight: 1, damping: calmDamping, grip: true},
}

// releaseShare of the fabric's friction is all that holds a garment let go, so
// that it rests within what friction can hold, not at its limit, where the
// polish would have it creep.
const releaseShare = 0.7

// midway and refinement take over from a coarser level, midway where a finer
// one follows. A step carries a pull along one edge, so its length shrinks with
// the edges'.
var refinement = [...]phase{{dt: 2.5e-4, min: 25, max: 150, weight: 1, damping: calmDamping, grip: true}}
var midway = [...]phase{{dt: 5e-4, min: 25, max: 200, weight: 1, damping: calmDamping, grip: true}}

// untying follows a level that still cuts itself, mending a polish that does.
var untying = [...]phase{{dt: 1e-3, min: 0, max: 600, weight: 0.3, damping: dressDamping, grip: true, knotted: true}}
var mending = [...]phase{
	{dt: 1e-3, min: 0, max: 300, weight: 0.3, damping: dressDamping, grip: true, knotted: true},
	{dt: 2e-4, min: 50, max: 100, weight: 1, damping: dressDamping, grip: true},
}

// smoothed lets cloth grow back that was drawn smooth.
var smoothed = [...]phase{{dt: 2e-4, min: 50, max: 150, weight: 1, damping: calmDamping, grip: true}}

func newDresser(p *plan, field *Field, l *layers, x []float64, set *Settings, w *crew) *dresser {
	d := &dresser{
		p: p, field: field, layers: l, gap: set.BodyGap + loft, crew: w,
		slip: make([]float64, p.nv), grip: p.friction,
		gravity: [3]float64{set.Gravity.X, set.Gravity.Y, set.Gravity.Z},
		invMass: make([]float64, p.nv), x: x,
		prev: make([]float64, 3*p.nv), vel: make([]float64, 3*p.nv), maxSteps: set.DressSteps,
		hinge: make([][4]float64, len(p.hinges.vert)),
	}
	for i := range d.slip {
		d.slip[i] = set.DressFriction
	}
	if d.stirred = make([]bool, p.nv); l != nil {
		d.stirred = l.room.stirred
	}
	d.heights = newHeights(p.nv, field, d.gap)
	if set.Friction > 0 {
		d.grip = make([]float64, p.nv)
		for i := range d.grip {
			d.grip[i] = set.Friction
		}
	}
	if set.Pull {
		d.grip = slices.Clone(d.grip)
		for i := range d.grip {
			d.grip[i] *= releaseShare
		}
	}
	for i, m := range p.mass {
		if !p.pinned[i] && m > 0 {
			d.invMass[i] = 1 / m
		}
	}
	d.tasks = d.loops()
	return d
}

// loops are the tasks of a step, made once.
func (d *dresser) loops() dressTasks {
	p, now := d.p, &d.now
	return dressTasks{
		predict: func(b int) {
			lo, hi := span(b, p.nv)
			predict(d.x, d.prev, d.vel, d.invMass, now.g, now.phase.dt, 1-now.phase.damping*now.phase.dt, lo, hi)
		},
		springs: func(lo, hi int) { springSolve(d.x, d.invMass, &p.springs, lo, hi, now.ia) },
		hinges:  func(lo, hi int) { hingeSolve(d.x, &p.hinges, d.hinge, lo, hi) },
		colour:  func(b int) { now.solve(spanOf(b, now.from, now.to)) },
		push: func(b int) {
			lo, hi := span(b, p.nv)
			d.heights.pushOut(d.x, d.prev, now.mu, lo, hi)
		},
		edges: d.deepOf(edgeSpan, p.ne, d.edgeDepth),
		tris:  d.deepOf(triangleSpan, p.nt, d.triangleDepth),
		roam:  d.roamBlock,
		drift: func(b int) { lo, hi := span(b, p.nv); d.ways[b] = drift(d.x, d.prev, lo, hi) },
		keep: func(b int) {
			lo, hi := span(b, p.nv)
			keepToRoom(d.x, d.prev, d.layers.room.free, d.layers.room.stirred, now.mean, lo, hi)
		},
		settle: func(b int) {
			lo, hi := span(b, p.nv)
			d.part[b], d.most[b] = settle(d.x, d.prev, d.vel, d.stirred, now.phase.dt, lo, hi)
		},
	}
}

// step advances by dt [s] and returns the mean square speed [m2/s2].
func (d *dresser) step(ph *phase) float64 {
	p, dt, mu := d.p, ph.dt, d.slip
	if ph.grip {
		mu = d.grip
	}
	ia := 1 / (dt * dt)
	d.now = stride{phase: ph, mu: mu, g: d.gravity, ia: ia}
	for k := range d.now.g {
		d.now.g[k] *= ph.weight
	}
	if d.hingeIA != ia {
		hingeStep(d.hinge, d.invMass, &p.hinges, ia)
		d.hingeIA = ia
	}
	if d.layers != nil {
		d.look()
	}
	d.crew.share(p.nv, 4, d.tasks.predict)
	d.sweep(p.springs.ends, d.tasks.springs)
	bandSolve(d.x, d.invMass, &p.bands, ia)
	d.sweep(p.hinges.ends, d.tasks.hinges)
	foldSolve(d.x, d.invMass, &p.folds, ia)
	p.held.hold(d.x, d.invMass)
	d.crew.share(p.nv, 10, d.tasks.push)
	if d.spans != nil {
		d.roam()
		if d.pushSpans(p.ne, d.tasks.edges, pushOutEdges) {
			d.roam()
		}
		d.pushSpans(p.nt, d.tasks.tris, pushOutTriangles)
	}
	if d.layers != nil {
		d.keepApart(dt)
	}
	d.steps++
	d.crew.share(p.nv, 4, d.tasks.settle)
	d.way = math.Sqrt(slices.Max(d.most[:])) * dt
	return sum(&d.part) / float64(p.nv)
}

// look finds what may meet, and what cuts itself where that has to be known, before
// anything moves: contact has had the last word, so every pair lies on its side. In
// the middle of a step springs have drawn folds through each other; what was taken
// for a crossing there was left alone by contact and became one.
func (d *dresser) look() {
	if d.steps == 0 && !d.layers.looked || d.layers.knots > 0 && d.steps%untangleEvery == 0 || d.layers.undone {
		d.layers.untangle(d.x)
	}
	if d.layers.knots > 0 {
		d.layers.update(d.x) // untying moves without speed
	} else {
		d.layers.updateAfter(d.x, d.way)
	}
	d.layers.measureRoom(d.x)
}

// keepApart keeps cloth off cloth. It comes last in a step: in an armpit or
// between the thighs the body pushes two layers through each other, and what has
// once gone through stays so, while a vertex left in the body is out with the next.
func (d *dresser) keepApart(dt float64) {
	if d.layers.knots > 0 {
		d.layers.untie(d.x, d.prev, d.invMass, untieSpeed*dt)
	}
	d.layers.separate(d.x, d.prev, d.invMass, dt)
	d.keepToRoom()
}

// keepToRoom takes back ways that could lead through other cloth.
func (d *dresser) keepToRoom() {
	if !d.layers.room.near {
		return
	}
	d.crew.share(d.p.nv, 3, d.tasks.drift)
	d.now.mean = meanWay(&d.ways, d.p.nv)
	d.crew.share(d.p.nv, 3, d.tasks.keep)
}

// sweep solves constraints colour by colour.
func (d *dresser) sweep(ends []int, solve func(from, to int)) {
	from := 0
	for k, to := range ends {
		if k == lastColour || !d.crew.helps(to-from, 4) { // those of the last may share vertices: one by one
			solve(from, to)
		} else {
			d.now.from, d.now.to, d.now.solve = from, to, solve
			d.crew.do(d.tasks.colour)
		}
		from = to
	}
}

// predict moves free vertices lo to hi by their velocity and gravity.
func predict(x, prev, vel, invMass []float64, g [3]float64, dt, keep float64, lo, hi int) {
	copy(prev[3*lo:3*hi], x[3*lo:3*hi])
	g0, g1, g2 := float64(g[0]*dt), float64(g[1]*dt), float64(g[2]*dt)
	for i := lo; i < hi; i++ {
		if invMass[i] == 0 {
			continue
		}
		a, v := (*[3]float64)(x[3*i:]), (*[3]float64)(vel[3*i:])
		v0, v1, v2 := float64(v[0]*keep)+g0, float64(v[1]*keep)+g1, float64(v[2]*keep)+g2
		a[0] += float64(v0 * dt)
		a[1] += float64(v1 * dt)
		a[2] += float64(v2 * dt)
	}
}

// press moves a vertex that came from o by -d along n, less what friction takes.
func press(a, o *[3]float64, d, nx, ny, nz, mu float64) {
	x, y, z := a[0]-float64(d*nx), a[1]-float64(d*ny), a[2]-float64(d*nz)
	ux, uy, uz := x-o[0], y-o[1], z-o[2]
	un := float64(ux*nx) + float64(uy*ny) + float64(uz*nz)
	tx, ty, tz := ux-float64(un*nx), uy-float64(un*ny), uz-float64(un*nz)
	if l := sqrt(float64(tx*tx) + float64(ty*ty) + float64(tz*tz)); l != 0 {
		r := min(1, -mu*d/l)
		x, y, z = x-float64(tx*r), y-float64(ty*r), z-float64(tz*r)
	}
	a[0], a[1], a[2] = x, y, z
}

// settle derives velocities, caps them and returns the sum and the largest of their
// squares. It marks those it caps.
func settle(x, prev, vel []float64, capped []bool, dt float64, lo, hi int) (sum, most float64) {
	for i := lo; i < hi; i++ {
		a, o, v := (*[3]float64)(x[3*i:]), (*[3]float64)(prev[3*i:]), (*[3]float64)(vel[3*i:])
		v0, v1, v2 := (a[0]-o[0])/dt, (a[1]-o[1])/dt, (a[2]-o[2])/dt
		v[0], v[1], v[2] = v0, v1, v2
		s := float64(v0*v0) + float64(v1*v1) + float64(v2*v2)
		if s > maxSpeed*maxSpeed {
			capped[i] = true
			r := maxSpeed / sqrt(s)
			for k := range v {
				v[k] *= r
				a[k] = o[k] + float64(v[k]*dt)
			}
			s = maxSpeed * maxSpeed
		}
		sum += s
		most = max(most, s)
	}
	return sum, most
}
