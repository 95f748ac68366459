package spec

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fitroom/geometry/geomtest"
)

// readPOM reads a table of the open drafts' measures: per row the measure's
// letter, per column from the fourth on one size [m].
func readPOM(t *testing.T, name string) map[string][]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join(geomtest.Data(t), "patterns", "pom", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]float64{}
	for _, row := range rows[1:] {
		letter, _, _ := strings.Cut(row[0], " ")
		for _, cell := range row[3:] {
			mm, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			out[letter] = append(out[letter], mm/1000)
		}
	}
	return out
}

// The measures of garments drafted by others, taken on their flat panels, are
// met by ours.
func TestOpenTablesAreMet(t *testing.T) {
	const drop = 0.02 // of the back neck, which the open table does not say
	for _, tc := range []struct {
		file, template string
		pom            func(m map[string][]float64, s int) map[string]float64
	}{
		{"teagan_pom.csv", "tee", func(m map[string][]float64, s int) map[string]float64 {
			return map[string]float64{"chest_girth": 2 * m["A"][s], "hps_length": m["B"][s], "across_back_shoulder_width": m["C"][s],
				"hem": 2 * m["D"][s], "neck_width": m["E"][s], "front_neck_drop": m["F"][s], "sleeve_length": m["G"][s],
				"upper_arm_girth": 2 * m["H"][s], "sleeve_hem": 2 * m["I"][s], "back_neck_drop": drop}
		}},
		{"titan_pom.csv", "trousers", func(m map[string][]float64, s int) map[string]float64 {
			return map[string]float64{"waist_girth": 2 * m["A"][s], "hem": 2 * m["B"][s], "knee_girth": 2 * m["C"][s],
				"inside_leg_height": m["D"][s], "outseam": m["E"][s]}
		}},
	} {
		table := readPOM(t, tc.file)
		for s := range table["A"] {
			pom := tc.pom(table, s)
			p, err := Draft(tc.template, pom, nil)
			if err != nil {
				t.Errorf("%s, size %d: %v", tc.file, s, err)
				continue
			}
			got, err := Measure(tc.template, p)
			if err != nil {
				t.Fatal(err)
			}
			for key, want := range pom {
				if d := got[key] - want; math.Abs(d) > 0.0005 {
					t.Errorf("%s, size %d: %s is off by %.2f mm", tc.file, s, key, d*1000)
				}
			}
		}
	}
}

// A table that says more than a garment has freedom for is met where it can be;
// what follows from the rest is left over and reported, and a table that
// contradicts itself is refused.
func TestOverfullTablesLeaveAResidual(t *testing.T) {
	for _, tc := range []struct {
		template, key string
		pom           map[string]float64
		off           float64 // [m]
	}{
		{"tee", "shoulder_length", map[string]float64{"chest_girth": 1.0, "neck_width": 0.18, "across_back_shoulder_width": 0.42, "shoulder_length": 0.12}, 0.0077},
		{"tee", "neck_girth", map[string]float64{"chest_girth": 1.0, "neck_width": 0.18, "front_neck_drop": 0.10, "neck_girth": 0.50}, -0.0197},
		{"trousers", "rise", map[string]float64{"waist_girth": 0.78, "inseam": 0.78, "outseam": 1.03, "rise": 0.25}, -0.010},
	} {
		d, err := Draw(tc.template, tc.pom, nil)
		if err != nil {
			t.Errorf("%s %s: %v", tc.template, tc.key, err)
			continue
		}
		for _, r := range d.Residuals {
			off := r.Got - r.Asked
			if r.Key == tc.key && math.Abs(off-tc.off) > 0.003 || r.Key != tc.key && math.Abs(off) > 0.0005 {
				t.Errorf("%s: %s is off by %.2f mm", tc.template, r.Key, 1000*off)
			}
		}
	}
}
