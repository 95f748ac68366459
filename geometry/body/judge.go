package body

import (
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/spatial/r3"
)

// Tape hands the body to the public tape, which measures it independently of
// the fit: only landmarks and joint centres pass, no level and no plane.
func (b *Body) Tape() *tape.Subject {
	l, j := &b.Landmarks, &b.Joints
	return &tape.Subject{
		Mesh: b.Mesh, Region: regions(b.Part),
		Marks: map[tape.Mark]r3.Vec{
			tape.BackNeck: l[BackNeck], tape.FrontNeck: l[FrontNeck], tape.SideNeck: l[SideNeckL],
			tape.Throat: l[Throat], tape.Nape: l[Nape],
			tape.ShoulderPoint: l[ShoulderPointL], tape.ShoulderPointR: l[ShoulderPointR],
			tape.Underarm: l[UnderarmL], tape.UnderarmR: l[UnderarmR],
			tape.BustPoint: l[BustPointL], tape.Navel: l[Navel], tape.Waist: l[WaistBack], tape.Crotch: l[Crotch],
			tape.Elbow: l[ElbowPointL], tape.KneeCap: l[KneeCapL], tape.AnkleBone: l[AnkleBoneL],
			tape.WristBone: l[WristBoneL], tape.WristBoneR: l[WristBoneR], tape.Top: l[Top],
			tape.ArmFold: l[ArmFoldL], tape.ArmFoldR: l[ArmFoldR],
			tape.ShoulderJoint: j[ShoulderL], tape.ElbowJoint: j[ElbowL], tape.WristJoint: j[WristL],
			tape.HipJoint: j[HipL], tape.KneeJoint: j[KneeL], tape.AnkleJoint: j[AnkleL], tape.HeadJoint: j[HeadBase],
		},
	}
}

// regions tells a tape's regions from parts.
func regions(parts []Part) []tape.Region {
	of := [NumParts]tape.Region{
		Torso: tape.Trunk, Neck: tape.Head, Head: tape.Head,
		UpperArmL: tape.ArmL, ForearmL: tape.ArmL, HandL: tape.ArmL,
		UpperArmR: tape.ArmR, ForearmR: tape.ArmR, HandR: tape.ArmR,
		ThighL: tape.LegL, ShinL: tape.LegL, FootL: tape.LegL,
		ThighR: tape.LegR, ShinR: tape.LegR, FootR: tape.LegR,
	}
	out := make([]tape.Region, len(parts))
	for i, p := range parts {
		out[i] = of[p]
	}
	return out
}

// waistAt is the public tape's own figure for the waist level of a population.
func waistAt(p Population) float64 {
	switch p {
	case Women:
		return tape.WomensWaist
	case Men:
		return tape.MensWaist
	}
	return tape.DefaultWaist
}
