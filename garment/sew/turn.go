package sew

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// The fall of a collar starts so far outside its stand [m] and spreads so
// steeply, down to so far above the foot of the stand. What is left of it there
// stands out over the shoulders that it will come to lie on: so much of it
// downwards in front, where the chest falls away, and upwards behind, where the
// back rises to the neck. Shortened to end above the foot instead, stiff points
// crumpled. The points of the two halves keep apart so far from the middle.
const (
	fallOff     = 0.006
	fallSpread  = 0.25
	fallClear   = 0.006
	fallFront   = 0.35
	fallBehind  = 0.7
	pointsApart = 0.003
)

// turnDown lays the falls of collars outside their stands, down from the upper
// edges of these. It comes last, because the fold follows the neckline, which
// seams and relaxation have bent by then.
func (l *layout) turnDown(w *weld, c *cloth.Cloth) {
	for i := range l.pieces {
		if l.p.Panels[i].Role != pattern.CollarFall {
			continue
		}
		if fold, stand := l.foldOf(w, i, c.Start); len(fold) > 1 {
			l.turnOne(w, i, fold, stand, c.Start)
			c.Panels[i].Turned, c.Panels[stand].Turned = true, true
		}
	}
}

// foldPoint is a sample of the seam between fall and stand.
type foldPoint struct {
	flat r2.Vec // on the fall
	at   r3.Vec
	foot r3.Vec // of the stand, below it
}

// foldOf lists the samples along the fold of panel i, from one end to the
// other, and the number of the stand's panel.
func (l *layout) foldOf(w *weld, i int, pos []r3.Vec) (fold []foldPoint, stand int) {
	for _, j := range l.joints(i, true) {
		if l.p.Panels[j.panel].Role == pattern.Collar {
			stand = j.panel
			fold = append(fold, foldPoint{l.pieces[i].points[j.own], pos[w.vert[i][j.own]], pos[w.vert[stand][l.footBelow(stand, j.other)]]})
		}
	}
	if len(fold) < 2 {
		return nil, 0
	}
	way := r2.Sub(fold[len(fold)-1].flat, fold[0].flat)
	slices.SortStableFunc(fold, func(a, b foldPoint) int { return cmp.Compare(r2.Dot(a.flat, way), r2.Dot(b.flat, way)) })
	return fold, stand
}

// footBelow is the border point of a stand that lies straight below another.
func (l *layout) footBelow(stand int, top int32) int32 {
	pc, c := l.pieces[stand], &l.charts[stand]
	a, v := c.at(pc.points[top])
	best, least := top, math.Inf(1)
	half := l.height(stand) / 2
	for k := range pc.border {
		b, u := c.at(pc.points[k])
		if d := math.Abs(b - a); u < v-half && d < least {
			best, least = int32(k), d
		}
	}
	return best
}

// turnOne puts each point of panel i outside the stand: along the fold by its
// place beside the chord of the flat seam, from there down along the stand by
// its distance from it, and where the stand ends off it.
func (l *layout) turnOne(w *weld, i int, fold []foldPoint, stand int, pos []r3.Vec) {
	neck := l.fig.body.Joints[body.NeckBase]
	first, last := fold[0], fold[len(fold)-1]
	along := r2.Unit(r2.Sub(last.flat, first.flat))
	upright := l.height(stand) - fallClear
	onSeam, onMiddle := make(map[int32]bool, len(fold)), map[int32]bool{}
	for _, j := range l.joints(i, true) {
		onSeam[j.own] = onSeam[j.own] || l.p.Panels[j.panel].Role == pattern.Collar
		onMiddle[j.own] = onMiddle[j.own] || l.p.Panels[j.panel].Role == pattern.CollarFall
	}
	for k, q := range l.pieces[i].points {
		if onSeam[int32(k)] {
			continue
		}
		d := r2.Sub(q, first.flat)
		at, down, tangent := onFold(fold, along, r2.Dot(d, along))
		off := r3.Cross(tangent, down)
		if r3.Dot(off, r3.Sub(at, neck)) < 0 {
			off = r3.Scale(-1, off)
		}
		away := math.Abs(r2.Cross(along, d))
		off = r3.Unit(off)
		low := min(away, upright)
		steep := fallFront * off.Z
		if off.Z < 0 {
			steep = fallBehind * off.Z
		}
		aside := min(fallOff, away) + low*fallSpread + (away-low)*math.Sqrt(1-steep*steep)
		p := r3.Add(at, r3.Add(r3.Scale(low+(away-low)*steep, down), r3.Scale(aside, off)))
		if side := float64(l.p.Panels[i].Side); onMiddle[int32(k)] {
			p.X = neck.X
		} else if side != 0 {
			p.X = side * max(pointsApart, side*p.X)
		}
		pos[w.vert[i][k]] = p
	}
}

// height of a panel along its upright [m].
func (l *layout) height(i int) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range l.pieces[i].points[:l.pieces[i].border] {
		_, v := l.charts[i].at(q)
		lo, hi = min(lo, v), max(hi, v)
	}
	return hi - lo
}

// onFold is the place on the fold at a distance along its flat chord, straight
// on beyond the ends, with the directions down the stand and along the fold.
func onFold(fold []foldPoint, along r2.Vec, x float64) (at, down, tangent r3.Vec) {
	of := func(k int) float64 { return r2.Dot(r2.Sub(fold[k].flat, fold[0].flat), along) }
	k := 1
	for k < len(fold)-1 && of(k) < x {
		k++
	}
	a, b := of(k-1), of(k)
	u := 1.0
	if b != a {
		u = (x - a) / (b - a)
	}
	between := func(p, q r3.Vec, u float64) r3.Vec { return r3.Add(p, r3.Scale(u, r3.Sub(q, p))) }
	at = between(fold[k-1].at, fold[k].at, u)
	inside := min(1, max(0, u))
	foot := between(fold[k-1].foot, fold[k].foot, inside)
	down = r3.Unit(r3.Sub(foot, between(fold[k-1].at, fold[k].at, inside)))
	return at, down, r3.Unit(r3.Sub(fold[k].at, fold[k-1].at))
}
