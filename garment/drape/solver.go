package drape

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"fitroom/garment/cloth"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r3"
)

// Solver drapes one cloth. It is single-owner: one goroutine at a time.
type Solver struct {
	cloth *cloth.Cloth
	set   Settings
	plan  *plan
	field *Field

	x    []float64 // positions, the state both stages share [m]
	crew *crew

	dresser  *dresser
	polisher *polisher
	contacts *contacts
	layers   *layers // nil without self-contact
	coarse   []level
	all      func()   // waits until what the finer meshes need is there
	floor    float64  // below, the garment has fallen off [m]
	cpu      cpuTotal // of New and Run, without the bake
	bake     cpuTotal
	prepared time.Duration // wall time of New without the bake
	began    time.Time     // of Run

	penetrating, crossings int // at the end of the last round
}

// Run drapes until the garment is at rest, a budget runs out or the state is
// no longer physical. It fails only if ctx ends.
func (s *Solver) Run(ctx context.Context) (Result, error) {
	s.began = time.Now()
	stop := s.cpu.measure()
	status, reason, err := s.run(ctx)
	s.crew.dismiss()
	var r Result
	if err == nil {
		r = s.result(status, reason)
	}
	stop()
	r.CPU, r.Bake, r.Wall = s.cpu.total(), s.bake.total(), s.prepared+time.Since(s.began)
	return r, err
}

func (s *Solver) run(ctx context.Context) (Status, error, error) {
	s.begin()
	defer s.all()
	if s.set.Warm == nil {
		if hopeless, err := s.dress(ctx); err != nil || hopeless != nil {
			return Diverged, hopeless, err
		}
	}
	if s.set.Estimate {
		if err := s.near(ctx); err != nil {
			return Diverged, nil, err
		}
	}
	if at := s.lost(); at != nil {
		return Diverged, at, nil
	}
	status, reason, err := s.polish(ctx)
	if at := s.torn(); err == nil && status != Diverged && at != nil {
		return Diverged, join(at, reason), nil
	}
	return status, reason, err
}

// checkEvery is how many steps pass between looks at ctx and the clock.
const checkEvery = 25

// dress puts the garment on, level by level; hopeless says why it cannot be.
func (s *Solver) dress(ctx context.Context) (hopeless, err error) {
	bad, hopeless := s.first().regrow()
	if hopeless != nil {
		return hopeless, nil
	}
	run := phases[:]
	if len(s.coarse) > 0 {
		run = arrival[:]
	}
	for k := range s.coarse {
		if err := s.dressUntied(ctx, s.coarse[k].dresser, run); err != nil {
			return nil, err
		}
		if k == 0 && bad {
			if at := s.first().stillBad(); at != nil {
				return at, nil
			}
		}
		s.handOn(k)
		s.preview(k)
		s.all()
		run = midway[:]
	}
	if len(s.coarse) > 0 {
		run = refinement[:]
	}
	return nil, s.dressUntied(ctx, s.dresser, run)
}

// handOn writes the state of coarse level k to the next finer one.
func (s *Solver) handOn(k int) {
	next := s.x
	if k+1 < len(s.coarse) {
		next = s.coarse[k+1].x
	}
	s.coarse[k].handOn(next)
	if k+1 == len(s.coarse) && len(s.cloth.Laid) > 0 {
		pts := s.points()
		s.cloth.LayDown(pts)
		load(s.x, pts)
	}
}

// preview tells where the garment lies after coarse level k. Levels in between
// take their state from it in any case.
func (s *Solver) preview(k int) {
	if s.set.Preview == nil {
		return
	}
	for m := k + 1; m < len(s.coarse); m++ {
		s.handOn(m)
	}
	s.set.Preview(Preview{Verts: s.coarse[k].plan.nv, Pos: s.points(), Wall: s.prepared + time.Since(s.began)})
}

// points are the present positions.
func (s *Solver) points() []r3.Vec {
	out := make([]r3.Vec, s.plan.nv)
	for i := range out {
		out[i] = r3.Vec{X: s.x[3*i], Y: s.x[3*i+1], Z: s.x[3*i+2]}
	}
	return out
}

// first is the dresser of the level that the garment starts on.
func (s *Solver) first() *dresser {
	if len(s.coarse) > 0 {
		return s.coarse[0].dresser
	}
	return s.dresser
}

// dressUntied dresses one level and then pulls apart what still cuts itself:
// the coarser the cloth, the cheaper. The first level of what is to be pulled
// straight has phases of its own.
func (s *Solver) dressUntied(ctx context.Context, d *dresser, run []phase) error {
	if d.layers != nil && d != s.first() {
		d.smooth() // outlines that are rounder on the finer mesh meet in narrow folds
	}
	var err error
	if s.set.Pull && d == s.first() {
		err = s.dressPulled(ctx, d)
	} else {
		err = s.dressLevel(ctx, d, run)
	}
	if err != nil || d.layers == nil {
		return err
	}
	if d.layers.untangle(d.x); d.layers.knots == 0 {
		return nil
	}
	return s.untie(ctx, d, untying[:])
}

// untie pulls apart what cuts itself; where that leaves more crossings than there
// were, as between layers that the body presses on each other, it is taken back.
func (s *Solver) untie(ctx context.Context, d *dresser, run []phase) error {
	knots, before := d.layers.knots, slices.Clone(d.x)
	if err := s.dressLevel(ctx, d, run); err != nil {
		return err
	}
	if d.layers.untangle(d.x); d.layers.knots == 0 {
		return nil
	}
	if d.layers.knots >= knots {
		d.goBack(before)
	}
	return s.smoothOut(ctx, d)
}

