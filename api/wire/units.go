package wire

import "math"

// Metres per unit of length, kilograms per unit of mass.
const (
	inch  = 0.0254
	pound = 0.45359237
)

// lengthUnit is the size of a unit of length in metres, 0 if it is none.
func lengthUnit(unit string) float64 {
	switch unit {
	case "cm":
		return 0.01
	case "mm":
		return 0.001
	case "m":
		return 1
	case "in":
		return inch
	}
	return 0
}

// massUnit is the size of a unit of mass in kilograms, 0 if it is none.
func massUnit(unit string) float64 {
	switch unit {
	case "kg":
		return 1
	case "lb":
		return pound
	}
	return 0
}

// number is a figure for JSON, rounded to the given step; nil, shown as null,
// where there is none.
func number(v, step float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	// Dividing by the whole number 1/step instead of multiplying by step keeps
	// 0.1 from printing as 0.1000000000000000055.
	r := math.Round(v/step) / math.Round(1/step)
	if r == 0 {
		r = 0 // no "-0"
	}
	return &r
}

func cm(metres float64) *float64 { return number(100*metres, 0.01) }
