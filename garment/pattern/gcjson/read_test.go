package gcjson

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fitroom/garment/pattern"
	"fitroom/geometry/geomtest"
)

func readFile(t *testing.T, rel string) (*pattern.Pattern, error) {
	t.Helper()
	path := filepath.Join(geomtest.Data(t), "patterns", filepath.FromSlash(rel))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(data, filepath.Base(rel))
}

func mustRead(t *testing.T, rel string) *pattern.Pattern {
	t.Helper()
	p, err := readFile(t, rel)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The open garments import with the counts of the data's index; ratios are
// printed there to two digits, -1 where the index has none.
func TestOpenGarments(t *testing.T) {
	const noRatio = -1
	for _, tc := range []struct {
		file                              string
		panels, seams, darts, rightWrongs int
		ratio                             float64
	}{
		{"assets/shirt_mean", 8, 18, 0, 0, noRatio},
		{"assets/dress_pencil", 6, 23, 4, 0, noRatio},
		{"assets/hoody_mean", 6, 12, 0, 0, noRatio},
		{"gcd/rand_HRA77Z7307", 8, 16, 0, 0, 1.01},
		{"gcd/rand_Y7DZE6A4IU", 16, 32, 0, 0, 2.46},
		{"gcd/rand_B5LX6YDP0I", 20, 47, 8, 4, 1.52},
		{"gcd/rand_N17U4EJAG2", 16, 36, 0, 0, 1.31},
		{"gcd/rand_EIUGLI5QMV", 6, 26, 8, 0, 1.03},
		{"gcd/rand_YA4CJMZR2O", 6, 24, 4, 0, 1.10},
		{"gcd/rand_QPRJ4RNJJX", 14, 42, 4, 0, 1.35},
		{"gcd/rand_3SVCRTSEGG", 4, 16, 4, 0, 1.05},
		{"gcd/rand_6COKKPXXRC", 4, 6, 0, 0, 1.08},
		{"gcd/rand_B695OB7JW5", 10, 24, 4, 0, 1.29},
		{"gcd/rand_Z7ZGRSPWV8", 14, 32, 4, 0, 1.05},
		{"gcd/rand_2R4A43ANWV", 12, 46, 12, 0, 2.09},
		{"gcd/rand_I6QB1N5WLI", 16, 47, 8, 0, 1.31},
		{"gcd/rand_36BCSWBUBV", 10, 35, 4, 0, 1.50},
		{"gcd/rand_V9S3CYQBSJ", 26, 86, 12, 0, 1.88},
	} {
		t.Run(tc.file, func(t *testing.T) {
			p := mustRead(t, "garmentcode/"+tc.file+"_specification.json")
			darts, rw, ratio := 0, 0, 0.0
			for s := range p.Seams {
				ratio = math.Max(ratio, p.SeamRatio(s))
				if p.IsDart(s) {
					darts++
				}
				if p.Seams[s].Reversed {
					rw++
				}
			}
			got := [4]int{len(p.Panels), len(p.Seams), darts, rw}
			if want := [4]int{tc.panels, tc.seams, tc.darts, tc.rightWrongs}; got != want {
				t.Errorf("panels, seams, darts, right_wrongs %v; want %v", got, want)
			}
			if tc.ratio != noRatio && fmt.Sprintf("%.2f", ratio) != fmt.Sprintf("%.2f", tc.ratio) {
				t.Errorf("largest seam ratio %.4f; want %.2f", ratio, tc.ratio)
			}
			for i := range p.Panels {
				if q := &p.Panels[i]; q.Role == pattern.OtherRole || !q.HasPlace {
					t.Errorf("panel %q: role %s, placed %v", q.Name, q.Role, q.HasPlace)
				}
			}
		})
	}
}

// Both dialects and units: the tee of 2021 is drawn in thirds of a cm.
func TestDialect2021(t *testing.T) {
	for file, want := range map[string][2]int{
		"tee": {6, 12}, "jacket_hood": {9, 18}, "wb_pants_straight": {6, 12}, "skirt_8_panels": {8, 16},
	} {
		p := mustRead(t, "garmentcode/templates2021/"+file+".json")
		if got := [2]int{len(p.Panels), len(p.Seams)}; got != want {
			t.Errorf("%s: panels, seams %v; want %v", file, got, want)
		}
	}
	tee := mustRead(t, "garmentcode/templates2021/tee.json")
	front := panelNamed(t, tee, "front")
	lo, hi := front.Bounds()
	if w := hi.X - lo.X; w < 0.3 || w > 0.7 {
		t.Errorf("the front is %.2f m wide: units_in_meter is not obeyed", w)
	}
}

func panelNamed(t *testing.T, p *pattern.Pattern, name string) *pattern.Panel {
	t.Helper()
	for i := range p.Panels {
		if p.Panels[i].Name == name {
			return &p.Panels[i]
		}
	}
	t.Fatalf("no panel %q in %s", name, p.Name)
	return nil
}

func TestRolesFromNames(t *testing.T) {
	for _, tc := range []struct {
		file, panel string
		role        pattern.Role
		side        pattern.Side
		facing      pattern.Facing
	}{
		{"garmentcode/gcd/rand_HRA77Z7307_specification.json", "left_ftorso", pattern.BodyFront, pattern.Left, pattern.FacesFront},
		{"garmentcode/gcd/rand_HRA77Z7307_specification.json", "right_btorso", pattern.BodyBack, pattern.Right, pattern.FacesBack},
		{"garmentcode/gcd/rand_HRA77Z7307_specification.json", "right_sleeve_f", pattern.SleeveFr, pattern.Right, pattern.FacesFront},
		{"garmentcode/gcd/rand_YA4CJMZR2O_specification.json", "pant_b_l", pattern.LegBack, pattern.Left, pattern.FacesBack},
		{"garmentcode/gcd/rand_YA4CJMZR2O_specification.json", "wb_front", pattern.WaistFront, pattern.Centre, pattern.FacesFront},
		{"garmentcode/gcd/rand_QPRJ4RNJJX_specification.json", "pant_r_cuff_skirt_b", pattern.LegCuff, pattern.Right, pattern.FacesBack},
		{"garmentcode/gcd/rand_N17U4EJAG2_specification.json", "sl_left_cuff_skirt_f", pattern.Cuff, pattern.Left, pattern.FacesFront},
		{"garmentcode/gcd/rand_N17U4EJAG2_specification.json", "right_hood", pattern.Hood, pattern.Right, pattern.AllRound},
		{"garmentcode/gcd/rand_B5LX6YDP0I_specification.json", "left_collar_back", pattern.Collar, pattern.Left, pattern.FacesBack},
		{"garmentcode/gcd/rand_3SVCRTSEGG_specification.json", "skirt_front", pattern.SkirtFront, pattern.Centre, pattern.FacesFront},
		// Panels counted round the body: from their placement.
		{"garmentcode/gcd/rand_I6QB1N5WLI_specification.json", "skirt_panel_7", pattern.SkirtBack, pattern.Left, pattern.FacesBack},
		{"garmentcode/gcd/rand_I6QB1N5WLI_specification.json", "skirt_panel_0", pattern.SkirtFront, pattern.Right, pattern.FacesFront},
		{"garmentcode/gcd/rand_Z7ZGRSPWV8_specification.json", "ins_skirt_back_0", pattern.SkirtBack, pattern.Right, pattern.FacesBack},
		// Plain names: from the company they keep.
		{"garmentcode/templates2021/tee.json", "front", pattern.BodyFront, pattern.Centre, pattern.FacesFront},
		{"garmentcode/templates2021/tee.json", "lfsleeve", pattern.SleeveFr, pattern.Left, pattern.FacesFront},
		{"garmentcode/templates2021/jacket_hood.json", "Lhood", pattern.Hood, pattern.Left, pattern.AllRound},
		{"garmentcode/templates2021/wb_pants_straight.json", "Rback", pattern.LegBack, pattern.Right, pattern.FacesBack},
		{"garmentcode/templates2021/skirt_8_panels.json", "front", pattern.SkirtFront, pattern.Centre, pattern.FacesFront},
		{"garmentcode/templates2021/skirt_8_panels.json", "left_0", pattern.SkirtBack, pattern.Left, pattern.FacesBack},
		{"freesewing/sewn/teagan_cisMaleAdult40_specification.json", "sleeve_r", pattern.Sleeve, pattern.Right, pattern.AllRound},
		{"freesewing/sewn/penelope_cisFemaleAdult36_specification.json", "front", pattern.SkirtFront, pattern.Centre, pattern.FacesFront},
		{"freesewing/sewn/titan_cisMaleAdult40_specification.json", "back_l", pattern.LegBack, pattern.Left, pattern.FacesBack},
	} {
		q := panelNamed(t, mustRead(t, tc.file), tc.panel)
		if q.Role != tc.role || q.Side != tc.side || q.Facing != tc.facing {
			t.Errorf("%s of %s: %s side %d facing %d; want %s %d %d", tc.panel, filepath.Base(tc.file),
				q.Role, q.Side, q.Facing, tc.role, tc.side, tc.facing)
		}
	}
}

// The loop direction is data: fronts run anticlockwise, backs clockwise here.
func TestLoopDirectionIsKept(t *testing.T) {
	p := mustRead(t, "garmentcode/gcd/rand_HRA77Z7307_specification.json")
	for name, want := range map[string]float64{"left_ftorso": 1, "left_btorso": -1} {
		if got := panelNamed(t, p, name).Outward(); got != want {
			t.Errorf("%s: outward %g, want %g", name, got, want)
		}
	}
}

// Sizes of one style correspond although their files are ordered at random.
func TestSizeRunsCorrespond(t *testing.T) {
	for _, style := range []string{"circle_skirt", "pants", "pencil_skirt", "tshirt"} {
		var sizes []pattern.Size
		for _, s := range []string{"XS", "S", "M", "L", "XL"} {
			p := mustRead(t, fmt.Sprintf("garmentcode/sizerun/%s_%s_specification.json", style, s))
			sizes = append(sizes, pattern.Size{Name: s, Pattern: p})
		}
		if _, err := pattern.NewSizeRun(style, sizes...); err != nil {
			t.Error(err)
		}
	}
}

func TestSelfCrossingPanelIsRefusedWithPlace(t *testing.T) {
	_, err := readFile(t, "garmentcode/gcd-invalid/rand_GF6CJS3DUN_specification.json")
	var f *pattern.Fault
	if !errors.As(err, &f) || f.Panel != "skirt_front" || !f.Placed {
		t.Fatalf("error %v does not name panel skirt_front and a place", err)
	}
	if math.Abs(f.At.X-0.2510) > 1e-4 || math.Abs(f.At.Y+0.0945) > 1e-4 {
		t.Errorf("crossing at %v m", f.At)
	}
}

// tiny is a valid specification; %s are the edges of panel a, and the stitches.
const tiny = `{"pattern": {"panels": {
 "a": {"vertices": [[0,0],[10,0],[10,10],[0,10]], "translation": [1,2,3], "rotation": [0,90,0], "edges": [%s]},
 "b": {"vertices": [[0,0],[10,0],[0,10]], "edges": [{"endpoints":[0,1]},{"endpoints":[1,2]},{"endpoints":[2,0]}]}},
 "stitches": [%s]}, "properties": {"units_in_meter": 100, "curvature_coords": "relative"}}`

const square = `{"endpoints":[0,1]},{"endpoints":[1,2]},{"endpoints":[2,3]},{"endpoints":[3,0]}`

func TestSmallFile(t *testing.T) {
	p, err := Parse(fmt.Appendf(nil, tiny, `{"endpoints":[0,1],"curvature":[0.5,-0.2],"label":"hem"},`+square[len(`{"endpoints":[0,1]},`):],
		`[{"panel":"b","edge":0},{"panel":"a","edge":1},"right_wrong"]`), "tiny")
	if err != nil {
		t.Fatal(err)
	}
	e := p.Panels[0].Edges[0]
	if e.Kind != pattern.Quadratic || math.Abs(e.Control[0].X-0.05) > 1e-12 || math.Abs(e.Control[0].Y+0.02) > 1e-12 || e.Label != "hem" {
		t.Errorf("edge %+v; want a quadratic with control (0.05, -0.02)", e)
	}
	want := pattern.Seam{A: pattern.EdgeRef{Panel: 0, Edge: 1}, B: pattern.EdgeRef{Panel: 1, Edge: 0}, Reversed: true}
	if len(p.Seams) != 1 || p.Seams[0] != want {
		t.Errorf("seams %+v; want %+v", p.Seams, want)
	}
	if q := &p.Panels[0]; !q.HasPlace || q.Rotation[1] != math.Pi/2 || q.Translation[2] != 0.03 {
		t.Errorf("placement %v %v %v", q.HasPlace, q.Rotation, q.Translation)
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	replace := func(old, with string) string {
		return strings.Replace(fmt.Sprintf(tiny, square, ""), old, with, 1)
	}
	for _, tc := range []struct{ name, file, want string }{
		{"empty", "", "not a GarmentCode"},
		{"other JSON", `{"a": 1}`, `no "pattern"`},
		{"no panels", `{"pattern": {"panels": {}}, "properties": {"units_in_meter": 100}}`, "no panels"},
		{"null panels", `{"pattern": {"panels": null}, "properties": {"units_in_meter": 100}}`, "no panels"},
		{"panels as list", `{"pattern": {"panels": []}, "properties": {"units_in_meter": 100}}`, "want an object"},
		{"no units", replace(`"units_in_meter": 100,`, ""), "units_in_meter"},
		{"zero units", replace(`"units_in_meter": 100`, `"units_in_meter": 0`), "units_in_meter is 0"},
		{"unknown coords", replace(`"relative"`, `"polar"`), "polar"},
		{"doubled panel", replace(`"b":`, `"a":`), "used twice"},
		{"infinite number", replace(`[10,10]`, `[1e999,10]`), "1e999"},
		{"missing vertex", replace(`[2,3]`, `[2,4]`), `panel "a": edge 2: runs to vertex 4`},
		{"negative vertex", replace(`[2,3]`, `[2,-1]`), "vertex -1"},
		{"three endpoints", replace(`[2,3]`, `[2,3,0]`), "3 endpoints"},
		{"open chain", replace(`[2,3]`, `[2,0]`), "open chain"},
		{"two angles", replace(`[0,90,0]`, `[0,90]`), "2 angles"},
		{"unknown curve", replace(`[2,3]`, `[2,3],"curvature":{"type":"spiral","params":[[0,1]]}`), "spiral"},
		{"too few controls", replace(`[2,3]`, `[2,3],"curvature":{"type":"cubic","params":[[0,1]]}`), "1 control points"},
		{"short circle", replace(`[2,3]`, `[2,3],"curvature":{"type":"circle","params":[20,0]}`), "2 parameters"},
		{"bad flag", replace(`[2,3]`, `[2,3],"curvature":{"type":"circle","params":[20,0,2]}`), "flag 2"},
		{"small radius", replace(`[2,3]`, `[2,3],"curvature":{"type":"circle","params":[4,0,0]}`), "4.000 cm"},
		{"negative radius", replace(`[2,3]`, `[2,3],"curvature":{"type":"circle","params":[-20,0,0]}`), "-20.000 cm"},
		{"seam to missing panel", replace(`"stitches": []`, `"stitches": [[{"panel":"c","edge":0},{"panel":"a","edge":0}]]`), `no panel "c"`},
		{"seam to missing edge", replace(`"stitches": []`, `"stitches": [[{"panel":"b","edge":3},{"panel":"a","edge":0}]]`), `edge 3 of panel "b"`},
		{"seam of one side", replace(`"stitches": []`, `"stitches": [[{"panel":"b","edge":2}]]`), "1 parts"},
		{"seam without edge", replace(`"stitches": []`, `"stitches": [[{"panel":"b"},{"panel":"a","edge":0}]]`), "lacks"},
		{"unknown mark", replace(`"stitches": []`, `"stitches": [[{"panel":"b","edge":2},{"panel":"a","edge":0},"glue"]]`), "glue"},
	} {
		_, err := Parse([]byte(tc.file), "file.json")
		if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "file.json") {
			t.Errorf("%s: error %v does not say %q", tc.name, err, tc.want)
		}
	}
}

func TestHugeFileIsRefusedFast(t *testing.T) {
	huge := bytes.Repeat([]byte("[[[1.5,2.5],"), 50<<20/12)
	start := time.Now()
	if _, err := Read(bytes.NewReader(huge), "huge.json"); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("error %v", err)
	}
	// Generous for a loaded machine; it takes a few ms.
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("refused only after %v", d)
	}
}

