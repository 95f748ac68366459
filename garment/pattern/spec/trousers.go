package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// TrouserMeasures are the finished measures of trousers [m]. Zero means not
// given; the rule after each says what is drafted then.
type TrouserMeasures struct {
	Waist      float64 // full, the seam of the waistband; must be given
	Hip        float64 // full, at a third of the rise above the crotch; Waist + 0.20
	Thigh      float64 // one leg, 2.5 cm below the crotch; 0.60 Hip + 0.01
	Knee       float64 // one leg, half way down the inseam + 5 cm; between Thigh and Hem
	Hem        float64 // one leg opening; 0.40 Hip at the ankle, in line from Thigh to it for short legs
	Inseam     float64 // crotch to hem along the seam; 0.78
	Outseam    float64 // upper edge of the band to the hem along the side; from Rise
	Rise       float64 // upper edge of the band straight down to the crotch, centre front; 0.19 + 0.09 Hip, or from Outseam
	BandHeight float64 // of the waistband; 0.035
}

// TrouserOptions are choices of style.
type TrouserOptions struct {
	// NoDarts shapes the waist in the seams alone, for elastic cloth or a
	// small difference of hip and waist.
	NoDarts bool
	Fit     Fit
	Leg     Leg
	// Elastic makes the waistband shorter than the waist it is sewn to, so
	// that Waist is that of the relaxed band.
	Elastic bool
	Pockets bool // a patch pocket on each back leg
}

// Leg is the line of a leg below the knee; empty is Straight.
type Leg string

const (
	Straight Leg = "straight"
	Tapered  Leg = "tapered"
	Flared   Leg = "flared"
)

// legStyle is how a template departs from plain trousers: the rules for what
// is not given [m].
type legStyle struct {
	name                   string
	hipOver                float64 // Hip over Waist
	thigh, thighPerHip     float64
	inseam                 float64
	hemPerHip, kneePerHip  float64 // kneePerHip 0: between thigh and hem
	rise, risePerHip, band float64
	bands                  [2]string // waistbands, the standard one first
	legs                   bool      // takes the option leg
}

func trouserLegs() legStyle {
	return legStyle{name: "trousers", hipOver: 0.20, thigh: 0.01, thighPerHip: 0.60, inseam: 0.78, hemPerHip: 0.40,
		rise: 0.19, risePerHip: 0.09, band: 0.035, bands: [2]string{"sewn", "elastic"}, legs: true}
}

func shortLegs() legStyle {
	s := trouserLegs()
	s.name, s.inseam, s.thigh, s.legs = "shorts", 0.20, 0.025, false
	return s
}

// leggingLegs are for cloth that stretches by a quarter; hence smaller than the
// body all over.
func leggingLegs() legStyle {
	return legStyle{name: "leggings", hipOver: 0.15, thigh: 0, thighPerHip: 0.565, inseam: 0.70, hemPerHip: 0.225, kneePerHip: 0.375,
		rise: 0.17, risePerHip: 0.11, band: 0.05, bands: [2]string{"elastic", "sewn"}}
}

// An elastic waistband is so much shorter than the waist it is sewn to. Seams
// alone take in only so much from hip to waist, so with a fuller hip the waist
// is wider and the band gathers more, down to the least.
const (
	elasticPull  = 0.90
	elasticTake  = 0.09 // [m], of half the garment
	elasticLeast = 0.60
)

// trouserDraft is a pair of trousers with every figure decided [m].
type trouserDraft struct {
	TrouserMeasures
	TrouserOptions
	legStyle
	seam        float64 // waist seam all round; Waist, or what an elastic band is sewn to
	front, back legWidths
	share       trouserShare
	fork        float64 // crotch extensions of front and back together
	depth       float64 // crotch line down to the hem
	up          float64 // crotch line up to the waist seam, centre front
	lower       float64 // back fork below the crotch line
	backUp      float64 // back side above the waist line of the centre front
}

// legWidths are the widths of one leg piece.
type legWidths struct {
	hip             float64 // side seam to centre seam at the hip line
	waist           float64 // sewn waist
	kneeOut, kneeIn float64 // from the crease to the side seam and to the inseam
	hemOut, hemIn   float64
}

// trouserShare is how the difference of hip and waist of half the garment is
// taken in. The back takes more: its centre seam leans over the seat and its
// dart is longer and wider.
type trouserShare struct {
	centreFront, sideFront, dartFront float64
	centreBack, sideBack, dartBack    float64
}

func (s trouserShare) front() float64 { return s.centreFront + s.sideFront + s.dartFront }
func (s trouserShare) back() float64  { return s.centreBack + s.sideBack + s.dartBack }

// Trousers drafts trousers: two fronts, two backs, each with a dart, and a
// straight waistband in two pieces. The leg pieces hang on their creases, which
// run up the grain; hem and knee lie evenly about them.
func Trousers(m TrouserMeasures, o TrouserOptions) (*pattern.Pattern, error) {
	return draftTrousers(trouserLegs(), m, o)
}

func draftTrousers(s legStyle, m TrouserMeasures, o TrouserOptions) (*pattern.Pattern, error) {
	d := trouserDraft{TrouserMeasures: m, TrouserOptions: o, legStyle: s}
	if err := d.decide(); err != nil {
		return nil, fault.Errorf("spec: %s: %w", s.name, err)
	}
	front, back, err := d.legs()
	if err != nil {
		return nil, fault.Errorf("spec: %s: %w", s.name, err)
	}
	p := d.assemble(front, back)
	if o.Pockets {
		if err := d.layBackPockets(p, 2, 3); err != nil {
			return nil, fault.Errorf("spec: %s: %w", s.name, err)
		}
	}
	return p, p.Validate()
}

