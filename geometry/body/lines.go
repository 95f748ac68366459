package body

import (
	"gonum.org/v1/gonum/spatial/r3"
)

// path is times the length of a polyline over rows.
func (p *probe) path(times float64, rows ...int32) (float64, []pull) {
	var sum float64
	for i := 1; i < len(rows); i++ {
		d := r3.Sub(p.x[rows[i]], p.x[rows[i-1]])
		l := r3.Norm(d)
		sum += times * l
		g := r3.Scale(times/l, d)
		p.cut.out = append(p.cut.out, pull{rows[i], g}, pull{rows[i-1], r3.Scale(-1, g)})
	}
	return sum, p.cut.out
}

// breadth is the straight distance of a row from its mirror image.
func (p *probe) breadth(row int32) (float64, []pull) {
	p.cut.out = append(p.cut.out, pull{row, r3.Vec{X: 2}})
	return 2 * p.x[row].X, p.cut.out
}

// sectionBreadth is the width of a section of the skin that a girth crosses, and
// hangs on its outermost corner.
func (p *probe) sectionBreadth(pl plane, girth Key) (float64, []pull) {
	p.cut.section(p.x, p.edges[girth], pl.o, pl.n, false)
	out := -1
	for i := range p.cut.pts {
		if out < 0 || p.cut.pts[i].at.X > p.cut.pts[out].at.X {
			out = i
		}
	}
	if out < 0 {
		return 0, p.cut.out
	}
	c := &p.cut.pts[out]
	p.cut.corner(p.x, c, r3.Vec{X: 2}, pl.n, &pl)
	p.cut.out = pl.pulls(p.cut.out)
	return 2 * c.at.X, p.cut.out
}

// acrossBack is a horizontal tight tape over the back from the crease of one
// arm to that of the other: the hull of what lies behind the creases, less the
// chord between them.
func (p *probe) acrossBack(grad bool) (float64, []pull) {
	fold := p.fixed.fold
	pl := overRow(p.x, fold, 0)
	p.cut.section(p.x, p.edges[AcrossBackWidth], pl.o, pl.n, true)
	p.cut.behind(p.x[fold], fold)
	around := p.cut.tape(p.x, pl.n, grad, &pl)
	p.cut.out = append(p.cut.out, pull{fold, r3.Vec{X: -2}})
	return around - 2*p.x[fold].X, p.cut.out
}

// onSideNeck: corners this much farther out than the side neck point may be that
// point itself [m].
const onSideNeck = 1e-4

// neckBase is the tape round the root of the neck. Farther out than the side neck
// points its plane may meet the shoulders, where the tape does not go.
func (p *probe) neckBase(grad bool) (float64, []pull) {
	pl := p.level(NeckBaseGirth)
	p.cut.section(p.x, p.edges[NeckBaseGirth], pl.o, pl.n, true)
	p.cut.within(p.x[p.tpl.Marks[MarkSideNeck]].X + onSideNeck)
	return p.cut.tape(p.x, pl.n, grad, &pl), p.cut.out
}

// sagittal is a corner of the outline in the symmetry plane: a row, or the
// point between two rows at the level of the waist.
type sagittal struct {
	at   r3.Vec
	a, b int32
	t    float64
}

func (p *probe) atWaist(pl plane, a, b int32) sagittal {
	ya, yb := p.x[a].Y, p.x[b].Y
	t := (pl.o.Y - ya) / (yb - ya)
	return sagittal{r3.Add(p.x[a], r3.Scale(t, r3.Sub(p.x[b], p.x[a]))), a, b, t}
}

// tension adds the gradient g at a corner.
func (p *probe) tension(pl *plane, s sagittal, g r3.Vec) {
	if s.a == s.b {
		p.cut.out = append(p.cut.out, pull{s.a, g})
		return
	}
	ab := r3.Sub(p.x[s.b], p.x[s.a])
	k := r3.Dot(g, ab) / ab.Y
	rest := r3.Sub(g, r3.Scale(k, up))
	p.cut.out = append(p.cut.out, pull{s.a, r3.Scale(1-s.t, rest)}, pull{s.b, r3.Scale(s.t, rest)})
	pl.move(s.at, k)
}

// backWaist is a tight tape down the spine from the back neck point to the
// waist level: hollows are bridged.
func (p *probe) backWaist() (float64, []pull) {
	pl := p.level(WaistGirth)
	line := p.line[:0]
	for i, v := range p.spine {
		if i > 0 && p.x[v].Y < pl.o.Y {
			line = append(line, p.atWaist(pl, p.spine[i-1], v))
			break
		}
		line = append(line, sagittal{p.x[v], v, v, 0})
	}
	return p.tight(pl, line)
}

// crotchLength is a tight tape from the waist behind through the crotch to
// the waist in front.
func (p *probe) crotchLength() (float64, []pull) {
	pl := p.level(WaistGirth)
	n := len(p.mid)
	first := -1
	for i, v := range p.mid { // the loop starts at the back neck point, downward
		if p.x[v].Y < pl.o.Y {
			first = i
			break
		}
	}
	if first < 1 {
		return 0, nil
	}
	line := append(p.line[:0], p.atWaist(pl, p.mid[first-1], p.mid[first]))
	i := first
	for ; i < n && p.x[p.mid[i]].Y < pl.o.Y; i++ {
		v := p.mid[i]
		line = append(line, sagittal{p.x[v], v, v, 0})
	}
	line = append(line, p.atWaist(pl, p.mid[i-1], p.mid[i%n]))
	return p.tight(pl, line)
}

// tight drops the corners that lie inside of their neighbours' chord, from
// the first to the last, and returns the length that remains. The line runs
// down the back and up the front, so the outside is on its right.
func (p *probe) tight(pl plane, line []sagittal) (float64, []pull) {
	inside := func(o, a, b r3.Vec) bool { return (a.Z-o.Z)*(b.Y-o.Y)-(b.Z-o.Z)*(a.Y-o.Y) < 0 }
	p.line = line // keeps its room
	hull := p.taut[:0]
	for _, s := range line {
		for len(hull) >= 2 && inside(hull[len(hull)-2].at, hull[len(hull)-1].at, s.at) {
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, s)
	}
	p.taut = hull
	var sum float64
	for i := 1; i < len(hull); i++ {
		d := r3.Sub(hull[i].at, hull[i-1].at)
		l := r3.Norm(d)
		sum += l
		g := r3.Scale(1/l, d)
		p.tension(&pl, hull[i], g)
		p.tension(&pl, hull[i-1], r3.Scale(-1, g))
	}
	p.cut.out = pl.pulls(p.cut.out)
	return sum, p.cut.out
}
