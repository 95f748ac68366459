package wire

import (
	"encoding/json"
	"io"
	"math"
	"slices"

	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
)

// Report is report.json, the answer of `fitroom try --json` and of
// POST /v1/try-ons.
type Report struct {
	Status      string                 `json:"status"`
	Style       string                 `json:"style"`
	Engine      string                 `json:"engine"`
	Advice      Advice                 `json:"advice"`
	SizeOrder   []string               `json:"size_order"`
	Sizes       map[string]Size        `json:"sizes"`
	Files       map[string]string      `json:"files,omitempty"` // of all sizes together
	Body        map[string]BodyMeasure `json:"body"`
	Assumptions []string               `json:"assumptions"`
	Warnings    []string               `json:"warnings"`
	Remarks     *Remarks               `json:"remarks,omitempty"` // the same for those who wear it, per language
}

// Advice is the answer to "which size".
type Advice struct {
	Outcome     string             `json:"outcome"`
	Sizes       []string           `json:"sizes"`
	Probability map[string]float64 `json:"probability"`
	Reason      string             `json:"reason"`
	Conflict    bool               `json:"conflict"`
	Text        map[string]string  `json:"text"`
	Wearers     *Wearers           `json:"earlier_wearers,omitempty"`
}

// Wearers is what reports of earlier wearers added to the choice of size.
type Wearers struct {
	RunsSmall float64 `json:"runs_small_sizes"` // negative: runs large
	SD        float64 `json:"sd"`
	Reports   int     `json:"reports"`
}

// Size is what one size says.
type Size struct {
	Drape      *Drape            `json:"drape,omitempty"`
	Failed     string            `json:"failed,omitempty"` // why this size could not be tried on
	FailedText map[string]string `json:"failed_text,omitempty"`
	Zones      map[string]Zone   `json:"zones"`
	// Drawn says how a size that does not close is drawn, per language.
	Drawn map[string]string `json:"drawn,omitempty"`
	// TooSmall lists where the flat panels go round the body in no way.
	TooSmall []TooSmall `json:"too_small,omitempty"`
	// Analyses of the garment at rest; left out where it is not.
	Analyses *Analyses         `json:"analyses,omitempty"`
	Files    map[string]string `json:"files,omitempty"`
}

// Drape says how the solver ended.
type Drape struct {
	Status      string            `json:"status"`
	Reason      string            `json:"reason,omitempty"`
	ReasonText  map[string]string `json:"reason_text,omitempty"`
	Residual    *float64          `json:"residual_N"`
	Vertices    int               `json:"vertices"`
	CPUMs       float64           `json:"cpu_ms"`
	ElapsedMs   float64           `json:"elapsed_ms"`
	Penetrating int               `json:"penetrating_vertices"`
	Crossings   int               `json:"self_crossings"`
	Opened      bool              `json:"opened,omitempty"` // it does not close and hangs with its fastenings open
}

// Zone is one place of one size; fields that do not apply are left out.
type Zone struct {
	Kind       string            `json:"kind"`
	Body       *float64          `json:"body_cm,omitempty"`
	Garment    *float64          `json:"garment_cm,omitempty"`
	Relaxed    *float64          `json:"relaxed_cm,omitempty"` // measured on the draped garment, in flat fabric
	Worn       *float64          `json:"worn_cm,omitempty"`
	OwnLine    *OwnLine          `json:"own_line,omitempty"`
	Room       *float64          `json:"room_cm,omitempty"`      // of the draped girth beyond a tight tape in the same plane
	LeastGap   *float64          `json:"least_gap_mm,omitempty"` // of cloth and skin round the hoop
	Slack      *bool             `json:"slack,omitempty"`        // no more tension than a weight, and room all round
	Ease       *float64          `json:"ease_cm,omitempty"`
	Interval   *[2]float64       `json:"ease_interval_cm,omitempty"`
	Design     *float64          `json:"design_ease_cm,omitempty"`
	X          *float64          `json:"x,omitempty"`
	Delta      *float64          `json:"delta_cm,omitempty"`
	StrainMax  *float64          `json:"strain_max_pct,omitempty"`
	Fill       *float64          `json:"fill,omitempty"`
	Tension    *float64          `json:"tension_N_m,omitempty"`
	Pressure   *Pressure         `json:"pressure_kpa,omitempty"`
	Verdict    string            `json:"verdict"`
	Between    []string          `json:"between,omitempty"` // the two verdicts of "between"
	Confidence *float64          `json:"confidence,omitempty"`
	Reason     string            `json:"reason"`
	Notes      map[string]string `json:"notes,omitempty"` // what limits the figures, per language
	Text       map[string]string `json:"text"`
}

