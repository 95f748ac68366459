package spec

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"fitroom/garment/pattern"
)

// runs are size runs as shops sell them [cm], smallest first.
var runs = []struct {
	name, template string
	options        map[string]string
	pom            map[string][]float64
}{
	{"men's tee", "tee", nil, map[string][]float64{
		"chest_girth": {92, 100, 108, 116, 124}, "hem": {92, 100, 108, 116, 124}, "body_length": {68, 70, 72, 74, 76},
		"across_back_shoulder_width": {42, 44, 46, 48, 50}, "sleeve_length": {20, 21, 22, 23, 24}, "upper_arm_girth": {34, 37, 40, 43, 46}}},
	{"women's tee", "tee", map[string]string{"neck": "v", "neck_rib": "yes"}, map[string][]float64{
		"bust_girth": {82, 88, 94, 100, 108}, "waist_girth": {76, 82, 88, 94, 102}, "hip_girth": {88, 94, 100, 106, 114},
		"body_length": {58, 60, 62, 64, 66}, "neck_girth": {58, 60, 62, 64, 66}, "shoulder_length": {9.5, 10, 10.5, 11, 11.5}}},
	{"long sleeve", "tee", map[string]string{"sleeve": "long", "cap_ease_pct": "2"}, map[string][]float64{
		"chest_girth": {96, 104, 112}, "wrist_girth": {19, 20, 21}, "sleeve_length": {60, 62, 64}, "neck_girth": {50, 52, 54},
		"neck_width": {17, 17.5, 18}, "armscye_depth": {23, 24, 25}}},
	{"only a chest", "tee", nil, map[string][]float64{"chest_girth": {70, 85, 100, 115, 130, 150}}},
	{"A-line", "skirt", nil, map[string][]float64{
		"waist_girth": {66, 70, 74, 78, 84}, "hip_girth": {92, 96, 100, 104, 110}, "hem": {120, 124, 128, 132, 138}, "skirt_length": {55, 56, 57, 58, 59}}},
	{"pencil skirt", "skirt", nil, map[string][]float64{
		"waist_girth": {66, 74}, "hip_girth": {92, 100}, "hem": {88, 96}, "skirt_length": {60, 62}, "hip_depth": {19, 20}, "band_height": {4, 4}}},
	{"elastic skirt", "skirt", map[string]string{"darts": "none"}, map[string][]float64{
		"waist_girth": {80, 90}, "hip_girth": {92, 100}, "hem": {112, 120}, "skirt_length": {40, 42}}},
	{"women's trousers", "trousers", nil, map[string][]float64{
		"waist_girth": {68, 74, 80, 88}, "hip_girth": {94, 100, 106, 113}, "thigh_girth": {57, 61, 65, 69}, "knee_girth": {42, 44, 46, 48},
		"hem": {38, 40, 42, 44}, "inside_leg_height": {78, 79, 80, 81}, "outseam": {103, 105, 107, 109}}},
	{"men's trousers", "trousers", nil, map[string][]float64{
		"waist_girth": {80, 88, 96}, "hip_girth": {98, 104, 111}, "thigh_girth": {60, 64, 68}, "hem": {38, 40, 42}, "inseam": {82, 83, 84}, "rise": {27, 28, 29}}},
	{"shorts", "trousers", map[string]string{"darts": "none"}, map[string][]float64{
		"waist_girth": {86, 92}, "hip_girth": {98, 104}, "hem": {56, 59}, "inside_leg_height": {22, 23}}},
	{"scoop, cap sleeve", "tee", map[string]string{"neck": "scoop", "sleeve": "cap", "fit": "slim"}, map[string][]float64{
		"bust_girth": {82, 90, 100}, "hps_length": {60, 62, 64}, "sleeve_length": {7, 7.5, 8}}},
	{"boat, no sleeve", "tee", map[string]string{"neck": "boat", "sleeve": "none", "bust_dart_cm": "2"}, map[string][]float64{
		"chest_low_girth": {84, 92, 104}, "waist_girth": {78, 86, 98}, "neck_width": {27, 28, 29.5}}},
	{"loose three quarters", "tee", map[string]string{"fit": "loose", "sleeve": "three_quarter"}, map[string][]float64{"chest_girth": {104, 112, 124}}},
	{"tank", "tank", nil, map[string][]float64{"chest_girth": {78, 92, 106, 128}, "hem": {80, 94, 108, 130}, "hps_length": {64, 66, 69, 73}}},
	{"polo", "polo", nil, map[string][]float64{"chest_girth": {94, 106, 118, 134}, "body_length": {68, 71, 74, 78}, "neck_girth": {41, 43, 45, 48}, "collar_height": {4, 4.2, 4.4, 4.6}}},
	{"shirt", "shirt", nil, map[string][]float64{"chest_girth": {98, 108, 120, 138}, "neck_girth": {38, 40.5, 43, 47}, "waist_girth": {92, 103, 115, 134},
		"sleeve_length": {63, 65, 66, 67}, "wrist_girth": {22, 23.5, 25, 27}, "across_back_shoulder_width": {43, 46, 49, 53}}},
	{"short shirt", "shirt", map[string]string{"sleeve": "short", "bust_dart_cm": "2.5"}, map[string][]float64{"bust_girth": {92, 104, 120}}},
	{"hoody", "hoody", nil, map[string][]float64{"chest_girth": {102, 114, 126, 142}, "hem": {88, 98, 110, 126}, "body_length": {66, 69, 72, 76},
		"sleeve_length": {60, 62, 64, 66}, "sleeve_hem": {17, 18, 19, 20}, "hood_height": {34, 35, 36, 37}, "hood_depth": {25, 26, 26.5, 27}}},
	{"sheath", "dress", map[string]string{"neck": "boat"}, map[string][]float64{"bust_girth": {86, 96, 108, 124}, "waist_girth": {68, 78, 91, 108}, "hip_girth": {92, 102, 114, 130},
		"body_length": {96, 98, 100, 103}, "back_neck_to_waist": {39, 40.5, 42, 44}, "hem": {90, 99, 111, 127}}},
	{"sheath with sleeves", "dress", map[string]string{"sleeve": "short"}, map[string][]float64{"bust_girth": {88, 100}, "waist_girth": {70, 82}, "sleeve_length": {20, 21}}},
	{"A-line dress", "dress", map[string]string{"shape": "a_line"}, map[string][]float64{"bust_girth": {86, 96, 110, 126}, "hem": {136, 148, 164, 184}, "hps_length": {92, 95, 98, 101}}},
	{"pencil", "skirt", map[string]string{"shape": "pencil"}, map[string][]float64{"waist_girth": {64, 74, 92}, "hip_girth": {90, 100, 116}}},
	{"circle", "skirt", map[string]string{"shape": "circle", "fullness": "full"}, map[string][]float64{"waist_girth": {64, 74, 92}, "skirt_length": {55, 58, 60}}},
	{"flared by its hem", "skirt", map[string]string{"shape": "circle"}, map[string][]float64{"waist_girth": {64, 74, 92}, "skirt_length": {55, 58, 60}, "hem": {200, 210, 230}}},
	{"leggings", "leggings", nil, map[string][]float64{"waist_girth": {56, 64, 74, 90}, "hip_girth": {72, 80, 90, 106}, "thigh_girth": {42, 46, 51, 59}, "inseam": {68, 70, 72, 73}, "ankle_girth": {17, 18, 19.5, 22}}},
	{"elastic trousers", "trousers", map[string]string{"waistband": "elastic", "leg": "tapered", "fit": "loose"}, map[string][]float64{"waist_girth": {66, 76, 90}, "hip_girth": {92, 102, 114}}},
	{"sweatpants", "trousers", map[string]string{"waistband": "elastic", "leg": "tapered", "fit": "loose"}, map[string][]float64{"waist_girth": {66, 77, 92}, "hip_girth": {102, 111, 128}}},
	{"flares", "trousers", map[string]string{"leg": "flared", "fit": "slim"}, map[string][]float64{"waist_girth": {66, 76, 90}}},
	{"swim shorts", "shorts", map[string]string{"waistband": "elastic"}, map[string][]float64{"waist_girth": {70, 80, 96}, "hip_girth": {94, 104, 120}, "hem": {56, 60, 66}}},
	{"only a waist", "trousers", nil, map[string][]float64{"waist_girth": {60, 75, 90, 110, 130}}},
}

