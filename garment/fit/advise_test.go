package fit

import (
	"fmt"
	"math"

	"slices"
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
)

func TestAdviseTee(t *testing.T) {
	for _, c := range []struct {
		name    string
		chest   float64
		outcome Outcome
		sizes   []string
	}{
		{"centre of M", .98, One, []string{"M"}},
		{"printed edge of M and L", 1.02, BetweenSizes, []string{"M", "L"}},
		{"lower end of the chart", .86, One, []string{"S"}},
		{"upper end of the chart", 1.18, One, []string{"XL"}},
	} {
		a, _ := mustAdvise(t, man(c.chest, .02), tee(), Options{})
		if a.Outcome != c.outcome || !slices.Equal(a.Sizes, c.sizes) {
			t.Errorf("%s: %s %v, want %s %v", c.name, a.Outcome, a.Sizes, c.outcome, c.sizes)
		}
		sum := 0.0
		for _, s := range tee().Sizes {
			sum += a.Probability[s]
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%s: probabilities sum to %g", c.name, sum)
		}
	}
}

// One dimension switches exactly at the printed edge: with next to no noise the
// answer is one size on either side of it.
func TestChoiceSwitchesAtThePrintedEdge(t *testing.T) {
	for _, d := range []float64{1e-6, 1e-3} {
		lo, _ := mustAdvise(t, man(1.02-d, d/10), tee(), Options{})
		hi, _ := mustAdvise(t, man(1.02+d, d/10), tee(), Options{})
		if lo.Sizes[0] != "M" || hi.Sizes[0] != "L" || lo.Outcome != One || hi.Outcome != One {
			t.Errorf("%g m off the edge: below %v, above %v", d, lo.Sizes, hi.Sizes)
		}
	}
}

// The figures of design/fit.md: a step of 4 cm needs sigma <= 1.0 cm to be read
// to 95 %, and the wearer's own tape (2 cm) names it with 68 %.
func TestProbabilityOfTheRightSizeMatchesTheNormalLaw(t *testing.T) {
	s := trousers()
	s.Chart = map[body.Key]Chart{body.WaistGirth: s.Chart[body.WaistGirth]}
	s.Secondary, s.POM = nil, nil
	for _, c := range []struct{ sigma, want float64 }{{.010, .9545}, {.020, .6827}} {
		a, _ := mustAdvise(t, woman(.72, 1, c.sigma), s, Options{})
		if got := a.Share["38"]; math.Abs(got-c.want) > .003 {
			t.Errorf("sigma %g m: share %.4f, want %.4f", c.sigma, got, c.want)
		}
	}
}

func TestAdviceRefusesWithReason(t *testing.T) {
	for _, c := range []struct {
		name   string
		w      Wearer
		change func(*Style)
		want   string
	}{
		{"no chest", Wearer{Population: body.Men}, nil, PrimaryMissing},
		{"chest guessed", Wearer{Population: body.Men, Readings: []Reading{{Key: body.ChestGirth, Value: 1, Method: body.EstimatedBy}}}, nil, PrimaryEstimated},
		{"chest predicted", Wearer{Population: body.Men, Readings: []Reading{{Key: body.ChestGirth, Value: 1, Source: body.Predicted, Sigma: .03}}}, nil, PrimaryEstimated},
		{"below the chart", man(.859, .02), nil, OutsideChart},
		{"above the chart", man(1.181, .02), nil, OutsideChart},
		{"a woman, a men's chart", Wearer{Population: body.Women, Readings: []Reading{{Key: body.BustGirth, Value: 1}}}, nil, WrongPeople},
		{"over clothes", Wearer{Population: body.Men, OverClothes: true, Readings: man(1, .02).Readings}, nil, Clothed},
		{"seated", Wearer{Population: body.Men, Posture: "seated", Readings: man(1, .02).Readings}, nil, NotStanding},
		{"garment measures alone", man(1, .02), func(s *Style) { s.Chart, s.Primary = nil, nil }, NoChart},
	} {
		s := tee()
		if c.change != nil {
			c.change(s)
		}
		a, reports := mustAdvise(t, c.w, s, Options{})
		if a.Outcome != RefuseOutcome || a.Reason != c.want || len(a.Sizes) != 0 {
			t.Errorf("%s: %s %s %v, want refuse %s", c.name, a.Outcome, a.Reason, a.Sizes, c.want)
		}
		if a.Text["de"] == "" || a.Text["en"] == "" {
			t.Errorf("%s: no sentence", c.name)
		}
		z := zoneOf(t, reports["M"], "chest")
		if c.want == WrongPeople || c.want == Clothed || c.want == NotStanding || c.want == PrimaryMissing {
			if z.Verdict != CannotJudge {
				t.Errorf("%s: the chest is still %s", c.name, z.Verdict)
			}
		}
	}
}

