package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// shaken is a sheet whose inner flat corners have been moved by up to a quarter
// of a square: an irregular mesh.
func shaken(nu, nv int, w, h float64, place func(u, v float64) r3.Vec) *cloth.Cloth {
	c := sheet(linen(), nu, nv, w, h, false, flat)
	rng := rand.New(rand.NewPCG(5, 6))
	move := make([]r2.Vec, len(c.Start))
	for j := 1; j < nv-1; j++ {
		for i := 1; i < nu-1; i++ {
			move[j*nu+i] = r2.Vec{X: (rng.Float64() - 0.5) / 2 * w / float64(nu-1), Y: (rng.Float64() - 0.5) / 2 * h / float64(nv-1)}
		}
	}
	for t, tri := range c.Tris {
		for k, v := range tri {
			c.Rest[t][k] = r2.Add(c.Rest[t][k], move[v])
			c.Start[v] = place(c.Rest[t][k].X, c.Rest[t][k].Y)
		}
	}
	return c
}

// A surface of constant curvatures has the plate's energy in every inner
// triangle, whatever the mesh and the direction.
func TestPlatesAreExactForConstantCurvature(t *testing.T) {
	for _, k := range [][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, -2, 0.7}} {
		c := shaken(9, 8, 0.1, 0.08, func(u, v float64) r3.Vec {
			return r3.Vec{X: u, Y: v, Z: k[0]*u*u/2 + k[1]*v*v/2 + k[2]*u*v}
		})
		p, err := newPlan(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float64, 3*p.nv)
		for i, v := range c.Start {
			x[3*i], x[3*i+1], x[3*i+2] = v.X, v.Y, v.Z
		}
		d := rigidities(linen())
		want := (d[0]*k[0]*k[0] + d[1]*k[1]*k[1] + d[2]*k[2]*k[2]) / 2
		inner := 0
		for tri := range p.nt {
			if p.plates.vert[tri][5] < 0 {
				continue // at a free edge
			}
			inner++
			near(t, "energy per area", plateEnergy(x, &p.plates, tri, tri+1)/p.triArea[tri], want, 1e-6)
		}
		if inner < p.nt/2 {
			t.Fatalf("%d of %d triangles are inside", inner, p.nt)
		}
	}
}

// Flat cloth, stretched and sheared evenly, has no bending energy; nor has it
// turned.
func TestPlatesOfFlatClothAreFree(t *testing.T) {
	c := shaken(6, 5, 0.1, 0.08, func(u, v float64) r3.Vec { return r3.Vec{X: 1.1*u + 0.2*v, Y: 0.3 * u, Z: 0.9*v - 0.5*u} })
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 3*p.nv)
	for i, v := range c.Start {
		x[3*i], x[3*i+1], x[3*i+2] = v.X, v.Y, v.Z
	}
	if e := plateEnergy(x, &p.plates, 0, p.nt); e > 1e-25 {
		t.Errorf("flat cloth holds %g J of bending", e)
	}
}

// Strips of every direction come out at their rigidity, the bias at its own.
func TestRigiditiesOfStrips(t *testing.T) {
	f := linen()
	for _, bias := range []float64{0, 1.2e-5, 2e-5} {
		f.BendBias = bias
		d := rigidities(f)
		want := bias
		if bias == 0 {
			want = (f.BendWarp + f.BendWeft) / 2
		}
		near(t, "bias", (d[0]+d[1]+d[2])/4, want, 1e-12) // uu = vv = uv = 1/2
	}
}

// Two triangles alone bend about their common edge, and the seam of two panels
// that lie apart in the flat bends as if they lay together.
func TestPlatesAcrossASeam(t *testing.T) {
	one := sheet(linen(), 5, 4, 0.1, 0.08, false, func(u, v float64) r3.Vec { return r3.Vec{X: u, Y: v, Z: 3 * u * u} })
	two := sheet(linen(), 5, 4, 0.1, 0.08, false, func(u, v float64) r3.Vec { return r3.Vec{X: u, Y: v, Z: 3 * u * u} })
	two.Panels = append(two.Panels, cloth.Panel{Name: "right"})
	for t := range two.Tris {
		if t/2%4 >= 2 {
			two.Panel[t] = 1
			for k := range two.Rest[t] {
				two.Rest[t][k] = r2.Add(two.Rest[t][k], r2.Vec{X: 0.5, Y: -0.2})
			}
		}
	}
	var e [2]float64
	for i, c := range []*cloth.Cloth{one, two} {
		p, err := newPlan(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float64, 3*p.nv)
		for i, v := range c.Start {
			x[3*i], x[3*i+1], x[3*i+2] = v.X, v.Y, v.Z
		}
		e[i] = plateEnergy(x, &p.plates, 0, p.nt)
	}
	near(t, "energy across a seam", e[1], e[0], 1e-9)
}

func TestEigenvaluesRebuildTheMatrix(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for n := 1; n <= 3; n++ {
		var a, back [3][3]float64
		for i := range n {
			for j := range i + 1 {
				a[i][j] = rng.NormFloat64()
				a[j][i] = a[i][j]
			}
		}
		v, q := eigen(a, n)
		for i := range n {
			for j := range n {
				for k := range n {
					back[i][j] += q[i][k] * v[k] * q[j][k]
				}
				if math.Abs(back[i][j]-a[i][j]) > 1e-12 {
					t.Errorf("n = %d: entry (%d, %d) is %g, was %g", n, i, j, back[i][j], a[i][j])
				}
			}
		}
	}
}
