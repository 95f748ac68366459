package drape

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/drape/lanes"

	"gonum.org/v1/gonum/spatial/r3"
)

// stretched is the system of a soft sheet that hangs by two pins, a little rough.
func stretched(t *testing.T, n int) (*system, *rows, []float64) {
	t.Helper()
	c := sheet(linen(), n, n, 0.4, 0.4, false, flat)
	p, err := newPlan(c, []int32{0, int32(n - 1)})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(21, 22))
	x := make([]float64, 3*p.nv)
	for i, v := range c.Start {
		x[3*i], x[3*i+1], x[3*i+2] = v.X, 1.002*v.Y, 0.02*math.Sin(9*v.X+5*v.Y)+1e-5*rng.Float64()
	}
	s := newSystem(p, newContacts(p, mustField(t), 0.001, 0))
	s.inertia, s.bending = 1, 4
	membraneForce(s.triForce, s.triHess, x, p, false, 0, p.nt)
	s.gatherEdges(0, p.ne)
	s.gatherForces(x, 0, p.nv)
	s.gatherDiagonal(0, p.nv)
	m := newRows(p)
	m.pack(s, 0, p.nv)
	return s, m, x
}

func randomVector(rng *rand.Rand, n int) []float32 {
	v := lanes.Vector(n)
	for i := range v {
		v[i] = float32(rng.NormFloat64())
	}
	return v
}

// The pieces of a level, moved as the garment moves when it is moved as a whole,
// give back that motion, on every level and at every vertex without a pin.
func TestAggregatesHoldRigidMotions(t *testing.T) {
	s, r, x := stretched(t, 50)
	m := newMultigrid(s, r, x, &crew{})
	if !m.renew() {
		t.Fatal("no hierarchy")
	}
	if len(m.grids) < 2 {
		t.Fatalf("%d levels; the test needs two", len(m.grids))
	}
	for level, w := range []*transfer{m.down, m.grids[0].down} {
		whole := make([]float64, len(w.motion)) // tentative has made motion orthonormal
		if level == 0 {
			m.moveRows(0, w.n)
			copy(whole, w.motion)
		} else {
			copy(whole, m.down.rank)
		}
		for i := range w.n {
			if w.own[i] < 0 {
				continue
			}
			for row := range w.br {
				for k := range modes {
					got := 0.0
					for q := range modes {
						got += float64(w.tent[(w.br*i+row)*modes+q]) * w.rank[modes*modes*int(w.own[i])+modes*q+k]
					}
					if want := whole[(w.br*i+row)*modes+k]; math.Abs(got-want) > 1e-5 {
						t.Fatalf("level %d, node %d: motion %d moves component %d by %g; want %g", level, i, k, row, got, want)
					}
				}
			}
		}
	}
}

// The brute-force twin: the coarse matrix is what its definition says, entry by
// entry.
func TestCoarseMatrixIsGalerkins(t *testing.T) {
	s, r, x := stretched(t, 16)
	m := newMultigrid(s, r, x, &crew{})
	m.renew()
	w, c := m.down, m.grids[0].a
	n := 3 * w.n
	column := func(part, k int) []float32 { // of the prolongator
		v := lanes.Vector(n)
		for i := range w.n {
			for e := w.start[i]; e < w.start[i+1]; e++ {
				for row := range 3 {
					if int(w.part[e]) == part {
						v[3*i+row] = w.val[(3*int(e)+row)*modes+k]
					}
				}
			}
		}
		return v
	}
	entry := func(a, b, j, k int) float64 {
		if a == b {
			return c.diag[modes*modes*a+modes*k+j]
		}
		for e := c.start[a]; e < c.start[a+1]; e++ {
			if int(c.col[e]) == modes*b {
				return c.block[modes*modes*int(e)+modes*k+j]
			}
		}
		return 0
	}
	image := lanes.Vector(n)
	largest := 0.0
	for b := range c.n {
		for k := range modes {
			r.multiply(image, column(b, k), nil, 0, w.n)
			for a := range c.n {
				for j := range modes {
					want := 0.0
					for i, v := range column(a, j) {
						want += float64(v) * float64(image[i])
					}
					largest = max(largest, math.Abs(want))
					if got := entry(a, b, j, k); math.Abs(got-want) > 1e-3 {
						t.Fatalf("entry (%d %d, %d %d) is %g; want %g", a, j, b, k, got, want)
					}
				}
			}
		}
	}
	if largest < 10 {
		t.Errorf("the largest entry is %g N/m: nothing was compared", largest)
	}
}

