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

// Zone is what one place of one size says. Lengths in m; NaN where a figure
// does not apply or could not be had.
type Zone struct {
	Name    string // "chest", "waist", "body_length", ... of the contract
	Length  bool   // a length zone: Delta is judged, not girth
	BodyKey body.Key

	Body     float64 // body girth or wished length [m]
	Garment  float64 // relaxed garment girth or length [m]
	Worn     float64 // the same on the draped garment, stretched [m]
	Ease     float64 // Garment - Body [m]
	EaseLow  float64 // 95 % interval [m]
	EaseHigh float64 //
	Design   float64 // ease the size was drawn with [m]
	X        float64 // position in size steps; > 0: the body is larger than the size
	Delta    float64 // of a length zone: garment minus wish [m]

	StrainMax    float64 // largest hoop strain [1]
	Fill         float64 // needed strain over usable strain [1]
	Tension      float64 // mean hoop tension [N/m]
	PressureMean float64 // [Pa]
	PressureP95  float64 // [Pa]
	Pressure     string  // class: negligible, comfortable, critical_casual, medical, critical
	Note         string  // what limits the figures, in one sentence

	Verdict    Verdict
	Confidence float64 // probability of the verdict under the stated noise
	Reason     string  // machine code
	Text       map[string]string
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

// Advice is the answer to "which size".
type Advice struct {
	Outcome     Outcome
	Sizes       []string
	Probability map[string]float64 // per size, rounded to 5 %
	Reason      string
	Conflict    bool // zones ask for different sizes
	Text        map[string]string
}
