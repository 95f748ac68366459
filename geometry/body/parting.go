package body

import (
	"math"
	"slices"

	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// parting keeps flesh from lying in flesh: where the upper arm meets the flank
// and where the thighs meet, both sides give way to a plane between them, as
// they do on a person. Everywhere else it changes nothing.
type parting struct {
	t    *Template
	near [][]int32
	arm  []side
	leg  []side
	// Rows from which the plane of the armpit is found: its deepest point, and
	// a hand's breadth below it on flank and arm.
	pit, flank, inner int32
	folds             []geometry.Tri // of the whole mesh, where skin can meet skin
	seams             [][2]int32     // pairs of neighbouring triangles of the half there
	sheet             *bvh.Sheet     // of the folds
	smooth            [][2]int32     // pairs of neighbours elsewhere on trunk and limbs, where skin should not fold
}

// side is a row that must stay on its side of the plane.
type side struct {
	row  int32
	sign float64 // +1: where the plane's normal points
	gap  float64 // and this far from it [m]
}

const (
	pitReach    = 0.17 // rows within this distance of the armpit are kept apart [m]
	breastReach = 0.10 // and within this distance of the underside of a breast [m]
	crotchReach = 0.15 // folds are looked for this far above and below the crotch [m]
	pitArm      = 0.09 // where flank and arm are looked at, below the pit [m]
	// armGives is how far the plane turns from the flank to the arm: the flank
	// is a little the softer.
	armGives = 0.55
	pitAbove = 0.03 // rows up to this far above the pit take part [m]
	// partShare of a row's distance from the plane on the mean shape is what
	// it keeps at least: so the order of the layers stays, and close to the
	// fold, where the sides meet anyway, nothing is forced.
	partShare = 0.06
	// spreadPasses carry the dent on to its surroundings, about two fingers
	// wide; the sides are held while it spreads.
	spreadPasses = 12
)

func newParting(t *Template, near [][]int32) *parting {
	mean := between(t.Women, t.Men).Mean
	p := &parting{t: t, near: near, pit: t.Marks[MarkUnderarm]}
	pit := mean[p.pit]
	shoulder, elbow := mean[t.half()+rowShoulder], mean[t.half()+rowElbow]
	p.flank = t.closest(mean, r3.Add(pit, r3.Vec{Y: -pitArm}), Torso)
	p.inner = t.closest(mean, r3.Add(pit, r3.Scale(pitArm, r3.Unit(r3.Sub(elbow, shoulder)))), UpperArmL)
	n, down := p.armpit(mean)
	crotch := mean[t.Marks[MarkCrotch]].Y
	for i, part := range t.Part {
		d := r3.Sub(mean[i], pit)
		switch s := r3.Dot(d, n); {
		case (part == Torso || part == UpperArmL) && r3.Norm(d) < pitReach && r3.Dot(d, down) > -pitAbove:
			p.arm = append(p.arm, side{int32(i), math.Copysign(1, s), partShare * math.Abs(s)})
		case (part == ThighL || part == ShinL) && i >= t.Middle && mean[i].X < innerThigh && mean[i].Y < crotch+0.02:
			p.leg = append(p.leg, side{int32(i), 1, partShare * mean[i].X})
		}
	}
	p.foldsIn(mean)
	p.sheet = bvh.NewSheet(&geometry.Mesh{Verts: t.spread(mean), Tris: p.folds})
	return p
}

// foldsIn lists the triangles of the whole mesh round the left armpit, under the
// left breast and round the crotch, the pairs of neighbours among those of the left
// half, and those elsewhere but for head, hands and feet.
func (p *parting) foldsIn(mean []r3.Vec) {
	t := p.t
	pit, crotch := mean[p.pit], mean[t.Marks[MarkCrotch]]
	breast := r3.Add(mean[t.Marks[MarkNipple]], r3.Vec{Y: -breastReach / 2})
	beside := geometry.Beside(t.Tris)
	in := make([]bool, len(t.Tris))
	for k, f := range t.Tris {
		at := r3.Scale(1.0/3, r3.Add(mean[f[0]], r3.Add(mean[f[1]], mean[f[2]])))
		between := at.X < innerThigh && math.Abs(at.Y-crotch.Y) < crotchReach
		if !between && r3.Norm(r3.Sub(at, pit)) >= pitReach && r3.Norm(r3.Sub(at, breast)) >= breastReach {
			continue
		}
		p.folds = append(p.folds, geometry.Tri(f))
		if between {
			p.folds = append(p.folds, geometry.Tri{t.mirror(f[0]), t.mirror(f[2]), t.mirror(f[1])})
		}
		in[k] = true
	}
	for k, f := range t.Tris {
		switch t.Part[f[0]] {
		case Head, HandL, FootL:
			continue
		}
		for _, o := range beside[k] {
			switch {
			case int(o) < k: // none, or listed already
			case in[k] && in[o]:
				p.seams = append(p.seams, [2]int32{int32(k), o})
			default:
				p.smooth = append(p.smooth, [2]int32{int32(k), o})
			}
		}
	}
}

// closest is the vertex of a part nearest to a point of the mean shape.
func (t *Template) closest(mean []r3.Vec, at r3.Vec, part Part) int32 {
	best, v := math.Inf(1), int32(0)
	for i, q := range t.Part {
		if d := r3.Norm2(r3.Sub(mean[i], at)); q == part && d < best {
			best, v = d, int32(i)
		}
	}
	return v
}

// armpit is the plane between flank and arm: its normal toward the arm, and the
// way down from the pit.
func (p *parting) armpit(x []r3.Vec) (n, down r3.Vec) {
	level := func(v r3.Vec) r3.Vec { v.Z = 0; return r3.Unit(v) }
	down = level(r3.Add(r3.Scale(1-armGives, level(r3.Sub(x[p.flank], x[p.pit]))), r3.Scale(armGives, level(r3.Sub(x[p.inner], x[p.pit])))))
	return r3.Vec{X: -down.Y, Y: down.X}, down
}

// apply moves rows that lie on the wrong side and spreads the move. It returns
// the farthest any row moved [m]. Where skin that crosses nothing reached over the
// plane before a limb was turned, in before, it may reach as far afterwards: the
// folds of the armpit run from trunk to arm and belong to both sides. Without it
// (nil) nothing may. Room is what arm and flank leave each below the pit [m].
func (p *parting) apply(x, before []r3.Vec, room float64) float64 {
	n, down := p.armpit(x)
	arm, leg := p.arm, p.leg
	if before != nil {
		m, _ := p.armpit(before)
		arm = asBefore(arm, before, before[p.pit], m)
		leg = asBefore(leg, before, r3.Vec{}, r3.Vec{X: 1})
	}
	if room > 0 {
		arm = p.withRoom(arm, x, down, room)
	}
	most := p.hold(x, arm, x[p.pit], n)
	return max(most, p.hold(x, leg, r3.Vec{}, r3.Vec{X: 1}))
}

// pressed says whether there is anything to apply.
func (p *parting) pressed(x []r3.Vec) bool {
	n, _ := p.armpit(x)
	return slices.ContainsFunc(p.arm, func(s side) bool { return s.from(x, x[p.pit], n) < s.gap }) ||
		slices.ContainsFunc(p.leg, func(s side) bool { return s.from(x, r3.Vec{}, r3.Vec{X: 1}) < s.gap })
}

// asBefore lets no side ask for more than it had.
func asBefore(sides []side, x []r3.Vec, o, n r3.Vec) []side {
	out := make([]side, len(sides))
	for i, s := range sides {
		s.gap = min(s.gap, s.from(x, o, n))
		out[i] = s
	}
	return out
}

// withRoom asks for room between arm and flank from roomBelow under the pit on,
// less and less towards it.
func (p *parting) withRoom(sides []side, x []r3.Vec, down r3.Vec, room float64) []side {
	out := make([]side, len(sides))
	for i, s := range sides {
		d := r3.Dot(r3.Sub(x[s.row], x[p.pit]), down)
		s.gap = max(s.gap, room*smoothStep(d/roomBelow))
		out[i] = s
	}
	return out
}

// lacking is by how much flesh must give at most for that room below the pit [m],
// save where there was less of it before.
func (p *parting) lacking(x, before []r3.Vec, room float64) float64 {
	n, down := p.armpit(x)
	m, _ := p.armpit(before)
	var most float64
	for _, s := range p.arm {
		if r3.Dot(r3.Sub(x[s.row], x[p.pit]), down) >= roomBelow {
			most = max(most, min(room, s.from(before, before[p.pit], m))-s.from(x, x[p.pit], n))
		}
	}
	return most
}

// from is how far the row stands from a plane, on its own side.
func (s side) from(x []r3.Vec, o, n r3.Vec) float64 {
	return s.sign * r3.Dot(r3.Sub(x[s.row], o), n)
}

// hold keeps the rows of one plane on their sides.
func (p *parting) hold(x []r3.Vec, sides []side, o, n r3.Vec) float64 {
	move := make([]float64, p.t.half()) // along n
	short := func(s side) float64 {     // what is missing, signed
		return s.sign * max(0, s.gap-s.from(x, o, n)-s.sign*move[s.row])
	}
	var any bool
	for _, s := range sides {
		move[s.row] = short(s)
		any = any || move[s.row] != 0
	}
	if !any {
		return 0
	}
	for range spreadPasses {
		move = p.t.averaged(move, p.near)
		for i := range p.t.Middle {
			move[i] = 0
		}
		for _, s := range sides {
			move[s.row] += short(s)
		}
	}
	var most float64
	for i, d := range move {
		if d != 0 {
			most = max(most, math.Abs(d))
			x[i] = r3.Add(x[i], r3.Scale(d, n))
		}
	}
	return most
}
