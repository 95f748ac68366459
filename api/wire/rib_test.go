package wire

import (
	"strings"
	"testing"

	"fitroom/garment/tryon"
)

// Ribs of their own cloth are the panels at hem and cuffs, and their fabric has to be
// named.
func TestRibsOfTheirOwnCloth(t *testing.T) {
	style := func(fabrics string) (*tryon.Style, error) {
		doc := `{"style":"h","kind":"hoody","population":"men","sizes":["M"],"fabric":{"preset":"fleece"}` + fabrics + `,
			"pom":{"chest_girth":{"unit":"cm","measure":"full","values":{"M":118}}},"pattern":{"format":"template","template":"hoody","options":{"ribs":"rib"}}}`
		var s Style
		if err := decodeBytes([]byte(doc), "style.json", &s); err != nil {
			t.Fatal(err)
		}
		return s.Convert("", nil)
	}
	s, err := style(`,"fabrics":{"rib":{"preset":"rib"}}`)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range s.Patterns["M"].Panels {
		rib := strings.HasPrefix(p.Name, "rib") || strings.HasPrefix(p.Name, "cuff")
		if (p.Material == "rib") != rib {
			t.Errorf("panel %q is of material %q", p.Name, p.Material)
		}
		if rib {
			n++
		}
	}
	if _, ok := s.Cloths()["rib"]; n != 4 || !ok {
		t.Errorf("%d ribs, fabrics %v", n, s.Cloths())
	}
	if _, err := style(""); err == nil || !strings.Contains(err.Error(), `is of the material "rib"; name its fabric here`) {
		t.Errorf("without a fabric: %v", err)
	}
}
