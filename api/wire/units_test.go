package wire

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fitroom/garment/fit"
)

// The same style and the same person in centimetres, millimetres, metres and
// inches, half or full measures, get the same answer.
func TestUnitsChangeNoVerdict(t *testing.T) {
	const person = `{"population":"women","measurements":{"height":{"value":168,"unit":"cm"},"bust_girth":{"value":96.1,"unit":"cm"}}}`
	answer := func(unit string, perCm float64, half bool) (*fit.Advice, map[string]fit.SizeReport) {
		doc := inUnit(plainStyle, unit, perCm)
		if half {
			doc = strings.Replace(doc, `"measure":"full","values":{"S":98,"M":104,"L":110}`, `"measure":"half","values":{"S":49,"M":52,"L":55}`, 1)
		}
		var s Style
		if err := decodeBytes([]byte(doc), "style.json", &s); err != nil {
			t.Fatal(err)
		}
		style, err := s.Convert("", nil)
		if err != nil {
			t.Fatalf("%s: %v", unit, err)
		}
		m, _, err := ReadBody(strings.NewReader(inUnit(person, unit, perCm)))
		if err != nil {
			t.Fatalf("%s: %v", unit, err)
		}
		a, zones, err := fit.Advise(fit.FromMeasurements(m), &style.Style, fit.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return a, zones
	}
	want, zones := answer("cm", 1, false)
	for _, c := range []struct {
		unit  string
		perCm float64
		half  bool
	}{{"cm", 1, true}, {"mm", 10, false}, {"m", .01, false}, {"in", 1 / 2.54, false}} {
		got, other := answer(c.unit, c.perCm, c.half)
		if got.Text["en"] != want.Text["en"] || got.Outcome != want.Outcome {
			t.Errorf("%s: %q, in cm %q", c.unit, got.Text["en"], want.Text["en"])
		}
		for size, r := range zones {
			for i, z := range r.Zones {
				y := other[size].Zones[i]
				if y.Verdict != z.Verdict || y.Pair != z.Pair || y.Text["de"] != z.Text["de"] || math.Abs(y.Ease-z.Ease) > 1e-9 {
					t.Errorf("%s, size %s, %s: %q, in cm %q", c.unit, size, z.Name, y.Text["de"], z.Text["de"])
				}
			}
		}
	}
}

// inUnit writes every length of a document that is stated in cm in another unit.
func inUnit(doc, unit string, perCm float64) string {
	if unit == "cm" {
		return doc
	}
	number := regexp.MustCompile(`[\[:,][0-9]+(\.[0-9]+)?`)
	out := number.ReplaceAllStringFunc(doc, func(s string) string {
		v, err := strconv.ParseFloat(s[1:], 64)
		if err != nil {
			return s
		}
		return s[:1] + fmt.Sprint(v*perCm)
	})
	return strings.ReplaceAll(out, `"unit":"cm"`, fmt.Sprintf(`"unit":%q`, unit))
}