// smoothOut draws flat what could not be pulled apart, and takes it back where
// that leaves no fewer crossings.
func (s *Solver) smoothOut(ctx context.Context, d *dresser) error {
	knots, before := d.layers.knots, slices.Clone(d.x)
	if !d.smooth() {
		return nil
	}
	if err := s.dressLevel(ctx, d, smoothed[:]); err != nil {
		return err
	}
	if d.layers.untangle(d.x); d.layers.knots >= knots {
		d.goBack(before)
	}
	return nil
}

// goBack returns to an earlier state at rest.
func (d *dresser) goBack(x []float64) {
	copy(d.x, x)
	clear(d.vel)
	d.layers.untangle(d.x)
}

// hopeEvery is the number of steps within which untying must have undone
// crossings to be kept up: each step costs as much as ten of plain dressing.
const hopeEvery = 4 * checkEvery

func (s *Solver) dressLevel(ctx context.Context, d *dresser, run []phase) error {
	for i := range run {
		ph := &run[i]
		knots := math.MaxInt
		for k := 0; k < ph.max && d.steps < d.maxSteps; k++ {
			speed := math.Sqrt(d.step(ph))
			if k%checkEvery != 0 {
				continue
			}
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("drape: dressing: %w", err)
			}
			s.tell(Progress{Stage: "dressing", Step: d.steps})
			if ph.knotted && k%hopeEvery == 0 {
				if d.layers.knots >= knots {
					break
				}
				knots = d.layers.knots
			}
			if ph.knotted && d.layers.knots == 0 {
				break
			}
			if k >= ph.min && speed < settled {
				break
			}
		}
	}
	return nil
}

// maxRounds bounds how often a garment that has come to rest is taken up again
// since it still cuts itself or the body.
const maxRounds = 4

// polish solves for equilibrium and, as long as the garment at rest still cuts
// itself or the body, mends that and solves again within the same budget.
func (s *Solver) polish(ctx context.Context) (Status, error, error) {
	before := math.MaxInt
	for round := 1; ; round++ {
		status, reason, err := s.equilibrate(ctx)
		if err != nil || status == Diverged {
			return status, reason, err
		}
		f := s.findFaults()
		s.penetrating, s.crossings = f.penetrating(), len(f.cut)
		if f.none() {
			return status, reason, nil
		}
		// A round that mends nothing is the last: the next would not either.
		left := f.penetrating() + len(f.cut)
		if round == maxRounds || left >= before || s.polisher.steps >= s.set.PolishSteps {
			return StepLimit, join(reason, s.describe(&f)), nil
		}
		before = left
		if err := s.mend(ctx, &f); err != nil {
			return 0, nil, err
		}
	}
}

// mend keeps the cloth further off where the body pierces it and pulls apart
// what cuts itself.
func (s *Solver) mend(ctx context.Context, f *faults) error {
	s.contacts.standOff(s.plan, f.pierced)
	if len(f.cut) == 0 {
		return nil
	}
	s.layers.untangle(s.x)
	clear(s.dresser.vel)
	if err := s.untie(ctx, s.dresser, mending[:]); err != nil {
		return err
	}
	s.contacts.letGo()
	return nil
}

// equilibrate takes Newton steps until the forces balance.
func (s *Solver) equilibrate(ctx context.Context) (Status, error, error) {
	o := s.polisher
	o.dt = firstDt
	stall := newStall()
	o.measure()
	for o.steps < s.set.PolishSteps {
		if err := ctx.Err(); err != nil {
			return 0, nil, fmt.Errorf("drape: polish: %w", err)
		}
		o.step()
		// The field is exact enough to approach on; forces need the surface.
		s.contacts.exact = s.contacts.exact || o.steps >= 3 || s.set.Estimate
		o.measure()
		if at := s.lost(); at != nil {
			return Diverged, at, nil
		}
		if s.contacts.exact && o.atRest() {
			return AtRest, nil, nil
		}
		if s.set.Estimate {
			if done, status, reason := s.estimate(); done {
				return status, reason, nil
			}
		}
		if o.steps%tornEvery == 0 && s.torn() != nil {
			break // run says so
		}
		if stall.hopeless(o.rms, o.balance) {
			return StepLimit, s.unrest(true), nil
		}
		s.tell(Progress{Stage: "polish", Step: o.steps, Residual: o.rms, Balance: o.balance})
	}
	return StepLimit, s.unrest(false), nil
}

func (s *Solver) tell(p Progress) {
	if s.set.Progress != nil {
		s.set.Progress(p)
	}
}

// lost names the first vertex that is not a number or has fallen off.
func (s *Solver) lost() error {
	for i := 0; i < len(s.x); i += 3 {
		a, b, c := s.x[i], s.x[i+1], s.x[i+2]
		if q := a + b + c; math.IsNaN(q) || math.IsInf(q, 0) {
			return fault.Errorf("vertex %d of %w is not a number", i/3, s.place(i/3))
		}
		if b < s.floor && !s.set.Weightless {
			return fault.Errorf("vertex %d of %w is at y = %.2f m: the garment has fallen off the body", i/3, s.place(i/3), b)
		}
	}
	return nil
}

// place names the panel a vertex belongs to.
func (s *Solver) place(v int) error {
	for _, tk := range s.plan.vertTri.list(v) {
		return fault.Errorf("panel %q", s.cloth.Panels[s.cloth.Panel[tk/3]].Name)
	}
	return fault.Errorf("no panel")
}

// Hash is a fingerprint of the present positions, equal for equal bits.
func (s *Solver) Hash() uint64 {
	h := fnv.New64a()
	var b [8]byte
	for _, v := range s.x {
		u := math.Float64bits(v)
		for k := range b {
			b[k] = byte(u >> (8 * k))
		}
		h.Write(b[:])
	}
	return h.Sum64()
}