// drawn is every size of a run as drawn, with its table.
type drawn struct {
	pom  map[string]float64
	draw *Drawing
	err  error
}

// allRuns drafts each run once for all tests.
var allRuns = sync.OnceValue(func() [][]drawn {
	out := make([][]drawn, len(runs))
	for i, r := range runs {
		var n int
		for _, v := range r.pom {
			n = len(v)
		}
		for s := range n {
			d := drawn{pom: map[string]float64{}}
			for key, values := range r.pom {
				d.pom[key] = values[s] / 100
			}
			d.draw, d.err = Draw(r.template, d.pom, r.options)
			out[i] = append(out[i], d)
		}
	}
	return out
})

// sizesOf returns all sizes of a run.
func sizesOf(t *testing.T, i int) (sizes []pattern.Size) {
	t.Helper()
	for s, d := range allRuns()[i] {
		if d.err != nil {
			t.Fatalf("%s, size %d: %v", runs[i].name, s, d.err)
		}
		sizes = append(sizes, pattern.Size{Name: fmt.Sprint(s), Pattern: d.draw.Pattern})
	}
	return sizes
}

// What is asked for is measured on the flat panels within 0.5 mm.
func TestMeasuresAreMet(t *testing.T) {
	for i, r := range runs {
		sizesOf(t, i)
		for s, d := range allRuns()[i] {
			for _, q := range d.draw.Residuals {
				if off := q.Got - q.Asked; !(math.Abs(off) <= 0.0005) {
					t.Errorf("%s, size %d: %s is off by %.2f mm", r.name, s, q.Key, off*1000)
				}
			}
		}
	}
}

