package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Numbers of the edges of a left leg with a dart, the side seam on the right
// of the drawing. Without a dart the waist is the one edge legWaistSide.
const (
	legHem = iota
	legSideLow
	legSideMid
	legSideHigh
	legWaistSide
	legDartSide
	legDartCentre
	legWaistCentre
)

// Edges after the waist, counted back from the end of the loop.
const (
	legCentre     = 4 // centre seam from waist to hip line
	legCrotch     = 3 // crotch curve
	legInseamHigh = 2
	legInseamLow  = 1
)

// legShape is what tells a front leg from a back one [m].
type legShape struct {
	legWidths
	side    float64 // side seam at the hip, from the crease
	fork    float64 // crotch extension beyond the centre seam at the hip
	lower   float64 // of the fork point below the crotch line
	lean    float64 // of the centre seam towards the side, at the waist
	rise    float64 // of the centre above the waist line of the centre front
	sideIn  float64 // of the side seam at the waist
	sideUp  float64 // of the side above the centre front
	dart    float64
	dartLen float64
	round   float64 // how far the crotch curve keeps to the centre seam, 0 to 1
}

// legs drafts the left front and back. The crotch line is y = 0, the crease
// x = 0.
func (d *trouserDraft) legs() (front, back pattern.Panel, err error) {
	d.depth, d.fork, d.backUp = d.Inseam, 0.15*d.Hip, sideUp
	d.up = or(d.Rise, d.Outseam-d.Inseam) - d.BandHeight
	if d.up < 0.10 || d.up > 0.45 {
		return front, back, fault.Errorf("crotch to waist seam is %s; want 10 cm to 45 cm (rise, or outseam less inside_leg_height)", cm(d.up))
	}
	if err := d.settle(); err != nil {
		return front, back, err
	}
	if follows := d.up + d.BandHeight; d.Outseam != 0 && d.Rise != 0 && math.Abs(follows-d.Rise) > overSlack {
		return front, back, fault.Errorf("rise is %s; outseam %s and inside_leg_height %s make it %s: outseam and rise give each other",
			cm(d.Rise), cm(d.Outseam), cm(d.Inseam), cm(follows))
	}
	front, back = d.leg(d.frontShape()), d.leg(d.backShape())
	front.Name, front.Role, front.Facing = "leg_front_l", pattern.LegFront, pattern.FacesFront
	back.Name, back.Role, back.Facing = "leg_back_l", pattern.LegBack, pattern.FacesBack
	return front, back, nil
}

// settle finds what is free from what must hold: the leg's height from the
// inseam, the crotch extensions from the thigh, the back fork's height from
// the front's inseam, the rise from the outseam, and the height of the back's
// side from the front's outseam. Each figure barely moves the others, so
// meeting them in turn settles all within a few rounds.
func (d *trouserDraft) settle() error {
	const rounds = 40
	for range rounds {
		before := [5]float64{d.depth, d.fork, d.lower, d.up, d.backUp}
		for _, meet := range [5]func() error{d.meetInseam, d.meetThigh, d.meetFork, d.meetOutseam, d.meetSides} {
			if err := meet(); err != nil {
				return err
			}
		}
		moved := 0.0
		for i, v := range [5]float64{d.depth, d.fork, d.lower, d.up, d.backUp} {
			moved = math.Max(moved, math.Abs(v-before[i]))
		}
		if moved < 1e-7 {
			return nil
		}
	}
	return fault.Errorf("inside_leg_height %s, thigh_girth %s, knee_girth %s and hem %s cannot be met together",
		cm(d.Inseam), cm(d.Thigh), cm(d.Knee), cm(d.Hem))
}

// bare draws a leg without fitting its waist, which is all that measures below
// the hip need.
func bare(d *trouserDraft, s legShape) pattern.Panel {
	p, _ := d.drawLeg(s)
	return p.panel("", "inseam")
}