// A preconditioner of conjugate gradients must be symmetric and positive.
func TestCycleIsSymmetricAndPositive(t *testing.T) {
	s, _, x := stretched(t, 50)
	g := newPCG(s, x, &crew{})
	g.rows.pack(s, 0, s.p.nv)
	g.hard = true
	if g.choose(); !g.deep {
		t.Fatal("multigrid is not used")
	}
	rng := rand.New(rand.NewPCG(23, 24))
	answer := func(v []float32) []float32 {
		copy(g.r, v)
		g.cycle()
		return append([]float32(nil), g.z...)
	}
	product := func(a, b []float32) (sum float64) {
		for i, v := range a {
			sum += float64(v) * float64(b[i])
		}
		return sum
	}
	for range 5 {
		u, v := randomVector(rng, len(g.r)), randomVector(rng, len(g.r))
		mu, mv := answer(u), answer(v)
		if one, other := product(mu, v), product(u, mv); math.Abs(one-other) > 1e-3*math.Sqrt(product(mu, u)*product(mv, v)) {
			t.Errorf("(Mu, v) is %g, (u, Mv) %g", one, other)
		}
		if product(mu, u) <= 0 || product(mv, v) <= 0 {
			t.Error("not positive")
		}
	}
}

// What it is for: a quarter of the iterations where much of the cloth moves at once.
func TestMultigridNeedsFewerIterations(t *testing.T) {
	var took [2]int
	for k := range took {
		s, _, x := stretched(t, 60)
		g := newPCG(s, x, &crew{})
		g.hard = k == 1
		for i := range s.force { // a breeze
			s.force[i] = 0
			if i%3 == 2 && !s.p.pinned[i/3] {
				s.force[i] = s.p.mass[i/3]
			}
		}
		if !g.solve(cgTolerance, 2000) {
			t.Fatalf("deep %v: not solved", g.hard)
		}
		took[k] = g.iterations
	}
	t.Logf("%d iterations with patches, %d with multigrid", took[0], took[1])
	if 4*took[1] > took[0] {
		t.Errorf("%d iterations with patches, %d with multigrid", took[0], took[1])
	}
}

// hung is cloth that hangs free over a ball, finer than smallDrape.
func hung() *cloth.Cloth {
	return sheet(linen(), 46, 46, 0.8, 0.8, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.4, Y: 0.16, Z: 0.4 - v} })
}

func TestMultigridIsDeterministicAndDoesNotAllocate(t *testing.T) {
	var first uint64
	for i, workers := range []int{1, 2, 3, 8} {
		s, err := New(hung(), Sphere{Radius: 0.15}, Settings{Workers: workers, DressSteps: 100, PolishSteps: 8})
		if err != nil {
			t.Fatal(err)
		}
		s.equip()
		s.polisher.cg.hard = true
		r, err := s.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if s.polisher.cg.multi == nil {
			t.Fatal("multigrid was not used")
		}
		if i == 0 {
			first = r.Hash
		}
		if r.Hash != first {
			t.Errorf("%d workers: hash %x; 1 worker: %x", workers, r.Hash, first)
		}
		if workers > 1 {
			continue
		}
		o := s.polisher
		if n := testing.AllocsPerRun(10, func() { o.visc.value = firstViscosity; o.step(); o.measure() }); n != 0 {
			t.Errorf("a step with multigrid makes %g allocations", n)
		}
	}
}
