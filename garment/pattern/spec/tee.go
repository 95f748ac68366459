package spec

import (
	"errors"
	"fmt"
	"math"

	"fitroom/garment/pattern"
)

// TeeMeasures are the finished measures of a T-shirt [m]. Zero means not
// given; the rule after each says what is drafted then. The rules are straight
// lines through the graded tee of the open FreeSewing drafts (three sizes,
// chest 106 to 136 cm).
type TeeMeasures struct {
	Chest         float64 // full, at the underarm; must be given
	Waist         float64 // full, at WaistLevel; in line from chest to hem
	Hem           float64 // full sweep; as Chest
	BodyLength    float64 // back neck to hem; 0.45 + 0.22 Chest
	WaistLevel    float64 // back neck to waist; 0.18 + 0.24 Chest, at most 2/3 of the way down the side
	NeckGirth     float64 // neckline seam all round; from NeckWidth and drops
	NeckWidth     float64 // between the neck points; 0.07 + 0.105 Chest
	FrontNeckDrop float64 // neck point down to the centre front; half of NeckWidth + 5 mm
	BackNeckDrop  float64 // neck point down to the centre back; 2 cm
	AcrossShlder  float64 // tip to tip; 0.16 + 0.26 Chest
	ShoulderLen   float64 // seam; from AcrossShlder and NeckWidth
	ArmscyeDepth  float64 // neck point down to the underarm; 0.045 + 0.195 Chest, and a quarter of what UpperArm departs from its rule
	UpperArm      float64 // sleeve girth at the underarm; 0.375 Chest - 0.011, or the nearest that fits a given armscye
	SleeveLength  float64 // shoulder tip to hem; short 0.055 + 0.15 Chest, long 0.60
	SleeveHem     float64 // sleeve opening, full; short 0.93 UpperArm, long 0.62 UpperArm
}

// TeeOptions are choices of style. Zero values are the plain crew-neck tee.
type TeeOptions struct {
	VNeck      bool
	LongSleeve bool
	NeckRib    bool    // a rib band in the neckline, 2 cm high, 0.88 of its length
	CapEase    float64 // sleeve cap over armscye, fraction of the length; 0 means 0.01
	SlopeDeg   float64 // of the shoulder [deg]; 0 means 20
}

// teeDraft is a tee with every figure decided [m].
type teeDraft struct {
	TeeMeasures
	TeeOptions
	slope float64 // [rad]
}

// Tee drafts a T-shirt: front and back cut on the fold, two set-in sleeves,
// and the neck rib if asked for.
func Tee(m TeeMeasures, o TeeOptions) (*pattern.Pattern, error) {
	d := teeDraft{TeeMeasures: m, TeeOptions: o}
	if err := d.decide(); err != nil {
		return nil, fmt.Errorf("spec: tee: %w", err)
	}
	front, back := d.body(d.FrontNeckDrop, frontHollow), mirrored(d.body(d.BackNeckDrop, backHollow))
	sleeve, err := d.sleeve(&front, &back)
	if err != nil {
		return nil, fmt.Errorf("spec: tee: %w", err)
	}
	p := d.assemble(front, back, sleeve)
	return p, p.Validate()
}

// decide fills what is not given and refuses what cannot be drawn.
func (d *teeDraft) decide() error {
	if !(d.Chest > 0) {
		return errors.New("chest_girth is needed")
	}
	d.CapEase = or(d.CapEase, 0.01)
	d.slope = or(d.SlopeDeg, 20) * math.Pi / 180
	d.BodyLength = or(d.BodyLength, 0.45+0.22*d.Chest)
	arm := d.upperArmRule()
	d.ArmscyeDepth = or(d.ArmscyeDepth, 0.045+0.195*d.Chest+0.25*(or(d.UpperArm, arm)-arm))
	d.BackNeckDrop = or(d.BackNeckDrop, 0.02)
	d.Hem = or(d.Hem, d.Chest)
	if err := d.decideNeck(); err != nil {
		return err
	}
	if err := d.decideLengths(); err != nil {
		return err
	}
	return d.check()
}

// upperArmRule is the sleeve girth drafted where none is given [m].
func (d *teeDraft) upperArmRule() float64 { return 0.375*d.Chest - 0.011 }

// decideNeck settles the triangle of shoulder width, neck width and shoulder
// length, of which any two give the third, then the neckline.
func (d *teeDraft) decideNeck() error {
	across := func() float64 { return d.ShoulderLen * math.Cos(d.slope) }
	given := 0
	for _, v := range [3]float64{d.AcrossShlder, d.NeckWidth, d.ShoulderLen} {
		if v != 0 {
			given++
		}
	}
	neckFixed := d.NeckWidth != 0 || (d.AcrossShlder != 0 && d.ShoulderLen != 0)
	switch {
	case given == 3:
		return errors.New("across_back_shoulder_width, neck_width and shoulder_length are all given; two of them give the third")
	case d.AcrossShlder != 0 && d.ShoulderLen != 0:
		d.NeckWidth = d.AcrossShlder - 2*across()
	}
	standard := 0.07 + 0.105*d.Chest
	if !neckFixed && d.NeckGirth != 0 {
		if err := d.solveNeckWidth(standard); err != nil {
			return err
		}
	}
	d.NeckWidth = or(d.NeckWidth, standard)
	if d.AcrossShlder == 0 {
		d.AcrossShlder = 0.16 + 0.26*d.Chest
		if d.ShoulderLen != 0 {
			d.AcrossShlder = d.NeckWidth + 2*across()
		}
	}
	d.ShoulderLen = (d.AcrossShlder - d.NeckWidth) / 2 / math.Cos(d.slope)
	return d.solveNeckDrop(neckFixed)
}