// An unspecified population is never inferred: it matches, and is said.
func TestUnstatedPopulationIsAnAssumption(t *testing.T) {
	w := man(.98, .02)
	w.Population = body.Unspecified
	a, _ := mustAdvise(t, w, tee(), Options{})
	if a.Outcome != One || len(a.Assumptions) < 3 {
		t.Errorf("%s, assumptions %q", a.Outcome, a.Assumptions)
	}
}

func TestNoneWhenEverySizeIsTooTight(t *testing.T) {
	// The waist fits 36, the hip is larger than any size.
	a, _ := mustAdvise(t, woman(.68, 1.2, .005), trousers(), Options{})
	if a.Outcome != None || a.Reason != AllTight {
		t.Errorf("%s %s, want none", a.Outcome, a.Reason)
	}
}

func TestHardLimitKeepsATightSizeOut(t *testing.T) {
	// Waist of 36, hip of 40: 36 is the waist's size but too tight at the hip.
	a, reports := mustAdvise(t, woman(.68, 1.02, .005), trousers(), Options{})
	if a.Probability["36"] != 0 || !a.Conflict {
		t.Errorf("36 has %.2f, conflict %v", a.Probability["36"], a.Conflict)
	}
	if z := zoneOf(t, reports["36"], "hip"); !(z.TightRisk > maxTightRisk) {
		t.Errorf("hip of 36: risk %.2f", z.TightRisk)
	}
}

// A body in a hole of the chart gets both neighbours, never neither.
func TestGapNamesBothNeighbours(t *testing.T) {
	s := tee()
	s.Chart[body.ChestGirth].Bands["L"] = [2]float64{1.03, 1.10}
	a, reports := mustAdvise(t, man(1.021, .001), s, Options{})
	if a.Outcome != BetweenSizes || a.Reason != ChartGap || !slices.Equal(a.Sizes, []string{"M", "L"}) {
		t.Errorf("%s %s %v, want between M and L by the gap", a.Outcome, a.Reason, a.Sizes)
	}
	if m, l := zoneOf(t, reports["M"], "chest").X, zoneOf(t, reports["L"], "chest").X; !(m > .5 && l < -.5) {
		t.Errorf("x in the gap: M %g, L %g", m, l)
	}
	if len(a.Warnings) == 0 {
		t.Error("the gap is not said")
	}
}

func TestPreferenceMovesTheChoiceNotTheVerdict(t *testing.T) {
	base, r0 := mustAdvise(t, man(.98, .01), tee(), Options{})
	wide, r1 := mustAdvise(t, man(.98, .01), tee(), Options{Preference: .08})
	slim, _ := mustAdvise(t, man(.98, .01), tee(), Options{Preference: -.08})
	if base.Sizes[0] != "M" || wide.Sizes[0] != "L" || slim.Sizes[0] != "S" {
		t.Errorf("slim %v, none %v, wide %v", slim.Sizes, base.Sizes, wide.Sizes)
	}
	if zoneOf(t, r0["M"], "chest").Verdict != zoneOf(t, r1["M"], "chest").Verdict {
		t.Error("the wish changed a verdict")
	}
}