// All sizes have the same panels, edges and seams.
func TestSizesCorrespond(t *testing.T) {
	for i, r := range runs {
		sizes := sizesOf(t, i)
		if _, err := pattern.NewSizeRun(r.name, sizes...); err != nil {
			t.Error(err)
		}
	}
}

// Seams match: equal within 1 mm or 0.3 %, except for the cap's ease and the pull
// of ribs, cuffs and elastic, which are bounded.
func TestSeamsMatch(t *testing.T) {
	for i, r := range runs {
		sizes := sizesOf(t, i)
		for _, size := range sizes {
			p := size.Pattern
			for s := range p.Seams {
				a, b := p.SeamLengths(s)
				label := p.Panels[p.Seams[s].A.Panel].Edges[p.Seams[s].A.Edge].Label
				limit := 1.003
				switch label {
				case "cap":
					limit = 1.045
				case "neckline":
					limit = 1/neckPull + 1e-6
				case "rib":
					limit = 1/ribPull + 1e-6
				case "cuff":
					limit = 1/0.80 + 1e-6
				case "waist": // an elastic band
					if r.template == "leggings" || r.options["waistband"] == "elastic" {
						limit = 1/elasticLeast + 1e-6
					}
				case "inseam": // of wide short legs: the hem is level front and back
					if r.template == "shorts" {
						limit = 1.02
					}
				case "side": // the halves of a bodice lean by the width of their darts
					if r.template == "dress" {
						limit = 1.02
					}
				}
				if ratio := p.SeamRatio(s); ratio > limit && math.Abs(a-b) > 0.001 {
					t.Errorf("%s, size %s: seam %d (%s) joins %.2f to %.2f cm", r.name, size.Name, s, label, a*100, b*100)
				}
			}
		}
	}
}

// The sleeve cap is as long as its armscye plus the ease asked for.
func TestCapEase(t *testing.T) {
	for _, pct := range []float64{0.5, 1, 3} {
		p, err := Draft("tee", map[string]float64{"chest_girth": 1.04}, map[string]string{"cap_ease_pct": fmt.Sprint(pct)})
		if err != nil {
			t.Fatal(err)
		}
		scye := p.Panels[0].LabelLength("armscye")/2 + p.Panels[1].LabelLength("armscye")/2
		if got := 100 * (p.Panels[2].LabelLength("cap")/scye - 1); math.Abs(got-pct) > 1e-3 {
			t.Errorf("cap ease %.4f %%, want %g", got, pct)
		}
	}
}

