package tape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Plane is the plane of a tape.
type Plane struct {
	Origin r3.Vec // near the axis of the part the tape goes round [m]
	Normal r3.Vec // unit
}

// horizontal is the plane at height y [m].
func horizontal(y float64) Plane { return Plane{r3.Vec{Y: y}, r3.Vec{Y: 1}} }

// roundTrunk is a tape round everything in the plane that is neither arm nor
// head: legs belong to the hips, and a tape runs under the arms even where
// their skin grows into the trunk's. The line is closed.
func (s *Subject) roundTrunk(p Plane) []r3.Vec {
	return s.round(p, func(r Region) bool { return r == Trunk || r == LegL || r == LegR })
}

func (s *Subject) roundHead(p Plane) []r3.Vec {
	return s.round(p, func(r Region) bool { return r == Head })
}

// round is the hull of all points in the plane of the wanted regions.
func (s *Subject) round(p Plane, want func(Region) bool) []r3.Vec {
	var pts []r3.Vec
	for _, l := range Section(s.Mesh, p.Origin, p.Normal, nil) {
		for i, q := range l.Points {
			if s.on(l, i, want) {
				pts = append(pts, q)
			}
		}
	}
	return closed(Hull(pts, p.Normal))
}

// on reports whether a point of a loop lies on wanted skin: that which leads on
// from it, or that which leads up to it. Where regions meet, the border belongs
// to both, so that a tape ends alike on the left and on the right.
func (s *Subject) on(l Loop, i int, want func(Region) bool) bool {
	if want(s.of(l.Tris[i])) {
		return true
	}
	if i == 0 && !l.Closed {
		return false
	}
	return want(s.of(l.Tris[(i+len(l.Tris)-1)%len(l.Tris)]))
}

// roundLimb is a tape round one limb: the hull of the loop that runs mostly
// over the limb and lies nearest to the plane's origin. The whole loop counts,
// where the limb meets the trunk too: a tape does not end at a boundary.
func (s *Subject) roundLimb(p Plane, limb Region) []r3.Vec {
	l := s.limbLoop(p, limb)
	return closed(Hull(l.Points, p.Normal))
}

// roundLeg is a tape round the left leg. Where flesh hangs so low between the
// thighs that one loop runs round both, the tape is pressed through the middle:
// the left half of the loop counts.
func (s *Subject) roundLeg(p Plane, middle float64) []r3.Vec {
	loops := Section(s.Mesh, p.Origin, p.Normal, nil)
	for _, l := range loops {
		var left, right int
		for _, t := range l.Tris {
			switch s.of(t) {
			case LegL:
				left++
			case LegR:
				right++
			}
		}
		if least := len(l.Tris) / legShare; left > least && right > least {
			return closed(Hull(leftOf(l, middle), p.Normal))
		}
	}
	return closed(Hull(s.nearest(loops, p, LegL).Points, p.Normal))
}

// legShare: a loop of which either leg has more than one in this many pieces
// runs round both.
const legShare = 4

// leftOf are the points of a loop on the left of the middle plane, and where it
// crosses that plane.
func leftOf(l Loop, middle float64) []r3.Vec {
	var pts []r3.Vec
	for i, p := range l.Points {
		q := l.Points[(i+1)%len(l.Points)]
		if p.X >= middle {
			pts = append(pts, p)
		}
		if (p.X >= middle) != (q.X >= middle) {
			pts = append(pts, r3.Add(p, r3.Scale((middle-p.X)/(q.X-p.X), r3.Sub(q, p))))
		}
	}
	return pts
}

// limbLoop is that loop.
func (s *Subject) limbLoop(p Plane, limb Region) Loop {
	return s.nearest(Section(s.Mesh, p.Origin, p.Normal, nil), p, limb)
}

// nearest is the loop round a limb nearest to the plane's origin. Where a scan
// has holes a section falls into open pieces: then all of those on the limb
// count together.
func (s *Subject) nearest(loops []Loop, p Plane, limb Region) Loop {
	var best, pieces Loop
	near := math.Inf(1)
	for _, l := range loops {
		on := 0
		for _, t := range l.Tris {
			if s.of(t) == limb {
				on++
			}
		}
		if 2*on <= len(l.Tris) {
			continue
		}
		if !l.Closed {
			pieces.Points = append(pieces.Points, l.Points...)
			pieces.Tris = append(pieces.Tris, l.Tris...)
			continue
		}
		if d := r3.Norm2(r3.Sub(centroid(l.Points), p.Origin)); d < near {
			best, near = l, d
		}
	}
	if len(pieces.Points) > 0 && r3.Norm2(r3.Sub(centroid(pieces.Points), p.Origin)) < near {
		return pieces
	}
	return best
}

// centroid is the middle of a closed polygon's outline, weighted by length.
func centroid(pts []r3.Vec) r3.Vec {
	var c r3.Vec
	var sum float64
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		l := r3.Norm(r3.Sub(q, p))
		c = r3.Add(c, r3.Scale(l/2, r3.Add(p, q)))
		sum += l
	}
	if sum == 0 {
		return c
	}
	return r3.Scale(1/sum, c)
}

// closed repeats the first point at the end, so that Length is the girth.
func closed(hull []r3.Vec) []r3.Vec {
	if len(hull) == 0 {
		return nil
	}
	return append(hull, hull[0])
}
