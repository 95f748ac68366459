package match

import (
	"math"

	"fitroom/garment/pattern"
)

// Costs are counted so that 1 is a doubt worth a word. They were set on the
// open patterns, whose seams are known; the tests hold the share they get right.
const (
	lengthDoubt = 0.02 // relative difference of lengths
	mostGap     = 0.12 // beyond it two edges are not compared at all
	bendDoubt   = 0.06 // difference of bend, in lengths
	easyBend    = 0.25 // the same where ease shapes the seam, as in a sleeve cap
	mostCost    = 3.2
)

// part is where on the body a panel is worn.
type part uint8

const (
	unknown part = iota
	torso
	sleeve
	skirt
	leg
	band
	collar
	cuff
	legCuff
	hood
)

func partOf(p *pattern.Panel) part {
	switch p.Role {
	case pattern.BodyFront, pattern.BodyBack:
		return torso
	case pattern.Sleeve, pattern.SleeveFr, pattern.SleeveBk:
		return sleeve
	case pattern.SkirtFront, pattern.SkirtBack:
		return skirt
	case pattern.LegFront, pattern.LegBack:
		return leg
	case pattern.WaistFront, pattern.WaistBack:
		return band
	case pattern.Collar:
		return collar
	case pattern.Cuff:
		return cuff
	case pattern.LegCuff:
		return legCuff
	case pattern.Hood:
		return hood
	}
	return unknown
}

// neighbours says which parts are sewn to each other, apart from equal ones.
var neighbours = map[[2]part]bool{
	{torso, sleeve}: true, {torso, skirt}: true, {torso, leg}: true, {torso, band}: true, {torso, collar}: true, {torso, hood}: true,
	{sleeve, cuff}: true, {skirt, band}: true, {leg, band}: true, {leg, legCuff}: true,
}

// wearCost doubts panels that are not worn side by side.
func wearCost(p, q *pattern.Panel) float64 {
	a, b := partOf(p), partOf(q)
	if a > b {
		a, b = b, a
	}
	cost := 0.0
	switch {
	case a == unknown:
		cost = 0.4
	case a != b && !neighbours[[2]part{a, b}]:
		cost = 3
	}
	if p.Side*q.Side == -1 { // left to right
		switch {
		case a == sleeve || a == cuff || a == legCuff || b == sleeve || b == cuff || b == legCuff:
			return cost + 4
		case p.Facing != q.Facing:
			return cost + 3
		default:
			return cost + 1
		}
	}
	if a == b && p.Facing == q.Facing && p.Facing != pattern.AllRound && a != unknown && p.Side == q.Side {
		cost++
	}
	return cost
}

// sameCost doubts seams within one panel, but for tubes.
func sameCost(p *pattern.Panel) float64 {
	switch partOf(p) {
	case sleeve, cuff, legCuff, collar, band:
		if p.Facing == pattern.AllRound {
			return 0.2
		}
	case unknown:
		return 1.2
	}
	return mostCost
}

// placeCost doubts what lies at unlike places of its panel.
func placeCost(p, q *pattern.Panel, a, b *edge) float64 {
	pa, pb := partOf(p), partOf(q)
	if pa > pb {
		p, q, a, b, pa, pb = q, p, b, a, pb, pa
	}
	cost := 0.0
	if pa == pb || pa == unknown {
		// One runs along the fabric and the other across it.
		cost += 1.5 * math.Max(0, math.Abs(a.along-b.along)-0.4)
		if pa != collar && pa != unknown {
			cost += 1.5 * math.Max(0, math.Abs(a.height-b.height)-0.15)
		}
		if hem(a) && hem(b) {
			cost += 2.5
		}
		if hollow(a) && hollow(b) && pa != leg {
			cost += 2 // two necklines, two armholes; of legs it is the crotch
		}
	}
	if pa == pb && pa != unknown && pa != collar && math.Min(a.along, b.along) > 0.5 {
		// Side by side, the right end of the one meets the left end of the other.
		cost += 3 * math.Max(0, math.Abs(a.across+b.across-1)-0.35)
	}
	if p.Side*q.Side == -1 {
		if a.along < 0.6 {
			cost += 2.5 // the middle seam runs along the grain; a hem does not
		}
		cost += 3 * (math.Max(0, math.Abs(a.across-middleOf(p))-0.5) + math.Max(0, math.Abs(b.across-middleOf(q))-0.5))
	}
	if pa != pb && pa != unknown {
		if p.Facing*q.Facing == -1 {
			cost++ // a front to a back
		}
		cost += sideCost(p, b, q) + sideCost(q, a, p)
	}
	return cost + hangCost(pa, pb, a, b)
}

