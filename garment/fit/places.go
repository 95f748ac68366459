package fit

import (
	"cmp"
	"slices"

	"fitroom/geometry/body"
)

// Garment measures that have no key among the body's measurements.
const (
	BodyLength  body.Key = "body_length"  // back neck to hem
	SkirtLength body.Key = "skirt_length" // top edge to hem
	Outseam     body.Key = "outseam"      // top edge to hem, outside of the leg
	SleeveLen   body.Key = "sleeve_length"
	Hem         body.Key = "hem"
)

// place is one zone of the contract: how its key, its kind and its sizes on
// adults go together. low and high bound the garment there [m]: figures beyond
// are another unit or half a girth, not clothes for adults.
type place struct {
	key       body.Key
	zone      string
	length    bool
	torso     bool // a large girth of the trunk
	large     bool // the tape errs as on a large girth
	low, high float64
	// slip is how far against the level's normal a loop may lie and still
	// stand for the zone [m]: low-rise trousers end 8 cm below the waist, a
	// short sleeve as far above the tape of the upper arm as 5 cm.
	slip    float64
	fixed   bool    // a loop off the level is another measure: a neckline is no collar
	usual   float64 // measures below are told: small or short ones, or inches [m]
	either  bool    // below usual it is as ordinary in centimetres as in inches: a short sleeve, a strap
	minEase float64 // minimum wearing ease of a woven [m]; design/fit.md, grade B
}

// places lists all zones in the order of the contract. bust and chest are one
// tape position under two names (ISO 8559-1 5.3.4).
func places() []place { return zoneTable[:] }

// zoneTable is only read.
var zoneTable = [...]place{
	{key: body.NeckGirth, zone: "neck", fixed: true, low: 0.25, high: 0.8, usual: 0.30},
	{key: body.ShoulderLength, zone: "shoulder", length: true, low: 0.04, high: 0.3, usual: 0.08, either: true},
	{key: body.AcrossShoulder, zone: "across_back", length: true, low: 0.2, high: 0.9},
	{key: body.AcrossBackWidth, zone: "across_back", length: true, low: 0.2, high: 0.9},
	{key: body.ChestGirth, zone: "chest", torso: true, large: true, low: 0.56, high: 2.4, minEase: 0.064, usual: 0.66},
	{key: body.BustGirth, zone: "bust", torso: true, large: true, low: 0.56, high: 2.4, minEase: 0.064, usual: 0.66},
	{key: body.UnderbustGirth, zone: "underbust", torso: true, large: true, low: 0.45, high: 2.4, usual: 0.55},
	{key: body.WaistGirth, zone: "waist", torso: true, large: true, slip: 0.08, low: 0.42, high: 2.4, minEase: 0.025, usual: 0.54},
	{key: body.WaistNavelGirth, zone: "waist", torso: true, large: true, slip: 0.08, low: 0.42, high: 2.4, minEase: 0.025, usual: 0.54},
	{key: body.HipGirth, zone: "hip", torso: true, large: true, low: 0.58, high: 4, minEase: 0.051, usual: 0.70},
	{key: body.UpperArmGirth, zone: "upper_arm", slip: 0.05, low: 0.18, high: 1.2, usual: 0.22},
	{key: body.ElbowGirth, zone: "elbow", low: 0.18, high: 1.2, usual: 0.21},
	{key: body.WristGirth, zone: "wrist", slip: 0.05, low: 0.1, high: 1.2, usual: 0.14},
	{key: body.ThighGirth, zone: "thigh", large: true, low: 0.3, high: 2, usual: 0.40},
	{key: body.KneeGirth, zone: "knee", low: 0.22, high: 2, usual: 0.27},
	{key: body.CalfGirth, zone: "calf", low: 0.2, high: 2, usual: 0.24},
	{key: body.AnkleGirth, zone: "ankle", slip: 0.05, low: 0.17, high: 2, usual: 0.20, either: true},
	{key: body.CrotchLength, zone: "crotch", length: true, low: 0.4, high: 1.4},
	{key: Hem, zone: "hem", low: 0.17, high: 10},
	{key: BodyLength, zone: "body_length", length: true, low: 0.25, high: 1.7, usual: 0.38},
	{key: SleeveLen, zone: "sleeve_length", length: true, low: 0.03, high: 1, usual: 0.29, either: true},
	{key: body.ArmLength, zone: "sleeve_length", length: true, low: 0.03, high: 1, usual: 0.29, either: true},
	{key: body.Inseam, zone: "inseam", length: true, low: 0.02, high: 1.2, usual: 0.36},
	{key: Outseam, zone: "outseam", length: true, low: 0.15, high: 1.5, usual: 0.45},
	{key: SkirtLength, zone: "skirt_length", length: true, low: 0.15, high: 1.4, usual: 0.32},
}

func placeOf(k body.Key) (place, bool) {
	for _, p := range places() {
		if p.key == k {
			return p, true
		}
	}
	return place{}, false
}

// Known reports whether a garment measure belongs to a zone that is judged.
func Known(k body.Key) bool {
	_, ok := placeOf(k)
	return ok
}

// twin is the other name of one tape position.
func twin(k body.Key) body.Key {
	switch k {
	case body.BustGirth:
		return body.ChestGirth
	case body.ChestGirth:
		return body.BustGirth
	}
	return k
}

// sortedKeys fixes the order in which a map is walked.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
