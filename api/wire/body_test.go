package wire

import (
	"math"
	"strings"
	"testing"

	"fitroom/geometry/body"
)

func TestReadBodyConvertsUnits(t *testing.T) {
	in := `{"population":"women","preference_ease_cm":2,"measurements":{
		"height":{"value":66,"unit":"in"},"weight":{"value":140,"unit":"lb"},
		"Bust":{"value":920,"unit":"mm","method":"tape_trained"},
		"waist_girth":{"value":0.74,"unit":"m","sigma":0.01}}}`
	m, ease, err := ReadBody(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[body.Key]float64{body.Height: 1.6764, body.Weight: 63.5029, body.BustGirth: 0.92, body.WaistGirth: 0.74} {
		if got := m.Values[key].Value; math.Abs(got-want) > 1e-4 {
			t.Errorf("%s = %g, want %g", key, got, want)
		}
	}
	if ease != 0.02 || m.Values[body.WaistGirth].Sigma != 0.01 || m.Values[body.BustGirth].Method != body.TapeTrained {
		t.Errorf("ease %g, values %+v", ease, m.Values)
	}
}

// Every unit of the contract, and the thirteen names of schema.org: eleven are
// taken, two are refused by name.
func TestReadBodyKnowsSchemaOrg(t *testing.T) {
	for name, want := range map[string]body.Key{
		"Arm": body.ArmLength, "Bust": body.BustGirth, "Chest": body.ChestGirth, "Head": body.HeadGirth, "Height": body.Height, "Hips": body.HipGirth,
		"InsideLeg": body.Inseam, "Neck": body.NeckGirth, "Underbust": body.UnderbustGirth, "Waist": body.WaistGirth, "Weight": body.Weight,
		"https://schema.org/BodyMeasurementHips": body.HipGirth,
	} {
		units := map[string]float64{"cm": 0.01, "mm": 0.001, "m": 1, "in": 0.0254}
		if want == body.Weight {
			units = map[string]float64{"kg": 1, "lb": 0.45359237}
		}
		for unit, size := range units {
			m, _, err := ReadBody(strings.NewReader(`{"population":"unspecified","measurements":{"` + name + `":{"value":3,"unit":"` + unit + `","confirmed":true}}}`))
			if v := m.Values[want]; err != nil || math.Abs(v.Value-3*size) > 1e-12 || !v.Confirmed {
				t.Errorf("%s in %s: %+v, %v", name, unit, m.Values, err)
			}
		}
	}
	for _, name := range []string{"Hand", "Foot", "schema:BodyMeasurementFoot"} {
		_, _, err := ReadBody(strings.NewReader(`{"population":"men","measurements":{"` + name + `":{"value":3,"unit":"cm"}}}`))
		if err == nil || !strings.Contains(err.Error(), "is not modelled") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadBodySaysWhatIsWrong(t *testing.T) {
	one := func(key, entry string) string {
		return `{"population":"men","measurements":{"` + key + `":` + entry + `}}`
	}
	for name, c := range map[string]struct{ in, want string }{
		"unknown population":  {`{"population":"cats","measurements":{}}`, `population: is "cats"; it must be women, men or unspecified`},
		"mistyped key":        {one("waist_girt", `{"value":80,"unit":"cm"}`), "did you mean waist_girth?"},
		"strange key":         {one("tail_length", `{"value":80,"unit":"cm"}`), "is not a measurement known here"},
		"a length in kg":      {one("height", `{"value":80,"unit":"kg"}`), `measurements.height.unit: is "kg"; it must be cm, mm, m or in`},
		"a weight in cm":      {one("weight", `{"value":80,"unit":"cm"}`), "it must be kg or lb"},
		"no value":            {one("height", `{"unit":"cm"}`), "measurements.height.value: is missing"},
		"negative":            {one("height", `{"value":-3,"unit":"cm"}`), "is -3 cm; it must be greater than 0"},
		"unknown method":      {one("height", `{"value":180,"unit":"cm","method":"eye"}`), `method: is "eye"`},
		"zero sigma":          {one("height", `{"value":180,"unit":"cm","sigma":0}`), "sigma: is 0 cm"},
		"NaN":                 {one("height", `{"value":NaN,"unit":"cm"}`), "line 1, column"},
		"too large a number":  {one("height", `{"value":1e999,"unit":"cm"}`), "measurements.height.value: is a number too large to be true"},
		"text for a number":   {one("height", `{"value":"180","unit":"cm"}`), "measurements.height.value: is a text; it must be a number"},
		"unknown field":       {`{"population":"men","hat":1}`, `hat: is not known here; known are population`},
		"a number alone":      {`3`, "is a number; it must be an object"},
		"null for an entry":   {one("height", `null`), "measurements.height: is null; it must be an object"},
		"twice":               {`{"population":"men","population":"women"}`, "population: is given twice"},
		"another case":        {`{"Population":"men"}`, "Population: is not known here"},
		"steering characters": {one("\\u001b[2J\\n", `{"value":1,"unit":"cm"}`), "measurements.\ufffd[2J\ufffd: is not a measurement"},
		"two documents":       {`{"population":"men"} {}`, "goes on after"},
		"cut short":           {`{"population":"men"`, "ends in the middle"},
		"twice, by an alias":  {`{"population":"men","measurements":{"Chest":{"value":98,"unit":"cm"},"chest_girth":{"value":98,"unit":"cm"}}}`, "given twice"},
		"a wish out of limit": {`{"population":"men","preference_ease_cm":300}`, "between -30 and 30"},
		"50 MB":               {strings.Repeat(" ", 50<<20), "larger than 256 kB"},
	} {
		if _, _, err := ReadBody(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// Some editors put a byte order mark before what they save.
func TestReadBodyPassesOverAByteOrderMark(t *testing.T) {
	if _, _, err := ReadBody(strings.NewReader("\ufeff" + `{"population":"men","measurements":{}}`)); err != nil {
		t.Error(err)
	}
}

// One sentence stays one sentence however many faults there are.
func TestErrorsAreToldInOneSentence(t *testing.T) {
	var e Errors
	for range 3000 {
		e.add("/measurements/tail", "is not a measurement known here")
	}
	if got := e.Error(); !strings.HasSuffix(got, "; and 2995 more") || strings.Contains(got, "\n") {
		t.Errorf("%.200q...", got)
	}
}

func FuzzReadBody(f *testing.F) {
	f.Add(`{"population":"women","measurements":{"height":{"value":168,"unit":"cm"}}}`)
	f.Add(`{"population":"men","measurements":{"Chest":{"value":1e308,"unit":"m","sigma":1e-300}}}`)
	f.Fuzz(func(t *testing.T, in string) {
		m, _, err := ReadBody(strings.NewReader(in))
		if err != nil {
			return
		}
		for key, v := range m.Values {
			if !(v.Value > 0) || v.Sigma < 0 {
				t.Errorf("accepted %s = %+v", key, v)
			}
		}
	})
}
