package pattern

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// fronts are two fronts and a back, the fronts reaching 15 mm beyond the middle; turned
// draws the right one clockwise.
func fronts(turned bool) *Pattern {
	l := polygon("front_l", v(-0.015, 0), v(0.28, 0), v(0.28, 0.4), v(0.2, 0.6), v(0.08, 0.64), v(-0.015, 0.58))
	r := polygon("front_r", v(0.015, 0), v(0.015, 0.58), v(-0.08, 0.64), v(-0.2, 0.6), v(-0.28, 0.4), v(-0.28, 0))
	if turned {
		r = polygon("front_r", v(0.015, 0), v(0.015, 0.58), v(-0.08, 0.64), v(-0.2, 0.6), v(-0.28, 0.4), v(-0.28, 0))
		for i, q := range r.Verts {
			r.Verts[i].X = -q.X - 0.03
		}
	}
	back := polygon("back", v(-0.28, 0), v(0.28, 0), v(0.28, 0.4), v(0.2, 0.6), v(0.08, 0.65), v(-0.08, 0.65), v(-0.2, 0.6), v(-0.28, 0.4))
	return &Pattern{Name: "vest", Panels: []Panel{*l, *r, *back}}
}

func buttons(p *Pattern, width float64, kind ClosureKind) ([]Join, error) {
	over, under := EdgeRef{0, 5}, EdgeRef{1, 0}
	list := []Underlap{{Over: over, Under: under, Width: width}}
	err := p.CutUnderlaps(list)
	return []Join{
		{Name: "side l", A: []Stretch{whole(0, 1)}, B: []Stretch{whole(2, 7)}}, {Name: "side r", A: []Stretch{whole(1, 4)}, B: []Stretch{whole(2, 1)}},
		{Name: "buttons", A: []Stretch{whole(0, 5)}, B: []Stretch{whole(1, 0)}, Closure: kind, Overlap: &list[0]},
	}, err
}

// What lies underneath is parted from its panel: nothing else moves, edges keep their
// numbers, and the girth all round is less by the overlap.
func TestUnderlapIsParted(t *testing.T) {
	for _, turned := range []bool{false, true} {
		for _, width := range []float64{0.01, 0.03, 0.08} {
			p, before := fronts(turned), fronts(turned)
			joins, err := buttons(p, width, ClosedClosure)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(before, fronts(turned)) || len(p.Panels) != 4 || len(p.Panels[1].Edges) != 6 {
				t.Fatalf("%d panels, %d edges", len(p.Panels), len(p.Panels[1].Edges))
			}
			rest, strip := &p.Panels[1], &p.Panels[3]
			gone := math.Abs(before.Panels[1].SignedArea()) - math.Abs(rest.SignedArea())
			if a := math.Abs(strip.SignedArea()); (rest.SignedArea() < 0) != (before.Panels[1].SignedArea() < 0) || a > gone || a < 0.9*gone || math.Abs(gone-width*0.6) > width*0.06 {
				t.Errorf("width %.3f: %.4f m2 are gone, the strip has %.4f", width, gone, a)
			}
			hem := func(p *Pattern) float64 { return p.Panels[0].Length(0) + p.Panels[1].Length(5) + p.Panels[2].Length(0) }
			if d := hem(before) - hem(p); math.Abs(d-width) > 1e-6 {
				t.Errorf("width %.3f: the hem is shorter by %.4f m", width, d)
			}
			for _, e := range []int{2, 3, 4} {
				if math.Abs(rest.Length(e)-before.Panels[1].Length(e)) > 1e-12 {
					t.Errorf("edge %d is %.4f m long", e, rest.Length(e))
				}
			}
			s, err := p.PlanSewing(joins)
			if err != nil {
				t.Fatal(err)
			}
			if p.Sew(s); p.Validate() != nil {
				t.Fatal(p.Validate())
			}
			lap := p.Laps[0]
			if line := p.Panels[0].Inner[lap.Line]; !lap.Under || lap.Panel != 0 || math.Abs(line.Chain()/p.EdgeLength(lap.Edge)-1) > 0.15 || math.Abs(line.Pts[0].X-width+0.015) > 1e-9 {
				t.Errorf("width %.3f: laid on %v of %.3f m by %.3f m", width, line.Pts, line.Chain(), p.EdgeLength(lap.Edge))
			}
		}
	}
}

