package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// Numbers of the edges of a cap sleeve; the right one has e as (3 - e) mod 3.
const (
	capOnlyBack  = 1
	capOnlyFront = 2
	capOnlyEdges = 3
)

// Numbers of the edges of the left sleeve, seen from outside, the front on the
// left of the drawing. The right sleeve has edge e as (7 - e) mod 7.
const (
	sleeveHem = iota
	sleeveBack
	capBackLow
	capBackHigh
	capFrontHigh
	capFrontLow
	sleeveFront
	sleeveEdges
)

// Lengths of sleeves where not given [m].
const (
	longSleeve   = 0.60
	threeQuarter = 0.44
	capSleeve    = 0.075 // over the shoulder
)

// sleeve draws the left sleeve for the armscyes of the body.
// Origin: underarm line, below the top of the cap.
func (d *topDraft) sleeve(front, back *torso) (pattern.Panel, error) {
	f0, b0 := &front.panels[0], &back.panels[0]
	scye := armscye{
		frontUpper: f0.Length(front.scyeHigh), frontLower: f0.Length(front.scyeLow),
		backUpper: b0.Length(back.scyeHigh), backLower: b0.Length(back.scyeLow),
	}
	narrow, wide := capWidths(scye, d.CapEase)
	if d.UpperArm == 0 {
		d.UpperArm = math.Min(math.Max(d.upperArmRule(), narrow+0.01), wide-0.01)
	}
	f, b, ok := fitCap(scye, d.UpperArm, d.CapEase)
	if !ok {
		return pattern.Panel{}, fault.Errorf("upper_arm_girth is %s; an armscye of %s takes sleeves of %s to %s",
			cm(d.UpperArm), cm(scye.total()), cm(narrow), cm(wide))
	}
	if d.Sleeve == CapSleeve {
		return d.drawCapSleeve(f, b)
	}
	length, hem := 0.055+0.15*d.Chest, 0.93*d.UpperArm
	switch d.Sleeve {
	case LongSleeve:
		length, hem = longSleeve, 0.62*d.UpperArm
	case ThreeQuarters:
		length, hem = threeQuarter, 0.75*d.UpperArm
	}
	// A dropped shoulder covers part of the arm.
	length -= d.fitted(0, 0, 0.0225)
	d.SleeveLength, d.SleeveHem = or(d.SleeveLength, length), or(d.SleeveHem, hem)
	if d.SleeveLength-d.cuff < f.height+0.01 {
		return pattern.Panel{}, fault.Errorf("sleeve_length is %s; the cap alone is %s high and %s of seam and cuff are needed", cm(d.SleeveLength), cm(f.height), cm(0.01+d.cuff))
	}
	return d.drawSleeve(f, b), nil
}

// cuffPull is a cuff over the sleeve end that is taken into it: by pleats in a
// shirt, stretched in a rib.
func (d *topDraft) cuffPull() float64 {
	if d.rib {
		return 0.80
	}
	return 0.86
}

func (d *topDraft) drawSleeve(f, b capSide) pattern.Panel {
	// The hem lies level, its middle under the middle of the underarm line, so
	// that both halves of the sleeve seam are equally long.
	width := d.SleeveHem
	label := "sleeve_hem"
	if d.cuff > 0 {
		width, label = width/d.cuffPull(), "cuff"
	}
	mid, y := (b.width-f.width)/2, f.height-d.SleeveLength+d.cuff
	p := pathFrom(pt(mid-width/2, y))
	p.line(label, pt(mid+width/2, y))
	return d.closeSleeve(p, f, b)
}

// drawCapSleeve draws a sleeve that only covers the shoulder: it is sewn to the
// upper part of the armscye, from notch to notch, and its hem is a bow between
// them. The armscye below stays open.
func (d *topDraft) drawCapSleeve(f, b capSide) (pattern.Panel, error) {
	d.SleeveLength = or(d.SleeveLength, capSleeve)
	top, c1, c2, back, _, _, _ := b.points()
	_, d1, d2, front, _, _, _ := f.points()
	from, to := flip(front), back
	// The middle of a cubic whose controls are at one height is a quarter of
	// its ends and three quarters of them.
	level := (top.Y - d.SleeveLength - (from.Y+to.Y)/8) / 0.75
	if least, most := 0.03, top.Y-(from.Y+to.Y)/2+0.02; d.SleeveLength < least || d.SleeveLength > most {
		return pattern.Panel{}, fault.Errorf("sleeve_length is %s; a cap sleeve on this armscye takes %s to %s, else choose the option sleeve short", cm(d.SleeveLength), cm(least), cm(most))
	}
	p := pathFrom(from)
	p.cubic("sleeve_hem", pt(from.X+0.25*(to.X-from.X), level), pt(from.X+0.75*(to.X-from.X), level), to)
	hem := pattern.NewCubic(from, p.edges[0].Control[0], p.edges[0].Control[1], to)
	if d.SleeveHem != 0 && math.Abs(hem.Length()-d.SleeveHem) > overSlack {
		return pattern.Panel{}, fault.Errorf("sleeve_hem is %s; that of a cap sleeve follows from its length and armscye: %s", cm(d.SleeveHem), cm(hem.Length()))
	}
	p.cubic("cap", c2, c1, top)
	p.cubic("cap", flip(d1), flip(d2), from)
	out := p.panel("sleeve_l", "")
	out.Role, out.Side = pattern.Sleeve, pattern.Left
	return place(out, math.Pi/2, 0.35, 1.35, 0), nil
}

// closeSleeve draws the sleeve seams and the cap on a hem.
func (d *topDraft) closeSleeve(p *path, f, b capSide) pattern.Panel {
	p.line("underarm", pt(b.width, 0))
	top, c1, c2, notch, c3, c4, _ := b.points()
	p.cubic("cap", c4, c3, notch)
	p.cubic("cap", c2, c1, top)
	_, c1, c2, notch, c3, c4, under := f.points()
	p.cubic("cap", flip(c1), flip(c2), flip(notch))
	p.cubic("cap", flip(c3), flip(c4), flip(under))
	out := p.panel("sleeve_l", "underarm")
	out.Role, out.Side = pattern.Sleeve, pattern.Left
	return place(out, math.Pi/2, 0.35, 1.35, 0)
}