// Remarks are assumptions and warnings in every language, without what concerns
// the makers of the style alone.
type Remarks struct {
	Assumptions []map[string]string `json:"assumptions"`
	Warnings    []map[string]string `json:"warnings"`
}

// inWords are the texts of remarks, each once: of several files the same may be noted.
func inWords(all []fit.Remark) []map[string]string {
	out := []map[string]string{}
	for _, r := range all {
		if !r.Makers && !slices.ContainsFunc(out, func(t map[string]string) bool { return t["en"] == r.Text["en"] }) {
			out = append(out, r.Text)
		}
	}
	return out
}

// TooSmall is a place at which a size has too little cloth to be put on, or
// closed where it has a fastening, however far the cloth is stretched.
type TooSmall struct {
	Zone    string            `json:"zone"`
	Garment *float64          `json:"garment_cm"`
	Body    *float64          `json:"body_cm"`
	Usable  *float64          `json:"usable_stretch_pct"`
	Lacks   *float64          `json:"lacks_cm"`
	Opens   bool              `json:"opens"` // a fastening lets this place out
	Text    map[string]string `json:"text"`
}

// OwnLine is the draped garment along the line of the pattern that the table of
// measures means, where the pattern says where that runs.
type OwnLine struct {
	Relaxed *float64 `json:"relaxed_cm"`
	Worn    *float64 `json:"worn_cm"`
	Off     *float64 `json:"off_cm,omitempty"`     // above where the body is measured
	Uneven  *float64 `json:"uneven_cm,omitempty"`  // root mean square about a level line
	Bridged *float64 `json:"bridged_cm,omitempty"` // of the line that lies over no cloth
	Tension *float64 `json:"tension_N_m,omitempty"`
}

// Pressure of the garment on the body.
type Pressure struct {
	Mean   *float64 `json:"mean"` // of a drape, on tissue that gives way; else on a rigid body: an upper bound
	P95    *float64 `json:"p95"`
	Tissue *float64 `json:"tissue_mean,omitempty"` // on yielding tissue, the one that is judged
	Class  string   `json:"class"`
	Note   string   `json:"note,omitempty"`
}

// NewReport converts the outcome of a fitting; engine names the version that
// computed it. Paths of files are added by whoever writes them.
func NewReport(o *tryon.Outcome, engine string) Report {
	r := Report{
		Status: "ok", Style: o.Style.ID, Engine: engine, SizeOrder: []string{},
		Sizes: map[string]Size{}, Body: map[string]BodyMeasure{},
		Assumptions: fit.In("en", o.Assumptions), Warnings: fit.In("en", o.Warnings),
		Remarks: &Remarks{Assumptions: inWords(o.Assumptions), Warnings: inWords(o.Warnings)},
	}
	r.Advice = newAdvice(o.Advice)
	for _, f := range o.Fittings {
		r.SizeOrder = append(r.SizeOrder, f.Size)
		r.Sizes[f.Size] = newSize(f)
	}
	if o.Body != nil {
		r.Body = NewBodyReport(o.Body, BodyMesh{}, 0).Measurements
	}
	return r
}

