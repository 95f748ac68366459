package wire

import (
	"maps"
	"math"
	"slices"

	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// POM is one point of measure of the garment.
type POM struct {
	Unit        string             `json:"unit,omitempty"`
	Measure     string             `json:"measure,omitempty"` // full or half
	Tolerance   float64            `json:"tolerance,omitempty"`
	ToleranceOf string             `json:"tolerance_of,omitempty"` // full or half; absent: as Measure
	Values      map[string]float64 `json:"values,omitempty"`
	Free        bool               `json:"free,omitempty"`
}

func (p POM) convert(at string, sizes []string, faults *Errors) fit.POM {
	if p.Free {
		return fit.POM{Free: true}
	}
	unit := lengthUnit(p.Unit)
	if unit == 0 {
		faults.add(at+"/unit", "is %q; it must be cm, mm, m or in", clip(p.Unit))
	}
	full := halves(at+"/measure", p.Measure, p.Measure, faults)
	tol := halves(at+"/tolerance_of", p.ToleranceOf, p.Measure, faults)
	if p.Tolerance < 0 || math.IsInf(p.Tolerance, 0) {
		faults.add(at+"/tolerance", "is %g; it must be 0 or more", p.Tolerance)
	}
	out := fit.POM{Values: map[string]float64{}, Tolerance: p.Tolerance * unit * tol}
	for size, v := range p.Values {
		if !(v > 0) {
			faults.add(at+"/values/"+size, "is %g %s; a measure of a garment is greater than 0", v, p.Unit)
		}
		out.Values[size] = v * unit * full
	}
	knownSizes(at+"/values", sizes, slices.Collect(maps.Keys(p.Values)), faults)
	return out
}

// convertPOM enters one garment measure. Measures of no zone are for drafting
// alone; without a template nobody would read them, so they are refused.
func (s Style) convertPOM(at, name string, out *tryon.Style, faults *Errors) {
	pom := s.POM[name].convert(at, s.Sizes, faults)
	key, ok := measurementKey(name)
	if !ok {
		key = body.Key(name)
	}
	switch {
	case fit.Known(key):
		out.POM[key] = pom
	case s.Pattern == nil || s.Pattern.Format != templateFormat:
		faults.add(at, "is not a measure of a garment known here")
	}
}

// halves is what a declared half or full measure is multiplied with. Nothing
// is ever doubled unless it says half.
func halves(at, word, fallback string, faults *Errors) float64 {
	if word == "" {
		word = fallback
	}
	switch word {
	case "full":
		return 1
	case "half":
		return 2
	}
	faults.add(at, "is %q; it must be declared as full or half", clip(word))
	return 0
}

// drafting collects the finished measures of one size for a template [m].
func (s Style) drafting(size string) map[string]float64 {
	pom := map[string]float64{}
	for name, p := range s.POM {
		var faults Errors // found before
		if v, ok := p.convert("", s.Sizes, &faults).Values[size]; ok {
			pom[name] = v
		}
	}
	return pom
}
