package sew

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// family groups the roles that are wrapped on one tube in one way.
type family uint8

const (
	loose family = iota // hung from its seams
	torso
	band // waistband
	skirt
	trouser
	trouserCuff
	sleeve
	cuff
	collar
	hood
	absent // of a shell that is not being laid
)

func familyOf(r pattern.Role) family {
	switch r {
	case pattern.BodyFront, pattern.BodyBack:
		return torso
	case pattern.WaistFront, pattern.WaistBack:
		return band
	case pattern.SkirtFront, pattern.SkirtBack:
		return skirt
	case pattern.LegFront, pattern.LegBack:
		return trouser
	case pattern.LegCuff:
		return trouserCuff
	case pattern.Sleeve, pattern.SleeveFr, pattern.SleeveBk:
		return sleeve
	case pattern.Cuff:
		return cuff
	case pattern.Collar:
		return collar
	case pattern.Hood:
		return hood
	}
	return loose
}

// facing of a panel: what its role says, else its own field.
func facing(p *pattern.Panel) pattern.Facing {
	switch p.Role {
	case pattern.BodyFront, pattern.SkirtFront, pattern.LegFront, pattern.WaistFront, pattern.SleeveFr:
		return pattern.FacesFront
	case pattern.BodyBack, pattern.SkirtBack, pattern.LegBack, pattern.WaistBack, pattern.SleeveBk:
		return pattern.FacesBack
	}
	return p.Facing
}

// layout places the panels of a garment round a figure, tier by tier: a tier
// is a ring of panels at one height of one tube, hung from the tier above.
type layout struct {
	p      *pattern.Pattern
	pieces []*piece
	fig    *Figure
	fam    []family
	up     []r2.Vec // per piece: upwards as drawn or placed
	charts []chart
	rows   []*rows
	prof   []*profile // of the tier a placed panel belongs to
	pos    [][]r3.Vec // per panel and point, nil until placed [m]
	rings  []*ring    // of the tiers, in the order of dressing
	shell  []int      // per panel: from the innermost garment outwards
	clear  float64    // how far from the skin the shell being laid starts [m]
	laid   []bool     // panels that are laid on others, which say where they are
}

func newLayout(p *pattern.Pattern, pieces []*piece, fig *Figure) *layout {
	n := len(p.Panels)
	l := &layout{p: p, pieces: pieces, fig: fig, fam: make([]family, n), up: make([]r2.Vec, n), charts: make([]chart, n),
		rows: make([]*rows, n), prof: make([]*profile, n), pos: make([][]r3.Vec, n), laid: make([]bool, n), shell: shells(p), clear: clearance}
	for i := range p.Panels {
		l.fam[i] = familyOf(p.Panels[i].Role)
		if l.laid[i] = hostOf(p, i) >= 0; l.laid[i] {
			l.fam[i] = loose
		}
		l.up[i] = upright(&p.Panels[i], pieces[i])
		l.charts[i] = chart{up: l.up[i], turned: pieces[i].turned()}
	}
	return l
}

// turned reports whether the border of a piece runs clockwise: the side of the cloth
// that a seam turned inwards is up.
func (pc *piece) turned() bool {
	area := 0.0
	for k := range pc.border {
		area += r2.Cross(pc.points[k], pc.points[(k+1)%pc.border])
	}
	return area < 0
}

// upright is the direction of a piece that hangs upwards: what the file's
// placement turns upright, else up as drawn. The grain does not tell, as
// waistbands are cut across it.
func upright(p *pattern.Panel, pc *piece) r2.Vec {
	d := r2.Vec{Y: 1}
	if p.HasPlace {
		y := r2.Vec{X: placed(p, r2.Vec{X: 1}).Y, Y: placed(p, r2.Vec{Y: 1}).Y}
		if r2.Norm(y) > 0.3 { // else it lies flat, as some collars do
			d = r2.Unit(y)
		}
	}
	return pc.frame.to(d)
}

// placed turns a direction of the panel as its file does: Rz Ry Rx.
func placed(p *pattern.Panel, d r2.Vec) r3.Vec {
	v := r3.Vec{X: d.X, Y: d.Y}
	for axis, angle := range p.Rotation {
		s, c := math.Sincos(angle)
		switch axis {
		case 0:
			v.Y, v.Z = c*v.Y-s*v.Z, s*v.Y+c*v.Z
		case 1:
			v.X, v.Z = c*v.X+s*v.Z, c*v.Z-s*v.X
		case 2:
			v.X, v.Y = c*v.X-s*v.Y, s*v.X+c*v.Y
		}
	}
	return v
}

