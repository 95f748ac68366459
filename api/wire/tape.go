package wire

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"

	"fitroom/geometry"
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/spatial/r3"
)

// maxLandmarksJSON is many times what all landmarks need.
const maxLandmarksJSON = 64 << 10

// ReadLandmarks reads a landmarks file: an object of landmark names, each with
// the number of a vertex of the mesh, counted from 0, or a place [x, y, z] in
// the mesh's own unit and axes.
func ReadLandmarks(r io.Reader, m *geometry.Mesh) (map[tape.Mark]r3.Vec, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxLandmarksJSON+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxLandmarksJSON {
		return nil, fmt.Errorf("landmarks are larger than %d bytes", maxLandmarksJSON)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("landmarks must be an object of names with a vertex number or [x, y, z]: %w", err)
	}
	names := make([]string, 0, len(raw))
	for name := range raw {
		names = append(names, name)
	}
	sort.Strings(names)
	var faults Errors
	out := map[tape.Mark]r3.Vec{}
	for _, name := range names {
		var vertex *int
		var place []float64
		switch {
		case json.Unmarshal(raw[name], &vertex) == nil && vertex != nil:
			if *vertex < 0 || *vertex >= len(m.Verts) {
				faults.add("/"+escape(name), "is vertex %d; the mesh has 0 to %d", *vertex, len(m.Verts)-1)
				continue
			}
			out[tape.Mark(name)] = m.Verts[*vertex]
		case json.Unmarshal(raw[name], &place) == nil && len(place) == 3:
			out[tape.Mark(name)] = r3.Vec{X: place[0], Y: place[1], Z: place[2]}
		default:
			faults.add("/"+escape(name), "is %s; it must be a vertex number or [x, y, z]", clip(string(raw[name])))
		}
	}
	return out, faults.err()
}

// WriteLandmarks writes a landmarks file with places in metres.
func WriteLandmarks(w io.Writer, marks map[tape.Mark]r3.Vec) error {
	places := map[string][3]float64{}
	for _, k := range tape.Known() {
		if p, ok := marks[k]; ok {
			places[string(k)] = [3]float64{p.X, p.Y, p.Z}
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(places)
}

// TapeReport is what `fitroom body --measure --json` prints.
type TapeReport struct {
	Status       string                 `json:"status"`
	Measurements map[string]TapeMeasure `json:"measurements"`
	Mesh         BodyMesh               `json:"mesh"`
	Notes        []string               `json:"notes"`
	ElapsedMs    float64                `json:"elapsed_ms"`
}

// TapeMeasure is one measure of the public tape.
type TapeMeasure struct {
	Value    *float64   `json:"value,omitempty"` // absent if it could not be taken: see Reason
	Unit     string     `json:"unit,omitempty"`
	Kind     string     `json:"kind"`
	Clause   string     `json:"clause,omitempty"` // of ISO 8559-1:2017
	Rule     string     `json:"rule"`
	Level    *float64   `json:"level_cm,omitempty"` // over the floor
	Plane    *TapePlane `json:"plane,omitempty"`
	Straight *float64   `json:"straight_cm,omitempty"` // from landmark to landmark through the air
	Reason   string     `json:"reason,omitempty"`
}

// TapePlane is where a girth lies, on the body as measured: y up, facing +Z,
// soles on y = 0.
type TapePlane struct {
	OriginCm [3]float64 `json:"origin_cm"`
	Normal   [3]float64 `json:"normal"`
}

// NewTapeReport converts readings; mesh facts, notes and time are the caller's.
func NewTapeReport(readings []tape.Reading, mesh BodyMesh, notes []string, elapsedMs float64) TapeReport {
	r := TapeReport{Status: "ok", Measurements: map[string]TapeMeasure{}, Mesh: mesh,
		Notes: append([]string{}, notes...), ElapsedMs: *number(elapsedMs, 0.1)}
	for _, t := range readings {
		r.Measurements[t.Key] = tapeMeasure(t)
	}
	return r
}

func tapeMeasure(t tape.Reading) TapeMeasure {
	j := TapeMeasure{Kind: string(t.Kind), Clause: t.Clause, Rule: t.Rule}
	if t.Err != nil {
		j.Reason = t.Err.Error()
		return j
	}
	if t.Kind == tape.Mass {
		j.Value, j.Unit = number(t.Value, 0.01), "kg"
		return j
	}
	j.Value, j.Unit = number(100*t.Value, 0.01), "cm"
	j.Level = number(100*t.Height, 0.01)
	if t.Straight > 0 {
		j.Straight = number(100*t.Straight, 0.01)
	}
	if p := t.Plane; p != nil {
		j.Plane = &TapePlane{
			OriginCm: [3]float64{*number(100*p.Origin.X, 0.01), *number(100*p.Origin.Y, 0.01), *number(100*p.Origin.Z, 0.01)},
			Normal:   [3]float64{*number(p.Normal.X, 1e-4), *number(p.Normal.Y, 1e-4), *number(p.Normal.Z, 1e-4)},
		}
	}
	return j
}
