package sew

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// The fall of a collar starts so far outside its stand and spreads so steeply
// [m, rad]; it starts shortened, so that it ends so far above the foot of the
// stand, clear of the shoulders it will come to lie on.
const (
	fallOff    = 0.006
	fallSpread = 0.25
	fallClear  = 0.006
	// The points of the two halves keep so far from the middle.
	pointsApart = 0.003
)

// turnDown lays the falls of collars outside their stands, down from the upper
// edges of these. It comes last, because the fold follows the neckline, which
// seams and relaxation have bent by then.
func (l *layout) turnDown(w *weld, pos []r3.Vec) {
	for i := range l.pieces {
		if l.p.Panels[i].Role != pattern.CollarFall {
			continue
		}
		if fold, stand := l.foldOf(w, i, pos); len(fold) > 1 {
			l.turnOne(w, i, fold, stand, pos)
		}
	}
}

// foldPoint is a sample of the seam between fall and stand.
type foldPoint struct {
	flat r2.Vec
	at   r3.Vec
}

// foldOf lists the samples along the fold of panel i, from one end to the
// other, and the number of the stand's panel.
func (l *layout) foldOf(w *weld, i int, pos []r3.Vec) (fold []foldPoint, stand int) {
	for _, j := range l.joints(i, true) {
		if l.p.Panels[j.panel].Role == pattern.Collar {
			fold = append(fold, foldPoint{l.pieces[i].points[j.own], pos[w.vert[i][j.own]]})
			stand = j.panel
		}
	}
	if len(fold) < 2 {
		return nil, 0
	}
	way := r2.Sub(fold[len(fold)-1].flat, fold[0].flat)
	slices.SortStableFunc(fold, func(a, b foldPoint) int { return cmp.Compare(r2.Dot(a.flat, way), r2.Dot(b.flat, way)) })
	return fold, stand
}

// turnOne puts each point of panel i outside the stand: along the fold by its
// place beside the chord of the flat seam, outwards and down by its distance
// from it.
func (l *layout) turnOne(w *weld, i int, fold []foldPoint, stand int, pos []r3.Vec) {
	neck := l.fig.body.Joints[body.NeckBase]
	first, last := fold[0], fold[len(fold)-1]
	along := r2.Unit(r2.Sub(last.flat, first.flat))
	deep := 0.0
	for _, q := range l.pieces[i].points {
		deep = max(deep, math.Abs(r2.Cross(along, r2.Sub(q, first.flat))))
	}
	shorten := min(1, (l.height(stand)-fallClear)/deep)
	sin, cos := math.Sincos(fallSpread)
	onSeam := make(map[int32]bool, len(fold))
	for _, j := range l.joints(i, true) {
		onSeam[j.own] = onSeam[j.own] || l.p.Panels[j.panel].Role == pattern.Collar
	}
	for k, q := range l.pieces[i].points {
		if onSeam[int32(k)] {
			continue
		}
		d := r2.Sub(q, first.flat)
		at := onFold(fold, along, r2.Dot(d, along))
		away := math.Abs(r2.Cross(along, d))
		out := r3.Sub(at, neck)
		out.Y = 0
		out = r3.Unit(out)
		aside := min(fallOff, away) + away*sin
		p := r3.Add(at, r3.Vec{X: aside * out.X, Y: -away * cos * shorten, Z: aside * out.Z})
		if side := float64(l.p.Panels[i].Side); side != 0 && at.Z > neck.Z {
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
// on beyond the ends.
func onFold(fold []foldPoint, along r2.Vec, x float64) r3.Vec {
	of := func(k int) float64 { return r2.Dot(r2.Sub(fold[k].flat, fold[0].flat), along) }
	k := 1
	for k < len(fold)-1 && of(k) < x {
		k++
	}
	a, b := of(k-1), of(k)
	if b == a {
		return fold[k].at
	}
	return r3.Add(fold[k-1].at, r3.Scale((x-a)/(b-a), r3.Sub(fold[k].at, fold[k-1].at)))
}
