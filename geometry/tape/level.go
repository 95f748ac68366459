package tape

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// Where the tapes lie. The standard's own rule is used where landmarks or the
// mesh allow; the fixed shares below stand in where it asks for a bone nobody
// can see on a mesh, or for a largest girth, which on a smooth limb is flat
// over centimetres and would make the level a matter of noise.
const (
	underbustAt  = 0.62  // of the way from navel to bust point: the fold of the breast
	underArms    = 0.010 // below the armpit fold [m]: as high as a tape round the chest can run
	thighDrop    = 0.015 // below the crotch [m]: the standard's "just below the gluteal fold"
	upperArmAt   = 0.52  // of the way from shoulder joint to elbow: midway, ISO 5.3.16
	forearmAt    = 0.18  // of the way from elbow to wrist joint: the fullest
	wristAt      = 0.98  // of the way from elbow to wrist joint: the ulnar styloid
	lowerThighAt = 0.90  // of the way from hip to knee joint: over the kneecap
	headAt       = 0.27  // of the way from the head's joint to the crown: the fullest
	calfAt       = 0.30  // of the way from knee to ankle: the fullest
	ankleAt      = 0.92  // of the way from knee to ankle: the least
	// seatTop bounds the search for the most prominent point of the seat, as
	// a share of the way from crotch to navel: above it a back may stand out
	// further than the seat.
	seatTop  = 0.65
	seatLow  = 0.03  // below the crotch [m], where a seat may hang
	seatStep = 0.001 // at most between the levels looked at [m]
	seatFlat = 0.002 // of the profile, behind all else, that carries the level [m]
)

// ruler measures one subject and remembers which landmark it lacked.
type ruler struct {
	*Subject
	floor, top r3.Vec
	missing    Mark
}

func newRuler(s *Subject) *ruler {
	r := &ruler{Subject: s}
	r.floor, r.top = s.span()
	return r
}

// at returns a landmark. One that is absent and cannot be found is remembered
// and given as not a number, which no plane crosses.
func (r *ruler) at(m Mark) r3.Vec {
	if p, ok := r.Marks[m]; ok {
		return p
	}
	switch m {
	case Top:
		return r.top
	case ShoulderPointR:
		return r.mirror(r.at(ShoulderPoint))
	case WristBoneR:
		return r.mirror(r.at(WristBone))
	case UnderarmR:
		return r.mirror(r.at(Underarm))
	case ArmFoldR:
		return r.mirror(r.at(ArmFold))
	case HipJoint:
		low := r.at(Crotch)
		low.Y -= thighDrop
		return r.centre(low, r3.Vec{Y: 1}, LegL, m)
	case KneeJoint:
		return r.centre(r.at(KneeCap), r3.Vec{Y: 1}, LegL, m)
	case AnkleJoint:
		return r.centre(r.at(AnkleBone), r3.Vec{Y: 1}, LegL, m)
	case ElbowJoint:
		return r.centre(r.at(Elbow), r3.Sub(r.at(WristBone), r.at(ShoulderPoint)), ArmL, m)
	case WristJoint:
		return r.centre(r.at(WristBone), r3.Sub(r.at(WristBone), r.at(Elbow)), ArmL, m)
	case Elbow:
		if j, ok := r.Marks[ElbowJoint]; ok {
			return r.outerSkin(j, r3.Sub(r.at(WristJoint), r.at(ShoulderJoint)))
		}
	case ShoulderJoint:
		return r.at(ShoulderPoint)
	}
	if r.missing == "" {
		r.missing = m
	}
	return r3.Vec{X: math.NaN(), Y: math.NaN(), Z: math.NaN()}
}

// has reports whether a landmark is given.
func (r *ruler) has(m Mark) bool { _, ok := r.Marks[m]; return ok }

// middle is the x of the plane between left and right [m].
func (r *ruler) middle() float64 {
	return (r.at(BackNeck).X + r.at(Navel).X + r.at(Crotch).X) / 3
}

func (r *ruler) mirror(p r3.Vec) r3.Vec {
	p.X = 2*r.middle() - p.X
	return p
}

// centre finds a joint's centre as the middle of the limb's section at a skin
// mark.
func (r *ruler) centre(skin, along r3.Vec, limb Region, joint Mark) r3.Vec {
	if !finite(skin) || !finite(along) {
		return skin
	}
	l := r.limbLoop(Plane{skin, r3.Unit(along)}, limb)
	if len(l.Points) == 0 {
		if r.missing == "" {
			r.missing = joint
		}
		return r3.Vec{X: math.NaN(), Y: math.NaN(), Z: math.NaN()}
	}
	return centroid(l.Points)
}

// outerSkin is the point on the outer side of the left arm at a joint.
func (r *ruler) outerSkin(joint, along r3.Vec) r3.Vec {
	best := r3.Vec{X: math.NaN(), Y: math.NaN(), Z: math.NaN()}
	for _, p := range r.limbLoop(Plane{joint, r3.Unit(along)}, ArmL).Points {
		if !finite(best) || r3.Dot(r3.Sub(p, best), offArm) > 0 {
			best = p
		}
	}
	return best
}

