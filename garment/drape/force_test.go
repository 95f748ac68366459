package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/drape/lanes"

	"gonum.org/v1/gonum/spatial/r3"
)

// wrinkled is a small plan and a state strained by up to 15 % and bent.
func wrinkled(t *testing.T) (*plan, []float64) {
	t.Helper()
	p, err := newPlan(sheet(linen(), 5, 4, 0.1, 0.08, false, flat), nil)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	x := make([]float64, 3*p.nv)
	for j := range 4 {
		for i := range 5 {
			k := 3 * (5*j + i)
			x[k], x[k+1] = 0.0275*float64(i)+0.002*rng.Float64(), 0.028*float64(j)+0.002*rng.Float64()
			x[k+2] = 0.01 * rng.Float64()
		}
	}
	return p, x
}

// gradient by central differences.
func gradient(x []float64, energy func() float64) []float64 {
	g := make([]float64, len(x))
	for i := range x {
		const h = 1e-6
		keep := x[i]
		x[i] = keep + h
		up := energy()
		x[i] = keep - h
		down := energy()
		x[i] = keep
		g[i] = (up - down) / (2 * h)
	}
	return g
}

func compare(t *testing.T, what string, force, grad []float64, tol float64) {
	t.Helper()
	size := 0.0
	for _, g := range grad {
		size = max(size, math.Abs(g))
	}
	for i := range grad {
		if math.Abs(force[i]+grad[i]) > tol*size {
			t.Fatalf("%s: force %d is %.9g; the energy falls by %.9g (largest %.3g)", what, i, force[i], -grad[i], size)
		}
	}
}

func membraneForces(p *plan, x []float64) []float64 {
	tf := make([]float64, 9*p.nt)
	membraneForce(tf, nil, x, p, false, 0, p.nt)
	f := make([]float64, 3*p.nv)
	for t, tri := range p.tris {
		for k, v := range tri {
			for c := range 3 {
				f[3*int(v)+c] += tf[9*t+3*k+c]
			}
		}
	}
	return f
}

func TestMembraneForceIsTheEnergysGradient(t *testing.T) {
	p, x := wrinkled(t)
	compare(t, "membrane", membraneForces(p, x), gradient(x, func() float64 { return membraneEnergy(x, p, 0, p.nt) }), 1e-6)
}

func TestBendingForceIsTheEnergysGradient(t *testing.T) {
	p, x := wrinkled(t)
	f := make([]float64, len(x))
	bendingApply(f, x, &p.bend, 0, p.nv)
	compare(t, "bending", f, gradient(x, func() float64 { return plateEnergy(x, &p.plates, 0, p.nt) }), 1e-6)
}

func TestContactForceIsThePotentialsGradient(t *testing.T) {
	p, x := wrinkled(t)
	lo, hi := r3.Vec{X: -0.1, Y: -0.1, Z: -0.1}, r3.Vec{X: 0.2, Y: 0.2, Z: 0.1}
	f, err := Bake(Plane{Normal: r3.Vec{Z: 1}}, lo, hi)
	if err != nil {
		t.Fatal(err)
	}
	c := newContacts(p, f, 0.006, 0.3)
	c.exact = true
	for b := range blockCount {
		c.refresh(x, p, b)
	}
	c.evaluate(x, p, 0, c.n) // sets anchors
	for i := range x {       // slide: some stick, some slip
		if i%3 == 0 {
			x[i] += 2e-3
		}
	}
	c.evaluate(x, p, 0, c.n)
	force := make([]float64, len(x))
	stick, slip := 0, 0
	for s := range c.n {
		if !c.active[s] {
			continue
		}
		idx, w, m := p.sample(s)
		for _, i := range idx[:m] {
			for k := range 3 {
				force[3*int(i)+k] += w * c.force[3*s+k]
			}
		}
		h := c.anchor[3*s : 3*s+3]
		px, py, pz := p.at(x, s)
		_, _, _, u := tangential(px-h[0], py-h[1], pz-h[2], 0, 0, 1)
		if u*anchorStiffness*c.area[s] > c.mu[s]*c.normal[s] {
			slip++
		} else {
			stick++
		}
	}
	if stick == 0 || slip == 0 {
		t.Fatalf("%d samples stick, %d slip; the test needs both", stick, slip)
	}
	// The potential freezes the friction limits, whose change with depth the
	// normal force does not feel.
	compare(t, "contact", force, gradient(x, func() float64 { return c.energy(x, p, 0, c.n) }), 1e-5)
}

