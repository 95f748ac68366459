package body

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"fitroom/geometry/fault"
)

// MeasureError says which given measure cannot be used, and why. Fit joins
// several with errors.Join; errors.As finds the first.
type MeasureError struct {
	Key    Key
	Got    float64
	Lo, Hi float64 // limits, or the expected range; both 0 where there are none
	Unit   string  // m or kg
	Reason error

	// For a value that does not go with the others: what they say, with its
	// standard deviation, and the one that says it loudest. Confirm tells that
	// the value is taken once it is marked Confirmed.
	Expected, SD float64
	With         Key
	Confirm      bool
}

// Fault is the sentence: what, how much, why not.
func (e *MeasureError) Fault() *fault.Fault {
	if e.Hi == 0 {
		return fault.Phrase("%s %w: %w", e.Key, number(e.Got, e.Unit), e.Reason)
	}
	if e.Confirm {
		return fault.Phrase("%s %w %w; take it again, or confirm it if it is right", e.Key, number(e.Got, e.Unit), e.Reason)
	}
	return fault.Phrase("%s %w %w", e.Key, number(e.Got, e.Unit), e.Reason)
}

func (e *MeasureError) Error() string { return e.Fault().Error() }

func number(x float64, unit string) error {
	if unit == "kg" {
		return fault.Errorf("%.1f kg", x)
	}
	return fault.Errorf("%.1f cm", 100*x)
}

// slip guesses the slip of units behind a value out of limits, in words; it
// says nothing if none would explain it. Factors are from what was meant to what was said.
func slip(x float64, lim [2]float64, unit string) error {
	guesses := []struct {
		factor float64
		meant  fault.Word
	}{
		{2.54, "inches"}, {1 / 2.54, "centimetres"}, {100, "metres"}, {10, "centimetres"},
		{0.1, "millimetres"}, {0.01, "centimetres"}, {0.001, "millimetres"},
	}
	if unit == "kg" {
		guesses = guesses[:2]
		guesses[0].factor, guesses[0].meant = 0.45359237, "pounds"
		guesses[1].factor, guesses[1].meant = 1/0.45359237, "kilograms"
	}
	for _, g := range guesses {
		if v := x * g.factor; v >= lim[0] && v <= lim[1] {
			return fault.Errorf("; were the number %s, it would be %w", g.meant, number(v, unit))
		}
	}
	return fault.Errorf("")
}

func unitOf(k Key) string {
	if k == Weight {
		return "kg"
	}
	return "m"
}

// limits are what the shape space was looked at and measured for; outside of
// them a value is a slip of the pen or a body we cannot draw. [m, kg]
var limits = map[Key][2]float64{
	Height:          {1.35, 2.15},
	Weight:          {33, 220},
	NeckGirth:       {0.25, 0.60},
	ChestGirth:      {0.62, 1.75},
	BustGirth:       {0.62, 1.75},
	UnderbustGirth:  {0.55, 1.60},
	WaistGirth:      {0.48, 1.85},
	WaistNavelGirth: {0.50, 1.90},
	HipGirth:        {0.66, 1.85},
	UpperArmGirth:   {0.16, 0.65},
	WristGirth:      {0.11, 0.27},
	ThighGirth:      {0.34, 1.05},
	KneeGirth:       {0.26, 0.70},
	CalfGirth:       {0.23, 0.68},
	AnkleGirth:      {0.15, 0.38},
	Inseam:          {0.55, 1.10},
	BackWaistLength: {0.27, 0.60},
	ShoulderLength:  {0.08, 0.22},
	AcrossShoulder:  {0.28, 0.60},
	ArmLength:       {0.40, 0.80},
	CrotchLength:    {0.45, 1.30},
	CervicalHeight:  {1.10, 1.90},
	AcromialHeight:  {1.05, 1.85},
	KneeHeight:      {0.33, 0.68},

	HeadGirth:       {0.45, 0.68},
	NeckBaseGirth:   {0.28, 0.65},
	ElbowGirth:      {0.16, 0.48},
	ForearmGirth:    {0.16, 0.50},
	LowerThighGirth: {0.26, 0.80},
	TrunkGirth:      {1.10, 2.60},
	FrontNeckHeight: {1.02, 1.85},
	ArmpitHeight:    {0.93, 1.75},
	ChestHeight:     {0.85, 1.70},
	WaistHeight:     {0.75, 1.45},
	NavelHeight:     {0.70, 1.40},
	HipHeight:       {0.57, 1.25},
	AnkleHeight:     {0.03, 0.12},
	ShoulderWidth:   {0.25, 0.55},
	AcrossBackWidth: {0.22, 0.70},
	UpperArmLength:  {0.21, 0.46},
	BackNeckToWrist: {0.55, 1.10},
}

// Limits are those of a measurement of the adult bodies this model covers [m, kg];
// false for one it does not know.
func Limits(k Key) (lo, hi float64, ok bool) {
	l, ok := limits[k]
	return l[0], l[1], ok
}

