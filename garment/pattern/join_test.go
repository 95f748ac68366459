package pattern

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// everyKind is a panel with one edge of each kind.
func everyKind() Panel {
	v := []r2.Vec{{}, {X: 0.3}, {X: 0.4, Y: 0.2}, {X: 0.3, Y: 0.4}, {Y: 0.4}}
	return Panel{Name: "all", Verts: v, Edges: []Edge{
		{From: 0, To: 1, Kind: Quadratic, Control: [2]r2.Vec{{X: 0.2, Y: -0.1}}},
		{From: 1, To: 2, Kind: Cubic, Control: [2]r2.Vec{{X: 0.35, Y: -0.05}, {X: 0.42, Y: 0.1}}},
		{From: 2, To: 3, Kind: Arc, Radius: 0.15, Right: true},
		{From: 3, To: 4, Kind: Spline, Chain: []r2.Vec{{X: 0.25, Y: 0.45}, {X: 0.2, Y: 0.43}, {X: 0.15, Y: 0.42}, {X: 0.1, Y: 0.41}, {X: 0.05, Y: 0.44}}},
		{From: 4, To: 0, Label: "side"},
	}, Notches: []Notch{{Edge: 3, At: 0.5}, {Edge: 4, At: 0.1}}}
}

// Cutting edges changes neither shape nor lengths, and the parts have the
// asked shares of the length.
func TestSplitEdgeKeepsTheShape(t *testing.T) {
	shares := []float64{0.2, 0.55, 0.9}
	for e := range 5 {
		whole, cut := everyKind(), everyKind()
		cut.SplitEdge(e, shares)
		if d := cut.SignedArea() - whole.SignedArea(); math.Abs(d) > 1e-12 {
			t.Errorf("edge %d: area changes by %g", e, d)
		}
		length, last := whole.Length(e), 0.0
		for i, s := range append(shares[:3:3], 1) {
			if d := cut.Length(e+i) - (s-last)*length; math.Abs(d) > 1e-9 {
				t.Errorf("edge %d part %d: length off by %g m", e, i, d)
			}
			if cut.Edges[e+i].Label != whole.Edges[e].Label {
				t.Errorf("edge %d part %d lost its label", e, i)
			}
			last = s
		}
		var fs faults
		if cut.check(&fs); fs.join() != nil {
			t.Errorf("edge %d: %v", e, fs.join())
		}
		for i, n := range cut.Notches {
			old := whole.Notches[i]
			a, b := whole.pointAt(old), cut.pointAt(n)
			if r2.Norm(r2.Sub(a, b)) > 1e-9 {
				t.Errorf("edge %d: notch %d moves from %v to %v", e, i, a, b)
			}
		}
	}
}

func (p *Panel) pointAt(n Notch) r2.Vec {
	c := p.Curve(n.Edge)
	return c.At(c.ParamAt(n.At * c.Length()))
}

// rect is a rectangle whose edge 0 is the bottom.
func rect(name string, w, h float64) Panel {
	return Panel{Name: name, Verts: []r2.Vec{{}, {X: w}, {X: w, Y: h}, {Y: h}},
		Edges: []Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 0}}}
}

func whole(panel, edge int) Stretch { return Stretch{EdgeRef{panel, edge}, 0, 1} }

// A waistband sewn to two fronts: two plain seams, the band cut where the
// fronts meet, and every corner of one side a corner of the other.
func TestJoinOneEdgeToTwo(t *testing.T) {
	p := Pattern{Panels: []Panel{rect("band", 0.41, 0.04), rect("left", 0.2, 0.5), rect("right", 0.2, 0.5)}}
	// The band's bottom runs to the right, the tops to the left: end meets start.
	joins := []Join{{Name: "waist", A: []Stretch{whole(0, 0)}, B: []Stretch{whole(2, 2), whole(1, 2)}}}
	s, err := p.PlanSewing(joins)
	if err != nil {
		t.Fatal(err)
	}
	p.Sew(s)
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	if len(p.Panels[0].Edges) != 5 || len(p.Seams) != 2 {
		t.Fatalf("%d edges, %d seams; want 5 and 2", len(p.Panels[0].Edges), len(p.Seams))
	}
	want := []Seam{{A: EdgeRef{0, 0}, B: EdgeRef{1, 2}}, {A: EdgeRef{0, 1}, B: EdgeRef{2, 2}}}
	for i, w := range want {
		if p.Seams[i] != w {
			t.Errorf("seam %d is %v; want %v", i, p.Seams[i], w)
		}
		if r := p.SeamRatio(i); math.Abs(r-1.025) > 1e-9 {
			t.Errorf("seam %d has ratio %g; the ease is to be shared evenly", i, r)
		}
	}
}

