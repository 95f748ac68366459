package spec

import (
	"fmt"
	"strings"

	"fitroom/garment/pattern"
)

// Templates names the templates that Draft knows.
func Templates() []string { return []string{"tee", "skirt", "trousers"} }

// Draft draws a template from a table of finished measures [m, full round]
// under the keys of the command-line contract, and from options. It refuses
// measures and options the template has no use for, so that a table is either
// met or refused, never met in part. The result is validated.
func Draft(template string, pom map[string]float64, options map[string]string) (*pattern.Pattern, error) {
	t := newTable(template, pom, options)
	switch template {
	case "tee":
		m, o := teeTable(t)
		if err := t.rest(); err != nil {
			return nil, err
		}
		return Tee(m, o)
	case "skirt":
		m, o := skirtTable(t)
		if err := t.rest(); err != nil {
			return nil, err
		}
		return Skirt(m, o)
	case "trousers":
		m, o := trouserTable(t)
		if err := t.rest(); err != nil {
			return nil, err
		}
		return Trousers(m, o)
	}
	return nil, fmt.Errorf("spec: there is no template %q; there are %s", template, strings.Join(Templates(), ", "))
}

// teeTable reads the tee's measures. A tee ends at the hip: its hip girth is
// the sweep of its hem. Chest and bust are one tape position.
func teeTable(t *table) (TeeMeasures, TeeOptions) {
	m := TeeMeasures{
		Chest:         t.measure(0.50, 2.4, "chest_girth", "bust_girth"),
		Waist:         t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
		Hem:           t.measure(0.50, 4, "hem", "hip_girth"),
		BodyLength:    t.measure(0.25, 1.7, "body_length"),
		WaistLevel:    t.measure(0.20, 0.7, "back_neck_to_waist"),
		NeckGirth:     t.measure(0.25, 1.2, "neck_girth"),
		NeckWidth:     t.measure(0.08, 0.6, "neck_width"),
		FrontNeckDrop: t.measure(0.03, 0.6, "front_neck_drop"),
		BackNeckDrop:  t.measure(0.005, 0.4, "back_neck_drop"),
		AcrossShlder:  t.measure(0.20, 0.9, "across_back_shoulder_width"),
		ShoulderLen:   t.measure(0.04, 0.3, "shoulder_length"),
		ArmscyeDepth:  t.measure(0.12, 0.6, "armscye_depth"),
		UpperArm:      t.measure(0.15, 1.2, "upper_arm_girth"),
		SleeveLength:  t.measure(0.03, 1.0, "sleeve_length"),
		SleeveHem:     t.measure(0.10, 1.2, "sleeve_hem", "wrist_girth"),
	}
	o := TeeOptions{
		VNeck:      t.choice("neck", "crew", "v") == "v",
		LongSleeve: t.choice("sleeve", "short", "long") == "long",
		NeckRib:    t.choice("neck_rib", "no", "yes") == "yes",
		CapEase:    t.number("cap_ease_pct", 1, 0.1, 6) / 100,
		SlopeDeg:   t.number("shoulder_slope_deg", 20, 5, 35),
	}
	if _, given := t.pom["wrist_girth"]; given && !o.LongSleeve {
		t.fault("wrist_girth is given but the sleeve is short; set the option sleeve to long, or give sleeve_hem")
	}
	return m, o
}

func skirtTable(t *table) (SkirtMeasures, SkirtOptions) {
	m := SkirtMeasures{
		Waist:      t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
		Hip:        t.measure(0.50, 4, "hip_girth"),
		Hem:        t.measure(0.50, 10, "hem"),
		Length:     t.measure(0.15, 1.4, "skirt_length"),
		HipDepth:   t.measure(0.08, 0.35, "hip_depth"),
		BandHeight: t.measure(0.01, 0.15, "band_height"),
	}
	return m, SkirtOptions{NoDarts: t.choice("darts", "yes", "none") == "none"}
}

func trouserTable(t *table) (TrouserMeasures, TrouserOptions) {
	m := TrouserMeasures{
		Waist:      t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
		Hip:        t.measure(0.50, 4, "hip_girth"),
		Thigh:      t.measure(0.30, 2, "thigh_girth"),
		Knee:       t.measure(0.20, 2, "knee_girth"),
		Hem:        t.measure(0.15, 2, "hem", "ankle_girth"),
		Inseam:     t.measure(0.05, 1.2, "inside_leg_height", "inseam"),
		Outseam:    t.measure(0.15, 1.5, "outseam"),
		Rise:       t.measure(0.12, 0.5, "rise"),
		BandHeight: t.measure(0.01, 0.15, "band_height"),
	}
	return m, TrouserOptions{NoDarts: t.choice("darts", "yes", "none") == "none"}
}
