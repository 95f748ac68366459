package drape

import (
	"context"
	"math"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// A hanging strip carries what hangs below: strain = rho g (L-z) / E.
func TestHangingStripStretchesByItsOwnWeight(t *testing.T) {
	f := linen()
	f.Warp, f.Density, f.Poisson = 30, 0.3, 0 // soft and heavy, to see 10 %
	const nu, nv, w, h = 5, 41, 0.05, 0.5
	c := sheet(f, nu, nv, w, h, false, flat)
	r := mustRun(t, c, Nothing{}, Settings{Pins: row(nu, nv-1), Tolerance: 0.05, NoSelfContact: true})
	for j := 0; j < nv-1; j += 5 {
		below := h * float64(j) / (nv - 1)
		for k := 2 * j * (nu - 1); k < 2*(j+1)*(nu-1); k++ {
			mid := below + h/(nv-1)/2
			want := f.Density * 9.81 * mid / f.Warp
			got := math.Sqrt(1+2*r.Strain[k][0]) - 1
			if math.Abs(got-want) > 0.002 {
				t.Fatalf("triangle %d at %.3f m from the hem has strain %.5f; want %.5f", k, mid, got, want)
			}
		}
	}
}

// Laplace: a band stretched on a cylinder has tension T = E eps and presses
// with p = T/R. Axially free, the tension is uniaxial.
func TestTightBandObeysLaplace(t *testing.T) {
	f := linen()
	f.Friction = 1e-6
	const rest, radius, gap, length = 0.095, 0.1, 0.003, 0.12
	c := sheet(f, 73, 16, 2*math.Pi*rest, length, true, func(u, v float64) r3.Vec {
		a := u / rest
		return r3.Vec{X: 0.1035 * math.Cos(a), Y: v, Z: -0.1035 * math.Sin(a)}
	})
	r := mustRun(t, c, Cylinder{Axis: r3.Vec{Y: 1}, Radius: radius},
		Settings{Weightless: true, BodyGap: gap, Friction: 1e-6, DressFriction: 1e-6, Tolerance: 0.1})
	want := f.Weft * ((radius+gap)/rest - 1)
	var tension, pressure, n float64
	for k := range c.Tris {
		tension += r.Tension[k][0] / float64(len(c.Tris))
	}
	near(t, "hoop tension", tension, want, 0.01)
	// The band has grown narrower by Poisson's contraction, so a metre of its
	// present width carries more than a metre of its rest width.
	nu := f.Poisson * f.Weft / f.Warp
	eps := (radius+gap)/rest - 1
	for i, p := range r.Pressure {
		// By area: vertices of this mesh stand for unequal shares of it.
		a := vertexArea(c, i)
		pressure, n = pressure+a*p, n+a
	}
	near(t, "pressure", pressure/n, want/(1-nu*eps)/(radius+gap), 0.04)
	var radial float64
	for _, f := range r.Contact {
		radial += math.Hypot(f.X, f.Z)
	}
	near(t, "sum of contact forces", radial, 2*math.Pi*tension*length, 0.002)
}

func vertexArea(c *cloth.Cloth, v int) (a float64) {
	for t, tri := range c.Tris {
		for _, w := range tri {
			if int(w) == v {
				a += math.Abs(signedArea(c.Rest[t])) / 3
			}
		}
	}
	return a
}

// A patch sticks to an incline below the angle of friction and slides above.
func TestInclineHoldsUpToTheAngleOfFriction(t *testing.T) {
	const mu = 0.4
	for _, tc := range []struct {
		name  string
		slope float64 // tangent of the incline
		holds bool
	}{{"5 % below", 0.95 * mu, true}, {"5 % above", 1.05 * mu, false}} {
		angle := math.Atan(tc.slope)
		n := r3.Vec{X: math.Sin(angle), Y: math.Cos(angle)}
		down := r3.Vec{X: math.Cos(angle), Y: -math.Sin(angle)}
		c := sheet(linen(), 5, 5, 0.1, 0.1, false, func(u, v float64) r3.Vec {
			p := r3.Add(r3.Scale(0.001, n), r3.Scale(u, down))
			p.Z = -v
			return p
		})
		warm := c.Start
		s, err := New(c, Plane{Normal: n}, Settings{BodyGap: 0.001, Friction: mu, Warm: warm, PolishSteps: 150, NoSelfContact: true})
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Status == AtRest; got != tc.holds {
			t.Errorf("%s the angle of friction: status %v (%s)", tc.name, r.Status, r.Reason)
		}
	}
}

// The body carries the garment: forces on the cloth sum to its weight.
func TestContactBalancesWeight(t *testing.T) {
	c := sheet(linen(), 17, 17, 0.6, 0.6, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.3, Y: 0.205, Z: 0.3 - v} })
	r := mustRun(t, c, Sphere{Radius: 0.2}, Settings{Tolerance: 0.1})
	sum := r3.Vec{Y: -0.36 * linen().Density * 9.81}
	for _, f := range r.Contact {
		sum = r3.Add(sum, f)
	}
	if share := r3.Norm(sum) / (0.36 * linen().Density * 9.81); share > 1e-3 {
		t.Errorf("%.2g of the weight hangs on nothing", share)
	}
	if r.Penetrating != 0 || r.Crossings != 0 {
		t.Errorf("%d penetrations, %d crossings", r.Penetrating, r.Crossings)
	}
}

