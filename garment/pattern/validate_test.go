package pattern

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

func square(name string, side float64) Panel {
	return *polygon(name, v(0, 0), v(side, 0), v(side, side), v(0, side))
}

// pair is two squares sewn along one edge.
func pair() *Pattern {
	return &Pattern{
		Panels: []Panel{square("front", 0.4), square("back", 0.4)},
		Seams:  []Seam{{A: EdgeRef{0, 1}, B: EdgeRef{1, 3}}},
	}
}

func TestValidateAcceptsAPlainPattern(t *testing.T) {
	if err := pair().Validate(); err != nil {
		t.Fatal(err)
	}
}

// Every fault is refused in a sentence that says what and where.
func TestValidateNamesFaultAndPlace(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*Pattern)
		want  []string
	}{
		{"empty pattern", func(p *Pattern) { *p = Pattern{} }, []string{"no panels"}},
		{"too many panels", func(p *Pattern) { p.Panels = make([]Panel, MaxPanels+1) }, []string{"401 panels", "400"}},
		{"too many edges", func(p *Pattern) { p.Panels[0].Edges = make([]Edge, MaxEdges+1) }, []string{"edges", "10000"}},
		{"too many seams", func(p *Pattern) { p.Seams = make([]Seam, MaxEdges+1) }, []string{"10001 seams"}},
		{"duplicate name", func(p *Pattern) { p.Panels[1].Name = "front" }, []string{`"front"`, "twice"}},
		{"no name", func(p *Pattern) { p.Panels[1].Name = "" }, []string{"number 1 has no name"}},
		{"gauge off the panels", func(p *Pattern) { p.Gauges = []Gauge{{"hip_girth", 1, []GaugeLine{{Panel: 9}}}} }, []string{`"hip_girth"`, "panel 9"}},
		{"gauge that counts nothing", func(p *Pattern) { p.Gauges = []Gauge{{Name: "hip_girth"}} }, []string{`"hip_girth"`, "0 times"}},
		{"no edges", func(p *Pattern) { p.Panels[1].Edges = nil }, []string{`"back"`, "0 edges"}},
		{"open chain", func(p *Pattern) { p.Panels[0].Edges[1].To = 3 }, []string{`"front"`, "open chain", "(0.00, 40.00) cm"}},
		{"missing corner", func(p *Pattern) { p.Panels[0].Edges[1].To = 9 }, []string{`"front"`, "edge 1", "vertex 9"}},
		{"corner passed twice", func(p *Pattern) {
			p.Panels[0].Edges = []Edge{{From: 0, To: 1}, {From: 1, To: 0}, {From: 0, To: 2}, {From: 2, To: 0}}
		}, []string{"vertex 0", "twice"}},
		{"NaN corner", func(p *Pattern) { p.Panels[0].Verts[2].X = math.NaN() }, []string{`"front"`, "edge 1", "not finite"}},
		{"infinite control", func(p *Pattern) {
			p.Panels[0].Edges[2] = Edge{From: 2, To: 3, Kind: Quadratic, Control: [2]r2.Vec{v(math.Inf(1), 0)}}
		}, []string{`"front"`, "edge 2", "not finite", "(20.00, 40.00) cm"}},
		{"wrong unit", func(p *Pattern) { p.Panels[0].Verts[2].X = 40 }, []string{"wrong unit"}},
		{"zero length", func(p *Pattern) { p.Panels[0].Verts[2] = p.Panels[0].Verts[1] }, []string{`"front"`, "edge 1", "length", "(40.00, 0.00) cm"}},
		{"short radius", func(p *Pattern) {
			p.Panels[0].Edges[0] = Edge{From: 0, To: 1, Kind: Arc, Radius: 0.19}
		}, []string{`"front"`, "edge 0", "19.000", "40.000", "(20.00, 0.00) cm"}},
		{"NaN radius", func(p *Pattern) {
			p.Panels[0].Edges[0] = Edge{From: 0, To: 1, Kind: Arc, Radius: math.NaN()}
		}, []string{"radius"}},
		{"unknown kind", func(p *Pattern) { p.Panels[0].Edges[0].Kind = 9 }, []string{"kind 9"}},
		{"long grain", func(p *Pattern) { p.Panels[0].Grain = v(2, 0) }, []string{"grain"}},
		{"NaN placement", func(p *Pattern) { p.Panels[0].Rotation[1] = math.NaN() }, []string{"placement"}},
		{"bow tie", func(p *Pattern) {
			q := p.Panels[0].Verts
			q[2], q[3] = q[3], q[2]
		}, []string{`"front"`, "crosses itself", "edges 1 and 3", "(20.00, 20.00) cm"}},
		{"spike", func(p *Pattern) {
			p.Panels[0] = *polygon("front", v(0, 0), v(0.4, 0), v(0.4, 0.4), v(0.4, 0.1), v(0, 0.4))
		},
			[]string{"crosses itself", "edges 1 and 2"}},
		{"touching corner", func(p *Pattern) {
			p.Panels[0] = *polygon("front", v(0, 0), v(0.4, 0), v(0.4, 0.4), v(0.2, 0), v(0, 0.4))
		},
			[]string{"crosses itself", "(20.00, 0.00) cm"}},
		{"cubic loop", func(p *Pattern) {
			p.Panels[0].Edges[2] = Edge{From: 2, To: 3, Kind: Cubic, Control: [2]r2.Vec{v(-0.6, 1), v(1, 1)}}
		}, []string{"edge 2 meets itself", "(20.00,"}},
		{"no area", func(p *Pattern) { p.Panels[0] = *polygon("front", v(0, 0), v(0.01, 0), v(0.01, 5e-5), v(0, 5e-5)) }, []string{"encloses"}},
		{"seam to missing panel", func(p *Pattern) { p.Seams[0].A.Panel = 7 }, []string{"seam 0", "panel number 7"}},
		{"seam to missing edge", func(p *Pattern) { p.Seams[0].B.Edge = 4 }, []string{"seam 0", "edge 4", `"back"`}},
		{"seam to negative edge", func(p *Pattern) { p.Seams[0].B.Edge = -1 }, []string{"edge -1"}},
		{"edge in two seams", func(p *Pattern) {
			p.Seams = append(p.Seams, Seam{A: EdgeRef{0, 1}, B: EdgeRef{1, 2}})
		}, []string{`"front"`, "edge 1", "seam 1", "already, in seam 0"}},
		{"edge sewn to itself", func(p *Pattern) { p.Seams[0].B = p.Seams[0].A }, []string{"already"}},
		{"ratio", func(p *Pattern) { p.Panels[1] = square("back", 0.1) }, []string{"seam 0", "40.00 cm", "10.00 cm", "4.00", "gather"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := pair()
			tc.spoil(p)
			err := p.Validate()
			if err == nil {
				t.Fatal("accepted")
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			var f *Fault
			if !errors.As(err, &f) {
				t.Errorf("%q holds no *Fault", err)
			}
		})
	}
}

