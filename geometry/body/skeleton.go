package body

import (
	"gonum.org/v1/gonum/spatial/r3"
)

// Bone names a rigid piece of the skeleton; L is the body's left.
type Bone uint8

const (
	PelvisBone Bone = iota
	LoinBone
	WaistBone
	ChestBone
	NeckBone
	HeadBone
	CollarL
	CollarR
	UpperArmBoneL
	UpperArmBoneR
	ForearmBoneL
	ForearmBoneR
	HandBoneL
	HandBoneR
	ThighBoneL
	ThighBoneR
	ShinBoneL
	ShinBoneR
	FootBoneL
	FootBoneR
	NumBones
)

// Link says where a bone turns and on which bone it sits. The pelvis sits on
// itself.
type Link struct {
	Parent Bone
	Turns  Joint // the joint about which it turns
}

// Skeleton lists the links of all bones, in the order of Bone; parents come
// before children.
func Skeleton() [NumBones]Link {
	return [NumBones]Link{
		PelvisBone:    {PelvisBone, Pelvis},
		LoinBone:      {PelvisBone, SpineLow},
		WaistBone:     {LoinBone, SpineMid},
		ChestBone:     {WaistBone, SpineHigh},
		NeckBone:      {ChestBone, NeckBase},
		HeadBone:      {NeckBone, HeadBase},
		CollarL:       {ChestBone, NeckBase},
		CollarR:       {ChestBone, NeckBase},
		UpperArmBoneL: {CollarL, ShoulderL},
		UpperArmBoneR: {CollarR, ShoulderR},
		ForearmBoneL:  {UpperArmBoneL, ElbowL},
		ForearmBoneR:  {UpperArmBoneR, ElbowR},
		HandBoneL:     {ForearmBoneL, WristL},
		HandBoneR:     {ForearmBoneR, WristR},
		ThighBoneL:    {PelvisBone, HipL},
		ThighBoneR:    {PelvisBone, HipR},
		ShinBoneL:     {ThighBoneL, KneeL},
		ShinBoneR:     {ThighBoneR, KneeR},
		FootBoneL:     {ShinBoneL, AnkleL},
		FootBoneR:     {ShinBoneR, AnkleR},
	}
}

// Half widths of the blend at a joint, along the limb [m].
const (
	elbowBlend = 0.055
	wristBlend = 0.030
	kneeBlend  = 0.070
	ankleBlend = 0.045
	spineBlend = 0.060
)

// skin says how much of a bone's turn the skin takes part in: for each bone
// the share of a row in that bone and all that hangs on it, from 0 to 1. The
// share in the bone alone is what its children leave (see own). Rows are those
// of the left half, joints included; the right leg reaches over the crotch,
// the right arm never does.
type skin struct {
	below [NumBones][]float64
}

