package dxf

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"fitroom/garment/pattern"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gonum.org/v1/gonum/spatial/r2"
)

// nestOf draws a band, a front and a back in three sizes, the base size M with
// marks: a waistband of 40 cm, a front of 21 cm and a back of 19 cm at the top.
func nestOf(t *testing.T) *Drawing {
	t.Helper()
	return mustRead(t, sheet(func(d *draft) {
		for _, s := range []struct {
			name string
			grow float64
		}{{"S", -10}, {"M", 0}, {"L", 20}} {
			for _, p := range []struct {
				name string
				w, h float64
			}{{"BAND", 400 + 2*s.grow, 40}, {"FRONT", 210 + s.grow, 500}, {"BACK", 190 + s.grow, 500}} {
				d.put(0, "BLOCK", 2, p.name+"_"+s.name)
				d.poly(1, 1, 0, 0, p.w, 0, p.w, p.h, 0, p.h)
				d.text(1, 1, 1, "Piece Name: "+p.name).text(1, 1, 1, "Size: "+s.name)
				if s.name == "M" {
					d.point(4, p.w/2, -8) // on the cut line, an allowance away
					d.point(4, p.w/4, p.h+5)
					d.line(8, 0, p.h/2, p.w, p.h/2)
					d.poly(11, 1, 20, 10, 30, 10, 30, 20, 20, 20)
					d.point(13, p.w/2, p.h/2)
				}
				d.put(0, "ENDBLK")
			}
		}
	}, func(d *draft) { d.text(1, 0, 0, "Sample Size: M") }))
}

const bandList = `{"base_size": "M", "pieces": {
	"band": {"piece": "BAND", "role": "waistband_front", "layer": 2}, "front": {"piece": "FRONT", "role": "skirt_front"}, "back": {"piece": "BACK", "role": "skirt_back"}},
	"seams": [
	{"name": "waist", "a": {"piece": "band", "edge": 0}, "b": [{"piece": "back", "edge": 2}, {"piece": "front", "edge": 2}], "ease_mm": 0},
	{"name": "band", "a": {"piece": "band", "edge": 1}, "b": {"piece": "band", "edge": 3}, "closure": "closed"},
	{"a": {"piece": "front", "edge": 1}, "b": {"piece": "back", "edge": 3}, "match_notches": true},
	{"name": "slit", "a": {"piece": "front", "edge": 3, "from": 0.4}, "b": {"piece": "back", "edge": 1, "to": 0.6}},
	{"name": "placket", "a": {"piece": "front", "edge": 3, "to": 0.4}, "b": {"piece": "back", "edge": 1, "from": 0.6}, "closure": "open"}],
	"elastic": [{"piece": "band", "edge": 2, "length": 0.7, "force_N": 20}, {"piece": "front", "line": 0, "length": 0.9}],
	"folds": [{"piece": "band", "line": 0, "angle_deg": 180}],
	"measures": [{"name": "hip_girth", "lines": [{"piece": "front", "from": {"edge": 1, "at": 0.5}, "to": {"edge": 3, "at": 0.5}}, {"piece": "back", "from": {"edge": 3, "at": 0.5}, "to": {"edge": 1, "at": 0.5}}]},
		{"name": "skirt_length", "times": 2, "lines": [{"piece": "front", "from": {"edge": 0, "at": "notch 0"}, "to": {"edge": 2, "at": "notch 0"}}]}]}`

// One band sewn to two pieces, a side half sewn and half fastened, marks,
// elastic and fold: the same in every size.
func TestSeamListOfManyKinds(t *testing.T) {
	r := mustBuild(t, Source{Drawings: []*Drawing{nestOf(t)}, Seams: seamsOf(t, bandList)}, Options{Style: "s", Sizes: []string{"S", "M", "L"}})
	for _, size := range r.Run.Sizes {
		p := size.Pattern
		band, front := &p.Panels[1], &p.Panels[2]
		if band.Name != "band" || len(band.Edges) != 5 || len(p.Panels[0].Edges) != 5 || len(front.Edges) != 5 {
			t.Fatalf("%s: %q of %d edges, back of %d, front of %d", size.Name, band.Name, len(band.Edges), len(p.Panels[0].Edges), len(front.Edges))
		}
		if len(p.Seams) != 5 || len(p.Closures) != 2 || p.Closures[0].Open || !p.Closures[1].Open {
			t.Errorf("%s: %d seams, closures %v", size.Name, len(p.Seams), p.Closures)
		}
		// Both halves of the waist seam are plain: the band is cut where front and
		// back meet on the base size, within 1 mm of it in the others.
		for s := range p.Seams {
			if a, b := p.SeamLengths(s); math.Abs(a-b) > 0.00101 {
				t.Errorf("%s: seam %d joins %.4f to %.4f m", size.Name, s, a, b)
			}
		}
		if band.Layer != 2 || band.Edges[3].Elastic != 0.7 || band.Edges[3].Force != 20 || front.Inner[0].Force != 0 {
			t.Errorf("%s: band on layer %d, its edges %+v", size.Name, band.Layer, band.Edges)
		}
		kinds := [3]pattern.InnerKind{}
		for i, in := range band.Inner {
			kinds[i] = in.Kind
		}
		if kinds != [3]pattern.InnerKind{pattern.Fold, pattern.CutOut} || front.Inner[0].Kind != pattern.Elastic || len(band.Drills) != 1 {
			t.Errorf("%s: inner lines of the band %v, drills %v", size.Name, kinds, band.Drills)
		}
		lo, hi := band.Bounds()
		if end := band.Inner[0].Pts[1]; math.Abs(end.X-hi.X) > 1e-9 || math.Abs(end.Y-(lo.Y+hi.Y)/2) > 1e-9 {
			t.Errorf("%s: the fold of the band ends at %v; the band reaches to %v", size.Name, end, hi)
		}
		// Notches: half way along the bottom, three quarters along the top.
		if n := front.Notches; len(n) != 2 || n[0].Edge != 0 || math.Abs(n[0].At-0.5) > 1e-6 || n[1].Edge != 2 || math.Abs(n[1].At-0.75) > 1e-6 {
			t.Errorf("%s: notches %v", size.Name, n)
		}
		// Across front and back at half the sides; from notch to notch, twice.
		w := hi.X - lo.X
		if got := drawn(p.Gauges[0]); len(p.Gauges) != 2 || p.Gauges[0].Name != "hip_girth" || math.Abs(got-w) > 1e-9 {
			t.Errorf("%s: hips of %.4f m across, the band has %.4f", size.Name, got, w)
		}
		lo, hi = front.Bounds()
		if got, want := drawn(p.Gauges[1]), 2*math.Hypot((hi.X-lo.X)/4, hi.Y-lo.Y); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: from notch to notch %.4f m, want %.4f", size.Name, got, want)
		}
	}
}

