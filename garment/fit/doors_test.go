package fit

import (
	"math"
	"strings"
	"testing"

	"fitroom/geometry/body"
)

// A chart for women or men whose figures are inches, or half girths, is refused
// with zone and size, whichever of its measurements it is.
func TestChartsOfNoAdultAreRefused(t *testing.T) {
	for key, cm := range map[body.Key][2]float64{body.BustGirth: {80, 112}, body.UnderbustGirth: {70, 96}, body.WaistGirth: {62, 96}, body.HipGirth: {86, 118},
		body.NeckGirth: {34, 42}, body.Height: {156, 184}, body.Inseam: {72, 84}, body.ThighGirth: {50, 66}, body.UpperArmGirth: {26, 34}} {
		for unit, by := range map[string]float64{"inches": 1 / 2.54, "millimetres": 10} {
			s := tee()
			s.Population, s.Primary, s.Secondary, s.POM = body.Women, nil, nil, nil
			s.Sizes = []string{"S", "M", "L"}
			values := map[string]float64{"S": cm[0] / 100, "M": (cm[0] + cm[1]) / 200, "L": cm[1] / 100}
			s.Chart = map[body.Key]Chart{}
			s.Chart[key], _ = PlainChart(s.Sizes, values)
			if err := s.Validate(); err != nil {
				t.Errorf("%s in cm: %v", key, err)
			}
			for size := range values {
				values[size] *= by
			}
			s.Chart[key], _ = PlainChart(s.Sizes, values)
			if err := s.Validate(); err == nil || !strings.Contains(err.Error(), string(key)) || !strings.Contains(err.Error(), "size S") {
				t.Errorf("%s in %s: %v", key, unit, err)
			}
		}
	}
}

// Where a style does not say for whom it is, what is out of all proportion to the
// wearer gets no verdict, keeps no size out and is named.
func TestFiguresOutOfProportionAreNotJudged(t *testing.T) {
	for name, by := range map[string]float64{"inches": 1 / 2.54, "half girths": .5, "double girths": 2} {
		for _, primary := range []bool{true, false} {
			s := trousers()
			s.Population, s.POM, s.Secondary = body.Unspecified, nil, nil
			s.Primary = []body.Key{body.WaistGirth}
			if !primary {
				s.Primary = []body.Key{body.HipGirth}
			}
			values := map[string]float64{}
			for i, size := range s.Sizes {
				values[size] = by * (.64 + .04*float64(i))
			}
			s.Chart[body.WaistGirth], _ = PlainChart(s.Sizes, values)
			a, reports := mustAdvise(t, woman(.72, .98, .005), s, Options{})
			z := zoneOf(t, reports["38"], "waist")
			if z.Verdict != CannotJudge || z.Reason != Implausible || z.TightRisk > 0 {
				t.Errorf("%s: waist is %s, %s", name, z.Verdict, z.Reason)
			}
			if primary && (a.Outcome != RefuseOutcome || a.Reason != Implausible) || !primary && (a.Outcome != One || a.Sizes[0] != "38") {
				t.Errorf("%s, primary %v: %s %s %v", name, primary, a.Outcome, a.Reason, a.Sizes)
			}
			if said := strings.Join(In("en", a.Warnings), " "); !strings.Contains(said, "Waistband") && !strings.Contains(said, "Waist:") {
				t.Errorf("%s: the zone is not named: %q", name, said)
			}
		}
	}
	// Garment measures alone: half of a wide garment on a larger body.
	s := &Style{ID: "half", Population: body.Women, Sizes: []string{"S", "M"}, Fabric: swatch(),
		POM: map[body.Key]POM{body.BustGirth: {Values: map[string]float64{"S": .57, "M": .60}}}}
	a, reports := mustAdvise(t, Wearer{Population: body.Women, Readings: []Reading{{Key: body.BustGirth, Value: 1.05, Sigma: .01}}}, s, Options{})
	if z := zoneOf(t, reports["M"], "bust"); z.Verdict != CannotJudge || a.Outcome != RefuseOutcome || !math.IsNaN(z.TightRisk) {
		t.Errorf("half girths: %s, %s", z.Verdict, a.Outcome)
	}
}

// A table in half girths or inches, beside a pattern that is draped, gets no
// verdict where the two cannot be of one garment.
func TestATableThatIsNotThePatternsIsNotJudged(t *testing.T) {
	around := tube{0, .14, .14, .80, 1.37, 60, 30, false}
	girth := around.arc()[arcSteps]
	for name, c := range map[string]struct {
		by     float64
		judged bool
	}{"centimetres": {1, true}, "another line": {1.06, true}, "half girths": {.5, false}, "double girths": {2, false}} {
		cl, r := stretched(0, 0, swatch(), around)
		s := bandStyle()
		s.Chart = map[body.Key]Chart{body.WaistGirth: {Bands: map[string][2]float64{"M": {.72, .79}}}}
		s.POM[body.WaistGirth] = POM{Values: map[string]float64{"M": c.by * girth}}
		s.Population = body.Unspecified
		rep, err := Judge(cylinderBody(.12, .12), cl, r, s, "M", Options{})
		if err != nil {
			if strings.Contains(err.Error(), "plausible") {
				continue // refused outright
			}
			t.Fatal(err)
		}
		z := zoneOf(t, *rep, "waist")
		if (z.Verdict != CannotJudge) != c.judged || !c.judged && (z.Reason != NotThePattern || z.Text["de"] == "") {
			t.Errorf("%s: %s, %s: %q", name, z.Verdict, z.Reason, z.Text["en"])
		}
	}
	// A sleeve of 60 cm in inches is a short one, but for its pattern.
	z := Zone{Flat: .236, Relaxed: .60, Own: math.NaN()}
	if !z.contradicts() {
		t.Error("a sleeve in inches goes with its pattern")
	}
}
