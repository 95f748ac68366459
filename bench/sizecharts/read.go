package sizecharts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/garment/fit"
	"fitroom/geometry/body"
)

// Table is one table of the file and what became of it.
type Table struct {
	Name   string
	Source []string // where it was printed
	// Styles are its charts: a table may hold several cuts or two sources.
	Styles []*fit.Style
	// Garment is a table of finished measures; nil for a table of bodies.
	Garment *fit.Style
	// Why says what keeps a table from being a chart of bodies: labels alone,
	// or measures of garments. Labels never decide a fit.
	Why string
}

// wireTable is a table of the file, in any of its layouts.
type wireTable struct {
	Kind, Population, Unit string
	Columns                []string
	Rows                   json.RawMessage
	Source                 json.RawMessage
	HalfMeasures           bool                       `json:"half_measures"`
	ChestLower             []float64                  `json:"chest_lower"`
	Girths                 map[string]json.RawMessage `json:"girths_fwf"`
	Slim                   map[string]json.RawMessage
	SecondSource           map[string]json.RawMessage `json:"second_source"`
}

// Read reads all tables, sorted by name.
func Read(r io.Reader) ([]Table, error) {
	var file struct{ Charts map[string]wireTable }
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("size tables: %w", err)
	}
	var out []Table
	for _, name := range slices.Sorted(maps.Keys(file.Charts)) {
		c := file.Charts[name]
		t := Table{Name: name, Source: sources(c.Source)}
		if err := t.fill(&c); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// sources is one address or several.
func sources(raw json.RawMessage) []string {
	var one string
	var many []string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	return many
}

func (t *Table) fill(c *wireTable) error {
	switch {
	case c.Kind == "garment":
		t.Why = "measures of a garment, no bodies"
		var err error
		t.Garment, err = garment(t.Name, c)
		return err
	case c.Kind == "label-only" || c.Kind == "":
		t.Why = "labels alone: they never decide a fit"
		return nil
	}
	unit := 0.01
	if c.Unit == "inch" {
		unit = 0.0254
	}
	p := body.Population(c.Population)
	if p != body.Women && p != body.Men {
		p = body.Unspecified
	}
	for _, part := range []struct {
		name    string
		columns map[string][]float64
	}{
		{"", tableColumns(c)}, {" slim", numbers(c.Slim)}, {" second source", numbers(c.SecondSource)},
		{" lower edges", lowerEdges(c.ChestLower)}, {" girths", numbers(c.Girths)},
	} {
		s, err := style(t.Name+part.name, p, part.columns, unit)
		if err != nil {
			return err
		}
		if s != nil {
			t.Styles = append(t.Styles, s)
		}
	}
	if t.Styles == nil {
		t.Why = "a label or a height alone, or one size: no chart of girths"
	}
	return nil
}

// tableColumns reads the layouts of the file: a table of rows, named columns,
// bands by label, height and girth by label ("160/84A").
func tableColumns(c *wireTable) map[string][]float64 {
	out := map[string][]float64{}
	var rows [][]*float64
	if json.Unmarshal(c.Rows, &rows) == nil && len(c.Columns) > 0 {
		for _, r := range rows {
			for i, v := range r {
				x := math.NaN()
				if v != nil {
					x = *v
				}
				out[c.Columns[i]] = append(out[c.Columns[i]], x)
			}
		}
		return out
	}
	var columns map[string]json.RawMessage
	if json.Unmarshal(c.Rows, &columns) != nil {
		return nil
	}
	if columns["bust"] != nil || columns["chest"] != nil {
		return numbers(columns)
	}
	if bands := bandColumns(columns); bands != nil {
		return bands
	}
	return codeColumns(columns)
}

// bandColumns reads {"M": [94, 102], ...}; nil for another layout.
func bandColumns(columns map[string]json.RawMessage) map[string][]float64 {
	var all [][]float64
	for _, k := range slices.Sorted(maps.Keys(columns)) {
		var b []float64
		if json.Unmarshal(columns[k], &b) != nil || len(b) != 2 {
			return nil
		}
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b []float64) int { return cmp.Compare(a[0], b[0]) })
	out := map[string][]float64{}
	for _, b := range all {
		out["chest_min"], out["chest_max"] = append(out["chest_min"], b[0]), append(out["chest_max"], b[1])
		out["chest"] = append(out["chest"], (b[0]+b[1])/2)
	}
	return out
}

// codeColumns reads {"M": "160/84A", ...}: height, bust and a letter of shape.
func codeColumns(columns map[string]json.RawMessage) map[string][]float64 {
	var all [][2]float64
	for _, k := range slices.Sorted(maps.Keys(columns)) {
		var code string
		if json.Unmarshal(columns[k], &code) != nil {
			return nil
		}
		h, g, ok := strings.Cut(strings.TrimRight(code, "YABC"), "/")
		height, err1 := strconv.ParseFloat(h, 64)
		girth, err2 := strconv.ParseFloat(g, 64)
		if !ok || err1 != nil || err2 != nil {
			return nil
		}
		all = append(all, [2]float64{girth, height})
	}
	slices.SortFunc(all, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	out := map[string][]float64{}
	for _, v := range all {
		out["bust"], out["height"] = append(out["bust"], v[0]), append(out["height"], v[1])
	}
	return out
}

// numbers reads columns of figures; null is a figure that is not printed.
func numbers(raw map[string]json.RawMessage) map[string][]float64 {
	out := map[string][]float64{}
	for k, v := range raw {
		var column []*float64
		if json.Unmarshal(v, &column) != nil {
			continue
		}
		for _, x := range column {
			if x == nil {
				out[k] = append(out[k], math.NaN())
			} else {
				out[k] = append(out[k], *x)
			}
		}
	}
	return out
}

// lowerEdges are bands of which the lower edges are printed, 4 cm wide.
func lowerEdges(lower []float64) map[string][]float64 {
	out := map[string][]float64{}
	for _, v := range lower {
		out["chest_min"], out["chest_max"], out["chest"] = append(out["chest_min"], v), append(out["chest_max"], v+4), append(out["chest"], v+2)
	}
	return out
}
