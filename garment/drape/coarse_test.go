package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/drape/lanes"
)

// What the patches can do, the coarse level solves exactly: for the residual
// of a motion of patches it returns that motion.
func TestCoarseLevelSolvesMotionsOfPatches(t *testing.T) {
	p, x := wrinkled(t)
	s := newSystem(p, newContacts(p, mustField(t), 0.001, 0))
	s.inertia = 1e4
	membraneForce(s.triForce, s.triHess, x, p, false, 0, p.nt)
	s.gatherEdges(0, p.ne)
	s.gatherForces(make([]float64, 3*p.nv), 0, p.nv)
	s.bending = 1
	s.gatherDiagonal(0, p.nv)
	m := newRows(p)
	m.pack(s, 0, p.nv)
	c := newCoarse(p, m)
	c.factor(s, m, &crew{})
	if !c.ready {
		t.Fatal("the matrix of the patches is not positive definite")
	}
	rng := rand.New(rand.NewPCG(7, 8))
	want := make([]float64, 3*c.n)
	for i := range want {
		want[i] = rng.NormFloat64()
	}
	for k := range c.n {
		copy(c.motion[4*k:], want[3*k:3*k+3])
	}
	d, r := lanes.Vector(len(x)), lanes.Vector(len(x))
	c.move(d, 0, p.nv)
	energy := m.multiply(r, d, nil, 0, p.nv)
	for b := range blockCount {
		lo, hi := span(b, p.nv)
		c.restrict(r, b, lo, hi)
	}
	near(t, "coarse share of r.z", c.solve(), energy, 1e-5)
	for i, v := range c.sol {
		if math.Abs(v-want[i]) > 2e-3 { // single precision times the condition of the patches
			t.Fatalf("patch component %d moves by %.9g; want %.9g", i, v, want[i])
		}
	}
}

// The patches together move the whole garment: shares sum to one.
func TestPatchesShareEveryVertex(t *testing.T) {
	p, err := newPlan(smallDrape(), []int32{3})
	if err != nil {
		t.Fatal(err)
	}
	c := newCoarse(p, newRows(p))
	for i := range p.nv {
		sum := 0.0
		for _, w := range c.weight[patchesPer*i : patchesPer*(i+1)] {
			sum += w
		}
		if want := 1.0; p.pinned[i] && sum != 0 || !p.pinned[i] && math.Abs(sum-want) > 1e-12 {
			t.Errorf("shares of vertex %d sum to %g", i, sum)
		}
	}
}
