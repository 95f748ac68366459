package body

import (
	"fmt"

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

// Judged is what the public tape says of one measure of a body.
type Judged struct {
	Key Key
	// Tape is the measure by the model's own definition [m, kg]: for the
	// lengths that the model takes straight from landmark to landmark, the
	// straight line.
	Tape float64
	// Skin is the measure as ISO 8559-1 has it, with the tape on the skin. It
	// differs from Tape for those lengths only.
	Skin float64
}

// straight tells the lengths that the model takes from landmark to landmark,
// through the air or the flesh.
func straight(k Key) bool {
	switch k {
	case ShoulderLength, AcrossShoulder, ArmLength, UpperArmLength, BackNeckToWrist:
		return true
	}
	return false
}

// Judge measures the body with the public tape, in the order of Keys.
func (b *Body) Judge() ([]Judged, error) {
	by := map[string]tape.Reading{}
	for _, r := range b.Tape().Measure() {
		by[r.Key] = r
	}
	var out []Judged
	for _, k := range Keys() {
		r, ok := by[string(k)]
		if !ok {
			return nil, fmt.Errorf("body: the public tape does not know %s", k)
		}
		if r.Err != nil {
			return nil, fmt.Errorf("body: %w", r.Err)
		}
		j := Judged{Key: k, Tape: r.Value, Skin: r.Value}
		if straight(k) {
			j.Tape = r.Straight
		}
		out = append(out, j)
	}
	return out, nil
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
