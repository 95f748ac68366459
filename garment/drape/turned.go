package drape

import (
	"math"

	"fitroom/garment/cloth"
)

// A collar starts turned down over its stand, a few millimetres off it, from where it
// falls over easily. On a mesh as coarse as the neck is wide the chords of its fall run
// inside of its stand before the first step. With room (room.go) for its distance from
// the stand alone the fall lags behind the fold, which is sewn to both, meets neither and
// moves with the shirt. So what is turned has a mesh finer than the rest and all the room
// there is, and while the garment is put on hands hold the fold. That is not the whole
// cause: which fall tips over still changes with small changes of mesh and contact, and
// of 22 falls of shirts and polos on several bodies one, at a narrow neck, stands up.

// turnedEdge is how long edges of what is turned may be on a coarse mesh [m]. With 64 mm,
// as the rest of the coarsest mesh has, the chord round a neck of 6 cm radius cuts 8 mm
// off, more than the fall starts off its stand. Of 11 garments 14, 20 and 28 mm leave one
// or two falls up, which is too few to tell them apart; this is the cheapest.
const turnedEdge = 0.028

// turnedVerts marks the vertices of panels that start turned back; nil: there is none.
func turnedVerts(c *cloth.Cloth) []bool {
	var out []bool
	for t, tri := range c.Tris {
		if !c.Panels[c.Panel[t]].Turned {
			continue
		}
		if out == nil {
			out = make([]bool, len(c.Start))
		}
		for _, v := range tri {
			out[v] = true
		}
	}
	return out
}

// heldAngle is how far hands keep what is turned from unfolding while the garment is
// put on [rad]; what starts folded by less than leastTurned is not held.
const (
	heldAngle   = 2 * math.Pi / 3
	leastTurned = math.Pi / 2
)

// newHeld lists the folds between panels that start turned on each other. They are
// rigid and act in dressing alone.
func newHeld(p *plan, c *cloth.Cloth) folds {
	var f folds
	x := make([]float64, 0, 3*p.nv)
	for _, v := range c.Start {
		x = append(x, v.X, v.Y, v.Z)
	}
	for _, e := range p.edges {
		if e.Tri[0] < 0 || e.Tri[1] < 0 {
			continue
		}
		a, b := c.Panel[e.Tri[0]], c.Panel[e.Tri[1]]
		if a == b || !c.Panels[a].Turned || !c.Panels[b].Turned {
			continue
		}
		v := [4]int32{e.A, e.B, e.Opp[0], e.Opp[1]}
		if !p.passes(v[2], e.A, e.B) {
			v[2], v[3] = v[3], v[2]
		}
		f.vert = append(f.vert, v)
		m := len(f.vert) - 1
		theta, _ := f.angle(x, m)
		if math.Abs(theta) < leastTurned {
			f.vert = f.vert[:m]
			continue
		}
		f.rest, f.k = append(f.rest, math.Copysign(heldAngle, theta)), append(f.k, math.Inf(1))
	}
	return f
}

// hold turns back in one sweep what has unfolded beyond its angle. Beyond half a turn
// the other way it is as good as closed.
func (f *folds) hold(x, invMass []float64) {
	for m := range f.vert {
		theta, g := f.angle(x, m)
		if math.Abs(theta) > heldAngle {
			continue
		}
		f.turn(x, invMass, m, theta, &g, 0)
	}
}