// newAdvice converts the advice; a style that cannot be advised on, because it
// has neither chart nor measures, says so in the contract's words.
func newAdvice(a *fit.Advice) Advice {
	if a == nil {
		return Advice{
			Outcome: string(fit.RefuseOutcome), Sizes: []string{}, Probability: map[string]float64{}, Reason: "no_size_chart",
			Text: fit.NoChartAtAll(),
		}
	}
	out := Advice{
		Outcome: string(a.Outcome), Sizes: append([]string{}, a.Sizes...), Probability: a.Probability,
		Reason: a.Reason, Conflict: a.Conflict, Text: a.Text,
	}
	if r := a.Runs; r != nil {
		out.Wearers = &Wearers{r.Steps, r.SD, r.Reports}
	}
	return out
}

func newSize(f tryon.Fitting) Size {
	s := Size{Failed: inEnglish(f.Failed), FailedText: words.TellAll(f.Failed), Drawn: f.Drawn.Text, Zones: map[string]Zone{}, Analyses: newAnalyses(f.Analyses)}
	if f.Cloth != nil && f.Failed == nil {
		s.Drape = newDrape(&f.Drape)
		s.Drape.Opened = f.Opened
	}
	for _, z := range f.Zones {
		s.Zones[z.Name] = newZone(z)
	}
	for _, t := range f.TooSmall {
		s.TooSmall = append(s.TooSmall, TooSmall{
			Zone: t.Zone, Garment: cm(t.Garment), Body: cm(t.Body), Usable: number(100*t.Usable, 0.1), Lacks: cm(t.Lacks),
			Opens: t.Opens, Text: t.Text,
		})
	}
	return s
}

// inEnglish is an error in words; none is empty.
func inEnglish(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func newDrape(d *drape.Result) *Drape {
	return &Drape{
		Status: d.Status.String(), Reason: inEnglish(d.Reason), ReasonText: words.TellAll(d.Reason), Residual: number(d.Residual, 1e-6), Vertices: len(d.Pos),
		CPUMs: d.CPU.Seconds() * 1000, ElapsedMs: d.Wall.Seconds() * 1000,
		Penetrating: d.Penetrating, Crossings: d.Crossings,
	}
}

func newZone(z fit.Zone) Zone {
	j := Zone{
		Kind: "girth", Body: cm(z.Body), Garment: cm(z.Garment), Relaxed: cm(z.Relaxed), Worn: cm(z.Worn),
		Verdict: string(z.Verdict), Confidence: number(z.Confidence, 0.01), Reason: z.Reason, Notes: z.Notes, Text: z.Text,
	}
	if !math.IsNaN(z.Own) {
		j.OwnLine = &OwnLine{Relaxed: cm(z.Own), Worn: cm(z.OwnWorn), Off: cm(z.OwnOff), Uneven: cm(z.OwnUneven), Tension: number(z.OwnPull, 0.1)}
		if z.Bridged > 0 {
			j.OwnLine.Bridged = cm(z.Bridged)
		}
	}
	if !math.IsNaN(z.Relaxed) {
		j.Slack, j.Room, j.LeastGap = &z.Slack, cm(z.Room), number(1000*z.LeastGap, 0.1)
	}
	if z.Verdict == fit.Between {
		j.Between = []string{string(z.Pair[0]), string(z.Pair[1])}
	}
	if z.Length {
		j.Kind, j.Delta = "length", cm(z.Delta)
		return j
	}
	j.Ease, j.Design, j.X = cm(z.Ease), cm(z.Design), number(z.X, 0.001)
	if lo, hi := cm(z.EaseLow), cm(z.EaseHigh); lo != nil && hi != nil {
		j.Interval = &[2]float64{*lo, *hi}
	}
	j.StrainMax, j.Fill, j.Tension = number(100*z.StrainMax, 0.01), number(z.Fill, 0.001), number(z.Tension, 0.1)
	if mean, p95 := number(z.PressureMean/1000, 0.001), number(z.PressureP95/1000, 0.001); mean != nil || p95 != nil {
		j.Pressure = &Pressure{Mean: mean, P95: p95, Tissue: number(z.PressureTissue/1000, 0.001), Class: z.Pressure, Note: z.Note}
	}
	return j
}

// WriteReport writes report.json.
func WriteReport(w io.Writer, r Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
