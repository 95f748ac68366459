package body

import "math"

// Breadths of the trunk. Nobody gives them, but girths alone leave open whether
// a trunk is broad and flat or round as a barrel, and the least change of shape
// that meets the tapes is often the barrel.
const (
	hipBreadth   Key = "hip breadth"
	navelBreadth Key = "navel breadth"
	// Across both thighs: in the plane of the thigh girth, and lowerAt of the way
	// from crotch to knee cap.
	thighBreadth      Key = "thigh breadth"
	lowerThighBreadth Key = "lower thigh breadth"
	// Girths of the thigh on the way from its own tape to the knee cap.
	upperThighGirth  Key = "upper thigh girth"
	middleThighGirth Key = "middle thigh girth"
)

// A thigh tapers from the crotch down. Two tapes alone, the one at its top and
// the one over the knee, can also be met by a bulge between them. Shares of the
// way to the knee cap, and of what the girth has left there over the lower
// thigh's; our reading of the mean bodies.
const (
	upperThighAt, upperThighLeft   = 0.25, 0.71
	middleThighAt, middleThighLeft = 0.50, 0.41
	taperShare                     = 0.012 // of the thigh's girth: how far off is one unit of cost
)

// Shares of the hips' breadth that go with it: thick thighs press against each
// other and grow deep rather than broad. Our reading of pictures.
const (
	thighShare = 0.98
	lowerShare = 0.95
	lowerAt    = 0.25
)

// frameShape is the breadth of a section over its girth, and how it falls with
// the logarithm of the body mass index over 25: linear regressions of ours on
// ANSUR II (hipbreadth, waistbreadth; residual deviations 0.008 and 0.011).
// The people of that survey were measured by calliper, which presses: a weak
// hint, not a measure.
type frameShape struct {
	breadth, girth Key
	women, men     [2]float64
}

func frameShapes() []frameShape {
	return []frameShape{
		{hipBreadth, HipGirth, [2]float64{0.3467, -0.0179}, [2]float64{0.3422, -0.0314}},
		{navelBreadth, WaistNavelGirth, [2]float64{0.3491, -0.0282}, [2]float64{0.3511, -0.0366}},
	}
}

// frameShare is how far off the hint is one unit of cost, as a share of the
// girth: about the spread among people of one girth.
const frameShare = 0.010

// frame adds the breadths that go with the girths of the table.
func (p *population) frame(who Population, table []Measure) []target {
	at := map[Key]float64{}
	for _, r := range table {
		at[r.Key] = r.Asked
	}
	bmi := math.Log(at[Weight] / (at[Height] * at[Height]) / 25)
	manly := who.manly()
	var out []target
	for _, s := range frameShapes() {
		share := func(c [2]float64) float64 { return c[0] + c[1]*bmi }
		b := at[s.girth] * ((1-manly)*share(s.women) + manly*share(s.men))
		out = append(out, target{key: s.breadth, value: b, sigma: frameShare * at[s.girth]})
		if s.breadth == hipBreadth {
			soft := frameShare * at[s.girth]
			out = append(out, target{key: thighBreadth, value: thighShare * b, sigma: soft}, target{key: lowerThighBreadth, value: lowerShare * b, sigma: soft})
		}
	}
	thigh, lower := at[ThighGirth], at[LowerThighGirth]
	taper := func(k Key, left float64) target {
		return target{key: k, value: lower + left*(thigh-lower), sigma: taperShare * thigh}
	}
	out = append(out, taper(upperThighGirth, upperThighLeft), taper(middleThighGirth, middleThighLeft))
	return append(out, p.ruler.swellTargets(at)...)
}

// framePlane is the plane in which a breadth is taken and the outline that it
// crosses; false for a key that is none.
func (p *probe) framePlane(k Key) (pl plane, of Key, ok bool) {
	switch k {
	case hipBreadth:
		return p.level(HipGirth), HipGirth, true
	case navelBreadth:
		return p.level(WaistNavelGirth), WaistNavelGirth, true
	case thighBreadth:
		return p.level(ThighGirth), ThighGirth, true
	case lowerThighBreadth:
		m := &p.tpl.Marks
		return mixed(p.x, m[MarkCrotch], m[MarkKneeCap], lowerAt), lowerThighBreadth, true
	}
	return plane{}, "", false
}

// taperLevel is the level of a girth between thigh and knee; false for a key that
// is none.
func (p *probe) taperLevel(k Key) (plane, bool) {
	m := &p.tpl.Marks
	switch k {
	case upperThighGirth:
		return mixed(p.x, m[MarkCrotch], m[MarkKneeCap], upperThighAt), true
	case middleThighGirth:
		return mixed(p.x, m[MarkCrotch], m[MarkKneeCap], middleThighAt), true
	}
	return plane{}, false
}