// Curves that meet in a seam run on smoothly: the corners of both pieces add
// up to a straight line (or, at the two ends of a seam into one, to 180 deg).
func TestCornersRunOnSmoothly(t *testing.T) {
	tee, err := Draft("tee", map[string]float64{"chest_girth": 1.0}, nil)
	if err != nil {
		t.Fatal(err)
	}
	trousers, err := Draft("trousers", map[string]float64{"waist_girth": 0.78}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		pattern *pattern.Pattern
		a, b    string // labels
		p, q    int    // panels
		deg     float64
	}{
		{tee, "armscye", "shoulder", 0, 1, 2},
		{tee, "shoulder", "neckline", 0, 1, 2},
		{tee, "side", "armscye", 0, 1, 2},
		{trousers, "crotch", "inseam", 0, 2, 2},
	} {
		sum := cornerAngle(t, &tc.pattern.Panels[tc.p], tc.a, tc.b) + cornerAngle(t, &tc.pattern.Panels[tc.q], tc.a, tc.b)
		if math.Abs(sum-180) > tc.deg {
			t.Errorf("%s at the %s: the two corners make %.1f deg", tc.a, tc.b, sum)
		}
	}
}

// cornerAngle is the inner angle at the first corner of edges a and b [deg].
func cornerAngle(t *testing.T, p *pattern.Panel, a, b string) float64 {
	t.Helper()
	n := len(p.Edges)
	for e := range p.Edges {
		x, y := p.Edges[e].Label, p.Edges[(e+1)%n].Label
		if (x != a || y != b) && (x != b || y != a) {
			continue
		}
		c, d := p.Curve(e), p.Curve((e+1)%n)
		in, out := c.Deriv(1), d.Deriv(0)
		turn := math.Atan2(in.X*out.Y-in.Y*out.X, in.X*out.X+in.Y*out.Y)
		return 180 - p.Outward()*turn*180/math.Pi
	}
	t.Fatalf("panel %q has no corner of %s and %s", p.Name, a, b)
	return 0
}

// Left and right are mirror images; fronts face the viewer, backs away.
func TestSymmetryAndOutwardSides(t *testing.T) {
	for i, r := range runs {
		sizes := sizesOf(t, i)
		p := sizes[0].Pattern
		for k := range p.Panels {
			q := &p.Panels[k]
			if want := 1 - 2*boolToFloat(q.Facing == pattern.FacesBack); q.Outward() != want {
				t.Errorf("%s: panel %q has outward %g", r.name, q.Name, q.Outward())
			}
			if q.Role == pattern.OtherRole || !q.HasPlace {
				t.Errorf("%s: panel %q has role %q, placed %v", r.name, q.Name, q.Role, q.HasPlace)
			}
			for e := range q.Edges {
				if q.Edges[e].Label == "" {
					t.Errorf("%s: panel %q edge %d has no label", r.name, q.Name, e)
				}
			}
			lo, hi := q.Bounds()
			if q.Side == pattern.Centre && math.Abs(lo.X+hi.X) > 1e-9 {
				t.Errorf("%s: panel %q is not symmetric: %g to %g", r.name, q.Name, lo.X, hi.X)
			}
		}
	}
}

func boolToFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// A larger measure of the table makes no panel smaller.
func TestGradingIsMonotone(t *testing.T) {
	area := func(template, key string, v float64) float64 {
		pom := map[string]float64{"waist_girth": 0.74, "hip_girth": 0.98}
		if template == "tee" {
			pom = map[string]float64{"chest_girth": 1.0}
		}
		pom[key] = v
		p, err := Draft(template, pom, nil)
		if err != nil {
			t.Fatalf("%s %s %g: %v", template, key, v, err)
		}
		sum := 0.0
		for i := range p.Panels {
			sum += math.Abs(p.Panels[i].SignedArea())
		}
		return sum
	}
	for _, tc := range []struct {
		template, key string
		lo, hi        float64
	}{
		{"tee", "chest_girth", 0.8, 1.3}, {"tee", "body_length", 0.5, 0.9}, {"tee", "upper_arm_girth", 0.34, 0.42}, {"tee", "sleeve_length", 0.16, 0.6},
		{"skirt", "hem", 1.0, 1.6}, {"skirt", "skirt_length", 0.4, 0.9}, {"skirt", "hip_girth", 0.92, 1.05},
		{"trousers", "inside_leg_height", 0.6, 0.9}, {"trousers", "hem", 0.3, 0.5}, {"trousers", "rise", 0.22, 0.32},
	} {
		last := 0.0
		for i := range 6 {
			a := area(tc.template, tc.key, tc.lo+(tc.hi-tc.lo)*float64(i)/5)
			if a <= last {
				t.Errorf("%s: a larger %s makes the garment smaller: %g after %g m2", tc.template, tc.key, a, last)
			}
			last = a
		}
	}
}