func TestChartAlonePOMAloneAndBoth(t *testing.T) {
	both, pom, chart := tee(), tee(), tee()
	chart.POM = nil
	pom.Chart, pom.Primary = nil, nil
	p := pom.POM[body.ChestGirth]
	p.Design = map[string]float64{"S": .10, "M": .10, "L": .10, "XL": .10}
	pom.POM[body.ChestGirth] = p
	for name, s := range map[string]*Style{"both": both, "chart": chart, "pom with design ease": pom} {
		a, r := mustAdvise(t, man(.98, .01), s, Options{})
		z := zoneOf(t, r["M"], "chest")
		if a.Outcome != One || a.Sizes[0] != "M" || z.Verdict != AsDesigned || math.Abs(z.X) > 1e-9 {
			t.Errorf("%s: %s %v, chest %s at x = %g", name, a.Outcome, a.Sizes, z.Verdict, z.X)
		}
		if hasEase := !math.IsNaN(z.Ease); hasEase == (name == "chart") {
			t.Errorf("%s: ease %g", name, z.Ease)
		}
	}
	// Without design ease the garment measure still says what cannot be worn.
	s := trousers()
	s.Chart, s.Primary, s.Secondary = nil, nil, nil
	_, r := mustAdvise(t, woman(.80, 1.0, .005), s, Options{})
	if z := zoneOf(t, r["34"], "waist"); z.Verdict != WillNotClose {
		t.Errorf("66.6 cm of denim round 80 cm: %s", z.Verdict)
	}
	if z := zoneOf(t, r["42"], "waist"); z.Verdict != CannotJudge || z.Reason != NoDesign || math.IsNaN(z.Ease) {
		t.Errorf("82.6 cm round 80 cm without a design: %s %s", z.Verdict, z.Reason)
	}
	if a, _ := mustAdvise(t, woman(.95, 1.2, .005), s, Options{}); a.Outcome != None {
		t.Errorf("nothing closes, yet %s", a.Outcome)
	}
}

func TestBustAndChestAreOneTapePosition(t *testing.T) {
	s := tee()
	s.Population = body.Unspecified
	w := Wearer{Population: body.Women, Readings: []Reading{{Key: body.BustGirth, Value: .98, Sigma: .01}}}
	if a, _ := mustAdvise(t, w, s, Options{}); a.Outcome != One || a.Sizes[0] != "M" {
		t.Errorf("%s %v", a.Outcome, a.Sizes)
	}
}

