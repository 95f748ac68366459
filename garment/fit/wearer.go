package fit

import (
	"errors"
	"math"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Reading is one measurement of the wearer as far as it is known.
type Reading struct {
	Key    body.Key
	Value  float64 // [m]; weight [kg]
	Sigma  float64 // standard deviation of its error, same unit; 0 means the method's
	Source body.Source
	Method body.Method // of a given value; empty means tape_self
}

// Wearer is the body side of the arithmetic: a table, no mesh.
type Wearer struct {
	Population body.Population
	Readings   []Reading
	// OverClothes says that the tape ran over clothes: girths are too large by
	// an unknown amount.
	OverClothes bool
	// Yield is how far the skin gives way per pressure, by the girth it is the
	// mean round [m/Pa]; without it the body is rigid.
	Yield map[body.Key]float64
	// Posture other than standing: no verdict on a standing body applies.
	Posture string
}

// FromMeasurements takes what a person knows of themselves, in the order of
// the keys' names; nothing is predicted.
func FromMeasurements(m body.Measurements) Wearer {
	w := Wearer{Population: m.Population, OverClothes: m.OverClothes}
	for _, k := range sortedKeys(m.Values) {
		v := m.Values[k]
		w.Readings = append(w.Readings, Reading{Key: k, Value: v.Value, Sigma: v.Sigma, Source: body.Given, Method: v.Method})
	}
	return w
}

// FromBody takes the given and the predicted values of a body. m is what the
// body was made from: it says how each given value was taken.
func FromBody(b *body.Body, m body.Measurements) Wearer {
	w := Wearer{Population: b.Population, OverClothes: m.OverClothes, Yield: yields(b)}
	for _, v := range b.Measures {
		given, ok := m.Values[v.Key]
		if !ok {
			given = m.Values[twin(v.Key)]
		}
		// The error of a given value is the one stated, or else that of a tape
		// on a person (measuringError), not the narrower one by which the body
		// is fitted.
		r := Reading{Key: v.Key, Value: v.Asked, Sigma: given.Sigma, Source: v.Source, Method: given.Method}
		if v.Source == body.Predicted {
			r.Sigma = v.SD
		}
		w.Readings = append(w.Readings, r)
	}
	return w
}

// known is a reading with its error filled in.
type known struct {
	Reading
	estimated bool // predicted from other measurements, or guessed by the wearer
}

// find returns the reading of a key or of its other name; a given value goes
// before a predicted one.
func (w Wearer) find(k body.Key) (known, bool) {
	best, found := known{}, false
	for _, want := range [2]body.Key{k, twin(k)} {
		for _, r := range w.Readings {
			if r.Key != want || math.IsNaN(r.Value) {
				continue
			}
			n := known{r, r.Source == body.Predicted || r.Method == body.EstimatedBy}
			if n.Sigma == 0 {
				n.Sigma = measuringError(k, r)
			}
			if !found || best.estimated && !n.estimated {
				best, found = n, true
			}
		}
	}
	return best, found
}

// measuringError is the standard deviation of one value by the way it was
// taken [m] (design/fit.md): a trained tape 1.0 cm on a large girth, 0.5 on a
// small one and on heights; the wearer's own tape 2.0, 1.0, 1.5; a scan the
// classes of ISO 20685-1, 0.9 and 0.4; a guess as a girth predicted from height
// and weight, 5.5 to 7.5.
func measuringError(k body.Key, r Reading) float64 {
	large, small, height := 0.020, 0.010, 0.015
	switch {
	case r.Method == body.EstimatedBy || r.Source == body.Predicted:
		large, small, height = 0.065, 0.030, 0.030
	case r.Method == body.TapeTrained:
		large, small, height = 0.010, 0.005, 0.005
	case r.Method == body.Scan:
		large, small, height = 0.009, 0.004, 0.004
	}
	p, ok := placeOf(k)
	switch {
	case !ok || p.length:
		return height
	case p.large:
		return large
	}
	return small
}

// Validate refuses values no adult has: each fault names key, value and limits.
// The body room asks more; this guards the arithmetic when it runs alone.
func (w Wearer) Validate() error {
	var faults []error
	for _, r := range w.Readings {
		lo, hi, unit, by := 0.02, 2.72, "cm", 100.0 // no part of a body is larger than the tallest
		if r.Key == body.Weight {
			lo, hi, unit, by = 20, 450, "kg", 1
		}
		if !(r.Value >= lo && r.Value <= hi) {
			faults = append(faults, fault.Errorf("measurement %s is %.4g %s; it must be %g to %g %s", r.Key, r.Value*by, unit, lo*by, hi*by, unit))
		}
		if !(r.Sigma >= 0 && r.Sigma <= hi/4) {
			faults = append(faults, fault.Errorf("measurement %s: sigma is %.4g %s; it must be 0 to %g %s", r.Key, r.Sigma*by, unit, hi/4*by, unit))
		}
	}
	return errors.Join(faults...)
}

// mismatch reports a wearer of another population than the style is made for.
// An unspecified side matches: it is never inferred.
func (w Wearer) mismatch(s *Style) bool {
	stated := func(p body.Population) bool { return p == body.Women || p == body.Men }
	return stated(w.Population) && stated(s.Population) && w.Population != s.Population
}
