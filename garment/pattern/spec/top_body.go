package spec

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// hollow is what tells a front from a back: how far the armscye is cut in from
// the shoulder tip at the notch, and how the neckline is drawn.
type hollow struct {
	across float64 // [m]
	front  bool
}

// The front is cut in more than the back, because arms reach forward; the
// back keeps its width for that.
var (
	frontHollow = hollow{across: 0.022, front: true}
	backHollow  = hollow{across: 0.012}
)

// half is the left half of a front or back as drawn, with the numbers of its
// edges. Origin: height of the neck points, on the middle.
type half struct {
	p                 *path
	hem               int   // drawn from the fold; -1 where closing the outline draws it
	waist             []int // waist seam of a bodice, from the middle to the side
	waistDart         []int // its two legs
	sides             []int // side seam, from the hem up
	bustDart          []int // lower and upper leg
	scyeLow, scyeHigh int
	shoulder, neck    int
	placket           []int     // edges of the slit, or the front edge
	neckRest          [4]r2.Vec // what of the neckline runs over the placket
}

// half draws a half front or back: up the side seam from the hem, round the
// armscye, along the shoulder and down the neckline to the middle.
func (d *topDraft) half(neckDrop float64, h hollow) *half {
	dart := 0.0 // the front is longer by what its bust dart takes up
	if h.front {
		dart = d.BustDart
	}
	under := pt(d.Chest/4, -d.ArmscyeDepth)
	neck := pt(d.NeckWidth/2, 0)
	run := d.AcrossShlder/2 - neck.X
	tip := pt(d.AcrossShlder/2, -run*math.Tan(d.slope))
	notch := pt(tip.X-h.across, tip.Y+0.55*(under.Y-tip.Y))

	out := &half{hem: -1}
	d.drawBottom(out, under, dart, h)
	p := out.p
	// From the underarm the armscye starts square to the side seam and is
	// upright at the notch.
	reach := pt(under.X-notch.X, notch.Y-under.Y)
	out.scyeLow = p.cubic("armscye", pt(under.X-0.62*reach.X, under.Y), pt(notch.X, notch.Y-0.50*reach.Y), notch)
	// It meets the shoulder seam square, so that it runs on smoothly behind.
	square := pt(-math.Sin(d.slope), -math.Cos(d.slope))
	up := tip.Y - notch.Y
	out.scyeHigh = p.cubic("armscye", pt(notch.X, notch.Y+0.38*up), towards(tip, square, 0.30*up), tip)
	out.shoulder = p.line("shoulder", neck)
	d.drawNeck(out, neckDrop, h)
	return out
}

// drawBottom draws the hem, or the waist seam of a bodice, and the side seam.
func (d *topDraft) drawBottom(out *half, under r2.Vec, dart float64, h hollow) {
	if d.bodice != nil {
		d.bodice.draw(d, out, under, dart, h)
		return
	}
	hem := -d.BackNeckDrop - d.BodyLength + d.hemBand
	waist := pt(d.Waist/4, -d.BackNeckDrop-d.WaistLevel)
	corner := pt(d.sweep/4, hem)
	if d.flare > flareCurved {
		corner = d.drawHem(out, waist, hem, dart)
	} else {
		out.p = pathFrom(pt(corner.X, corner.Y-dart))
	}
	d.drawSide(out, corner, waist, under, dart, h)
}

// flareCurved is the Hem over Chest from which a hem is drawn as a bow: below,
// its corner at the side is off square by less than 2 degrees.
const flareCurved = 1.1

// drawHem draws the hem from the fold as a bow that is square to the side seam,
// and returns its corner there, dart not counted. The corner is moved out until
// the bow has its length.
func (d *topDraft) drawHem(out *half, waist r2.Vec, hem, dart float64) r2.Vec {
	var corner r2.Vec
	solve(func(x float64) float64 {
		lean := math.Atan2(x-waist.X, waist.Y-hem)
		corner = pt(x, hem+x*math.Tan(lean/2))
		handle := x / 3 / math.Cos(lean/2)
		c1 := pt(handle, hem)
		c2 := towards(corner, pt(-math.Cos(lean), -math.Sin(lean)), handle)
		out.p = pathFrom(pt(0, hem-dart))
		out.hem = out.p.cubic("hem", lowered(c1, dart), lowered(c2, dart), lowered(corner, dart))
		c := pattern.NewCubic(pt(0, hem), c1, c2, corner)
		return c.Length() - d.sweep/4
	}, 0.5*d.sweep/4, d.sweep/4, lengthTol)
	return corner
}

func lowered(v r2.Vec, by float64) r2.Vec { return pt(v.X, v.Y-by) }

// drawSide draws the side seam from the hem through the waist: straight to it
// when it lies on the line, else as two curves that pass it smoothly.
func (d *topDraft) drawSide(out *half, hem, waist, under r2.Vec, dart float64, h hollow) {
	low, high := waist.Y-hem.Y, under.Y-waist.Y
	// The slope at the waist is that of the line from hem to underarm.
	dx := (under.X - hem.X) / (under.Y - hem.Y)
	out.sides = append(out.sides, out.p.cubic("side", lowered(towards(hem, r2.Sub(waist, hem), 1.0/3), dart), lowered(pt(waist.X-dx*low/3, waist.Y-low/3), dart), lowered(waist, dart)))
	d.drawUpperSide(out, [4]r2.Vec{waist, pt(waist.X+dx*high/3, waist.Y+high/3), towards(under, r2.Sub(waist, under), 1.0/3), under}, dart, h)
}

