package tape

// Mark names a landmark, in the spelling of a landmarks file. L is the body's
// left; the marks in the middle have no side. Right marks may be left out: they
// are then the mirror images of the left ones, moved to the nearest skin.
type Mark string

// Landmarks on the skin, with the clause of ISO 8559-1 where it has one.
const (
	BackNeck      Mark = "back_neck"        // 3.1.6: 7th cervical vertebra
	FrontNeck     Mark = "front_neck"       // suprasternal notch
	SideNeck      Mark = "side_neck_l"      // where the neck meets the shoulder
	Throat        Mark = "throat"           // just below the Adam's apple
	Nape          Mark = "nape"             // behind the throat, on the neck's back
	ShoulderPoint Mark = "shoulder_point_l" // 3.1.1: acromion
	Underarm      Mark = "underarm_l"       // armpit fold
	UnderarmR     Mark = "underarm_r"
	BustPoint     Mark = "bust_point_l"
	Navel         Mark = "navel"
	LowestRib     Mark = "lowest_rib"  // with IliacCrest: the waist by the letter of the standard
	IliacCrest    Mark = "iliac_crest" //
	Waist         Mark = "waist"       // any point at the waist level, instead of the two above
	Underbust     Mark = "underbust"   // any point at the fold below the breasts
	Crotch        Mark = "crotch"
	KneeCap       Mark = "knee_cap_l"   // 3.1.17: centre of the patella
	AnkleBone     Mark = "ankle_bone_l" // outer malleolus
	Elbow         Mark = "elbow_l"      // outer side of the elbow
	ArmFold       Mark = "arm_fold_l"   // crease of the arm at the back, a third of the way from armpit to shoulder point
	WristBone     Mark = "wrist_bone_l" // ulnar styloid
	Top           Mark = "top"          // crown; found as the highest point if absent

	ShoulderPointR Mark = "shoulder_point_r"
	WristBoneR     Mark = "wrist_bone_r"
	ArmFoldR       Mark = "arm_fold_r"
	Brow           Mark = "brow" // the level of the head's largest girth
)

// Joint centres: optional, found from sections at the skin marks if absent.
const (
	ShoulderJoint Mark = "shoulder_joint_l"
	ElbowJoint    Mark = "elbow_joint_l"
	WristJoint    Mark = "wrist_joint_l"
	HipJoint      Mark = "hip_joint_l"
	KneeJoint     Mark = "knee_joint_l"
	AnkleJoint    Mark = "ankle_joint_l"
	HeadJoint     Mark = "head_joint" // between head and neck
)

// Required are the landmarks without which a body cannot even be told into
// trunk and limbs.
func Required() []Mark {
	return []Mark{BackNeck, Navel, Crotch, BustPoint, ShoulderPoint, Underarm}
}

// Known lists every landmark a file may name.
func Known() []Mark {
	return []Mark{
		BackNeck, FrontNeck, SideNeck, Throat, Nape, ShoulderPoint, ShoulderPointR, Underarm, UnderarmR,
		ArmFold, ArmFoldR, BustPoint, Navel, LowestRib, IliacCrest, Waist, Underbust, Crotch, KneeCap, AnkleBone,
		Elbow, WristBone, WristBoneR, Brow, Top,
		ShoulderJoint, ElbowJoint, WristJoint, HipJoint, KneeJoint, AnkleJoint, HeadJoint,
	}
}
