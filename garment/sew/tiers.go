package sew

import (
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// placeTier lays one ring of panels of a family round the body.
func (l *layout) placeTier(f family, tier []int) {
	for _, i := range tier {
		l.orientPanel(f, i)
	}
	hung := l.hangCharts(f, tier, l.align(tier))
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range tier {
		l.rows[i] = newRows(l.pieces[i], &l.charts[i])
		lo, hi = min(lo, l.rows[i].v0), max(hi, l.rows[i].top())
	}
	g := l.ringFor(f, tier)
	v, s := l.anchor(f, tier, g, hung, lo, hi)
	if f == trouser {
		l.forkAt(g, tier, v, s, lo, hi)
	} else {
		l.march(g, v, s, lo, hi)
	}
	if f == sleeve {
		l.sleeveEnds(g, tier, lo)
	}
	for _, i := range tier {
		l.wrap(g, i)
		if f == trouser || f == trouserCuff {
			l.keepSide(i)
		}
	}
}

// orientPanel finds which way is up in a panel: the grain for what hangs on
// the trunk, the direction to the shoulder for sleeves, away from or towards
// the seam above for the rest.
func (l *layout) orientPanel(f family, i int) {
	c := &l.charts[i]
	switch f {
	case sleeve:
		c.up = l.sleeveUp(i)
	case cuff, trouserCuff:
		c.up = l.seamUp(i, 1)
	case collar:
		c.up = l.seamUp(i, -1)
	case skirt:
		if top, length := l.topEdge(i); len(top) > 2 {
			if r, ok := roundChart(top, length, centroid(l.pieces[i].points[:l.pieces[i].border])); ok {
				r.turned = c.turned
				*c = r
			}
		}
	}
}

// topEdge returns the points of the edges by which a skirt panel hangs, and
// their length: those sewn to a placed panel, else free ones that run across
// its upper half.
func (l *layout) topEdge(i int) ([]r2.Vec, float64) {
	pc := l.pieces[i]
	var use []int
	sewn := make([]bool, len(pc.edges))
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if e[0].Panel != i {
				continue
			}
			sewn[e[0].Edge] = true
			if e[1].Panel != i && l.pos[e[1].Panel] != nil && l.stacked(s) {
				use = append(use, e[0].Edge)
			}
		}
	}
	if len(use) == 0 {
		middle := centroid(pc.points[:pc.border])
		for e := range pc.edges {
			if !sewn[e] && l.across(pattern.EdgeRef{Panel: i, Edge: e}) && r2.Dot(r2.Sub(centroid(l.pointsOf(i, e)), middle), l.up[i]) > 0 {
				use = append(use, e)
			}
		}
	}
	slices.Sort(use)
	var pts []r2.Vec
	var length float64
	for _, e := range use {
		p := l.pointsOf(i, e)
		pts = append(pts, p...)
		for k := 1; k < len(p); k++ {
			length += r2.Norm(r2.Sub(p[k], p[k-1]))
		}
	}
	return pts, length
}

func (l *layout) pointsOf(i, e int) []r2.Vec {
	pc := l.pieces[i]
	out := make([]r2.Vec, len(pc.edges[e]))
	for k, v := range pc.edges[e] {
		out[k] = pc.points[v]
	}
	return out
}

// sleeveUp is the mean direction of the seams along the arm, towards the end
// that is sewn to the body.
func (l *layout) sleeveUp(i int) r2.Vec {
	pc := l.pieces[i]
	var arm []r2.Vec
	var along []r2.Vec
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if e[0].Panel != i {
				continue
			}
			switch l.fam[e[1].Panel] {
			case torso:
				arm = append(arm, l.pointsOf(i, e[0].Edge)...)
			case sleeve:
				along = append(along, l.chord(e[0]))
			}
		}
	}
	to := l.up[i]
	if len(arm) > 0 {
		to = r2.Sub(centroid(arm), centroid(pc.points[:pc.border]))
	}
	var up r2.Vec
	for _, d := range along {
		if r2.Dot(d, to) < 0 {
			d = r2.Scale(-1, d)
		}
		up = r2.Add(up, d)
	}
	if r2.Norm(up) == 0 {
		up = to
	}
	return r2.Unit(up)
}

