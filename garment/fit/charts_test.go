package fit

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/geomtest"
)

// published reads the public size tables of adults' bodies.
func published(t *testing.T) []*Style {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(geomtest.Data(t), "fit", "sizecharts.json"))
	if err != nil {
		t.Skip(err)
	}
	var file struct {
		Charts map[string]struct {
			Kind, Population, Unit string
			Columns                []string
			Rows                   json.RawMessage
			ChestLower             []float64 `json:"chest_lower"`
			Slim                   map[string]json.RawMessage
			SecondSource           map[string]json.RawMessage `json:"second_source"`
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var out []*Style
	for _, name := range sortedKeys(file.Charts) {
		c := file.Charts[name]
		if c.Kind != "body" || c.Population != "women" && c.Population != "men" {
			continue
		}
		unit := .01
		if c.Unit == "inch" {
			unit = .0254
		}
		for part, columns := range map[string]map[string][]float64{
			"": tableColumns(c.Columns, c.Rows), " slim": numbers(c.Slim), " second": numbers(c.SecondSource),
			" lower": lowerEdges(c.ChestLower),
		} {
			if s := chartStyle(t, name+part, body.Population(c.Population), columns, unit); s != nil {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Style) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
}

// tableColumns reads the three layouts of the file: a table of rows, named
// columns, and bands by label.
func tableColumns(names []string, raw json.RawMessage) map[string][]float64 {
	out := map[string][]float64{}
	var rows [][]*float64
	if json.Unmarshal(raw, &rows) == nil && len(names) > 0 {
		for _, r := range rows {
			for i, v := range r {
				x := math.NaN()
				if v != nil {
					x = *v
				}
				out[names[i]] = append(out[names[i]], x)
			}
		}
		return out
	}
	var columns map[string]json.RawMessage
	if json.Unmarshal(raw, &columns) != nil {
		return nil
	}
	var bands map[string][2]float64 // Go cuts longer lists to two: rule out named columns
	if json.Unmarshal(raw, &bands) == nil && columns["bust"] == nil && columns["chest"] == nil {
		all := [][2]float64{}
		for _, k := range sortedKeys(bands) {
			all = append(all, bands[k])
		}
		slices.SortFunc(all, func(a, b [2]float64) int { return int(a[0] - b[0]) })
		for _, b := range all {
			out["chest_min"], out["chest_max"] = append(out["chest_min"], b[0]), append(out["chest_max"], b[1])
			out["chest"] = append(out["chest"], (b[0]+b[1])/2)
		}
		return out
	}
	return numbers(columns)
}

func numbers(raw map[string]json.RawMessage) map[string][]float64 {
	out := map[string][]float64{}
	for k, v := range raw {
		var column []float64
		if json.Unmarshal(v, &column) == nil {
			out[k] = column
		}
	}
	return out
}

func lowerEdges(lower []float64) map[string][]float64 {
	out := map[string][]float64{}
	for _, v := range lower {
		out["chest_min"], out["chest_max"], out["chest"] = append(out["chest_min"], v), append(out["chest_max"], v+4), append(out["chest"], v+2)
	}
	return out
}

// chartStyle builds a style from columns; nil if they hold no chest or bust.
func chartStyle(t *testing.T, id string, p body.Population, columns map[string][]float64, unit float64) *Style {
	keys := []struct {
		column string
		key    body.Key
	}{
		{"chest", body.ChestGirth}, {"bust", body.BustGirth}, {"under_bust", body.UnderbustGirth},
		{"waist", body.WaistGirth}, {"waist_curvy", body.WaistGirth}, {"hip", body.HipGirth}, {"hips", body.HipGirth},
		{"neck", body.NeckGirth}, {"upper_arm", body.UpperArmGirth}, {"wrist", body.WristGirth}, {"ankle", body.AnkleGirth},
		{"height", body.Height}, {"inseam", body.Inseam},
	}
	s := &Style{ID: id, Population: p, Chart: map[body.Key]Chart{}}
	for _, k := range keys {
		v := columns[k.column]
		if len(v) < 2 {
			continue
		}
		if s.Sizes == nil {
			s.Primary = []body.Key{k.key}
			if k.column != "chest" && k.column != "bust" {
				return nil
			}
			for i := range v {
				s.Sizes = append(s.Sizes, fmt.Sprint("row ", i))
			}
		}
		values := map[string]float64{}
		c := Chart{Bands: map[string][2]float64{}, Centre: values}
		for i, x := range v {
			if math.IsNaN(x) {
				continue
			}
			values[s.Sizes[i]] = x * unit
			if lo := columns[k.column+"_min"]; lo != nil {
				c.Bands[s.Sizes[i]] = [2]float64{lo[i] * unit, columns[k.column+"_max"][i] * unit}
			}
		}
		if len(c.Bands) == 0 {
			var err error
			if c, err = PlainChart(s.Sizes, values); err != nil {
				t.Fatal(id, err)
			}
		}
		s.Chart[k.key] = c
	}
	if s.Sizes == nil {
		return nil
	}
	if err := s.Validate(); err != nil {
		t.Errorf("%s: %v", id, err)
		return nil
	}
	return s
}

// chartBody is the body a size is drawn for.
func chartBody(s *Style, size string, sigma float64) Wearer {
	w := Wearer{Population: s.Population}
	for _, k := range sortedKeys(s.Chart) {
		if v, ok := s.Chart[k].centre(size); ok {
			w.Readings = append(w.Readings, Reading{Key: k, Value: v, Sigma: sigma})
		}
	}
	return w
}

// The body of each row of each published chart gets its own size back, every
// zone as designed.
func TestPublishedChartsGiveEachRowItsOwnSize(t *testing.T) {
	charts, rows := 0, 0
	for _, s := range published(t) {
		charts++
		for _, size := range s.Sizes {
			rows++
			a, r := mustAdvise(t, chartBody(s, size, .0005), s, Options{})
			if a.Outcome != One || a.Sizes[0] != size {
				t.Errorf("%s %s: %s %v", s.ID, size, a.Outcome, a.Sizes)
			}
			for _, z := range r[size].Zones {
				if _, charted := s.Chart[z.BodyKey].Bands[size]; charted && z.Verdict != AsDesigned {
					t.Errorf("%s %s: %s is %s (x = %g)", s.ID, size, z.Name, z.Verdict, z.X)
				}
			}
		}
	}
	if charts < 8 {
		t.Errorf("only %d charts were read", charts)
	}
	t.Logf("%d charts, %d rows", charts, rows)
}

// Stated probability is observed frequency: bodies spread evenly over a chart
// are measured with noise; of all answers that give a size the probability p,
// the share p must be right.
func TestStatedProbabilityIsObserved(t *testing.T) {
	s := trousers()
	s.POM = nil
	rng := rand.New(rand.NewPCG(11, 1))
	const n, sigma = 4000, .012
	var stated, seen, count [21]float64
	for range n {
		// Waist and hip vary together with a spread of half a size; the range
		// leaves room to the chart's ends, where a prior would matter.
		waist := .66 + .12*rng.Float64()
		hip := waist + .26 + .05*(rng.Float64()-.5)
		truth, _ := mustAdvise(t, woman(waist, hip, 1e-9), s, Options{Draws: 1})
		a, _ := mustAdvise(t, woman(waist+sigma*rng.NormFloat64(), hip+sigma*rng.NormFloat64(), sigma), s, Options{Draws: 256})
		if truth.Outcome == RefuseOutcome || a.Outcome == RefuseOutcome {
			continue
		}
		for _, size := range s.Sizes {
			p := a.Share[size]
			k := int(math.Round(p * 20))
			stated[k] += p
			count[k]++
			if truth.Ranked[0] == size {
				seen[k]++
			}
		}
	}
	ece, total := 0.0, 0.0
	for k := range count {
		ece += math.Abs(stated[k] - seen[k])
		total += count[k]
	}
	ece /= total
	t.Logf("expected calibration error %.4f over %g statements", ece, total)
	if ece > .02 {
		t.Errorf("expected calibration error %.4f, want at most 0.02", ece)
	}
}
