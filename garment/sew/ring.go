package sew

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// clearance is how far from the skin panels start [m]: the thickness of a
// coat's cloth and the sagitta of a 20 mm edge on a thigh together.
const clearance = 0.010

// How steeply a tier may widen or narrow: 1 would be a flat plate. A circle
// skirt starts nearly flat, a little down so that gravity finds its way. All
// else stays close to upright, as widening costs height.
const (
	flareSkirt = 0.93
	flareOther = 0.35
)

// profile says where the rows of a tier are put along its tube. Beyond its
// ends the panel goes straight on.
type profile struct {
	v0   float64 // of the first, lowest entry [m]
	rows []place
}

const profileStep = 0.005 // [m]

func (p *profile) at(v float64) place {
	f := (v - p.v0) / profileStep
	i := min(max(int(math.Floor(f)), 0), max(0, len(p.rows)-2))
	a, b := p.rows[i], p.rows[min(i+1, len(p.rows)-1)]
	f -= float64(i)
	u := min(max(f, 0), 1)
	beyond := (f - u) * profileStep
	return place{
		s: a.s + u*(b.s-a.s) + beyond, sideS: a.sideS + u*(b.sideS-a.sideS) + beyond,
		d: a.d + u*(b.d-a.d), sideD: a.sideD + u*(b.sideD-a.sideD),
	}
}

// ring is a tier laid round a tube.
type ring struct {
	tube *tube
	tier []int
	// halves lists the panels from the reference of the ring both ways, in
	// order: [0] along growing angles. A panel that spans the reference
	// counts half on each side.
	halves [2][]share
	angle  float64 // of the reference [rad]
	aside  float64 // of the place from where both halves start, against growing angles [m]
	split  bool    // the far end of both halves is the opposite angle, as the back middle of a trunk
	// closed is the highest row that goes all round; above it armholes cut
	// in and points keep their distance from the reference [m].
	closed float64
	// bend, if set, gives the length of a half ring instead of length, for
	// rows of trousers above the fork.
	bend  func(o *outline, half int, v, length float64) float64
	flare float64 // flareSkirt or flareOther
	prof  *profile
	hem   float64 // height of the lowest row before it is gathered [m]
}

// share is the part of a panel that lies on a half ring, as fractions of its
// rows: from the end nearer to the reference to the other.
type share struct {
	panel    int
	from, to float64
}

// width of all shares of a half at row v [m].
func (l *layout) width(half []share, v float64) float64 {
	var w float64
	for _, s := range half {
		r := l.rows[s.panel]
		w += math.Abs(s.to-s.from) * r.width[r.index(v)]
	}
	return w
}

// trunkRing lays a tier round the trunk, fronts to the front and backs to the
// back, each centred.
func (l *layout) trunkRing(t *tube, tier []int) *ring {
	g := &ring{tube: t, tier: tier, split: true, closed: math.Inf(1), flare: flareOther, aside: l.frontAside(tier)}
	for h, side := range [2]pattern.Side{pattern.Left, pattern.Right} {
		for _, i := range l.sortRound(tier) {
			p := &l.p.Panels[i]
			back := facing(p) == pattern.FacesBack
			var s share
			switch {
			case p.Side == side && h == 0:
				s = share{i, 0, 1}
			case p.Side == side:
				s = share{i, 1, 0}
			case p.Side != pattern.Centre:
				continue
			case facing(p) == pattern.AllRound: // one panel all round, open or closed at the back
				s = share{i, 0.5, 1 - float64(h)}
			case (h == 0) != back:
				s = share{i, 0.5, 1}
			default:
				s = share{i, 0.5, 0}
			}
			if p.Side == pattern.Centre && back { // runs towards the back middle
				s.from, s.to = s.to, s.from
			}
			g.halves[h] = append(g.halves[h], s)
		}
	}
	return g
}

// limbRing lays one or two panels round an arm or leg. The reference is where
// front and back meet on the outside: the shoulder line or the outseam.
func (l *layout) limbRing(t *tube, tier []int, side int, angle float64) *ring {
	g := &ring{tube: t, tier: tier, angle: angle, closed: math.Inf(1), flare: flareOther}
	for _, i := range tier {
		f := facing(&l.p.Panels[i])
		if f == pattern.AllRound {
			g.halves[0] = append(g.halves[0], share{i, 0.5, 1})
			g.halves[1] = append(g.halves[1], share{i, 0.5, 0})
			continue
		}
		// Growing angles lead to the back on the left limb, to the front on
		// the right one.
		if (f == pattern.FacesBack) == (side == 0) {
			g.halves[0] = append(g.halves[0], share{i, 0, 1})
		} else {
			g.halves[1] = append(g.halves[1], share{i, 1, 0})
		}
	}
	return g
}