func (d *trouserDraft) meetInseam() error {
	depth, ok := solve(func(depth float64) float64 {
		d.depth = depth
		p := bare(d, d.frontShape())
		return p.LabelLength("inseam") - d.Inseam
	}, 0.5*d.Inseam, d.Inseam, lengthTol)
	d.depth = depth
	if !ok {
		return fault.Errorf("inside_leg_height is %s; too short for a thigh of %s and a hem of %s", cm(d.Inseam), cm(d.Thigh), cm(d.Hem))
	}
	return nil
}

func (d *trouserDraft) meetThigh() error {
	thigh := func(fork float64) float64 {
		d.fork = fork
		f, b := bare(d, d.frontShape()), bare(d, d.backShape())
		return f.WidthAt(thighLine) + b.WidthAt(thighLine)
	}
	lo, hi := 0.07*d.Hip, 0.30*d.Hip
	fork, ok := solve(func(fork float64) float64 { return thigh(fork) - d.Thigh }, lo, hi, 1e-7)
	if !ok {
		return fault.Errorf("thigh_girth is %s; with hip_girth %s and this hem %s to %s can be drawn",
			cm(d.Thigh), cm(d.Hip), cm(thigh(lo)), cm(thigh(hi)))
	}
	d.fork = fork
	return nil
}

// meetFork lowers the back fork until both inseams are equally long. It must
// stay above the line at which the thigh is measured.
func (d *trouserDraft) meetFork() error {
	front := bare(d, d.frontShape())
	n := len(front.Edges)
	high := front.Length(n - legInseamHigh)
	lower, ok := solve(func(lower float64) float64 {
		d.lower = lower
		p := bare(d, d.backShape())
		return p.Length(n-legInseamHigh) - high
	}, -0.02, math.Min(-thighLine-0.002, d.kneeDown(d.depth)-0.015), lengthTol)
	d.lower = lower
	if !ok {
		return fault.Errorf("inside_leg_height %s, thigh_girth %s and knee_girth %s: front and back inseam cannot be made equal",
			cm(d.Inseam), cm(d.Thigh), cm(d.Knee))
	}
	return nil
}

func (d *trouserDraft) meetOutseam() error {
	if d.Outseam == 0 {
		return nil
	}
	up, ok := solve(func(up float64) float64 {
		d.up = up
		p := d.leg(d.frontShape())
		return p.LabelLength("outseam") + d.BandHeight - d.Outseam
	}, 0.08, 0.50, lengthTol)
	d.up = up
	if !ok {
		return fault.Errorf("outseam is %s; with inside_leg_height %s that leaves no rise", cm(d.Outseam), cm(d.Inseam))
	}
	return nil
}

func (d *trouserDraft) meetSides() error {
	front := d.leg(d.frontShape())
	backUp, ok := solve(func(up float64) float64 {
		d.backUp = up
		p := d.leg(d.backShape())
		return p.Length(legSideHigh) - front.Length(legSideHigh)
	}, -0.04, 0.06, lengthTol)
	d.backUp = backUp
	if !ok {
		return fault.Errorf("waist_girth %s and hip_girth %s: front and back outseam cannot be made equal", cm(d.Waist), cm(d.Hip))
	}
	return nil
}

// sideUp is how much the waist rises from the centre front to the side [m].
const sideUp = 0.008

// thighLine is where the thigh is measured [m]: the trade's inch below the
// crotch.
const thighLine = -0.025

// The crotch extension goes under the body, less than a third of it in front.
const forkFront = 0.30

func (d *trouserDraft) frontShape() legShape {
	fork, w := forkFront*d.fork, d.front
	w.kneeIn -= d.skew(d.kneeDown(d.depth))
	w.hemIn -= d.skew(d.depth)
	return legShape{
		legWidths: w,
		side:      (d.front.hip + fork) / 2, // the crease halves the front at the crotch line
		fork:      fork,
		lean:      d.share.centreFront, sideIn: d.share.sideFront,
		sideUp: sideUp, dart: d.share.dartFront, dartLen: 0.09,
		round: 0.62,
	}
}

