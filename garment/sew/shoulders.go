package sew

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// yoke is the upper part of a torso tier, which does not go round the trunk
// but over the shoulders: fronts and backs are laid down from the shoulder
// seam along slices of the body, and blend into the ring below the armholes.
type yoke struct {
	ring   *ring
	under  float64         // row of the lower end of the armholes [m]
	middle map[int]float64 // per panel: a of the front or back middle [m]
	half   [2]float64      // fabric of each half ring just below the armholes [m]
	// top is, per panel, the shoulder seam as distance from the middle and
	// row, by growing distance.
	top map[int][]r2.Vec
	// over lists the panels that lie wholly above the armholes' ends: yokes, which
	// are no part of the ring.
	over []int
}

// The ring takes over from the slices between these heights above and below
// the end of the armholes [m].
const (
	yokeAbove = 0.04
	yokeBelow = 0.14
	// Armholes start at least so far below the armpit [m]: short ones are drawn
	// out, since cloth that starts between arm and trunk cuts itself there.
	armpitEase = 0.02
	// Along the upper arm a shoulder that drops beyond the shoulder point
	// advances this much less in x than along the arm.
	dropped = 0.75
)

// placeTorso lays the fronts and backs of the upper body.
func (l *layout) placeTorso() {
	var tier []int
	for i, f := range l.fam {
		if f == torso {
			tier = append(tier, i)
		}
	}
	if len(tier) == 0 {
		return
	}
	l.align(tier)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range tier {
		l.rows[i] = newRows(l.pieces[i], &l.charts[i])
		lo, hi = min(lo, l.rows[i].v0), max(hi, l.rows[i].top())
	}
	round, over := l.partYokes(tier)
	g := l.trunkRing(l.fig.trunk, round)
	y := l.newYoke(g, over)
	g.closed = y.under - 0.01
	at := l.fig.underarm - 0.01 // strapless: the top edge goes round under the arms
	if len(y.top) > 0 {
		at = min(l.underHeight(y), l.fig.underarm-armpitEase)
	}
	l.march(g, g.closed, at, lo, hi)
	for _, i := range tier {
		l.pos[i] = make([]r3.Vec, len(l.pieces[i].points))
		var o outline
		for k, q := range l.pieces[i].points {
			l.pos[i][k] = l.yokePoint(y, &o, i, q)
		}
	}
}

// partYokes takes the panels out of a torso tier that lie above the sides.
func (l *layout) partYokes(tier []int) (round, over []int) {
	sides := l.sideTop()
	for _, i := range tier {
		if !math.IsInf(sides, -1) && l.rows[i].v0 > sides+yokeAbove {
			over = append(over, i)
		} else {
			round = append(round, i)
		}
	}
	return round, over
}

// newYoke finds shoulders and armholes from the seams between fronts and
// backs: those that run across are shoulders, the upright ones sides.
func (l *layout) newYoke(g *ring, over []int) *yoke {
	y := &yoke{ring: g, under: math.Inf(1), middle: map[int]float64{}, top: map[int][]r2.Vec{}, over: over}
	hi := math.Inf(-1)
	for _, i := range g.tier {
		hi = max(hi, l.rows[i].top())
	}
	y.under = hi
	if top := l.sideTop(); !math.IsInf(top, -1) {
		y.under = top
	}
	for _, i := range g.tier {
		y.middle[i] = l.middleOf(i, y.under-0.02) + l.besideStrip(g.tier, i, y.under-0.02) + l.beyondMiddle(i)
	}
	for _, i := range over {
		y.middle[i] = l.middleOf(i, l.rows[i].v0)
	}
	for h := range g.halves {
		y.half[h] = l.width(g.halves[h], y.under-0.01) - g.aside*float64(1-2*h)
	}
	l.shoulderSeams(y)
	return y
}

// sideTop is the highest row of the side seams, the upright ones between
// fronts and backs; minus infinity where there are none.
func (l *layout) sideTop() float64 {
	top := math.Inf(-1)
	for _, s := range l.p.Seams {
		a, b := s.A.Panel, s.B.Panel
		if l.fam[a] != torso || l.fam[b] != torso || facing(&l.p.Panels[a]) == facing(&l.p.Panels[b]) || l.across(s.A) && l.across(s.B) {
			continue
		}
		for _, p := range l.pointsOf(a, s.A.Edge) {
			_, v := l.charts[a].at(p)
			top = max(top, v)
		}
	}
	return top
}

// middleOf is the a of the line of a torso panel that lies in the middle of
// front or back.
func (l *layout) middleOf(i int, v float64) float64 {
	p, r := &l.p.Panels[i], l.rows[i]
	k := r.index(v)
	front := facing(p) == pattern.FacesFront
	switch {
	case p.Side == pattern.Centre:
		return (r.from[k] + r.to[k]) / 2
	case (p.Side == pattern.Left) == front:
		return r.from[k]
	}
	return r.to[k]
}

// besideStrip is how far the middle of front or back lies outside a left or
// right panel because a strip runs there, as a button placket does [m].
func (l *layout) besideStrip(tier []int, i int, v float64) float64 {
	p := &l.p.Panels[i]
	if p.Side == pattern.Centre {
		return 0
	}
	for _, j := range tier {
		q := &l.p.Panels[j]
		if q.Side == pattern.Centre && facing(q) == facing(p) {
			half := l.rows[j].width[l.rows[j].index(v)] / 2
			if (p.Side == pattern.Left) == (facing(p) == pattern.FacesFront) {
				return -half
			}
			return half
		}
	}
	return 0
}