// newSkin builds the shares from the regions' smooth memberships and the
// places along the bones of the mean shape.
func newSkin(t *Template) *skin {
	mean := between(t.Women, t.Men).Mean
	f := &fields{t: t, mean: mean}
	f.extendWeights()
	s := &skin{}
	fill := func(b Bone, share func(i int, p r3.Vec) float64) {
		s.below[b] = make([]float64, len(mean))
		for i, p := range mean {
			s.below[b][i] = max(0, min(1, share(i, p)))
		}
	}
	always := func(int, r3.Vec) float64 { return 1 }
	never := func(int, r3.Vec) float64 { return 0 }
	fill(PelvisBone, always)
	// Steeper than the region of the fields of shape: flank and chest stay
	// where the tape met them while the arm moves.
	fill(UpperArmBoneL, func(i int, _ r3.Vec) float64 { return steeper(f.wArm[i]) })
	fill(ThighBoneL, func(i int, _ r3.Vec) float64 { return f.wLegL[i] })
	fill(ThighBoneR, func(i int, _ r3.Vec) float64 { return min(f.wLegR[i], 1-f.wLegL[i]) })
	legs := func(i int) float64 { return s.below[ThighBoneL][i] + s.below[ThighBoneR][i] }
	for _, v := range []struct {
		bone Bone
		row  int
	}{{LoinBone, rowSpineLow}, {WaistBone, rowSpineMid}, {ChestBone, rowSpineHigh}} {
		at := f.joint(v.row).Y
		fill(v.bone, func(i int, p r3.Vec) float64 {
			body := (1 - legs(i)) * smoothStep((p.Y-at)/(2*spineBlend)+0.5)
			arm := s.below[UpperArmBoneL][i]
			return body + arm*(1-body) // arms hang on the chest however low they reach
		})
	}
	fill(NeckBone, func(i int, _ r3.Vec) float64 { return f.wNeck[i] })
	fill(HeadBone, func(i int, _ r3.Vec) float64 { return f.wNeck[i] * f.wHead[i] })
	shoulder, base := f.joint(rowShoulder), f.joint(rowNeckBase)
	fill(CollarL, func(i int, p r3.Vec) float64 {
		girdle := smoothStep((p.X/shoulder.X-0.25)/0.6) * smoothStep((p.Y-shoulder.Y+0.10)/(base.Y-shoulder.Y+0.10))
		return max(s.below[UpperArmBoneL][i], min(girdle, s.below[ChestBone][i]-s.below[NeckBone][i]))
	})
	for _, v := range []struct {
		bone         Bone
		from, at, to int
		blend        float64
	}{
		{ForearmBoneL, rowShoulder, rowElbow, rowWrist, elbowBlend},
		{HandBoneL, rowElbow, rowWrist, -1, wristBlend},
		{ShinBoneL, rowHip, rowKnee, rowAnkle, kneeBlend},
		{FootBoneL, rowKnee, rowAnkle, -1, ankleBlend},
	} {
		at := f.joint(v.at)
		along := r3.Unit(r3.Sub(at, f.joint(v.from)))
		if v.to >= 0 {
			along = r3.Unit(r3.Add(along, r3.Unit(r3.Sub(f.joint(v.to), at))))
		}
		limb := s.below[Skeleton()[v.bone].Parent]
		fill(v.bone, func(i int, p r3.Vec) float64 {
			return limb[i] * smoothStep(r3.Dot(r3.Sub(p, at), along)/(2*v.blend)+0.5)
		})
	}
	for b := range NumBones {
		if s.below[b] == nil {
			fill(b, never)
		}
	}
	s.joints(t.half())
	return s
}

// steeper draws a share toward 0 and 1.
func steeper(w float64) float64 { return w * w * (3 - 2*w) }

// joints gives the joint rows their exact bones: a joint moves with the bone
// it ends, not with the one that turns about it.
func (s *skin) joints(half int) {
	for _, v := range []struct {
		row  int
		bone Bone
	}{
		{rowSpineLow, PelvisBone}, {rowSpineMid, LoinBone}, {rowSpineHigh, WaistBone}, {rowNeckBase, ChestBone}, {rowHeadBase, NeckBone},
		{rowPelvis, PelvisBone}, {rowShoulder, CollarL}, {rowElbow, UpperArmBoneL}, {rowWrist, ForearmBoneL},
		{rowHip, PelvisBone}, {rowKnee, ThighBoneL}, {rowAnkle, ShinBoneL},
	} {
		for b := range NumBones {
			s.below[b][half+v.row] = 0
		}
		for b := v.bone; ; b = Skeleton()[b].Parent {
			s.below[b][half+v.row] = 1
			if b == PelvisBone {
				break
			}
		}
	}
}

// own is the share of a row in one bone alone; over all bones it adds up to
// one.
func (s *skin) own(b Bone, row int) float64 {
	w := s.below[b][row]
	for c, l := range Skeleton() {
		if l.Parent == b && Bone(c) != b {
			w -= s.below[c][row]
		}
	}
	return w
}
