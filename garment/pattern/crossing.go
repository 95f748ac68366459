package pattern

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// crossTol is how closely the curves are followed when looking for crossings
// [m]. Crossings found are then sharpened on the true curves.
const crossTol = 1e-5

// touchTol is the distance at which two lines count as touching [m]: far below
// the thinnest cloth, far above the rounding of coordinates in metres.
const touchTol = 1e-9

// Crossing is a place where the outline of a panel meets itself.
type Crossing struct {
	Edges [2]int // the two edges, the earlier first
	At    r2.Vec // [m], in panel coordinates
}

// piece is one straight piece of the flattened outline.
type piece struct {
	a, b   r2.Vec
	edge   int
	t0, t1 float64 // parameters of its ends on the edge
}

// box is an axis-parallel box [m].
type box struct{ lo, hi r2.Vec }

// crossFinder looks for pairs of crossing pieces by descending a binary tree
// of boxes over runs of the outline against itself. Neighbouring pieces share
// small boxes, so a sane outline of n pieces costs about n log n.
type crossFinder struct {
	panel  *Panel
	pieces []piece
	boxes  []box // implicit tree over padded leaves: children of i are 2i+1 and 2i+2
	leaves int
	found  []Crossing
	most   int
}

// Crossings returns the places where the outline crosses or touches itself, at
// most `most` of them, in loop order. The chain must be closed and finite.
func (p *Panel) Crossings(most int) []Crossing {
	f := crossFinder{panel: p, most: most}
	for e := range p.Edges {
		c := p.Curve(e)
		n := c.flatCount(crossTol)
		a := c.Start()
		for i := range n {
			t := float64(i+1) / float64(n)
			b := c.At(t)
			f.pieces = append(f.pieces, piece{a, b, e, float64(i) / float64(n), t})
			a = b
		}
	}
	f.build()
	f.within(0)
	return f.found
}

func (f *crossFinder) build() {
	f.leaves = 1
	for f.leaves < len(f.pieces) {
		f.leaves *= 2
	}
	f.boxes = make([]box, 2*f.leaves-1)
	for i := len(f.boxes) - 1; i >= 0; i-- {
		switch leaf := i - (f.leaves - 1); {
		case leaf < 0:
			f.boxes[i] = joinBoxes(f.boxes[2*i+1], f.boxes[2*i+2])
		case leaf < len(f.pieces):
			f.boxes[i] = boxOf(&f.pieces[leaf])
		default:
			inf := math.Inf(1)
			f.boxes[i] = box{r2.Vec{X: inf, Y: inf}, r2.Vec{X: -inf, Y: -inf}}
		}
	}
}

func boxOf(s *piece) box {
	return box{
		r2.Vec{X: math.Min(s.a.X, s.b.X) - touchTol, Y: math.Min(s.a.Y, s.b.Y) - touchTol},
		r2.Vec{X: math.Max(s.a.X, s.b.X) + touchTol, Y: math.Max(s.a.Y, s.b.Y) + touchTol},
	}
}

func joinBoxes(p, q box) box {
	return box{
		r2.Vec{X: math.Min(p.lo.X, q.lo.X), Y: math.Min(p.lo.Y, q.lo.Y)},
		r2.Vec{X: math.Max(p.hi.X, q.hi.X), Y: math.Max(p.hi.Y, q.hi.Y)},
	}
}

func (p *box) meets(q *box) bool {
	return p.lo.X <= q.hi.X && q.lo.X <= p.hi.X && p.lo.Y <= q.hi.Y && q.lo.Y <= p.hi.Y
}

// within looks for crossings among the pieces under node i.
func (f *crossFinder) within(i int) {
	if i >= f.leaves-1 || len(f.found) >= f.most {
		return
	}
	f.within(2*i + 1)
	f.between(2*i+1, 2*i+2)
	f.within(2*i + 2)
}

// between looks for crossings of the pieces under node i with those under j.
// Both nodes lie on one level of the tree, i before j.
func (f *crossFinder) between(i, j int) {
	if len(f.found) >= f.most || !f.boxes[i].meets(&f.boxes[j]) {
		return
	}
	if i >= f.leaves-1 {
		f.test(i-(f.leaves-1), j-(f.leaves-1))
		return
	}
	f.between(2*i+1, 2*j+1)
	f.between(2*i+1, 2*j+2)
	f.between(2*i+2, 2*j+1)
	f.between(2*i+2, 2*j+2)
}

// test records a crossing of pieces i < j, if there is one.
func (f *crossFinder) test(i, j int) {
	s, u := &f.pieces[i], &f.pieces[j]
	n := len(f.pieces)
	switch {
	case j == i+1:
		if foldsBack(s.a, s.b, u.b) {
			f.add(s, u, s.b)
		}
		if n > 2 || i != 0 {
			return
		}
	case i == 0 && j == n-1:
		if foldsBack(u.a, u.b, s.b) {
			f.add(s, u, s.a)
		}
		return
	}
	x, y, at, ok := meet(s, u)
	if !ok {
		return
	}
	if sharp, ok := f.sharpen(s, u, x, y, at); ok {
		f.add(s, u, sharp)
	}
}

