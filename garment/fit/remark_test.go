package fit

import (
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
)

// remarks are all that a fitting as a whole can be remarked on.
func remarks() []Remark {
	b := &body.Body{Rare: true,
		Doubts: []*body.MeasureError{
			{Key: body.WaistGirth, Got: .62, Lo: .71, Hi: .92, Unit: "m", With: body.HipGirth},
			{Key: body.Weight, Got: 38, Lo: 45, Hi: 90, Unit: "kg"}},
		Conflicts: []body.Conflict{{Key: body.HipHeight, Asked: .9, Achieved: .86, With: []body.Key{body.Inseam, body.Height}}, {Key: body.Weight, Asked: 80, Achieved: 77}}}
	all := OnBody(b, body.Measurements{OverClothes: true})
	for _, name := range fabric.Names() {
		all = append(all, EstimatedFabric(name), NoFabric(name, "warp 10 to 20 N/m"))
	}
	return append(all, EstimatedFabric("cloth of a shop"), Approximate("tee"), UsualElastics(3), LayersByRole(2), FilesSay("piece X has quantity 0"),
		FabricReport("shear taken as 30 N/m"), CutOneByOne(`panel "sleeve_l" is missing`), DrawnOpen(tee(), "M", nil), DrawnOpen(tee(), "M", []string{"upper_arm", "thigh"}), DrawnClosed(trousers(), "34", []string{"waist"}),
		remark("remark_population"), remark("remark_overlap", within("main", "bust")))
}

// Every key of the body and every preset has a name in every language.
func TestEveryLanguageNamesMeasuresAndFabrics(t *testing.T) {
	for _, l := range languages() {
		for _, k := range body.Keys() {
			if l.measures[string(k)] == "" {
				t.Errorf("%s has no name for %s", l.code, k)
			}
		}
		for _, name := range fabric.Names() {
			if l.fabrics[name] == "" {
				t.Errorf("%s has no name for the fabric %s", l.code, name)
			}
		}
	}
}

// What a customer reads holds no word of another language, no key and no detail
// for makers; what a maker reads has the detail.
func TestRemarksSpeakToWearersAndMakers(t *testing.T) {
	for _, r := range remarks() {
		for _, l := range languages() {
			if text := r.Text[l.code]; !strings.HasSuffix(text, ".") || strings.Contains(text, "_") || strings.Contains(text, "{") || r.Detail != "" && strings.Contains(text, r.Detail) {
				t.Errorf("%s: %q", l.code, text)
			}
		}
		if r.Text["de"] == r.Text["en"] || !strings.HasSuffix(r.String(), r.Detail) {
			t.Errorf("%q", r)
		}
	}
	r := OnBody(&body.Body{Doubts: []*body.MeasureError{{Key: body.WaistGirth, Got: .62, Lo: .71, Hi: .92, With: body.HipGirth}}}, body.Measurements{})[0]
	if want := "Taillenumfang 62,0 cm: Nach den anderen Maßen (Hüftumfang) sind 71,0 bis 92,0 cm zu erwarten."; !strings.HasPrefix(r.Text["de"], want) {
		t.Errorf("%q", r.Text["de"])
	}
}
