package spec

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// Pockets lie on their panels as they will be sewn: edge for edge on the line below,
// to the micrometre, all but the opening, the same way round as the panel; the
// measures of the garment stay what they are.
func TestPatchPockets(t *testing.T) {
	chest, waist := map[string]float64{"chest_girth": 1.06}, map[string]float64{"waist_girth": .78, "hip_girth": 1.02}
	for _, c := range []struct {
		template string
		pom      map[string]float64
		options  map[string]string
		pockets  int
		sewn     int // edges of each
	}{
		{"tee", chest, map[string]string{"pocket": "chest"}, 1, 4},
		{"shirt", chest, map[string]string{"pocket": "chest"}, 1, 4},
		{"hoody", chest, map[string]string{"pocket": "kangaroo"}, 1, 4},
		{"trousers", waist, map[string]string{"pockets": "back"}, 2, 4},
		{"trousers", waist, map[string]string{"pockets": "back", "waistband": "elastic"}, 2, 4},
		{"shorts", waist, map[string]string{"pockets": "back"}, 2, 4},
	} {
		with, err := Draw(c.template, c.pom, c.options)
		if err != nil {
			t.Errorf("%s: %v", c.template, err)
			continue
		}
		plain := maps.Clone(c.options)
		delete(plain, "pocket")
		delete(plain, "pockets")
		without, err := Draw(c.template, c.pom, plain)
		if err != nil {
			t.Fatal(err)
		}
		p := with.Pattern
		if got := len(p.Panels) - len(without.Pattern.Panels); got != c.pockets || len(p.Laps) != c.pockets*c.sewn || len(p.Seams) != len(without.Pattern.Seams) {
			t.Errorf("%s: %d pockets with %d sewn edges, %d seams", c.template, got, len(p.Laps), len(p.Seams))
		}
		if !slices.EqualFunc(with.Residuals, without.Residuals, func(a, b Residual) bool { return a.Key == b.Key && math.Abs(a.Got-b.Got) < 1e-6 }) {
			t.Errorf("%s: measures %v; without pockets %v", c.template, with.Residuals, without.Residuals)
		}
		for _, l := range p.Laps {
			pocket, host := &p.Panels[l.Edge.Panel], &p.Panels[l.Panel]
			if pocket.Outward() != host.Outward() || pocket.Layer <= host.Layer {
				t.Errorf("%s: %q lies face down on %q or under it", c.template, pocket.Name, host.Name)
			}
			a := pocket.Sample(nil, l.Edge.Edge, 7)
			b := host.Inner[l.Line].Along(nil, l.From, l.To, 7)
			for k := range a {
				if d := r2.Norm(r2.Sub(a[k], b[k])); d > 1e-9 {
					t.Errorf("%s: %q edge %d is %.3g mm off its line", c.template, pocket.Name, l.Edge.Edge, d*1000)
					break
				}
			}
		}
	}
	for want, c := range map[string]struct {
		template string
		pom      map[string]float64
		options  map[string]string
	}{
		"room for a whole":       {"hoody", map[string]float64{"chest_girth": 1.06, "front_neck_drop": 0.5, "body_length": 0.65}, map[string]string{"pocket": "kangaroo"}},
		"bust dart":              {"shirt", chest, map[string]string{"pocket": "chest", "bust_dart_cm": "3"}},
		`has no option "pocket"`: {"tank", chest, map[string]string{"pocket": "chest"}},
	} {
		if _, err := Draft(c.template, c.pom, c.options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", c.template, err)
		}
	}
}