// sideCost: on a panel over the whole width the left half belongs to left
// panels. p is the panel of one side, e the edge on the wide panel q.
func sideCost(p *pattern.Panel, e *edge, q *pattern.Panel) float64 {
	if p.Side == pattern.Centre || q.Side != pattern.Centre || q.Facing == pattern.AllRound {
		return 0
	}
	left := 1.0 // seen from outside, the left of the body is on the right of a front
	if pattern.Side(q.Facing)*p.Side == -1 {
		left = 0
	}
	return 3 * math.Max(0, math.Abs(e.across-left)-0.5)
}

// middleOf is where on a left or right panel the middle of the body is: 0 at
// its left end seen from outside, 1 at its right.
func middleOf(p *pattern.Panel) float64 {
	switch pattern.Side(p.Facing) * p.Side {
	case 1: // left front, right back
		return 0
	case -1:
		return 1
	}
	return 0.5
}

// hangCost: what hangs below another part meets its lower end with its upper.
func hangCost(pa, pb part, a, b *edge) float64 {
	switch [2]part{pa, pb} {
	case [2]part{skirt, band}, [2]part{leg, band}:
		return 1.5*(1-a.height) + 0.6*b.height
	case [2]part{torso, band}, [2]part{torso, skirt}, [2]part{torso, leg}, [2]part{sleeve, cuff}, [2]part{leg, legCuff}:
		return 1.5*a.height + 0.6*(1-b.height)
	case [2]part{torso, collar}, [2]part{torso, hood}:
		return 1 - a.height
	}
	return 0
}

func hem(e *edge) bool { return e.along < 0.4 && e.height < 0.12 }

// hollow: the edge curves clearly into the panel.
func hollow(e *edge) bool { return e.bend[bendPoints/2] < -0.04 }

// notchCost rewards notches that meet and doubts those that do not.
func notchCost(a, b *edge) float64 {
	if len(a.notches) == 0 && len(b.notches) == 0 {
		return 0
	}
	if len(a.notches) != len(b.notches) {
		return 0.8
	}
	worst := 0.0
	for k, x := range a.notches {
		worst = math.Max(worst, math.Abs(x-(1-b.notches[len(b.notches)-1-k])))
	}
	if worst < 0.03 {
		return -0.8
	}
	return 0.6
}

// cost of sewing two edges; ok is false where it is out of the question.
func (g *guesser) cost(a, b *edge) (cost float64, ok bool) {
	gap := gapOf(a.lengths, b.lengths)
	if gap > mostGap {
		return 0, false
	}
	p, q := &g.p.Panels[a.ref.Panel], &g.p.Panels[b.ref.Panel]
	doubt := bendDoubt
	if partOf(p) != partOf(q) && partOf(p) != unknown && partOf(q) != unknown {
		doubt = easyBend
	}
	cost = gap/lengthDoubt + bendGap(a, b)/doubt + notchCost(a, b) + placeCost(p, q, a, b)
	if a.ref.Panel == b.ref.Panel {
		cost += sameCost(p)
	} else {
		cost += wearCost(p, q)
	}
	return cost, cost <= mostCost
}
