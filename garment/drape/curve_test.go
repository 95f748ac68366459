package drape

import (
	"math"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r3"
)

// knit stiffens: eight times along the weft, three times along the warp.
func knit() fabric.Fabric {
	f := linen()
	f.Warp, f.Weft, f.Shear = 400, 200, 80
	f.UsableWarp, f.UsableWeft, f.StiffenWarp, f.StiffenWeft = 0.1, 0.2, 3, 8
	return f
}

// Uniaxial force is the fabric's own curve, below its usable stretch, at it and
// far beyond, and leaves nothing across.
func TestUniaxialForceIsTheCurve(t *testing.T) {
	f := knit()
	law := newStiffness(f)
	for _, eps := range []float64{1e-4, 0.05, 0.1, 0.2, 0.5} {
		for _, weft := range []bool{false, true} {
			// The strain across at which nothing pulls there.
			q := polar{u11: 1 - law.c12/law.c11*eps, u22: 1 + eps}
			if weft {
				q.u11, q.u22 = 1+eps, 1-law.c12/law.c22*eps
			}
			t11, t22, _ := law.stress(&q)
			along, across := t22, t11
			if weft {
				along, across = t11, t22
			}
			near(t, "force", along, f.Tension(eps, weft), 1e-9)
			if math.Abs(across) > 1e-9*along {
				t.Errorf("stretch by %g leaves %.3g N/m across", eps, across)
			}
		}
	}
	near(t, "secant at the usable stretch", f.Tension(0.2, true), 200*0.2, 1e-12)
}

