package cdt

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// loop makes a closed border through the points.
func loop(pts ...r2.Vec) Outline {
	o := Outline{Points: pts}
	for i := range pts {
		o.Borders = append(o.Borders, [2]int32{int32(i), int32((i + 1) % len(pts))})
	}
	return o
}

// polygon samples straight sides with the given spacing.
func polygon(h float64, corners ...r2.Vec) Outline {
	var pts []r2.Vec
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		n := max(1, math.Ceil(dist(a, b)/h-1e-9))
		for k := range int(n) {
			pts = append(pts, r2.Add(a, r2.Scale(float64(k)/n, r2.Sub(b, a))))
		}
	}
	return loop(pts...)
}

// ring is a star-shaped random outline with concave corners.
func ring(rng *rand.Rand, n int) Outline {
	pts := make([]r2.Vec, n)
	for i := range pts {
		a := 2 * math.Pi * float64(i) / float64(n)
		r := 0.1 + 0.3*rng.Float64()
		pts[i] = r2.Vec{X: r * math.Cos(a), Y: r * math.Sin(a)}
	}
	return loop(pts...)
}

func (o Outline) area() float64 {
	var s float64
	for _, e := range o.Borders {
		s += r2.Cross(o.Points[e[0]], o.Points[e[1]]) / 2
	}
	return math.Abs(s)
}

// checkLaws holds every triangulation to what must always be true of one.
func checkLaws(t *testing.T, o Outline, m *Triangulation) {
	t.Helper()
	var area float64
	edges := map[[2]int32]int{}
	for _, v := range m.Tris {
		a, b, c := m.Points[v[0]], m.Points[v[1]], m.Points[v[2]]
		if orient(a, b, c) <= 0 {
			t.Fatalf("triangle %v is not counter-clockwise", v)
		}
		area += r2.Cross(r2.Sub(b, a), r2.Sub(c, a)) / 2
		for i := range 3 {
			e := [2]int32{v[i], v[(i+1)%3]}
			if edges[e]++; edges[e] > 1 {
				t.Fatalf("directed edge %v is used twice", e)
			}
		}
	}
	if want := o.area(); math.Abs(area-want) > 1e-12+1e-10*want {
		t.Errorf("area %.12g, outline %.12g", area, want)
	}
	segment := map[[2]int32]bool{}
	for _, s := range o.Borders {
		segment[s], segment[[2]int32{s[1], s[0]}] = true, true
		if edges[s]+edges[[2]int32{s[1], s[0]}] != 1 {
			t.Errorf("border %v is not a boundary edge of the mesh", s)
		}
	}
	for _, s := range o.Internal {
		if edges[s] != 1 || edges[[2]int32{s[1], s[0]}] != 1 {
			t.Errorf("internal segment %v is not an edge of the mesh", s)
		}
	}
	for e := range edges {
		if edges[[2]int32{e[1], e[0]}] == 0 && !segment[e] {
			t.Errorf("boundary edge %v is no border: a point was added to it", e)
		}
	}
	if !slices.Equal(m.Points[:len(o.Points)], o.Points) {
		t.Error("given points moved")
	}
}

// smallestAngles returns the smallest angle of each triangle, sorted [deg].
func smallestAngles(m *Triangulation) []float64 {
	out := make([]float64, 0, len(m.Tris))
	for _, v := range m.Tris {
		least := math.Pi
		for i := range 3 {
			o := m.Points[v[i]]
			p, q := r2.Sub(m.Points[v[(i+1)%3]], o), r2.Sub(m.Points[v[(i+2)%3]], o)
			least = min(least, math.Atan2(r2.Cross(p, q), r2.Dot(p, q)))
		}
		out = append(out, least*180/math.Pi)
	}
	slices.Sort(out)
	return out
}

