package spec

import "fitroom/garment/pattern"

// topKind is a template for the upper body: its style, and the options it
// takes where they are not those of the tee.
type topKind struct {
	style   topStyle
	necks   []string // first the standard one
	sleeves []string
	rib     bool   // takes a neck rib
	yoke    bool   // takes a yoke, and has one where nothing is said
	pocket  Pocket // that it may have; empty: none
}

var allNecks = [...]string{string(Crew), string(VNeck), string(Scoop), string(Boat)}

func teeTop() topKind {
	return topKind{style: teeStyle(), necks: allNecks[:], sleeves: sleeves(ShortSleeve), rib: true, pocket: ChestPocket}
}

// tankTop has straps for shoulders and is cut out deeply all round.
func tankTop() topKind {
	s := teeStyle()
	s.name, s.strap = "tank", 0.044
	s.neckWidth, s.neckPerChest, s.frontDrop, s.backDrop = 0.055, 0.085, 0.015, 0.05
	s.deeper = 0.004
	return topKind{style: s, necks: []string{string(Scoop), string(Crew), string(VNeck)}, sleeves: []string{string(NoSleeve)}}
}

// poloTop has a short placket and a turned collar on a neck narrower than a
// tee's.
func poloTop() topKind {
	s := teeStyle()
	s.name, s.opening, s.collar = "polo", slit, turnedCollar
	s.neckWidth, s.neckPerChest, s.frontDrop = 0.090, 0.072, 0.005
	return topKind{style: s, necks: []string{string(Crew)}, sleeves: sleeves(ShortSleeve)}
}

// shirtTop buttons down the front; its neck is that of the wearer.
func shirtTop() topKind {
	s := teeStyle()
	s.name, s.opening, s.collar, s.cuff = "shirt", buttoned, turnedCollar, 0.060
	s.neckWidth, s.neckPerChest = 0.084, 0.070
	s.length, s.deeper = 0.50, 0.005
	return topKind{style: s, necks: []string{string(Crew)}, sleeves: sleeves(LongSleeve), yoke: true, pocket: ChestPocket}
}

// hoodyTop is loose, with a hood in two panels and ribs at hem and wrist.
func hoodyTop() topKind {
	s := teeStyle()
	s.name, s.collar, s.cuff, s.hemBand, s.rib = "hoody", hooded, 0.060, 0.060, true
	s.neckWidth, s.frontDrop, s.deeper, s.flare = 0.080, 0.005, 0.02, 0.82
	return topKind{style: s, necks: []string{string(Crew)}, sleeves: []string{string(LongSleeve)}, pocket: KangarooPocket}
}

// topTemplate reads the measures and options of a top and drafts it.
func topTemplate(kind func() topKind) func(t *table) (*pattern.Pattern, error) {
	return func(t *table) (*pattern.Pattern, error) {
		k := kind()
		m := topMeasures(t, k.style)
		k.style.length += t.length(max(m.BodyLength, m.HPSLength), "body_length", 0, -0.10, 0.10) // bares the waistband; covers the seat
		o := topOptions(t, k)
		if o.Sleeve != LongSleeve && k.style.cuff > 0 {
			k.style.cuff = 0 // short sleeves end in a hem
		}
		if err := t.rest(); err != nil {
			return nil, err
		}
		return draftTop(k.style, m, o)
	}
}

// topMeasures reads a top's measures. A top ends at the hip: its hip girth is
// the sweep of its hem. Chest and bust are one tape position.
func topMeasures(t *table, s topStyle) TopMeasures {
	m := TopMeasures{
		Chest:         t.measure(0.50, 2.4, "chest_girth", "bust_girth"),
		ChestLow:      t.measure(0.50, 2.4, "chest_low_girth"),
		Waist:         t.measure(0.42, 2.4, "waist_girth", "waist_navel_girth"),
		BodyLength:    t.measure(0.25, 1.7, "body_length"),
		HPSLength:     t.measure(0.25, 1.8, "hps_length"),
		WaistLevel:    t.measure(0.20, 0.7, "back_neck_to_waist"),
		NeckGirth:     t.measure(0.25, 1.2, "neck_girth"),
		NeckWidth:     t.measure(0.08, 0.6, "neck_width"),
		FrontNeckDrop: t.measure(0.03, 0.6, "front_neck_drop"),
		BackNeckDrop:  t.measure(0.005, 0.4, "back_neck_drop"),
		AcrossShlder:  t.measure(0.14, 0.9, "across_back_shoulder_width"),
		ShoulderLen:   t.measure(0.03, 0.3, "shoulder_length"),
		ArmscyeDepth:  t.measure(0.12, 0.6, "armscye_depth"),
	}
	if s.bodice == nil {
		m.Hem = t.measure(0.50, 6, "hem", "hip_girth")
	}
	if s.strap == 0 {
		m.UpperArm = t.measure(0.15, 1.2, "upper_arm_girth")
		m.SleeveLength = t.measure(0.03, 1.0, "sleeve_length")
		m.SleeveHem = t.measure(0.10, 1.2, "sleeve_hem", "wrist_girth")
	}
	switch s.collar {
	case turnedCollar:
		m.CollarHeight = t.measure(0.02, 0.12, "collar_height")
	case hooded:
		m.HoodHeight = t.measure(0.25, 0.50, "hood_height")
		m.HoodDepth = t.measure(0.15, 0.40, "hood_depth")
	}
	return m
}

