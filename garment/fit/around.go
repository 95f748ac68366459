package fit

import (
	"math"

	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// girdle is the cloth round one level of the body.
type girdle struct {
	plane plane
	loop  []crossing
	shift float64 // of the plane from the body's level, along its normal [m]
}

// A sleeve or a second leg can hang in the level of the body's tape as one loop
// with the trunk: armholes and crotches end below the body's. Then the plane is
// moved down until the cloth goes round the part alone, which is where the trade
// measures a chest: just below the armhole.
// A waistband sits where it holds and a short sleeve ends where it will: they
// are sought some way off the level (place.slip).
const (
	shiftStep = 0.005 // [m]
	shiftMost = 0.100 // [m]; the armhole of an oversized shirt
)

// around finds the cloth loop that goes round the body part of a level and
// nothing else; false where there is none, as below a hem or in an open front.
func around(b *body.Body, l body.Level, pos []r3.Vec, g *garmentMesh, p place) (girdle, bool) {
	loop, shared := loopAt(b, l, 0, pos, g)
	if loop != nil {
		return girdle{planeAt(l, 0), loop, 0}, true
	}
	for k := 1; float64(k)*shiftStep <= p.slip; k++ {
		off := -float64(k) * shiftStep
		if loop, _ := loopAt(b, l, off, pos, g); loop != nil {
			return girdle{planeAt(l, off), loop, off}, true
		}
	}
	down := -math.Copysign(shiftStep, l.Normal.Y)
	for k := 1; shared && !p.fixed && float64(k)*shiftStep <= shiftMost; k++ {
		off := float64(k) * down
		if loop, _ := loopAt(b, l, off, pos, g); loop != nil {
			return girdle{planeAt(l, off), loop, off}, true
		}
	}
	return girdle{}, false
}

// planeAt is the plane of a level moved along its normal.
func planeAt(l body.Level, off float64) plane {
	return plane{r3.Add(l.Origin, r3.Scale(off, l.Normal)), l.Normal}
}

// loopAt returns the shortest closed loop of cloth in a plane that winds once
// round the part and round no other part. shared reports cloth that does go
// round it, but together with another part: as a loop, or as an arc that ends
// at free edges, as where the plane leaves a short sleeve by its hem.
func loopAt(b *body.Body, level body.Level, off float64, pos []r3.Vec, g *garmentMesh) (loop []crossing, shared bool) {
	pl := planeAt(level, off)
	own, others, ok := axes(b, level.Parts, pl)
	if !ok {
		return nil, false
	}
	u, w := pl.frame()
	shortest := math.Inf(1)
	for _, c := range chains(cross(nil, pl, pos, g.tris, g.rest)) {
		if !c.closed {
			shared = shared || math.Abs(sweep(c.cuts, own, u, w)) > leastArc
			continue
		}
		if n := winding(c.cuts, own, u, w); n != 1 && n != -1 {
			continue
		}
		alone := true
		for _, o := range others {
			alone = alone && winding(c.cuts, o, u, w) == 0
		}
		if !alone {
			shared = true
			continue
		}
		if l, _ := lengths(c.cuts); l < shortest {
			loop, shortest = c.cuts, l
		}
	}
	return loop, shared
}

// leastArc is the angle seen from the part's axis from which an open piece of
// cloth counts as lying round it [rad]: a front or a back, not a cuff near by.
const leastArc = math.Pi / 2

// sweep is the angle a chain turns through round a point of the plane [rad].
func sweep(cuts []crossing, at r3.Vec, u, w r3.Vec) float64 {
	sum := 0.0
	for i := range cuts {
		a, b := r3.Sub(cuts[i].p[0], at), r3.Sub(cuts[i].p[1], at)
		ax, ay, bx, by := r3.Dot(a, u), r3.Dot(a, w), r3.Dot(b, u), r3.Dot(b, w)
		sum += math.Atan2(ax*by-ay*bx, ax*bx+ay*by)
	}
	return sum
}

// ownShare of a section must run on the parts of the level [1]. Above the crotch
// both legs and the trunk are one loop, half of it on each leg: no thigh.
const ownShare = 0.8

// axes cuts the body with the plane: own is the centre of the longest loop that
// runs on the given parts, others are the centres of the other loops.
func axes(b *body.Body, parts []body.Part, pl plane) (own r3.Vec, others []r3.Vec, ok bool) {
	longest := 0.0
	var centres []r3.Vec
	at := -1
	for _, c := range chains(cross(nil, pl, b.Mesh.Verts, b.Mesh.Tris, nil)) {
		if !c.closed {
			continue
		}
		length, on := 0.0, 0.0
		for _, s := range c.cuts {
			l := r3.Norm(r3.Sub(s.p[1], s.p[0]))
			length += l
			if onParts(b, parts, b.Mesh.Tris[s.tri]) {
				on += l
			}
		}
		if on > ownShare*length && length > longest {
			longest, at = length, len(centres)
		}
		centres = append(centres, centroid(c.cuts))
	}
	if at < 0 {
		return r3.Vec{}, nil, false
	}
	own = centres[at]
	return own, append(centres[:at:at], centres[at+1:]...), true
}

func onParts(b *body.Body, parts []body.Part, t geometry.Tri) bool {
	for _, v := range t {
		for _, p := range parts {
			if b.Part[v] == p {
				return true
			}
		}
	}
	return false
}
