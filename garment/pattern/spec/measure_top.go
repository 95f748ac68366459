package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// How the measures of tops and dresses are taken, on panels laid flat with
// their seams closed, openings buttoned:
//
//	chest_girth                 across front and back from underarm to underarm, twice (a
//	                            shop's half chest, doubled)
//	chest_low_girth             the same an inch below the underarm
//	waist_girth                 across at back_neck_to_waist
//	hem, hip_girth              along the lower edge all round: the sweep; of a rib, relaxed
//	body_length                 centre back, neck seam to lower edge
//	hps_length                  highest point of the shoulder straight down to the lower edge,
//	                            at the back
//	back_neck_to_waist          centre back, neck seam to waist
//	neck_girth                  along the neck seam all round
//	neck_width                  between the neck points
//	front_neck_drop, back_...   neck points straight down to the neck seam in the middle
//	across_back_shoulder_width  between the shoulder points, straight
//	shoulder_length             along the shoulder seam
//	armscye_depth               neck points straight down to the underarm
//	upper_arm_girth             across the sleeve at the underarm, square to its middle
//	sleeve_length               from the shoulder point down the middle to the end, cuff included
//	sleeve_hem                  sleeve opening all round, relaxed
//	collar_height               of the fall at the centre back
//	hood_height, hood_depth     nape to crown straight; across half way up
//
// The front is longer than the back by the bust dart, which is sewn shut.
func (t *taker) top() map[string]float64 {
	front, back := t.panel(pattern.BodyFront), t.panel(pattern.BodyBack)
	upper := t.yoke(back)
	under, tips, necks := t.corner(front, "side", "armscye"), t.corners(upper, "armscye", "shoulder"), t.corners(upper, "shoulder", "neckline")
	if len(tips) != 2 || len(necks) != 2 {
		t.missing = fault.Errorf("pair of shoulders")
		return nil
	}
	centreBack := t.corner(upper, "neckline", "neckline")
	rib := t.rib()
	neck := necks[0].Y
	out := map[string]float64{
		"chest_girth":                t.gauge("chest_girth", 1, t.across(under.Y-nudge)),
		"chest_low_girth":            t.gauge("chest_low_girth", 1, t.across(under.Y-chestDown)),
		"neck_girth":                 t.along("neckline", pattern.BodyFront, pattern.BodyBack, pattern.Placket),
		"neck_width":                 dist(necks[0], necks[1]),
		"front_neck_drop":            neck - t.centreFront(),
		"back_neck_drop":             neck - centreBack.Y,
		"across_back_shoulder_width": t.gauge("across_back_shoulder_width", 1, t.ruler(upper, tips[0], tips[1])),
		"shoulder_length":            dist(tips[0], necks[0]),
		"armscye_depth":              neck - under.Y,
	}
	if t.has(pattern.SkirtFront) {
		t.sheath(out, centreBack.Y)
	} else {
		low := t.lowest(back) - rib
		out["hem"] = t.along("hem", pattern.BodyFront, pattern.BodyBack, pattern.WaistFront, pattern.WaistBack)
		out["body_length"] = centreBack.Y - low
		t.centreBackGauge()
		waist := t.corner(back, "side", "side")
		out["back_neck_to_waist"] = centreBack.Y - waist.Y
		out["waist_girth"] = t.gauge("waist_girth", 1, t.waistAcross(waist.Y))
	}
	out["hps_length"] = out["body_length"] + neck - centreBack.Y
	if t.has(pattern.Sleeve) {
		t.sleeve(out)
	}
	if t.has(pattern.CollarFall) {
		out["collar_height"] = t.panel(pattern.CollarFall).LabelLength("collar_back")
	}
	if t.has(pattern.Hood) {
		hood := t.panel(pattern.Hood)
		nape, brow := t.corner(hood, "neckline", "hood"), t.corner(hood, "hood", "hood_edge")
		out["hood_height"] = brow.Y - nape.Y
		out["hood_depth"] = hood.WidthAt((brow.Y + nape.Y) / 2)
	}
	return out
}

// yoke is the panel that holds neck and shoulders of a back; the back itself
// where it is one piece.
func (t *taker) yoke(back *pattern.Panel) *pattern.Panel {
	for i := range t.pattern.Panels {
		if p := &t.pattern.Panels[i]; p.Role == pattern.BodyBack && len(p.Labelled("neckline")) > 0 {
			return p
		}
	}
	return back
}

