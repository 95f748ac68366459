package sew

import (
	"math"
	"slices"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/geometry/body"
)

// Wide garments start without the cloth cutting itself, on coarse meshes and on
// fine ones; so do collars and plackets.
func TestWideGarmentsStartUntangled(t *testing.T) {
	f := NewFigure(person())
	for _, tc := range []struct {
		template string
		pom      map[string]float64
		options  map[string]string
	}{
		{"tee", map[string]float64{"chest_girth": 1.25}, map[string]string{"fit": "loose"}},
		{"tee", map[string]float64{"chest_girth": 1.20}, map[string]string{"sleeve": "long"}},
		{"polo", map[string]float64{"chest_girth": 1.10}, nil},
		{"shirt", map[string]float64{"chest_girth": 1.14}, nil},
		{"dress", map[string]float64{"chest_girth": 0.98}, map[string]string{"sleeve": "short"}},
	} {
		p := draft(t, tc.template, tc.pom, tc.options)
		c, err := f.Levels(p, jersey(t), []float64{0.028})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(crossed(c[0].Start, c[0].Tris)) / 2; n > 0 {
			t.Errorf("%s %v: %d pairs of triangles cross at the start", tc.template, tc.options, n)
		}
		s := examine(f, c[0])
		if s.inside > 0 {
			t.Errorf("%s: %d points start inside the body", tc.template, s.inside)
		}
	}
}

// The fall of a collar lies outside its stand, hanging from its upper edge.
func TestCollarsAreTurnedDown(t *testing.T) {
	f := NewFigure(person())
	p := draft(t, "shirt", map[string]float64{"chest_girth": 1.06}, nil)
	levels, err := f.Levels(p, jersey(t), []float64{0.014})
	if err != nil {
		t.Fatal(err)
	}
	c := levels[0]
	axis := person().Joints[body.NeckBase].Z
	mean := func(role pattern.Role) (x, y float64) { // distance from the neck's axis, height
		n := 0.0
		for i, tri := range c.Tris {
			if c.Panels[c.Panel[i]].Role != string(role) {
				continue
			}
			for _, v := range tri {
				x, y, n = x+math.Hypot(c.Start[v].X, c.Start[v].Z-axis), y+c.Start[v].Y, n+1
			}
		}
		return x / n, y / n
	}
	standX, standY := mean(pattern.Collar)
	fallX, fallY := mean(pattern.CollarFall)
	if fallX < standX+0.003 || fallY > standY+0.015 {
		t.Errorf("the fall stands at (%.3f, %.3f) m, the stand at (%.3f, %.3f)", fallX, fallY, standX, standY)
	}
	for _, p := range c.Panels {
		if turned := p.Role == string(pattern.Collar) || p.Role == string(pattern.CollarFall); p.Turned != turned {
			t.Errorf("panel %s: turned %v", p.Name, p.Turned)
		}
	}
	falls := Falls(c, c.Start)
	if len(falls) != 2 {
		t.Fatalf("%d falls", len(falls))
	}
	for _, fall := range falls {
		if fall.Down < 0.3 || fall.Out < 0.5 {
			t.Errorf("%s starts %.2f below the fold and %.2f outside", c.Panels[fall.Panel].Name, fall.Down, fall.Out)
		}
	}
	over := slices.Clone(c.Start) // head over heels
	for i := range over {
		over[i].Y = -over[i].Y
	}
	for i, fall := range Falls(c, over) {
		if math.Abs(fall.Down+falls[i].Down) > 1e-9 || math.Abs(fall.Out-falls[i].Out) > 1e-9 {
			t.Errorf("head over heels %+v, upright %+v", fall, falls[i])
		}
	}
}