// backShape is the back; its side seam repeats the front's 1 cm further out, so
// that the two are one curve.
func (d *trouserDraft) backShape() legShape {
	fork, w, dartLen := (1-forkFront)*d.fork, d.back, 0.12
	if d.Pockets {
		dartLen = backPocketDart
	}
	w.kneeIn += d.skew(d.kneeDown(d.depth))
	w.hemIn += d.skew(d.depth)
	return legShape{
		legWidths: w,
		side:      d.frontShape().side + 0.01,
		fork:      fork,
		// The centre back leans over the seat and rises, to give length for
		// sitting.
		lean: d.share.centreBack + 0.006, rise: 0.022, sideIn: d.share.sideBack,
		sideUp: d.backUp, lower: d.lower, dart: d.share.dartBack, dartLen: dartLen,
		round: 0.50,
	}
}

// leg draws a left leg. The waist's length is met by moving the side seam at
// the waist.
func (d *trouserDraft) leg(s legShape) pattern.Panel {
	var p *path
	base := s.sideIn
	solve(func(in float64) float64 {
		s.sideIn = in
		var w waistline
		p, w = d.drawLeg(s)
		return w.length() - s.waist
	}, base-0.05, base+0.05, lengthTol)
	return p.panel("", "inseam")
}

func (d *trouserDraft) drawLeg(s legShape) (*path, waistline) {
	hipLine := d.up / 3
	hem, knee := -d.depth, -d.kneeDown(d.depth)
	side := pt(s.side, hipLine)

	hemIn, kneeIn := pt(-s.hemIn, hem), pt(-s.kneeIn, knee)
	p := pathFrom(hemIn)
	p.line("hem", pt(s.hemOut, hem))
	kneeOut := pt(s.kneeOut, knee)
	below := r2.Unit(r2.Sub(kneeOut, p.end()))
	p.line("outseam", kneeOut)
	// From the knee in line with the leg below, upright at the hip.
	span := hipLine - knee
	p.cubic("outseam", towards(kneeOut, below, 0.33*span), pt(side.X, side.Y-0.40*span), side)
	p2, w := d.drawTop(p, s, side)
	drawFork(p2, s, kneeIn, r2.Unit(r2.Sub(kneeIn, hemIn)))
	return p2, w
}

// drawTop draws the side seam above the hip, the waist and the centre seam.
func (d *trouserDraft) drawTop(p *path, s legShape, side r2.Vec) (*path, waistline) {
	centre := pt(s.side-s.hip, side.Y) // centre seam at the hip
	waistSide := pt(side.X-s.sideIn, d.up+s.sideUp)
	waistCentre := pt(centre.X+s.lean, d.up+s.rise)
	reach := waistSide.Y - side.Y
	in := r2.Unit(pt(-1.6*s.sideIn, reach)) // direction of the side at the waist
	p.cubic("outseam", pt(side.X, side.Y+0.42*reach), towards(waistSide, in, -0.30*reach), waistSide)
	along := r2.Unit(r2.Sub(waistCentre, centre))
	w := waistline{
		side: waistSide, centre: waistCentre,
		sideDir: turned(in, math.Pi/2), centreDir: turned(along, math.Pi/2),
		dart: s.dart, depth: math.Min(s.dartLen, 0.75*reach), at: 0.5,
	}
	w.draw(p)
	p.line("crotch", centre)
	return p, w
}

// drawFork draws the crotch curve and the inseam down to the knee. The curve
// leaves the centre seam in its own direction and reaches the fork nearly
// level; the inseam starts square to it, so that the crotch runs on smoothly
// from front to back, and ends in the direction of the leg below, up.
func drawFork(p *path, s legShape, knee, up r2.Vec) {
	centre := p.end()
	down := r2.Unit(r2.Sub(centre, p.verts[len(p.verts)-2]))
	fork := pt(centre.X-s.fork, -s.lower)
	drop := centre.Y - fork.Y
	const level = 0.10 // slope of the crotch at the fork [rad]
	in := turned(pt(-1, 0), level)
	reach := s.fork
	p.cubic("crotch", towards(centre, down, s.round*drop), towards(fork, in, -0.62*reach), fork)
	span := fork.Y - knee.Y
	start := turned(in, math.Pi/2)
	p.cubic("inseam", towards(fork, start, 0.22*span), towards(knee, up, 0.40*span), knee)
}

