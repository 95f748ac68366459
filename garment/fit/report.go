package fit

import "fitroom/geometry/body"

// Verdict on one zone, in the spelling of the JSON contract.
type Verdict string

const (
	WillNotClose  Verdict = "will_not_close"
	TooTight      Verdict = "too_tight"
	Snug          Verdict = "snug"
	AsDesigned    Verdict = "as_designed"
	Looser        Verdict = "looser"
	TooLoose      Verdict = "too_loose"
	Between       Verdict = "between"
	CannotJudge   Verdict = "cannot_judge"
	TooShort      Verdict = "too_short"
	SlightlyShort Verdict = "slightly_short"
	SlightlyLong  Verdict = "slightly_long"
	TooLong       Verdict = "too_long"
)

// Reasons, the machine codes behind a verdict. The first group names the rule
// that decided, the second what is missing.
const (
	InBand      = "in_band"      // inside the band of the size
	AboveBand   = "above_band"   // the body is larger than the size
	BelowBand   = "below_band"   // the body is smaller than the size
	FullStretch = "full_stretch" // the fabric would have to give more than it can
	NearStretch = "near_stretch" // it gives more than 70 % of what it can
	HighPress   = "pressure"     // contact pressure
	RigidEase   = "rigid_ease"   // a fabric that hardly gives has no ease left
	WearingEase = "wearing_ease" // below the least ease to move in
	CollarEase  = "collar_ease"  // collar buttons
	OnLength    = "length"       // a length within, below or above the wish

	FreeZone      = "free"                // not fitted here by design
	NoMeasurement = "missing_measurement" // of the body
	NoDesign      = "no_design"           // neither chart nor design ease: nothing to compare with
	NoFigures     = "no_figures"          // the style says nothing of this size here
	WrongPeople   = "population"          // made for another population
	NotStanding   = "posture"             //
	Clothed       = "over_clothes"        //
	TooNoisy      = "noise"               // the error is larger than a size step
	Implausible   = "implausible"         // the style's figures are out of all proportion to the body: half measures, another unit
	NotThePattern = "not_the_pattern"     // table and draped pattern cannot be of one garment
	NotAtRest     = "not_at_rest"         // the drape did not come to rest
)

// Zone is what one place of one size says. Lengths in m; NaN where a figure
// does not apply or could not be had.
type Zone struct {
	Name    string // "chest", "waist", "body_length", ... of the contract
	Length  bool   // a length zone: Delta is judged, not girth
	BodyKey body.Key
	Source  body.Source // of Body: given or predicted

	Body    float64 // body girth or wished length [m]
	Garment float64 // relaxed garment girth or length [m]: Flat where the style states it, else Relaxed
	Flat    float64 // by the style's measure [m]
	Relaxed float64 // measured on the draped garment, in rest lengths [m]
	Worn    float64 // the same on the draped garment, stretched [m]
	Shift   float64 // of the tape on the draped garment from the body's level, upwards [m]
	// The pattern's own line of this measure, where it is known.
	Own       float64 // the garment along it, in rest lengths [m]
	OwnWorn   float64 // the same, stretched [m]
	Bridged   float64 // of the line that lies over no cloth, as over a neckline [m]
	OwnOff    float64 // of the line from where the body is measured, upwards [m]
	OwnUneven float64 // root mean square of its heights about a level line [m]
	OwnPull   float64 // mean tension along it [N/m]

	Room     float64    // Relaxed less a tight tape round the skin in the same plane [m]
	LeastGap float64    // between cloth and skin round the hoop [m]
	Slack    bool       // the hoop carries no more than its weight and has room all round
	Slid     float64    // how far an edge hangs below its place on the body [m]
	Ease     float64    // Garment - Body [m]
	EaseLow  float64    // 95 % interval [m]
	EaseHigh float64    //
	Design   float64    // ease the size was drawn with [m]
	Band     [2]float64 // bodies the size is made for [m]
	Step     float64    // to the neighbouring sizes [m]
	Sigma    float64    // standard deviation of the ease [m]
	X        float64    // position in size steps; > 0: the body is larger than the size
	Delta    float64    // of a length zone: garment minus wish [m]

	StrainMax    float64 // largest hoop strain [1]
	Fill         float64 // needed strain over usable strain [1]; of a drape, on tissue where that is known
	Usable       float64 // usable strain along the tape [1]
	Tension      float64 // mean hoop tension [N/m]
	PressureMean float64 // of a drape as draped, which is on tissue; else on a rigid body, an upper bound [Pa]
	PressureP95  float64 // the same [Pa]
	// PressureTissue is the mean on a body whose tissue yields, the figure that
	// is judged [Pa]; NaN where nothing is known of the tissue.
	PressureTissue float64
	Pressure       string // class of the judged mean: negligible, comfortable, critical_casual, medical, critical
	Draped         bool   // strain, tension and pressure are measured on the drape, not estimated on a circle
	Note           string // what limits the figures, in one sentence
	Notes          map[string]string

	Verdict    Verdict
	Likely     Verdict    // the rule's own answer at the stated figures, however uncertain
	Pair       [2]Verdict // of Between, tighter or shorter one last
	Confidence float64    // probability of the verdict under the stated noise, rounded to 5 %
	TightRisk  float64    // probability of too tight or will not close; NaN where not judged
	Reason     string     // machine code
	Text       map[string]string

	unsettled bool // the drape behind it did not come to rest
	unfound   bool // the drape has no closed loop of cloth here, though the style measures one
}

