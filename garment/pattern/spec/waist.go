package spec

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// waistline is the upper edge of a skirt or trouser piece, drawn from the side
// seam to the centre, with a dart in it. The legs of a dart are equally long
// and the waistline meets them square, so that it is smooth once the dart is
// sewn; it also meets side and centre square.
type waistline struct {
	side, centre       r2.Vec  // ends of the line
	sideDir, centreDir r2.Vec  // unit directions of the line at its ends, from side towards centre
	dart               float64 // width of the dart at the waist [m]; 0 means no dart
	depth              float64 // length of the dart [m]
	at                 float64 // place of the dart between side (0) and centre (1)
}

// legs returns the ends of the dart at the waist, on the side's and on the
// centre's side of it, and its tip.
func (w *waistline) legs() (near, far, tip r2.Vec) {
	chord := r2.Unit(r2.Sub(w.centre, w.side))
	// From side to centre the piece lies on the left hand of the pencil.
	down := turned(chord, math.Pi/2)
	// The mouth lies a little above the chord, on the bow of the line.
	mid := towards(towards(w.side, r2.Sub(w.centre, w.side), w.at), down, w.sag())
	tip = towards(mid, down, w.depth)
	half := math.Asin(w.dart / 2 / w.depth)
	near = towards(tip, turned(down, -half), -w.depth)
	far = towards(tip, turned(down, half), -w.depth)
	return near, far, tip
}

// sag is how far the undarted line hangs below its chord where the dart lies
// [m]; without it a dart would stand above or below its neighbours.
func (w *waistline) sag() float64 {
	u, v := w.plain()
	c := pattern.NewCubic(w.side, u, v, w.centre)
	chord := r2.Unit(r2.Sub(w.centre, w.side))
	return r2.Cross(chord, r2.Sub(c.At(w.at), w.side))
}

// plain returns the controls of the line without a dart.
func (w *waistline) plain() (u, v r2.Vec) {
	d := dist(w.side, w.centre) / 3
	return towards(w.side, w.sideDir, d), towards(w.centre, w.centreDir, -d)
}

// draw draws the waistline from the pencil's place, which is its side end.
// Edges: one without a dart; side part, two legs, centre part with one.
func (w *waistline) draw(p *path) {
	if w.dart == 0 {
		u, v := w.plain()
		p.cubic("waist", u, v, w.centre)
		return
	}
	near, far, tip := w.legs()
	a, b := dist(w.side, near)/3, dist(far, w.centre)/3
	// Square to a leg: the leg's direction turned by a quarter.
	in := turned(r2.Unit(r2.Sub(tip, near)), -math.Pi/2)
	out := turned(r2.Unit(r2.Sub(tip, far)), -math.Pi/2)
	p.cubic("waist", towards(w.side, w.sideDir, a), towards(near, in, -a), near)
	p.line("dart", tip)
	p.line("dart", far)
	p.cubic("waist", towards(far, out, b), towards(w.centre, w.centreDir, -b), w.centre)
}

// length is the waist seam's length with the dart sewn [m].
func (w *waistline) length() float64 {
	p := pathFrom(w.side)
	w.draw(p)
	panel := pattern.Panel{Verts: p.verts, Edges: p.edges}
	return panel.LabelLength("waist")
}

// band draws a straight waistband half above a row of waist edges, which it
// matches piece by piece. The lengths run from the wearer's right to left.
func band(name string, role pattern.Role, height float64, lengths []float64) pattern.Panel {
	total := 0.0
	for _, l := range lengths {
		total += l
	}
	x := -total / 2
	p := pathFrom(pt(x, 0))
	for _, l := range lengths {
		x += l
		p.line("waist", pt(x, 0))
	}
	p.line("band_end", pt(x, height))
	p.line("band_edge", pt(-total/2, height))
	out := p.panel(name, "band_end")
	out.Role, out.Facing, out.Grain = role, pattern.FacesFront, pt(1, 0)
	return out
}

// holdEdge sews an elastic into the upper edge of a waistband that is cut to its
// relaxed length: it pulls nothing together and holds as soon as it is worn. Its
// force is that of an elastic of which nothing is known.
func holdEdge(p *pattern.Panel) {
	for _, e := range p.Labelled("band_edge") {
		p.Edges[e].Elastic = 1
	}
}
