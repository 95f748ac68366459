package sew

import (
	"math"
	"slices"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// Where one front lies over the other, their seam is not in the middle of the body:
// it runs beside it by half of what they overlap.

// overlap is half of what a panel reaches beyond the middle of front or back [m],
// where it lies over another: positive of the one above, negative of the one below,
// 0 of all others.
func (l *layout) overlap(i int) float64 {
	for _, c := range l.p.Closures {
		if c.Open || c.Lap == nil {
			continue
		}
		over, under := c.Seam.A, c.Seam.B
		if over.Panel != c.Lap.Panel {
			over, under = under, over
		}
		switch i {
		case over.Panel:
			return overlapWidth(l.p, over, c.Lap) / 2
		case under.Panel:
			return -overlapWidth(l.p, over, c.Lap) / 2
		}
	}
	return 0
}

// overlapWidth is the distance of the line on which the underlap ends from the edge
// above it [m].
func overlapWidth(p *pattern.Pattern, over pattern.EdgeRef, lap *pattern.Lap) float64 {
	panel := &p.Panels[over.Panel]
	a, b := panel.Verts[panel.Edges[over.Edge].From], panel.Verts[panel.Edges[over.Edge].To]
	return math.Abs(r2.Cross(r2.Unit(r2.Sub(b, a)), r2.Sub(panel.Inner[lap.Line].Pts[0], a)))
}

// frontAside is how far to the wearer's right of the middle the fronts of a tier
// meet [m].
func (l *layout) frontAside(tier []int) float64 {
	for _, i := range tier {
		if p := &l.p.Panels[i]; facing(p) == pattern.FacesFront && p.Side != pattern.Centre {
			if d := l.overlap(i); d != 0 {
				return d * float64(p.Side)
			}
		}
	}
	return 0
}

// beyondMiddle is where the middle of front or back lies on a panel that overlaps
// another, from where the two meet, in the direction of growing a [m].
func (l *layout) beyondMiddle(i int) float64 {
	p := &l.p.Panels[i]
	if (p.Side == pattern.Left) == (facing(p) == pattern.FacesFront) {
		return l.overlap(i)
	}
	return -l.overlap(i)
}

// isUnder: panel i lies under another, whatever the layers say.
func isUnder(p *pattern.Pattern, i int) bool {
	return slices.ContainsFunc(p.Laps, func(l pattern.Lap) bool { return l.Edge.Panel == i && l.Under })
}
