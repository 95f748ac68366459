package spec

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// A set-in sleeve's cap is an S on each side of the shoulder: hollow from the
// underarm to the notch, round from the notch to the top. Each of the four
// pieces is as long as the piece of armscye it is sewn to, plus its ease.
// Given those lengths and the width of the sleeve, the height of the cap
// follows: the wider the sleeve, the flatter the cap.

// capSide is one half of a cap in its own frame: underarm at (width, 0), top
// at (0, height), the notch on the straight line between them.
type capSide struct {
	width, height float64
	notch         float64 // fraction of the way from top to underarm
}

// notchSteep is how much steeper than the line from top to underarm the cap
// runs through its notch [rad]; it sets how round the S is.
const notchSteep = 0.24

// points returns top, notch and underarm with the two controls between each.
// The tangent is level at the top, so that both halves join smoothly, and at
// the underarm, so that the sleeve seam closes without a corner.
func (s capSide) points() (top, c1, c2, notch, c3, c4, under r2.Vec) {
	top, under = pt(0, s.height), pt(s.width, 0)
	way := r2.Sub(under, top)
	notch = towards(top, way, s.notch)
	steep := turned(r2.Unit(way), -notchSteep)
	upper, lower := dist(top, notch), dist(notch, under)
	c1 = towards(top, pt(1, 0), 0.46*upper)
	c2 = towards(notch, steep, -0.36*upper)
	c3 = towards(notch, steep, 0.36*lower)
	c4 = towards(under, pt(-1, 0), 0.34*lower)
	return
}

func (s capSide) lengths() (upper, lower float64) {
	top, c1, c2, notch, c3, c4, under := s.points()
	u, l := pattern.NewCubic(top, c1, c2, notch), pattern.NewCubic(notch, c3, c4, under)
	return u.Length(), l.Length()
}

// fitSide finds width and notch of a half cap of given height whose two pieces
// have the wanted lengths.
func fitSide(height, upper, lower float64) (capSide, bool) {
	side := capSide{height: height}
	notchFor := func(width float64) bool {
		side.width = width
		_, ok := solve(func(f float64) float64 {
			side.notch = f
			u, _ := side.lengths()
			return u - upper
		}, 0.05, 0.97, lengthTol)
		return ok
	}
	// The width at which all is stretched straight bounds the search above.
	widest := math.Sqrt(math.Max(0, (upper+lower)*(upper+lower)-height*height))
	width, ok := solve(func(width float64) float64 {
		if !notchFor(width) {
			return -lower // too narrow: the round piece alone is too long
		}
		_, l := side.lengths()
		return l - lower
	}, 0.15*widest, widest, lengthTol)
	return side, ok && notchFor(width)
}

// armscye holds the lengths of one armscye, from shoulder to underarm [m].
type armscye struct {
	frontUpper, frontLower, backUpper, backLower float64
}

func (a armscye) total() float64 { return a.frontUpper + a.frontLower + a.backUpper + a.backLower }

// fitCap finds the cap for an armscye and a sleeve of the given width. The
// ease (a fraction of the length) goes into the round upper pieces, where the
// arm needs it; the hollow ones match exactly. It reports false when no cap of
// sane height has that width.
func fitCap(a armscye, width, ease float64) (front, back capSide, ok bool) {
	extra := ease * a.total() / 2
	sidesOK := true
	gap := func(height float64) float64 {
		var okF, okB bool
		front, okF = fitSide(height, a.frontUpper+extra, a.frontLower)
		back, okB = fitSide(height, a.backUpper+extra, a.backLower)
		sidesOK = okF && okB
		return front.width + back.width - width
	}
	lo, hi := capHeights(a)
	height, ok := solve(gap, lo, hi, lengthTol)
	gap(height)
	return front, back, ok && sidesOK
}

// capHeights bounds the height of a cap [m]: flatter than a tenth of the
// armscye the sleeve stands straight out, higher than two fifths it cannot be
// lifted, and the curve has no room.
func capHeights(a armscye) (lo, hi float64) { return 0.10 * a.total(), 0.40 * a.total() }

// capWidths returns the range of sleeve widths an armscye can take [m].
func capWidths(a armscye, ease float64) (narrow, wide float64) {
	width := func(height float64) float64 {
		f, _ := fitSide(height, a.frontUpper+ease*a.total()/2, a.frontLower)
		b, _ := fitSide(height, a.backUpper+ease*a.total()/2, a.backLower)
		return f.width + b.width
	}
	lo, hi := capHeights(a)
	return width(hi), width(lo)
}
