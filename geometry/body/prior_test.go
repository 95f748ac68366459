package body

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// The conditional Gaussian: a value is predicted by itself, and spreads shrink
// with knowledge.
func TestPredictionsAreConditional(t *testing.T) {
	m := openModel(t)
	s := m.Prior(Women)
	none, spread := s.parts.given(nil)
	h := s.index(Height)
	tall := none[h] + 2*spread[h]
	mean, sd := s.parts.given([]observation{{h, tall, 0.003}})
	if math.Abs(mean[h]-tall) > 0.1*spread[h] {
		t.Errorf("a known height of %.3f is predicted as %.3f", math.Exp(tall), math.Exp(mean[h]))
	}
	for i, k := range s.keys {
		if sd[i] > spread[i]+1e-12 {
			t.Errorf("%s: spread %.4f grows to %.4f with knowledge", k, spread[i], sd[i])
		}
	}
	if leg := s.index(Inseam); mean[leg] <= none[leg] {
		t.Error("taller women are predicted no longer legs")
	}
}

// Leaving an observation out and asking the others gives the residual that is
// read off the inverse.
func TestResidualsAreThoseOfLeavingOut(t *testing.T) {
	s := openModel(t).Prior(Men).parts[0]
	in := Measurements{Population: Men, Values: map[Key]Measurement{
		Height: {Value: 1.83}, Weight: {Value: 77}, ChestGirth: {Value: 1.02}, Inseam: {Value: 0.80}, NeckGirth: {Value: 0.36},
	}}
	obs, _ := in.observations(&Prior{who: Men, keys: s.keys, parts: mixture{s}})
	all := s.see(obs)
	for i, o := range obs {
		var rest []observation
		rest = append(rest, obs[:i]...)
		rest = append(rest, obs[i+1:]...)
		mean, sd := s.see(rest).rest()
		r, d := all.apart(i)
		if want := o.log - mean[o.at]; math.Abs(r-want) > 1e-9 {
			t.Errorf("%s: residual %.9f, left out %.9f", s.keys[o.at], r, want)
		}
		if want := math.Hypot(sd[o.at], o.err); math.Abs(d-want) > 1e-9 {
			t.Errorf("%s: spread %.9f, left out %.9f", s.keys[o.at], d, want)
		}
	}
}

// The mixture lies between the sexes when nothing tells them apart, and is one
// of them when the values do.
func TestUnspecifiedIsAMixture(t *testing.T) {
	m := openModel(t)
	predict := func(who Population, v map[Key]float64) map[Key]Measure {
		in := Measurements{Population: who, Values: map[Key]Measurement{}}
		for k, x := range v {
			in.Values[k] = Measurement{Value: x}
		}
		table, err := m.Prior(who).Predict(in)
		if err != nil {
			t.Fatal(err)
		}
		out := map[Key]Measure{}
		for _, r := range table {
			out[r.Key] = r
		}
		return out
	}
	either := map[Key]float64{Height: 1.69, Weight: 70}
	w, x, n := predict(Women, either), predict(Unspecified, either), predict(Men, either)
	for _, k := range []Key{NeckGirth, HipGirth, AcrossShoulder} {
		lo, hi := min(w[k].Asked, n[k].Asked), max(w[k].Asked, n[k].Asked)
		if x[k].Asked <= lo || x[k].Asked >= hi {
			t.Errorf("%s: %.3f does not lie between %.3f and %.3f", k, x[k].Asked, lo, hi)
		}
		if x[k].SD <= min(w[k].SD, n[k].SD) {
			t.Errorf("%s: the mixture is surer (%.4f) than either sex", k, x[k].SD)
		}
	}
	plain := map[Key]float64{Height: 1.86, Weight: 84, NeckGirth: 0.41, HipGirth: 0.99, WristGirth: 0.182, AcrossShoulder: 0.47}
	x, n = predict(Unspecified, plain), predict(Men, plain)
	for _, k := range Keys() {
		if math.Abs(x[k].Asked-n[k].Asked) > 0.03*n[k].Asked {
			t.Errorf("%s: %.3f, though the values are a man's, for whom it is %.3f", k, x[k].Asked, n[k].Asked)
		}
	}
}

// A value out of all limits is refused with what the others expect instead.
func TestRefusalsSayWhatIsExpected(t *testing.T) {
	in := Measurements{Population: Men, Values: map[Key]Measurement{Height: {Value: 1.80}, Inseam: {Value: 0.45}, NeckGirth: {Value: 2}}}
	_, err := openModel(t).Check(in)
	var e *MeasureError
	if !errors.As(err, &e) || e.Key != Inseam || e.With != Height || math.Abs(e.Expected-0.85) > 0.03 {
		t.Fatalf("%v", err)
	}
	if text := err.Error(); !strings.Contains(text, "with height 180.0 cm expected 8") || !strings.Contains(text, "neck_girth 200.0 cm is outside") {
		t.Error(text)
	}
}