func TestImpossibleTablesAreRefused(t *testing.T) {
	for _, tc := range []struct {
		template string
		pom      map[string]float64
		options  map[string]string
		want     []string
	}{
		{"cape", nil, nil, []string{`"cape"`, "tee, tank, polo, shirt, hoody, dress, skirt, trousers, shorts, leggings"}},
		{"tee", nil, nil, []string{"chest_girth is needed"}},
		{"tee", map[string]float64{"chest_girth": 100}, nil, []string{"chest_girth", "10000.0 cm", "240.0 cm"}},
		{"tee", map[string]float64{"chest_girth": math.NaN()}, nil, []string{"chest_girth", "NaN"}},
		{"tee", map[string]float64{"chest_girth": 1, "bust_girth": 1.1}, nil, []string{"chest_girth", "bust_girth", "one measure"}},
		{"tee", map[string]float64{"chest_girth": 1, "inseam": 0.8}, nil, []string{`no measure "inseam"`, "chest_girth"}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"colour": "red"}, []string{`no option "colour"`}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"neck": "polo"}, []string{"neck", `"polo"`, "crew, v"}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"cap_ease_pct": "lots"}, []string{"cap_ease_pct", "lots"}},
		{"tee", map[string]float64{"chest_girth": 1, "across_back_shoulder_width": 0.6}, nil, []string{"across_back_shoulder_width", "60.0 cm"}},
		{"tee", map[string]float64{"chest_girth": 1, "across_back_shoulder_width": 0.21}, nil, []string{"shoulder"}},
		{"tee", map[string]float64{"chest_girth": 1, "body_length": 0.26}, nil, []string{"body_length"}},
		{"tee", map[string]float64{"chest_girth": 1, "body_length": 0.38, "waist_girth": 0.9}, nil, []string{"body_length", "waist"}},
		{"tee", map[string]float64{"chest_girth": 1, "upper_arm_girth": 0.6}, nil, []string{"upper_arm_girth", "60.0 cm", "armscye"}},
		{"tee", map[string]float64{"chest_girth": 1, "upper_arm_girth": 0.2, "armscye_depth": 0.24}, nil, []string{"upper_arm_girth", "20.0 cm"}},
		{"tee", map[string]float64{"chest_girth": 1, "sleeve_length": 0.05}, nil, []string{"sleeve_length", "cap"}},
		{"tee", map[string]float64{"chest_girth": 1, "neck_girth": 1.19}, nil, []string{"neck_girth"}},
		{"tee", map[string]float64{"chest_girth": 1, "wrist_girth": 0.2}, nil, []string{"wrist_girth", "long"}},
		{"tee", map[string]float64{"chest_girth": 1, "neck_width": 0.18, "shoulder_length": 0.12, "across_back_shoulder_width": 0.45}, nil, []string{"neck_width", "two of them"}},
		{"tee", map[string]float64{"chest_girth": 1, "upper_arm_girth": 0.36}, map[string]string{"sleeve": "none"}, []string{"upper_arm_girth", "none"}},
		{"tee", map[string]float64{"chest_girth": 1, "upper_arm_girth": 0.36}, map[string]string{"sleeve": "cap"}, []string{"upper_arm_girth", "cap"}},
		{"tee", map[string]float64{"chest_girth": 1, "sleeve_length": 0.3}, map[string]string{"sleeve": "cap"}, []string{"sleeve_length", "30.0 cm", "3.0 cm"}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"bust_dart_cm": "20"}, []string{"bust_dart_cm", `"20"`, "0 to 6"}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"bust_dart_cm": "0.1"}, []string{"bust_dart_cm", "0.4 cm"}},
		{"tee", map[string]float64{"chest_girth": 1}, map[string]string{"fit": "huge"}, []string{"fit", "regular, slim, loose"}},
		{"tank", map[string]float64{"chest_girth": 1}, map[string]string{"sleeve": "long"}, []string{"sleeve", `"long"`, "none"}},
		{"polo", map[string]float64{"chest_girth": 1}, map[string]string{"neck_rib": "yes"}, []string{`no option "neck_rib"`, "sleeve"}},
		{"polo", map[string]float64{"chest_girth": 1, "body_length": 0.32}, nil, []string{"body_length", "placket"}},
		{"shirt", map[string]float64{"chest_girth": 1}, map[string]string{"neck": "v"}, []string{"neck", `"v"`, "crew"}},
		{"shirt", map[string]float64{"chest_girth": 1, "sleeve_length": 0.18}, nil, []string{"sleeve_length", "cuff"}},
		{"hoody", map[string]float64{"chest_girth": 1.1, "hood_depth": 0.9}, nil, []string{"hood_depth", "90.0 cm", "40.0 cm"}},
		{"dress", map[string]float64{"bust_girth": 1.1, "waist_girth": 0.6}, nil, []string{"waist_girth", "60.0 cm"}},
		{"dress", map[string]float64{"bust_girth": 0.9, "back_neck_to_waist": 0.25}, nil, []string{"back_neck_to_waist", "25.0 cm"}},
		{"skirt", map[string]float64{"waist_girth": 0.7, "hem": 6}, map[string]string{"shape": "circle"}, []string{"hem", "600.0 cm"}},
		{"skirt", map[string]float64{"waist_girth": 0.7, "hip_girth": 1}, map[string]string{"shape": "circle"}, []string{`no measure "hip_girth"`}},
		{"leggings", map[string]float64{"waist_girth": 0.45, "hip_girth": 1.2}, nil, []string{"waist_girth", "45.0 cm", "elastic"}},
		{"shorts", map[string]float64{"waist_girth": 0.8}, map[string]string{"leg": "flared"}, []string{`no option "leg"`}},
		{"skirt", map[string]float64{"hip_girth": 1}, nil, []string{"waist_girth is needed"}},
		{"skirt", map[string]float64{"waist_girth": 1, "hip_girth": 0.9}, nil, []string{"waist_girth", "exceed hip_girth"}},
		{"skirt", map[string]float64{"waist_girth": 0.5, "hip_girth": 1.1}, nil, []string{"waist_girth", "at least"}},
		{"skirt", map[string]float64{"waist_girth": 0.99, "hip_girth": 1}, nil, []string{"darts none"}},
		{"skirt", map[string]float64{"waist_girth": 0.74, "hem": 9}, nil, []string{"hem", "900.0 cm"}},
		{"skirt", map[string]float64{"waist_girth": 0.74, "skirt_length": 0.2}, nil, []string{"skirt_length"}},
		{"trousers", map[string]float64{"waist_girth": 0.5, "hip_girth": 1.2}, nil, []string{"waist_girth", "at least"}},
		{"trousers", map[string]float64{"waist_girth": 0.78, "thigh_girth": 1.5}, nil, []string{"thigh_girth", "150.0 cm"}},
		{"trousers", map[string]float64{"waist_girth": 0.78, "thigh_girth": 0.4}, nil, []string{"thigh_girth", "40.0 cm"}},
		{"trousers", map[string]float64{"waist_girth": 0.78, "outseam": 0.7}, nil, []string{"outseam"}},
		{"trousers", map[string]float64{"waist_girth": 0.78, "outseam": 1.1, "rise": 0.28}, nil, []string{"outseam and rise"}},
		{"trousers", map[string]float64{"waist_girth": 0.78, "inseam": 0.2, "knee_girth": 0.4}, nil, []string{"knee_girth", "20.0 cm"}},
	} {
		_, err := Draft(tc.template, tc.pom, tc.options)
		for _, want := range tc.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s %v %v: %v does not say %q", tc.template, tc.pom, tc.options, err, want)
			}
		}
	}
}

