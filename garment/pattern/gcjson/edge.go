package gcjson

import (
	"encoding/json"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// edge reads one edge between known corners.
func (rd *reader) edge(w *wireEdge, verts []r2.Vec) (pattern.Edge, error) {
	if len(w.Endpoints) != 2 {
		return pattern.Edge{}, fault.Errorf("has %d endpoints; want 2", len(w.Endpoints))
	}
	e := pattern.Edge{From: w.Endpoints[0], To: w.Endpoints[1], Label: w.Label}
	for _, v := range w.Endpoints {
		if v < 0 || v >= len(verts) {
			return e, fault.Errorf("runs to vertex %d; the panel has %d", v, len(verts))
		}
	}
	if len(w.Curvature) == 0 || string(w.Curvature) == "null" {
		return e, nil
	}
	return e, rd.curve(&e, w.Curvature, verts[e.From], verts[e.To])
}

// curve reads "curvature": a bare point (2021) or a typed object.
func (rd *reader) curve(e *pattern.Edge, raw json.RawMessage, a, b r2.Vec) error {
	if raw[0] == '[' {
		var uv []float64
		if err := json.Unmarshal(raw, &uv); err != nil {
			return fault.Errorf("curvature: %w", err)
		}
		return rd.bezier(e, pattern.Quadratic, [][]float64{uv}, a, b)
	}
	var c wireCurvature
	if err := json.Unmarshal(raw, &c); err != nil {
		return fault.Errorf("curvature: %w", err)
	}
	if c.Type == "circle" {
		return rd.circle(e, c.Params)
	}
	var points [][]float64
	if err := json.Unmarshal(c.Params, &points); err != nil {
		return fault.Errorf("curvature of type %.40q: %w", c.Type, err)
	}
	switch c.Type {
	case "quadratic":
		return rd.bezier(e, pattern.Quadratic, points, a, b)
	case "cubic":
		return rd.bezier(e, pattern.Cubic, points, a, b)
	}
	return fault.Errorf("curvature of type %.40q; want quadratic, cubic or circle", c.Type)
}

// bezier places control points. Relative ones are (u, v): u along the chord
// and v across it to the left, in chord lengths.
func (rd *reader) bezier(e *pattern.Edge, kind pattern.CurveKind, points [][]float64, a, b r2.Vec) error {
	want := 1
	if kind == pattern.Cubic {
		want = 2
	}
	if len(points) != want {
		return fault.Errorf("curvature has %d control points; want %d", len(points), want)
	}
	e.Kind = kind
	along := r2.Sub(b, a)
	left := r2.Vec{X: -along.Y, Y: along.X}
	for i, uv := range points {
		if len(uv) != 2 {
			return fault.Errorf("control point of %d numbers; want 2", len(uv))
		}
		if rd.absolute {
			e.Control[i] = rd.point([2]float64{uv[0], uv[1]})
			continue
		}
		e.Control[i] = r2.Add(a, r2.Add(r2.Scale(uv[0], along), r2.Scale(uv[1], left)))
	}
	return nil
}

// circle reads [radius, large_arc, right].
func (rd *reader) circle(e *pattern.Edge, raw json.RawMessage) error {
	var params []float64
	if err := json.Unmarshal(raw, &params); err != nil {
		return fault.Errorf("curvature of type circle: %w", err)
	}
	if len(params) != 3 {
		return fault.Errorf("circle has %d parameters; want radius, large_arc, right", len(params))
	}
	for _, flag := range params[1:] {
		if flag != 0 && flag != 1 {
			return fault.Errorf("circle has flag %g; want 0 or 1", flag)
		}
	}
	e.Kind = pattern.Arc
	e.Radius = params[0] * rd.scale
	e.LargeArc, e.Right = params[1] == 1, params[2] == 1
	return nil
}