func TestMeshKeepsItsLaws(t *testing.T) {
	square := []r2.Vec{{X: 0, Y: 0}, {X: 0.3, Y: 0}, {X: 0.3, Y: 0.3}, {X: 0, Y: 0.3}}
	withSlit := polygon(0.02, square...)
	n := int32(len(withSlit.Points))
	for k := range 6 { // an internal line that ends inside
		withSlit.Points = append(withSlit.Points, r2.Vec{X: 0.1 + 0.02*float64(k), Y: 0.15})
	}
	for k := range int32(5) {
		withSlit.Internal = append(withSlit.Internal, [2]int32{n + k, n + k + 1})
	}
	withHole := polygon(0.02, square...)
	n = int32(len(withHole.Points))
	withHole.Points = append(withHole.Points, r2.Vec{X: 0.1, Y: 0.1}, r2.Vec{X: 0.2, Y: 0.1}, r2.Vec{X: 0.15, Y: 0.2})
	withHole.Borders = append(withHole.Borders, [2]int32{n, n + 1}, [2]int32{n + 1, n + 2}, [2]int32{n + 2, n})

	cases := []struct {
		name     string
		o        Outline
		size     float64
		minAngle float64 // of the first percentile [deg]
	}{
		{"square on a grid: every incircle test is a tie", polygon(0.02, square...), 0.02, 30},
		{"clockwise square", polygon(0.02, square[3], square[2], square[1], square[0]), 0.02, 30},
		{"one triangle", loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{Y: 1}), 10, 30},
		{"internal line ending inside", withSlit, 0.02, 30},
		{"coarse borders round a fine middle", polygon(1, square...), 0.02, 0},
		{"strip thinner than the edge length", polygon(0.02, r2.Vec{}, r2.Vec{X: 0.5}, r2.Vec{X: 0.5, Y: 0.004}, r2.Vec{Y: 0.004}), 0.02, 0},
		{"dart whose legs almost touch", polygon(0.02, r2.Vec{}, r2.Vec{X: 0.15}, r2.Vec{X: 0.1501, Y: 0.1}, r2.Vec{X: 0.1502}, r2.Vec{X: 0.3}, r2.Vec{X: 0.3, Y: 0.3}, r2.Vec{Y: 0.3}), 0.02, 30},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := Mesh(c.o, c.size)
			if err != nil {
				t.Fatal(err)
			}
			checkLaws(t, c.o, m)
			a := smallestAngles(m)
			if p1 := a[len(a)/100]; p1 < c.minAngle {
				t.Errorf("first percentile of the smallest angle %.1f deg, want %g", p1, c.minAngle)
			}
			again, _ := Mesh(c.o, c.size)
			if !slices.Equal(again.Points, m.Points) || !slices.Equal(again.Tris, m.Tris) {
				t.Error("a second run gives another mesh")
			}
		})
	}
	if m, err := Mesh(withHole, 0.02); err != nil {
		t.Error(err)
	} else if err := withinHole(m); err {
		t.Error("the hole was filled")
	}
}

func withinHole(m *Triangulation) bool {
	for _, v := range m.Tris {
		c := r2.Scale(1./3, r2.Add(m.Points[v[0]], r2.Add(m.Points[v[1]], m.Points[v[2]])))
		if math.Abs(c.X-0.15) < 0.01 && math.Abs(c.Y-0.13) < 0.01 {
			return true
		}
	}
	return false
}

// The brute-force twin of the swaps: no visible point lies in a circumcircle.
func TestTriangulationIsConstrainedDelaunay(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		o := ring(rng, 40)
		m, err := o.triangulate(1)
		if err != nil {
			t.Fatal(err)
		}
		out := m.result()
		checkLaws(t, o, out)
		for _, v := range out.Tris {
			a, b, c := out.Points[v[0]], out.Points[v[1]], out.Points[v[2]]
			g := r2.Scale(1./3, r2.Add(a, r2.Add(b, c)))
			for i, p := range out.Points {
				if inCircle(a, b, c, p) > 0 && visible(o, g, int32(i)) {
					t.Fatalf("point %d lies in the circumcircle of %v and is visible from it", i, v)
				}
			}
		}
	}
}

func visible(o Outline, from r2.Vec, to int32) bool {
	p := o.Points[to]
	for _, s := range o.Borders {
		if s[0] == to || s[1] == to {
			continue
		}
		a, b := o.Points[s[0]], o.Points[s[1]]
		if orient(from, p, a)*orient(from, p, b) < 0 && orient(a, b, from)*orient(a, b, p) < 0 {
			return false
		}
	}
	return true
}

