package tryon_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fitroom/assets"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// A skirt far too small, fastened at one side, hangs open and says so; without
// a fastening it is drawn closed and that is said.
func TestWhatDoesNotCloseHangsOpen(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.04}})
	if err != nil {
		t.Fatal(err)
	}
	m := body.Measurements{Population: body.Women, Values: map[body.Key]body.Measurement{
		body.Height: {Value: 1.70}, body.Weight: {Value: 71}, body.WaistGirth: {Value: .82}, body.HipGirth: {Value: 1.04}}}
	cloth, _ := fabric.Preset("poplin")
	for _, closed := range []bool{true, false} {
		p, err := spec.Draft("skirt", map[string]float64{"waist_girth": .66, "skirt_length": .4}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !closed {
			p.Closures = nil
		}
		s := &tryon.Style{
			Style: fit.Style{ID: "skirt", Kind: "skirt", Population: body.Women, Sizes: []string{tryon.OneSize}, Fabric: cloth,
				POM: map[body.Key]fit.POM{body.WaistGirth: {Values: map[string]float64{tryon.OneSize: .66}}}},
			Patterns: map[string]*pattern.Pattern{tryon.OneSize: p},
		}
		o, err := room.Try(t.Context(), tryon.Request{Body: m, Style: s})
		if err != nil {
			t.Fatal(err)
		}
		f := o.Fittings[0]
		said := strings.Join(fit.In("en", o.Warnings), "; ")
		want := "Size one does not close: it is drawn with its fastenings open."
		if !closed {
			want = ") and has no fastening there. It is drawn closed all the same"
		}
		if !strings.Contains(f.Drawn.Text["en"], want) || f.Drawn.Text["de"] == "" {
			t.Errorf("fastening %v: beside the picture stands %q", closed, f.Drawn.Text)
		}
		if f.Failed != nil || f.Opened != closed || !strings.Contains(said, want) {
			t.Errorf("fastening %v: opened %v, %s, warnings %q", closed, f.Opened, f.Failed, said)
		}
		// The flat panels alone say so, and by how much: 82 cm that may yield by 3 %,
		// less 66 cm that may give by 4.
		if !slices.ContainsFunc(f.TooSmall, func(q fit.TooSmall) bool {
			return q.Zone == "waist" && math.Abs(q.Garment-.66) < .03 && q.Lacks > .05 && q.Opens == closed && strings.Contains(said, q.Text["en"])
		}) {
			t.Errorf("fastening %v: too small at %v", closed, f.TooSmall)
		}
		// A band drawn closed rides up, to where the body is narrower, and is judged there.
		if closed && f.Zones[0].Name != "waist" || f.Zones[0].Likely != fit.WillNotClose {
			t.Errorf("fastening %v: %s is %s", closed, f.Zones[0].Name, f.Zones[0].Likely)
		}
	}
}
