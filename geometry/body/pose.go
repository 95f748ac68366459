package body

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Pose is a way to stand. All poses are symmetric.
type Pose uint8

const (
	// Measuring is the stance in which a body is fitted and its tapes are
	// taken: arms well off the body, feet apart, so that a tape passes.
	Measuring Pose = iota
	// DrapeA is the stance in which garments are draped: arms as low as a sleeve
	// hangs, elbows straight, feet under the hips. Between the arms and flanks of all
	// but slender people two layers of a close sleeve and side find no room: tops ended
	// crossed there, and took two to five times as long to come to rest. So the flesh
	// of both is held a little apart, as a hand would to draw the cloth through.
	DrapeA
	// Relaxed is how a person stands to be looked at: arms at the sides,
	// elbows a little bent.
	Relaxed
)

// stand gives the angles of a pose [rad]: arms and legs against the
// vertical, seen from the front; elbows bent forward.
type stand struct{ arm, elbow, leg float64 }

func (p Pose) stand() stand {
	const degree = math.Pi / 180
	switch p {
	case DrapeA:
		return stand{30 * degree, 4 * degree, 3.5 * degree}
	case Relaxed:
		return stand{12 * degree, 16 * degree, 3 * degree}
	}
	panic("body: this pose has no angles")
}

const (
	// A heavy person's arms rest on the flanks, their legs on each other: a
	// limb is lowered only as far as leaves this much of a dent [m]...
	deepestDent = 0.012
	// ...under an arm to drape on, arm and flank give way until there is this much
	// room on each side of the plane between them, from roomBelow under the pit on,
	// but no more than deepestRoom: the rest a higher arm would make, as no body of a
	// mass index up to 45 needs [m]...
	armRoom     = 0.010
	roomBelow   = 0.020
	deepestRoom = 0.014
	// ...and thighs this much room for cloth below the crotch [m].
	legRoom = 0.006
	// poseSteps halvings of the way from the measuring stance to the pose
	// find that angle to half a degree.
	poseSteps = 6
)

// origin is what a body remembers of how it was made, to be posed again.
type origin struct {
	model *Model
	who   *population
	rows  []r3.Vec // in the measuring stance, standing on the floor
}

// Posed returns the body in another pose: mesh, joints, landmarks and levels
// move along, measures and tissue stay. Levels are where the tape would lie
// in that pose; what was measured was measured in the measuring stance.
func (b *Body) Posed(p Pose) *Body {
	o := b.origin
	if o == nil {
		panic("body: only a fitted body can be posed")
	}
	if p == Measuring {
		return o.model.stand(b, o, o.rows)
	}
	s := p.stand()
	rows := make([]r3.Vec, len(o.rows))
	now := o.angles()
	leg := o.farthest(func(share float64) bool {
		copy(rows, o.rows)
		o.turnLeg(rows, share*(s.leg-now.leg))
		return o.legsClear(rows)
	})
	room := 0.0
	if p == DrapeA {
		room = armRoom
	}
	arm := o.farthest(func(share float64) bool {
		copy(rows, o.rows)
		o.turnArm(rows, share*(s.arm-now.arm), s.elbow-now.elbow)
		if p == DrapeA && o.model.parting.lacking(rows, o.rows, room) > deepestRoom {
			return false
		}
		return o.model.parting.apply(rows, o.rows, 0) < deepestDent
	})
	copy(rows, o.rows)
	o.turnArm(rows, arm*(s.arm-now.arm), s.elbow-now.elbow)
	o.turnLeg(rows, leg*(s.leg-now.leg))
	o.model.parting.apply(rows, o.rows, room)
	o.keepGirths(rows, room)
	o.model.untangle(rows, o.rows, room)
	return o.model.stand(b, o, rows)
}

