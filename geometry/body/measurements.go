package body

// Population chooses the statistics and the mean shape.
type Population string

const (
	Women       Population = "women"
	Men         Population = "men"
	Unspecified Population = "unspecified"
)

// Key names a measurement, in the spelling of the JSON contract. Numbers are
// clauses of ISO 8559-1:2017; every girth is that of a tight tape, the hull of
// its section.
type Key string

const (
	Height Key = "height" // 5.1.1, floor to crown
	Weight Key = "weight" // 5.6.1

	// Round the head, the trunk and the limbs. Level says on a body in which
	// plane each lies.
	HeadGirth       Key = "head_girth"      // the largest above the brows
	NeckGirth       Key = "neck_girth"      // 5.3.2, below the larynx
	NeckBaseGirth   Key = "neck_base_girth" // over the side neck points, parallel to the plane of neck_girth: through the front neck point it would meet the shoulders of many
	ChestGirth      Key = "chest_girth"     // 5.3.4, men, over the breast points
	BustGirth       Key = "bust_girth"      // 5.3.4, women
	UnderbustGirth  Key = "underbust_girth"
	WaistGirth      Key = "waist_girth"       // 5.3.10: midway between lowest rib and iliac crest, at waist_height
	WaistNavelGirth Key = "waist_navel_girth" // at the navel, where ANSUR II and many shops take it
	HipGirth        Key = "hip_girth"         // 5.3.13, at the most prominent point of the seat
	UpperArmGirth   Key = "upper_arm_girth"   // 5.3.16, relaxed, over the biceps
	ElbowGirth      Key = "elbow_girth"       // arm straight
	ForearmGirth    Key = "forearm_girth"     // relaxed, the largest below the elbow
	WristGirth      Key = "wrist_girth"       // over the wrist bone
	ThighGirth      Key = "thigh_girth"       // just below the crotch
	LowerThighGirth Key = "lower_thigh_girth" // above the knee cap, a tenth of the thigh above the knee joint
	KneeGirth       Key = "knee_girth"        // over the middle of the knee cap
	CalfGirth       Key = "calf_girth"
	AnkleGirth      Key = "ankle_girth"          // the least above the ankle bone
	TrunkGirth      Key = "vertical_trunk_girth" // in the plane over mid-shoulder and crotch, along the depth of the body

	// Heights over the floor.
	CervicalHeight  Key = "cervical_height"   // back neck point
	AcromialHeight  Key = "acromial_height"   // shoulder point
	FrontNeckHeight Key = "front_neck_height" // front neck point, the notch over the breastbone
	ArmpitHeight    Key = "armpit_height"     // fold of the armpit
	ChestHeight     Key = "chest_height"      // bust point
	WaistHeight     Key = "waist_height"      // level of waist_girth
	NavelHeight     Key = "navel_height"      // level of waist_navel_girth
	HipHeight       Key = "hip_height"        // level of hip_girth
	Inseam          Key = "inside_leg_height" // 5.1.15, crotch
	KneeHeight      Key = "knee_height"       // middle of the knee cap
	AnkleHeight     Key = "ankle_height"      // outer ankle bone

	// Lengths and widths over the body.
	BackWaistLength Key = "back_neck_to_waist"         // back neck point down the spine to waist_height, hollows bridged
	ShoulderLength  Key = "shoulder_length"            // side neck point to shoulder point
	ShoulderWidth   Key = "shoulder_width"             // straight from shoulder point to shoulder point
	AcrossShoulder  Key = "across_back_shoulder_width" // between them over the back
	AcrossBackWidth Key = "across_back_width"          // over the back between the creases of the arms
	ArmLength       Key = "outer_arm_length"           // shoulder point over the elbow to the wrist bone
	UpperArmLength  Key = "upper_arm_length"           // shoulder point to elbow
	BackNeckToWrist Key = "back_neck_to_wrist"         // back neck point over shoulder point and elbow to the wrist bone
	CrotchLength    Key = "total_crotch_length"        // waist_height in front through the crotch to waist_height behind
)

// Keys lists every measurement of the model, in the order of body tables.
func Keys() []Key {
	return []Key{
		Height, Weight,
		HeadGirth, NeckGirth, NeckBaseGirth, ChestGirth, BustGirth, UnderbustGirth, WaistGirth, WaistNavelGirth,
		HipGirth, UpperArmGirth, ElbowGirth, ForearmGirth, WristGirth, ThighGirth, LowerThighGirth, KneeGirth,
		CalfGirth, AnkleGirth, TrunkGirth,
		CervicalHeight, AcromialHeight, FrontNeckHeight, ArmpitHeight, ChestHeight, WaistHeight, NavelHeight,
		HipHeight, Inseam, KneeHeight, AnkleHeight,
		BackWaistLength, ShoulderLength, ShoulderWidth, AcrossShoulder, AcrossBackWidth, ArmLength, UpperArmLength,
		BackNeckToWrist, CrotchLength,
	}
}

// Method says how a value was taken; it sets its measuring error.
type Method string

const (
	TapeTrained Method = "tape_trained"
	TapeSelf    Method = "tape_self" // the default
	Scan        Method = "scan"
	EstimatedBy Method = "estimated"
)

// Measurement is one given value.
type Measurement struct {
	Value  float64 // [m] or [kg]
	Sigma  float64 // standard deviation of the measuring error; 0 means the method's [m] or [kg]
	Method Method  // empty means TapeSelf
	// Confirmed says the customer was asked about a value that does not go
	// with the others, and stands by it.
	Confirmed bool
}

// Measurements is what a person knows of themselves.
type Measurements struct {
	Population Population
	Values     map[Key]Measurement
	// OverClothes says the tape ran over clothes: girths are too large by an
	// unknown amount, so the body is flagged.
	OverClothes bool
}