// In a crease both walls push, whichever is nearer, and their forces are still
// the gradient of the potential.
func TestBothWallsOfACreasePush(t *testing.T) {
	p, x := wrinkled(t)
	n := math.Sqrt(0.5)
	walls := valley{{Normal: r3.Vec{X: n, Z: n}}, {Normal: r3.Vec{X: -n, Z: n}}}
	f, err := Bake(walls, r3.Vec{X: -0.2, Y: -0.1, Z: -0.1}, r3.Vec{X: 0.2, Y: 0.2, Z: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	const gap = 0.02
	for i := 0; i < len(x); i += 3 { // narrow, over the crease, within both gaps
		x[i], x[i+2] = 0.05*(x[i]-0.05), 0.015+0.2*x[i+2]
	}
	c := newContacts(p, f, gap, 1e-9)
	c.exact = true
	for b := range blockCount {
		c.refresh(x, p, b)
	}
	c.evaluate(x, p, 0, c.n)
	force := make([]float64, len(x))
	for s := range c.n {
		px, py, pz := p.at(x, s)
		for k, w := range walls {
			d, _, _, _ := c.distance(s, px, py, pz, math.Inf(1))
			at := r3.Dot(r3.Vec{X: px, Y: py, Z: pz}, w.Normal)
			if off := min(math.Abs(at-d), math.Abs(c.gap-at-c.depthOpposite(s, px, py, pz))); off > 1e-9 {
				t.Fatalf("sample %d does not feel wall %d at %.2f mm", s, k, 1000*at)
			}
		}
		idx, w, m := p.sample(s)
		for _, i := range idx[:m] {
			for k := range 3 {
				force[3*int(i)+k] += w * c.force[3*s+k]
			}
		}
	}
	compare(t, "crease", force, gradient(x, func() float64 { return c.energy(x, p, 0, c.n) }), 1e-5)
}

// With everything under tension nothing is projected away, and the membrane's
// Hessian times a direction is the change of the force along it.
func TestMembraneHessianUnderTension(t *testing.T) {
	p, x := wrinkled(t)
	for i := range x { // stretch evenly, nearly flat
		x[i] *= 1.02
		if i%3 == 2 {
			x[i] *= 0.1
		}
	}
	s := newSystem(p, newContacts(p, mustField(t), 0.001, 0))
	membraneForce(s.triForce, s.triHess, x, p, true, 0, p.nt)
	s.gatherEdges(0, p.ne)
	bendingApply(s.force, x, &p.bend, 0, p.nv)
	s.gatherForces(x, 0, p.nv)
	s.bending = 1
	s.gatherDiagonal(0, p.nv)
	rng := rand.New(rand.NewPCG(3, 4))
	d, hd := lanes.Vector(len(x)), make([]float32, len(x))
	for i := range d {
		d[i] = float32(rng.NormFloat64())
	}
	m := newRows(p)
	m.pack(s, 0, p.nv)
	m.multiply(hd, d, nil, 0, p.nv)
	const h = 1e-7
	at := func(step float64) []float64 {
		y := make([]float64, len(x))
		for i := range y {
			y[i] = x[i] + step*float64(d[i])
		}
		f := membraneForces(p, y)
		b := make([]float64, len(x))
		bendingApply(b, y, &p.bend, 0, p.nv)
		for i := range f {
			f[i] += b[i]
		}
		return f
	}
	up, down := at(h), at(-h)
	var diff, size float64
	for i := range hd {
		want := -(up[i] - down[i]) / (2 * h)
		diff += (float64(hd[i]) - want) * (float64(hd[i]) - want)
		size += want * want
	}
	// What is left out is the strain's own curvature, of the order of strain.
	if r := math.Sqrt(diff / size); r > 0.1 {
		t.Errorf("the Hessian misses the change of force by %.3g", r)
	}
}

func mustField(t *testing.T) *Field {
	t.Helper()
	f, err := Bake(Nothing{}, r3.Vec{}, r3.Vec{X: 0.1, Y: 0.1, Z: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A state of uniform strain is in equilibrium inside: the patch test.
func TestPatchOfUniformStrainIsInEquilibrium(t *testing.T) {
	const nu, nv = 5, 4
	p, err := newPlan(sheet(linen(), nu, nv, 0.1, 0.08, false, flat), nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 3*p.nv)
	c := sheet(linen(), nu, nv, 0.1, 0.08, false, flat)
	for i, v := range c.Start {
		x[3*i], x[3*i+1], x[3*i+2] = 1.05*v.X+0.03*v.Y, 0.02*v.X+0.98*v.Y, 0.3*v.X
	}
	f := membraneForces(p, x)
	for j := 1; j < nv-1; j++ {
		for i := 1; i < nu-1; i++ {
			for k := range 3 {
				if g := f[3*(nu*j+i)+k]; math.Abs(g) > 1e-12 {
					t.Errorf("inner vertex (%d, %d) feels %.3g N", i, j, g)
				}
			}
		}
	}
}

// Moving and turning everything changes neither energy nor forces' sizes.
func TestRigidMotionCostsNothing(t *testing.T) {
	p, x := wrinkled(t)
	em, eb := membraneEnergy(x, p, 0, p.nt), plateEnergy(x, &p.plates, 0, p.nt)
	rot := r3.NewRotation(1.1, r3.Vec{X: 1, Y: -2, Z: 0.5})
	for i := 0; i < len(x); i += 3 {
		v := r3.Add(rot.Rotate(r3.Vec{X: x[i], Y: x[i+1], Z: x[i+2]}), r3.Vec{X: 1, Y: 2, Z: -3})
		x[i], x[i+1], x[i+2] = v.X, v.Y, v.Z
	}
	if d := membraneEnergy(x, p, 0, p.nt)/em - 1; math.Abs(d) > 1e-10 {
		t.Errorf("membrane energy changes by %.3g", d)
	}
	if d := plateEnergy(x, &p.plates, 0, p.nt)/eb - 1; math.Abs(d) > 1e-10 {
		t.Errorf("bending energy changes by %.3g", d)
	}
}

// Uniaxial force is modulus times engineering strain, along warp and weft, at
// small strain and at large.
func TestUniaxialModulus(t *testing.T) {
	f := linen()
	law := newStiffness(f)
	for _, eps := range []float64{1e-4, 0.08, 0.3} {
		across := -f.Poisson * eps
		q := polar{u11: 1 + across, u22: 1 + eps, tr: 2 + eps + across}
		t11, t22, _ := law.stress(&q)
		near(t, "warp force", t22, f.Warp*eps, 1e-9)
		if math.Abs(t11) > 1e-9*t22 {
			t.Errorf("uniaxial stretch leaves %.3g N/m across", t11)
		}
	}
}
