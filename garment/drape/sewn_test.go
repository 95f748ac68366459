package drape

import (
	"math"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

// sewn is the wrinkled sheet with an elastic along its hem, one across and a
// fold down its middle.
func sewn(t *testing.T, angle float64) (*plan, []float64) {
	t.Helper()
	c := sheet(linen(), 5, 4, 0.1, 0.08, false, flat)
	c.Bands = []cloth.Band{
		{Line: cloth.Line{Verts: row(5, 0)}, Length: 0.8, Stiffness: 30},
		{Line: cloth.Line{Verts: []int32{3, 8, 13, 18}}, Length: 1, Stiffness: 5},
	}
	c.Folds = []cloth.Fold{{Line: cloth.Line{Verts: []int32{2, 7, 12, 17}}, Angle: angle}}
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, x := wrinkled(t)
	return p, x
}

func TestBandForceIsTheEnergysGradient(t *testing.T) {
	p, x := sewn(t, 0)
	f := make([]float64, len(x))
	for i := range p.nv {
		p.bands.addForce(f[3*i:3*i+3], x, i)
	}
	compare(t, "band", f, gradient(x, func() float64 { return p.bands.energy(x, 0, len(p.bands.edge)) }), 1e-6)
}

// The blocks that bands add are the change of their force, edge by edge.
func TestBandHessianIsTheForcesGradient(t *testing.T) {
	p, x := sewn(t, 0)
	off := make([]float64, 9*p.ne)
	p.bands.addEdges(off, x, 0, p.ne)
	for m, e := range p.bands.edge {
		a, b := p.bands.a[m], p.bands.b[m]
		for j := range 3 {
			const h = 1e-7
			force := func(step float64) (f [3]float64) {
				x[3*int(b)+j] += step
				for k, i := range p.bands.edge {
					if i == e {
						n, _, t := p.bands.pull(x, k)
						for d := range n {
							f[d] += t * n[d]
						}
					}
				}
				x[3*int(b)+j] -= step
				return f
			}
			up, down := force(h), force(-h)
			for i := range 3 {
				want := -(up[i] - down[i]) / (2 * h) // the Hessian of the energy
				if got := off[9*int(e)+3*i+j]; math.Abs(got-want) > 1e-5*p.bands.k[m]/p.bands.rest[m] {
					t.Errorf("edge %d-%d, block (%d, %d) is %g; the force changes by %g", a, b, i, j, got, want)
				}
			}
		}
	}
}

func TestFoldForceIsTheEnergysGradient(t *testing.T) {
	for _, angle := range []float64{0, 1.2, -2.5} {
		p, x := sewn(t, angle)
		if len(p.folds.vert) != 3 {
			t.Fatalf("%d folded edges; the line has 3", len(p.folds.vert))
		}
		f := make([]float64, len(x))
		for i := range p.nv {
			p.folds.addForce(f[3*i:3*i+3], x, i)
		}
		compare(t, "fold", f, gradient(x, func() float64 { return p.folds.energy(x, 0, len(p.folds.vert)) }), 1e-5)
	}
}

// An elastic round a bar keeps its tension k (l/r - 1) and presses on it with
// that over radius, per width: the contact forces sum to 2 pi T.
func TestElasticPressesByLaplace(t *testing.T) {
	f := linen()
	f.Warp, f.Weft, f.Shear, f.Friction = 2, 2, 1, 0 // next to no tension of its own
	const radius, gap, stretch, k = 0.1, 0.003, 1.25, 2.0
	girth := 2 * math.Pi * (radius + gap)
	for _, n := range []int{37, 61, 97} {
		c := sheet(f, n, 9, girth, 0.05, true, func(u, v float64) r3.Vec {
			a := 2 * math.Pi * u / girth
			return r3.Vec{X: 0.1035 * math.Cos(a), Y: v, Z: -0.1035 * math.Sin(a)}
		})
		ring := cloth.Line{Closed: true, Verts: row(n-1, 4)}
		c.Bands = []cloth.Band{{Line: ring, Length: 1 / stretch, Stiffness: k}}
		r := mustRun(t, c, Cylinder{Axis: r3.Vec{Y: 1}, Radius: radius},
			Settings{Weightless: true, BodyGap: gap, Friction: 1e-6, DressFriction: 1e-6, Tolerance: 0.1})
		radial := 0.0
		for _, f := range r.Contact {
			radial += math.Hypot(f.X, f.Z)
		}
		near(t, "sum of contact forces", radial, 2*math.Pi*k*(stretch-1), 0.01)
	}
}

// An elastic in cloth that nothing else holds pulls it to its own length and
// lets go there: the cloth gathers.
func TestElasticGathersFreeCloth(t *testing.T) {
	f := linen()
	f.Warp, f.Weft, f.Shear, f.BendWarp, f.BendWeft = 100, 100, 50, 2e-6, 2e-6
	const n = 41
	c := sheet(f, n, 13, 0.4, 0.12, false, func(u, v float64) r3.Vec {
		return r3.Vec{X: u, Y: v, Z: 0.002 * math.Sin(90*u)}
	})
	c.Bands = []cloth.Band{{Line: cloth.Line{Verts: row(n, 6)}, Length: 0.7, Stiffness: 20}}
	r := mustRun(t, c, Nothing{}, Settings{Weightless: true, NoSelfContact: true, Tolerance: 3})
	length := 0.0
	for i := 1; i < n; i++ {
		length += math.Sqrt(r3.Norm2(r3.Sub(r.Pos[6*n+i], r.Pos[6*n+i-1])))
	}
	// What is left of the elastic's pull is what bends the cloth.
	if share := length / 0.4; share < 0.7 || share > 0.72 {
		t.Errorf("the line is %.3f of its flat length; the elastic is slack at 0.7", share)
	}
}

// Free cloth with a fold rests at the fold's angle, whatever the mesh.
func TestFoldRestsAtItsAngle(t *testing.T) {
	f := linen()
	f.Warp, f.Weft, f.Shear = 300, 300, 150
	for _, angle := range []float64{0.5, math.Pi / 2, -1} {
		for _, n := range []int{9, 17} {
			c := sheet(f, n, 5, 0.08, 0.04, false, flat)
			mid := int32(n / 2)
			line := cloth.Line{}
			for j := range int32(5) {
				line.Verts = append(line.Verts, j*int32(n)+mid)
			}
			c.Folds = []cloth.Fold{{Line: line, Angle: angle}}
			r := mustRun(t, c, Nothing{}, Settings{Weightless: true, NoSelfContact: true, Tolerance: 1e-2})
			at := func(i int) r3.Vec { return r.Pos[2*n+i] }
			u, v := r3.Unit(r3.Sub(at(int(mid)), at(0))), r3.Unit(r3.Sub(at(n-1), at(int(mid))))
			near(t, "fold", math.Acos(max(-1, min(1, r3.Dot(u, v)))), math.Abs(angle), 0.02)
		}
	}
}
