package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// backDropRule is the back neck drop drafted where none is given [m].
func (d *topDraft) backDropRule() float64 {
	switch d.Neck {
	case Scoop:
		return d.backDrop + 0.025
	case Boat:
		return d.backDrop + 0.02
	}
	return d.backDrop
}

// neckWidthRule is the neck width drafted where none is given [m].
func (d *topDraft) neckWidthRule() float64 {
	standard := d.neckWidth + d.neckPerChest*d.Chest
	switch d.Neck {
	case Scoop:
		return standard + 0.04
	case Boat:
		return standard + 0.095
	}
	return standard
}

// frontDropFor is the front drop of a neck of the given width [m].
func (d *topDraft) frontDropFor(width float64) float64 {
	if d.FrontNeckDrop != 0 {
		return d.FrontNeckDrop
	}
	switch d.Neck {
	case VNeck:
		return width + 0.01 + d.frontDrop
	case Scoop:
		return 0.60*width + 0.03 + d.frontDrop
	case Boat:
		return d.BackNeckDrop + 0.05 + d.frontDrop
	}
	return width/2 + 0.005 + d.frontDrop
}

// acrossRule is the shoulder width drafted where none is given [m].
func (d *topDraft) acrossRule() float64 {
	if d.strap > 0 {
		return d.NeckWidth + 2*d.strap
	}
	across := 0.16 + 0.26*d.Chest + d.fitted(-0.01, 0, 0.045)
	if d.Sleeve == NoSleeve {
		across -= 0.05
	}
	return math.Max(across, d.NeckWidth+2*0.055)
}

// overSlack is how far a measure that follows from others may depart from what
// the table says before the table contradicts itself [m]; up to there the
// residual is reported.
const overSlack = 0.02

// decideNeck settles the triangle of shoulder width, neck width and shoulder
// length, of which any two give the third, then the neckline. Of three that
// are given the shoulder length follows.
func (d *topDraft) decideNeck() error {
	across := func() float64 { return d.ShoulderLen * math.Cos(d.slope) }
	neckFixed := d.NeckWidth != 0 || (d.AcrossShlder != 0 && d.ShoulderLen != 0)
	if d.NeckWidth == 0 && neckFixed {
		d.NeckWidth = d.AcrossShlder - 2*across()
	}
	standard := d.neckWidthRule()
	if !neckFixed && d.NeckGirth != 0 {
		if err := d.solveNeckWidth(standard); err != nil {
			return err
		}
	}
	d.NeckWidth = or(d.NeckWidth, standard)
	if d.AcrossShlder == 0 {
		d.AcrossShlder = d.acrossRule()
		if d.ShoulderLen != 0 {
			d.AcrossShlder = d.NeckWidth + 2*across()
		}
	}
	follows := (d.AcrossShlder - d.NeckWidth) / 2 / math.Cos(d.slope)
	if d.ShoulderLen != 0 && math.Abs(follows-d.ShoulderLen) > overSlack {
		return fault.Errorf("shoulder_length is %s; neck_width %s and across_back_shoulder_width %s make it %s: two of them give the third",
			cm(d.ShoulderLen), cm(d.NeckWidth), cm(d.AcrossShlder), cm(follows))
	}
	d.ShoulderLen = follows
	return d.solveNeckDrop(neckFixed)
}

// neckline is the length of the neckline seam for a width and a front drop [m].
func (d *topDraft) neckline(width, frontDrop float64) float64 {
	t := *d
	t.NeckWidth = width
	front := t.neckCurve(frontDrop, frontHollow)
	back := t.neckCurve(t.BackNeckDrop, backHollow)
	return 2 * (front.Length() + back.Length())
}

// solveNeckWidth finds the neck width whose neckline has the given girth.
func (d *topDraft) solveNeckWidth(standard float64) error {
	lo, hi := 0.5*standard, 2*standard
	w, ok := solve(func(w float64) float64 {
		return d.neckline(w, d.frontDropFor(w)) - d.NeckGirth
	}, lo, hi, lengthTol)
	if !ok {
		return fault.Errorf("neck_girth is %s; with this chest and drop %s to %s can be drawn", cm(d.NeckGirth),
			cm(d.neckline(lo, d.frontDropFor(lo))), cm(d.neckline(hi, d.frontDropFor(hi))))
	}
	d.NeckWidth = w
	return nil
}

// solveNeckDrop meets a given neck girth by the front drop where the width is
// given too. Where the drop is given as well, the girth follows from both.
func (d *topDraft) solveNeckDrop(widthFixed bool) error {
	if d.NeckGirth == 0 || !widthFixed {
		d.FrontNeckDrop = d.frontDropFor(d.NeckWidth)
		return nil
	}
	if d.FrontNeckDrop != 0 {
		if follows := d.neckline(d.NeckWidth, d.FrontNeckDrop); math.Abs(follows-d.NeckGirth) > 2*overSlack {
			return fault.Errorf("neck_girth is %s; front_neck_drop and the neck's width make it %s: it follows from them", cm(d.NeckGirth), cm(follows))
		}
		return nil
	}
	lo, hi := 0.25*d.NeckWidth, 2*d.NeckWidth
	drop, ok := solve(func(f float64) float64 { return d.neckline(d.NeckWidth, f) - d.NeckGirth }, lo, hi, lengthTol)
	if !ok {
		return fault.Errorf("neck_girth is %s; with a neck %s wide %s to %s can be drawn", cm(d.NeckGirth), cm(d.NeckWidth),
			cm(d.neckline(d.NeckWidth, lo)), cm(d.neckline(d.NeckWidth, hi)))
	}
	d.FrontNeckDrop = drop
	return nil
}

// neckControls are the end and controls of half a neckline, drawn from the neck
// point down to the fold. It starts square to the shoulder seam and is level
// at the fold; a V runs straight to its point.
func (d *topDraft) neckControls(drop float64, h hollow) (from, c1, c2, to r2.Vec) {
	from, to = pt(d.NeckWidth/2, 0), pt(0, -drop)
	square := pt(-math.Sin(d.slope), -math.Cos(d.slope))
	switch {
	case h.front && d.Neck == VNeck:
		c1 = towards(from, square, 0.2*drop)
		c2 = towards(to, r2.Sub(from, to), 0.45)
	case d.Neck == Boat:
		// A flat bow; square to a seam it would have a corner.
		c1 = pt(0.80*from.X, -0.70*drop)
		c2 = pt(0.45*from.X, to.Y)
	case h.front && d.Neck == Scoop:
		// Fuller than an ellipse, nearly a U.
		c1 = towards(from, square, 0.62*drop)
		c2 = pt(0.75*from.X, to.Y)
	case h.front:
		// Near the quarter of an ellipse.
		c1 = towards(from, square, 0.52*drop)
		c2 = pt(0.62*from.X, to.Y)
	default:
		c1 = towards(from, square, 0.55*drop)
		c2 = pt(0.62*from.X, to.Y)
	}
	return
}

func (d *topDraft) neckCurve(drop float64, h hollow) pattern.Curve {
	return pattern.NewCubic(d.neckControls(drop, h))
}
