package bvh

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

func randomPoint(r *rand.Rand, size float64) r3.Vec {
	return r3.Vec{X: size * (2*r.Float64() - 1), Y: size * (2*r.Float64() - 1), Z: size * (2*r.Float64() - 1)}
}

// bumpy is a sphere with dents, so that nearest features of all kinds occur.
func bumpy() *geometry.Mesh {
	m := geomtest.Sphere(1, 12)
	for i, v := range m.Verts {
		m.Verts[i] = r3.Scale(1+0.15*math.Sin(7*v.X+3*v.Y)*math.Cos(5*v.Z), v)
	}
	return m
}

// The brute-force twin: nearest over all triangles, inside by winding number.
func bruteNearest(m *geometry.Mesh, p r3.Vec) (dist float64, inside bool) {
	best, winding := math.Inf(1), 0.0
	for _, t := range m.Tris {
		a, b, c := r3.Sub(m.Verts[t[0]], p), r3.Sub(m.Verts[t[1]], p), r3.Sub(m.Verts[t[2]], p)
		q, _ := closestPoint(r3.Vec{}, a, b, c)
		best = min(best, r3.Norm(q))
		la, lb, lc := r3.Norm(a), r3.Norm(b), r3.Norm(c)
		winding += 2 * math.Atan2(r3.Dot(a, r3.Cross(b, c)), la*lb*lc+r3.Dot(a, b)*lc+r3.Dot(b, c)*la+r3.Dot(c, a)*lb)
	}
	return best, winding > 2*math.Pi
}

func TestNearestEqualsBruteForce(t *testing.T) {
	m := bumpy()
	tree := Build(m)
	r := rand.New(rand.NewPCG(1, 2))
	pts := make([]r3.Vec, 2000)
	for i := range pts {
		pts[i] = randomPoint(r, 1.4)
	}
	hits := make([]Hit, len(pts))
	tree.Nearest(hits, pts, math.Inf(1))
	for i, p := range pts {
		dist, inside := bruteNearest(m, p)
		if math.Abs(math.Abs(hits[i].Dist)-dist) > 1e-12 || (hits[i].Dist < 0) != inside {
			t.Fatalf("point %v: got %g, want %g inside=%v", p, hits[i].Dist, dist, inside)
		}
	}
	if n := testing.AllocsPerRun(5, func() { tree.Nearest(hits[:50], pts[:50], 0.3) }); n != 0 {
		t.Errorf("Nearest allocates %v times", n)
	}
}

func TestNearestBeyondReachIsNoHit(t *testing.T) {
	var h [1]Hit
	Build(geomtest.Sphere(1, 8)).Nearest(h[:], []r3.Vec{{X: 3}}, 0.5)
	if h[0].Tri != -1 || !math.IsInf(h[0].Dist, 1) {
		t.Errorf("got %+v", h[0])
	}
	Build(&geometry.Mesh{}).Nearest(h[:], []r3.Vec{{}}, 9)
	if h[0].Tri != -1 {
		t.Errorf("an empty mesh has no surface, got %+v", h[0])
	}
}

func TestSegmentEqualsBruteForce(t *testing.T) {
	m := bumpy()
	tree := Build(m)
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		a, b := randomPoint(r, 1.4), randomPoint(r, 1.4)
		want, at := int32(-1), 1.0
		for k, v := range m.Tris {
			if s, ok := segmentTriangle(a, b, m.Verts[v[0]], m.Verts[v[1]], m.Verts[v[2]]); ok && s < at {
				want, at = int32(k), s
			}
		}
		if got, s := tree.Segment(a, b); got != want || s != at {
			t.Fatalf("segment %v-%v: got %d at %g, want %d at %g", a, b, got, s, want, at)
		}
	}
}

func TestSelfCrossingsEqualBruteForce(t *testing.T) {
	clean := bumpy()
	folded := clean.Clone()
	for i, v := range folded.Verts {
		if v.X > 0.6 {
			// The cap is pushed through the far side, a little off the symmetry
			// planes, where touching would be decided by rounding.
			folded.Verts[i] = r3.Vec{X: 0.3 - 1.4*v.X, Y: v.Y + 0.013, Z: v.Z + 0.007}
		}
	}
	for name, m := range map[string]*geometry.Mesh{"clean": clean, "folded": folded} {
		tree := Build(m)
		want := 0
		for a := range m.Tris {
			for b := a + 1; b < len(m.Tris); b++ {
				if !sharesVertex(m.Tris[a], m.Tris[b]) && TrianglesCross(tree.corners(int32(a)), tree.corners(int32(b))) {
					want++
				}
			}
		}
		got := 0
		tree.SelfCrossings(func(a, b int32) bool { got++; return true })
		if got != want || (want > 0) != (name == "folded") {
			t.Errorf("%s: %d crossings, brute force %d", name, got, want)
		}
		// The sheet was split for one shape and is asked about another.
		seen := map[[2]int32]bool{}
		NewSheet(clean).SelfCrossings(m.Verts, func(a, b int32) {
			if a >= b || seen[[2]int32{a, b}] {
				t.Errorf("%s: the sheet yields %d, %d out of order or twice", name, a, b)
			}
			seen[[2]int32{a, b}] = true
		})
		tree.SelfCrossings(func(a, b int32) bool {
			if !seen[[2]int32{a, b}] {
				t.Errorf("%s: the sheet misses %d, %d", name, a, b)
			}
			return true
		})
		if len(seen) != want {
			t.Errorf("%s: the sheet finds %d crossings, brute force %d", name, len(seen), want)
		}
	}
}

func TestCrossingsOfTwoMeshes(t *testing.T) {
	ball := Build(geomtest.Sphere(1, 10))
	count := func(o *Tree) (n int) {
		ball.Crossings(o, func(a, b int32) bool { n++; return true })
		return n
	}
	for _, c := range []struct {
		radius float64 // of a tube about the same axis
		cuts   bool
	}{{0.5, true}, {1.2, false}} {
		if n := count(Build(geomtest.Tube(c.radius, 2, 24, 6))); (n > 0) != c.cuts {
			t.Errorf("tube of radius %g: %d crossings", c.radius, n)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	tree := Build(geomtest.Sphere(1, 80))
	r := rand.New(rand.NewPCG(5, 6))
	pts := make([]r3.Vec, 1000)
	for i := range pts {
		v := randomPoint(r, 1)
		pts[i] = r3.Scale(1.02/r3.Norm(v), v)
	}
	hits := make([]Hit, len(pts))
	b.ReportAllocs()
	for b.Loop() {
		tree.Nearest(hits, pts, 0.1)
	}
}

func TestWithinEqualsBruteForce(t *testing.T) {
	m := bumpy()
	tree := Build(m)
	r := rand.New(rand.NewPCG(41, 42))
	found := 0
	for range 200 {
		p, size := randomPoint(r, 1.2), r3.Scale(0.3, randomPoint(r, 1))
		lo, hi := lower(p, r3.Add(p, size)), upper(p, r3.Add(p, size))
		var want []int32
		for k := range m.Tris {
			if a, b := triBox(m, int32(k)); boxesMeet(a, b, lo, hi) {
				want = append(want, int32(k))
			}
		}
		got := tree.Within(nil, lo, hi)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("box from %v to %v: %d triangles; there are %d", lo, hi, len(got), len(want))
		}
		found += len(got)
	}
	if found == 0 {
		t.Error("no box met a triangle")
	}
}