// BenchmarkAdvise is issue 6's size: 12 sizes by 16 zones in at most 1 ms.
func BenchmarkAdvise(b *testing.B) {
	s, w := large()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Advise(w, s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Half of what is allocated are the maps of sentences, one for each of 192 zones.
func TestAdviceAllocatesLittle(t *testing.T) {
	s, w := large()
	const most = 800
	n := testing.AllocsPerRun(20, func() {
		if _, _, err := Advise(w, s, Options{}); err != nil {
			t.Fatal(err)
		}
	})
	if n > most {
		t.Errorf("advice on 12 sizes by 16 zones allocates %g times, want at most %d", n, most)
	}
}

// large is a style of 12 sizes charted and measured in 16 zones.
func large() (*Style, Wearer) {
	poplin, _ := fabric.Preset("poplin")
	s := &Style{ID: "large", Population: body.Women, Chart: map[body.Key]Chart{}, POM: map[body.Key]POM{},
		Primary: []body.Key{body.BustGirth}, Secondary: []body.Key{body.WaistGirth, body.HipGirth}, Fabric: poplin}
	for i := range 12 {
		s.Sizes = append(s.Sizes, string(rune('A'+i)))
	}
	w := Wearer{Population: body.Women}
	for _, z := range []struct {
		key               body.Key
		first, step, ease float64
	}{
		{body.NeckGirth, .33, .01, .03}, {body.ShoulderLength, .115, .0025, .005}, {body.AcrossShoulder, .37, .01, .01},
		{body.BustGirth, .76, .04, .1}, {body.UnderbustGirth, .66, .04, .1}, {body.WaistGirth, .60, .04, .05},
		{body.HipGirth, .84, .04, .08}, {body.UpperArmGirth, .25, .012, .05}, {body.WristGirth, .145, .005, .05},
		{body.ThighGirth, .48, .025, .06}, {body.KneeGirth, .33, .012, .06}, {body.CalfGirth, .32, .012, .06},
		{body.AnkleGirth, .22, .005, .06}, {body.CrotchLength, .6, .02, .02}, {body.ArmLength, .56, .005, .01},
		{body.Inseam, .76, .005, -.01},
	} {
		v, g := map[string]float64{}, map[string]float64{}
		for i, size := range s.Sizes {
			v[size] = z.first + z.step*float64(i)
			g[size] = v[size] + z.ease
		}
		s.Chart[z.key], _ = PlainChart(s.Sizes, v)
		s.POM[z.key] = POM{Values: g}
		w.Readings = append(w.Readings, Reading{Key: z.key, Value: z.first + z.step*5.3})
	}
	return s, w
}

// A value is as uncertain on the way over a body as it is by itself.
func TestABodyDoesNotSharpenTheTape(t *testing.T) {
	for _, given := range []body.Measurement{
		{Value: .98}, {Value: .98, Method: body.TapeTrained}, {Value: .98, Sigma: .03}, {Value: .98, Method: body.EstimatedBy},
	} {
		m := body.Measurements{Population: body.Men, Values: map[body.Key]body.Measurement{body.ChestGirth: given}}
		for _, key := range []body.Key{body.ChestGirth, body.BustGirth} {
			b := &body.Body{Population: body.Men, Measures: []body.Measure{{Key: key, Source: body.Given, Asked: .98, Sigma: .005}}}
			want, _ := FromMeasurements(m).find(body.ChestGirth)
			got, _ := FromBody(b, m).find(body.ChestGirth)
			if got.Sigma != want.Sigma || got.estimated != want.estimated {
				t.Errorf("%+v as %s: sigma %g, want %g m", given, key, got.Sigma, want.Sigma)
			}
		}
	}
}

// Reports of earlier wearers move the choice of size and are named; the zones
// stay as tape and physics have them.
func TestReportsMoveTheChoiceOnly(t *testing.T) {
	who := man(1.00, .01) // inside M, near its upper edge
	plain, zones := mustAdvise(t, who, tee(), Options{})
	small, after := mustAdvise(t, who, tee(), Options{Runs: &Runs{Steps: 0.5, SD: 0.1, Reports: 40}})
	if fmt.Sprint(zones) != fmt.Sprint(after) { // printed, since figures that are not known are NaN
		t.Error("reports of wearers change zones")
	}
	if small.Share["L"] <= plain.Share["L"]+0.2 || small.Runs == nil || plain.Runs != nil {
		t.Errorf("share of L %.2f without and %.2f with reports that it runs small", plain.Share["L"], small.Share["L"])
	}
	for lang, want := range map[string]string{"de": "40 Rückmeldungen", "en": "40 reports"} {
		if !strings.Contains(small.Text[lang], want) || strings.Contains(plain.Text[lang], want) {
			t.Errorf("%s: %q does not say that reports were used, or %q does", lang, small.Text[lang], plain.Text[lang])
		}
	}
	large, _ := mustAdvise(t, who, tee(), Options{Runs: &Runs{Steps: -0.5, SD: 0.1, Reports: 40}})
	if large.Share["L"] > plain.Share["L"] || !strings.Contains(large.Text["en"], "0.5 sizes large") {
		t.Errorf("share of L %.2f with reports that it runs large: %q", large.Share["L"], large.Text["en"])
	}
	unsure, _ := mustAdvise(t, who, tee(), Options{Runs: &Runs{SD: 2, Reports: 1}})
	if unsure.Outcome != BetweenSizes {
		t.Errorf("a report that says next to nothing gives %s %v, want between", unsure.Outcome, unsure.Sizes)
	}
	for _, r := range []Runs{{Steps: math.NaN(), Reports: 1}, {Steps: 9, Reports: 1}, {SD: -1, Reports: 1}, {}} {
		if _, _, err := Advise(who, tee(), Options{Runs: &r}); err == nil {
			t.Errorf("%+v is believed", r)
		}
	}
}