// seamUp is square to the edges sewn to placed panels and points from the
// middle of the panel to them (sign 1) or away from them (-1).
func (l *layout) seamUp(i int, sign float64) r2.Vec {
	var chord, at r2.Vec
	n := 0.0
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if e[0].Panel == i && l.pos[e[1].Panel] != nil && l.stacked(s) {
				d := l.chord(e[0])
				if r2.Dot(d, chord) < 0 {
					d = r2.Scale(-1, d)
				}
				chord = r2.Add(chord, d)
				at = r2.Add(at, centroid(l.pointsOf(i, e[0].Edge)))
				n++
			}
		}
	}
	if n == 0 || r2.Norm(chord) == 0 {
		return l.up[i]
	}
	up := r2.Unit(r2.Vec{X: -chord.Y, Y: chord.X})
	away := r2.Sub(r2.Scale(1/n, at), centroid(l.pieces[i].points[:l.pieces[i].border]))
	if r2.Dot(up, away)*sign < 0 {
		up = r2.Scale(-1, up)
	}
	return up
}

// A sleeve is hung by the lowest part of its armhole seam, so high [m]: there
// it would otherwise cut through the side of the body panels, while a cap that
// starts too high or low only bulges.
const underarmBand = 0.03

// hangCharts lifts each connected group of a tier as one, so that its seams
// with placed panels lie on the same rows on both sides. It returns which
// panels belong to such a group.
func (l *layout) hangCharts(f family, tier []int, group []int) []bool {
	sum, n := make([]float64, len(tier)), make([]float64, len(tier))
	for k, i := range tier {
		joints := l.joints(i, false)
		lowest := math.Inf(1)
		for _, j := range joints {
			_, v := l.charts[i].at(l.pieces[i].points[j.own])
			lowest = min(lowest, v)
		}
		for _, j := range joints {
			_, v := l.charts[i].at(l.pieces[i].points[j.own])
			weight := 1.0
			if f == sleeve && v > lowest+underarmBand {
				weight = 0.05
			}
			sum[group[k]] += weight * (l.rowOf(f, i, j) - v)
			n[group[k]] += weight
		}
	}
	hung := make([]bool, len(tier))
	for k, i := range tier {
		if g := group[k]; n[g] > 0 {
			l.charts[i].lift += sum[g] / n[g]
			hung[k] = true
		}
	}
	return hung
}

// rowOf is the row on which the placed side of a joint lies, in the rows of
// family f: limbs and necks count rows along their own tube.
func (l *layout) rowOf(f family, i int, j joint) float64 {
	at := l.pos[j.panel][j.other]
	switch {
	case f == sleeve || f == cuff:
		s, _, _ := l.fig.arm[l.limb(i)].local(at)
		return s
	case f == collar || l.charts[j.panel].round != l.charts[i].round && l.prof[j.panel] == nil:
		return at.Y
	}
	_, v := l.charts[j.panel].at(l.pieces[j.panel].points[j.other])
	return v
}

func (l *layout) limb(i int) int {
	if l.p.Panels[i].Side == pattern.Right {
		return 1
	}
	return 0
}

// align lifts the charts of a tier to meet along their common seams. It
// returns, per panel, the first panel of its connected group.
func (l *layout) align(tier []int) (group []int) {
	done := make([]bool, len(tier))
	group = make([]int, len(tier))
	for first := range tier {
		if done[first] {
			continue
		}
		done[first], group[first] = true, first
		for again := true; again; {
			again = false
			for k, i := range tier {
				if done[k] {
					continue
				}
				if d, ok := l.rowGap(tier, done, i); ok {
					l.charts[i].lift += d
					done[k], group[k], again = true, first, true
				}
			}
		}
	}
	return group
}

// rowGap is the mean difference of rows along the seams of panel i with the
// aligned panels of its tier; upright seams are preferred.
func (l *layout) rowGap(tier []int, done []bool, i int) (float64, bool) {
	var sum, n [2]float64
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			k := slices.Index(tier, e[1].Panel)
			if e[0].Panel != i || e[1].Panel == i || k < 0 || !done[k] {
				continue
			}
			kind := 0
			if l.across(e[0]) && l.across(e[1]) {
				kind = 1
			}
			a, b := l.pieces[i].edges[e[0].Edge], l.pieces[e[1].Panel].edges[e[1].Edge]
			for m := range a {
				q := len(b) - 1 - m
				if s.Reversed {
					q = m
				}
				_, own := l.charts[i].at(l.pieces[i].points[a[m]])
				_, other := l.charts[e[1].Panel].at(l.pieces[e[1].Panel].points[b[q]])
				sum[kind] += other - own
				n[kind]++
			}
		}
	}
	for kind := range n {
		if n[kind] > 0 {
			return sum[kind] / n[kind], true
		}
	}
	return 0, false
}

