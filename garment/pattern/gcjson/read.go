package gcjson

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// MaxFileSize bounds what is read [bytes]; the largest of 3,450 garments of
// the open data set has 66 kB.
const MaxFileSize = 4 << 20

// Read reads one specification.json. The name goes into error messages and
// into Pattern.Name.
func Read(r io.Reader, name string) (*pattern.Pattern, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, fault.Errorf("gcjson: %s: %w", name, err)
	}
	return Parse(data, name)
}

// Parse reads one specification.json held in memory and validates the pattern
// it holds.
func Parse(data []byte, name string) (*pattern.Pattern, error) {
	p, err := parse(data, name)
	if err == nil {
		err = p.Validate()
	}
	if err != nil {
		return nil, fault.Errorf("gcjson: %s: %w", name, err)
	}
	return p, nil
}

func parse(data []byte, name string) (*pattern.Pattern, error) {
	if len(data) > MaxFileSize {
		return nil, fault.Errorf("file is larger than %d MB", MaxFileSize>>20)
	}
	var f wireFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fault.Errorf("not a GarmentCode specification: %w", err)
	}
	if f.Pattern == nil {
		return nil, fault.Errorf(`not a GarmentCode specification: no "pattern"`)
	}
	rd, err := newReader(&f.Properties)
	if err != nil {
		return nil, err
	}
	return rd.pattern(f.Pattern, name)
}

// reader holds what the file's properties say of all its numbers.
type reader struct {
	scale    float64 // [m per file unit]
	absolute bool    // control points are panel coordinates, not relative to the chord
}

func newReader(p *wireProperties) (*reader, error) {
	if p.UnitsInMeter == nil {
		return nil, fault.Errorf(`properties: "units_in_meter" is missing; 100 means cm`)
	}
	// From metres (1) to tenths of a millimetre.
	u := *p.UnitsInMeter
	if !(u >= 1 && u <= 10_000) {
		return nil, fault.Errorf("properties: units_in_meter is %g; want 1 to 10000", u)
	}
	switch p.CurvatureCoords {
	case "", "relative":
		return &reader{scale: 1 / u}, nil
	case "absolute":
		return &reader{scale: 1 / u, absolute: true}, nil
	}
	return nil, fault.Errorf("properties: curvature_coords is %.40q; want relative or absolute", p.CurvatureCoords)
}

func (rd *reader) pattern(w *wirePattern, name string) (*pattern.Pattern, error) {
	if len(w.Panels) > pattern.MaxPanels {
		return nil, fault.Errorf("%d panels; at most %d are allowed", len(w.Panels), pattern.MaxPanels)
	}
	slices.SortStableFunc(w.Panels, func(a, b wirePanel) int { return cmp.Compare(a.name, b.name) })
	out := &pattern.Pattern{Name: name}
	index := make(map[string]int, len(w.Panels))
	for i := range w.Panels {
		p, err := rd.panel(&w.Panels[i])
		if err != nil {
			return nil, fault.Errorf("panel %q: %w", w.Panels[i].name, err)
		}
		index[p.Name] = i
		out.Panels = append(out.Panels, p)
	}
	var err error
	if out.Seams, err = seams(w.Stitches, index); err != nil {
		return nil, err
	}
	labels := make([]string, len(w.Panels))
	for i := range w.Panels {
		labels[i] = w.Panels[i].Label
	}
	out.AssignRoles(labels)
	return out, nil
}

func (rd *reader) panel(w *wirePanel) (pattern.Panel, error) {
	p := pattern.Panel{Name: w.name}
	for _, v := range w.Vertices {
		p.Verts = append(p.Verts, rd.point(v))
	}
	for e := range w.Edges {
		edge, err := rd.edge(&w.Edges[e], p.Verts)
		if err != nil {
			return p, fault.Errorf("edge %d: %w", e, err)
		}
		p.Edges = append(p.Edges, edge)
	}
	if len(w.Translation) == 0 && len(w.Rotation) == 0 {
		return p, nil
	}
	if len(w.Translation) != 3 || len(w.Rotation) != 3 {
		return p, fault.Errorf("placement has %d translations and %d angles; want 3 of each", len(w.Translation), len(w.Rotation))
	}
	p.HasPlace = true
	for i := range 3 {
		p.Translation[i] = w.Translation[i] * rd.scale
		p.Rotation[i] = w.Rotation[i] * math.Pi / 180
	}
	return p, nil
}

func (rd *reader) point(v [2]float64) r2.Vec {
	return r2.Vec{X: v[0] * rd.scale, Y: v[1] * rd.scale}
}

// seams turns stitches into seams in a fixed order: the lower reference of
// each first, then by it. The rule how sides meet is the same either way round.
func seams(ws []wireStitch, index map[string]int) ([]pattern.Seam, error) {
	if len(ws) > pattern.MaxEdges {
		return nil, fault.Errorf("%d stitches; at most %d are allowed", len(ws), pattern.MaxEdges)
	}
	out := make([]pattern.Seam, 0, len(ws))
	for i, w := range ws {
		var refs [2]pattern.EdgeRef
		for k, side := range w.sides {
			if side.Panel == nil || side.Edge == nil {
				return nil, fault.Errorf("stitch %d: side %d lacks its panel or edge", i, k)
			}
			panel, ok := index[*side.Panel]
			if !ok {
				return nil, fault.Errorf("stitch %d: there is no panel %.60q", i, *side.Panel)
			}
			refs[k] = pattern.EdgeRef{Panel: panel, Edge: *side.Edge}
		}
		if compareRefs(refs[0], refs[1]) > 0 {
			refs[0], refs[1] = refs[1], refs[0]
		}
		out = append(out, pattern.Seam{A: refs[0], B: refs[1], Reversed: w.rightWrong})
	}
	slices.SortStableFunc(out, func(s, t pattern.Seam) int {
		return cmp.Or(compareRefs(s.A, t.A), compareRefs(s.B, t.B))
	})
	return out, nil
}

func compareRefs(a, b pattern.EdgeRef) int {
	return cmp.Or(cmp.Compare(a.Panel, b.Panel), cmp.Compare(a.Edge, b.Edge))
}
