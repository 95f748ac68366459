package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"fitroom/assets"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// hanger is one garment of the wardrobe: a template in the sizes it is tried
// on in, each on a body it is made for.
type hanger struct {
	name, template, fabric string
	population             body.Population
	primary                body.Key // of the chart
	first, step            float64  // body of the smallest size, and between sizes [m]
	ease                   map[body.Key]float64
	options                map[string]string
}

// sizes of the wardrobe.
func sizes() []string { return []string{"S", "M", "L"} }

// wardrobe holds every template, in cloth it is made of.
func wardrobe() []hanger {
	top := func(chest float64) map[body.Key]float64 { return map[body.Key]float64{body.ChestGirth: chest} }
	low := func(waist, hip float64) map[body.Key]float64 {
		return map[body.Key]float64{body.WaistGirth: waist, body.HipGirth: hip}
	}
	return []hanger{
		{"T-shirt", "tee", "jersey", body.Men, body.ChestGirth, .92, .08, top(.10), nil},
		{"tank top", "tank", "jersey", body.Women, body.BustGirth, .88, .07, top(.03), nil},
		{"polo", "polo", "interlock", body.Men, body.ChestGirth, .92, .08, top(.10), nil},
		{"shirt", "shirt", "poplin", body.Men, body.ChestGirth, .92, .08, top(.14), nil},
		{"hoody", "hoody", "fleece", body.Men, body.ChestGirth, .92, .08, top(.18), nil},
		{"sheath dress", "dress", "twill", body.Women, body.BustGirth, .88, .07, map[body.Key]float64{body.ChestGirth: .08, body.WaistGirth: .06, body.HipGirth: .07}, nil},
		{"A-line skirt", "skirt", "twill", body.Women, body.WaistGirth, .70, .07, low(.03, .06), nil},
		{"trousers", "trousers", "twill", body.Men, body.WaistGirth, .80, .07, low(.02, .08), nil},
		{"shorts", "shorts", "twill", body.Men, body.WaistGirth, .80, .07, low(.03, .10), nil},
		{"leggings", "leggings", "leggings knit", body.Women, body.WaistGirth, .70, .07, low(-.06, -.08), nil},
	}
}

// wearer is a body of plain proportions whose deciding girth is given.
func (h *hanger) wearer(girth float64) body.Measurements {
	v := map[body.Key]float64{body.Height: 1.80}
	chest, waist, hip := girth, girth-.13, girth+.01
	if h.primary == body.WaistGirth {
		chest, waist, hip = girth+.13, girth, girth+.14
	}
	v[body.ChestGirth], v[body.WaistGirth], v[body.HipGirth] = chest, waist, hip
	if h.population == body.Women {
		v[body.Height] = 1.68
		chest, waist, hip = girth, girth-.17, girth+.06
		if h.primary == body.WaistGirth {
			chest, waist, hip = girth+.17, girth, girth+.25
		}
		delete(v, body.ChestGirth)
		v[body.BustGirth], v[body.WaistGirth], v[body.HipGirth] = chest, waist, hip
	}
	m := body.Measurements{Population: h.population, Values: map[body.Key]body.Measurement{}}
	for k, x := range v {
		m.Values[k] = body.Measurement{Value: x, Method: body.TapeTrained}
	}
	return m
}

