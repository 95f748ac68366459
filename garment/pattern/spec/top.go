package spec

import (
	"errors"
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// TopMeasures are the finished measures of a garment for the upper body [m].
// Zero means not given; the rule after each says what is drafted then for a
// regular T-shirt. Those rules are straight lines through the graded tee of the
// open FreeSewing drafts (three sizes, chest 106 to 136 cm); what the other
// templates do otherwise stands in their topStyle.
type TopMeasures struct {
	Chest         float64 // full, at the underarm; this or ChestLow must be given
	ChestLow      float64 // full, an inch below the underarm
	Waist         float64 // full, at WaistLevel; in line from chest to hem
	Hem           float64 // full sweep; as Chest
	BodyLength    float64 // back neck to hem; 0.45 + 0.22 Chest
	HPSLength     float64 // highest point of the shoulder to hem; BodyLength + BackNeckDrop
	WaistLevel    float64 // back neck to waist; 0.18 + 0.24 Chest, at most 2/3 of the way down the side
	NeckGirth     float64 // neckline seam all round; from NeckWidth and drops
	NeckWidth     float64 // between the neck points; 0.07 + 0.105 Chest
	FrontNeckDrop float64 // neck point down to the centre front; half of NeckWidth + 5 mm
	BackNeckDrop  float64 // neck point down to the centre back; 2 cm
	AcrossShlder  float64 // tip to tip; 0.16 + 0.26 Chest
	ShoulderLen   float64 // seam; from AcrossShlder and NeckWidth
	ArmscyeDepth  float64 // neck point down to the underarm; 0.045 + 0.195 Chest, and a quarter of what UpperArm departs from its rule
	UpperArm      float64 // sleeve girth at the underarm; 0.375 Chest - 0.011, or the nearest that fits a given armscye
	SleeveLength  float64 // shoulder tip to hem, cuff included; short 0.055 + 0.15 Chest, long 0.60
	SleeveHem     float64 // sleeve opening, full; short 0.93 UpperArm, long 0.62 UpperArm
	CollarHeight  float64 // of the fall of a turned collar at the centre back; 4.2 cm
	HoodHeight    float64 // of a hood, neck seam to top; 0.35
	HoodDepth     float64 // of a hood, face edge to back, half way up; 0.26
}

// TopOptions are choices of style. Zero values are the plain crew-neck tee.
type TopOptions struct {
	Neck      Neck
	Sleeve    Sleeve
	Fit       Fit
	NeckRib   bool    // a rib band in the neckline, 2 cm high, neckPull of its length
	RightOver bool    // the right front buttons over the left, as women's do; else the left one
	RibCloth  bool    // ribs are of the material "rib", not of the main fabric
	CapEase   float64 // sleeve cap over armscye, fraction of the length; 0 means 0.01
	SlopeDeg  float64 // of the shoulder [deg]; 0 means 20
	BustDart  float64 // width of the dart in each front side seam [m]; 0 means none
	Yoke      bool    // the upper back is a piece of its own, from the shoulder seams down
	Pocket    Pocket
}

// Pocket is a patch pocket on the front of a top; empty is NoPocket.
type Pocket string

const (
	NoPocket       Pocket = "none"
	ChestPocket    Pocket = "chest"    // on the left breast
	KangarooPocket Pocket = "kangaroo" // of a hoody, for both hands
)

// Neck is the shape of a neckline.
type Neck string

// The necklines; empty is Crew.
const (
	Crew  Neck = "crew"
	VNeck Neck = "v"
	Scoop Neck = "scoop" // wide and deep
	Boat  Neck = "boat"  // wide and shallow
)

// Sleeve is the length of a sleeve; empty is ShortSleeve.
type Sleeve string

// NoSleeve leaves the armscye open; CapSleeve covers the shoulder and leaves the
// armscye open below its notches.
const (
	ShortSleeve   Sleeve = "short"
	LongSleeve    Sleeve = "long"
	ThreeQuarters Sleeve = "three_quarter"
	CapSleeve     Sleeve = "cap"
	NoSleeve      Sleeve = "none"
)

// Fit shifts what is drafted where a measure is not given; empty is Regular.
type Fit string

// Slim draws the waist in and the sleeve narrow; Loose drops the shoulder and
// the armscye. Both leave every given measure as it is.
const (
	Regular Fit = "regular"
	Slim    Fit = "slim"
	Loose   Fit = "loose"
)

// topStyle is how a template departs from the plain tee.
type topStyle struct {
	name    string
	opening opening
	collar  collarKind
	cuff    float64 // height of the cuff or wrist rib of a long sleeve [m]
	rib     bool    // cuffs and hem are ribs: shorter than what they are sewn to
	hemBand float64 // height of the rib at the hem [m]
	strap   float64 // width of a shoulder that is a strap [m]; 0: a whole shoulder
	sideZip bool    // the left side seam opens

	neckWidth, neckPerChest float64 // rule of NeckWidth [m, 1]
	frontDrop               float64 // added to the rule of FrontNeckDrop [m]
	backDrop                float64 // rule of BackNeckDrop [m]
	length, lengthPerChest  float64 // rule of BodyLength [m, 1]
	deeper                  float64 // added to the rule of ArmscyeDepth [m]
	flare                   float64 // Hem over Chest where not given
	waist                   float64 // Waist over the line from chest to hem where not given; 0 means 1
	bodice                  *bodice // the top ends in the waist seam of a dress
}

// opening is how the front is opened; all are drafted closed.
type opening uint8

const (
	folded   opening = iota // none: cut on the fold
	slit                    // a polo's placket, let into the front
	buttoned                // two fronts and a strip between them
)

// teeStyle is the plain T-shirt; the other styles start from it.
func teeStyle() topStyle {
	return topStyle{name: "tee", neckWidth: 0.07, neckPerChest: 0.105, backDrop: 0.02, length: 0.45, lengthPerChest: 0.22, flare: 1}
}

// topDraft is a top with every figure decided [m].
type topDraft struct {
	TopMeasures
	TopOptions
	topStyle
	slope float64 // [rad]
	sweep float64 // of the lower edge of front and back: Hem, or what a rib there is sewn to
}

// Tee drafts a T-shirt: front and back cut on the fold, two set-in sleeves,
// and the neck rib if asked for.
func Tee(m TopMeasures, o TopOptions) (*pattern.Pattern, error) {
	return draftTop(teeStyle(), m, o)
}

func draftTop(s topStyle, m TopMeasures, o TopOptions) (*pattern.Pattern, error) {
	d := topDraft{TopMeasures: m, TopOptions: o, topStyle: s}
	err := d.meetChestLow()
	if err == nil {
		err = d.decide()
	}
	if err != nil {
		return nil, fault.Errorf("spec: %s: %w", s.name, err)
	}
	p, err := d.assemble()
	if err != nil {
		return nil, fault.Errorf("spec: %s: %w", s.name, err)
	}
	return p, p.Validate()
}

// meetChestLow finds the chest from the girth an inch below it.
func (d *topDraft) meetChestLow() error {
	if d.ChestLow == 0 || d.Chest != 0 {
		return nil
	}
	var why error
	chest, ok := solve(func(chest float64) float64 {
		t := *d
		t.Chest = chest
		if err := t.decide(); err != nil {
			why = err
			return math.Copysign(1, chest-d.ChestLow)
		}
		front, back := t.half(t.FrontNeckDrop, frontHollow), t.half(t.BackNeckDrop, backHollow)
		y := -t.ArmscyeDepth - chestDown
		return 2*(front.halfWidth(y)+back.halfWidth(y)) - d.ChestLow
	}, 0.85*d.ChestLow, 1.2*d.ChestLow, 1e-7)
	if !ok {
		return errors.Join(fault.Errorf("chest_low_girth is %s; no chest gives that", cm(d.ChestLow)), why)
	}
	d.Chest = chest
	return nil
}

// chestDown is the trade's inch below the underarm [m].
const chestDown = 0.0254

// decide fills what is not given and refuses what cannot be drawn.
func (d *topDraft) decide() error {
	if !(d.Chest > 0) {
		return fault.Errorf("chest_girth is needed")
	}
	d.CapEase = or(d.CapEase, 0.01)
	d.slope = or(d.SlopeDeg, 20) * math.Pi / 180
	d.BackNeckDrop = or(d.BackNeckDrop, d.backDropRule())
	if d.HPSLength != 0 {
		d.BodyLength = or(d.BodyLength, d.HPSLength-d.BackNeckDrop)
	}
	d.BodyLength = or(d.BodyLength, d.length+d.lengthPerChest*d.Chest)
	arm := d.upperArmRule()
	d.ArmscyeDepth = or(d.ArmscyeDepth, 0.045+0.195*d.Chest+0.25*(or(d.UpperArm, arm)-arm)+d.deeper+d.fitted(-0.008, 0, 0.025))
	d.Hem = or(d.Hem, d.flare*d.Chest)
	d.sweep = d.Hem
	if d.hemBand > 0 {
		d.sweep /= ribPull
	}
	if err := d.decideNeck(); err != nil {
		return err
	}
	if err := d.decideLengths(); err != nil {
		return err
	}
	return d.check()
}

// fitted picks one of three figures by the fit.
func (d *topDraft) fitted(slim, regular, loose float64) float64 {
	switch d.Fit {
	case Slim:
		return slim
	case Loose:
		return loose
	}
	return regular
}

// upperArmRule is the sleeve girth drafted where none is given [m].
func (d *topDraft) upperArmRule() float64 { return 0.375*d.Chest - 0.011 + d.fitted(-0.02, 0, 0.035) }

// decideLengths settles the waist, which lies on the side seam between
// underarm and hem.
func (d *topDraft) decideLengths() error {
	if d.bodice != nil {
		return d.bodice.decide(d)
	}
	side := d.BodyLength + d.BackNeckDrop - d.ArmscyeDepth - d.hemBand // underarm to hem
	if side < 0.05 {
		return fault.Errorf("body_length is %s; with an armscye %s deep at least %s are needed",
			cm(d.BodyLength), cm(d.ArmscyeDepth), cm(d.ArmscyeDepth-d.BackNeckDrop+d.hemBand+0.05))
	}
	under := d.ArmscyeDepth - d.BackNeckDrop // back neck to underarm
	low, high := under+0.15*side, under+0.85*side
	if level := d.WaistLevel; level != 0 && !(level >= low && level <= high) {
		return fault.Errorf("back_neck_to_waist is %s; between underarm and hem %s to %s can be drawn", cm(level), cm(low), cm(high))
	}
	standard := 0.18 + 0.24*d.Chest
	if d.Waist != 0 && d.WaistLevel == 0 && standard > high {
		return fault.Errorf("body_length is %s; too short to have the waist of waist_girth at %s", cm(d.BodyLength), cm(standard))
	}
	d.WaistLevel = or(d.WaistLevel, math.Max(low, math.Min(standard, under+2*side/3)))
	t := (d.WaistLevel - under) / side
	d.Waist = or(d.Waist, (d.Chest+t*(d.sweep-d.Chest))*or(d.waist, 1)*d.fitted(0.93, 1, 1))
	return nil
}

// check refuses proportions in which the curves have no room.
func (d *topDraft) check() error {
	shoulder := (d.AcrossShlder - d.NeckWidth) / 2
	room := d.Chest/4 - (d.AcrossShlder/2 - frontHollow.across)
	tip := shoulder * math.Tan(d.slope)
	switch {
	case shoulder < 0.03:
		return fault.Errorf("neck %s wide and shoulders %s leave no shoulder seam; 3 cm are needed each side", cm(d.NeckWidth), cm(d.AcrossShlder))
	case room < 0.015:
		return fault.Errorf("across_back_shoulder_width is %s; with chest_girth %s at most %s leaves room for the armscye",
			cm(d.AcrossShlder), cm(d.Chest), cm(2*(d.Chest/4+frontHollow.across-0.015)))
	case d.ArmscyeDepth < tip+0.10:
		return fault.Errorf("armscye_depth is %s; with this shoulder at least %s are needed", cm(d.ArmscyeDepth), cm(tip+0.10))
	case d.FrontNeckDrop > d.BodyLength-0.05 || d.BackNeckDrop > d.ArmscyeDepth:
		return fault.Errorf("a neck %s deep in front and %s behind leaves no body", cm(d.FrontNeckDrop), cm(d.BackNeckDrop))
	case d.FrontNeckDrop < d.BackNeckDrop:
		return fault.Errorf("front_neck_drop is %s; it must not be less than back_neck_drop, %s", cm(d.FrontNeckDrop), cm(d.BackNeckDrop))
	case d.opening == slit && d.FrontNeckDrop+slitDepth > d.BodyLength-0.10:
		return fault.Errorf("body_length is %s; a placket of %s below a neck of %s leaves no body", cm(d.BodyLength), cm(slitDepth), cm(d.FrontNeckDrop))
	case d.BustDart > 0 && d.WaistLevel+d.BackNeckDrop-d.ArmscyeDepth < bustDown+0.02:
		return fault.Errorf("option bust_dart_cm: between underarm and waist lie %s; a bust dart needs %s",
			cm(d.WaistLevel+d.BackNeckDrop-d.ArmscyeDepth), cm(bustDown+0.02))
	case d.NeckRib && (d.opening != folded || d.collar != noCollar):
		return fault.Errorf("option neck_rib: a neck with a collar or hood takes no rib")
	}
	return nil
}

// sleeves lists the sleeves a style takes, its own first.
func sleeves(first Sleeve) []string {
	out := []string{string(first)}
	for _, s := range [...]Sleeve{ShortSleeve, LongSleeve, ThreeQuarters, CapSleeve, NoSleeve} {
		if !slices.Contains(out, string(s)) {
			out = append(out, string(s))
		}
	}
	return out
}
