package drape

// dresser is the first stage: small-step extended position-based dynamics
// pulls the garment from wherever it starts onto the body and lets it settle.
// It survives seams stretched several times over, since a spring's correction
// is bounded by its own length and no vertex moves faster than maxSpeed.
type dresser struct {
	p        *plan
	field    *Field
	layers   *layers // nil without self-contact
	gap, mu  float64
	gravity  [3]float64
	invMass  []float64 // [1/kg], zero for pins
	x        []float64 // the solver's positions
	prev     []float64
	vel      []float64 // [m/s]
	steps    int
	maxSteps int
}

const (
	// maxSpeed is what a hand pulls a garment on with [m/s]; at the largest
	// step a vertex moves 3 mm, less than the field's cell.
	maxSpeed = 3.0
	// dressGravity is the share of gravity felt while dressing. A garment let
	// go at full weight gathers speed, and its waistband is over the hips before
	// a sweep a step has told the hoop that it is being stretched.
	dressGravity = 0.25
	// dressDamping [1/s] lets a swinging hem settle within half a second.
	dressDamping = 6.0
	// settled is the rms speed below which a phase has done its work [m/s].
	settled = 0.02
)

// phase is a run of small steps of one length.
type phase struct {
	dt       float64 // [s]
	min, max int     // steps
}

// untangleEvery is the number of steps between looks at cloth that started out
// through itself.
const untangleEvery = 100

// phases: position-based cloth is too soft by 50 times at 1 ms and the error
// falls with dt squared, so the last phase hands less strain to the polish.
var phases = [...]phase{{1e-3, 150, 1500}, {4e-4, 100, 300}, {2e-4, 150, 300}}

// refinement takes over from a coarser level that has settled.
var refinement = [...]phase{{4e-4, 100, 250}, {2e-4, 100, 250}}

func newDresser(p *plan, field *Field, l *layers, x []float64, set *Settings) *dresser {
	d := &dresser{
		p: p, field: field, layers: l, gap: set.BodyGap, mu: set.DressFriction,
		gravity: [3]float64{dressGravity * set.Gravity.X, dressGravity * set.Gravity.Y, dressGravity * set.Gravity.Z},
		invMass: make([]float64, p.nv), x: x,
		prev: make([]float64, 3*p.nv), vel: make([]float64, 3*p.nv), maxSteps: set.DressSteps,
	}
	for i, m := range p.mass {
		if !p.pinned[i] && m > 0 {
			d.invMass[i] = 1 / m
		}
	}
	return d
}

// step advances by dt [s] and returns the mean square speed [m2/s2].
func (d *dresser) step(dt float64) float64 {
	p := d.p
	ia := 1 / (dt * dt)
	predict(d.x, d.prev, d.vel, d.invMass, d.gravity, dt, 1-dressDamping*dt)
	springSolve(d.x, d.invMass, &p.springs, 0, p.ne, ia)
	hingeSolve(d.x, d.invMass, &p.bend, 0, len(p.bend.vert), ia)
	if d.layers != nil {
		if d.steps == 0 || d.layers.knots > 0 && d.steps%untangleEvery == 0 {
			d.layers.untangle(d.x)
		}
		d.layers.update(d.x)
		d.layers.separate(d.x, d.prev, d.invMass, dt)
	}
	pushOut(d.x, d.prev, d.field, d.gap, d.mu, 0, p.nv)
	d.steps++
	return settle(d.x, d.prev, d.vel, dt, 0, p.nv) / float64(p.nv)
}

// predict moves every free vertex by its velocity and gravity.
func predict(x, prev, vel, invMass []float64, g [3]float64, dt, keep float64) {
	copy(prev, x)
	for i, w := range invMass {
		if w == 0 {
			continue
		}
		for k := range 3 {
			v := float64(vel[3*i+k]*keep) + float64(g[k]*dt)
			x[3*i+k] += float64(v * dt)
		}
	}
}

// pushOut projects vertices lo to hi out of the body and lets friction take
// from their tangential motion up to mu times the depth.
func pushOut(x, prev []float64, f *Field, gap, mu float64, lo, hi int) {
	for i := lo; i < hi; i++ {
		a, o := x[3*i:3*i+3], prev[3*i:3*i+3]
		d, nx, ny, nz := f.sample(a[0], a[1], a[2])
		d -= gap
		if d >= 0 {
			continue
		}
		a[0] -= float64(d * nx)
		a[1] -= float64(d * ny)
		a[2] -= float64(d * nz)
		tx, ty, tz, l := tangential(a[0]-o[0], a[1]-o[1], a[2]-o[2], nx, ny, nz)
		if l == 0 {
			continue
		}
		r := min(1, -mu*d/l)
		a[0] -= float64(tx * r)
		a[1] -= float64(ty * r)
		a[2] -= float64(tz * r)
	}
}

// settle derives velocities, caps them and returns the sum of squares.
func settle(x, prev, vel []float64, dt float64, lo, hi int) float64 {
	sum := 0.0
	for i := lo; i < hi; i++ {
		a, o, v := x[3*i:3*i+3], prev[3*i:3*i+3], vel[3*i:3*i+3]
		s := 0.0
		for k := range v {
			v[k] = (a[k] - o[k]) / dt
			s += float64(v[k] * v[k])
		}
		if s > maxSpeed*maxSpeed {
			r := maxSpeed / sqrt(s)
			for k := range v {
				v[k] *= r
				a[k] = o[k] + float64(v[k]*dt)
			}
			s = maxSpeed * maxSpeed
		}
		sum += s
	}
	return sum
}