// drawn is the length of the lines of a measure, as often as they count [m].
func drawn(g pattern.Gauge) (sum float64) {
	for _, l := range g.Lines {
		sum += g.Times * r2.Norm(r2.Sub(l.B, l.A))
	}
	return sum
}

// The published schema and the reader agree, by a validator that is not ours:
// what is read is valid, what is invalid is refused.
func TestPublishedSchema(t *testing.T) {
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(SeamsSchema)))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("seams.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("seams.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			return err
		}
		return schema.Validate(v)
	}
	page, err := os.ReadFile("SEAMS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```json\n")
	example, _, _ = strings.Cut(example, "```")
	for name, text := range map[string]string{"many kinds": bandList, "the page's example": example} {
		if err := valid(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ReadSeams(strings.NewReader(text), name); err != nil {
			t.Error(err)
		}
	}
	side := `"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 1}`
	for _, bad := range []string{
		`[]`, `{}`, `{"pieces": {}}`, `{"pieces": {"": {}}}`, `{"pieces": {"P": {"colour": 1}}}`, `{"pieces": {"P": {"role": "wing"}}}`,
		`{"pieces": {"P": {"side": "up"}}}`, `{"pieces": {"P": {"unfold_edge": -1}}}`, `{"pieces": {"P": {"edge_allowance_mm": {"0": -1}}}}`, `{"pieces": {"P": {"layer": -1}}}`, `{"pieces": {"P": {"copies": 0}}}`, `{"pieces": {"P": {"turn_deg": 999}}}`,
		`{"pieces": {"P": {"translation_cm": [1, 2, 3]}}}`, `{"pieces": {"P": {"edge_labels": {"x": "hem"}}}}`,
		`{"pieces": {"P": {}}, "seams": [{}]}`, `{"pieces": {"P": {}}, "seams": [{"a": [], "b": []}]}`,
		fmt.Sprintf(`{"pieces": {"P": {}}, "seams": [{%s, "closure": "ajar"}]}`, side),
		fmt.Sprintf(`{"pieces": {"P": {}}, "seams": [{%s, "orientation": "up"}]}`, side),
		fmt.Sprintf(`{"pieces": {"P": {}}, "seams": [{%s, "ease_mm": 1e9}]}`, side),
		fmt.Sprintf(`{"pieces": {"P": {}}, "seams": [{%s, "es": 1}]}`, side),
		`{"pieces": {"P": {}}, "seams": [{"a": {"piece": "P", "edge": 0, "from": 2}, "b": {"piece": "P", "edge": 1}}]}`,
		`{"pieces": {"P": {}}, "seams": [{"a": {"piece": "P", "edge": 0, "to": "notch x"}, "b": {"piece": "P", "edge": 1}}]}`,
		`{"pieces": {"P": {}}, "elastic": [{"piece": "P", "length": 0.5}]}`, `{"pieces": {"P": {}}, "elastic": [{"piece": "P", "edge": 0, "length": 2}]}`,
		`{"pieces": {"P": {}}, "folds": [{"piece": "P", "line": 0}]}`, `{"pieces": {"P": {}}, "folds": [{"piece": "P", "line": 0, "angle_deg": 500}]}`,
		`{"pieces": {"P": {}}, "measures": [{"name": "hip_girth"}]}`, `{"pieces": {"P": {}}, "measures": [{"name": "", "lines": [{"piece": "P", "from": {"edge": 0}, "to": {"edge": 1}}]}]}`,
		`{"pieces": {"P": {}}, "measures": [{"name": "hip_girth", "times": 9, "lines": [{"piece": "P", "from": {"edge": 0}, "to": {"edge": 1}}]}]}`,
		`{"pieces": {"P": {}}, "measures": [{"name": "hip_girth", "lines": [{"piece": "P", "from": {"edge": 0}}]}]}`, `{"pieces": {"P": {}}, "measures": [{"name": "hip_girth", "lines": [{"piece": "P", "from": {"at": 0}, "to": {"edge": 1}}]}]}`,
	} {
		if valid(bad) == nil {
			t.Errorf("the schema lets pass %s", bad)
		}
		if _, err := ReadSeams(strings.NewReader(bad), "x"); err == nil {
			t.Errorf("the reader lets pass %s", bad)
		}
	}
	for _, style := range synthStyles {
		if err := valid(string(dataFile(t, "dxf/synth/"+style+"_seams.json"))); err != nil {
			t.Errorf("%s: %v", style, err)
		}
	}
}