func (d *trouserDraft) assemble(front, back pattern.Panel) *pattern.Pattern {
	n := len(front.Edges)
	other := func(e int) int { return (n - e) % n }
	// Drawn as seen from in front: left legs at +x, outer side of backs away.
	const apart, up = 0.12, 0.80 // of the crease from the middle, of the crotch [m]
	fl := place(front, 0, apart, up, 0.18)
	fr := place(turnedOver(mirrored(front)), 0, -apart, up, 0.18)
	br := place(mirrored(back), 0, -apart, up, -0.18)
	bl := place(turnedOver(back), 0, apart, up, -0.18)
	fr.Name, br.Name = "leg_front_r", "leg_back_r"
	fl.Side, bl.Side, fr.Side, br.Side = pattern.Left, pattern.Left, pattern.Right, pattern.Right
	const FL, FR, BL, BR, WF, WB = 0, 1, 2, 3, 4, 5
	out := &pattern.Pattern{Name: d.name}
	seam := func(p, e, q, g int) {
		out.Seams = append(out.Seams, pattern.Seam{A: pattern.EdgeRef{Panel: p, Edge: e}, B: pattern.EdgeRef{Panel: q, Edge: g}})
	}
	for _, e := range [5]int{legSideLow, legSideMid, legSideHigh, n - legInseamHigh, n - legInseamLow} {
		seam(FL, e, BL, other(e))
		seam(FR, other(e), BR, e)
	}
	for _, e := range [2]int{n - legCentre, n - legCrotch} {
		seam(FL, e, FR, other(e))
		seam(BL, other(e), BR, e)
	}
	if !d.NoDarts {
		seam(FL, legDartSide, FL, legDartCentre)
		seam(FR, other(legDartCentre), FR, other(legDartSide))
		seam(BL, other(legDartCentre), BL, other(legDartSide))
		seam(BR, legDartSide, BR, legDartCentre)
	}
	wf, wb := d.bands(&front, &back)
	d.sewBand(seam, &front, other)
	out.Panels = []pattern.Panel{fl, fr, bl, br, wf, wb}
	ends := 2 * len(front.Labelled("waist"))
	seam(WF, ends, WB, ends+2)
	if !d.Elastic { // what is pulled on has no fastening
		fasten(out, sideZip, pattern.EdgeRef{Panel: FL, Edge: legSideHigh}, trunk()...)
		fasten(out, bandHook, pattern.EdgeRef{Panel: WF, Edge: ends}, trunk()...)
	}
	seam(WF, ends+2, WB, ends)
	return out
}

// bands draws the waistband halves over the waist edges of both legs.
func (d *trouserDraft) bands(front, back *pattern.Panel) (wf, wb pattern.Panel) {
	pull := d.Waist / d.seam
	lengths := func(p *pattern.Panel) (out []float64) {
		waist := p.Labelled("waist") // of a left leg, from the side to the centre
		for _, e := range waist {
			out = append(out, pull*p.Length(e))
		}
		for i := range waist {
			out = append(out, pull*p.Length(waist[len(waist)-1-i]))
		}
		return out
	}
	wf = place(band("wb_front", pattern.WaistFront, d.BandHeight, lengths(front)), 0, 0, 1.04, 0.16)
	wb = mirrored(band("wb_back", pattern.WaistBack, d.BandHeight, lengths(back)))
	wb.Facing = pattern.FacesBack
	if d.Elastic {
		holdEdge(&wf)
		holdEdge(&wb)
	}
	return wf, place(wb, 0, 0, 1.04, -0.16)
}

// sewBand joins the band's pieces, which run from the right side to the left,
// to the waist edges of the legs.
func (d *trouserDraft) sewBand(seam func(p, e, q, g int), front *pattern.Panel, other func(int) int) {
	const FL, FR, BL, BR, WF, WB = 0, 1, 2, 3, 4, 5
	waist := front.Labelled("waist")
	k := len(waist)
	for i, e := range waist {
		seam(FL, e, WF, 2*k-1-i)
		seam(FR, other(e), WF, i)
		seam(BR, e, WB, 2*k-1-i)
		seam(BL, other(e), WB, i)
	}
}