// ringFor chooses the tube of a family.
func (l *layout) ringFor(f family, tier []int) *ring {
	side := l.limb(tier[0])
	outseam := math.Pi / 2 * (1 - 2*float64(side))
	switch f {
	case sleeve, cuff:
		return l.limbRing(l.fig.arm[side], tier, side, 0)
	case trouser, trouserCuff:
		return l.limbRing(l.fig.leg[side], tier, side, outseam)
	case collar:
		return l.trunkRing(l.fig.neck, tier)
	}
	g := l.trunkRing(l.fig.trunk, tier)
	if f == skirt {
		g.flare = flareSkirt
	}
	return g
}

// anchor says on which height s of the tube row v of a tier lies.
func (l *layout) anchor(f family, tier []int, g *ring, hung []bool, lo, hi float64) (v, s float64) {
	var sum, sumS, n float64
	least := math.Inf(1)
	for k, i := range tier {
		if !hung[k] {
			continue
		}
		for _, j := range l.joints(i, false) {
			row := l.rowOf(f, i, j)
			sum += row
			least = min(least, row)
			if p := l.prof[j.panel]; p != nil {
				at := p.at(row)
				sumS += (at.s + at.sideS) / 2
			}
			n++
		}
	}
	switch {
	case n == 0:
		v = (lo + hi) / 2
		if f != band {
			v = hi - 0.01
		}
		return v, l.fig.settle(l.width(g.halves[0], v)+l.width(g.halves[1], v)+l.otherLeg(f, g, v), l.clear)
	case f == sleeve:
		g.closed = l.closedRow(tier)
		return g.closed, g.closed
	case f == cuff || f == collar:
		return sum / n, sum / n
	}
	return sum / n, sumS / n
}

// otherLeg doubles the width of one trouser leg to that of the waist.
func (l *layout) otherLeg(f family, g *ring, v float64) float64 {
	if f != trouser {
		return 0
	}
	return l.width(g.halves[0], v) + l.width(g.halves[1], v)
}

// closedRow is the highest row at which a limb's tier goes all round: the
// lower of the upper ends of its long seams, on the two sides of a panel.
func (l *layout) closedRow(tier []int) float64 {
	i := tier[0]
	top := [2]float64{math.Inf(-1), math.Inf(-1)}
	for k, s := range l.p.Seams {
		if !slices.Contains(tier, s.A.Panel) || !slices.Contains(tier, s.B.Panel) || l.p.IsDart(k) {
			continue
		}
		for _, e := range [2]pattern.EdgeRef{s.A, s.B} {
			if e.Panel != i {
				continue
			}
			a, v := l.charts[i].at(centroid(l.pointsOf(i, e.Edge)))
			side := 0
			if l.rows[i].fraction(a, v) > 0.5 {
				side = 1
			}
			for _, p := range l.pointsOf(i, e.Edge) {
				_, v := l.charts[i].at(p)
				top[side] = max(top[side], v)
			}
		}
	}
	if closed := min(top[0], top[1]); !math.IsInf(closed, -1) {
		return closed
	}
	return l.rows[i].top()
}

// crotchEase is how far below the body the fork starts [m].
const crotchEase = 0.015

// forkAt lays trouser legs: below the fork round the leg, above it from the
// middle of front and back to the outseam, between them gradually.
func (l *layout) forkAt(g *ring, tier []int, v, s, lo, hi float64) {
	fork := l.closedRow(tier)
	side := l.limb(tier[0])
	sign := 1 - 2*float64(side)
	const middle = 0.09 // how far beyond straight ahead the middle lies [rad]
	g.bend = func(o *outline, h int, v, length float64) float64 {
		u := min(1, max(0, (v-fork)/0.08))
		u = u * u * (3 - 2*u)
		to := -sign * middle // front
		if (h == 0) == (side == 0) {
			to = sign * (math.Pi + middle)
		}
		reach := math.Abs(o.arcAt(to) - o.arcAt(g.angle))
		return length + u*(reach-length)
	}
	l.march(g, v, s, lo, hi)
	// A short rise is drawn out so that the fork passes under the body.
	at := g.prof.at(fork)
	if gap := at.s - (l.fig.crotch - crotchEase); gap > 0 && v > fork {
		for k := range g.prof.rows {
			row := g.prof.v0 + float64(k)*profileStep
			down := gap * min(1, max(0, (v-row)/(v-fork)))
			g.prof.rows[k].s -= down
			g.prof.rows[k].sideS -= down
		}
	}
	g.hem = g.prof.at(lo).s
	j := &l.fig.body.Joints
	ankle := min(j[body.AnkleL].Y, j[body.AnkleR].Y)
	// Much too long legs are gathered from higher up: crushed at the hem, a start
	// is none that could be dressed from.
	knee := min(fork, max((fork+lo)/2, lo+2*(ankle-g.prof.at(lo).s)/mostGathered))
	l.drawUp(g, ankle, knee, lo)
}

