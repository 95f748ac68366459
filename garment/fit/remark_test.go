package fit

import (
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"
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
		all = append(all, EstimatedFabric(name), NoFabric(name, fault.Errorf("%s %g to %g %s", fault.Word("warp"), 10.0, 20.5, "N/m")))
	}
	return append(all, EstimatedFabric("cloth of a shop"), Approximate("tee"), UsualElastics(3), WornOver(tee(), "M"), FilesSay(fault.Errorf("rule %d is given twice", 3)),
		FabricReport(fault.Errorf("%s: not stated; that of %s", fault.Word("weight"), "denim")), CutOneByOne(fault.Errorf("panel %q is missing", "sleeve_l")), DrawnOpen(tee(), "M", nil), DrawnOpen(tee(), "M", []string{"upper_arm", "thigh"}), DrawnClosed(trousers(), "34", []string{"waist"}), TrailsOnFloor("34", .095),
		remark("remark_population"), remark("remark_overlap", within("main", "bust")))
}

// Every key of the body and every preset has a name in every language.
func TestEveryLanguageNamesMeasuresAndFabrics(t *testing.T) {
	for _, l := range languages() {
		for _, k := range body.Keys() {
			if l.Measures[string(k)] == "" {
				t.Errorf("%s has no name for %s", l.Code, k)
			}
		}
		for _, name := range fabric.Names() {
			if l.Fabrics[name] == "" {
				t.Errorf("%s has no name for the fabric %s", l.Code, name)
			}
		}
	}
}

// What a customer reads holds no word of another language, no key and no detail
// for makers; what a maker reads has the detail.
func TestRemarksSpeakToWearersAndMakers(t *testing.T) {
	for _, r := range remarks() {
		for _, l := range languages() {
			if text := r.Text[l.Code]; !strings.HasSuffix(text, ".") && !(r.Makers && strings.HasSuffix(text, ":")) || strings.Contains(text, "_") || strings.Contains(text, "{") || r.Detail != nil && strings.Contains(text, l.Tell(r.Detail)) {
				t.Errorf("%s: %q", l.Code, text)
			}
		}
		if r.Text["de"] == r.Text["en"] || r.Detail != nil && (!strings.Contains(r.In("en"), r.Detail.Error()) || strings.Contains(r.In("de"), r.Detail.Error())) {
			t.Errorf("%q", r)
		}
	}
	r := OnBody(&body.Body{Doubts: []*body.MeasureError{{Key: body.WaistGirth, Got: .62, Lo: .71, Hi: .92, With: body.HipGirth}}}, body.Measurements{})[0]
	if want := "Taillenumfang 62,0 cm: Nach den anderen Maßen (Hüftumfang) sind 71,0 bis 92,0 cm zu erwarten."; !strings.HasPrefix(r.Text["de"], want) {
		t.Errorf("%q", r.Text["de"])
	}
}
