package tape

import "gonum.org/v1/gonum/spatial/r3"

// Kind says how a value came about.
type Kind string

const (
	Round Kind = "girth"  // closed tape [m]
	Along Kind = "length" // tape between points, over the skin [m]
	Up    Kind = "height" // straight up from the floor [m]
	Mass  Kind = "weight" // [kg]
)

// Item is a row of the table of measures.
type Item struct {
	Key    string // as in body.json
	Clause string // of ISO 8559-1:2017; empty where the standard has none or we could not check its number
	Kind   Kind
	Rule   string // where the tape lies

	take func(r *ruler) taken
}

// taken is a tape laid once.
type taken struct {
	value float64  // for Up and Mass; else the length of line
	line  []r3.Vec // where the tape lies, from end to end; closed for a girth
	plane *Plane   // of a girth
	level *r3.Vec  // the point a height is taken at
}

// Items is the table of measures, in the order of body tables. Clause numbers
// are those of the contents of ISO 8559-1:2017.
func Items() []Item {
	return []Item{
		{"height", "5.1.1", Up, "highest point of the head", heightOf(Top)},
		{"weight", "5.6.1", Mass, "enclosed volume x density", weight},
		{"neck_girth", "5.3.2", Round, "below the Adam's apple, square to the neck", neck},
		{"chest_girth", "5.3.4", Round, "horizontal at the bust points", roundAt(func(r *ruler) float64 { return r.at(BustPoint).Y })},
		{"bust_girth", "5.3.4", Round, "horizontal at the bust points", roundAt(func(r *ruler) float64 { return r.at(BustPoint).Y })},
		{"underbust_girth", "5.3.8", Round, "horizontal at the fold below the breasts; without that mark 0.62 of the way from navel to bust point", roundAt((*ruler).underbust)},
		{"waist_girth", "5.3.10", Round, "horizontal, midway between lowest rib and iliac crest; without those marks a share of the way from navel to bust point", roundAt((*ruler).waist)},
		{"waist_navel_girth", "", Round, "horizontal at the navel", roundAt(func(r *ruler) float64 { return r.at(Navel).Y })},
		{"hip_girth", "5.3.13", Round, "horizontal where the seat stands out most", roundAt((*ruler).seat)},
		{"upper_arm_girth", "5.3.16", Round, "midway from shoulder to elbow, square to the arm", limb(ArmL, ShoulderJoint, ElbowJoint, upperArmAt)},
		{"wrist_girth", "5.3.19", Round, "at the wrist bone, square to the forearm", limb(ArmL, ElbowJoint, WristJoint, wristAt)},
		{"thigh_girth", "5.3.20", Round, "horizontal, 15 mm below the crotch", leg(Crotch, -thighDrop)},
		{"knee_girth", "5.3.22", Round, "horizontal at the middle of the kneecap", leg(KneeCap, 0)},
		{"calf_girth", "5.3.24", Round, "0.30 of the way from knee to ankle, square to the shin", limb(LegL, KneeJoint, AnkleJoint, calfAt)},
		{"ankle_girth", "5.3.25", Round, "0.92 of the way from knee to ankle, square to the shin", limb(LegL, KneeJoint, AnkleJoint, ankleAt)},
		{"inside_leg_height", "5.1.15", Up, "crotch", heightOf(Crotch)},
		{"back_neck_to_waist", "5.4.5", Along, "down the middle of the back to the waist level", backWaist},
		{"shoulder_length", "", Along, "side neck point to shoulder point", shoulder},
		{"across_back_shoulder_width", "5.4.2", Along, "shoulder point to shoulder point over the back", acrossBack},
		{"outer_arm_length", "5.7.8", Along, "shoulder point over the elbow to the wrist", arm},
		{"total_crotch_length", "5.4.18", Along, "waist in front through the crotch to the waist behind", crotch},
		{"cervical_height", "", Up, "back neck point", heightOf(BackNeck)},
		{"acromial_height", "", Up, "shoulder point", heightOf(ShoulderPoint)},
		{"knee_height", "", Up, "middle of the kneecap", heightOf(KneeCap)},
	}
}

func heightOf(m Mark) func(*ruler) taken {
	return func(r *ruler) taken {
		p := r.at(m)
		return taken{value: p.Y - r.floor.Y, level: &p}
	}
}

func weight(r *ruler) taken {
	d := r.Density
	if d == 0 {
		d = DefaultDensity
	}
	return taken{value: r.Mesh.Volume() * d}
}

func neck(r *ruler) taken {
	p := leaning(r.at(Throat), r.at(Nape))
	return taken{line: r.roundHead(p), plane: &p}
}

// roundAt is a horizontal tape round the trunk.
func roundAt(level func(*ruler) float64) func(*ruler) taken {
	return func(r *ruler) taken {
		p := horizontal(level(r))
		return taken{line: r.roundTrunk(p), plane: &p}
	}
}

// limb is a tape square to the line between two joints.
func limb(part Region, from, to Mark, at float64) func(*ruler) taken {
	return func(r *ruler) taken {
		p := across(r.at(from), r.at(to), at)
		return taken{line: r.roundLimb(p, part), plane: &p}
	}
}

// leg is a horizontal tape round the left leg, off a mark's height.
func leg(m Mark, off float64) func(*ruler) taken {
	return func(r *ruler) taken {
		y := r.at(m).Y + off
		knee := r.at(KneeCap)
		p := Plane{r3.Vec{X: knee.X, Y: y, Z: knee.Z}, r3.Vec{Y: 1}}
		return taken{line: r.roundLimb(p, LegL), plane: &p}
	}
}

var (
	backward = r3.Vec{Z: -1}
	upward   = r3.Vec{Y: 1}
	downward = r3.Vec{Y: -1}
)

func backWaist(r *ruler) taken {
	return taken{line: r.over(r.at(BackNeck), r.backAt(r.waist()), backward, notHead)}
}

func crotch(r *ruler) taken {
	y := r.waist()
	return taken{line: r.under(r.frontAt(y), r.backAt(y), downward, onlyTrunk)}
}

func shoulder(r *ruler) taken {
	return taken{line: r.over(r.at(SideNeck), r.at(ShoulderPoint), upward, notHead)}
}

// acrossBack leans the tape's plane over the back's middle, halfway up from the
// shoulder points to the back neck point.
func acrossBack(r *ruler) taken {
	a, b := r.at(ShoulderPoint), r.at(ShoulderPointR)
	mid := r.backAt((a.Y + r.at(BackNeck).Y) / 2)
	return taken{line: r.over(a, b, r3.Sub(mid, r3.Scale(0.5, r3.Add(a, b))), notHead)}
}

func arm(r *ruler) taken {
	return taken{line: []r3.Vec{r.at(ShoulderPoint), r.at(ElbowJoint), r.at(WristJoint)}}
}