// The bust dart opens so far below the underarm and ends so far beside the bust
// point [m], which itself lies a tenth of the chest from the middle.
const (
	bustDown  = 0.055
	bustClear = 0.025
)

// drawUpperSide draws the side seam from the waist to the underarm. With a bust
// dart it is divided, on the back as well, so that the parts meet one to one;
// on the front the part below lies lower by the width of the dart, whose legs
// are level and equally long.
func (d *topDraft) drawUpperSide(out *half, c [4]r2.Vec, dart float64, h hollow) {
	p := out.p
	if d.BustDart == 0 {
		out.sides = append(out.sides, p.cubic("side", c[1], c[2], c[3]))
		return
	}
	at, _ := solve(func(t float64) float64 {
		a, _ := divided(c, t)
		return a[3].Y - (c[3].Y - bustDown)
	}, 0, 1, lengthTol)
	a, b := divided(c, at)
	out.sides = append(out.sides, p.cubic("side", lowered(a[1], dart), lowered(a[2], dart), lowered(a[3], dart)))
	if h.front {
		tip := pt(math.Min(0.1*d.Chest+bustClear, a[3].X-0.04), a[3].Y-dart/2)
		out.bustDart = []int{p.line("dart", tip), p.line("dart", a[3])}
	}
	out.sides = append(out.sides, p.cubic("side", b[1], b[2], b[3]))
}

// divided cuts a cubic at parameter t (de Casteljau).
func divided(c [4]r2.Vec, t float64) (a, b [4]r2.Vec) {
	mid := func(p, q r2.Vec) r2.Vec { return r2.Add(r2.Scale(1-t, p), r2.Scale(t, q)) }
	p, q, r := mid(c[0], c[1]), mid(c[1], c[2]), mid(c[2], c[3])
	s, u := mid(p, q), mid(q, r)
	m := mid(s, u)
	return [4]r2.Vec{c[0], p, s, m}, [4]r2.Vec{m, u, r, c[3]}
}

// Half the width of a placket, and how deep a polo's reaches below the neck [m].
const (
	stripHalf = 0.015
	slitDepth = 0.13
)

// drawNeck draws the neckline down to the middle, or to the placket and along
// that.
func (d *topDraft) drawNeck(out *half, drop float64, h hollow) {
	p := out.p
	from, c1, c2, to := d.neckControls(drop, h)
	if !h.front || d.opening == folded {
		out.neck = p.cubic("neckline", c1, c2, to)
		return
	}
	c := [4]r2.Vec{from, c1, c2, to}
	at, _ := solve(func(t float64) float64 {
		a, _ := divided(c, t)
		return a[3].X - stripHalf
	}, 0, 1, lengthTol)
	a, rest := divided(c, at)
	out.neck, out.neckRest = p.cubic("neckline", a[1], a[2], a[3]), rest
	if d.opening == buttoned {
		bottom := -d.BackNeckDrop - d.BodyLength + d.hemBand - d.BustDart
		out.placket = []int{p.line("front_edge", pt(stripHalf, bottom))}
		return
	}
	end := pt(stripHalf, -drop-slitDepth)
	out.placket = []int{p.line("placket", end), p.line("placket", pt(0, end.Y))}
}

// torso is a finished front or back: its panels and where an edge of its half
// is found on the left and on the right of the body.
type torso struct {
	*half
	panels      []pattern.Panel
	left, right func(e int) pattern.EdgeRef
}

// frontPanels and backPanels finish the halves. Both hang on the upper back and
// breast, neck points at 1.45 m. first is the number of the first panel.
func (d *topDraft) frontPanels(first int) torso {
	h := d.half(d.FrontNeckDrop, frontHollow)
	n := len(h.p.edges)
	t := torso{half: h}
	finish := func(p pattern.Panel, name string, side pattern.Side) pattern.Panel {
		p.Name, p.Role, p.Facing, p.Side = name, pattern.BodyFront, pattern.FacesFront, side
		return place(p, 0, 0, 1.45, 0.20)
	}
	if d.opening != buttoned {
		h.p.mirrorOnFold()
		t.panels = []pattern.Panel{finish(h.p.panel("", "hem"), "front", pattern.Centre)}
		t.left = func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first, Edge: e} }
		t.right = func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first, Edge: 2*n - 1 - e} }
		return t
	}
	left := h.p.panel("", "hem")
	n = len(left.Edges)
	t.panels = []pattern.Panel{finish(left, "front_l", pattern.Left), finish(turnedOver(mirrored(left)), "front_r", pattern.Right)}
	t.left = func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first, Edge: e} }
	t.right = func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first + 1, Edge: (n - e) % n} }
	return t
}

func (d *topDraft) backPanels(first int) torso {
	h := d.half(d.BackNeckDrop, backHollow)
	n := len(h.p.edges)
	h.p.mirrorOnFold()
	p := mirrored(h.p.panel("", "hem"))
	p.Name, p.Role, p.Facing = "back", pattern.BodyBack, pattern.FacesBack
	return torso{
		half: h, panels: []pattern.Panel{place(p, 0, 0, 1.45, -0.20)},
		right: func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first, Edge: e} },
		left:  func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: first, Edge: 2*n - 1 - e} },
	}
}

// halfWidth is the distance of the side seam from the middle at height y [m].
func (h *half) halfWidth(y float64) float64 {
	q := pattern.Panel{Verts: h.p.verts, Edges: h.p.edges}
	for _, e := range h.sides {
		c := q.Curve(e)
		if t, ok := solve(func(t float64) float64 { return c.At(t).Y - y }, 0, 1, lengthTol); ok {
			return c.At(t).X
		}
	}
	return 0
}
