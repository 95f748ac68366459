package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fitroom/api/wire"
	"fitroom/geometry/fault"
)

// bodyNames are the names of schema.org's WearableMeasurementTypeEnumeration,
// and what shops write in their place, by the measure they are here. Names that
// are ours already stand for themselves.
var bodyNames = map[string]string{
	"ChestOrBust": "", // chest or bust, by population
	"Chest":       "chest_girth", "Bust": "bust_girth", "Waist": "waist_girth", "Hips": "hip_girth", "Hip": "hip_girth",
	"Height": "height", "Inseam": "inside_leg_height", "Collar": "neck_girth", "Neck": "neck_girth",
}

// garmentNames are the same for measures of the garment itself.
var garmentNames = map[string]string{
	"ChestOrBust": "", "Chest": "chest_girth", "Bust": "bust_girth", "Waist": "waist_girth", "Hips": "hip_girth",
	"Inseam": "inseam", "OutsideLeg": "outseam", "Sleeve": "sleeve_length", "Length": "body_length",
}

// primaries are the measures that decide a size, the first that is charted.
var primaries = []string{"bust_girth", "chest_girth", "waist_girth", "hip_girth", "neck_girth", "height"}

// Wire writes the style as a style.json without a pattern, and says what of
// the feed has no place in it.
func (s *Style) Wire() (wire.Style, []error) {
	out := wire.Style{
		Style: folderName(s.ID), Kind: s.Kind, Population: s.Population, Sizes: s.Sizes, Primary: []string{},
		Brand: s.Brand, Material: s.Material, SizeSystem: s.SizeSystem, SizeTypes: s.SizeTypes,
	}
	if out.Kind = strings.ToLower(s.Kind); out.Kind == "" {
		out.Kind = "garment"
	}
	if s.Title != "" {
		out.Text = map[string]string{"en": s.Title}
	}
	for _, v := range s.Variants {
		out.Variants = append(out.Variants, wire.Variant{GTIN: v.GTIN, SKU: v.SKU, Size: v.Size, Colour: v.Colour})
	}
	notes := s.chart(&out)
	return out, append(notes, s.measures(&out)...)
}

// key is our name of a measure, or empty.
func (s *Style) key(name string, names map[string]string) string {
	if name == "ChestOrBust" {
		if s.Population == "women" {
			return "bust_girth"
		}
		return "chest_girth"
	}
	if key := names[name]; key != "" {
		return key
	}
	if slices.Contains(slices.Collect(maps.Values(names)), name) {
		return name
	}
	return ""
}

func (s *Style) chart(out *wire.Style) (notes []error) {
	for _, name := range slices.Sorted(maps.Keys(s.body)) {
		key := s.key(name, bodyNames)
		if key == "" {
			notes = append(notes, fault.Errorf("style %s: body measure %s is not one of those a size is decided by, and is left out", s.ID, name))
			continue
		}
		chart := wire.Chart{Bands: map[string][2]float64{}}
		plain := true
		for _, size := range s.Sizes {
			m, ok := s.body[name][size]
			if !ok {
				continue
			}
			if chart.Unit == "" {
				chart.Unit = m.unit
			}
			chart.Bands[size] = [2]float64{m.in(m.lo, chart.Unit), m.in(m.hi, chart.Unit)}
			plain = plain && m.lo == m.hi
		}
		if plain { // a chart of values: bands of half a step are made of it
			chart.Values = map[string]float64{}
			for size, b := range chart.Bands {
				chart.Values[size] = b[0]
			}
			chart.Bands = nil
		}
		if out.Chart == nil {
			out.Chart = map[string]wire.Chart{}
		}
		out.Chart[key] = chart
	}
	for _, key := range primaries {
		if _, ok := out.Chart[key]; ok {
			out.Primary = []string{key}
			break
		}
	}
	return notes
}

// factor of a unit [m].
var factor = map[string]float64{"mm": 0.001, "cm": 0.01, "m": 1, "in": 0.0254}

// in converts a value of m to another unit; within one it stays as written.
func (m *measure) in(v float64, unit string) float64 {
	if m.unit == unit {
		return v
	}
	return v * factor[m.unit] / factor[unit]
}

// measures of the garment become POMs. A girth is a full girth in schema.org:
// a half one would have to be called a width.
func (s *Style) measures(out *wire.Style) (notes []error) {
	for _, name := range slices.Sorted(maps.Keys(s.garment)) {
		key := s.key(name, garmentNames)
		if key == "" {
			notes = append(notes, fault.Errorf("style %s: garment measure %s has no place here and is left out", s.ID, name))
			continue
		}
		pom := wire.POM{Measure: "full", Values: map[string]float64{}}
		for _, size := range s.Sizes {
			m, ok := s.garment[name][size]
			if !ok {
				continue
			}
			if pom.Unit == "" {
				pom.Unit = m.unit
			}
			pom.Values[size] = m.in((m.lo+m.hi)/2, pom.Unit)
		}
		if out.POM == nil {
			out.POM = map[string]wire.POM{}
		}
		out.POM[key] = pom
	}
	return notes
}

// folderName makes a name of letters, digits, dots, hyphens and underscores.
func folderName(id string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, id)
	if name = strings.Trim(name, ".-"); name == "" {
		name = "style"
	}
	return name[:min(len(name), 60)]
}

// Wire writes all styles, their names made unique, each checked as any
// style.json is; one that cannot be used is left out and told.
func (c *Catalog) Wire() (styles []wire.Style, notes []error) {
	taken := map[string]int{}
	for _, s := range c.Styles {
		w, said := s.Wire()
		notes = append(notes, said...)
		base := w.Style
		taken[base]++
		if n := taken[base]; n > 1 {
			w.Style = fmt.Sprintf("%s-%d", base, n)
		}
		if _, err := w.Convert("", nil); err != nil {
			notes = append(notes, fault.Errorf("style %s is left out: %v", s.ID, err))
			continue
		}
		styles = append(styles, w)
	}
	return styles, notes
}
