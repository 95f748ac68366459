package fit

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
)

// tee is the T-shirt of the contract: men's letters, 8 cm bands, 10 cm ease.
func tee() *Style {
	jersey, _ := fabric.Preset("jersey")
	return &Style{
		ID: "tee", Kind: "t-shirt", Population: body.Men, Sizes: []string{"S", "M", "L", "XL"},
		Primary: []body.Key{body.ChestGirth}, Secondary: []body.Key{body.Height},
		Chart: map[body.Key]Chart{body.ChestGirth: {Bands: map[string][2]float64{
			"S": {.86, .94}, "M": {.94, 1.02}, "L": {1.02, 1.10}, "XL": {1.10, 1.18}}}},
		POM: map[body.Key]POM{
			body.ChestGirth: {Values: map[string]float64{"S": 1.00, "M": 1.08, "L": 1.16, "XL": 1.24}},
			body.HipGirth:   {Free: true},
		},
		Fabric: jersey,
	}
}

// trousers is a rigid woven: 4 cm steps, ease 2.6 cm at the waist and 6 at the hip.
func trousers() *Style {
	denim, _ := fabric.Preset("denim")
	s := &Style{
		ID: "trousers", Kind: "trousers", Population: body.Women, Sizes: []string{"34", "36", "38", "40", "42"},
		Primary: []body.Key{body.WaistGirth}, Secondary: []body.Key{body.HipGirth},
		Chart: map[body.Key]Chart{}, POM: map[body.Key]POM{}, Fabric: denim,
	}
	for _, z := range []struct {
		key         body.Key
		first, ease float64
	}{{body.WaistGirth, .64, .026}, {body.HipGirth, .90, .06}} {
		v, g := map[string]float64{}, map[string]float64{}
		for i, size := range s.Sizes {
			v[size] = z.first + .04*float64(i)
			g[size] = v[size] + z.ease
		}
		s.Chart[z.key], _ = PlainChart(s.Sizes, v)
		s.POM[z.key] = POM{Values: g}
	}
	return s
}

func man(chest, sigma float64) Wearer {
	return Wearer{Population: body.Men, Readings: []Reading{
		{Key: body.ChestGirth, Value: chest, Sigma: sigma}, {Key: body.HipGirth, Value: 1, Sigma: .01}}}
}

func woman(waist, hip, sigma float64) Wearer {
	return Wearer{Population: body.Women, Readings: []Reading{
		{Key: body.WaistGirth, Value: waist, Sigma: sigma}, {Key: body.HipGirth, Value: hip, Sigma: sigma}}}
}

func zoneOf(t *testing.T, r SizeReport, name string) Zone {
	t.Helper()
	for _, z := range r.Zones {
		if z.Name == name {
			return z
		}
	}
	t.Fatalf("size %s has no zone %s", r.Size, name)
	return Zone{}
}

func mustAdvise(t *testing.T, w Wearer, s *Style, o Options) (*Advice, map[string]SizeReport) {
	t.Helper()
	a, r, err := Advise(w, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return a, r
}

func TestValidateNamesPlaceValueAndLimit(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Style)
		want   string
	}{
		{"no sizes", func(s *Style) { s.Sizes = nil }, "no sizes"},
		{"a size twice", func(s *Style) { s.Sizes[1] = "S" }, "must be unique"},
		{"descending bands", func(s *Style) {
			b := s.Chart[body.ChestGirth].Bands
			b["M"], b["L"] = b["L"], b["M"]
		}, "sizes go from small to large"},
		{"bands that overlap by half", func(s *Style) { s.Chart[body.ChestGirth].Bands["M"] = [2]float64{.89, 1.02} }, "overlap by half"},
		{"a band upside down", func(s *Style) { s.Chart[body.ChestGirth].Bands["M"] = [2]float64{1.02, .94} }, "must ascend"},
		{"inches read as cm", func(s *Style) { s.POM[body.ChestGirth].Values["M"] = .425 }, "half measure, or another unit"},
		{"a half measure", func(s *Style) {
			for k, v := range s.POM[body.ChestGirth].Values {
				s.POM[body.ChestGirth].Values[k] = v / 2
			}
		}, "half measure"},
		{"a doubled full measure", func(s *Style) {
			for k, v := range s.POM[body.ChestGirth].Values {
				s.POM[body.ChestGirth].Values[k] = v * 2
			}
		}, "plausible"},
		{"garment that shrinks with size", func(s *Style) { s.POM[body.ChestGirth].Values["XL"] = 1.1 }, "falls to"},
		{"a size the style does not have", func(s *Style) { s.POM[body.ChestGirth].Values["XXL"] = 1.4 }, "does not have"},
		{"primary not charted", func(s *Style) { s.Primary = []body.Key{body.WaistGirth} }, "not in the chart"},
		{"NaN", func(s *Style) { s.Chart[body.ChestGirth].Bands["M"] = [2]float64{math.NaN(), 1} }, "must ascend"},
		{"unknown place", func(s *Style) { s.POM["nose_girth"] = POM{} }, "nose_girth"},
		{"tolerance in cm", func(s *Style) { s.POM[body.ChestGirth] = POM{Tolerance: 2} }, "tolerance is 200 cm; it must be 0 to 10"},
		{"fabric in g", func(s *Style) { s.Fabric.Density = 160 }, "density"},
	} {
		s := tee()
		c.change(s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want it to say %q", c.name, err, c.want)
		}
		if _, _, err := Advise(man(.98, .01), s, Options{}); err == nil {
			t.Errorf("%s: Advise answered from it", c.name)
		}
	}
	if err := tee().Validate(); err != nil {
		t.Error(err)
	}
	if err := trousers().Validate(); err != nil {
		t.Error(err)
	}
}

