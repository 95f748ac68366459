package sizecharts

import (
	"fmt"
	"math"

	"fitroom/garment/fit"
	"fitroom/geometry/body"
)

// keys are the columns that are measures of the body, the deciding ones first.
func keys() []struct {
	column string
	key    body.Key
} {
	return []struct {
		column string
		key    body.Key
	}{
		{"chest", body.ChestGirth}, {"bust", body.BustGirth}, {"under_bust", body.UnderbustGirth},
		{"waist", body.WaistGirth}, {"waist_curvy", body.WaistGirth}, {"hip", body.HipGirth}, {"hips", body.HipGirth},
		{"neck", body.NeckGirth}, {"upper_arm", body.UpperArmGirth}, {"wrist", body.WristGirth}, {"ankle", body.AnkleGirth},
		{"height", body.Height}, {"inseam", body.Inseam},
	}
}

// style builds a style from columns; nil if they hold no chest or bust. Its
// sizes are numbered rows: no label of the source enters.
func style(id string, p body.Population, columns map[string][]float64, unit float64) (*fit.Style, error) {
	s := &fit.Style{ID: id, Population: p, Chart: map[body.Key]fit.Chart{}}
	for _, k := range keys() {
		v := columns[k.column]
		if len(v) < 2 {
			continue
		}
		if s.Sizes == nil {
			if k.column != "chest" && k.column != "bust" {
				return nil, nil
			}
			s.Primary = []body.Key{k.key}
			for i := range v {
				s.Sizes = append(s.Sizes, fmt.Sprintf("row %02d", i+1))
			}
		}
		c, err := chart(s.Sizes, v, columns[k.column+"_min"], columns[k.column+"_max"], unit)
		if err != nil {
			return nil, fmt.Errorf("size table %s, %s: %w", id, k.column, err)
		}
		s.Chart[k.key] = c
	}
	if s.Sizes == nil {
		return nil, nil
	}
	return s, s.Validate()
}

// chart takes printed bands, or bands of half a step round plain values. What
// is not a number is not printed.
func chart(sizes []string, centre, lo, hi []float64, unit float64) (fit.Chart, error) {
	c := fit.Chart{Bands: map[string][2]float64{}, Centre: map[string]float64{}}
	for i, x := range centre {
		if math.IsNaN(x) {
			continue
		}
		c.Centre[sizes[i]] = x * unit
		if lo != nil {
			c.Bands[sizes[i]] = [2]float64{lo[i] * unit, hi[i] * unit}
		}
	}
	if lo != nil {
		return c, nil
	}
	return fit.PlainChart(sizes, c.Centre)
}

// Person is the body a row is drawn for, measured with an error sigma [m].
func Person(s *fit.Style, size string, sigma float64) fit.Wearer {
	w := fit.Wearer{Population: s.Population}
	for _, k := range body.Keys() {
		if v, ok := s.Chart[k].Centre[size]; ok {
			w.Readings = append(w.Readings, fit.Reading{Key: k, Value: v, Sigma: sigma})
		}
	}
	return w
}

// RoundTrip is what the rows of a chart came to.
type RoundTrip struct {
	Rows       int
	Own        int // rows whose body gets its own size, every charted zone as designed
	Neighbours int // pairs of neighbouring rows whose bodies are one step off in each other's size
	Pairs      int
}

// Try sends the body of each row through the advice.
func Try(s *fit.Style) (RoundTrip, error) {
	var r RoundTrip
	const sigma = 0.0005 // of a body that is exactly the row's [m]
	for i, size := range s.Sizes {
		a, zones, err := fit.Advise(Person(s, size, sigma), s, fit.Options{})
		if err != nil {
			return r, fmt.Errorf("%s, %s: %w", s.ID, size, err)
		}
		r.Rows++
		if a.Outcome == fit.One && a.Sizes[0] == size && allAre(s, zones[size], fit.AsDesigned) {
			r.Own++
		}
		if i > 0 {
			r.Pairs++
			if primaryIs(s, zones[s.Sizes[i-1]], fit.Snug) {
				r.Neighbours++
			}
		}
		if i+1 < len(s.Sizes) {
			r.Pairs++
			if primaryIs(s, zones[s.Sizes[i+1]], fit.Looser) {
				r.Neighbours++
			}
		}
	}
	return r, nil
}

func allAre(s *fit.Style, r fit.SizeReport, v fit.Verdict) bool {
	for _, z := range r.Zones {
		if _, charted := s.Chart[z.BodyKey].Bands[r.Size]; charted && z.Verdict != v {
			return false
		}
	}
	return true
}

func primaryIs(s *fit.Style, r fit.SizeReport, v fit.Verdict) bool {
	for _, z := range r.Zones {
		if z.BodyKey == s.Primary[0] {
			return z.Likely == v
		}
	}
	return false
}
