package sew

import (
	"math"

	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Tight is a level at which a garment goes all round and has less cloth than
// the body needs, however far the cloth is stretched: there the size cannot be
// put on. It is plain arithmetic on the flat panels and the undressed body, and
// holds before anything is draped.
type Tight struct {
	Zone   string  // of the body, as the report calls it: "bust", "waist", "thigh"
	Panel  string  // the widest panel of the ring there
	Cloth  float64 // girth of the flat panels [m]
	Body   float64 // girth of the body, spanned as by a tape [m]
	Usable float64 // strain up to which the cloth can be worn round [1]
}

func (t Tight) Error() string { return t.Fault().Error() }

// Fault says so for people.
func (t Tight) Fault() *fault.Fault {
	return fault.Phrase("too small to put on: at the %s (panel %q) %.1f cm of cloth go round %.1f cm of body, and give only %.0f %%",
		t.Zone, t.Panel, 100*t.Cloth, 100*t.Body, 100*t.Usable)
}

// Lacks is the cloth that is missing when it is stretched as far as it may be [m].
func (t Tight) Lacks() float64 { return tissueYields*t.Body - t.Cloth*(1+t.Usable) }

// lack is the strain beyond the usable one that the ring would need [1].
func (t *Tight) lack() float64 { return tissueYields*t.Body/t.Cloth - 1 - t.Usable }

// tissueYields is what is left of a girth when a firm garment presses it: soft
// tissue gives way by 2 to 5 % of a girth before pressure hurts.
const tissueYields = 0.97

// Tight lists the zones in which a garment is too small to be put on, the worst
// level of each, from the trunk outwards; none if it can be worn. It judges
// closed rings of cloth at the heights at which they hang from the shoulders or
// the waist, and knows nothing of what must pass over the hips or the head.
func (f *Figure) Tight(c *Cut, fabrics map[string]fabric.Fabric) ([]Tight, error) {
	mat, err := materialsOf(c.Pattern, fabrics)
	if err != nil {
		return nil, err
	}
	l := newLayout(c.Pattern, c.levels[0].pieces, f)
	l.placeAll()
	var out []Tight
	for _, g := range l.rings {
		l.tightIn(g, mat, &out)
		for _, t := range [2]*Tight{l.seamAt(g, mat), l.armholeAt(g, mat)} {
			if t != nil && t.lack() > 0 {
				keepWorst(&out, *t)
			}
		}
	}
	return out, nil
}

// girthStep is the distance of the levels that are compared [m].
const girthStep = 0.005

// shifts is how far a garment hangs higher or lower than it is placed here [m]:
// what is tight finds the nearest place where the body is less.
const shifts = 0.02

// underBust is how far below the bust points the chest of a garment may lie [m].
const underBust = 0.05

// tightIn adds the levels of one ring.
func (l *layout) tightIn(g *ring, mat *materials, out *[]Tight) {
	fam := l.fam[g.tier[0]]
	if fam == collar {
		return // stands open or is worn open
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range g.tier {
		lo, hi = min(lo, l.rows[i].v0), max(hi, l.rows[i].top())
	}
	fork := math.Inf(1)
	if fam == trouser {
		fork = l.closedRow(g.tier)
	}
	reach := l.reaches(g)
	for v := lo; v < min(hi, g.closed); v += girthStep {
		tier, tube := g.tier, g.tube
		if v > fork { // there both legs go round the trunk together
			tier, tube = l.bothLegs(), l.fig.trunk
		}
		// Rows are known to their height, so the ring must be closed a row above too.
		if !l.goesRound(tier, v) || !l.goesRound(tier, v+rowStep) {
			continue
		}
		at := g.prof.at(v)
		least := min(reach+v, l.topOf(tube))
		s := max((at.s+at.sideS)/2, least)
		if s > l.topOf(tube) || s < l.endOf(fam, tube, l.limb(g.tier[0])) {
			continue
		}
		t := l.ringAt(tier, mat, v)
		t.Body = tube.leastGirth(max(s-shifts, least, l.endOf(fam, tube, l.limb(g.tier[0]))), s+shifts)
		if bust := l.fig.body.Landmarks[body.BustPointL].Y; fam == torso && bust-s < underBust {
			// The breast pulls at the rows below it, where armholes end there.
			t.Body = max(t.Body, tube.bareGirth(bust))
		}
		t.Zone = l.zoneAt(fam, v > fork, s, l.limb(g.tier[0]))
		if t.lack() > 0 {
			keepWorst(out, t)
		}
	}
}

// topOf is the height of a tube above which nothing is compared: on the trunk
// that of the bust, since at the armpits the arms begin; on an arm the armpit.
func (l *layout) topOf(t *tube) float64 {
	if t == l.fig.trunk {
		return l.fig.body.Landmarks[body.BustPointL].Y
	}
	return t.held
}

// endOf is the height of a tube below which nothing is compared: hands and feet
// come out of what would not close round them, and legs can stand together in a
// skirt.
func (l *layout) endOf(fam family, t *tube, limb int) float64 {
	j := &l.fig.body.Joints
	switch {
	case t == l.fig.trunk:
		return l.fig.crotch
	case fam == sleeve || fam == cuff:
		s, _, _ := t.local(j[body.WristL+body.Joint(limb)])
		return s + wristEase // below, the ball of the thumb begins
	}
	return j[body.AnkleL+body.Joint(limb)].Y
}

// whole is the least share of cloth in a row: darts take up less than the rest.
const whole = 0.75

// keepWorst keeps one level per zone.
func keepWorst(list *[]Tight, t Tight) {
	for k := range *list {
		if old := &(*list)[k]; old.Zone == t.Zone {
			if t.lack() > old.lack() {
				*old = t
			}
			return
		}
	}
	*list = append(*list, t)
}

func (l *layout) bothLegs() (tier []int) {
	for i, f := range l.fam {
		if f == trouser && l.rows[i] != nil {
			tier = append(tier, i)
		}
	}
	return tier
}

// ringAt adds up the panels of a tier at row v.
func (l *layout) ringAt(tier []int, mat *materials, v float64) Tight {
	var t Tight
	widest := 0.0
	for _, i := range tier {
		r := l.rows[i]
		if v < r.v0 || v > r.top() {
			continue
		}
		w := r.width[r.index(v)]
		t.Cloth += w
		t.Usable += w * usableAcross(&mat.fabrics[mat.panel[i]], &l.charts[i])
		if w > widest {
			widest, t.Panel = w, l.p.Panels[i].Name
		}
	}
	t.Usable /= max(t.Cloth, 1e-9)
	return t
}

// usableAcross is the stretch of a panel round the body. The pieces lie with
// the grain along y.
func usableAcross(f *fabric.Fabric, c *chart) float64 {
	if c.round {
		return max(f.UsableWarp, f.UsableWeft) // on the bias more, by shear
	}
	weft := c.up.Y * c.up.Y
	return weft*f.UsableWeft + (1-weft)*f.UsableWarp
}

// goesRound reports whether a tier is sewn to a closed ring at row v: both ends
// of the row of every panel are seams of the ring, and no panel is interrupted
// there, as one is above the middle of a hollow waist or below that of a bowed
// hem.
func (l *layout) goesRound(tier []int, v float64) bool {
	sewn := make(map[int]int, len(tier)) // seams that end the row of a panel
	var has, found [3]bool               // backs, panels all round, fronts
	for _, i := range tier {
		r := l.rows[i]
		has[facing(&l.p.Panels[i])+1] = true
		if v < r.v0 || v > r.top() {
			continue
		}
		k := r.index(v)
		if r.width[k] < whole*l.charts[i].arc(r.to[k]-r.from[k], r.v0+(float64(k)+0.5)*r.step) {
			return false
		}
		sewn[i] = 0
		found[facing(&l.p.Panels[i])+1] = true
	}
	for k, s := range l.p.Seams {
		_, a := sewn[s.A.Panel]
		_, b := sewn[s.B.Panel]
		if a && b && !l.p.IsDart(k) && l.crosses(s.A, v) && l.crosses(s.B, v) {
			sewn[s.A.Panel]++
			sewn[s.B.Panel]++
		}
	}
	for _, n := range sewn {
		if n < 2 {
			return false
		}
	}
	return has == found // not where the backs reach higher than the fronts
}

// crosses reports whether an edge passes row v.
func (l *layout) crosses(e pattern.EdgeRef, v float64) bool {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range l.pointsOf(e.Panel, e.Edge) {
		_, at := l.charts[e.Panel].at(q)
		lo, hi = min(lo, at), max(hi, at)
	}
	return v > lo && v <= hi
}

// zoneAt names the part of the body at height s of a tube.
func (l *layout) zoneAt(fam family, trunk bool, s float64, limb int) string {
	j, b := &l.fig.body.Joints, l.fig.body
	type mark struct {
		name string
		at   float64
	}
	var marks []mark
	switch {
	case fam == sleeve || fam == cuff:
		at := func(p body.Joint) float64 {
			v, _, _ := l.fig.arm[limb].local(j[p+body.Joint(limb)])
			return v
		}
		marks = []mark{{"upper_arm", at(body.ShoulderL)*0.6 + at(body.ElbowL)*0.4}, {"elbow", at(body.ElbowL)}, {"wrist", at(body.WristL)}}
	case (fam == trouser || fam == trouserCuff) && !trunk:
		at := func(p body.Joint) float64 { return j[p+body.Joint(limb)].Y }
		marks = []mark{{"thigh", l.fig.crotch}, {"knee", at(body.KneeL)}, {"calf", 0.7*at(body.KneeL) + 0.3*at(body.AnkleL)}, {"ankle", at(body.AnkleL)}}
	default:
		bust := "bust"
		if b.Population == body.Men {
			bust = "chest"
		}
		marks = []mark{{bust, b.Landmarks[body.BustPointL].Y}, {"waist", l.fig.waist}, {"hip", b.Landmarks[body.Buttock].Y}}
	}
	best := marks[0]
	for _, m := range marks[1:] {
		if math.Abs(m.at-s) < math.Abs(best.at-s) {
			best = m
		}
	}
	return best.name
}

// bareGirth is the length of the outline at height s without any offset or
// softening: of a convex curve the mean support times a whole turn (Cauchy).
func (t *tube) bareGirth(s float64) float64 {
	f, i := t.plane(s)
	sum := 0.0
	for k := range t.bare[i] {
		sum += (1-f)*t.bare[i][k] + f*t.bare[i+1][k]
	}
	return sum * 2 * math.Pi / rays
}

// leastGirth is the least length of the outlines between two heights.
func (t *tube) leastGirth(lo, hi float64) float64 {
	least := math.Inf(1)
	for s := lo; s < hi; s += girthStep {
		least = min(least, t.bareGirth(s))
	}
	return min(least, t.bareGirth(hi))
}

// keepBare notes the outlines as they are.
func (t *tube) keepBare() {
	t.bare = make([][]float64, len(t.levels))
	for i := range t.levels {
		t.bare[i] = append([]float64(nil), t.levels[i]...)
	}
}