// neckline is the length of the neckline seam for a width and a front drop [m].
func (d *teeDraft) neckline(width, frontDrop float64) float64 {
	t := *d
	t.NeckWidth = width
	front := t.neckCurve(frontDrop, frontHollow)
	back := t.neckCurve(t.BackNeckDrop, backHollow)
	return 2 * (front.Length() + back.Length())
}

func (d *teeDraft) frontDropFor(width float64) float64 {
	if d.FrontNeckDrop != 0 {
		return d.FrontNeckDrop
	}
	if d.VNeck {
		return width + 0.01
	}
	return width/2 + 0.005
}

// solveNeckWidth finds the neck width whose neckline has the given girth.
func (d *teeDraft) solveNeckWidth(standard float64) error {
	lo, hi := 0.5*standard, 2*standard
	w, ok := solve(func(w float64) float64 {
		return d.neckline(w, d.frontDropFor(w)) - d.NeckGirth
	}, lo, hi, lengthTol)
	if !ok {
		return fmt.Errorf("neck_girth is %s; with this chest and drop %s to %s can be drawn", cm(d.NeckGirth),
			cm(d.neckline(lo, d.frontDropFor(lo))), cm(d.neckline(hi, d.frontDropFor(hi))))
	}
	d.NeckWidth = w
	return nil
}

// solveNeckDrop meets a given neck girth by the front drop where the width is
// given too.
func (d *teeDraft) solveNeckDrop(widthFixed bool) error {
	if d.NeckGirth == 0 || !widthFixed {
		d.FrontNeckDrop = d.frontDropFor(d.NeckWidth)
		return nil
	}
	if d.FrontNeckDrop != 0 {
		return errors.New("neck_girth, front_neck_drop and the neck's width are all given; the girth follows from the others")
	}
	lo, hi := 0.25*d.NeckWidth, 2*d.NeckWidth
	drop, ok := solve(func(f float64) float64 { return d.neckline(d.NeckWidth, f) - d.NeckGirth }, lo, hi, lengthTol)
	if !ok {
		return fmt.Errorf("neck_girth is %s; with a neck %s wide %s to %s can be drawn", cm(d.NeckGirth), cm(d.NeckWidth),
			cm(d.neckline(d.NeckWidth, lo)), cm(d.neckline(d.NeckWidth, hi)))
	}
	d.FrontNeckDrop = drop
	return nil
}

// decideLengths settles the waist, which lies on the side seam between
// underarm and hem.
func (d *teeDraft) decideLengths() error {
	side := d.BodyLength + d.BackNeckDrop - d.ArmscyeDepth // underarm to hem
	if side < 0.05 {
		return fmt.Errorf("body_length is %s; with an armscye %s deep at least %s are needed",
			cm(d.BodyLength), cm(d.ArmscyeDepth), cm(d.ArmscyeDepth-d.BackNeckDrop+0.05))
	}
	under := d.ArmscyeDepth - d.BackNeckDrop // back neck to underarm
	low, high := under+0.15*side, under+0.85*side
	if level := d.WaistLevel; level != 0 && !(level >= low && level <= high) {
		return fmt.Errorf("back_neck_to_waist is %s; between underarm and hem %s to %s can be drawn", cm(level), cm(low), cm(high))
	}
	standard := 0.18 + 0.24*d.Chest
	if d.Waist != 0 && d.WaistLevel == 0 && standard > high {
		return fmt.Errorf("body_length is %s; too short to have the waist of waist_girth at %s", cm(d.BodyLength), cm(standard))
	}
	d.WaistLevel = or(d.WaistLevel, math.Max(low, math.Min(standard, under+2*side/3)))
	t := (d.WaistLevel - under) / side
	d.Waist = or(d.Waist, d.Chest+t*(d.Hem-d.Chest))
	return nil
}

// check refuses proportions in which the curves have no room.
func (d *teeDraft) check() error {
	shoulder := (d.AcrossShlder - d.NeckWidth) / 2
	room := d.Chest/4 - (d.AcrossShlder/2 - frontHollow.across)
	tip := shoulder * math.Tan(d.slope)
	switch {
	case shoulder < 0.03:
		return fmt.Errorf("neck %s wide and shoulders %s leave no shoulder seam; 3 cm are needed each side", cm(d.NeckWidth), cm(d.AcrossShlder))
	case room < 0.015:
		return fmt.Errorf("across_back_shoulder_width is %s; with chest_girth %s at most %s leaves room for the armscye",
			cm(d.AcrossShlder), cm(d.Chest), cm(2*(d.Chest/4+frontHollow.across-0.015)))
	case d.ArmscyeDepth < tip+0.10:
		return fmt.Errorf("armscye_depth is %s; with this shoulder at least %s are needed", cm(d.ArmscyeDepth), cm(tip+0.10))
	case d.FrontNeckDrop > d.BodyLength-0.05 || d.BackNeckDrop > d.ArmscyeDepth:
		return fmt.Errorf("a neck %s deep in front and %s behind leaves no body", cm(d.FrontNeckDrop), cm(d.BackNeckDrop))
	case d.FrontNeckDrop < d.BackNeckDrop:
		return fmt.Errorf("front_neck_drop is %s; it must not be less than back_neck_drop, %s", cm(d.FrontNeckDrop), cm(d.BackNeckDrop))
	}
	return nil
}
