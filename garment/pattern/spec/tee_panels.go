package spec

import (
	"fmt"
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// hollow is what tells a front from a back: how far the armscye is cut in from
// the shoulder tip at the notch, and how the neckline is drawn.
type hollow struct {
	across float64 // [m]
	front  bool
}

// The front is cut in more than the back, because arms reach forward; the
// back keeps its width for that.
var (
	frontHollow = hollow{across: 0.022, front: true}
	backHollow  = hollow{across: 0.012}
)

// Numbers of the edges of front and back; those of the right half are
// 11 - edge. The back is mirrored, so there edge is on the right and 11 - edge
// on the left.
const (
	teeSideLow = iota
	teeSideHigh
	teeScyeLow
	teeScyeHigh
	teeShoulder
	teeNeck
	teeHalf = 12 // edges of both halves, hem not counted
)

// body draws front or back. Origin: height of the neck points, on the fold.
func (d *teeDraft) body(neckDrop float64, h hollow) pattern.Panel {
	hem := -d.BackNeckDrop - d.BodyLength
	waist := pt(d.Waist/4, -d.BackNeckDrop-d.WaistLevel)
	under := pt(d.Chest/4, -d.ArmscyeDepth)
	neck := pt(d.NeckWidth/2, 0)
	run := d.AcrossShlder/2 - neck.X
	tip := pt(d.AcrossShlder/2, -run*math.Tan(d.slope))
	notch := pt(tip.X-h.across, tip.Y+0.55*(under.Y-tip.Y))

	p := pathFrom(pt(d.Hem/4, hem))
	d.drawSide(p, waist, under)
	// From the underarm the armscye starts square to the side seam and is
	// upright at the notch.
	reach := pt(under.X-notch.X, notch.Y-under.Y)
	p.cubic("armscye", pt(under.X-0.62*reach.X, under.Y), pt(notch.X, notch.Y-0.50*reach.Y), notch)
	// It meets the shoulder seam square, so that it runs on smoothly behind.
	square := pt(-math.Sin(d.slope), -math.Cos(d.slope))
	up := tip.Y - notch.Y
	p.cubic("armscye", pt(notch.X, notch.Y+0.38*up), towards(tip, square, 0.30*up), tip)
	p.line("shoulder", neck)
	d.drawNeck(p, neckDrop, h)
	p.mirrorOnFold()
	out := p.panel("front", "hem")
	out.Role, out.Facing = pattern.BodyFront, pattern.FacesFront
	// Both hang on the upper back and breast, neck points at 1.45 m.
	if !h.front {
		out.Name, out.Role, out.Facing = "back", pattern.BodyBack, pattern.FacesBack
		return place(out, 0, 0, 1.45, -0.20)
	}
	return place(out, 0, 0, 1.45, 0.20)
}

// drawSide draws the side seam through the waist: straight to it when it lies
// on the line, else as two curves that pass it smoothly.
func (d *teeDraft) drawSide(p *path, waist, under r2.Vec) {
	hem := p.end()
	low, high := waist.Y-hem.Y, under.Y-waist.Y
	// The slope at the waist is that of the line from hem to underarm.
	dx := (under.X - hem.X) / (under.Y - hem.Y)
	p.cubic("side", towards(hem, r2.Sub(waist, hem), 1.0/3), pt(waist.X-dx*low/3, waist.Y-low/3), waist)
	p.cubic("side", pt(waist.X+dx*high/3, waist.Y+high/3), towards(under, r2.Sub(waist, under), 1.0/3), under)
}

// neckControls are the end and controls of half a neckline, drawn from the neck
// point down to the fold. It starts square to the shoulder seam and is level
// at the fold; a V runs straight to its point.
func (d *teeDraft) neckControls(drop float64, h hollow) (from, c1, c2, to r2.Vec) {
	from, to = pt(d.NeckWidth/2, 0), pt(0, -drop)
	square := pt(-math.Sin(d.slope), -math.Cos(d.slope))
	switch {
	case h.front && d.VNeck:
		c1 = towards(from, square, 0.2*drop)
		c2 = towards(to, r2.Sub(from, to), 0.45)
	case h.front:
		// Near the quarter of an ellipse.
		c1 = towards(from, square, 0.52*drop)
		c2 = pt(0.62*from.X, to.Y)
	default:
		c1 = towards(from, square, 0.55*drop)
		c2 = pt(0.62*from.X, to.Y)
	}
	return
}

func (d *teeDraft) neckCurve(drop float64, h hollow) pattern.Curve {
	return pattern.NewCubic(d.neckControls(drop, h))
}

func (d *teeDraft) drawNeck(p *path, drop float64, h hollow) {
	_, c1, c2, to := d.neckControls(drop, h)
	p.cubic("neckline", c1, c2, to)
}

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

// sleeve draws the left sleeve for the armscyes of the body.
// Origin: underarm line, below the top of the cap.
func (d *teeDraft) sleeve(front, back *pattern.Panel) (pattern.Panel, error) {
	scye := armscye{
		frontUpper: front.Length(teeScyeHigh), frontLower: front.Length(teeScyeLow),
		backUpper: back.Length(teeScyeHigh), backLower: back.Length(teeScyeLow),
	}
	narrow, wide := capWidths(scye, d.CapEase)
	if d.UpperArm == 0 {
		d.UpperArm = math.Min(math.Max(d.upperArmRule(), narrow+0.01), wide-0.01)
	}
	f, b, ok := fitCap(scye, d.UpperArm, d.CapEase)
	if !ok {
		return pattern.Panel{}, fmt.Errorf("upper_arm_girth is %s; an armscye of %s takes sleeves of %s to %s",
			cm(d.UpperArm), cm(scye.total()), cm(narrow), cm(wide))
	}
	length, hem := 0.055+0.15*d.Chest, 0.93*d.UpperArm
	if d.LongSleeve {
		length, hem = 0.60, 0.62*d.UpperArm
	}
	d.SleeveLength, d.SleeveHem = or(d.SleeveLength, length), or(d.SleeveHem, hem)
	if d.SleeveLength < f.height+0.01 {
		return pattern.Panel{}, fmt.Errorf("sleeve_length is %s; the cap alone is %s high and 1 cm of seam is needed", cm(d.SleeveLength), cm(f.height))
	}
	return d.drawSleeve(f, b), nil
}

func (d *teeDraft) drawSleeve(f, b capSide) pattern.Panel {
	// The hem lies level, its middle under the middle of the underarm line, so
	// that both halves of the sleeve seam are equally long.
	mid, y := (b.width-f.width)/2, f.height-d.SleeveLength
	p := pathFrom(pt(mid-d.SleeveHem/2, y))
	p.line("sleeve_hem", pt(mid+d.SleeveHem/2, y))
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

// assemble adds the second sleeve and the rib and sews all together.
func (d *teeDraft) assemble(front, back, left pattern.Panel) *pattern.Pattern {
	right := turnedOver(mirrored(left))
	right.Name, right.Side = "sleeve_r", pattern.Right
	right = place(right, -math.Pi/2, -0.35, 1.35, 0)
	const f, b, l, r = 0, 1, 2, 3
	out := &pattern.Pattern{Name: "tee", Panels: []pattern.Panel{front, back, left, right}}
	seam := func(p, e, q, g int) {
		out.Seams = append(out.Seams, pattern.Seam{A: pattern.EdgeRef{Panel: p, Edge: e}, B: pattern.EdgeRef{Panel: q, Edge: g}})
	}
	other := func(e int) int { return teeHalf - 1 - e } // the other half of a body panel
	turn := func(e int) int { return sleeveEdges - e }  // the right sleeve's edge
	for _, e := range [3]int{teeSideLow, teeSideHigh, teeShoulder} {
		seam(f, e, b, other(e))
		seam(f, other(e), b, e)
	}
	for _, c := range [4]struct{ cap, panel, scye int }{
		{capFrontHigh, f, teeScyeHigh}, {capFrontLow, f, teeScyeLow},
		{capBackHigh, b, other(teeScyeHigh)}, {capBackLow, b, other(teeScyeLow)},
	} {
		seam(l, c.cap, c.panel, c.scye)
		seam(r, turn(c.cap), c.panel, other(c.scye))
	}
	seam(l, sleeveBack, l, sleeveFront)
	seam(r, sleeveBack, r, sleeveFront)
	if d.NeckRib {
		d.addRib(out, seam)
	}
	return out
}

// The rib stands in the neckline as a band in two halves, shorter than the
// neckline, so that stretching it in draws the neck close.
const (
	ribHeight = 0.02 // [m]
	ribPull   = 0.88 // rib over neckline
)

func (d *teeDraft) addRib(out *pattern.Pattern, seam func(p, e, q, g int)) {
	const f, b = 0, 1
	rib := func(name string, of int) pattern.Panel {
		half := ribPull * out.Panels[of].Length(teeNeck)
		p := pathFrom(pt(-half, 0))
		p.line("neckline", pt(0, 0))
		p.line("neckline", pt(half, 0))
		p.line("neck_end", pt(half, ribHeight))
		p.line("neck_edge", pt(-half, ribHeight))
		q := p.panel(name, "neck_end")
		q.Role, q.Grain = pattern.Collar, pt(1, 0)
		return q
	}
	front, back := rib("neck_front", f), mirrored(rib("neck_back", b))
	front.Facing, back.Facing = pattern.FacesFront, pattern.FacesBack
	front, back = place(front, 0, 0, 1.46, 0.12), place(back, 0, 0, 1.46, -0.12)
	nf, nb := len(out.Panels), len(out.Panels)+1
	out.Panels = append(out.Panels, front, back)
	const low, high, endA, endB = 0, 1, 2, 4
	seam(nf, high, f, teeNeck)
	seam(nf, low, f, teeHalf-1-teeNeck)
	seam(nb, high, b, teeNeck)
	seam(nb, low, b, teeHalf-1-teeNeck)
	seam(nf, endA, nb, endB)
	seam(nf, endB, nb, endA)
}
