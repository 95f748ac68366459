package body

// Population chooses the statistics and the mean shape.
type Population string

const (
	Women       Population = "women"
	Men         Population = "men"
	Unspecified Population = "unspecified"
)

// Key names a measurement, in the spelling of the JSON contract.
type Key string

const (
	Height          Key = "height"
	Weight          Key = "weight"
	NeckGirth       Key = "neck_girth"
	ChestGirth      Key = "chest_girth" // men
	BustGirth       Key = "bust_girth"  // women
	UnderbustGirth  Key = "underbust_girth"
	WaistGirth      Key = "waist_girth"       // ISO 8559-1 5.3.10: midway between lowest rib and iliac crest
	WaistNavelGirth Key = "waist_navel_girth" // at the navel
	HipGirth        Key = "hip_girth"
	UpperArmGirth   Key = "upper_arm_girth"
	WristGirth      Key = "wrist_girth"
	ThighGirth      Key = "thigh_girth"
	KneeGirth       Key = "knee_girth"
	CalfGirth       Key = "calf_girth"
	AnkleGirth      Key = "ankle_girth"
	Inseam          Key = "inside_leg_height"
	BackWaistLength Key = "back_neck_to_waist"
	ShoulderLength  Key = "shoulder_length"
	AcrossShoulder  Key = "across_back_shoulder_width"
	ArmLength       Key = "outer_arm_length"
	CrotchLength    Key = "total_crotch_length"
	CervicalHeight  Key = "cervical_height"
	AcromialHeight  Key = "acromial_height"
	KneeHeight      Key = "knee_height"
)

// Keys lists every measurement of the model, in the order of body tables.
func Keys() []Key {
	return []Key{
		Height, Weight, NeckGirth, ChestGirth, BustGirth, UnderbustGirth, WaistGirth, WaistNavelGirth,
		HipGirth, UpperArmGirth, WristGirth, ThighGirth, KneeGirth, CalfGirth, AnkleGirth, Inseam,
		BackWaistLength, ShoulderLength, AcrossShoulder, ArmLength, CrotchLength, CervicalHeight,
		AcromialHeight, KneeHeight,
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
