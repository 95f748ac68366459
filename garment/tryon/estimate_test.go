package tryon_test

import (
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
)

// An estimate gives each size the verdicts of its own drape in a few Newton steps, and
// analyses nothing.
func TestAnEstimateGivesTheVerdictsOfADrape(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.03}})
	if err != nil {
		t.Fatal(err)
	}
	judged, estimated := 0, 0
	for _, d := range demos {
		q := demo(t, d)
		tried, err := room.Try(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		o, err := room.Estimate(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range o.Fittings {
			if f.Failed != nil {
				t.Errorf("%s %s: %v", d[1], f.Size, f.Failed)
			}
			if f.Drape.Status == drape.Estimated {
				estimated++
				if f.Drape.Newton > 8 || f.Analyses != nil {
					t.Errorf("%s %s took %d Newton steps, analyses %v", d[1], f.Size, f.Drape.Newton, f.Analyses)
				}
			}
			own := map[string]fit.Verdict{}
			for _, z := range f.Zones {
				own[z.Name] = z.Verdict
			}
			for _, z := range tried.Fittings[i].Zones {
				if z.Verdict == fit.CannotJudge {
					continue
				}
				judged++
				if own[z.Name] != z.Verdict {
					t.Errorf("%s %s, %s: %s by estimate, %s draped", d[1], f.Size, z.Name, own[z.Name], z.Verdict)
				}
			}
		}
	}
	t.Logf("%d zones judged, %d of 16 sizes estimated", judged, estimated)
	if judged < 40 || estimated < 9 {
		t.Errorf("only %d zones were judged, %d sizes estimated", judged, estimated)
	}
}
