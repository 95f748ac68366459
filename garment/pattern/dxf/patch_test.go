package dxf

import (
	"fmt"
	"math"
	"testing"

	"fitroom/garment/pattern"
)

// A pocket drawn upside down and its place on the front: one line of layer 8. The
// closed edges are laid on it corner by corner, in the direction that fits, in all
// sizes, and whichever way the line is drawn.
func TestPatchPocket(t *testing.T) {
	const list = `{"pieces": {"front": {"piece": "FRONT", "role": "skirt_front"}, "pocket": {"piece": "POCKET", "role": "patch", "layer": 1}},
		"seams": [{"name": "pocket", "a": [{"piece": "pocket", "edge": 0}, {"piece": "pocket", "edge": 1}, {"piece": "pocket", "edge": 2}], "b": {"piece": "front", "line": 0%s}}]}`
	line := []float64{50.0, 300.0, 50.0, 180.0, 150.0, 160.0, 150.0, 300.0}
	back := []float64{150.0, 300.0, 150.0, 160.0, 50.0, 180.0, 50.0, 300.0}
	for name, c := range map[string]struct {
		line []float64
		part string
		from float64
	}{
		"along":   {line: line},
		"against": {line: back, from: 1},
		"stated":  {line: back, part: `, "from": 1, "to": 0`, from: 1},
	} {
		d := mustRead(t, sheet(func(d *draft) {
			d.put(0, "BLOCK", 2, "F")
			d.poly(1, 1, 0, 0, 210, 0, 210, 500, 0, 500)
			d.text(1, 1, 1, "Piece Name: FRONT").text(1, 1, 1, "Size: M")
			d.poly(8, 0, c.line...)
			d.put(0, "ENDBLK")
			d.put(0, "BLOCK", 2, "P")
			// Half a turn away: its closed side first.
			d.poly(1, 1, 900, 700, 900, 820, 800, 840, 800, 700)
			d.text(1, 1, 1, "Piece Name: POCKET").text(1, 1, 1, "Size: M")
			d.put(0, "ENDBLK")
		}, func(d *draft) { d.text(1, 0, 0, "Sample Size: M") }))
		r := mustBuild(t, Source{Drawings: []*Drawing{d}, Seams: seamsOf(t, fmt.Sprintf(list, c.part))}, Options{Style: "s"})
		p := r.Run.Sizes[0].Pattern
		if len(p.Laps) != 3 || len(p.Seams) != 0 {
			t.Fatalf("%s: %d lapped edges, %d seams", name, len(p.Laps), len(p.Seams))
		}
		whole := p.Panels[0].Inner[0].Chain()
		for i, l := range p.Laps {
			if l.Edge != (pattern.EdgeRef{Panel: 1, Edge: i}) || l.Panel != 0 || (l.From < l.To) != (c.from == 0) {
				t.Errorf("%s: lap %d is %+v", name, i, l)
			}
			if got, want := math.Abs(l.To-l.From)*whole, p.EdgeLength(l.Edge); math.Abs(got-want) > 1e-4 {
				t.Errorf("%s: edge %d of %.1f mm lies on %.1f mm of line", name, i, want*1000, got*1000)
			}
		}
	}
}
