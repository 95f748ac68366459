package consent_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"fitroom/api/consent"
	"fitroom/api/wire"
)

// full is a report with something in every place that could tell of a body.
func full() wire.Report {
	f := func(x float64) *float64 { return &x }
	return wire.Report{
		Status: "ok", Style: "tee", SizeOrder: []string{"M"},
		Advice: wire.Advice{Outcome: "one", Sizes: []string{"M"}, Probability: map[string]float64{"M": 0.93}, Reason: "waist 74.31", Text: map[string]string{"en": "waist 74.31"}},
		Sizes: map[string]wire.Size{"M": {
			Drape: &wire.Drape{Status: "at_rest", Reason: "74.31"}, Failed: "74.31",
			Zones: map[string]wire.Zone{"waist": {
				Kind: "girth", Body: f(74.31), Garment: f(80.62), Worn: f(75.31), Ease: f(6.31), Interval: &[2]float64{5.31, 7.31}, Design: f(6.12), X: f(0.131), StrainMax: f(1.31), Tension: f(2.31),
				Verdict: "snug", Confidence: f(0.931), Reason: "74.31", Notes: map[string]string{"en": "74.31"}, Text: map[string]string{"en": "74.31"}}},
			Files: map[string]string{"front": "M-front.png", "glb": "M-3d.glb"},
		}},
		Files: map[string]string{"sizes": "sizes.png"}, Body: map[string]wire.BodyMeasure{"waist_girth": {Asked: f(74.31), Achieved: f(74.31), SD: f(0.31), Unit: "cm"}},
		Assumptions: []string{"74.31"}, Warnings: []string{"74.31"},
	}
}

// A level shows what it must, and no level below shows it.
func TestLevels(t *testing.T) {
	for shown, from := range map[string]int{
		`"snug"`: consent.Verdict, `"outcome":"one"`: consent.Verdict, `"ease_cm":6.`: consent.Ease, `"body_cm":74`: consent.Rounded,
		`"achieved":74`: consent.Rounded, "M-front.png": consent.Preview, "sizes.png": consent.Preview, "M-3d.glb": consent.Avatar, ".31": consent.Avatar, `"text":{"en"`: consent.Avatar,
	} {
		for level := consent.Nothing; level <= consent.Highest; level++ {
			data, err := json.Marshal(consent.Report(full(), level))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(data), shown); got != (level >= from) {
				t.Errorf("level %d shows %s: %v; want it from level %d on\n%s", level, shown, got, from, data)
			}
		}
	}
}

// What a level shows, every higher one shows too: the number of values grows.
func TestLevelsOnlyGrow(t *testing.T) {
	last := -1
	for level := consent.Nothing; level <= consent.Highest; level++ {
		data, _ := json.Marshal(consent.Report(full(), level))
		if n := strings.Count(string(data), ":"); n < last {
			t.Errorf("level %d shows less than the one below", level)
		} else {
			last = n
		}
	}
	files := map[string]int{"M-front.png": consent.Preview, "a.jpg": consent.Preview, "M-3d.glb": consent.Avatar, "report.json": consent.Avatar, "odd": consent.Avatar}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for level := range consent.Highest + 1 {
			if consent.File(name, level) != (level >= files[name]) {
				t.Errorf("%s at level %d", name, level)
			}
		}
	}
}
