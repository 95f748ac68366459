package spec

import (
	"fmt"
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// Measure takes the measures of a drafted pattern on its flat panels, as a
// person with a tape and a ruler does: by the labels of edges and the corners
// between them, knowing nothing of how it was drafted. Keys are those Draft
// takes [m, full round].
func Measure(template string, p *pattern.Pattern) (map[string]float64, error) {
	t := taker{pattern: p}
	var out map[string]float64
	switch template {
	case "tee":
		out = t.tee()
	case "skirt":
		out = t.skirt()
	case "trousers":
		out = t.trousers()
	default:
		return nil, fmt.Errorf("spec: there is no template %q", template)
	}
	if t.missing != "" {
		return nil, fmt.Errorf("spec: pattern %q is no %s: it has no %s", p.Name, template, t.missing)
	}
	return out, nil
}

// taker takes measures and remembers what it looked for in vain.
type taker struct {
	pattern *pattern.Pattern
	missing string
}

// panel finds the panel of a role; of pairs, the left one.
func (t *taker) panel(role pattern.Role) *pattern.Panel {
	for i := range t.pattern.Panels {
		if p := &t.pattern.Panels[i]; p.Role == role && p.Side != pattern.Right {
			return p
		}
	}
	t.missing = "panel of role " + string(role)
	return &pattern.Panel{}
}

// corner finds the first corner at which an edge labelled a meets one labelled
// b, in either order, going round from the start of the loop.
func (t *taker) corner(p *pattern.Panel, a, b string) r2.Vec {
	corners := t.corners(p, a, b)
	if len(corners) == 0 {
		t.missing = fmt.Sprintf("corner of %s and %s on panel %q", a, b, p.Name)
		return r2.Vec{}
	}
	return corners[0]
}

func (t *taker) corners(p *pattern.Panel, a, b string) (out []r2.Vec) {
	n := len(p.Edges)
	for e := range p.Edges {
		x, y := p.Edges[e].Label, p.Edges[(e+1)%n].Label
		if (x == a && y == b) || (x == b && y == a) {
			out = append(out, p.Verts[p.Edges[e].To])
		}
	}
	return out
}

// nudge takes a width just beside a corner, where the ruler's edge is not in
// doubt [m].
const nudge = 1e-7

func (t *taker) tee() map[string]float64 {
	front, back, sleeve := t.panel(pattern.BodyFront), t.panel(pattern.BodyBack), t.panel(pattern.Sleeve)
	both := func(y float64) float64 { return front.WidthAt(y) + back.WidthAt(y) }
	under := t.corner(front, "side", "armscye")
	waist := t.corner(front, "side", "side")
	tips := t.corners(back, "armscye", "shoulder")
	necks := t.corners(back, "shoulder", "neckline")
	if len(tips) != 2 || len(necks) != 2 {
		t.missing = "pair of shoulders"
		return nil
	}
	centreBack, centreFront := t.corner(back, "neckline", "neckline"), t.corner(front, "neckline", "neckline")
	hem := t.corner(back, "hem", "side")
	top := t.capTop(sleeve)
	return map[string]float64{
		"chest_girth":                both(under.Y - nudge),
		"waist_girth":                both(waist.Y),
		"hem":                        front.LabelLength("hem") + back.LabelLength("hem"),
		"body_length":                centreBack.Y - hem.Y,
		"back_neck_to_waist":         centreBack.Y - waist.Y,
		"neck_girth":                 front.LabelLength("neckline") + back.LabelLength("neckline"),
		"neck_width":                 dist(necks[0], necks[1]),
		"front_neck_drop":            necks[0].Y - centreFront.Y,
		"back_neck_drop":             necks[0].Y - centreBack.Y,
		"across_back_shoulder_width": dist(tips[0], tips[1]),
		"shoulder_length":            dist(tips[0], necks[0]),
		"armscye_depth":              necks[0].Y - under.Y,
		"upper_arm_girth":            sleeve.WidthAt(t.corner(sleeve, "underarm", "cap").Y - nudge),
		"sleeve_length":              top - t.corner(sleeve, "sleeve_hem", "underarm").Y,
		"sleeve_hem":                 sleeve.LabelLength("sleeve_hem"),
	}
}

// capTop is the height of the highest corner of the cap.
func (t *taker) capTop(sleeve *pattern.Panel) float64 {
	top := math.Inf(-1)
	for _, v := range t.corners(sleeve, "cap", "cap") {
		top = math.Max(top, v.Y)
	}
	return top
}

// bandHeight is the height of the waistband [m].
func (t *taker) bandHeight() float64 { return t.panel(pattern.WaistFront).LabelLength("band_end") / 2 }

// waist is the length of the waistband's free edge all round [m].
func (t *taker) waist() float64 {
	return t.panel(pattern.WaistFront).LabelLength("band_edge") + t.panel(pattern.WaistBack).LabelLength("band_edge")
}

func (t *taker) skirt() map[string]float64 {
	front, back := t.panel(pattern.SkirtFront), t.panel(pattern.SkirtBack)
	waist, hip := t.centre(front, "waist"), t.corner(front, "side", "side")
	return map[string]float64{
		"waist_girth":  t.waist(),
		"hip_girth":    front.WidthAt(hip.Y) + back.WidthAt(t.corner(back, "side", "side").Y),
		"hem":          front.LabelLength("hem") + back.LabelLength("hem"),
		"skirt_length": t.bandHeight() + waist.Y - t.centre(front, "hem").Y,
		"hip_depth":    waist.Y - hip.Y,
		"band_height":  t.bandHeight(),
	}
}

// centre is the corner on the fold between two edges of one label.
func (t *taker) centre(p *pattern.Panel, label string) r2.Vec {
	for _, v := range t.corners(p, label, label) {
		if math.Abs(v.X) < 1e-9 {
			return v
		}
	}
	t.missing = fmt.Sprintf("corner of %s on the fold of panel %q", label, p.Name)
	return r2.Vec{}
}

func (t *taker) trousers() map[string]float64 {
	front, back := t.panel(pattern.LegFront), t.panel(pattern.LegBack)
	both := func(y float64) float64 { return front.WidthAt(y) + back.WidthAt(y) }
	fork := t.corner(front, "crotch", "inseam")
	knee := t.corner(front, "inseam", "inseam")
	hip := t.corner(front, "crotch", "crotch")
	return map[string]float64{
		"waist_girth":       t.waist(),
		"hip_girth":         2 * both(hip.Y+nudge),
		"thigh_girth":       both(fork.Y + thighLine),
		"knee_girth":        both(knee.Y),
		"hem":               front.LabelLength("hem") + back.LabelLength("hem"),
		"inside_leg_height": front.LabelLength("inseam"),
		"outseam":           t.bandHeight() + front.LabelLength("outseam"),
		"rise":              t.bandHeight() + t.corner(front, "waist", "crotch").Y - fork.Y,
		"band_height":       t.bandHeight(),
	}
}