func TestPlainChartTakesHalfAStepToEachSide(t *testing.T) {
	// Steps 4 then 6: the 104 of EN 13402-3 reaches from 102 to 107.
	c, err := PlainChart([]string{"a", "b", "c"}, map[string]float64{"a": 1.00, "b": 1.04, "c": 1.10})
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[string][2]float64{"a": {.98, 1.02}, "b": {1.02, 1.07}, "c": {1.07, 1.13}} {
		got := c.Bands[size]
		if math.Abs(got[0]-want[0]) > 1e-12 || math.Abs(got[1]-want[1]) > 1e-12 {
			t.Errorf("%s: %v, want %v", size, got, want)
		}
	}
	if c.Bands["a"][1] != c.Bands["b"][0] || c.Bands["b"][1] != c.Bands["c"][0] {
		t.Error("neighbours do not share their edge to the last bit")
	}
	if _, err := PlainChart([]string{"a"}, map[string]float64{"a": 1}); err == nil {
		t.Error("one value has no step")
	}
}

// Every girth that a table in inches would state, labelled cm, is refused, and a
// length that cannot be told from a short one is flagged, each by its name.
func TestInchesLabelledCmAreRefusedOrFlagged(t *testing.T) {
	// Finished garments of the trade, in cm, from the smallest to the largest size.
	for key, cm := range map[body.Key][2]float64{
		body.NeckGirth: {36, 66}, body.ShoulderLength: {10.5, 17}, body.AcrossShoulder: {36, 50}, SleeveLen: {17, 70}, body.ArmLength: {52, 70}, body.ChestGirth: {84, 124}, body.UnderbustGirth: {76, 112}, body.WaistGirth: {62, 120}, body.HipGirth: {84, 125},
		body.UpperArmGirth: {26, 45}, body.ElbowGirth: {24, 50}, body.WristGirth: {17, 28}, body.ThighGirth: {48, 85},
		body.KneeGirth: {32, 64}, body.CalfGirth: {30, 56}, body.AnkleGirth: {18, 48}, body.CrotchLength: {55, 95}, Hem: {20, 42},
		BodyLength: {55, 90}, SkirtLength: {40, 80}, body.Inseam: {65, 88}, Outseam: {92, 112},
	} {
		for _, v := range cm {
			s := tee()
			s.POM = map[body.Key]POM{key: {Values: map[string]float64{"M": v / 100}}}
			if err := s.Validate(); err != nil {
				t.Errorf("%s of %g cm: %v", key, v, err)
			}
			s.POM[key].Values["M"] = v / 100 / 2.54
			err := s.Validate()
			if err == nil {
				a, _ := mustAdvise(t, man(.98, .01), s, Options{})
				if said := strings.Join(In("en", a.Assumptions), " "); strings.Contains(said, string(key)) {
					t.Errorf("%s: who wears it is told what only its maker can answer: %s", key, said)
				}
				err = errors.New(strings.Join(In("en", slices.Concat(a.Warnings, s.EitherUnit())), " "))
			}
			if !strings.Contains(err.Error(), string(key)) || !strings.Contains(err.Error(), "inches") && !strings.Contains(err.Error(), "another unit") {
				t.Errorf("%s of %.1f inches labelled cm: %v", key, v/2.54, err)
			}
		}
	}
}
