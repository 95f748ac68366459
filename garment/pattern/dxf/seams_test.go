package dxf

import (
	"math"
	"strings"
	"testing"

	"fitroom/garment/pattern"
)

func seamsOf(t *testing.T, text string) *Seams {
	t.Helper()
	s, err := ReadSeams(strings.NewReader(text), "seams.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A seam list makes two panels of one drawn piece, names, turns and sews them.
func TestSeamList(t *testing.T) {
	s := seamsOf(t, `{"base_size": "M", "pieces": {
		"sleeve_l": {"piece": "P", "role": "sleeve", "side": "left", "turn_deg": 90, "material": "RIB", "edge_labels": {"0": "hem"}},
		"sleeve_r": {"piece": "P", "mirror": true, "role": "sleeve_front", "side": "right", "turn_points": 4}},
		"seams": [{"a": {"piece": "sleeve_r", "edge": 2}, "b": {"piece": "sleeve_l", "edge": 1}, "orientation": "right_wrong", "gather": true}]}`)
	r := mustBuild(t, Source{Drawings: []*Drawing{mustRead(t, onePiece(box100))}, Seams: s}, Options{Style: "s"})
	p := r.Run.Sizes[0].Pattern
	l, rr := &p.Panels[0], &p.Panels[1]
	lo, hi := l.Bounds()
	if math.Abs(hi.X-lo.X-0.2) > 1e-12 || math.Abs(lo.X+0.2) > 1e-12 || math.Abs(hi.Y-0.1) > 1e-12 {
		t.Errorf("the turned panel reaches from %v to %v", lo, hi)
	}
	if l.Role != pattern.Sleeve || l.Side != pattern.Left || l.Material != "RIB" || l.Edges[0].Label != "hem" {
		t.Errorf("left sleeve: %+v", l)
	}
	if rr.Role != pattern.SleeveFr || rr.Side != pattern.Right || rr.Facing != pattern.FacesFront || l.SignedArea()*rr.SignedArea() < 0 {
		t.Errorf("right sleeve: %+v", rr)
	}
	want := pattern.Seam{A: pattern.EdgeRef{Panel: 0, Edge: 1}, B: pattern.EdgeRef{Panel: 1, Edge: 2}, Reversed: true, Gather: true}
	if len(p.Seams) != 1 || p.Seams[0] != want {
		t.Errorf("seams %v; want %v", p.Seams, want)
	}
}

func TestBadSeamLists(t *testing.T) {
	piece := `{"pieces": {"P": {}}, "seams": [`
	for want, text := range map[string]string{
		"not a seam list":                    `[]`,
		"unknown field":                      `{"pieces": {"P": {"colour": 1}}}`,
		"pieces is empty":                    `{"pieces": {}}`,
		"role is":                            `{"pieces": {"P": {"role": "wing"}}}`,
		"side is":                            `{"pieces": {"P": {"side": "up"}}}`,
		"facing is":                          `{"pieces": {"P": {"facing": "up"}}}`,
		"turn_deg":                           `{"pieces": {"P": {"turn_deg": 1000}}}`,
		"edge_labels":                        `{"pieces": {"P": {"edge_labels": {"x": "hem"}}}}`,
		"3 of each":                          `{"pieces": {"P": {"translation_cm": [1]}}}`,
		"a: needs a piece and either":        piece + `{"a": {"piece": "P"}, "b": {"piece": "P", "edge": 1}}]}`,
		"orientation is":                     piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 1}, "orientation": "up"}]}`,
		"only b can be one":                  piece + `{"a": {"piece": "P", "line": 0}, "b": {"piece": "P", "edge": 1}}]}`,
		"among other sides":                  piece + `{"a": {"piece": "P", "edge": 0}, "b": [{"piece": "P", "edge": 1}, {"piece": "P", "line": 0}]}]}`,
		"takes no orientation":               piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "line": 0}, "closure": "open"}]}`,
		"closing brace":                      `{"pieces": {"P": {}}} {}`,
		"nobody has confirmed":               `{"proposed": true, "pieces": {"P": {}}}`,
		"described twice":                    `{"pieces": {"P": {}, "P": {}}}`,
		"two panels":                         `{"pieces": {"P": {"copies": 2}, "P 2": {"piece": "P"}}}`,
		"copies is 0":                        `{"pieces": {"P": {"copies": 0}}}`,
		"layer is -1":                        `{"pieces": {"P": {"layer": -1}}}`,
		"seam 1 (cap): unknown field \"es\"": piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 1}}, {"name": "cap", "es": 1}]}`,
		"from or to is 2":                    piece + `{"a": {"piece": "P", "edge": 0, "from": 2}, "b": {"piece": "P", "edge": 1}}]}`,
		"closure is":                         piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 1}, "closure": "ajar"}]}`,
		"elastic 0: length":                  `{"pieces": {"P": {}}, "elastic": [{"piece": "P", "edge": 0, "length": 2}]}`,
		"elastic 0: force_N is -3":           `{"pieces": {"P": {}}, "elastic": [{"piece": "P", "edge": 0, "length": 0.5, "force_N": -3}]}`,
		"either an edge":                     `{"pieces": {"P": {}}, "elastic": [{"piece": "P", "length": 0.5}]}`,
		"fold 0: angle_deg":                  `{"pieces": {"P": {}}, "folds": [{"piece": "P", "line": 0, "angle_deg": 999}]}`,
	} {
		if _, err := ReadSeams(strings.NewReader(text), "seams.json"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
	d := mustRead(t, onePiece(box100))
	for want, text := range map[string]string{
		`no piece "Q"; the drawing has P`:  `{"pieces": {"Q": {}}}`,
		"counts 5 turn points":             `{"pieces": {"P": {"turn_points": 5}}}`,
		"labels edge 7":                    `{"pieces": {"P": {"edge_labels": {"7": "hem"}}}}`,
		"edges 0 to 3; 4 is named":         piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 4}}]}`,
		`no piece "R"`:                     piece + `{"a": {"piece": "R", "edge": 0}, "b": {"piece": "P", "edge": 1}}]}`,
		"is called a dart":                 piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 2}, "dart": true}]}`,
		"ease_mm says 5.0":                 piece + `{"a": {"piece": "P", "edge": 1}, "b": {"piece": "P", "edge": 0}, "ease_mm": 5}]}`,
		"notch 0 is named; the edge has 0": piece + `{"a": {"piece": "P", "edge": 1, "to": "notch 0"}, "b": {"piece": "P", "edge": 0}}]}`,
		"listed after edge 2":              piece + `{"a": [{"piece": "P", "edge": 2}, {"piece": "P", "edge": 1}], "b": {"piece": "P", "edge": 0}}]}`,
		"fold 0: piece \"P\" has 0 inner":  `{"pieces": {"P": {}}, "folds": [{"piece": "P", "line": 0, "angle_deg": 90}]}`,
		"elastic 0: piece \"P\" has edges": `{"pieces": {"P": {}}, "elastic": [{"piece": "P", "edge": 9, "length": 0.5}]}`,
		"has 0 inner lines":                piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "line": 0}}]}`,
		"sewn already":                     piece + `{"a": {"piece": "P", "edge": 0}, "b": {"piece": "P", "edge": 0}}]}`,
	} {
		if _, err := Build(Source{Drawings: []*Drawing{d}, Seams: seamsOf(t, text)}, Options{Style: "s"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}
