package main

import (
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/geometry/body"
)

// Misses are pooled by measure, refusals by the measure they name, and the
// worst miss stands in the written table.
func TestReportCountsWhatItSaw(t *testing.T) {
	keys := []body.Key{body.Height, body.HipGirth}
	g := tally(body.Women, keys, []outcome{
		{miss: map[body.Key]float64{body.Height: 0.0001, body.HipGirth: -0.003}, posed: posed{map[body.Key]float64{body.HipGirth: 0.004}, true, 29}},
		{miss: map[body.Key]float64{body.Height: 0, body.HipGirth: 0.001}, posed: posed{map[body.Key]float64{body.HipGirth: 0.001}, false, 30}},
		{err: errors.Join(&body.MeasureError{Key: body.HipGirth, Got: 1, Unit: "m", Reason: errors.New("cannot be met")})},
	})
	if g.Fitted != 2 || g.Refused[body.HipGirth] != 1 || len(g.Misses[body.HipGirth]) != 2 {
		t.Fatalf("%+v", g)
	}
	r := report{given: []given{g}}
	dir := t.TempDir()
	if err := r.writeGiven(dir); err != nil {
		t.Fatal(err)
	}
	if text := r.text.String(); !strings.Contains(text, "| hip_girth | -1.00 | 3.00 | 3.00 | 3.00 | 50.0 % |") {
		t.Error(text)
	}
	if err := r.writePosed(dir); err != nil {
		t.Fatal(err)
	}
	if text := r.text.String(); !strings.Contains(text, "| hip_girth | 4.00 | 4.00 | 4.00 | 1 |") || !strings.Contains(text, "2 bodies; 1 whose skin crosses itself in a pose and not in the measuring stance; arms in drape A at 30.0") {
		t.Error(text)
	}
	for _, name := range []string{"given.csv", "given.png", "posed.csv"} {
		if m, err := filepath.Glob(filepath.Join(dir, name)); err != nil || len(m) != 1 {
			t.Errorf("no %s", name)
		}
	}
}

func TestQuantilesAreOfAbsoluteValues(t *testing.T) {
	x := []float64{-5, 1, 2, -3, 4}
	for q, want := range map[float64]float64{0: 1, 0.5: 3, 1: 5} {
		if got := quantile(x, q); got != want {
			t.Errorf("quantile %g is %g, want %g", q, got, want)
		}
	}
	if !math.IsNaN(quantile(nil, 0.5)) {
		t.Error("a quantile of nothing")
	}
}
