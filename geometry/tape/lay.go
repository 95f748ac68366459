package tape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// How each tape is laid. A girth names its plane and what it goes round, a
// length the landmarks it runs over and which way is outward.

var (
	backward = r3.Vec{Z: -1}
	upward   = r3.Vec{Y: 1}
	downward = r3.Vec{Y: -1}
	// offArm is outward on the left arm, hanging or lifted to the side.
	offArm = r3.Vec{X: 1, Y: 1}
)

func heightAt(m Mark) func(*ruler) float64 {
	return func(r *ruler) float64 { return r.at(m).Y }
}

func heightOf(m Mark) func(*ruler) taken {
	return func(r *ruler) taken {
		p := r.at(m)
		return taken{value: p.Y - r.floor.Y, level: &p}
	}
}

func levelOf(level func(*ruler) float64) func(*ruler) taken {
	return func(r *ruler) taken {
		p := r3.Vec{X: r.middle(), Y: level(r)}
		return taken{value: p.Y - r.floor.Y, level: &p}
	}
}

// roundAt is a horizontal tape round the trunk.
func roundAt(level func(*ruler) float64) func(*ruler) taken {
	return func(r *ruler) taken {
		p := horizontal(level(r))
		return taken{line: r.roundTrunk(p), plane: &p}
	}
}

func head(r *ruler) taken {
	p := horizontal(r.head())
	return taken{line: r.roundHead(p), plane: &p}
}

func neck(r *ruler) taken {
	p := leaning(r.at(Throat), r.at(Nape))
	return taken{line: r.roundHead(p), plane: &p}
}

// neckBase goes no farther out than the side neck points: there its plane may
// meet the shoulders.
func neckBase(r *ruler) taken {
	p := leaning(r.at(Throat), r.at(Nape))
	p.Origin = r.at(SideNeck)
	middle := r.middle()
	reach := math.Abs(p.Origin.X-middle) + onMark
	var pts []r3.Vec
	for _, l := range Section(r.Mesh, p.Origin, p.Normal, nil) {
		for i, q := range l.Points {
			if math.Abs(q.X-middle) <= reach && r.on(l, i, notArm) {
				pts = append(pts, q)
			}
		}
	}
	return taken{line: closed(Hull(pts, p.Normal)), plane: &p}
}

// onMark: skin this near to a mark may be the mark [m].
const onMark = 1e-4

// chest is a tape round the breast points, but no higher than runs under the
// arms.
func (r *ruler) chest() float64 {
	return min(r.at(BustPoint).Y, r.at(Underarm).Y-underArms)
}

// limb is a tape square to the line between two joints.
func limb(part Region, from, to Mark, at float64) func(*ruler) taken {
	return func(r *ruler) taken {
		p := across(r.at(from), r.at(to), at)
		return taken{line: r.roundLimb(p, part), plane: &p}
	}
}

func elbow(r *ruler) taken {
	p := Plane{r.at(ElbowJoint), r3.Unit(r3.Sub(r.at(WristJoint), r.at(ShoulderJoint)))}
	return taken{line: r.roundLimb(p, ArmL), plane: &p}
}

// leg is a horizontal tape round the left leg, off a mark's height.
func leg(m Mark, off float64) func(*ruler) taken {
	return func(r *ruler) taken {
		y := r.at(m).Y + off
		knee := r.at(KneeCap)
		p := Plane{r3.Vec{X: knee.X, Y: y, Z: knee.Z}, r3.Vec{Y: 1}}
		return taken{line: r.roundLeg(p, r.middle()), plane: &p}
	}
}

// trunk is a tape from the middle of the left shoulder down in front, through
// the crotch and up behind. Its plane leans, so below the crotch it would meet
// the other leg: only what is left of the middle counts.
func trunk(r *ruler) taken {
	low := r.at(Crotch)
	d := r3.Sub(r3.Scale(0.5, r3.Add(r.at(SideNeck), r.at(ShoulderPoint))), low)
	p := Plane{low, r3.Unit(r3.Vec{X: d.Y, Y: -d.X})}
	var pts []r3.Vec
	for _, l := range Section(r.Mesh, p.Origin, p.Normal, nil) {
		for i, q := range l.Points {
			if q.X >= low.X && r.on(l, i, func(g Region) bool { return g == Trunk || g == LegL }) {
				pts = append(pts, q)
			}
		}
	}
	return taken{line: closed(Hull(pts, p.Normal)), plane: &p}
}

func backWaist(r *ruler) taken {
	a, b := r.at(BackNeck), r.backAt(r.waist())
	return taken{line: r.over(a, b, backward, notHead), via: []r3.Vec{a, b}}
}

func crotch(r *ruler) taken {
	y := r.waist()
	a, b := r.frontAt(y), r.backAt(y)
	return taken{line: r.under(a, b, downward, onlyTrunk), via: []r3.Vec{a, r.at(Crotch), b}}
}

func backCrotch(r *ruler) taken {
	a, b := r.backAt(r.waist()), r.at(Crotch)
	return taken{line: r.over(a, b, backward, onlyTrunk), via: []r3.Vec{a, b}}
}

func shoulder(r *ruler) taken {
	a, b := r.at(SideNeck), r.at(ShoulderPoint)
	return taken{line: r.over(a, b, upward, notHead), via: []r3.Vec{a, b}}
}

func shoulderWidth(r *ruler) taken {
	line := []r3.Vec{r.at(ShoulderPoint), r.at(ShoulderPointR)}
	return taken{line: line, via: line}
}

// acrossShoulders leans the tape's plane over the back's middle, halfway up
// from the shoulder points to the back neck point.
func acrossShoulders(r *ruler) taken {
	a, b := r.at(ShoulderPoint), r.at(ShoulderPointR)
	mid := r.backAt((a.Y + r.at(BackNeck).Y) / 2)
	out := r3.Sub(mid, r3.Scale(0.5, r3.Add(a, b)))
	return taken{line: r.over(a, b, out, notHead), via: []r3.Vec{a, mid, b}}
}

func acrossBack(r *ruler) taken {
	a, b := r.at(ArmFold), r.at(ArmFoldR)
	return taken{line: r.over(a, b, backward, onlyTrunk), via: []r3.Vec{a, b}}
}

// overArm is a tape down the outer side of the left arm.
func overArm(marks ...Mark) func(*ruler) taken {
	return func(r *ruler) taken {
		var t taken
		for i, m := range marks {
			t.via = append(t.via, r.at(m))
			if i > 0 {
				t.line = join(t.line, r.over(t.via[i-1], t.via[i], offArm, notHead))
			}
		}
		return t
	}
}

func sleeve(r *ruler) taken {
	t := overArm(ShoulderPoint, Elbow, WristBone)(r)
	a, b := r.at(BackNeck), r.at(ShoulderPoint)
	up := r3.Vec{Y: 1, Z: -1} // between the top of the shoulder and the back
	t.line = join(r.over(a, b, up, notHead), t.line)
	t.via = append([]r3.Vec{a}, t.via...)
	return t
}

// join appends a line that begins where the other ends.
func join(a, b []r3.Vec) []r3.Vec {
	if len(a) > 0 && len(b) > 0 {
		b = b[1:]
	}
	return append(append([]r3.Vec(nil), a...), b...)
}
