package sew

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

func jersey(tb testing.TB) map[string]fabric.Fabric {
	f, ok := fabric.Preset("jersey")
	if !ok {
		tb.Fatal("no preset jersey")
	}
	return map[string]fabric.Fabric{"": f}
}

func draft(tb testing.TB, template string, pom map[string]float64, options map[string]string) *pattern.Pattern {
	tb.Helper()
	p, err := spec.Draft(template, pom, options)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// startState is what can be said of a start state without draping it.
type startState struct {
	inside     int     // vertices and triangle centroids inside the body
	outward    float64 // share of triangles whose outer side looks away from the body
	p99, worst float64 // stretch of triangles, larger principal value
}

func examine(f *Figure, c *cloth.Cloth) startState {
	var s startState
	pts := slices.Clone(c.Start)
	for _, t := range c.Tris {
		pts = append(pts, r3.Scale(1./3, r3.Add(c.Start[t[0]], r3.Add(c.Start[t[1]], c.Start[t[2]]))))
	}
	hits := make([]bvh.Hit, len(pts))
	f.tree.Nearest(hits, pts, math.Inf(1))
	for _, h := range hits {
		if h.Dist <= 0 {
			s.inside++
		}
	}
	var stretch []float64
	for i, t := range c.Tris {
		k := len(c.Start) + i
		n := r3.Cross(r3.Sub(c.Start[t[1]], c.Start[t[0]]), r3.Sub(c.Start[t[2]], c.Start[t[0]]))
		if r3.Dot(n, r3.Sub(pts[k], hits[k].Point)) > 0 {
			s.outward += 1 / float64(len(c.Tris))
		}
		stretch = append(stretch, largerStretch(c, i))
	}
	slices.Sort(stretch)
	s.p99, s.worst = stretch[len(stretch)*99/100], stretch[len(stretch)-1]
	return s
}

// largerStretch is the larger singular value of a triangle's deformation.
func largerStretch(c *cloth.Cloth, i int) float64 {
	t, r := c.Tris[i], c.Rest[i]
	e1, e2 := r2.Sub(r[1], r[0]), r2.Sub(r[2], r[0])
	d1, d2 := r3.Sub(c.Start[t[1]], c.Start[t[0]]), r3.Sub(c.Start[t[2]], c.Start[t[0]])
	det := r2.Cross(e1, e2)
	u := r3.Scale(1/det, r3.Sub(r3.Scale(e2.Y, d1), r3.Scale(e1.Y, d2)))
	v := r3.Scale(1/det, r3.Sub(r3.Scale(e1.X, d2), r3.Scale(e2.X, d1)))
	a, b, d := r3.Norm2(u), r3.Dot(u, v), r3.Norm2(v)
	return math.Sqrt((a+d)/2 + math.Hypot((a-d)/2, b))
}

func lineNames(c *cloth.Cloth) string {
	var names []string
	for _, l := range c.Lines {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// Templates start outside the body, the right way out, moderately strained,
// with the openings a person expects.
func TestTemplatesStartWell(t *testing.T) {
	fig := NewFigure(person())
	for _, c := range []struct {
		name, template, lines string
		pom                   map[string]float64
		options               map[string]string
	}{
		{"tee", "tee", "hem neckline sleeve_hem_left sleeve_hem_right", map[string]float64{"bust_girth": 1.0, "body_length": 0.62}, nil},
		{"oversize tee: wider than the room between the arms", "tee", "hem neckline sleeve_hem_left sleeve_hem_right", map[string]float64{"bust_girth": 1.3}, nil},
		{"long sleeves", "tee", "hem neckline sleeve_hem_left sleeve_hem_right", map[string]float64{"bust_girth": 1.0, "sleeve_length": 0.6}, map[string]string{"sleeve": "long"}},
		{"A-line skirt: darts, band cut across the grain", "skirt", "hem waist", map[string]float64{"waist_girth": 0.76, "hip_girth": 1.0, "hem": 1.3, "skirt_length": 0.6}, nil},
		{"trousers", "trousers", "leg_hem_left leg_hem_right waist", map[string]float64{"waist_girth": 0.76, "hip_girth": 1.02, "inside_leg_height": 0.76}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			levels, err := fig.Levels(draft(t, c.template, c.pom, c.options), jersey(t), []float64{0.025})
			if err != nil {
				t.Fatal(err)
			}
			s := examine(fig, levels[0])
			if s.inside > 0 || s.outward < 0.95 || s.p99 > 1.8 || s.worst > 3 {
				t.Errorf("start state %+v", s)
			}
			if got := lineNames(levels[0]); got != c.lines {
				t.Errorf("lines %q, want %q", got, c.lines)
			}
		})
	}
}

// The open garments of every kind sew and start outside the body.
func TestOpenGarmentsStartWell(t *testing.T) {
	fig := NewFigure(person())
	for _, p := range openPatterns(t) {
		limit := startState{outward: 0.9, p99: 2.1, worst: 3.5}
		switch p.Name {
		case "rand_HRA77Z7307_specification.json", "rand_EIUGLI5QMV_specification.json", "rand_YA4CJMZR2O_specification.json",
			"rand_3SVCRTSEGG_specification.json", "rand_6COKKPXXRC_specification.json", "tshirt_M_specification.json":
		case "circle_skirt_M_specification.json", "rand_I6QB1N5WLI_specification.json":
			// Below a nearly flat skirt the nearest skin may be a thigh's.
			limit.outward = 0.5
		default:
			continue
		}
		c, err := fig.Levels(p, jersey(t), []float64{0.025})
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		if s := examine(fig, c[0]); s.inside > 0 || s.outward < limit.outward || s.p99 > limit.p99 || s.worst > limit.worst {
			t.Errorf("%s: start state %+v", p.Name, s)
		}
	}
}

func TestAssembleIsDeterministic(t *testing.T) {
	p := draft(t, "tee", map[string]float64{"bust_girth": 1}, nil)
	a, err := Assemble(p, person(), jersey(t), Options{Edge: 0.03})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Assemble(p, person(), jersey(t), Options{Edge: 0.03})
	if !reflect.DeepEqual(a, b) {
		t.Error("a second run gives another cloth")
	}
}

// A fine level is found in a coarse one by panel and flat coordinates, and
// starts near it.
func TestLevelsEmbed(t *testing.T) {
	p := draft(t, "skirt", map[string]float64{"waist_girth": 0.76, "hip_girth": 1, "skirt_length": 0.5}, nil)
	l, err := Levels(p, person(), jersey(t), []float64{0.04, 0.02})
	if err != nil {
		t.Fatal(err)
	}
	far := 0.0
	for i, a := range l[0].Embed(l[1]) {
		far = max(far, r3.Norm(r3.Sub(a.At(l[0].Tris, l[0].Start), l[1].Start[i])))
	}
	if far > 0.04 { // one edge of the coarse level
		t.Errorf("a vertex of the fine level starts %.0f mm from its place in the coarse one", 1000*far)
	}
}

// Both sides of a seam get the same number of samples, at equal arc lengths.
func TestSeamSamplesMeet(t *testing.T) {
	p := draft(t, "tee", map[string]float64{"bust_girth": 1}, nil)
	pieces, err := cutAll(p, 0.011, counts(p, 0.011))
	if err != nil {
		t.Fatal(err)
	}
	for k, s := range p.Seams {
		a, b := pieces[s.A.Panel].edges[s.A.Edge], pieces[s.B.Panel].edges[s.B.Edge]
		if len(a) != len(b) {
			t.Errorf("seam %d: %d samples against %d", k, len(a), len(b))
		}
		for _, side := range []pattern.EdgeRef{s.A, s.B} {
			want := p.EdgeLength(side) / float64(len(a)-1)
			if want > 0.011*1.0001 {
				t.Errorf("seam %d: pieces of %.1f mm, want at most 11", k, 1000*want)
			}
			pc, e := pieces[side.Panel], pieces[side.Panel].edges[side.Edge]
			for i := 1; i < len(e); i++ {
				if l := r2.Norm(r2.Sub(pc.points[e[i]], pc.points[e[i-1]])); l > want*1.0001 || l < want*0.9 {
					t.Errorf("seam %d: a piece of %.2f mm, want chords of %.2f mm arcs", k, 1000*l, 1000*want)
				}
			}
		}
	}
}

// square is a panel with corners in the order of a counter-clockwise loop, or
// clockwise.
func square(name string, size float64, clockwise bool) pattern.Panel {
	p := pattern.Panel{Name: name, Role: pattern.OtherRole, Verts: []r2.Vec{{}, {X: size}, {X: size, Y: size}, {Y: size}}}
	for i := range 4 {
		e := pattern.Edge{From: i, To: (i + 1) % 4}
		if clockwise {
			e = pattern.Edge{From: (4 - i) % 4, To: 3 - i}
		}
		p.Edges = append(p.Edges, e)
	}
	return p
}

func seam(a, ea, b, eb int, reversed bool) pattern.Seam {
	return pattern.Seam{A: pattern.EdgeRef{Panel: a, Edge: ea}, B: pattern.EdgeRef{Panel: b, Edge: eb}, Reversed: reversed}
}

func TestOuterSides(t *testing.T) {
	big, small := square("big", 0.4, false), square("small", 0.2, false)
	for _, c := range []struct {
		name   string
		panels []pattern.Panel
		seams  []pattern.Seam
		want   []bool
		err    string
	}{
		{"plain seam keeps both", []pattern.Panel{big, small}, []pattern.Seam{seam(0, 1, 1, 3, false)}, []bool{true, true}, ""},
		{"right on wrong turns the smaller", []pattern.Panel{small, big}, []pattern.Seam{seam(0, 1, 1, 3, true)}, []bool{false, true}, ""},
		{"a strip sewn to itself with a twist", []pattern.Panel{big}, []pattern.Seam{seam(0, 1, 0, 3, true)}, nil, "outer and inner side"},
		{"a ring with one turned seam", []pattern.Panel{big, small}, []pattern.Seam{seam(0, 1, 1, 3, false), seam(0, 3, 1, 1, true)}, nil, "outer and inner side"},
	} {
		got, err := outerSides(&pattern.Pattern{Panels: c.panels, Seams: c.seams})
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.err)
		} else if err == nil && !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Two squares sewn round three sides, as a pillow case: chords across the
// corners would coincide and have to be split.
func TestPillowCaseWelds(t *testing.T) {
	for _, clockwise := range []bool{false, true} {
		p := &pattern.Pattern{Panels: []pattern.Panel{square("front", 0.2, false), square("back", 0.2, clockwise)}}
		for e := range 3 {
			o := 3 - e // on a counter-clockwise partner the edges come the other way round
			if clockwise {
				o = 3 - e
			}
			p.Seams = append(p.Seams, seam(0, e, 1, o, false))
		}
		pieces, err := cutAll(p, 0.07, counts(p, 0.07))
		if err != nil {
			t.Fatal(err)
		}
		w, err := newWeld(p, pieces)
		if err != nil {
			t.Fatal(err)
		}
		c := w.cloth(&materials{fabrics: []fabric.Fabric{{}}, panel: []int32{0, 0}})
		c.Start = make([]r3.Vec, w.count)
		if err := c.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestAssembleRefuses(t *testing.T) {
	good := func() *pattern.Pattern {
		return &pattern.Pattern{Name: "p", Panels: []pattern.Panel{square("a", 0.3, false), square("b", 0.3, false)}, Seams: []pattern.Seam{seam(0, 1, 1, 3, false)}}
	}
	for _, c := range []struct {
		name, want string
		edge       float64
		spoil      func(p *pattern.Pattern)
	}{
		{"a sound pattern", "", 0.05, func(*pattern.Pattern) {}},
		{"edge length too small", "0.002..0.06", 0.0001, func(*pattern.Pattern) {}},
		{"edge length not a number", "0.002..0.06", math.NaN(), func(*pattern.Pattern) {}},
		{"unknown material", `panel "b" is of material "lining"`, 0.05, func(p *pattern.Pattern) { p.Panels[1].Material = "lining" }},
		{"crossing outline", `"a"`, 0.05, func(p *pattern.Pattern) { v := p.Panels[0].Verts; v[1], v[2] = v[2], v[1] }},
		{"a twisted ring", "outer and inner side", 0.05, func(p *pattern.Pattern) { p.Seams = append(p.Seams, seam(0, 3, 1, 1, true)) }},
		{"all sides of both sewn to one point", "edge 0", 0.05, func(p *pattern.Pattern) {
			p.Panels[0].Verts[1].X, p.Panels[0].Verts[2].X = 0.04, 0.04
			p.Panels[1].Verts[1].X, p.Panels[1].Verts[2].X = 0.04, 0.04
			p.Seams = []pattern.Seam{seam(0, 1, 0, 3, false)}
		}},
	} {
		p := good()
		c.spoil(p)
		_, err := Assemble(p, person(), jersey(t), Options{Edge: c.edge})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", c.name, err, c.want)
		}
	}
}

func BenchmarkGarmentMesh(b *testing.B) {
	for _, p := range openPatterns(b) {
		if p.Name != "tshirt_M_specification.json" && p.Name != "rand_QPRJ4RNJJX_specification.json" {
			continue
		}
		b.Run(strings.TrimSuffix(p.Name, "_specification.json"), func(b *testing.B) {
			var tris int
			for b.Loop() {
				pieces, err := cutAll(p, 0.01, counts(p, 0.01))
				if err != nil {
					b.Fatal(err)
				}
				tris = 0
				for _, pc := range pieces {
					tris += len(pc.tris)
				}
			}
			b.ReportMetric(float64(tris), "triangles")
		})
	}
}