// SizeReport is one size on one body.
type SizeReport struct {
	Size  string
	Zones []Zone // in the order of the contract
}

// Outcome of size advice.
type Outcome string

const (
	One           Outcome = "one"
	BetweenSizes  Outcome = "between"
	None          Outcome = "none"
	RefuseOutcome Outcome = "refuse"
)

// Reasons of advice beyond those of zones.
const (
	ClearBest        = "clear_best"        // one size wins at least 75 % of the noise draws
	TooClose         = "too_close"         // no size does
	ChartGap         = "chart_gap"         // the body lies between two printed bands
	AllTight         = "all_tight"         // every size too tight somewhere
	NoChart          = "no_chart"          // the style does not say for whom the sizes are
	PrimaryMissing   = "primary_missing"   //
	PrimaryEstimated = "primary_estimated" // predicted or guessed, not measured
	OutsideChart     = "outside_chart"     // smaller or larger than any printed band
)

// Advice is the answer to "which size".
type Advice struct {
	Outcome     Outcome
	Sizes       []string           // recommended, in the style's order; empty for none and refuse
	Ranked      []string           // all admissible sizes, best first
	Probability map[string]float64 // per size, rounded to 5 %; sums to 1
	Share       map[string]float64 // the same unrounded
	Runs        *Runs              // what earlier wearers' reports added; nil for nothing
	Reason      string
	Conflict    bool // zones ask for different sizes
	Preference  float64
	Text        map[string]string
	Assumptions []Remark
	Warnings    []Remark

	about body.Key // the dimension the answer is about: the first deciding one, or the one at fault
}

// Runs is how a style runs by the reports of earlier wearers (garment/wearers).
type Runs struct {
	Steps   float64 // by how many sizes it is smaller than its chart says
	SD      float64 // standard deviation of Steps
	Reports int
}

// Options of a judgement. The zero value is the documented default.
type Options struct {
	// Preference is the ease the customer wants beyond the design, negative
	// for closer [m]. It moves the choice of size, never a verdict.
	Preference float64
	// Wish holds wished lengths by zone name [m]; it replaces the designed one.
	Wish map[string]float64
	// Asked is what a body was made from. Judge learns from it how each value
	// was taken; the zero value means measured by the wearer, without clothes.
	Asked body.Measurements
	// Runs is what earlier wearers reported of the style, nil for nothing. It
	// moves the choice of size in the girths, never a verdict.
	Runs *Runs
	// Over says that the garment is draped together with one worn beneath it.
	Over bool
	Seed uint64 // of the noise draws
	// Draws of measuring noise; 0 means 8192 over the number of dimensions, at
	// least 512 and at most 4096: stratified, they keep every share within two
	// percentage points, less than half of what the printed 5 % hide.
	Draws int
}