func TestDeclaredGatherMayExceedTheRatio(t *testing.T) {
	p := pair()
	p.Panels[1] = square("back", 0.1)
	p.Seams[0].Gather = true
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
}

// Two faults in two panels are both reported.
func TestValidateJoinsFaults(t *testing.T) {
	p := pair()
	p.Panels[0].Verts[2].X = math.NaN()
	p.Panels[1].Edges[1].To = 9
	err := p.Validate()
	for _, want := range []string{`"front"`, `"back"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

// Curves that leave a corner in one direction, and arcs of half the chord, are
// no crossings.
func TestTangentCornersAreNoCrossings(t *testing.T) {
	leaf := &Panel{Name: "leaf", Verts: []r2.Vec{v(0, 0), v(0.3, 0.2)}, Edges: []Edge{
		{From: 0, To: 1, Kind: Quadratic, Control: [2]r2.Vec{v(0.2, 0)}},
		{From: 1, To: 0, Kind: Cubic, Control: [2]r2.Vec{v(0.2, 0.2), v(0.1, 0)}},
	}}
	disc := &Panel{Name: "disc", Verts: []r2.Vec{v(0, 0), v(0.3, 0)}, Edges: []Edge{
		{From: 0, To: 1, Kind: Arc, Radius: 0.15, Right: true}, {From: 1, To: 0, Kind: Arc, Radius: 0.15, Right: true},
	}}
	for _, p := range []*Panel{leaf, disc} {
		pat := Pattern{Panels: []Panel{*p}}
		if err := pat.Validate(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// The tree finds a crossing exactly when trying all pairs of sides does.
func TestCrossingsEqualBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	crossed := 0
	for range 400 {
		n := 3 + rng.IntN(9)
		pts := make([]r2.Vec, n)
		for i := range pts {
			// A star with a jitter of the angle: about half of them cross.
			a := 2*math.Pi*float64(i)/float64(n) + 6*rng.NormFloat64()/float64(n)
			pts[i] = r2.Scale(0.1+0.4*rng.Float64(), v(math.Cos(a), math.Sin(a)))
		}
		want := bruteCrosses(pts)
		if want {
			crossed++
		}
		if got := len(polygon("p", pts...).Crossings(1)) > 0; got != want {
			t.Fatalf("crossing found: %v, brute force: %v, for %v", got, want, pts)
		}
	}
	if crossed < 50 || crossed > 350 {
		t.Errorf("%d of 400 outlines cross themselves: the test is lopsided", crossed)
	}
}

func bruteCrosses(p []r2.Vec) bool {
	n := len(p)
	side := func(a, b, c r2.Vec) bool { return r2.Cross(r2.Sub(b, a), r2.Sub(c, a)) > 0 }
	for i := range n {
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue
			}
			a, b, c, d := p[i], p[i+1], p[j], p[(j+1)%n]
			if side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b) {
				return true
			}
		}
	}
	return false
}

func TestDarts(t *testing.T) {
	p := &Pattern{Panels: []Panel{
		*polygon("skirt", v(0, 0), v(0.4, 0), v(0.4, 0.4), v(0.22, 0.4), v(0.2, 0.2), v(0.18, 0.4), v(0, 0.4)),
	}, Seams: []Seam{{A: EdgeRef{0, 3}, B: EdgeRef{0, 4}}, {A: EdgeRef{0, 1}, B: EdgeRef{0, 6}}}}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	if tip, ok := p.DartTip(0); !ok || tip != 4 {
		t.Errorf("dart tip %d, %v; want vertex 4", tip, ok)
	}
	if p.IsDart(1) {
		t.Error("the side seam counts as a dart")
	}
}

func TestSizeRunNamesThePieceThatDiffers(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*Pattern)
		want  []string
	}{
		{"missing panel", func(p *Pattern) { p.Panels, p.Seams = p.Panels[:1], nil }, []string{`size "L"`, `panel "back" is missing`}},
		{"extra panel", func(p *Pattern) { p.Panels = append(p.Panels, square("pocket", 0.1)) }, []string{`"pocket" is too many`}},
		{"extra edge", func(p *Pattern) { p.Panels[0] = *polygon("front", v(0, 0), v(1, 0), v(1, 1), v(0.5, 1.1), v(0, 1)) }, []string{`"front"`, "5 edges"}},
		{"renamed panel", func(p *Pattern) { p.Panels[1].Name = "rear" }, []string{`"rear"`, `"back"`}},
		{"other seam", func(p *Pattern) { p.Seams[0].B.Edge = 2 }, []string{"seam 0", `"front"`}},
		{"fewer seams", func(p *Pattern) { p.Seams = nil }, []string{"0 seams instead of 1"}},
		{"mirrored", func(p *Pattern) {
			for i := range p.Panels[0].Verts {
				p.Panels[0].Verts[i].X *= -1
			}
		}, []string{`"front"`, "mirrored"}},
		{"invalid", func(p *Pattern) { p.Panels[0].Verts[0].X = math.NaN() }, []string{`size "L"`, "not finite"}},
	} {
		l := pair()
		tc.spoil(l)
		_, err := NewSizeRun("tee", Size{"M", pair()}, Size{"L", l})
		for _, want := range tc.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %q", tc.name, err, want)
			}
		}
	}
	run, err := NewSizeRun("tee", Size{"M", pair()}, Size{"L", pair()})
	if err != nil || run.Size("L") == nil || run.Size("XL") != nil {
		t.Errorf("run %v, error %v", run, err)
	}
	if _, err := NewSizeRun("tee", Size{"M", pair()}, Size{"M", nil}); err == nil {
		t.Error("a doubled size without a pattern is accepted")
	}
}
