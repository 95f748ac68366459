// Package consent says what a shop may see of a fitting at each level of a
// customer's grant, and takes the rest away.
//
// The lowest level that serves a purpose is the default. Sentences are for the
// customer: they name measurements and are shown from the level that shows
// those.
package consent

import (
	"math"
	"path"

	"fitroom/api/wire"
)

// Levels of a grant; each includes those below.
const (
	Nothing = iota
	Verdict // fits or not, per zone, and the advised size
	Ease    // how much room there is, to half a centimetre
	Rounded // the body's measures, to a whole centimetre or kilogram
	Preview // pictures
	Avatar  // everything, with the 3D file
)

// Highest is the last level.
const Highest = Avatar

// SizeAdvice is the purpose of a shop's page.
const SizeAdvice = "size_advice"

// Purposes a grant may be given for.
func Purposes() []string { return []string{SizeAdvice, "made_to_measure", "product_development"} }

// easeStep is the rounding of room at the level Ease [cm].
const easeStep = 0.5

// Report is what of a report the level shows. The report given is not changed.
func Report(r wire.Report, level int) wire.Report {
	if level >= Avatar {
		return r
	}
	out := wire.Report{
		Status: r.Status, Style: r.Style, Engine: r.Engine, SizeOrder: []string{},
		Advice: wire.Advice{Sizes: []string{}, Probability: map[string]float64{}, Text: map[string]string{}},
		Sizes:  map[string]wire.Size{}, Body: map[string]wire.BodyMeasure{}, Assumptions: []string{}, Warnings: []string{},
	}
	if level <= Nothing {
		out.Advice.Outcome = "refuse"
		return out
	}
	out.SizeOrder, out.Advice.Outcome, out.Advice.Sizes = r.SizeOrder, r.Advice.Outcome, r.Advice.Sizes
	for name, s := range r.Sizes {
		out.Sizes[name] = size(s, level)
	}
	if level >= Rounded {
		for key, m := range r.Body {
			out.Body[key] = wire.BodyMeasure{Source: m.Source, Asked: round(m.Asked, 1), Achieved: round(m.Achieved, 1), SD: round(m.SD, 1), Unit: m.Unit}
		}
	}
	if level >= Preview {
		out.Files = r.Files
	}
	return out
}

func size(s wire.Size, level int) wire.Size {
	out := wire.Size{Zones: map[string]wire.Zone{}}
	for name, z := range s.Zones {
		out.Zones[name] = zone(z, level)
	}
	if level >= Preview {
		out.Files = map[string]string{}
		for kind, file := range s.Files {
			if File(file, level) {
				out.Files[kind] = file
			}
		}
	}
	return out
}

func zone(z wire.Zone, level int) wire.Zone {
	out := wire.Zone{Kind: z.Kind, Verdict: z.Verdict, Between: z.Between, Text: map[string]string{}}
	if level >= Ease {
		out.Ease, out.Design, out.Delta = round(z.Ease, easeStep), round(z.Design, easeStep), round(z.Delta, easeStep)
		if z.Interval != nil {
			out.Interval = &[2]float64{*round(&z.Interval[0], easeStep), *round(&z.Interval[1], easeStep)}
		}
	}
	if level >= Rounded {
		out.Body, out.Garment = round(z.Body, 1), round(z.Garment, 1)
	}
	return out
}

func round(x *float64, step float64) *float64 {
	if x == nil {
		return nil
	}
	y := math.Round(*x/step) * step
	return &y
}

// File tells whether the level shows a file of a result.
func File(name string, level int) bool {
	switch path.Ext(name) {
	case ".png", ".jpg":
		return level >= Preview
	}
	return level >= Avatar
}
