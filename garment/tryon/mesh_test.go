package tryon_test

import (
	"math"
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// A mesh twice as fine changes no word of the verdict. The style states no
// measure of the garment, so every girth, strain and pressure judged is read off
// the drape. The real wardrobe is held to this by make fit-report.
func TestVerdictsDoNotDependOnTheMesh(t *testing.T) {
	if testing.Short() {
		t.Skip("short: drapes two garments twice")
	}
	m := body.Measurements{Population: body.Women, Values: map[body.Key]body.Measurement{}}
	for key, v := range map[body.Key]float64{body.Height: 1.70, body.Weight: 71, body.BustGirth: .97, body.WaistGirth: .82, body.HipGirth: 1.04} {
		m.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
	}
	band := func(lo, hi float64) fit.Chart {
		return fit.Chart{Bands: map[string][2]float64{tryon.OneSize: {lo, hi}}}
	}
	for _, g := range []struct {
		template, cloth string
		table           map[string]float64
		chart           map[body.Key]fit.Chart
		words           map[string]fit.Verdict // at both meshes
	}{
		{"tank", "jersey", map[string]float64{"bust_girth": 1.00, "waist_girth": .90, "hip_girth": 1.04},
			map[body.Key]fit.Chart{body.BustGirth: band(.93, 1.01), body.WaistGirth: band(.70, .78), body.HipGirth: band(1.00, 1.08)},
			map[string]fit.Verdict{"bust": fit.AsDesigned, "waist": fit.Snug, "hip": fit.AsDesigned}},
		{"skirt", "twill", map[string]float64{"waist_girth": .85, "hip_girth": 1.09, "skirt_length": .5},
			map[body.Key]fit.Chart{body.WaistGirth: band(.79, .85), body.HipGirth: band(1.07, 1.13)},
			map[string]fit.Verdict{"waist": fit.AsDesigned, "hip": fit.Looser}},
	} {
		cloth, _ := fabric.Preset(g.cloth)
		p, err := spec.Draft(g.template, g.table, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := &tryon.Style{
			Style: fit.Style{ID: g.template, Kind: g.template, Population: body.Women, Sizes: []string{tryon.OneSize}, Fabric: cloth,
				Chart: g.chart, Primary: []body.Key{body.WaistGirth}},
			Patterns: map[string]*pattern.Pattern{tryon.OneSize: p},
		}
		var zones [2][]fit.Zone
		for k, edges := range [2][]float64{{0.036}, {0.036, 0.018}} {
			room, err := tryon.Open(assets.FS, tryon.Settings{Edges: edges})
			if err != nil {
				t.Fatal(err)
			}
			o, err := room.Try(t.Context(), tryon.Request{Body: m, Style: s})
			if err != nil {
				t.Fatal(err)
			}
			f := o.Fittings[0]
			if f.Failed != nil || f.Drape.Status != drape.AtRest {
				t.Fatalf("%s at %g m: %s %v %s", g.template, edges[k], f.Failed, f.Drape.Status, f.Drape.Reason)
			}
			zones[k] = f.Zones
		}
		judged := 0
		for i, z := range zones[0] {
			fine := zones[1][i]
			t.Logf("%s %s: %s %v, %s %v; relaxed %.1f and %.1f cm", g.template, z.Name, z.Verdict, z.Pair, fine.Verdict, fine.Pair, 100*z.Relaxed, 100*fine.Relaxed)
			if z.Name != fine.Name || z.Verdict != fine.Verdict || z.Pair != fine.Pair {
				t.Errorf("%s %s: %s %v, and on the fine mesh %s: %s %v", g.template, z.Name, z.Verdict, z.Pair, fine.Name, fine.Verdict, fine.Pair)
			}
			if want, ok := g.words[z.Name]; ok {
				judged++
				if z.Verdict != want {
					t.Errorf("%s %s: %s %v, want %s", g.template, z.Name, z.Verdict, z.Pair, want)
				}
			}
			if math.Abs(z.Relaxed-fine.Relaxed) > 0.015 {
				t.Errorf("%s %s: %.1f and %.1f cm", g.template, z.Name, 100*z.Relaxed, 100*fine.Relaxed)
			}
		}
		if len(zones[0]) != len(zones[1]) || judged != len(g.words) {
			t.Errorf("%s: %d and %d zones, %d judged", g.template, len(zones[0]), len(zones[1]), judged)
		}
	}
}