func TestPredicatesAgreeWithExactArithmetic(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		// Points a few units in the last place off a line and a circle.
		near := func(x, y float64) r2.Vec {
			return r2.Vec{X: x + float64(rng.IntN(5)-2)*0x1p-53, Y: y + float64(rng.IntN(5)-2)*0x1p-53}
		}
		a, b, c := near(0.5, 0.5), near(0.75, 0.75), near(0.25, 0.25)
		if s := orient(a, b, c); sign(s) != sign(orientExact(a, b, c)) {
			t.Fatalf("orient(%v, %v, %v) = %g", a, b, c, s)
		}
		a, b, c, d := near(0, 0), near(0.5, 0), near(0.5, 0.5), near(0, 0.5)
		if s := inCircle(a, b, c, d); sign(s) != sign(inCircleExact(a, b, c, d)) {
			t.Fatalf("inCircle(%v, %v, %v, %v) = %g", a, b, c, d, s)
		}
	}
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func TestMeshRefuses(t *testing.T) {
	cross := loop(r2.Vec{}, r2.Vec{X: 1, Y: 1}, r2.Vec{X: 1}, r2.Vec{Y: 1})
	touch := loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{X: 1, Y: 1}, r2.Vec{X: 0.5}, r2.Vec{Y: 1})
	open := loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{X: 1, Y: 1}, r2.Vec{Y: 1})
	open.Borders = open.Borders[:3]
	for _, c := range []struct {
		name    string
		o       Outline
		size    float64
		crosses bool
	}{
		{"crossing sides", cross, 1, true},
		{"a corner on another side", touch, 1, true},
		{"an open chain", open, 1, false},
		{"two equal points", loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{X: 1, Y: 1}, r2.Vec{}), 1, false},
		{"not a number", loop(r2.Vec{}, r2.Vec{X: math.NaN()}, r2.Vec{Y: 1}), 1, false},
		{"no size", loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{Y: 1}), 0, false},
		{"all points equal", loop(r2.Vec{}, r2.Vec{}, r2.Vec{}), 1, false},
		{"all points on a line", loop(r2.Vec{}, r2.Vec{X: 1}, r2.Vec{X: 2}), 1, true},
	} {
		_, err := Mesh(c.o, c.size)
		var ce *CrossingError
		if err == nil || errors.As(err, &ce) != c.crosses {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	_, err := Mesh(cross, 1)
	var ce *CrossingError
	if errors.As(err, &ce) && dist(ce.At, r2.Vec{X: 0.5, Y: 0.5}) > 1e-9 {
		t.Errorf("crossing reported at %v", ce.At)
	}
}

// Any star-shaped outline, however ragged, is meshed; anything else is either
// refused or meshed within the laws.
func FuzzMesh(f *testing.F) {
	f.Add(uint64(1), uint8(12), false)
	f.Add(uint64(7), uint8(40), true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, star bool) {
		rng := rand.New(rand.NewPCG(seed, 0))
		o := ring(rng, int(n%60)+3)
		if !star { // a small grid makes collinear and coinciding points common
			for i := range o.Points {
				o.Points[i] = r2.Vec{X: float64(rng.IntN(8)) / 8, Y: float64(rng.IntN(8)) / 8}
			}
		}
		m, err := Mesh(o, 0.05)
		if err != nil {
			if star && n%60 > 4 {
				t.Fatal(err)
			}
			return
		}
		checkLaws(t, o, m)
	})
}

func BenchmarkMesh(b *testing.B) {
	for _, size := range []float64{0.02, 0.01, 0.005} {
		o := polygon(size, r2.Vec{}, r2.Vec{X: 0.5}, r2.Vec{X: 0.5, Y: 0.6}, r2.Vec{Y: 0.6})
		b.Run("", func(b *testing.B) {
			var tris int
			for b.Loop() {
				m, err := Mesh(o, size)
				if err != nil {
					b.Fatal(err)
				}
				tris = len(m.Tris)
			}
			b.ReportMetric(float64(tris), "triangles")
		})
	}
}