func TestStiffeningForceIsTheEnergysGradient(t *testing.T) {
	p, err := newPlan(sheet(knit(), 5, 4, 0.1, 0.08, false, flat), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, x := wrinkled(t)
	for i := range x {
		if i%3 < 2 {
			x[i] *= 1.1 // some triangles beyond the curve's end, some within
		}
	}
	compare(t, "stiffening", membraneForces(p, x), gradient(x, func() float64 { return membraneEnergy(x, p, 0, p.nt) }), 1e-6)
}

// The in-plane Hessian is the change of force of a stretched triangle.
func TestStiffeningHessian(t *testing.T) {
	p, err := newPlan(sheet(knit(), 2, 2, 0.02, 0.02, false, flat), nil)
	if err != nil {
		t.Fatal(err)
	}
	x := []float64{0, 0, 0, 0.024, 0.001, 0, 0, 0.0225, 0, 0.0245, 0.023, 0}
	force, hess := make([]float64, 9*p.nt), make([]float64, 27*p.nt)
	membraneForce(force, hess, x, p, true, 0, p.nt)
	for tri := range p.nt {
		for pair := range 3 {
			a, b := pair, (pair+1)%3
			for j := range 3 {
				const h = 1e-8
				v := 3*int(p.tris[tri][b]) + j
				f := func(step float64) [3]float64 {
					x[v] += step
					out := make([]float64, 9*p.nt)
					membraneForce(out, nil, x, p, true, 0, p.nt)
					x[v] -= step
					return [3]float64(out[9*tri+3*a : 9*tri+3*a+3])
				}
				up, down := f(h), f(-h)
				for i := range 3 {
					want := -(up[i] - down[i]) / (2 * h)
					// What is left out is the curvature of the strain, as large
					// as the strain is against one.
					if got := hess[27*tri+9*pair+3*i+j]; math.Abs(got-want) > 0.05*knit().Weft {
						t.Errorf("triangle %d, block %d%d (%d, %d) is %.4g; the force changes by %.4g", tri, a, b, i, j, got, want)
					}
				}
			}
		}
	}
}

// A hanging strip of stiffening cloth has at every height the strain at which
// its curve carries what hangs below.
func TestHangingStiffeningStrip(t *testing.T) {
	f := knit()
	f.Warp, f.Density, f.Poisson = 12, 0.3, 0
	const nu, nv, w, h = 5, 41, 0.05, 0.5
	r := mustRun(t, sheet(f, nu, nv, w, h, false, flat), Nothing{}, Settings{Pins: row(nu, nv-1), Tolerance: 0.05, NoSelfContact: true})
	for j := 0; j < nv-1; j += 5 {
		load := f.Density * 9.81 * (h*float64(j)/(nv-1) + h/(nv-1)/2)
		for k := 2 * j * (nu - 1); k < 2*(j+1)*(nu-1); k++ {
			eps := math.Sqrt(1+2*r.Strain[k][0]) - 1
			if got := f.Tension(eps, false); math.Abs(got-load) > 0.02*load+0.01 {
				t.Fatalf("triangle %d is stretched by %.4f, which carries %.4f N/m; %.4f hang below", k, eps, got, load)
			}
		}
	}
}

// Two fabrics sewn into one band share its tension, each by its own curve.
func TestTwoFabricsInOneBand(t *testing.T) {
	stiff, soft := linen(), knit()
	stiff.Friction, soft.Friction, stiff.Poisson, soft.Poisson = 0, 0, 0, 0
	const rest, radius, gap, n = 0.095, 0.1, 0.003, 73
	c := sheet(stiff, n, 9, 2*math.Pi*rest, 0.06, true, func(u, v float64) r3.Vec {
		a := u / rest
		return r3.Vec{X: 0.1035 * math.Cos(a), Y: v, Z: -0.1035 * math.Sin(a)}
	})
	c.Fabrics = append(c.Fabrics, soft)
	c.Panels = append(c.Panels, cloth.Panel{Name: "soft", Fabric: 1})
	for t := range c.Tris {
		if t/2%(n-1) >= (n-1)/2 {
			c.Panel[t] = 1
		}
	}
	r := mustRun(t, c, Cylinder{Axis: r3.Vec{Y: 1}, Radius: radius},
		Settings{Weightless: true, BodyGap: gap, Friction: 1e-6, DressFriction: 1e-6, Tolerance: 0.1})
	// Tension T with half the girth by each curve: bisection. Under so little
	// pressure the band stands off a little further than the gap.
	girth := 0.0
	for i := range n - 1 {
		girth += r3.Norm(r3.Sub(r.Pos[4*(n-1)+(i+1)%(n-1)], r.Pos[4*(n-1)+i]))
	}
	want := girth / (2 * math.Pi * rest)
	lo, hi := 0.0, 100.0
	strain := func(f fabric.Fabric, force float64) float64 {
		a, b := 0.0, 1.0
		for range 60 {
			if m := (a + b) / 2; f.Tension(m, true) < force {
				a = m
			} else {
				b = m
			}
		}
		return a
	}
	for range 60 {
		if m := (lo + hi) / 2; 1+(strain(stiff, m)+strain(soft, m))/2 < want {
			lo = m
		} else {
			hi = m
		}
	}
	var mean [2]float64
	var count [2]float64
	for t := range c.Tris {
		if k := t / 2 % (n - 1) % ((n - 1) / 2); k > 3 && k < (n-1)/2-4 { // clear of the seams
			mean[c.Panel[t]] += r.Stress[t][1]
			count[c.Panel[t]]++
		}
	}
	near(t, "tension of the stiff half", mean[0]/count[0], lo, 0.01)
	near(t, "tension of the soft half", mean[1]/count[1], lo, 0.01)
}

// Averaged over the directions of an isotropic mesh, strips along warp, weft
// and bias come out at their own rigidities.
func TestBendingOfStripsInThreeDirections(t *testing.T) {
	f := linen()
	f.BendWarp, f.BendWeft, f.BendBias = 2e-5, 1.2e-5, 1.3e-5
	for _, tc := range []struct {
		angle, want float64 // of the strip from the warp
	}{{0, f.BendWarp}, {math.Pi / 2, f.BendWeft}, {math.Pi / 4, f.BendBias}} {
		const n = 3600
		sum, weight := 0.0, 0.0
		for i := range n {
			a := 2 * math.Pi * float64(i) / n // of the hinge's normal from the warp
			w := math.Pow(math.Cos(a-tc.angle), 4)
			sum += w * bendAcross(f, math.Sin(a), math.Cos(a))
			weight += w
		}
		near(t, "rigidity", sum/weight, tc.want, 1e-6)
	}
}
