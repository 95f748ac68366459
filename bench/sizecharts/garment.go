package sizecharts

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fitroom/garment/fit"
	"fitroom/geometry/body"
)

// garmentKey is the zone that a row of a garment table measures; empty for none.
func garmentKey(row string) body.Key {
	switch row {
	case "chest":
		return body.ChestGirth
	case "hem":
		return fit.Hem
	case "cb_length":
		return fit.BodyLength
	case "sleeve", "sleeve_from_shoulder":
		return fit.SleeveLen
	case "collar":
		return body.NeckGirth
	case "shoulder_to_shoulder":
		return body.AcrossShoulder
	case "bicep":
		return body.UpperArmGirth
	}
	return ""
}

// garment reads a table of finished measures: a list of sizes per row, or one
// value with its tolerance. A half measure is doubled, since the table says so.
func garment(name string, c *wireTable) (*fit.Style, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(c.Rows, &raw); err != nil {
		return nil, fmt.Errorf("garment table %s: %w", name, err)
	}
	rows := numbers(raw) // rows of words are left out
	s := &fit.Style{ID: name, POM: map[body.Key]fit.POM{}}
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		bare, half := strings.CutPrefix(strings.TrimSuffix(row, "_full"), "half_")
		key := garmentKey(bare)
		if key == "" {
			continue
		}
		by, values, pom := 0.01, rows[row], fit.POM{Values: map[string]float64{}}
		if half {
			by = 0.02
		}
		if c.HalfMeasures && len(rows[row]) == 2 { // value and tolerance
			values, pom.Tolerance = rows[row][:1], by*rows[row][1]
		}
		for i, v := range values {
			size := fmt.Sprintf("row %02d", i+1)
			if len(s.Sizes) <= i {
				s.Sizes = append(s.Sizes, size)
			}
			pom.Values[size] = by * v
		}
		s.POM[key] = pom
	}
	return s, s.Validate()
}
