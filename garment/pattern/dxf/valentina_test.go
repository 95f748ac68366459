package dxf

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
)

// Files of a program that draws sew lines on layer 8 (AAMA) or 14 (ASTM), in
// R12 and in R13, all pieces under one block name, and no texts.
func TestValentina(t *testing.T) {
	for _, tc := range []struct {
		file   string
		pieces int
		sew    bool
	}{
		{"keikoskirt_aama", 2, false},
		{"tshirt_aama_r12", 5, true},
		{"tshirt_astm_r13", 5, true},
		{"pantsM1_440_1700", 2, false},
		{"pantsM1_460_1700", 2, false},
		{"pantsM1_480_1760", 2, false},
		{"pantsM1_500_1760", 2, false},
		{"pantsM1_520_1760", 2, false},
		{"pantsM1_540_1820", 2, false},
		{"pantsM1_560_1820", 2, false},
	} {
		t.Run(tc.file, func(t *testing.T) {
			d := openDrawing(t, "valentina/"+tc.file+".dxf")
			if len(d.Pieces) != tc.pieces {
				t.Fatalf("%d pieces; want %d", len(d.Pieces), tc.pieces)
			}
			r := mustBuild(t, Source{Drawings: []*Drawing{d}}, Options{Style: tc.file})
			p := r.Run.Sizes[0].Pattern
			for i := range p.Panels {
				lo, hi := p.Panels[i].Bounds()
				t.Logf("%s: %d edges, %.1f x %.1f cm, %.0f cm2", p.Panels[i].Name, len(p.Panels[i].Edges), 100*(hi.X-lo.X), 100*(hi.Y-lo.Y), 1e4*math.Abs(p.Panels[i].SignedArea()))
			}
			for i := range d.Pieces {
				if got := d.Pieces[i].sew != nil; got != tc.sew {
					t.Errorf("piece %q: sew line %v; want %v", d.Pieces[i].Name, got, tc.sew)
				}
			}
		})
	}
}

// The same tee by both dialects: pieces of equal area, seam line by seam line.
func TestValentinaDialectsAgree(t *testing.T) {
	areas := map[string][]float64{}
	for _, file := range []string{"tshirt_aama_r12", "tshirt_astm_r13"} {
		d := openDrawing(t, "valentina/"+file+".dxf")
		p := mustBuild(t, Source{Drawings: []*Drawing{d}}, Options{Style: file}).Run.Sizes[0].Pattern
		for i := range p.Panels {
			areas[file] = append(areas[file], math.Abs(p.Panels[i].SignedArea()))
		}
	}
	for _, a := range areas["tshirt_aama_r12"] {
		best := math.Inf(1)
		for _, b := range areas["tshirt_astm_r13"] {
			best = math.Min(best, math.Abs(a-b))
		}
		if best > 1e-7 {
			t.Errorf("a piece of %.1f cm2 has no counterpart within 0.001 cm2: nearest %.4f", a*1e4, best*1e4)
		}
	}
}

func TestFlatFileIsRefused(t *testing.T) {
	_, err := Read(bytes.NewReader(dataFile(t, "dxf/valentina/tshirt_flat_r12.dxf")), "flat.dxf", "")
	if err == nil || !strings.Contains(err.Error(), "flat DXF") {
		t.Errorf("got %v", err)
	}
}

// Seven sizes in seven files whose pieces are all called DET and not always
// drawn in the same order: told apart by shape, growing from size to size.
func TestSizesInFilesOfTheirOwn(t *testing.T) {
	var src Source
	sizes := []string{"440_1700", "460_1700", "480_1760", "500_1760", "520_1760", "540_1820", "560_1820"}
	for _, size := range sizes {
		d := openDrawing(t, "valentina/pantsM1_"+size+".dxf")
		if err := d.OfSize(size); err != nil {
			t.Fatal(err)
		}
		src.Drawings = append(src.Drawings, d)
	}
	r := mustBuild(t, src, Options{Style: "pants", Sizes: sizes})
	if !strings.Contains(errors.Join(r.Warnings...).Error(), "another order") {
		t.Errorf("pieces change their order without a word: %q", r.Warnings)
	}
	for i := range 2 {
		before := 0.0
		for _, size := range r.Run.Sizes {
			area := math.Abs(size.Pattern.Panels[i].SignedArea())
			if area < before {
				t.Errorf("piece %q of size %s has %.0f cm2, less than %.0f in the size below", size.Pattern.Panels[i].Name, size.Name, area*1e4, before*1e4)
			}
			before = area
		}
	}
}

// A foreign drawing of half pieces becomes a garment by twenty lines of seam
// list: halves unfolded at an edge, one sleeve drawn for two, each armhole of
// two edges.
func TestValentinaIsSewn(t *testing.T) {
	d := openDrawing(t, "valentina/tshirt_astm_r13.dxf")
	s := seamsOf(t, `{"pieces": {
		"front": {"piece": "Detail", "unfold_edge": 5, "role": "body_front"}, "back": {"piece": "Detail 3", "unfold_edge": 5, "role": "body_back"},
		"sleeve_r": {"piece": "Detail 2", "role": "sleeve", "side": "right"}, "sleeve_l": {"piece": "Detail 2", "role": "sleeve", "side": "left", "mirror": true}},
		"seams": [
		{"a": {"piece": "front", "edge": 3}, "b": {"piece": "back", "edge": 1}}, {"a": {"piece": "front", "edge": 6}, "b": {"piece": "back", "edge": 8}},
		{"a": {"piece": "front", "edge": 1}, "b": {"piece": "back", "edge": 3}}, {"a": {"piece": "front", "edge": 8}, "b": {"piece": "back", "edge": 6}},
		{"name": "cap r", "a": {"piece": "sleeve_r", "edge": 0}, "b": [{"piece": "back", "edge": 2}, {"piece": "front", "edge": 2}]},
		{"name": "cap l", "a": {"piece": "sleeve_l", "edge": 3}, "b": [{"piece": "front", "edge": 7}, {"piece": "back", "edge": 7}]},
		{"a": {"piece": "sleeve_r", "edge": 1}, "b": {"piece": "sleeve_r", "edge": 3}}, {"a": {"piece": "sleeve_l", "edge": 0}, "b": {"piece": "sleeve_l", "edge": 2}}]}`)
	r := mustBuild(t, Source{Drawings: []*Drawing{d}, Seams: s}, Options{Style: "tee"})
	p := r.Run.Sizes[0].Pattern
	if len(p.Seams) != 10 {
		t.Errorf("%d seams; eight, two of them cut in two, make 10", len(p.Seams))
	}
	// Left and right are mirror images: every seam comes twice.
	both := func(i int) float64 { a, b := p.SeamLengths(i); return a + b }
	for i := range p.Seams {
		twins := 0
		for k := range p.Seams {
			if math.Abs(both(i)-both(k)) < 1e-6 {
				twins++
			}
		}
		if twins%2 != 0 {
			t.Errorf("seam %d of %.4f m has no twin on the other side", i, both(i)/2)
		}
	}
	if !strings.Contains(errors.Join(r.Warnings...).Error(), "cap r") {
		t.Errorf("3.5 cm more armhole than sleeve go without a word: %q", r.Warnings)
	}
}
