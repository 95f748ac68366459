package spec

import (
	"math"

	"fitroom/garment/pattern"
)

// draftSkirt reads a skirt: A-line, pencil or circle.
func draftSkirt(t *table) (*pattern.Pattern, error) {
	shape := t.choice("shape", "a_line", "pencil", "circle")
	m := SkirtMeasures{
		Waist:      t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
		Hem:        t.measure(0.50, 10, "hem"),
		Length:     t.measure(0.15, 1.4, "skirt_length"),
		BandHeight: t.measure(0.01, 0.15, "band_height"),
	}
	// To the knee; to the middle of the thigh; to the calf.
	long := t.length(m.Length, "skirt_length", 0.60, 0.45, 0.85)
	m.Length = or(m.Length, long)
	if shape == "circle" {
		turn := map[string]float64{"full": 1, "three_quarter": 0.75, "half": 0.5, "quarter": 0.25}[t.choice("fullness", "half", "full", "three_quarter", "quarter")]
		if err := t.rest(); err != nil {
			return nil, err
		}
		return CircleSkirt(m, 2*math.Pi*turn)
	}
	m.Hip = t.measure(0.50, 4, "hip_girth")
	m.HipDepth = t.measure(0.08, 0.35, "hip_depth")
	// What is not given follows the fit: the hip over the waist.
	switch Fit(t.choice("fit", string(Regular), string(Slim), string(Loose))) {
	case Slim:
		m.Hip = or(m.Hip, m.Waist+0.21)
	case Loose:
		m.Hip = or(m.Hip, m.Waist+0.30)
	}
	o := SkirtOptions{NoDarts: t.choice("darts", "yes", "none") == "none", Pencil: shape == "pencil"}
	if err := t.rest(); err != nil {
		return nil, err
	}
	return Skirt(m, o)
}

// legTemplate reads the measures and options of trousers and drafts them.
func legTemplate(style func() legStyle) func(t *table) (*pattern.Pattern, error) {
	return func(t *table) (*pattern.Pattern, error) {
		s := style()
		m := TrouserMeasures{
			Waist:      t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
			Hip:        t.measure(0.50, 4, "hip_girth"),
			Thigh:      t.measure(0.28, 2, "thigh_girth"),
			Knee:       t.measure(0.18, 2, "knee_girth"),
			Hem:        t.measure(0.12, 2, "hem", "ankle_girth"),
			Inseam:     t.measure(0.05, 1.2, "inside_leg_height", "inseam"),
			Outseam:    t.measure(0.15, 1.5, "outseam"),
			Rise:       t.measure(0.12, 0.5, "rise"),
			BandHeight: t.measure(0.01, 0.15, "band_height"),
		}
		// Seven eighths and over the heel; of shorts well above it and to the knee.
		short, long := 0.85*s.inseam, 1.08*s.inseam
		if s.inseam < kneeLeast {
			short, long = 0.65*s.inseam, 1.6*s.inseam
		}
		given := m.Inseam
		if m.Outseam != 0 && m.Rise != 0 { // which say it too
			given = m.Outseam
		}
		s.inseam = t.length(given, "inside_leg_height", s.inseam, short, long)
		o := TrouserOptions{
			Fit:     Fit(t.choice("fit", string(Regular), string(Slim), string(Loose))),
			Elastic: t.choice("waistband", s.bands[0], s.bands[1]) == "elastic",
		}
		o.NoDarts = t.choice("darts", "yes", "none") == "none" || o.Elastic
		if s.thigh > 0 { // not on what is cut smaller than the body
			o.Pockets = t.choice("pockets", "none", "back") == "back"
		}
		if s.legs {
			o.Leg = Leg(t.choice("leg", string(Straight), string(Tapered), string(Flared)))
		}
		if err := t.rest(); err != nil {
			return nil, err
		}
		return draftTrousers(s, m, o)
	}
}
