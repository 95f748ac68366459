package dxf

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// overlapList closes two fronts of one drawing over one another.
const overlapList = `{"pieces": {"front_l": {"piece": "FRONT", "role": "body_front", "side": "left"}, "front_r": {"piece": "FRONT", "role": "body_front", "side": "right", "mirror": true}},
	"seams": [{"name": "buttons", %s, "a": {"piece": "front_l", "edge": 5}, "b": {"piece": "front_r", "edge": 0}}]}`

func frontDrawing(t *testing.T) *Drawing {
	return mustRead(t, sheet(func(d *draft) {
		d.put(0, "BLOCK", 2, "F")
		d.poly(1, 1, -15, 0, 280, 0, 280, 400, 200, 600, 80, 640, -15, 580)
		d.text(1, 1, 1, "Piece Name: FRONT").text(1, 1, 1, "Size: M")
		d.put(0, "ENDBLK")
	}, func(d *draft) { d.text(1, 0, 0, "Sample Size: M") }))
}

// A seam list laps one front over the other: the strip underneath is a panel of its
// own and a patch, whatever its name, and both sides keep their roles.
func TestOverlap(t *testing.T) {
	for _, kind := range []string{"closed", "open"} {
		r := mustBuild(t, Source{Drawings: []*Drawing{frontDrawing(t)}, Seams: seamsOf(t, fmt.Sprintf(overlapList, `"closure": "`+kind+`", "overlap_mm": 30`))}, Options{Style: "s"})
		p := r.Run.Sizes[0].Pattern
		if len(p.Panels) != 3 || len(p.Closures) != 1 || p.Closures[0].Instead == nil || p.Closures[0].Open != (kind == "open") || (len(p.Laps) == 1) != (kind == "closed") || len(p.Seams) != 1 {
			t.Fatalf("%s: %d panels, closures %+v, %d laps, %d seams", kind, len(p.Panels), p.Closures, len(p.Laps), len(p.Seams))
		}
		if strip := &p.Panels[2]; strip.Role != "patch" || p.Panels[0].Role != "body_front" || p.Panels[1].Role != "body_front" || math.Abs(math.Abs(strip.SignedArea())-0.030*0.58) > 0.03*0.03 {
			t.Errorf("%s: strip %q of %.4f m2 is %q", kind, strip.Name, strip.SignedArea(), strip.Role)
		}
	}
}

func TestOverlapRefused(t *testing.T) {
	for said, want := range map[string]string{
		`"overlap_mm": 30`:                                                           "is for a closure of one whole edge",
		`"closure": "closed", "overlap_mm": 3`:                                       "overlap_mm is 3; it must lie between 8 and 200",
		`"closure": "closed", "overlap_mm": -30`:                                     "overlap_mm is -30",
		`"closure": "closed", "overlap_mm": 30, "orientation": "right_wrong"`:        "right side on right side",
		`"closure": "closed", "overlap_mm": 30, "a": {"piece": "front_l"}, "x": "y"`: "unknown field",
	} {
		_, err := ReadSeams(strings.NewReader(fmt.Sprintf(overlapList, said)), "seams.json")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", said, err)
		}
	}
	seams := seamsOf(t, fmt.Sprintf(overlapList, `"closure": "closed", "overlap_mm": 150`))
	if _, err := Build(Source{Drawings: []*Drawing{frontDrawing(t)}, Seams: seams}, Options{Style: "s"}); err == nil || !strings.Contains(err.Error(), "does not reach 150.0 mm into the panel") {
		t.Errorf("wider than the neck: %v", err)
	}
}