// A half drawn without a mirror line is unfolded where the list says so.
func TestUnfoldEdge(t *testing.T) {
	d := mustRead(t, onePiece(func(d *draft) {
		d.poly(1, 1, 0, 0, 100, 0, 80, 200, 0, 220)
		d.point(4, 90, 100).line(8, 20, 20, 60, 20).point(13, 50, 50)
	}))
	build := func(edge int) (*Result, error) {
		return Build(Source{Drawings: []*Drawing{d}, Seams: seamsOf(t, fmt.Sprintf(`{"pieces": {"P": {"unfold_edge": %d}}}`, edge))}, Options{Style: "s"})
	}
	r, err := build(3)
	if err != nil {
		t.Fatal(err)
	}
	p := &r.Run.Sizes[0].Pattern.Panels[0]
	side, top := math.Hypot(20, 200), math.Hypot(80, 20)
	wantLengths(t, p, 100, side, top, top, side, 100)
	if len(p.Notches) != 2 || len(p.Inner) != 2 || len(p.Drills) != 2 || p.Notches[0].Edge != 1 || p.Notches[1].Edge != 4 {
		t.Errorf("marks of the unfolded piece: %v %v %v", p.Notches, p.Inner, p.Drills)
	}
	if _, err := build(7); err == nil || !strings.Contains(err.Error(), "edges 0 to 3") {
		t.Errorf("got %v", err)
	}
}

// A mirrored piece is the mirror image of the piece, not the piece turned over:
// seen from the outer side of the fabric, left and right are exchanged, and the
// edges come in the other order.
func TestMirroredPieceIsAMirrorImage(t *testing.T) {
	d := mustRead(t, onePiece(func(d *draft) {
		d.poly(1, 1, 0, 0, 100, 0, 130, 200, 0, 220)
		d.point(4, 115, 100).line(8, 20, 20, 60, 20)
	}))
	s := seamsOf(t, `{"pieces": {"a": {"piece": "P"}, "b": {"piece": "P", "mirror": true, "edge_allowance_mm": {"3": 10}}}}`)
	p := mustBuild(t, Source{Drawings: []*Drawing{d}, Seams: s}, Options{}).Run.Sizes[0].Pattern
	a, b := &p.Panels[0], &p.Panels[1]
	if a.Outward() != b.Outward() {
		t.Fatal("one shows its outer side, the other its inner one")
	}
	// Edge 3 of b is edge 0 of the drawing, which alone has an allowance.
	want := []float64{a.Length(3) - 0.01, a.Length(2), 0, 0}
	for e, w := range want[:2] {
		if got := b.Length(e); math.Abs(got-w) > 1e-9 {
			t.Errorf("edge %d is %.4f m; want %.4f", e, got, w)
		}
	}
	lo, hi := b.Bounds()
	if math.Abs(lo.X+0.13) > 1e-9 || math.Abs(hi.X) > 1e-9 || math.Abs(lo.Y-0.01) > 1e-9 {
		t.Errorf("the mirrored panel reaches from %v to %v", lo, hi)
	}
	if n := b.Notches; len(n) != 1 || n[0].Edge != 2 || a.Notches[0].Edge != 1 {
		t.Errorf("notches at %v and %v", a.Notches, n)
	}
}

// Copies are equal panels with names of their own.
func TestCopies(t *testing.T) {
	s := seamsOf(t, `{"pieces": {"collar": {"piece": "P", "copies": 2, "role": "collar", "layer": 1}}, "seams": [
		{"a": {"piece": "collar", "edge": 2}, "b": {"piece": "collar 2", "edge": 2}, "orientation": "right_wrong"}]}`)
	p := mustBuild(t, Source{Drawings: []*Drawing{mustRead(t, onePiece(box100))}, Seams: s}, Options{}).Run.Sizes[0].Pattern
	if len(p.Panels) != 2 || p.Panels[1].Name != "collar 2" || p.Panels[1].Layer != 1 || p.Panels[1].Role != pattern.Collar || !p.Seams[0].Reversed {
		t.Errorf("%+v", p.Panels)
	}
}