// mostGathered is the share of its height that a row of a leg may lose at the hem.
const mostGathered = 0.25

// drawUp gathers the lower end of a limb's tier that is too long above height
// end of the tube: a narrow tube round a foot or a hand would be stretched and
// cut by toes and fingers, and is not worn so. knee is the row from which it is
// gathered, hem the lowest.
func (l *layout) drawUp(g *ring, end, knee, hem float64) {
	// Rows may come as near as a third of their flat distance.
	gap := min(end-g.prof.at(hem).s, (knee-hem)/3)
	if gap <= 0 {
		return
	}
	for k := range g.prof.rows {
		row := g.prof.v0 + float64(k)*profileStep
		u := max(0, (knee-row)/(knee-hem))
		g.prof.rows[k].s += gap * u * u
		g.prof.rows[k].sideS += gap * u * u
	}
}

// sleeveEnds draws sleeves up that would start over the hand and are too narrow
// for it: caught there, a sleeve drags the garment after it. Others start as
// they are, since gathers do not come out of a sleeve easily.
func (l *layout) sleeveEnds(g *ring, tier []int, hem float64) {
	side := l.limb(tier[0])
	t := l.fig.arm[side]
	wrist, _, _ := t.local(l.fig.body.Joints[body.WristL+body.Joint(side)])
	end := wrist + wristEase + l.cuffBelow(tier)
	if g.prof.at(hem).s < end && l.width(g.halves[0], hem)+l.width(g.halves[1], hem) < handRoom*l.handGirth(t, wrist) {
		l.drawUp(g, end, g.closed, hem)
	}
}

// handGirth is the girth of the flat hand below the wrist [m].
func (l *layout) handGirth(t *tube, wrist float64) float64 {
	girth := 0.0
	for s := wrist; s > wrist-handLength; s -= tubeStep {
		girth = max(girth, t.bareGirth(s))
	}
	return girth
}

// Sleeves end so far above the joint of the wrist [m], whose skin begins at the
// ball of the thumb; the hand reaches so far below it to the knuckles, the
// widest part of it; and a hem that is so much wider than the hand falls over
// it by itself.
const (
	wristEase  = 0.015
	handLength = 0.10
	handRoom   = 1.15
)

// cuffBelow is the height of the cuffs that hang from a sleeve [m].
func (l *layout) cuffBelow(tier []int) float64 {
	deep := 0.0
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if !slices.Contains(tier, e[0].Panel) || l.fam[e[1].Panel] != cuff {
				continue
			}
			pc, along := l.pieces[e[1].Panel], r2.Unit(l.chord(e[1]))
			for _, q := range pc.points[:pc.border] {
				deep = max(deep, math.Abs(r2.Cross(along, r2.Sub(q, pc.points[pc.edges[e[1].Edge][0]]))))
			}
		}
	}
	return deep
}

// keepSide keeps a trouser panel on its side of the middle plane.
func (l *layout) keepSide(i int) {
	sign := float64(l.p.Panels[i].Side)
	if sign == 0 {
		return
	}
	for k, p := range l.pos[i] {
		l.pos[i][k].X = sign * max(0.002, sign*p.X)
	}
}

// hangLoose places every remaining panel on the seams it shares with placed
// ones: turned rigidly to fit them, then bent so that the seams meet.
func (l *layout) hangLoose() {
	for again := true; again; {
		again = false
		for i := range l.pieces {
			if l.pos[i] == nil && !l.laid[i] && len(l.joints(i, true)) > 1 {
				l.hangOne(i)
				again = true
			}
		}
	}
	for i, pc := range l.pieces { // sewn to nothing: in front of the body
		if l.pos[i] == nil {
			l.pos[i] = make([]r3.Vec, len(pc.points))
			for k, q := range pc.points {
				l.pos[i][k] = r3.Vec{X: q.X, Y: l.fig.waist + q.Y, Z: 0.4}
			}
		}
	}
}
