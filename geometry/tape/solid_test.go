package tape

import (
	"math"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

// torus lies flat about the Y axis: a circle of radius r led round one of
// radius big.
func torus(big, r float64, n int) *geometry.Mesh {
	m := &geometry.Mesh{}
	at := func(i, j int) int32 { return int32((i+n)%n*n + (j+n)%n) }
	for i := range n {
		for j := range n {
			su, cu := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			sv, cv := math.Sincos(2 * math.Pi * float64(j) / float64(n))
			m.Verts = append(m.Verts, r3.Vec{X: (big + r*cv) * cu, Y: r * sv, Z: -(big + r*cv) * su})
			a, b, c, d := at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1)
			m.Tris = append(m.Tris, geometry.Tri{a, b, c}, geometry.Tri{a, c, d})
		}
	}
	return m
}

func trunkOf(m *geometry.Mesh) *Subject {
	return &Subject{Mesh: m, Region: make([]Region, len(m.Verts))}
}

// An ellipsoid cut aslant has an ellipse for a section: the image of the
// circle that the same plane cuts out of the ball.
func TestGirthOfTiltedEllipses(t *testing.T) {
	ball := geomtest.Sphere(1, 160)
	for _, c := range []struct {
		axes   r3.Vec // half axes of the ellipsoid [m]
		normal r3.Vec // of the plane, in the ball's space
		height float64
	}{
		{r3.Vec{X: 0.17, Y: 0.9, Z: 0.11}, r3.Vec{Y: 1}, 0.13},
		{r3.Vec{X: 0.17, Y: 0.9, Z: 0.11}, r3.Vec{X: 0.3, Y: 1, Z: -0.5}, -0.21},
		{r3.Vec{X: 0.05, Y: 0.3, Z: 0.06}, r3.Vec{X: -0.8, Y: 0.4, Z: 0.1}, 0.4},
	} {
		stretch := func(p r3.Vec) r3.Vec { return r3.Vec{X: p.X * c.axes.X, Y: p.Y * c.axes.Y, Z: p.Z * c.axes.Z} }
		m := ball.Clone()
		for i, p := range m.Verts {
			m.Verts[i] = stretch(p)
		}
		n := r3.Unit(c.normal)
		u, w := Frame(n)
		const steps = 100000
		var want float64
		on := func(k int) r3.Vec {
			s, cos := math.Sincos(2 * math.Pi * float64(k) / steps)
			rad := math.Sqrt(1 - c.height*c.height)
			return stretch(r3.Add(r3.Scale(c.height, n), r3.Add(r3.Scale(rad*cos, u), r3.Scale(rad*s, w))))
		}
		for k := range steps {
			want += r3.Norm(r3.Sub(on(k+1), on(k)))
		}
		normal := r3.Unit(r3.Vec{X: n.X / c.axes.X, Y: n.Y / c.axes.Y, Z: n.Z / c.axes.Z})
		s := trunkOf(m)
		p := Plane{stretch(r3.Scale(c.height, n)), normal}
		for name, got := range map[string]float64{"trunk": Length(s.roundTrunk(p)), "limb": Length(s.roundLimb(p, Trunk))} {
			if math.Abs(got-want) > 3e-4*want {
				t.Errorf("%v: round the %s %.6f, want %.6f", c, name, got, want)
			}
		}
	}
}

// A ring stood on edge is cut in two circles: a tape round the trunk goes
// round both, one round a limb takes the nearer.
func TestGirthOfARing(t *testing.T) {
	const big, r = 0.2, 0.05
	m := torus(big, r, 240)
	s := trunkOf(m)
	p := Plane{r3.Vec{X: 0.19}, r3.Vec{Z: 1}}
	for i, v := range m.Verts {
		if v.X > 0 {
			s.Region[i] = LegL
		}
	}
	if got, want := Length(s.roundTrunk(p)), 2*math.Pi*r+4*big; math.Abs(got-want) > 1e-4 {
		t.Errorf("round both %.5f, want %.5f", got, want)
	}
	if got, want := Length(s.roundLimb(p, LegL)), 2*math.Pi*r; math.Abs(got-want) > 1e-4 {
		t.Errorf("round one %.5f, want %.5f", got, want)
	}
	if got, want := centroid(s.limbLoop(p, LegL).Points), (r3.Vec{X: big}); r3.Norm(r3.Sub(got, want)) > 1e-6 {
		t.Errorf("the middle of one is %v, want %v", got, want)
	}
	for i := range s.Region {
		s.Region[i] = ArmL
	}
	if got := s.roundTrunk(p); len(got) != 0 {
		t.Errorf("a tape round the trunk of an arm has %d points", len(got))
	}
}

