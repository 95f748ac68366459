package drape

import (
	"runtime"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// TestKernels runs each hot kernel a fixed number of times on one garment: what
// the instruction counter looks at, and by itself a check that kernels do not
// allocate.
func TestKernels(t *testing.T) {
	c := sheet(linen(), 25, 25, 0.5, 0.5, false, func(u, v float64) r3.Vec {
		return r3.Vec{X: u - 0.25, Y: 0.16 + 0.01*u*v, Z: 0.25 - 1.01*v}
	})
	s, err := New(c, Sphere{Radius: 0.15}, Settings{NoSelfContact: true})
	if err != nil {
		t.Fatal(err)
	}
	s.equip()
	p, o := s.plan, s.polisher
	o.measure()
	o.assemble()
	g := o.cg
	g.rows.pack(o.s, 0, p.nv)
	for i := range g.q {
		g.q[i] = float32(i%7) * 1e-3
	}
	kernels := func() {
		membraneForce(o.s.triForce, o.s.triHess, s.x, p, false, 0, p.nt)
		membraneEnergy(s.x, p, 0, p.nt)
		plateEnergy(s.x, &p.plates, 0, p.nt)
		bendingApply(o.s.force, s.x, &p.bend, 0, p.nv)
		g.rows.multiply(g.y, g.q, nil, 0, p.nv)
		s.contacts.evaluate(s.x, p, 0, s.contacts.n)
		from := 0
		for _, to := range p.springs.ends { // by colours
			springSolve(s.dresser.x, s.dresser.invMass, &p.springs, from, to, 1e6)
			from = to
		}
		hingeSolve(s.dresser.x, &p.hinges, s.dresser.hinge, 0, len(p.hinges.vert))
	}
	runtime.LockOSThread() // for the counter's sake
	defer runtime.UnlockOSThread()
	for range 8 {
		kernels()
	}
	if n := testing.AllocsPerRun(1, kernels); n != 0 {
		t.Errorf("the kernels make %g allocations", n)
	}
}