const (
	minBMI = 13.0 // [kg/m2]
	maxBMI = 60.0
	// Between these the shapes were looked at and learned from.
	thinBMI  = 16.0
	heavyBMI = 45.0
)

// sigmaOf is the measuring error of a value by its method: about what trained
// measurers, scanners and people at home reach (ISO 20685-1 asks 4 to 9 mm of
// a scanner; self-measured girths scatter by 1 to 2 cm). [m, kg]
func sigmaOf(k Key, m Measurement) float64 {
	if m.Sigma > 0 {
		return m.Sigma
	}
	type pair struct{ length, mass float64 }
	s := pair{0.010, 1}
	switch m.Method {
	case TapeTrained:
		s = pair{0.005, 0.5}
	case Scan:
		s = pair{0.004, 0.5}
	case EstimatedBy:
		s = pair{0.030, 4}
	}
	if k == Weight {
		return s.mass
	}
	return s.length
}

// check validates the values one by one.
func (m *Measurements) check() error {
	var faults []error
	switch m.Population {
	case Women, Men, Unspecified, "":
	default:
		faults = append(faults, fault.Errorf("population %q is unknown; use %q, %q or %q", m.Population, Women, Men, Unspecified))
	}
	for _, k := range sortedKeys(m.Values) {
		if err := checkValue(k, m.Values[k]); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) == 0 {
		faults = append(faults, m.checkTogether()...)
	}
	return errors.Join(faults...)
}

func sortedKeys(values map[Key]Measurement) []Key {
	keys := make([]Key, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func checkValue(k Key, v Measurement) error {
	lim, known := limits[k]
	if !known {
		return &MeasureError{Key: k, Got: v.Value, Reason: fault.Errorf("is no measurement this model knows")}
	}
	unit := unitOf(k)
	if math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
		return &MeasureError{Key: k, Got: v.Value, Lo: lim[0], Hi: lim[1], Unit: unit, Reason: fault.Errorf("is not a finite number")}
	}
	if v.Value < lim[0] || v.Value > lim[1] {
		return &MeasureError{Key: k, Got: v.Value, Lo: lim[0], Hi: lim[1], Unit: unit,
			Reason: fault.Errorf("is outside %w to %w, the range of adult bodies this model covers%w",
				number(lim[0], unit), number(lim[1], unit), slip(v.Value, lim, unit))}
	}
	if math.IsNaN(v.Sigma) || v.Sigma < 0 || v.Sigma > v.Value/2 {
		return &MeasureError{Key: k, Got: v.Sigma, Lo: 0, Hi: v.Value / 2, Unit: unit,
			Reason: fault.Errorf("as its measuring error is not between 0 and half the value, %w", number(v.Value/2, unit))}
	}
	switch v.Method {
	case "", TapeTrained, TapeSelf, Scan, EstimatedBy:
	default:
		return &MeasureError{Key: k, Got: v.Value, Unit: unit, Reason: fault.Errorf("method %q is unknown", v.Method)}
	}
	return nil
}

// beyond says that a body lies at the edge of what the shapes were made for;
// empty if it does not.
func (m *Measurements) beyond() string {
	h, hasH := m.Values[Height]
	w, hasW := m.Values[Weight]
	bmi := w.Value / (h.Value * h.Value)
	if !hasH || !hasW || bmi >= thinBMI && bmi <= heavyBMI {
		return ""
	}
	return fmt.Sprintf("weight %s at height %s is rarer than the bodies this model was made from (body mass index %.0f to %.0f): predicted measures and shape are less sure",
		number(w.Value, "kg"), number(h.Value, "m"), thinBMI, heavyBMI)
}

// checkTogether looks at what must hold between values for any body.
func (m *Measurements) checkTogether() []error {
	var faults []error
	h, hasH := m.Values[Height]
	w, hasW := m.Values[Weight]
	if hasH && hasW {
		if bmi := w.Value / (h.Value * h.Value); bmi < minBMI || bmi > maxBMI {
			lo, hi := minBMI*h.Value*h.Value, maxBMI*h.Value*h.Value
			faults = append(faults, &MeasureError{Key: Weight, Got: w.Value, Lo: lo, Hi: hi, Unit: "kg",
				Reason: fault.Errorf("does not go with height %w; the model covers %w to %w there", number(h.Value, "m"), number(lo, "kg"), number(hi, "kg"))})
		}
	}
	b, hasB := m.Values[BustGirth]
	c, hasC := m.Values[ChestGirth]
	if hasB && hasC && math.Abs(b.Value-c.Value) > 0.003 {
		faults = append(faults, &MeasureError{Key: ChestGirth, Got: c.Value, Lo: b.Value, Hi: b.Value, Unit: "m",
			Reason: fault.Errorf("differs from bust_girth %w, though both name the girth over the bust points; give one", number(b.Value, "m"))})
	}
	return faults
}