// A clamped strip sags as the heavy elastica does: B theta” = w (L-s) cos theta.
func TestCantileverFollowsTheHeavyElastica(t *testing.T) {
	f := linen()
	f.Warp, f.Weft, f.Shear, f.Poisson = 300, 300, 150, 0 // soft enough for plain CG to see the bending
	f.BendWarp, f.BendWeft = 4e-5, 4e-5
	const length, width = 0.08, 0.02
	for _, tc := range []struct{ nu, nv int }{{17, 5}, {25, 7}} {
		c := sheet(f, tc.nu, tc.nv, length, width, false, func(u, v float64) r3.Vec { return r3.Vec{X: u, Z: -v} })
		var pins []int32
		for i, p := range c.Start {
			if p.X < 1.01*length/float64(tc.nu-1) {
				pins = append(pins, int32(i)) // two columns: place and slope
			}
		}
		r := mustRun(t, c, Nothing{}, Settings{Pins: pins, Tolerance: 0.2, NoSelfContact: true, PolishSteps: 1500})
		free := length * float64(tc.nu-2) / float64(tc.nu-1)
		want := elasticaDrop(f.Density*9.81/f.BendWeft, free)
		drop := 0.0
		for j := range tc.nv {
			drop -= r.Pos[j*tc.nu+tc.nu-1].Y / float64(tc.nv)
		}
		near(t, "drop of the tip", drop, want, 0.08)
	}
}

// elasticaDrop solves theta” = -k (L-s) cos theta, theta(0) = 0, theta'(L) = 0
// by shooting with Runge-Kutta; k = w/B [1/m3].
func elasticaDrop(k, length float64) float64 {
	const n = 2000
	h := length / n
	shoot := func(slope float64) (end, drop float64) {
		th, om, y := 0.0, slope, 0.0
		acc := func(s, th float64) float64 { return k * (length - s) * math.Cos(th) }
		for i := range n {
			s := float64(i) * h
			k1, m1 := om, acc(s, th)
			k2, m2 := om+h/2*m1, acc(s+h/2, th+h/2*k1)
			k3, m3 := om+h/2*m2, acc(s+h/2, th+h/2*k2)
			k4, m4 := om+h*m3, acc(s+h, th+h*k3)
			y += h * math.Sin(th+h/2*om)
			th += h / 6 * (k1 + 2*k2 + 2*k3 + k4)
			om += h / 6 * (m1 + 2*m2 + 2*m3 + m4)
		}
		return om, y
	}
	lo, hi := -k*length*length, 0.0
	for range 80 {
		m := (lo + hi) / 2
		if end, _ := shoot(m); end > 0 {
			hi = m
		} else {
			lo = m
		}
	}
	_, y := shoot((lo + hi) / 2)
	return -y
}

// valley is the solid below two planes that meet along Z in a crease.
type valley [2]Plane

func (v valley) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) {
	other := make([]bvh.Hit, len(pts))
	v[0].Nearest(dst, pts, reach)
	v[1].Nearest(other, pts, reach)
	for i, h := range other {
		if h.Dist < dst[i].Dist {
			dst[i] = h
		}
	}
}

// Cloth pressed into a crease comes to rest there, off both walls.
func TestCreaseHoldsCloth(t *testing.T) {
	const slope = 0.5
	n := 1 / math.Hypot(1, slope)
	walls := valley{{Normal: r3.Vec{X: slope * n, Y: n}}, {Normal: r3.Vec{X: -slope * n, Y: n}}}
	c := sheet(linen(), 14, 9, 0.13, 0.08, false, func(u, v float64) r3.Vec {
		x := u - 0.061
		return r3.Vec{X: x, Y: math.Abs(x)*slope + 0.002, Z: -v}
	})
	r := mustRun(t, c, walls, Settings{Gravity: r3.Vec{Y: -60}, BodyGap: 0.0015})
	for i, p := range r.Pos {
		for _, w := range walls {
			if d := r3.Dot(p, w.Normal); d < 0.0013 {
				t.Fatalf("vertex %d lies %.2f mm off a wall", i, 1000*d)
			}
		}
	}
}
