package spec

import (
	"math"
	"slices"
	"testing"

	"fitroom/garment/pattern"
)

// What a person could not get into or wear closed has a fastening, what is
// pulled on has none; opened, every pattern is still sound and in as many pieces
// as before, hanging together.
func TestFastenings(t *testing.T) {
	chest, waist := map[string]float64{"chest_girth": 1.06}, map[string]float64{"waist_girth": .72, "hip_girth": .98}
	for _, c := range []struct {
		template string
		pom      map[string]float64
		options  map[string]string
		want     map[string]int // seams of each fastening
	}{
		{"tee", chest, nil, nil},
		{"tank", chest, nil, nil},
		{"hoody", chest, nil, nil},
		{"leggings", waist, nil, nil},
		{"polo", chest, nil, map[string]int{frontRow: 1, collarTop: 2}},
		{"shirt", chest, nil, map[string]int{frontRow: 1, collarTop: 2, cuffEnds: 2}},
		{"shirt", chest, map[string]string{"sleeve": "short"}, map[string]int{frontRow: 1, collarTop: 2}},
		{"shirt", chest, map[string]string{"buttons": "right_over_left", "sleeve": "short"}, map[string]int{frontRow: 1, collarTop: 2}},
		{"polo", chest, map[string]string{"buttons": "right_over_left"}, map[string]int{frontRow: 1, collarTop: 2}},
		{"dress", chest, nil, map[string]int{sideZip: 3}}, // hip to waist, to the bust dart, to the underarm
		{"dress", chest, map[string]string{"shape": "a_line"}, map[string]int{sideZip: 2}},
		{"skirt", waist, nil, map[string]int{sideZip: 1, bandHook: 1}},
		{"trousers", waist, nil, map[string]int{sideZip: 1, bandHook: 1}},
	} {
		p, err := Draft(c.template, c.pom, c.options)
		if err != nil {
			t.Errorf("%s: %v", c.template, err)
			continue
		}
		got := map[string]int{}
		for _, x := range p.Closures {
			got[x.Name]++
			if x.Open || len(x.Frees) == 0 {
				t.Errorf("%s %v: %s is open or lets out nothing in particular", c.template, c.options, x.Name)
			}
		}
		for _, name := range []string{sideZip, bandHook, frontRow, collarTop, cuffEnds} {
			if got[name] != c.want[name] {
				t.Errorf("%s %v: %d seams of %s, want %d", c.template, c.options, got[name], name, c.want[name])
			}
		}
		open := p.Fastened(false)
		if err := open.Validate(); err != nil {
			t.Errorf("%s %v opened: %v", c.template, c.options, err)
		}
		if n, m := pieces(p), pieces(open); n != m {
			t.Errorf("%s %v: %d pieces closed, %d open", c.template, c.options, n, m)
		}
	}
}

// Opened, the strip of a shirt stays with the front that buttons over the other, and
// with that half of the collar; closed, both ways are one garment.
func TestPlacketStaysWithTheUpperFront(t *testing.T) {
	draft := func(buttons string) *pattern.Pattern {
		p, err := Draft("shirt", map[string]float64{"chest_girth": 1.06}, map[string]string{"buttons": buttons})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for buttons, want := range map[string][]string{"left_over_right": {"front_l", "stand_l"}, "right_over_left": {"front_r", "stand_r"}} {
		p := draft(buttons)
		if !slices.Equal(p.Seams, draft("left_over_right").Seams) {
			t.Errorf("%s: closed, it is sewn otherwise", buttons)
		}
		var with []string
		open := p.Fastened(false)
		for _, s := range open.Seams {
			a, b := open.Panels[s.A.Panel].Name, open.Panels[s.B.Panel].Name
			if a == "placket" {
				a, b = b, a
			}
			if b == "placket" {
				with = append(with, a)
			}
		}
		slices.Sort(with)
		if !slices.Equal(with, want) {
			t.Errorf("%s: opened, the strip is sewn to %v, want %v", buttons, with, want)
		}
	}
}

// A waistband that is pulled on has an elastic all round in its upper edge, as
// long as the waist of the table; one that is closed has none.
func TestElasticWaistbands(t *testing.T) {
	for _, c := range []struct {
		template string
		options  map[string]string
		elastic  bool
	}{
		{"leggings", nil, true},
		{"leggings", map[string]string{"waistband": "sewn"}, false},
		{"trousers", nil, false},
		{"trousers", map[string]string{"waistband": "elastic"}, true},
		{"shorts", map[string]string{"waistband": "elastic"}, true},
	} {
		p, err := Draft(c.template, map[string]float64{"waist_girth": .72, "hip_girth": .94}, c.options)
		if err != nil {
			t.Errorf("%s %v: %v", c.template, c.options, err)
			continue
		}
		round := 0.0
		for i := range p.Panels {
			for e := range p.Panels[i].Edges {
				round += p.Panels[i].Edges[e].Elastic * p.Panels[i].Length(e)
			}
		}
		if want := map[bool]float64{true: .72}[c.elastic]; math.Abs(round-want) > 5e-4 {
			t.Errorf("%s %v: %.2f cm of elastic, want %.2f", c.template, c.options, 100*round, 100*want)
		}
	}
}

// pieces counts what hangs together by seams.
func pieces(p *pattern.Pattern) int {
	of := make([]int, len(p.Panels))
	for i := range of {
		of[i] = i
	}
	for range of {
		for _, s := range p.Seams {
			low := min(of[s.A.Panel], of[s.B.Panel])
			of[s.A.Panel], of[s.B.Panel] = low, low
		}
	}
	slices.Sort(of)
	return len(slices.Compact(of))
}
