package wire

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
)

// styleWithFabric converts the plain style with another fabric.
func styleWithFabric(t *testing.T, cloth string) (*tryon.Style, error) {
	t.Helper()
	var s Style
	doc := strings.Replace(plainStyle, `,"fabric":{"preset":"jersey"}`, cloth, 1)
	if err := decodeBytes([]byte(doc), "style.json", &s); err != nil {
		t.Fatal(err)
	}
	return s.Convert("", fstest.MapFS{"rib.u3m": {Data: []byte(`{"schema":"1.1","material":{"name":"rib","physics":{"weight":240,"thickness":0.8,
		"construction":{"type":"1 x 1 rib"}}}}`)}})
}

func TestFabricFromATestReport(t *testing.T) {
	for name, c := range map[string]struct {
		cloth string
		warp  float64
		grade fabric.Grade
		note  string
	}{
		"KES": {`,"fabric":{"kes":{"weight_g_m2":158,"thickness_mm":0.3,"emt_warp_pct":2.29,"emt_weft_pct":2.29,"b_warp_gfcm2_cm":0.08,"b_weft_gfcm2_cm":0.06,"g_gf_cm_deg":1.6}}`,
			21412, fabric.Measured, "friction 0.35"},
		"FAST": {`,"fabric":{"fast":{"weight_g_m2":200,"t2_mm":0.5,"e100_warp_pct":3,"e100_weft_pct":5,"eb5_pct":3,"c_warp_mm":20,"c_weft_mm":18},"friction":0.3}`,
			3269, fabric.Measured, "poisson 0.24"},
		"U3M":     {`,"fabric":{"u3m":"rib.u3m"}`, 300, fabric.Estimated, "stretch, shear, bending"},
		"nothing": {``, 18000, fabric.Estimated, "No fabric is stated"},
	} {
		s, err := styleWithFabric(t, c.cloth)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f := s.Fabric; math.Abs(f.Warp/c.warp-1) > 1e-3 || f.Grade != c.grade || !strings.Contains(strings.Join(fit.In("en", s.Notes), "\n"), c.note) {
			t.Errorf("%s: warp %g, grade %s, notes %q", name, f.Warp, f.Grade, s.Notes)
		}
	}
	for _, c := range [][2]string{
		{`,"fabric":{"kes":{"weight_g_m2":158}}`, "fabric.kes"},
		{`,"fabric":{"u3m":"none.u3m"}`, "fabric.u3m"},
		{`,"fabric":{"u3m":"../x.u3m"}`, "not a path inside"},
	} {
		if _, err := styleWithFabric(t, c[0]); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: got %v", c[0], err)
		}
	}
}

// A style that is drafted says so, and how well its table is met.
func TestDraftedStylesAreCalledApproximate(t *testing.T) {
	s, err := styleWithFabric(t, `,"fabric":{"preset":"jersey"}`)
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(fit.In("en", s.Notes), "\n"); !strings.Contains(notes, "approximate") {
		t.Errorf("notes are %q", notes)
	}
	var doc Style
	if err := decodeBytes([]byte(plainStyle), "style.json", &doc); err != nil {
		t.Fatal(err)
	}
	all, err := doc.Residuals()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range doc.Sizes {
		if len(all[size]) != 3 {
			t.Errorf("size %s has %d residuals, want those of 3 measures", size, len(all[size]))
		}
		for _, r := range all[size] {
			if math.Abs(r.Got-r.Asked) > 0.0005 {
				t.Errorf("size %s: %s asked %g, got %g", size, r.Key, r.Asked, r.Got)
			}
		}
	}
}
