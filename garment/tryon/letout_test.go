package tryon

import (
	"slices"
	"testing"

	"fitroom/garment/pattern/spec"
)

// Only the fastenings open that help where the garment is too small, and what
// no fastening helps is named.
func TestOnlyWhatLetsOutIsOpened(t *testing.T) {
	shirt, err := spec.Draft("shirt", map[string]float64{"chest_girth": 1.06}, nil)
	if err != nil {
		t.Fatal(err)
	}
	trousers, err := spec.Draft("trousers", map[string]float64{"waist_girth": .8, "hip_girth": 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		zones   []string
		open    []string // names of fastenings, each once
		beyond  []string
		garment int // 0 shirt, 1 trousers
	}{
		{"closes", nil, nil, nil, 0},
		{"neck", []string{"neck"}, []string{"collar"}, nil, 0},
		{"chest", []string{"chest"}, []string{"collar", "front"}, nil, 0},
		{"wrist and upper arm", []string{"upper_arm", "wrist"}, []string{"cuff"}, []string{"upper_arm"}, 0},
		{"upper arm alone", []string{"upper_arm"}, nil, nil, 0},
		{"waist and thigh", []string{"waist", "thigh"}, []string{"side zip, left", "waistband, left"}, []string{"thigh"}, 1},
	} {
		p := shirt
		if c.garment == 1 {
			p = trousers
		}
		open := letOut(p, c.zones)
		if (open == nil) != (c.open == nil) {
			t.Errorf("%s: opened %v", c.name, open != nil)
		}
		if open == nil {
			continue
		}
		var names []string
		for _, x := range open.Closures {
			if x.Open && !slices.Contains(names, x.Name) {
				names = append(names, x.Name)
			}
		}
		slices.Sort(names)
		if left := beyond(open, c.zones); !slices.Equal(names, c.open) || !slices.Equal(left, c.beyond) {
			t.Errorf("%s: opens %v, leaves %v; want %v and %v", c.name, names, left, c.open, c.beyond)
		}
	}
}

// A fastening that does not say what it frees, as one of a seam list, lets out the
// trunk; sleeves only where it is on one.
func TestAnOpenFrontLeavesTheSleeves(t *testing.T) {
	p, err := spec.Draft("shirt", map[string]float64{"chest_girth": 1.06}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.Closures {
		p.Closures[i].Frees = nil
	}
	for _, c := range p.Closures {
		if !lets(p, c, "chest") || lets(p, c, "armhole") != (c.Name == "cuff") {
			t.Errorf("%s lets out chest %v, armhole %v", c.Name, lets(p, c, "chest"), lets(p, c, "armhole"))
		}
	}
}
