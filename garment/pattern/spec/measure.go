package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Measure takes the measures of a drafted pattern on its flat panels, as a
// person with a tape and a ruler does: by the labels of edges and the corners
// between them, knowing nothing of how it was drafted. Keys are those Draft
// takes [m, full round].
func Measure(name string, p *pattern.Pattern) (map[string]float64, error) {
	k, err := find(name)
	if err != nil {
		return nil, err
	}
	out, _, err := k.taken(p)
	return out, err
}

// taken are the measures of a pattern and the lines they were taken along.
func (k *template) taken(p *pattern.Pattern) (map[string]float64, []pattern.Gauge, error) {
	t := taker{pattern: p}
	out := k.measure(&t)
	if t.missing != nil {
		return nil, nil, fault.Errorf("spec: pattern %q is no %s: it has no %w", p.Name, k.name, t.missing)
	}
	return out, t.gauges, nil
}

// taker takes measures and remembers what it looked for in vain.
type taker struct {
	pattern *pattern.Pattern
	missing error
	ruled   []pattern.GaugeLine // where the ruler was laid since the last gauge
	gauges  []pattern.Gauge
}

// panel finds the panel of a role; of pairs, the left one.
func (t *taker) panel(role pattern.Role) *pattern.Panel {
	for i := range t.pattern.Panels {
		if p := &t.pattern.Panels[i]; p.Role == role && p.Side != pattern.Right {
			return p
		}
	}
	t.missing = fault.Errorf("panel of role %s", role)
	return &pattern.Panel{}
}

// corner finds the first corner at which an edge labelled a meets one labelled
// b, in either order, going round from the start of the loop.
func (t *taker) corner(p *pattern.Panel, a, b string) r2.Vec {
	corners := t.corners(p, a, b)
	if len(corners) == 0 {
		t.missing = fault.Errorf("corner of %s and %s on panel %q", a, b, p.Name)
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

// skirt takes: waist_girth along the band's upper edge; hip_girth across at
// hip_depth below the waist seam; hem along the sweep; skirt_length from the
// band's upper edge to the hem, centre front.
func (t *taker) skirt() map[string]float64 {
	front, back := t.panel(pattern.SkirtFront), t.panel(pattern.SkirtBack)
	waist := t.centre(front, "waist")
	out := map[string]float64{
		"waist_girth":  t.waist(),
		"hem":          front.LabelLength("hem") + back.LabelLength("hem"),
		"skirt_length": t.bandHeight() + waist.Y - t.centre(front, "hem").Y,
		"band_height":  t.bandHeight(),
	}
	if hips := t.corners(front, "side", "side"); len(hips) > 0 { // a circle has none
		out["hip_girth"] = t.gauge("hip_girth", 1, t.width(front, hips[0].Y)+t.width(back, t.corner(back, "side", "side").Y))
		out["hip_depth"] = waist.Y - hips[0].Y
	}
	return out
}

// centre is the corner on the fold between two edges of one label.
func (t *taker) centre(p *pattern.Panel, label string) r2.Vec {
	for _, v := range t.corners(p, label, label) {
		if math.Abs(v.X) < 1e-9 {
			return v
		}
	}
	t.missing = fault.Errorf("corner of %s on the fold of panel %q", label, p.Name)
	return r2.Vec{}
}

// trousers takes: waist_girth along the band's upper edge, relaxed; hip_girth
// across at a third of the rise above the crotch; thigh_girth one leg, an inch
// below the crotch; knee_girth one leg, 5 cm above half of the inseam; hem one
// leg opening; inside_leg_height along the inseam; outseam along the side,
// band included; rise from the band's upper edge straight down to the level
// of the crotch, centre front.
func (t *taker) trousers() map[string]float64 {
	front, back := t.panel(pattern.LegFront), t.panel(pattern.LegBack)
	both := func(y float64) float64 { return t.width(front, y) + t.width(back, y) }
	fork := t.corner(front, "crotch", "inseam")
	knee := t.corner(front, "inseam", "inseam")
	hip := t.corner(front, "crotch", "crotch")
	return map[string]float64{
		"waist_girth":       t.waist(),
		"hip_girth":         t.gauge("hip_girth", 2, both(hip.Y+nudge)),
		"thigh_girth":       t.gauge("thigh_girth", 1, both(fork.Y+thighLine)),
		"knee_girth":        t.gauge("knee_girth", 1, both(knee.Y)),
		"hem":               front.LabelLength("hem") + back.LabelLength("hem"),
		"inside_leg_height": front.LabelLength("inseam"),
		"outseam":           t.bandHeight() + front.LabelLength("outseam"),
		"rise":              t.bandHeight() + t.corner(front, "waist", "crotch").Y - fork.Y,
		"band_height":       t.bandHeight(),
	}
}