// sheath takes the measures of a dress with a waist seam.
func (t *taker) sheath(out map[string]float64, centreBack float64) {
	front, back := t.panel(pattern.SkirtFront), t.panel(pattern.SkirtBack)
	waist := t.centre(t.panel(pattern.BodyBack), "waist")
	hip := t.corner(front, "side", "side")
	out["waist_girth"] = t.along("waist", pattern.BodyFront, pattern.BodyBack)
	out["back_neck_to_waist"] = centreBack - waist.Y
	out["hip_girth"] = t.gauge("hip_girth", 1, t.width(front, hip.Y)+t.width(back, t.corner(back, "side", "side").Y))
	out["hip_depth"] = t.centre(front, "waist").Y - hip.Y
	out["hem"] = front.LabelLength("hem") + back.LabelLength("hem")
	out["body_length"] = out["back_neck_to_waist"] + t.centre(front, "waist").Y - t.centre(front, "hem").Y
}

// dress is a top; of an A-line the sweep is no hip.
func (t *taker) dress() map[string]float64 { return t.top() }

func (t *taker) sleeve(out map[string]float64) {
	sleeve := t.panel(pattern.Sleeve)
	end, cuff := "sleeve_hem", 0.0
	if t.has(pattern.Cuff) {
		c := t.panel(pattern.Cuff)
		end, cuff = "cuff", c.LabelLength("cuff_end")/2
		out["sleeve_hem"] = c.LabelLength("sleeve_hem")
	} else {
		out["sleeve_hem"] = sleeve.LabelLength("sleeve_hem")
	}
	if len(sleeve.Labelled("underarm")) > 0 { // a cap sleeve goes over the arm only
		out["upper_arm_girth"] = t.gauge("upper_arm_girth", 1, t.width(sleeve, t.corner(sleeve, "underarm", "cap").Y-nudge))
	}
	// Down the middle: a cap sleeve's hem is a bow.
	low := math.Inf(1)
	for _, e := range sleeve.Labelled(end) {
		c := sleeve.Curve(e)
		low = math.Min(low, c.At(0.5).Y)
	}
	out["sleeve_length"] = t.capTop(sleeve) - low + cuff
}

// has reports whether there is a panel of a role.
func (t *taker) has(role pattern.Role) bool {
	for i := range t.pattern.Panels {
		if t.pattern.Panels[i].Role == role {
			return true
		}
	}
	return false
}

// across is the width of fronts, placket and backs at a height [m]. Fronts with a
// bust dart lie lower below it; see waistAcross.
func (t *taker) across(y float64) float64 {
	sum := 0.0
	for i := range t.pattern.Panels {
		if p := &t.pattern.Panels[i]; p.Role == pattern.BodyFront || p.Role == pattern.BodyBack || p.Role == pattern.Placket {
			sum += t.width(p, y)
		}
	}
	return sum
}

// waistAcross is the width at the waist: on the back at height y, on each front
// where its own side seam has the waist.
func (t *taker) waistAcross(y float64) float64 {
	front := t.corner(t.panel(pattern.BodyFront), "side", "side")
	sum := 0.0
	for i := range t.pattern.Panels {
		switch p := &t.pattern.Panels[i]; p.Role {
		case pattern.BodyFront:
			sum += t.width(p, front.Y)
		case pattern.BodyBack:
			sum += t.width(p, y)
		}
	}
	return sum
}

// along sums the edges of a label over the panels of some roles [m].
func (t *taker) along(label string, roles ...pattern.Role) float64 {
	sum := 0.0
	for i := range t.pattern.Panels {
		for _, r := range roles {
			if t.pattern.Panels[i].Role == r {
				sum += t.pattern.Panels[i].LabelLength(label)
			}
		}
	}
	return sum
}

// rib is the height of a rib at the hem [m].
func (t *taker) rib() float64 {
	if !t.has(pattern.WaistFront) {
		return 0
	}
	return t.panel(pattern.WaistFront).LabelLength("band_end") / 2
}

// lowest is the height of the lower edge of a panel in its middle: at the
// corner on the fold, or anywhere on a straight edge.
func (t *taker) lowest(p *pattern.Panel) float64 {
	for _, label := range [...]string{"hem", "rib"} {
		if v := t.corners(p, label, label); len(v) > 0 {
			return v[0].Y
		}
		if v := t.corners(p, label, "side"); len(v) > 0 {
			return v[0].Y
		}
	}
	t.missing = fault.Errorf("lower edge on panel %q", p.Name)
	return 0
}

// centreFront is the height of the neck seam in the middle of the front.
func (t *taker) centreFront() float64 {
	for i := range t.pattern.Panels {
		p := &t.pattern.Panels[i]
		if p.Role != pattern.BodyFront && p.Role != pattern.Placket {
			continue
		}
		for _, v := range t.corners(p, "neckline", "neckline") {
			return v.Y
		}
	}
	t.missing = fault.Errorf("middle of the front neckline")
	return 0
}