func (f *crossFinder) add(s, u *piece, at r2.Vec) {
	c := Crossing{[2]int{s.edge, u.edge}, at}
	for _, old := range f.found {
		if old.Edges == c.Edges && r2.Norm(r2.Sub(old.At, at)) < 1e-4 {
			return // the same place, met again on the next piece
		}
	}
	f.found = append(f.found, c)
}

// foldsBack reports whether the path a, b, c turns back onto itself at b.
func foldsBack(a, b, c r2.Vec) bool {
	in, out := r2.Sub(b, a), r2.Sub(c, b)
	li, lo := r2.Norm(in), r2.Norm(out)
	// The nearer of both far ends may not come within touching distance of
	// the other piece.
	return r2.Dot(in, out) < 0 && math.Abs(r2.Cross(in, out)) <= touchTol*math.Max(li, lo)
}

// meet intersects two pieces; x and y are the fractions along them.
func meet(s, u *piece) (x, y float64, at r2.Vec, ok bool) {
	d, e, w := r2.Sub(s.b, s.a), r2.Sub(u.b, u.a), r2.Sub(u.a, s.a)
	ld, le := r2.Norm(d), r2.Norm(e)
	if ld == 0 || le == 0 {
		return 0, 0, r2.Vec{}, false // Validate reports the empty edge
	}
	det := r2.Cross(d, e)
	if math.Abs(det) > 1e-12*ld*le {
		x, y = r2.Cross(w, e)/det, r2.Cross(w, d)/det
		slackX, slackY := touchTol/ld, touchTol/le
		ok = x >= -slackX && x <= 1+slackX && y >= -slackY && y <= 1+slackY
		return x, y, r2.Add(s.a, r2.Scale(x, d)), ok
	}
	if math.Abs(r2.Cross(w, d)) > touchTol*ld {
		return 0, 0, r2.Vec{}, false // parallel and apart
	}
	// On one line: they meet where their ranges along d overlap.
	from, to := r2.Dot(w, d)/(ld*ld), r2.Dot(r2.Sub(u.b, s.a), d)/(ld*ld)
	if math.Max(from, to) < 0 || math.Min(from, to) > 1 {
		return 0, 0, r2.Vec{}, false
	}
	x = math.Min(1, math.Max(0, math.Min(from, to)))
	if from != to {
		y = (x - from) / (to - from)
	}
	return x, y, r2.Add(s.a, r2.Scale(x, d)), true
}

// sharpen moves a crossing of two straight pieces onto the true curves by
// Newton's method, and rejects what was only an artefact of flattening: two
// curves that leave a common corner in the same direction.
func (f *crossFinder) sharpen(s, u *piece, x, y float64, at r2.Vec) (r2.Vec, bool) {
	cs, cu := f.panel.Curve(s.edge), f.panel.Curve(u.edge)
	t, v := s.t0+x*(s.t1-s.t0), u.t0+y*(u.t1-u.t0)
	for range 20 {
		gap := r2.Sub(cu.At(v), cs.At(t))
		if r2.Norm(gap) < 1e-12 {
			break
		}
		d, e := cs.Deriv(t), cu.Deriv(v)
		det := r2.Cross(d, e)
		if math.Abs(det) <= 1e-12*r2.Norm(d)*r2.Norm(e) {
			break
		}
		t += r2.Cross(gap, e) / det
		v += r2.Cross(gap, d) / det
		t, v = math.Min(1, math.Max(0, t)), math.Min(1, math.Max(0, v))
	}
	p, q := cs.At(t), cu.At(v)
	if s.edge == u.edge {
		// On one curve Newton may slide to the trivial answer t = v.
		if math.Abs(t-v) > 1e-6 && r2.Norm(r2.Sub(p, q)) < touchTol {
			at = p
		}
		return at, true
	}
	if r2.Norm(r2.Sub(p, q)) >= touchTol {
		return at, !f.nearCommonCorner(s.edge, u.edge, at)
	}
	return p, !f.nearCommonCorner(s.edge, u.edge, p)
}

// nearCommonCorner reports whether a point lies within 0.1 mm of a corner that
// both edges share: closer than that, a tip is a tip and no crossing.
func (f *crossFinder) nearCommonCorner(e, g int, at r2.Vec) bool {
	a, b := &f.panel.Edges[e], &f.panel.Edges[g]
	for _, v := range [2]int{a.From, a.To} {
		if (v == b.From || v == b.To) && r2.Norm(r2.Sub(f.panel.Verts[v], at)) < 1e-4 {
			return true
		}
	}
	return false
}