// Open, the strip hangs from its own side; opening and closing again changes nothing.
func TestUnderlapOpens(t *testing.T) {
	sewn := func(kind ClosureKind) *Pattern {
		p := fronts(false)
		joins, err := buttons(p, 0.03, kind)
		if err != nil {
			t.Fatal(err)
		}
		s, err := p.PlanSewing(joins)
		if err != nil {
			t.Fatal(err)
		}
		p.Sew(s)
		return p
	}
	closed, open := sewn(ClosedClosure), sewn(OpenClosure)
	for name, p := range map[string]*Pattern{"open": open, "opened": closed.Fastened(false), "opened twice": closed.Fastened(false).Fastened(false)} {
		if err := p.Validate(); err != nil || len(p.Laps) != 0 || len(p.Seams) != 3 {
			t.Errorf("%s: %d seams, %d laps, %v", name, len(p.Seams), len(p.Laps), err)
		}
	}
	if again := closed.Fastened(false).Fastened(true); !reflect.DeepEqual(again.Seams, closed.Seams) || !reflect.DeepEqual(again.Laps, closed.Laps) {
		t.Errorf("closed again: %v, %v; before %v, %v", again.Seams, again.Laps, closed.Seams, closed.Laps)
	}
	if !reflect.DeepEqual(open.Fastened(true).Laps, closed.Laps) {
		t.Errorf("closed: %v, want %v", open.Fastened(true).Laps, closed.Laps)
	}
	both, err := WornOver(&Pattern{Panels: []Panel{rect("a", 0.1, 0.1)}}, closed)
	if err != nil {
		t.Fatal(err)
	}
	if err := both.Fastened(false).Validate(); err != nil {
		t.Errorf("worn over another and opened: %v", err)
	}
}

func TestUnderlapRefuses(t *testing.T) {
	bent := func(p *Pattern) {
		p.Panels[1].Edges[0].Kind, p.Panels[1].Edges[0].Control[0] = Quadratic, r2.Vec{X: 0.05, Y: 0.3}
	}
	for name, c := range map[string]struct {
		spoil func(*Pattern)
		u     Underlap
		want  string
	}{
		"too little":    {nil, Underlap{EdgeRef{0, 5}, EdgeRef{1, 0}, 0.002, 0, 0}, "2.0 mm; 8 to 200 mm"},
		"too much":      {nil, Underlap{EdgeRef{0, 5}, EdgeRef{1, 0}, 0.5, 0, 0}, "500.0 mm"},
		"not a number":  {nil, Underlap{EdgeRef{0, 5}, EdgeRef{1, 0}, math.NaN(), 0, 0}, "mm"},
		"itself":        {nil, Underlap{EdgeRef{0, 5}, EdgeRef{0, 1}, 0.03, 0, 0}, `panel "front_l" cannot overlap itself`},
		"no such edge":  {nil, Underlap{EdgeRef{0, 9}, EdgeRef{1, 0}, 0.03, 0, 0}, "9"},
		"bent":          {bent, Underlap{EdgeRef{0, 5}, EdgeRef{1, 0}, 0.03, 0, 0}, `panel "front_r" edge 0 is bent by`},
		"narrow beside": {nil, Underlap{EdgeRef{0, 5}, EdgeRef{1, 0}, 0.15, 0, 0}, `beside the overlap, does not reach 150.0 mm`},
	} {
		p := fronts(false)
		if c.spoil != nil {
			c.spoil(p)
		}
		if err := p.CutUnderlaps([]Underlap{c.u}); c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