// farthest is the largest share of a way, of 1, that is still good, on the
// assumption that what is good goes bad once.
func (o *origin) farthest(good func(share float64) bool) float64 {
	if good(1) {
		return 1
	}
	lo, hi := 0.0, 1.0
	for range poseSteps {
		if mid := (lo + hi) / 2; good(mid) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

func (o *origin) joint(x []r3.Vec, row int) r3.Vec { return x[o.model.tpl.half()+row] }

// angles of the limbs as they are.
func (o *origin) angles() stand {
	j := func(row int) r3.Vec { return o.joint(o.rows, row) }
	upper, fore := r3.Sub(j(rowElbow), j(rowShoulder)), r3.Sub(j(rowWrist), j(rowElbow))
	leg := r3.Sub(j(rowAnkle), j(rowHip))
	return stand{
		arm:   math.Atan2(upper.X, -upper.Y),
		elbow: math.Acos(max(-1, min(1, r3.Cos(upper, fore)))),
		leg:   math.Atan2(leg.X, -leg.Y),
	}
}

// turnArm bends the elbow by an angle and lifts the arm by another.
func (o *origin) turnArm(x []r3.Vec, lift, bend float64) {
	shoulder, elbow, wrist := o.joint(x, rowShoulder), o.joint(x, rowElbow), o.joint(x, rowWrist)
	axis := r3.Unit(r3.Cross(r3.Sub(elbow, shoulder), r3.Sub(wrist, elbow)))
	o.turn(x, ForearmBoneL, elbow, axis, bend)
	o.turn(x, UpperArmBoneL, shoulder, r3.Vec{Z: 1}, lift)
}

// turnLeg swings the leg outward by an angle; the sole stays level.
func (o *origin) turnLeg(x []r3.Vec, out float64) {
	o.turn(x, FootBoneL, o.joint(x, rowAnkle), r3.Vec{Z: 1}, -out)
	o.turn(x, ThighBoneL, o.joint(x, rowHip), r3.Vec{Z: 1}, out)
}

// turn swings a left bone, with all that hangs on it, about a point; its twin
// does the same in the mirror. Every row turns by its share of the angle and
// so keeps its distance from the joint: blending positions instead (linear
// blend skinning) would thin the shoulder. See Kavan and Sorkine 2012,
// "Elasticity-inspired deformers for character articulation", section 4.
func (o *origin) turn(x []r3.Vec, b Bone, at, axis r3.Vec, angle float64) {
	left, right := o.model.skin.below[b], o.model.skin.below[b+1]
	middle := o.model.tpl.Middle
	for i, w := range left { // the row of the waist level, after them, stays
		p := x[i]
		var d r3.Vec
		if w > 0 {
			d = r3.Sub(spin(p, at, axis, w*angle), p)
		}
		if w := right[i]; w > 0 {
			q := flip(p)
			d = r3.Add(d, flip(r3.Sub(spin(q, at, axis, w*angle), q)))
		}
		if i < middle {
			d.X = 0
		}
		x[i] = r3.Add(p, d)
	}
}

// spin turns p about the axis through a point (Rodrigues' formula).
func spin(p, at, axis r3.Vec, angle float64) r3.Vec {
	d := r3.Sub(p, at)
	sin, cos := math.Sincos(angle)
	along := r3.Scale(r3.Dot(axis, d)*(1-cos), axis)
	return r3.Add(at, r3.Add(r3.Scale(cos, d), r3.Add(r3.Scale(sin, r3.Cross(axis, d)), along)))
}

// legsClear says whether the thighs leave room for cloth, save where they
// meet at the crotch on anybody.
func (o *origin) legsClear(x []r3.Vec) bool {
	for _, s := range o.model.parting.leg {
		if was := o.rows[s.row].X; x[s.row].X < min(legRoom, 0.5*was) {
			return false
		}
	}
	return true
}

// stand makes a body of posed rows: the sole on the floor, joints, landmarks
// and levels where they are now.
func (m *Model) stand(b *Body, o *origin, rows []r3.Vec) *Body {
	posed := *b
	posed.Mesh = &geometry.Mesh{Verts: o.who.space.mesh(rows), Tris: m.tris}
	posed.Levels = nil
	p := probe{ruler: o.who.ruler}
	p.set(rows)
	floor := rows[p.floor].Y
	x := make([]r3.Vec, len(rows))
	for i, q := range rows {
		x[i] = r3.Vec{X: q.X, Y: q.Y - floor, Z: q.Z}
	}
	p.set(x)
	m.place(&posed, &p)
	return &posed
}
