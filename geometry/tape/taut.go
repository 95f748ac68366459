package tape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// A tape pulled from a to b over the skin lies in the plane of a, b and the
// outward direction, touches the section's bulges and bridges its hollows: it
// is the hull of the section's outer side without the chord from b to a. This
// holds while the tape does not slip sideways, which a measurer's hand sees to;
// a geodesic would slip off the bust or the shoulder blade.

// over is the tape from a to b on the side of out, over points between the two.
func (s *Subject) over(a, b, out r3.Vec, want func(Region) bool) []r3.Vec {
	return s.taut(a, b, out, want, func(along, length float64) bool { return along > 0 && along < length })
}

// under is the same for a tape that may swing out beyond its ends, as from the
// waist under a belly to the crotch.
func (s *Subject) under(a, b, out r3.Vec, want func(Region) bool) []r3.Vec {
	return s.taut(a, b, out, want, func(float64, float64) bool { return true })
}

// onChord: points between the ends no higher over the chord than this lie on
// it; kept, they could take the place of an end in the hull by a rounding error
// [m].
const onChord = 1e-7

func (s *Subject) taut(a, b, out r3.Vec, want func(Region) bool, within func(along, length float64) bool) []r3.Vec {
	ab := r3.Sub(b, a)
	length := r3.Norm(ab)
	t := r3.Scale(1/length, ab)
	normal := r3.Unit(r3.Cross(t, out))
	h := r3.Cross(normal, t) // outward, across the chord
	high := func(d r3.Vec) bool {
		along, up := r3.Dot(d, t), r3.Dot(d, h)
		near := along > -onChord && along < length+onChord
		return up > onChord || up > 0 && !near
	}
	pts := []r3.Vec{a, b}
	for _, l := range Section(s.Mesh, a, normal, nil) {
		for i, q := range l.Points {
			d := r3.Sub(q, a)
			if high(d) && within(r3.Dot(d, t), length) && s.on(l, i, want) {
				pts = append(pts, q)
			}
		}
	}
	return open(Hull(pts, normal), a, b)
}

// open turns a hull that has the edge b-a into the line from a to b along the
// other edges.
func open(hull []r3.Vec, a, b r3.Vec) []r3.Vec {
	n := len(hull)
	start := 0
	for i, p := range hull {
		if p == a {
			start = i
		}
	}
	line := make([]r3.Vec, 0, n)
	step := 1
	if n > 2 && hull[(start+1)%n] == b {
		step = n - 1
	}
	for i := 0; i < n; i++ {
		line = append(line, hull[(start+i*step)%n])
	}
	return line
}

// notHead keeps a tape over the shoulders off neck and head.
func notHead(r Region) bool { return r != Head }

func notArm(r Region) bool { return r != ArmL && r != ArmR }

func onlyTrunk(r Region) bool { return r == Trunk || r == LegL || r == LegR }

// finite reports whether a point was found at all.
func finite(p r3.Vec) bool { return !math.IsNaN(p.X+p.Y+p.Z) && !math.IsInf(p.X+p.Y+p.Z, 0) }
