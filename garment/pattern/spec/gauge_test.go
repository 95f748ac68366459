package spec

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// The lines of a gauge lie within their panels' bounds and are together as long
// as the measure they name.
func TestGaugesAreAsLongAsTheirMeasures(t *testing.T) {
	count := map[string]int{}
	for i, r := range runs {
		for s, d := range allRuns()[i] {
			if d.err != nil {
				t.Fatal(d.err)
			}
			p := d.draw.Pattern
			got, err := Measure(r.template, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range p.Gauges {
				count[g.Name]++
				sum := 0.0
				for _, l := range g.Lines {
					sum += r2.Norm(r2.Sub(l.B, l.A))
					lo, hi := p.Panels[l.Panel].Bounds()
					for _, q := range []r2.Vec{l.A, l.B} {
						if q.X < lo.X-1e-6 || q.X > hi.X+1e-6 || q.Y < lo.Y-1e-6 || q.Y > hi.Y+1e-6 {
							t.Errorf("%s, size %d: %s ends at %v, off panel %s", r.name, s, g.Name, q, p.Panels[l.Panel].Name)
						}
					}
				}
				if off := g.Times*sum - got[g.Name]; math.Abs(off) > 0.0005 {
					t.Errorf("%s, size %d: the lines of %s are off by %.2f mm", r.name, s, g.Name, 1000*off)
				}
			}
		}
	}
	for _, name := range []string{"chest_girth", "waist_girth", "hip_girth", "thigh_girth", "knee_girth", "upper_arm_girth", "across_back_shoulder_width", "body_length"} {
		if count[name] == 0 {
			t.Errorf("no pattern says where %s is taken", name)
		}
	}
}