// Over a ball a tape takes the great circle's arc, over a ring it bridges the
// hole, and nothing is shorter than the straight line.
func TestTautTapes(t *testing.T) {
	ball := trunkOf(geomtest.Sphere(0.3, 160))
	for _, angle := range []float64{0.2, 1, 2, 3} {
		s, c := math.Sincos(angle)
		a, b := r3.Vec{X: 0.3}, r3.Vec{X: 0.3 * c, Z: 0.3 * s}
		out := r3.Add(a, b)
		if got, want := Length(ball.over(a, b, out, notHead)), 0.3*angle; math.Abs(got-want) > 2e-4 {
			t.Errorf("over %g rad of a ball %.5f, want %.5f", angle, got, want)
		}
	}
	const big, r = 0.2, 0.05
	ring := trunkOf(torus(big, r, 240))
	for _, c := range []struct {
		name string
		a, b r3.Vec
		want float64
	}{
		{"from outside to outside", r3.Vec{X: -big - r}, r3.Vec{X: big + r}, math.Pi*r + 2*big},
		{"from top to top", r3.Vec{X: -big, Y: r}, r3.Vec{X: big, Y: r}, 2 * big},
		{"from inside to inside", r3.Vec{X: -big + r}, r3.Vec{X: big - r}, 2 * (big - r)},
	} {
		if got := Length(ring.over(c.a, c.b, upward, notHead)); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("%s: %.5f, want %.5f", c.name, got, c.want)
		}
	}
	swung := Length(ring.under(r3.Vec{X: -big + r}, r3.Vec{X: big - r}, upward, notHead))
	if want := 2*2*r + math.Pi*r + 2*big; math.Abs(swung-want) > 2e-3 {
		t.Errorf("a tape that swings out beyond its ends is %.5f, want %.5f", swung, want)
	}
}

// A drawn tape is closed, points outward and holds its circle's area times its
// length.
func TestRibbonIsASolidTube(t *testing.T) {
	const rad = 0.003
	var circle, line []r3.Vec
	for k := range 361 {
		s, c := math.Sincos(2 * math.Pi * float64(k%360) / 360)
		circle = append(circle, r3.Vec{X: 0.2 * c, Y: 0.05 * s * c, Z: 0.2 * s})
	}
	for k := range 50 {
		line = append(line, r3.Vec{X: 0.01 * float64(k), Y: 0.002 * float64(k*k%7), Z: 0})
	}
	line = append(line, line[49], r3.Add(line[49], r3.Vec{X: 1e-6})) // twice the same point, as hulls may have
	octagon := 2 * math.Sqrt2 * rad * rad
	for name, l := range map[string][]r3.Vec{"ring": circle, "line": line[:1:1], "zigzag": line} {
		m := Ribbon(l, rad)
		if len(l) < 2 {
			if len(m.Tris) != 0 {
				t.Errorf("%s: %d triangles of a point", name, len(m.Tris))
			}
			continue
		}
		if top := geometry.NewTopology(m.Tris); !top.Closed() {
			t.Errorf("%s: %d open edges, %d doubled", name, top.Boundary, top.NonManifold)
		}
		if got, want := m.Volume(), octagon*Length(l); got < 0.85*want || got > 1.05*want {
			t.Errorf("%s: volume %.3g, want about %.3g", name, got, want)
		}
	}
}