func topOptions(t *table, k topKind) TopOptions {
	o := TopOptions{
		Neck:     Neck(t.choice("neck", k.necks...)),
		Sleeve:   Sleeve(t.choice("sleeve", k.sleeves...)),
		Fit:      Fit(t.choice("fit", string(Regular), string(Slim), string(Loose))),
		SlopeDeg: t.number("shoulder_slope_deg", 20, 5, 35),
		BustDart: t.number("bust_dart_cm", 0, 0, 6) / 100,
	}
	if o.BustDart != 0 && o.BustDart < dartLeast {
		t.fault("option bust_dart_cm is %g; a dart under %.1f cm cannot be sewn", 100*o.BustDart, 100*dartLeast)
	}
	if k.rib {
		o.NeckRib = t.choice("neck_rib", "no", "yes") == "yes"
	}
	if k.style.opening != folded {
		o.RightOver = t.choice("buttons", "left_over_right", "right_over_left") == "right_over_left"
	}
	if k.rib || k.style.rib {
		o.RibCloth = t.choice("ribs", "main", RibMaterial) == RibMaterial
	}
	if k.yoke {
		o.Yoke = t.choice("yoke", "yes", "no") == "yes"
	}
	if k.pocket != "" {
		o.Pocket = Pocket(t.choice("pocket", string(NoPocket), string(k.pocket)))
	}
	if k.style.strap == 0 {
		o.CapEase = t.number("cap_ease_pct", 1, 0.1, 6) / 100
	}
	_, wrist := t.pom["wrist_girth"]
	if wrist && o.Sleeve != LongSleeve {
		t.fault("wrist_girth is given but the sleeve is %s; set the option sleeve to long, or give sleeve_hem", o.Sleeve)
	}
	if _, given := t.pom["upper_arm_girth"]; given && o.Sleeve == CapSleeve {
		t.fault("upper_arm_girth is given but a cap sleeve does not go round the arm")
	}
	for _, key := range [...]string{"upper_arm_girth", "sleeve_length", "sleeve_hem"} {
		if _, given := t.pom[key]; given && o.Sleeve == NoSleeve && k.style.strap == 0 {
			t.fault("%s is given but the option sleeve is none", key)
		}
	}
	return o
}

// draftDress reads a dress: a sheath with a waist seam, or an A-line that hangs
// from the bust.
func draftDress(t *table) (*pattern.Pattern, error) {
	sheath := t.choice("shape", "sheath", "a_line") == "sheath"
	style := lineStyle()
	if sheath {
		style = sheathStyle()
	}
	m := DressMeasures{TopMeasures: topMeasures(t, style)}
	style.length += t.length(max(m.BodyLength, m.HPSLength), "body_length", 0, -0.12, 0.25) // to the thigh; to the calf
	if sheath {
		m.Hip = t.measure(0.50, 4, "hip_girth")
		m.Hem = t.measure(0.50, 6, "hem")
		m.HipDepth = t.measure(0.08, 0.35, "hip_depth")
	}
	o := topOptions(t, topKind{style: style, necks: []string{string(Scoop), string(Crew), string(VNeck), string(Boat)}, sleeves: sleeves(NoSleeve)})
	if _, given := t.options["bust_dart_cm"]; !given {
		o.BustDart = bustDart
	}
	if err := t.rest(); err != nil {
		return nil, err
	}
	if sheath {
		return draftSheath(style, m, o)
	}
	return draftTop(style, m.TopMeasures, o)
}

// bustDart is the dart of a dress for a B to C cup where none is asked for [m].
const bustDart = 0.025
