package gcjson

import (
	"bytes"
	"encoding/json"

	"fitroom/geometry/fault"
)

// The wire types mirror the file; nothing here is checked beyond its shape.

type wireFile struct {
	Pattern    *wirePattern   `json:"pattern"`
	Properties wireProperties `json:"properties"`
}

type wireProperties struct {
	UnitsInMeter    *float64 `json:"units_in_meter"`
	CurvatureCoords string   `json:"curvature_coords"`
}

type wirePattern struct {
	Panels   wirePanels   `json:"panels"`
	Stitches []wireStitch `json:"stitches"`
}

type wirePanel struct {
	name        string
	Translation []float64    `json:"translation"` // [file units]
	Rotation    []float64    `json:"rotation"`    // Euler angles, applied x, y, z [deg]
	Vertices    [][2]float64 `json:"vertices"`    // [file units]
	Edges       []wireEdge   `json:"edges"`
	Label       string       `json:"label"`
}

type wireEdge struct {
	Endpoints []int           `json:"endpoints"`
	Curvature json.RawMessage `json:"curvature"`
	Label     string          `json:"label"`
}

type wireCurvature struct {
	Type   string          `json:"type"`
	Params json.RawMessage `json:"params"`
}

type wireSide struct {
	Panel *string `json:"panel"`
	Edge  *int    `json:"edge"`
}

// wirePanels is the "panels" object in file order. A plain map would lose the
// second of two panels of one name without a word.
type wirePanels []wirePanel

func (ps *wirePanels) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	open, err := dec.Token()
	if err != nil {
		return err
	}
	if open == nil {
		return nil
	}
	if open != json.Delim('{') {
		return fault.Errorf("panels: want an object of panels by name")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		p := wirePanel{name: key.(string)}
		if err := dec.Decode(&p); err != nil {
			return fault.Errorf("panel %q: %w", p.name, err)
		}
		*ps = append(*ps, p)
	}
	return nil
}

// wireStitch is [{side}, {side}] or [{side}, {side}, "right_wrong"].
type wireStitch struct {
	sides      [2]wireSide
	rightWrong bool
}

func (s *wireStitch) UnmarshalJSON(data []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	if len(parts) != 2 && len(parts) != 3 {
		return fault.Errorf("stitch of %d parts; want two sides and at most one mark", len(parts))
	}
	for i := range s.sides {
		if err := json.Unmarshal(parts[i], &s.sides[i]); err != nil {
			return fault.Errorf("stitch side: %w", err)
		}
	}
	if len(parts) == 3 {
		var mark string
		if err := json.Unmarshal(parts[2], &mark); err != nil || mark != "right_wrong" {
			return fault.Errorf("stitch mark %.40s; only \"right_wrong\" is known", parts[2])
		}
		s.rightWrong = true
	}
	return nil
}
