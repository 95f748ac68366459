package pattern

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

func v(x, y float64) r2.Vec { return r2.Vec{X: x, Y: y} }

// oneEdge is a panel whose edge 0 is under test.
func oneEdge(e Edge) *Panel {
	e.From, e.To = 0, 1
	return &Panel{
		Name:  "p",
		Verts: []r2.Vec{v(0.1, 0.2), v(0.5, 0.5)},
		Edges: []Edge{e, {From: 1, To: 0}},
	}
}

// edgeZoo holds one edge of each kind and of each degenerate class; the chord
// runs from (0.1, 0.2) to (0.5, 0.5), 0.5 m long.
var edgeZoo = []struct {
	name string
	edge Edge
}{
	{"line", Edge{}},
	{"quadratic", Edge{Kind: Quadratic, Control: [2]r2.Vec{v(0.5, 0.1)}}},
	{"cubic S", Edge{Kind: Cubic, Control: [2]r2.Vec{v(0.5, 0.1), v(0.1, 0.6)}}},
	{"cubic without speed at its start", Edge{Kind: Cubic, Control: [2]r2.Vec{v(0.1, 0.2), v(0.1, 0.6)}}},
	{"cubic on the chord", Edge{Kind: Cubic, Control: [2]r2.Vec{v(0.2, 0.275), v(0.4, 0.425)}}},
	{"arc right", Edge{Kind: Arc, Radius: 0.3, Right: true}},
	{"arc left", Edge{Kind: Arc, Radius: 0.3}},
	{"long arc right", Edge{Kind: Arc, Radius: 0.3, Right: true, LargeArc: true}},
	{"long arc left", Edge{Kind: Arc, Radius: 0.3, LargeArc: true}},
	{"half circle", Edge{Kind: Arc, Radius: 0.25, Right: true}},
	{"nearly straight arc", Edge{Kind: Arc, Radius: 900, Right: true}},
}

// The length of every kind equals that of a fine polyline.
func TestLengthEqualsPolyline(t *testing.T) {
	for _, tc := range edgeZoo {
		c := oneEdge(tc.edge).Curve(0)
		const n = 20000
		sum, last := 0.0, c.At(0)
		for i := 1; i <= n; i++ {
			p := c.At(float64(i) / n)
			sum += r2.Norm(r2.Sub(p, last))
			last = p
		}
		if got := c.Length(); math.Abs(got-sum) > 1e-7 {
			t.Errorf("%s: length %.9f m, polyline %.9f m", tc.name, got, sum)
		}
	}
}

// Derivatives equal central differences.
func TestDerivEqualsDifference(t *testing.T) {
	for _, tc := range edgeZoo {
		c := oneEdge(tc.edge).Curve(0)
		for _, at := range []float64{0.1, 0.37, 0.5, 0.9} {
			const h = 1e-5
			want := r2.Scale(1/(2*h), r2.Sub(c.At(at+h), c.At(at-h)))
			if got := c.Deriv(at); r2.Norm(r2.Sub(got, want)) > 1e-6*(1+r2.Norm(want)) {
				t.Errorf("%s at %g: derivative %v, difference %v", tc.name, at, got, want)
			}
		}
	}
}

// Samples start and end in the exact corners and cut equal arc lengths.
func TestSampleCutsEqualLengths(t *testing.T) {
	for _, tc := range edgeZoo {
		p := oneEdge(tc.edge)
		for _, n := range []int{1, 2, 7, 40} {
			pts := p.Sample(nil, 0, n)
			if len(pts) != n+1 || pts[0] != p.Verts[0] || pts[n] != p.Verts[1] {
				t.Fatalf("%s, n=%d: %d points from %v to %v", tc.name, n, len(pts), pts[0], pts[len(pts)-1])
			}
			c := p.Curve(0)
			total := c.Length()
			for i := 1; i < n; i++ {
				at := c.ParamAt(total * float64(i) / float64(n))
				if d := r2.Norm(r2.Sub(pts[i], c.At(at))); d > 1e-9 {
					t.Errorf("%s: sample %d/%d is %g m from its arc length", tc.name, i, n, d)
				}
			}
		}
	}
}

// An edge walked the other way has the same length and the mirrored samples.
func TestReversedEdgeHasTheSameSamples(t *testing.T) {
	for _, tc := range edgeZoo {
		p, q := oneEdge(tc.edge), oneEdge(tc.edge)
		q.Verts[0], q.Verts[1] = q.Verts[1], q.Verts[0]
		e := &q.Edges[0]
		if e.Kind == Cubic {
			e.Control[0], e.Control[1] = e.Control[1], e.Control[0]
		}
		e.Right = !e.Right
		a, b := p.Sample(nil, 0, 9), q.Sample(nil, 0, 9)
		for i := range a {
			if r2.Norm(r2.Sub(a[i], b[9-i])) > 1e-9 {
				t.Errorf("%s: sample %d is %v one way and %v the other", tc.name, i, a[i], b[9-i])
			}
		}
	}
}

// Arcs bulge to the named side and go the named way round.
func TestArcSideAndLength(t *testing.T) {
	chord := r2.Unit(v(0.4, 0.3))
	for _, tc := range edgeZoo {
		if tc.edge.Kind != Arc {
			continue
		}
		c := oneEdge(tc.edge).Curve(0)
		across := r2.Cross(chord, r2.Sub(c.At(0.5), c.Start()))
		if tc.edge.Right != (across < 0) {
			t.Errorf("%s: middle lies %g m to the left of the chord", tc.name, across)
		}
		if half := math.Pi * tc.edge.Radius; tc.edge.LargeArc != (c.Length() > half+1e-9) {
			t.Errorf("%s: length %g m, half circle %g m", tc.name, c.Length(), half)
		}
	}
}

// The exact area is the limit of the polygon's, and of its sign.
func TestAreaEqualsPolygon(t *testing.T) {
	for _, tc := range edgeZoo {
		p := oneEdge(tc.edge)
		pts := p.Outline(1e-8)
		sum := 0.0
		for i := range pts {
			sum += r2.Cross(pts[i], pts[(i+1)%len(pts)]) / 2
		}
		if got := p.SignedArea(); math.Abs(got-sum) > 5e-6 {
			t.Errorf("%s: area %.9f m2, polygon %.9f m2", tc.name, got, sum)
		}
	}
}

func TestWidthSkipsOpenDarts(t *testing.T) {
	// A square of 40 cm with a dart 4 cm wide and 20 cm deep in its top edge.
	p := polygon("dart", v(0, 0), v(0.4, 0), v(0.4, 0.4), v(0.22, 0.4), v(0.2, 0.2), v(0.18, 0.4), v(0, 0.4))
	for _, tc := range []struct{ y, want float64 }{{0.1, 0.4}, {0.3, 0.38}, {0.4 - 1e-12, 0.36}, {0.5, 0}} {
		if got := p.WidthAt(tc.y); math.Abs(got-tc.want) > 1e-9 {
			t.Errorf("width at %g is %g m, want %g", tc.y, got, tc.want)
		}
	}
}

// polygon is a panel of straight edges.
func polygon(name string, pts ...r2.Vec) *Panel {
	p := &Panel{Name: name, Verts: pts}
	for i := range pts {
		p.Edges = append(p.Edges, Edge{From: i, To: (i + 1) % len(pts)})
	}
	return p
}