// march finds the place of each row from the anchor row v down to lo and up to
// hi. The offset is what the fabric needs to lie smooth. It may not change
// faster than a plate would, and what it changes is lost in height; at the
// sides it stays between the arms and goes to front and back instead.
func (l *layout) march(g *ring, v, s, lo, hi float64) {
	n := int(math.Ceil((v-lo)/profileStep)) + 1
	m := int(math.Ceil((hi-v)/profileStep)) + 1
	p := &profile{v0: v - float64(n)*profileStep, rows: make([]place, n+m+1)}
	start := l.want(g, v, level(s, 0))
	p.rows[n] = place{s, start.d, s, start.sideD}
	for k := n - 1; k >= 0; k-- {
		p.rows[k] = l.advance(g, p.v0+float64(k)*profileStep, p.rows[k+1], -1)
	}
	for k := n + 1; k < len(p.rows); k++ {
		p.rows[k] = l.advance(g, p.v0+float64(k)*profileStep, p.rows[k-1], 1)
	}
	g.prof, g.hem = p, p.at(lo).s
	l.rings = append(l.rings, g)
	for _, i := range g.tier {
		l.prof[i] = p
	}
}

// want gives the offsets that row v needs at the heights of a place.
func (l *layout) want(g *ring, v float64, at place) place {
	v = min(v, g.closed)
	bare := at
	bare.d, bare.sideD = 0, 0
	var o outline
	g.tube.outlineAt(&o, l.fig.dirs, bare)
	have := l.halfLength(g, &o, 0, v) + l.halfLength(g, &o, 1, v)
	want := l.width(g.halves[0], v) + l.width(g.halves[1], v)
	// Offsetting by d lengthens an arc by d times the angle it turns.
	d := max(l.clear, (want-have)/(2*math.Pi)*o.perimeter()/have)
	at.d, at.sideD = d, d
	// The perimeter of an ellipse goes about with the mean of its axes.
	switch g.tube {
	case l.fig.trunk:
		at.sideD = min(d, l.fig.sideRoom(at.sideS, l.fam[g.tier[0]] == torso))
		at.d = 2*d - at.sideD
	case l.fig.arm[0], l.fig.arm[1]:
		at.d = min(d, l.fig.armRoom(g.tube, at.s))
		at.sideD = 2*d - at.d
	}
	return at
}

// advance takes the place of a neighbouring row one row up (1) or down (-1).
func (l *layout) advance(g *ring, v float64, from place, up float64) place {
	to := l.want(g, v, from)
	to.d, to.sideD = g.step(from.d, to.d), g.step(from.sideD, to.sideD)
	to.s += up * drop(to.d-from.d)
	to.sideS += up * drop(to.sideD-from.sideD)
	return to
}

func (g *ring) step(from, to float64) float64 {
	most := g.flare * profileStep
	return from + min(max(to-from, -most), most)
}

func drop(d float64) float64 {
	return math.Sqrt(max(0, profileStep*profileStep-d*d))
}

// arcOf is how far round the tube a point stands: the half ring it lies on and
// the fraction of that half's fabric between it and the reference.
func (l *layout) arcOf(g *ring, i int, a, v float64) (half int, t float64) {
	f := l.rows[i].fraction(a, v)
	for h := range g.halves {
		before := 0.0
		for _, s := range g.halves[h] {
			r := l.rows[s.panel]
			w := math.Abs(s.to-s.from) * r.width[r.index(v)]
			if s.panel == i && (f-s.from)*(f-s.to) <= 0 {
				at := before + w*(f-s.from)/(s.to-s.from)
				return h, min(1, at/max(l.width(g.halves[h], min(v, g.closed)), 1e-9))
			}
			before += w
		}
	}
	return 0, 0
}

// halfLength is the length of half h of an outline at row v.
func (l *layout) halfLength(g *ring, o *outline, h int, v float64) float64 {
	var length float64
	if g.split {
		length = o.arcAt(g.angle+math.Pi) - o.arcAt(g.angle) + g.aside
	} else {
		w0, w1 := l.width(g.halves[0], v), l.width(g.halves[1], v)
		length = o.perimeter() * w0 / max(w0+w1, 1e-9)
	}
	if h == 1 {
		length = o.perimeter() - length
	}
	if g.bend != nil {
		length = g.bend(o, h, v, length)
	}
	return length
}

// wrap puts the points of panel i round the tube.
func (l *layout) wrap(g *ring, i int) {
	pc := l.pieces[i]
	l.pos[i] = make([]r3.Vec, len(pc.points))
	var o outline
	for k, q := range pc.points {
		l.pos[i][k] = l.wrapPoint(g, &o, i, q)
	}
}

func (l *layout) wrapPoint(g *ring, o *outline, i int, q r2.Vec) r3.Vec {
	a, v := l.charts[i].at(q)
	g.tube.outlineAt(o, l.fig.dirs, g.prof.at(v))
	h, t := l.arcOf(g, i, a, v)
	return g.tube.point(o, l.arcIn(g, o, h, t, v))
}

// arcIn is the arc length at fraction t of half h.
func (l *layout) arcIn(g *ring, o *outline, h int, t, v float64) float64 {
	length := l.halfLength(g, o, h, min(v, g.closed))
	if h == 1 {
		return o.arcAt(g.angle) - g.aside - t*length
	}
	return o.arcAt(g.angle) - g.aside + t*length
}
