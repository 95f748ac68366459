package fit

import (
	"strings"
	"testing"

	"fitroom/geometry/body"
)

// What is too small is said with the place, the figures and what is missing, in
// each language; whether it cannot be put on or only not closed.
func TestTooSmallSaysWhereAndByHowMuch(t *testing.T) {
	skirt := &Style{POM: map[body.Key]POM{body.WaistGirth: {}}, Fabric: swatch()}
	for _, c := range []struct {
		opens  bool
		en, de string
	}{
		{false, "Waistband: 66.0 cm of cloth have to go round 82.0 cm. Stretched as far as the fabric gives (4 %), size S still lacks 10.9 cm and cannot be put on.",
			"Bund: 66,0 cm Stoff müssen um 82,0 cm reichen. So weit gedehnt, wie der Stoff nachgibt (4 %), fehlen Größe S noch 10,9 cm; sie lässt sich nicht anziehen."},
		{true, "cannot be closed", "nicht schließen"},
	} {
		q := TooSmall{Zone: "waist", Garment: .66, Body: .82, Usable: .04, Lacks: .109, Opens: c.opens}
		q.Say(skirt, "S")
		if !strings.Contains(q.Text["en"], c.en) || !strings.Contains(q.Text["de"], c.de) {
			t.Errorf("opens %v: %q", c.opens, q.Text)
		}
	}
}
