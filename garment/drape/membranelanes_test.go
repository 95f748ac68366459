package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/drape/lanes"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r3"
)

// crumpled is a sheet with awkward triangles: crushed to a line or a point, flipped,
// stretched, without a number.
func crumpled(t *testing.T, f fabric.Fabric) (*plan, []float64) {
	t.Helper()
	c := sheet(f, 13, 12, 0.3, 0.3, false, func(u, v float64) r3.Vec { return r3.Vec{X: u, Z: v} })
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(41, 42))
	x := make([]float64, 3*p.nv)
	for i := range p.nv {
		at := c.Start[i]
		rough := 0.01 * float64(i%5)
		for k, v := range [3]float64{at.X, at.Y, at.Z} {
			x[3*i+k] = v + rough*rng.NormFloat64()
		}
	}
	for k, odd := range []float64{math.NaN(), math.Inf(1), 1e200, 0} {
		x[3*(20+7*k)] = odd
	}
	for k := range 3 { // to a point, to a line
		copy(x[3*p.tris[40][k]:], []float64{0.1, 0.2, 0.3})
		copy(x[3*p.tris[90][k]:], []float64{0.1, 0.2, 0.3 + 0.01*float64(k)})
	}
	return p, x
}

func TestMembraneInLanesIsItsTwin(t *testing.T) {
	if !lanes.Wide() {
		t.Skip("no AVX2 here, or built with purego")
	}
	stiffening, warpOnly := linen(), linen()
	stiffening.StiffenWarp, stiffening.StiffenWeft, stiffening.UsableWarp, stiffening.UsableWeft = 3, 2, 0.1, 0.2
	warpOnly.StiffenWarp, warpOnly.UsableWarp = 2.5, 0.15
	for _, f := range []fabric.Fabric{linen(), stiffening, warpOnly} {
		compareMembrane(t, f)
	}
}

func compareMembrane(t *testing.T, fabric fabric.Fabric) {
	t.Helper()
	p, x := crumpled(t, fabric)
	force, hess := make([]float64, 9*p.nt), make([]float64, 27*p.nt)
	f, h := make([]float64, 9*p.nt), make([]float64, 27*p.nt)
	var q polar
	done, odd := 0, 0
	for _, first := range []int{0, 1, 2, 3, 50} {
		for lo := first; lo < p.nt; {
			n := p.lanesFrom(lo, p.nt)
			if n == 0 {
				break
			}
			e := forceLanes(0.25, force, hess, x, p, lo, lo+n)
			only := energyLanes(0.25, x, p, lo, lo+n)
			sum, sumOnly := 0.25, 0.25
			for k := lo; k < lo+n; k++ {
				sum += triangleForce(f, h, x, &q, p, false, k)
				sumOnly += triangleEnergy(&q, x, p, k)
				if !(sum < math.Inf(1)) {
					odd++
				}
			}
			if !same(e, sum) || !same(only, sumOnly) {
				t.Errorf("triangles %d to %d hold %g and %g J; the twin finds %g", lo, lo+n, e, only, sum)
			}
			for k := 9 * lo; k < 9*(lo+n); k++ {
				if !same(force[k], f[k]) {
					t.Fatalf("force %d of triangle %d is %g; its twin is %g", k%9, k/9, force[k], f[k])
				}
			}
			for k := 27 * lo; k < 27*(lo+n); k++ {
				if !same(hess[k], h[k]) {
					t.Fatalf("block number %d of triangle %d is %g; its twin is %g", k%27, k/27, hess[k], h[k])
				}
			}
			lo, done = lo+n, done+n
		}
	}
	if done < 4*p.nt || odd == 0 {
		t.Errorf("%d triangles compared, %d sums are no number", done, odd)
	}
}

// same are two numbers of the same bits, any NaN being like any other.
func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b }