func (l *layout) shoulderSeams(y *yoke) {
	for _, s := range l.p.Seams {
		a, b := s.A.Panel, s.B.Panel
		if l.fam[a] != torso || l.fam[b] != torso || facing(&l.p.Panels[a]) == facing(&l.p.Panels[b]) || !l.across(s.A) || !l.across(s.B) {
			continue
		}
		for _, e := range [2]pattern.EdgeRef{s.A, s.B} {
			for _, q := range l.pointsOf(e.Panel, e.Edge) {
				a, v := l.charts[e.Panel].at(q)
				if v > y.under {
					y.top[e.Panel] = append(y.top[e.Panel], r2.Vec{X: math.Abs(a - y.middle[e.Panel]), Y: v})
				}
			}
		}
	}
	for _, i := range y.over { // the panel below a yoke hangs by the yoke's shoulders
		for _, s := range l.p.Seams {
			for _, e := range [2][2]int{{s.A.Panel, s.B.Panel}, {s.B.Panel, s.A.Panel}} {
				if j := e[1]; e[0] == i && l.fam[j] == torso && facing(&l.p.Panels[j]) == facing(&l.p.Panels[i]) && len(y.top[j]) == 0 {
					y.top[j] = slices.Clone(y.top[i])
				}
			}
		}
	}
	for i := range l.pieces {
		slices.SortStableFunc(y.top[i], func(a, b r2.Vec) int { return cmp.Compare(a.X, b.X) })
	}
}

// seamRow is the row of the shoulder seam at a distance from the middle.
func seamRow(top []r2.Vec, d float64) float64 {
	k, _ := slices.BinarySearchFunc(top, d, func(p r2.Vec, d float64) int { return cmp.Compare(p.X, d) })
	switch {
	case k == 0:
		return top[0].Y
	case k == len(top):
		return top[k-1].Y
	}
	a, b := top[k-1], top[k]
	if b.X == a.X {
		return b.Y
	}
	return a.Y + (d-a.X)/(b.X-a.X)*(b.Y-a.Y)
}

// underHeight is the height at which the armholes end when the garment hangs
// from the shoulders.
func (l *layout) underHeight(y *yoke) float64 {
	var sum, n float64
	var o outline
	for _, i := range y.ring.tier {
		top := y.top[i]
		if len(top) == 0 {
			continue
		}
		far := top[len(top)-1].X
		for k := range 8 { // a mean over the width, as slices differ
			sum += l.overShoulder(&o, y, i, far*(0.2+0.09*float64(k)), y.under).Y
			n++
		}
	}
	return sum / n
}

func (l *layout) yokePoint(y *yoke, o *outline, i int, q r2.Vec) r3.Vec {
	a, v := l.charts[i].at(q)
	u := min(1, max(0, (v-y.under+yokeBelow)/(yokeAbove+yokeBelow)))
	d := a - y.middle[i]
	if u == 0 || len(y.top[i]) == 0 {
		return l.roundTrunk(y, o, i, d, v, q)
	}
	over := l.overShoulder(o, y, i, d, v)
	if u == 1 {
		return over
	}
	u = u * u * (3 - 2*u)
	return r3.Add(r3.Scale(1-u, l.roundTrunk(y, o, i, d, v, q)), r3.Scale(u, over))
}

// roundTrunk is the place on the ring of a point at distance d from the middle
// of its panel; above the armholes' end rows do not close, so distances count.
func (l *layout) roundTrunk(y *yoke, o *outline, i int, d, v float64, q r2.Vec) r3.Vec {
	g := y.ring
	if v <= g.closed {
		return l.wrapPoint(g, o, i, q)
	}
	g.tube.outlineAt(o, l.fig.dirs, g.prof.at(v))
	back := facing(&l.p.Panels[i]) == pattern.FacesBack
	h := 0 // the left half: growing a in front, falling a behind
	if (d > 0) == back {
		h = 1
	}
	t := min(1, math.Abs(d)/y.half[h])
	if back {
		t = 1 - t
	}
	mid := *g // distances count from the middle
	mid.aside = 0
	return g.tube.point(o, l.arcIn(&mid, o, h, t, v))
}

// overShoulder lays a point down from the shoulder seam: across by its
// distance from the middle, down by its distance below the seam.
func (l *layout) overShoulder(o *outline, y *yoke, i int, d, v float64) r3.Vec {
	f := l.fig
	front := facing(&l.p.Panels[i]) == pattern.FacesFront
	top := y.top[i]
	x := math.Abs(d)
	if x > f.tip {
		x = f.tip + (x-f.tip)*dropped
	}
	if (d > 0) != front { // outer view of the back: growing a runs to the right
		x = -x
	}
	f.slice.outlineAt(o, f.dirs, level(x, l.clear))
	start := 0.0
	if neck := top[0].X; math.Abs(d) < neck {
		start = l.neckStart(o, math.Copysign(neck, x), front)
	}
	down := start + max(0, seamRow(top, math.Abs(d))-v)
	if !front {
		down = -down
	}
	return f.slice.point(o, down)
}

// neckStart is how far below the top of a slice through the neck the shoulder
// height at x is reached.
func (l *layout) neckStart(o *outline, x float64, front bool) float64 {
	var side outline
	l.fig.slice.outlineAt(&side, l.fig.dirs, level(x, l.clear))
	for k := range rays / 4 {
		j, arc := k, o.arc[k]
		if !front && k > 0 {
			j = rays - k
			arc = o.perimeter() - o.arc[j]
		}
		if o.x[j] <= side.x[0] {
			return arc
		}
	}
	return 0
}
