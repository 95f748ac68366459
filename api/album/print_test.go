package album

import (
	"image"
	"strings"
	"testing"

	"fitroom/api/wire"
)

// A print lies on the panel it names; one that would lie beside it, or on none,
// is refused with what there is.
func TestPrintsLieOnTheirPanel(t *testing.T) {
	o, _ := fitting(t)
	c := o.Fittings[0].Cloth
	logo := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for _, x := range []struct {
		panel string
		y     float64
		want  string
	}{{"front", -20, ""}, {"front", 20, "beside panel"}, {"pocket", -20, "no panel"}} {
		d, err := decals([]wire.Print{{Panel: x.panel, YCm: x.y, WidthCm: 10, Image: logo}}, c)
		if x.want == "" {
			if err != nil || len(d) != 1 {
				t.Fatalf("%s at %g cm: %d prints, %v", x.panel, x.y, len(d), err)
			}
			for i, on := range d[0].On {
				if on != (c.Panels[c.Panel[i]].Name == x.panel) {
					t.Fatalf("triangle %d of panel %s carries the print of %s: %v", i, c.Panels[c.Panel[i]].Name, x.panel, on)
				}
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s at %g cm: %v, want an error with %q", x.panel, x.y, err, x.want)
		}
	}
}
