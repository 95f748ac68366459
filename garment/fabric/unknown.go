package fabric

import (
	"math"
	"slices"
)

// Names of the cloths that stand in where nothing is known but the structure.
const (
	UnknownWoven = "unknown woven"
	UnknownKnit  = "unknown knit"
)

// unknowns are the envelopes of all presets of a structure. Such a fabric is a
// range, not a point: its nominal figures, the medians of the presets, are what
// a drape has to start from, and whoever shows its result must show the range
// (Figures) as well.
func unknowns(all []preset) []preset {
	return []preset{envelope(UnknownWoven, Woven, all), envelope(UnknownKnit, Knit, all)}
}

func envelope(name string, structure Structure, all []preset) preset {
	out := preset{name: name, structure: structure}
	for _, field := range []func(p *preset) *span{
		func(p *preset) *span { return &p.density }, func(p *preset) *span { return &p.thickness },
		func(p *preset) *span { return &p.warp }, func(p *preset) *span { return &p.weft }, func(p *preset) *span { return &p.shear },
		func(p *preset) *span { return &p.poisson }, func(p *preset) *span { return &p.bendWarp }, func(p *preset) *span { return &p.bendWeft },
		func(p *preset) *span { return &p.friction }, func(p *preset) *span { return &p.useWarp }, func(p *preset) *span { return &p.useWeft },
	} {
		s := span{low: math.Inf(1), high: math.Inf(-1), evidence: Judged, source: "the range of all presets of this structure, their median as nominal"}
		var nominal []float64
		for i := range all {
			if all[i].structure == structure {
				v := field(&all[i])
				s.low, s.high = min(s.low, v.low), max(s.high, v.high)
				nominal = append(nominal, v.nominal)
			}
		}
		slices.Sort(nominal)
		s.nominal = nominal[len(nominal)/2]
		*field(&out) = s
	}
	return out
}
