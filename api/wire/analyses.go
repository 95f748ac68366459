package wire

import (
	"math"

	"fitroom/garment/fit"
)

// Analyses are the six of ISO 20947-2 in numbers, by our own definitions; no
// conformity is claimed. Sectors go round in eighths, the first in the middle
// of the front, then by the wearer's left.
type Analyses struct {
	Strain   Spread             `json:"strain_fill"`    // share of the usable strain [1]
	Gap      Spread             `json:"gap_mm"`         // between cloth and skin, at most 60
	Tension  Spread             `json:"tension_N_m"`    // larger principal force
	Sections map[string]Section `json:"cross_sections"` // by zone
	Wrinkles map[string]Wrinkle `json:"wrinkles"`       // by the girth zone next to them
	Balance  Balance            `json:"balance"`
}

// Spread is a distribution over the garment by area; Shares has the share of
// the area in each class, Limits what parts the classes.
type Spread struct {
	Mean   *float64  `json:"mean"`
	P05    *float64  `json:"p05"`
	Median *float64  `json:"median"`
	P95    *float64  `json:"p95"`
	Limits []float64 `json:"class_limits"`
	Shares []float64 `json:"class_shares"`
}

// Section is one cross-section by sectors.
type Section struct {
	Ease     []*float64 `json:"ease_mm"` // worn garment less tight tape; their sum is the ease worn
	Gap      []*float64 `json:"gap_mm"`
	Pressure []*float64 `json:"pressure_kpa"`
}

// Wrinkle is what folds of one part come to.
type Wrinkle struct {
	Energy *float64 `json:"energy_mJ"`
	Area   *float64 `json:"area_share"`
	Folds  int      `json:"folds"`
	Drags  []Drag   `json:"drag_lines"`
}

// Drag is a fold pulled tight; 90 degrees runs up and down.
type Drag struct {
	Length  *float64 `json:"length_cm"`
	Angle   *float64 `json:"angle_deg"`
	Tension *float64 `json:"tension_N_m"`
}

// Balance is how the garment hangs; null where it has no such line.
type Balance struct {
	SideSeam     Pair     `json:"side_seam_mm"`
	SideSwing    Pair     `json:"side_seam_swing_deg"`
	ShoulderSeam Pair     `json:"shoulder_seam_mm"`
	ShoulderEnd  Pair     `json:"shoulder_end_mm"`
	HemTilt      *float64 `json:"hem_front_over_back_mm"`
	HemLean      *float64 `json:"hem_left_over_right_mm"`
	HemSpread    *float64 `json:"hem_spread_mm"`
	GrainFront   *float64 `json:"grain_front_deg"`
	GrainBack    *float64 `json:"grain_back_deg"`
}

// Pair is a figure of the left and of the right side.
type Pair struct {
	Left  *float64 `json:"left"`
	Right *float64 `json:"right"`
}

func newAnalyses(a *fit.Analyses) *Analyses {
	if a == nil {
		return nil
	}
	out := &Analyses{
		Strain: newSpread(a.Strain, 1, 0.001), Gap: newSpread(a.Gap, 1000, 0.1), Tension: newSpread(a.Tension, 1, 0.1),
		Sections: map[string]Section{}, Wrinkles: map[string]Wrinkle{}, Balance: newBalance(a.Balance),
	}
	for _, s := range a.Sections {
		var j Section
		for k := range fit.Sectors {
			j.Ease = append(j.Ease, number(1000*s.Ease[k], 0.1))
			j.Gap = append(j.Gap, number(1000*s.Gap[k], 0.1))
			j.Pressure = append(j.Pressure, number(s.Pressure[k]/1000, 0.001))
		}
		out.Sections[s.Zone] = j
	}
	for _, w := range a.Wrinkles {
		j := Wrinkle{Energy: number(1000*w.Energy, 0.001), Area: number(w.Area, 0.001), Folds: w.Folds, Drags: []Drag{}}
		for _, d := range w.Drags {
			j.Drags = append(j.Drags, Drag{number(100*d.Length, 0.1), degrees(d.Angle), number(d.Tension, 0.1)})
		}
		out.Wrinkles[w.Zone] = j
	}
	return out
}

func newSpread(s fit.Spread, by, step float64) Spread {
	j := Spread{Mean: number(by*s.Mean, step), P05: number(by*s.P05, step), Median: number(by*s.P50, step), P95: number(by*s.P95, step)}
	for _, v := range s.Limits {
		j.Limits = append(j.Limits, *number(by*v, 0.001))
	}
	for _, v := range s.Shares {
		j.Shares = append(j.Shares, *number(v, 0.001))
	}
	return j
}

func newBalance(b fit.Balance) Balance {
	mm := func(v float64) *float64 { return number(1000*v, 0.1) }
	return Balance{
		SideSeam:     Pair{mm(b.SideSeam[0]), mm(b.SideSeam[1])},
		SideSwing:    Pair{degrees(b.SideSwing[0]), degrees(b.SideSwing[1])},
		ShoulderSeam: Pair{mm(b.ShoulderSeam[0]), mm(b.ShoulderSeam[1])},
		ShoulderEnd:  Pair{mm(b.ShoulderEnd[0]), mm(b.ShoulderEnd[1])},
		HemTilt:      mm(b.HemTilt), HemLean: mm(b.HemLean), HemSpread: mm(b.HemSpread),
		GrainFront: degrees(b.GrainFront), GrainBack: degrees(b.GrainBack),
	}
}

func degrees(rad float64) *float64 { return number(rad*180/math.Pi, 0.1) }