// The door: an error or a valid pattern, never a panic.
func FuzzParse(f *testing.F) {
	f.Add(fmt.Appendf(nil, tiny, square, `[{"panel":"b","edge":2},{"panel":"a","edge":0},"right_wrong"]`))
	f.Add(fmt.Appendf(nil, tiny, `{"endpoints":[0,1],"curvature":[0.5,-0.2]},{"endpoints":[1,0],"curvature":{"type":"circle","params":[20,1,0]}}`, ""))
	f.Add(fmt.Appendf(nil, tiny, `{"endpoints":[0,1],"curvature":{"type":"cubic","params":[[0,1],[1,-1]]}},{"endpoints":[1,0]}`, ""))
	f.Add([]byte(`{"pattern":{"panels":{"":{}},"stitches":[null]},"properties":{"units_in_meter":1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data, "fuzz")
		if err != nil {
			return
		}
		if err := p.Validate(); err != nil {
			t.Errorf("accepted, but not valid: %v", err)
		}
		for i := range p.Panels {
			for e := range p.Panels[i].Edges {
				if l := p.Panels[i].Length(e); !(l > 0) || math.IsInf(l, 0) {
					t.Errorf("panel %q edge %d has length %g", p.Panels[i].Name, e, l)
				}
			}
		}
	})
}