// style drafts all sizes and writes down every measure of their flat panels,
// or, measures left out, the chart alone: then all is read off the drape.
func (h *hanger) style(measures bool) (*tryon.Style, error) {
	cloth, ok := fabric.Preset(h.fabric)
	if !ok {
		return nil, fmt.Errorf("no fabric %s", h.fabric)
	}
	s := &tryon.Style{
		Style: fit.Style{ID: h.name, Kind: h.name, Population: h.population, Sizes: sizes(), Primary: []body.Key{h.primary}, Fabric: cloth,
			Chart: map[body.Key]fit.Chart{}, POM: map[body.Key]fit.POM{}},
		Patterns: map[string]*pattern.Pattern{},
	}
	charted := map[body.Key]map[string]float64{}
	for i, size := range s.Sizes {
		who := h.wearer(h.first + h.step*float64(i))
		table := map[string]float64{}
		for k, e := range h.ease {
			b, ok := who.Values[k]
			if !ok {
				b = who.Values[body.BustGirth]
			}
			table[string(k)] = b.Value + e
		}
		for k, m := range who.Values {
			if charted[k] == nil {
				charted[k] = map[string]float64{}
			}
			charted[k][size] = m.Value
		}
		p, err := spec.Draft(h.template, table, h.options)
		if err != nil {
			return nil, err
		}
		s.Patterns[size] = p
		flat, err := spec.Measure(h.template, p)
		if err != nil {
			return nil, err
		}
		for k, v := range flat {
			if key := body.Key(k); measures && fit.Known(key) && key != fit.Hem {
				if s.POM[key].Values == nil {
					s.POM[key] = fit.POM{Values: map[string]float64{}}
				}
				s.POM[key].Values[size] = v
			}
		}
	}
	for _, k := range []body.Key{body.ChestGirth, body.BustGirth, body.WaistGirth, body.HipGirth} {
		if charted[k] != nil {
			c, err := fit.PlainChart(s.Sizes, charted[k])
			if err != nil {
				return nil, err
			}
			s.Chart[k] = c
		}
	}
	return s, nil
}

// tried is one garment in one size on the body it is made for.
type tried struct {
	size string
	fit  tryon.Fitting
}

// try hangs sizes of a garment, each on its own body.
func (h *hanger) try(ctx context.Context, edges []float64, measures bool, sizes []string) ([]tried, error) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: edges, Workers: 1})
	if err != nil {
		return nil, err
	}
	s, err := h.style(measures)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", h.name, err)
	}
	var out []tried
	for i, size := range s.Sizes {
		if !slices.Contains(sizes, size) {
			continue
		}
		o, err := room.Try(ctx, tryon.Request{Body: h.wearer(h.first + h.step*float64(i)), Style: s, Sizes: []string{size}})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", h.name, err)
		}
		out = append(out, tried{size, o.Fittings[0]})
	}
	return out, nil
}

// refined hangs one size of each garment at an edge and at half of it, judged
// from the drape alone, and counts the verdicts that change.
func refined(ctx context.Context, w io.Writer, all []hanger, coarse, fine []float64) error {
	fmt.Fprintf(w, "\n## Twice as fine a mesh: edges of %.0f and %.0f mm, girths read off the drape\n\n| garment | drapes | zones judged | other word | largest difference of a girth mm |\n|---|---|---|---|---|\n", 1000*coarse[len(coarse)-1], 1000*fine[len(fine)-1])
	for i := range all {
		a, err := all[i].try(ctx, coarse, false, []string{"M"})
		if err != nil {
			return err
		}
		b, err := all[i].try(ctx, fine, false, []string{"M"})
		if err != nil {
			return err
		}
		judged, other, most := compareWords(a[0].fit.Zones, b[0].fit.Zones)
		fmt.Fprintf(w, "| %s | %s, %s | %d | %s | %.1f |\n", all[i].name, statusOf(&a[0].fit), statusOf(&b[0].fit), judged, strings.Join(other, "; "), 1000*most)
	}
	return nil
}

// compareWords compares the verdicts of two reports on one garment.
func compareWords(a, b []fit.Zone) (judged int, other []string, most float64) {
	for i := range a {
		k := slices.IndexFunc(b, func(z fit.Zone) bool { return z.Name == a[i].Name })
		if k < 0 || a[i].Verdict == fit.CannotJudge && b[k].Verdict == fit.CannotJudge {
			continue
		}
		judged++
		if a[i].Verdict != b[k].Verdict || a[i].Pair != b[k].Pair {
			other = append(other, fmt.Sprintf("%s: %s %v, %s %v", a[i].Name, a[i].Verdict, a[i].Pair, b[k].Verdict, b[k].Pair))
		}
		if d := math.Abs(a[i].Relaxed - b[k].Relaxed); d > most {
			most = d
		}
	}
	return judged, other, most
}