// Whatever is in the table: a clear refusal, or a valid pattern that meets it.
func TestRandomTables(t *testing.T) {
	keys := map[string][]string{
		"tank":     {"chest_girth", "hem", "body_length", "neck_width"},
		"polo":     {"chest_girth", "hem", "body_length", "neck_girth", "sleeve_length"},
		"shirt":    {"chest_girth", "waist_girth", "body_length", "neck_girth", "upper_arm_girth"},
		"hoody":    {"chest_girth", "hem", "body_length", "armscye_depth"},
		"dress":    {"chest_girth", "waist_girth", "hip_girth"},
		"shorts":   {"waist_girth", "hip_girth", "thigh_girth"},
		"leggings": {"waist_girth", "hip_girth", "thigh_girth"},
		"tee":      {"chest_girth", "waist_girth", "hem", "body_length", "neck_girth", "across_back_shoulder_width", "upper_arm_girth", "sleeve_length", "armscye_depth"},
		"skirt":    {"waist_girth", "hip_girth", "hem", "skirt_length", "hip_depth"},
		"trousers": {"waist_girth", "hip_girth", "thigh_girth", "knee_girth", "hem", "inside_leg_height", "outseam"},
	}
	typical := map[string]float64{"chest_girth": 1.0, "waist_girth": 0.78, "hem": 1.0, "body_length": 0.7, "neck_girth": 0.5,
		"across_back_shoulder_width": 0.43, "upper_arm_girth": 0.36, "sleeve_length": 0.3, "armscye_depth": 0.24,
		"hip_girth": 1.0, "skirt_length": 0.6, "hip_depth": 0.2, "thigh_girth": 0.61, "knee_girth": 0.45, "inside_leg_height": 0.78, "outseam": 1.03}
	rng := rand.New(rand.NewPCG(7, 7))
	for _, template := range Templates() {
		drawn := 0
		const tries = 12
		for range tries {
			pom := map[string]float64{}
			for i, key := range keys[template] {
				if i == 0 || rng.IntN(2) == 0 {
					pom[key] = typical[key] * (1 + 0.12*rng.NormFloat64())
				}
			}
			p, err := Draft(template, pom, nil)
			if err != nil {
				continue
			}
			drawn++
			got, err := Measure(template, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range slices.Sorted(maps.Keys(pom)) {
				if d := got[key] - pom[key]; !(math.Abs(d) <= 0.0005) {
					t.Errorf("%s %v: %s is off by %.2f mm", template, pom, key, d*1000)
				}
			}
		}
		if drawn < tries/4 {
			t.Errorf("%s: only %d of %d tables near the usual could be drawn", template, drawn, tries)
		}
	}
}

// Every template takes a length and a fit. A short one is shorter and a long one
// longer than the regular, a slim one has no more cloth than a loose one, and a
// length that the table gives already is not asked for twice.
func TestEveryTemplateTakesLengthAndFit(t *testing.T) {
	pom := map[string]map[string]float64{
		"skirt": {"waist_girth": 0.74}, "trousers": {"waist_girth": 0.8}, "shorts": {"waist_girth": 0.8}, "leggings": {"waist_girth": 0.66},
	}
	long := map[string]string{"skirt": "skirt_length", "trousers": "inside_leg_height", "shorts": "inside_leg_height", "leggings": "inside_leg_height"}
	for _, name := range Templates() {
		table, measure := pom[name], long[name]
		if table == nil {
			table, measure = map[string]float64{"chest_girth": 1.0}, "body_length"
		}
		of := func(options map[string]string) map[string]float64 {
			p, err := Draft(name, table, options)
			if err != nil {
				t.Fatalf("%s %v: %v", name, options, err)
			}
			got, err := Measure(name, p)
			if err != nil {
				t.Fatal(err)
			}
			got["cloth"] = 0
			for i := range p.Panels {
				got["cloth"] += math.Abs(p.Panels[i].SignedArea())
			}
			return got
		}
		short, regular, far := of(map[string]string{"length": "short"})[measure], of(nil)[measure], of(map[string]string{"length": "long"})[measure]
		if !(short < regular-0.05 && regular < far-0.03) {
			t.Errorf("%s: %s is %.3f short, %.3f regular, %.3f long", name, measure, short, regular, far)
		}
		if slim, loose := of(map[string]string{"fit": "slim"})["cloth"], of(map[string]string{"fit": "loose"})["cloth"]; !(slim < loose) {
			t.Errorf("%s: %.3f m2 slim, %.3f loose", name, slim, loose)
		}
		twice := maps.Clone(table)
		twice[measure] = regular
		if _, err := Draft(name, twice, map[string]string{"length": "long"}); err == nil || !strings.Contains(err.Error(), "option length is long but") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