func (d *trouserDraft) decide() error {
	if !(d.Waist > 0) {
		return fault.Errorf("waist_girth is needed")
	}
	d.seam = d.Waist
	if d.Elastic {
		d.seam = math.Max(d.Waist/elasticPull, d.Hip-2*elasticTake)
		if d.Waist < elasticLeast*d.seam {
			return fault.Errorf("waist_girth is %s; with hip_girth %s an elastic band of at least %s can be sewn on", cm(d.Waist), cm(d.Hip), cm(elasticLeast*d.seam))
		}
	}
	d.Hip = or(d.Hip, d.seam+d.hipOver)
	slim := -0.025
	if d.thigh == 0 {
		slim = -0.005 // what is smaller than the body already has less to give
	}
	d.Thigh = or(d.Thigh, d.thighPerHip*d.Hip+d.thigh+d.fitted(slim, 0, 0.035))
	d.Inseam = or(d.Inseam, d.inseam)
	d.Hem = or(d.Hem, d.Thigh+math.Min(1, d.Inseam/0.78)*d.hemStep())
	d.BandHeight = or(d.BandHeight, d.band)
	if d.Outseam == 0 {
		d.Rise = or(d.Rise, d.rise+d.risePerHip*d.Hip)
	}
	if d.kneePerHip > 0 && d.Inseam >= kneeLeast {
		d.Knee = or(d.Knee, d.kneePerHip*d.Hip)
	}
	// A knee needs a leg that covers it; in shorts the line lies higher.
	if d.Knee != 0 && d.Inseam < kneeLeast {
		return fault.Errorf("knee_girth is given but inside_leg_height is %s; a knee needs %s", cm(d.Inseam), cm(kneeLeast))
	}
	t := d.kneeDown(d.Inseam) / d.Inseam
	flared := 0.0 // a flare starts at the knee
	if d.Leg == Flared {
		flared = 0.05
	}
	d.Knee = or(d.Knee, d.Thigh+(d.Hem-d.Thigh)*math.Pow(t, 0.6)-flared)
	if err := d.decideIntake(); err != nil {
		return err
	}
	// Fronts are 2 cm narrower than backs: the side seam stays in sight of
	// neither the front nor the seat, and the crease lies over the knee.
	const shift = 0.01
	width := func(shift float64) legWidths {
		knee, hem := (d.Knee/2+shift)/2, (d.Hem/2+shift)/2
		return legWidths{hip: d.Hip/4 + shift, kneeOut: knee, kneeIn: knee, hemOut: hem, hemIn: hem}
	}
	d.front, d.back = width(-shift), width(shift)
	d.front.waist = d.front.hip - d.share.front()
	d.back.waist = d.back.hip - d.share.back()
	if least := 0.06; math.Min(d.Hem, d.Knee) < least {
		return fault.Errorf("hem is %s and knee_girth %s; at least %s can be drawn", cm(d.Hem), cm(d.Knee), cm(least))
	}
	return nil
}

// kneeLeast is the shortest inseam that has a knee [m].
const kneeLeast = 0.45

// kneeDown is the height of the crotch above the knee line, for a leg of the
// given height [m]: half way and 5 cm up; never above 0.35 of it, for shorts.
func (d *trouserDraft) kneeDown(leg float64) float64 { return math.Max(0.5*leg-0.05, 0.35*leg) }

// skew is how much of the leg at a height below the crotch goes from the front
// to the back [m]. At the crotch line the back is wider by its longer fork;
// towards the knee of a full leg both become even, so short legs end in
// between.
func (d *trouserDraft) skew(down float64) float64 {
	const knee = 0.34 // below the crotch, of a full leg
	uneven := (0.5 - forkFront) * d.fork
	return uneven * math.Max(0, 1-down/knee)
}

// hemStep is how much narrower a full leg is at the hem than at the thigh,
// negative, by fit and line [m].
func (d *trouserDraft) hemStep() float64 {
	hem := d.hemPerHip*d.Hip + d.fitted(-0.03, 0, 0.03)
	switch d.Leg {
	case Tapered:
		hem -= 0.05
	case Flared:
		hem += 0.10
	}
	return math.Min(0, hem-d.Thigh)
}

// fitted picks one of three figures by the fit.
func (d *trouserDraft) fitted(slim, regular, loose float64) float64 {
	return map[Fit]float64{Slim: slim, Loose: loose, Regular: regular, "": regular}[d.Fit]
}

func (d *trouserDraft) decideIntake() error {
	half := (d.Hip - d.seam) / 2
	if half < 0 {
		return fault.Errorf("waist_girth is %s; it must not exceed hip_girth, %s", cm(d.Waist), cm(d.Hip))
	}
	unit := trouserShare{0.08, 0.18, 0.12, 0.18, 0.14, 0.30}
	most := dartMost / unit.dartBack
	if d.NoDarts {
		unit = trouserShare{centreFront: 0.16, sideFront: 0.30, centreBack: 0.28, sideBack: 0.26}
		most = 0.03 / unit.sideFront
	}
	if half > most {
		return fault.Errorf("waist_girth is %s; with hip_girth %s at least %s can be shaped", cm(d.Waist), cm(d.Hip), cm(d.Hip-2*most))
	}
	if !d.NoDarts && half*unit.dartFront < dartLeast {
		return fault.Errorf("waist_girth is %s; with hip_girth %s the darts would be under %.0f mm: choose the option darts none",
			cm(d.Waist), cm(d.Hip), dartLeast*1000)
	}
	d.share = trouserShare{
		half * unit.centreFront, half * unit.sideFront, half * unit.dartFront,
		half * unit.centreBack, half * unit.sideBack, half * unit.dartBack,
	}
	return nil
}
