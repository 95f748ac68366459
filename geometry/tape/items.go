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
	via   []r3.Vec // the landmarks a length runs over
}

// Items is the table of measures, in the order of body tables. Clause numbers
// are those of the contents of ISO 8559-1:2017.
func Items() []Item {
	return []Item{
		{"height", "5.1.1", Up, "highest point of the head", heightOf(Top)},
		{"weight", "5.6.1", Mass, "enclosed volume x density", weight},

		{"head_girth", "", Round, "horizontal over the brow, where the head is fullest", head},
		{"neck_girth", "5.3.2", Round, "below the Adam's apple, square to the neck", neck},
		{"neck_base_girth", "5.3.3", Round, "over the side neck points, parallel to the neck girth", neckBase},
		{"chest_girth", "5.3.4", Round, "horizontal at the bust points, or under the arms where these are higher", roundAt((*ruler).chest)},
		{"bust_girth", "5.3.4", Round, "horizontal at the bust points, or under the arms where these are higher", roundAt((*ruler).chest)},
		{"underbust_girth", "5.3.8", Round, "horizontal at the fold below the breasts; without that mark 0.62 of the way from navel to bust point", roundAt((*ruler).underbust)},
		{"waist_girth", "5.3.10", Round, "horizontal, midway between lowest rib and iliac crest; without those marks a share of the way from navel to bust point", roundAt((*ruler).waist)},
		{"waist_navel_girth", "", Round, "horizontal at the navel", roundAt(heightAt(Navel))},
		{"hip_girth", "5.3.13", Round, "horizontal where the seat stands out most", roundAt((*ruler).seat)},
		{"upper_arm_girth", "5.3.16", Round, "0.52 of the way from shoulder to elbow joint, square to the arm", limb(ArmL, ShoulderJoint, ElbowJoint, upperArmAt)},
		{"elbow_girth", "", Round, "over the elbow joint, square to the arm", elbow},
		{"forearm_girth", "", Round, "0.18 of the way from elbow to wrist joint, square to the forearm", limb(ArmL, ElbowJoint, WristJoint, forearmAt)},
		{"wrist_girth", "5.3.19", Round, "at the wrist bone, square to the forearm", limb(ArmL, ElbowJoint, WristJoint, wristAt)},
		{"thigh_girth", "5.3.20", Round, "horizontal, 15 mm below the crotch", leg(Crotch, -thighDrop)},
		{"lower_thigh_girth", "", Round, "0.90 of the way from hip to knee joint, square to the thigh", limb(LegL, HipJoint, KneeJoint, lowerThighAt)},
		{"knee_girth", "5.3.22", Round, "horizontal at the middle of the kneecap", leg(KneeCap, 0)},
		{"calf_girth", "5.3.24", Round, "0.30 of the way from knee to ankle joint, square to the shin", limb(LegL, KneeJoint, AnkleJoint, calfAt)},
		{"ankle_girth", "5.3.25", Round, "0.92 of the way from knee to ankle joint, square to the shin: the least", limb(LegL, KneeJoint, AnkleJoint, ankleAt)},
		{"vertical_trunk_girth", "", Round, "over mid-shoulder and crotch, along the depth of the body", trunk},

		{"cervical_height", "", Up, "back neck point", heightOf(BackNeck)},
		{"acromial_height", "", Up, "shoulder point", heightOf(ShoulderPoint)},
		{"front_neck_height", "", Up, "front neck point", heightOf(FrontNeck)},
		{"armpit_height", "", Up, "armpit fold", heightOf(Underarm)},
		{"chest_height", "", Up, "bust point", heightOf(BustPoint)},
		{"waist_height", "", Up, "level of the waist girth", levelOf((*ruler).waist)},
		{"navel_height", "", Up, "navel", heightOf(Navel)},
		{"hip_height", "", Up, "level of the hip girth", levelOf((*ruler).seat)},
		{"inside_leg_height", "5.1.15", Up, "crotch", heightOf(Crotch)},
		{"knee_height", "", Up, "middle of the kneecap", heightOf(KneeCap)},
		{"ankle_height", "", Up, "outer ankle bone", heightOf(AnkleBone)},

		{"back_neck_to_waist", "5.4.5", Along, "down the middle of the back to the waist level", backWaist},
		{"shoulder_length", "", Along, "side neck point to shoulder point", shoulder},
		{"shoulder_width", "", Along, "straight from shoulder point to shoulder point", shoulderWidth},
		{"across_back_shoulder_width", "5.4.2", Along, "shoulder point to shoulder point over the back", acrossShoulders},
		{"across_back_width", "", Along, "over the back from the crease of one arm to that of the other, level", acrossBack},
		{"outer_arm_length", "5.7.8", Along, "shoulder point over the elbow to the wrist bone", overArm(ShoulderPoint, Elbow, WristBone)},
		{"upper_arm_length", "", Along, "shoulder point to elbow", overArm(ShoulderPoint, Elbow)},
		{"back_neck_to_wrist", "5.4.17", Along, "back neck point over shoulder point and elbow to the wrist bone", sleeve},
		{"total_crotch_length", "5.4.18", Along, "waist in front through the crotch to the waist behind", crotch},
		{"back_crotch_length", "", Along, "waist behind to the crotch", backCrotch},
	}
}

func weight(r *ruler) taken {
	d := r.Density
	if d == 0 {
		d = DefaultDensity
	}
	return taken{value: r.Mesh.Volume() * d}
}