// Corners of both sides that come to lie near each other are one; others cut.
func TestJoinManyToMany(t *testing.T) {
	for name, c := range map[string]struct {
		a, b    [2]float64 // widths of two panels on each side
		inOrder bool
		seams   int
	}{
		"corners meet":         {a: [2]float64{0.2, 0.2}, b: [2]float64{0.204, 0.2}, seams: 2},
		"corners apart":        {a: [2]float64{0.1, 0.3}, b: [2]float64{0.2, 0.2}, seams: 3},
		"matched all the same": {a: [2]float64{0.1, 0.3}, b: [2]float64{0.2, 0.2}, inOrder: true, seams: 2},
	} {
		for _, reversed := range []bool{false, true} {
			p := Pattern{Panels: []Panel{rect("a0", c.a[0], 0.3), rect("a1", c.a[1], 0.3), rect("b0", c.b[0], 0.3), rect("b1", c.b[1], 0.3)}}
			j := Join{A: []Stretch{whole(0, 0), whole(1, 0)}, B: []Stretch{whole(3, 2), whole(2, 2)}, InOrder: c.inOrder, Reversed: reversed}
			if reversed {
				j.B = []Stretch{whole(2, 2), whole(3, 2)}
			}
			s, err := p.PlanSewing([]Join{j})
			if err != nil {
				t.Fatal(err)
			}
			p.Sew(s)
			if err := p.Validate(); err != nil {
				t.Error(err)
			}
			if len(p.Seams) != c.seams {
				t.Errorf("%s: %d seams; want %d", name, len(p.Seams), c.seams)
			}
			var a, b float64
			for i := range p.Seams {
				x, y := p.SeamLengths(i)
				a, b = a+x, b+y
			}
			if math.Abs(a-c.a[0]-c.a[1]) > 1e-12 || math.Abs(b-c.b[0]-c.b[1]) > 1e-12 {
				t.Errorf("%s: sides of %g and %g m sewn", name, a, b)
			}
		}
	}
}

func TestClosures(t *testing.T) {
	p := Pattern{Panels: []Panel{rect("l", 0.2, 0.5), rect("r", 0.2, 0.5)}}
	s, err := p.PlanSewing([]Join{
		{A: []Stretch{whole(0, 1)}, B: []Stretch{whole(1, 3)}},
		{Name: "front", A: []Stretch{whole(1, 1)}, B: []Stretch{whole(0, 3)}, Closure: OpenClosure},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Sew(s)
	if len(p.Seams) != 1 || len(p.Closures) != 1 || p.Validate() != nil {
		t.Fatalf("seams %v, closures %v, %v", p.Seams, p.Closures, p.Validate())
	}
	shut := p.Fastened(true)
	if len(shut.Seams) != 2 || shut.Closures[0].Open || shut.Validate() != nil {
		t.Errorf("closed: %v %v %v", shut.Seams, shut.Closures, shut.Validate())
	}
	if open := shut.Fastened(false); len(open.Seams) != 1 || !open.Closures[0].Open || open.Validate() != nil {
		t.Errorf("opened again: %v %v", open.Seams, open.Closures)
	}
	p.Closures[0].Open = false
	if err := p.Validate(); err == nil || !strings.Contains(err.Error(), "closure 0 (front)") {
		t.Errorf("a closed closure that is not sewn: %v", err)
	}
}

func TestJoinRefuses(t *testing.T) {
	p := Pattern{Panels: []Panel{rect("a", 0.2, 0.5), rect("b", 0.2, 0.5)}}
	part := func(panel, edge int, from, to float64) Stretch { return Stretch{EdgeRef{panel, edge}, from, to} }
	for want, joins := range map[string][]Join{
		"no edge":           {{A: []Stretch{whole(0, 0)}}},
		"panel number 7":    {{A: []Stretch{whole(7, 0)}, B: []Stretch{whole(0, 0)}}},
		"edge 9 of panel":   {{A: []Stretch{whole(0, 9)}, B: []Stretch{whole(0, 0)}}},
		"shares rise":       {{A: []Stretch{part(0, 0, 0.5, 0.2)}, B: []Stretch{whole(1, 0)}}},
		"sewn already":      {{A: []Stretch{part(0, 0, 0, 0.6)}, B: []Stretch{whole(1, 0)}}, {A: []Stretch{part(0, 0, 0.5, 1)}, B: []Stretch{whole(1, 1)}}},
		"one side is":       {{A: []Stretch{part(0, 0, 0.9999999, 1)}, B: []Stretch{whole(1, 0)}}, {A: []Stretch{part(0, 0, 0, 0.9999999)}, B: []Stretch{whole(1, 1)}}},
		"has 1 and 2 parts": {{A: []Stretch{whole(0, 0)}, B: []Stretch{whole(1, 0), whole(1, 1)}, InOrder: true}},
	} {
		if _, err := p.PlanSewing(joins); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}

func TestInnerLines(t *testing.T) {
	square := func(at, half float64) []r2.Vec {
		return []r2.Vec{{X: at - half, Y: at - half}, {X: at + half, Y: at - half}, {X: at + half, Y: at + half}, {X: at - half, Y: at + half}}
	}
	for want, in := range map[string]Inner{
		"":                       {Kind: CutOut, Pts: square(0.1, 0.02)},
		"beyond the outline":     {Kind: CutOut, Pts: square(0.19, 0.02)},
		"1 points":               {Kind: Fold, Pts: []r2.Vec{{}}},
		"fold angle":             {Kind: Fold, Angle: 4, Pts: []r2.Vec{{}, {X: 0.1}}},
		"to 3 of its":            {Kind: Elastic, Length: 3, Pts: []r2.Vec{{}, {X: 0.1}}},
		"coordinates are finite": {Pts: []r2.Vec{{X: math.NaN()}, {}}},
		"unknown kind 9":         {Kind: 9, Pts: []r2.Vec{{}, {X: 0.1}}},
	} {
		p := Pattern{Panels: []Panel{rect("a", 0.2, 0.2)}}
		p.Panels[0].Inner = []Inner{in}
		err := p.Validate()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}
