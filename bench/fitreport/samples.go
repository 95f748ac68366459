package main

import (
	"fmt"
	"io"
	"slices"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/words"
	"fitroom/geometry/body"
)

// sample is one report to be read aloud.
type sample struct {
	title  string
	wearer fit.Wearer
	style  *fit.Style
	opt    fit.Options
	size   string // whose zones are read
}

// jeans are a rigid woven in 4 cm steps.
func jeans() *fit.Style {
	denim, _ := fabric.Preset("denim")
	s := &fit.Style{ID: "jeans", Kind: "trousers", Population: body.Women, Sizes: []string{"34", "36", "38", "40", "42"},
		Primary: []body.Key{body.WaistGirth}, Secondary: []body.Key{body.HipGirth}, Fabric: denim,
		Chart: map[body.Key]fit.Chart{}, POM: map[body.Key]fit.POM{}}
	for _, z := range []struct {
		key         body.Key
		first, ease float64
	}{{body.WaistGirth, .64, .026}, {body.HipGirth, .90, .06}} {
		v, g := map[string]float64{}, map[string]float64{}
		for i, size := range s.Sizes {
			v[size] = z.first + .04*float64(i)
			g[size] = v[size] + z.ease
		}
		s.Chart[z.key], _ = fit.PlainChart(s.Sizes, v) // five rising values cannot be refused
		s.POM[z.key] = fit.POM{Values: g}
	}
	return s
}

func measured(p body.Population, sigma float64, values map[body.Key]float64) fit.Wearer {
	w := fit.Wearer{Population: p}
	for _, k := range body.Keys() {
		if v, ok := values[k]; ok {
			w.Readings = append(w.Readings, fit.Reading{Key: k, Value: v, Sigma: sigma})
		}
	}
	return w
}

func samples() []sample {
	man := func(chest, sigma float64) fit.Wearer {
		return measured(body.Men, sigma, map[body.Key]float64{body.ChestGirth: chest})
	}
	woman := func(waist, hip, sigma float64) fit.Wearer {
		return measured(body.Women, sigma, map[body.Key]float64{body.WaistGirth: waist, body.HipGirth: hip})
	}
	guessed := man(.98, 0)
	guessed.Readings[0].Method = body.EstimatedBy
	clothed := woman(.72, .98, .01)
	clothed.OverClothes = true
	return []sample{
		{"A T-shirt, the middle of a size", man(.98, .01), tee(), fit.Options{}, "M"},
		{"A T-shirt, on the edge of two sizes, own tape", man(1.02, .02), tee(), fit.Options{}, "M"},
		{"A T-shirt, worn wider by wish", man(.98, .01), tee(), fit.Options{Preference: .08}, "L"},
		{"Jeans, waist and hip agree", woman(.72, .98, .005), jeans(), fit.Options{}, "38"},
		{"Jeans, the smallest size on a larger waist", woman(.70, .96, .0075), jeans(), fit.Options{}, "34"},
		{"Jeans, waist and hip ask for different sizes", woman(.68, 1.02, .005), jeans(), fit.Options{}, "36"},
		{"Jeans, every size too tight", woman(.68, 1.2, .005), jeans(), fit.Options{}, "42"},
		{"A T-shirt, the chest guessed", guessed, tee(), fit.Options{}, "M"},
		{"Jeans, measured over clothes", clothed, jeans(), fit.Options{}, "38"},
		{"A T-shirt that runs small by earlier wearers", man(1.00, .01), tee(), fit.Options{Runs: &fit.Runs{Steps: .5, SD: .1, Reports: 40}}, "L"},
	}
}

// read writes advice and one size's zones in both languages.
func read(w io.Writer, all []sample) error {
	for i, x := range all {
		a, zones, err := fit.Advise(x.wearer, x.style, x.opt)
		if err != nil {
			return fmt.Errorf("sample %s: %w", x.title, err)
		}
		fmt.Fprintf(w, "\n### %d. %s\n", i+1, x.title)
		for _, lang := range words.Codes() {
			fmt.Fprintf(w, "\n%s\n\n", a.Text[lang])
			for _, z := range zones[x.size].Zones {
				fmt.Fprintf(w, "- %s: %s", x.size, z.Text[lang])
				if note := z.Notes[lang]; note != "" {
					fmt.Fprintf(w, " %s", note)
				}
				fmt.Fprintln(w)
			}
			for _, r := range slices.Concat(a.Warnings, a.Assumptions) {
				fmt.Fprintf(w, "- %s\n", r.Text[lang])
			}
		}
	}
	return nil
}