// right is square to up, to the right seen from outside.
func right(up r2.Vec) r2.Vec { return r2.Vec{X: up.Y, Y: -up.X} }

// placeAll finds a place for every panel. The order is that of dressing: what
// hangs from the shoulders, what hangs from the waist, limbs, then the rest.
func (l *layout) placeAll() {
	l.markInserts()
	l.markTurned()
	l.markCaps()
	fam := slices.Clone(l.fam)
	for k := range slices.Max(l.shell) + 1 {
		l.show(k, fam)
		l.placeShell()
	}
	l.show(-1, fam)
	l.hangLoose()
}

// placeShell places one garment of those that lie over each other.
func (l *layout) placeShell() {
	l.placeTorso()
	for _, f := range [...]family{band, skirt, trouser} {
		l.hangTiers(f, false)
	}
	for _, f := range [...]family{band, skirt, trouser} {
		l.hangTiers(f, true)
		l.hangTiers(band, false)
		l.hangTiers(skirt, false)
		l.hangTiers(trouser, false)
	}
	for _, f := range [...]family{trouserCuff, sleeve, cuff, collar} {
		l.hangTiers(f, f == sleeve)
	}
	l.placeHood()
}

// markInserts makes godets loose: skirt pieces let into a slit, all of whose
// seams join them to one panel of the same facing, belong to no ring.
func (l *layout) markInserts() {
	for i, f := range l.fam {
		if f != skirt {
			continue
		}
		host, seams := -1, 0
		for _, s := range l.p.Seams {
			j := s.A.Panel + s.B.Panel - i
			if s.A.Panel != i && s.B.Panel != i || j == i {
				continue
			}
			if seams++; host < 0 {
				host = j
			}
			if j != host {
				host = i // more than one
			}
		}
		if seams > 1 && host != i && facing(&l.p.Panels[host]) == facing(&l.p.Panels[i]) {
			l.fam[i] = loose
		}
	}
}

// markTurned makes collars sewn right side on wrong side loose: lapels and
// turned collars follow the neckline and do not go round the neck.
func (l *layout) markTurned() {
	for _, s := range l.p.Seams {
		for _, i := range [2]int{s.A.Panel, s.B.Panel} {
			if s.Reversed && l.fam[i] == collar {
				l.fam[i] = loose
			}
		}
	}
}

// markCaps makes sleeves loose that do not close round the arm: cap sleeves lie
// over the shoulder, where their seam puts them.
func (l *layout) markCaps() {
	for i, f := range l.fam {
		if f != sleeve {
			continue
		}
		closes := false
		for _, s := range l.p.Seams {
			a, b := l.p.Panels[s.A.Panel].Role, l.p.Panels[s.B.Panel].Role
			if (s.A.Panel == i || s.B.Panel == i) && familyOf(a) == sleeve && familyOf(b) == sleeve {
				closes = true
			}
		}
		if !closes {
			l.fam[i] = loose
		}
	}
}

// hangTiers places all rings of a family that are sewn to placed panels, one
// after the other; with root also those that are not.
func (l *layout) hangTiers(f family, root bool) {
	for {
		tier := l.nextTier(f, false)
		if len(tier) == 0 && root {
			tier = l.nextTier(f, true)
		}
		if len(tier) == 0 {
			return
		}
		l.placeTier(f, tier)
	}
}

// nextTier collects the unplaced panels of a family that hang from placed
// ones, and their neighbours round the ring. Limbs come one side at a time.
func (l *layout) nextTier(f family, root bool) []int {
	var tier []int
	for i := range l.pieces {
		if l.fam[i] != f || l.pos[i] != nil || f >= trouser && f <= cuff && len(tier) > 0 && l.p.Panels[tier[0]].Side != l.p.Panels[i].Side {
			continue
		}
		if root || l.hangs(i) {
			tier = append(tier, i)
		}
	}
	if root && len(tier) > 0 {
		tier = []int{l.highest(tier)}
	}
	for k := 0; k < len(tier); k++ {
		for _, s := range l.p.Seams {
			for _, e := range s.Ways() {
				j := e[1].Panel
				if e[0].Panel == tier[k] && l.fam[j] == f && l.pos[j] == nil && !slices.Contains(tier, j) && !l.stacked(s) &&
					(f < trouser || f > cuff || l.p.Panels[j].Side == l.p.Panels[tier[0]].Side) {
					tier = append(tier, j)
				}
			}
		}
	}
	slices.Sort(tier)
	return tier
}