// across is the plane at the share t of the way from a to b, perpendicular to it.
func across(a, b r3.Vec, t float64) Plane {
	ab := r3.Sub(b, a)
	return Plane{r3.Add(a, r3.Scale(t, ab)), r3.Unit(ab)}
}

// leaning is the plane over a point in front and one behind, level from left to right.
func leaning(front, back r3.Vec) Plane {
	d := r3.Sub(back, front)
	d.X = 0
	return Plane{front, r3.Unit(r3.Vec{Y: -d.Z, Z: d.Y})}
}

// torso is a level between navel (0) and bust point (1) [m].
func (r *ruler) torso(t float64) float64 {
	n, b := r.at(Navel).Y, r.at(BustPoint).Y
	return n + t*(b-n)
}

// waist is the level between lowest rib and iliac crest [m].
func (r *ruler) waist() float64 {
	switch {
	case r.has(LowestRib) && r.has(IliacCrest):
		return (r.at(LowestRib).Y + r.at(IliacCrest).Y) / 2
	case r.has(Waist):
		return r.at(Waist).Y
	case r.WaistAt != 0:
		return r.torso(r.WaistAt)
	}
	return r.torso(DefaultWaist)
}

// underbust is the level of the fold below the breasts [m].
func (r *ruler) underbust() float64 {
	if r.has(Underbust) {
		return r.at(Underbust).Y
	}
	return r.torso(underbustAt)
}

// head is the level of the head's largest girth [m].
func (r *ruler) head() float64 {
	if r.has(HeadJoint) {
		return (1-headAt)*r.at(HeadJoint).Y + headAt*r.at(Top).Y
	}
	return r.at(Brow).Y
}

// seat is the level at which the seat stands out most behind [m]: the mean of
// the heights where it comes within seatFlat of its rearmost, each counting by
// how near it comes. A seat may be flat over centimetres, and then its one
// rearmost height is an accident of the mesh or the scan.
func (r *ruler) seat() float64 {
	crotch, navel := r.at(Crotch).Y, r.at(Navel).Y
	if !(navel > crotch) {
		return math.NaN()
	}
	low, high := crotch-seatLow, crotch+seatTop*(navel-crotch)
	last := int(math.Ceil((high - low) / seatStep))
	step := (high - low) / float64(last)
	depth := r.backProfile(low, step, last+1)
	rear := slices.Min(depth)
	var sum, steps float64
	for k, z := range depth {
		near := max(0, rear+seatFlat-z)
		if k == 0 || k == last { // half a step lies beyond
			near /= 2
		}
		sum += near
		steps += near * float64(k)
	}
	return low + steps/sum*step
}

// backProfile is the rearmost z of trunk and legs at n levels from low upward,
// a step apart: found on the edges of the mesh, one by one.
func (r *ruler) backProfile(low, step float64, n int) []float64 {
	depth := make([]float64, n)
	for k := range depth {
		depth[k] = math.Inf(1)
	}
	for i, t := range r.Mesh.Tris {
		if !onlyTrunk(r.of(i)) {
			continue
		}
		for c := range 3 {
			p, q := r.Mesh.Verts[t[c]], r.Mesh.Verts[t[(c+1)%3]]
			if p.Y > q.Y {
				p, q = q, p
			}
			for k := max(0, int(math.Ceil((p.Y-low)/step))); k < n; k++ {
				y := low + float64(k)*step
				if y > q.Y || q.Y == p.Y {
					break
				}
				depth[k] = min(depth[k], p.Z+(y-p.Y)/(q.Y-p.Y)*(q.Z-p.Z))
			}
		}
	}
	return depth
}

// backAt is the skin in the middle of the back at height y, frontAt that of the
// front.
func (r *ruler) backAt(y float64) r3.Vec  { return r.middleSkin(y, -1) }
func (r *ruler) frontAt(y float64) r3.Vec { return r.middleSkin(y, 1) }

func (r *ruler) middleSkin(y, side float64) r3.Vec {
	x := r.middle()
	best := r3.Vec{X: math.NaN(), Y: math.NaN(), Z: math.NaN()}
	for _, l := range Section(r.Mesh, r3.Vec{Y: y}, r3.Vec{Y: 1}, nil) {
		for i, p := range l.Points {
			q := l.Points[(i+1)%len(l.Points)]
			if !onlyTrunk(r.of(l.Tris[i])) || (p.X > x) == (q.X > x) {
				continue
			}
			t := (x - p.X) / (q.X - p.X)
			if m := r3.Add(p, r3.Scale(t, r3.Sub(q, p))); !finite(best) || side*m.Z > side*best.Z {
				best = m
			}
		}
	}
	return best
}
