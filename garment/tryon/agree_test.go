package tryon_test

import (
	"math"
	"testing"

	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/tryon"
)

// Two ways to one truth: what the table of measures says and what the draped
// garment measures relaxed agree within 5 mm, or the report names both and why.
func TestFlatAndDrapedAgreeOrTheReportSaysWhy(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.03}})
	if err != nil {
		t.Fatal(err)
	}
	compared, agreed := 0, 0
	for _, d := range demos {
		q := demo(t, d)
		q.Sizes = []string{"M"}
		o, err := room.Try(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if fit := o.Fittings[0]; fit.Drape.Status != drape.AtRest {
			t.Logf("%s: %v %s", d[1], fit.Drape.Status, fit.Drape.Reason)
			continue
		}
		for _, z := range o.Fittings[0].Zones {
			if math.IsNaN(z.Flat) || math.IsNaN(z.Relaxed) {
				continue
			}
			compared++
			off := math.Abs(z.Flat - z.Relaxed)
			if off <= 0.005 {
				agreed++
			} else if z.Notes["de"] == "" || z.Notes["en"] == "" {
				t.Errorf("%s %s: table %.1f cm, draped %.1f cm, and nothing is said", d[1], z.Name, 100*z.Flat, 100*z.Relaxed)
			}
			if off > 0.02 {
				t.Errorf("%s %s: table %.1f cm, draped %.1f cm", d[1], z.Name, 100*z.Flat, 100*z.Relaxed)
			}
			t.Logf("%s %s: table %.1f, relaxed %.1f, worn %.1f cm", d[1], z.Name, 100*z.Flat, 100*z.Relaxed, 100*z.Worn)
		}
	}
	if compared < 8 || 3*agreed < 2*compared {
		t.Errorf("%d of %d measures agree within 5 mm", agreed, compared)
	}
	t.Logf("%d of %d measures agree within 5 mm", agreed, compared)
}

// demos are the fittings of the demo: who tries on what.
var demos = [][2]string{{"woman", "tee-women"}, {"woman", "skirt-women"}, {"man", "tee-men"}, {"man", "trousers-men"}}

func demo(t *testing.T, d [2]string) tryon.Request {
	t.Helper()
	f, err := assets.Demo().Open("people/" + d[0] + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := wire.ReadBody(f)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := wire.OpenStyle(assets.Demo(), "styles/"+d[1])
	if err != nil {
		t.Fatal(err)
	}
	return tryon.Request{Body: m, Style: s}
}