// highest is the panel that the file's placement puts highest; the first where
// files say nothing.
func (l *layout) highest(tier []int) int {
	best, at := tier[0], math.Inf(-1)
	for _, i := range tier {
		p := &l.p.Panels[i]
		top := math.Inf(-1)
		for _, q := range l.pieces[i].points[:l.pieces[i].border] {
			top = max(top, r2.Dot(q, l.up[i]))
		}
		if p.HasPlace && p.Translation[1]+top > at {
			best, at = i, p.Translation[1]+top
		}
	}
	return best
}

// hangs reports whether panel i is sewn below or above a placed panel.
func (l *layout) hangs(i int) bool {
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if e[0].Panel == i && e[1].Panel != i && l.pos[e[1].Panel] != nil && (l.fam[e[1].Panel] != l.fam[i] || l.stacked(s)) {
				return true
			}
		}
	}
	return false
}

// stacked tells seams that join one ring to the next from those that close a
// ring: the same facing, and edges that run across both panels.
func (l *layout) stacked(s pattern.Seam) bool {
	a, b := &l.p.Panels[s.A.Panel], &l.p.Panels[s.B.Panel]
	if l.fam[s.A.Panel] != l.fam[s.B.Panel] {
		return true
	}
	if l.fam[s.A.Panel] == cuff || l.fam[s.A.Panel] == trouserCuff {
		return facing(a) == facing(b)
	}
	return facing(a) == facing(b) && a.Side == b.Side && l.across(s.A) && l.across(s.B)
}

// across: the edge runs more across its piece than up.
func (l *layout) across(e pattern.EdgeRef) bool {
	d, up := l.chord(e), l.up[e.Panel]
	return math.Abs(r2.Dot(d, right(up))) > math.Abs(r2.Dot(d, up))
}

func (l *layout) chord(e pattern.EdgeRef) r2.Vec {
	pc := l.pieces[e.Panel]
	s := pc.edges[e.Edge]
	return r2.Sub(pc.points[s[len(s)-1]], pc.points[s[0]])
}

// joint is one sample of a seam from a panel to a placed one.
type joint struct {
	own, other  int32 // points of the two pieces
	panel, edge int   // the placed panel; the edge of the own one
}

// joints lists the seam samples between panel i and placed panels. They are
// taken from every stacked seam, or from all seams with sides.
func (l *layout) joints(i int, sides bool) []joint {
	var out []joint
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			j := e[1].Panel
			if e[0].Panel != i || j == i || l.pos[j] == nil || !sides && !l.stacked(s) {
				continue
			}
			a, b := l.pieces[i].edges[e[0].Edge], l.pieces[j].edges[e[1].Edge]
			for k := range a {
				m := len(b) - 1 - k
				if s.Reversed {
					m = k
				}
				out = append(out, joint{own: a[k], other: b[m], panel: j, edge: e[0].Edge})
			}
		}
	}
	return out
}

// sortRound orders panels along a half ring, from the front middle to the back
// middle: front before back, fronts outwards, backs inwards.
func (l *layout) sortRound(tier []int) []int {
	out := slices.Clone(tier)
	key := func(i int) float64 {
		p := &l.p.Panels[i]
		pc := l.pieces[i]
		x := math.Abs(p.Translation[0] + placed(p, pc.frame.back(centroid(pc.points[:pc.border]))).X)
		if facing(p) == pattern.FacesBack {
			return 1e3 - x
		}
		return x
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(key(a), key(b)) })
	return out
}

// span is the extent of the border of piece i across.
func (l *layout) span(i int) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, p := range l.pieces[i].points[:l.pieces[i].border] {
		x := r2.Dot(p, right(l.up[i]))
		lo, hi = min(lo, x), max(hi, x)
	}
	return lo, hi
}
