package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// collarKind is what stands on the neckline.
type collarKind uint8

const (
	noCollar collarKind = iota
	turnedCollar
	hooded
)

// A turned collar is a stand round the neck and a fall sewn to its upper edge
// and turned down over it, each in two halves joined at the centre back, as a
// piece cut on the fold would be. The front ends of the stand meet, as
// buttoned; those of the fall are free.
const (
	standHeight = 0.030 // [m]
	standLean   = 0.010 // how much the stand's front end leans back [m]
	fallBack    = 0.040 // height of the fall at the centre back where not given [m]
	fallPoint   = 0.026 // how much higher its points are [m]
	fallForward = 0.012 // how far they reach forward [m]
	fallTurn    = 0.80  // how far the fold of one half turns [rad]
)

// neckParts are the pieces of the neckline of the left half, from the middle of
// the front to that of the back, and the same on the right.
type neckParts struct {
	left, right []pattern.EdgeRef
	lengths     []float64 // [m]
}

func (d *topDraft) neckParts(s *sewing, front, back *torso) neckParts {
	var n neckParts
	add := func(l, r pattern.EdgeRef) {
		n.left, n.right = append(n.left, l), append(n.right, r)
		n.lengths = append(n.lengths, s.out.EdgeLength(l))
	}
	if d.opening != folded {
		k := len(s.out.Panels) - 1 // the strip, last added
		e := s.out.Panels[k].Labelled("neckline")
		add(pattern.EdgeRef{Panel: k, Edge: e[0]}, pattern.EdgeRef{Panel: k, Edge: e[1]})
	}
	add(front.left(front.neck), front.right(front.neck))
	add(back.left(back.neck), back.right(back.neck))
	return n
}

// halves adds the left half of a piece and its mirror image, sewn to the
// neckline where neck is set, and to each other along the given edges.
func (s *sewing) halves(left pattern.Panel, neck *neckParts, meet ...int) (l, r int) {
	n := len(left.Edges)
	turn := func(e int) int { return (n - e) % n }
	right := turnedOver(mirrored(left))
	right.Name, right.Side = left.Name[:len(left.Name)-1]+"r", pattern.Right
	right = place(right, -left.Rotation[1], -left.Translation[0], left.Translation[1], left.Translation[2])
	l, r = s.add(left), s.add(right)
	if neck != nil {
		for k := range neck.left {
			s.join(pattern.EdgeRef{Panel: l, Edge: k}, neck.left[k])
			s.join(pattern.EdgeRef{Panel: r, Edge: turn(k)}, neck.right[k])
		}
	}
	for _, e := range meet {
		s.seam(l, e, r, turn(e))
	}
	return l, r
}

func (d *topDraft) addCollar(s *sewing, front, back *torso) {
	neck := d.neckParts(s, front, back)
	p := pathFrom(pt(0, 0))
	x := 0.0
	for _, l := range neck.lengths {
		x += l
		p.line("neckline", pt(x, 0))
	}
	k := len(neck.lengths)
	p.line("collar_back", pt(x, standHeight))
	p.line("collar", pt(standLean, standHeight))
	stand := p.panel("stand_l", "collar_front")
	stand.Role, stand.Side, stand.Grain = pattern.Collar, pattern.Left, pt(1, 0)
	l, r := s.halves(place(stand, 0, 0, 1.46, 0.12), &neck, k, k+2)
	if d.opening != folded {
		below := r
		if d.RightOver {
			below = l
		}
		fastenCollar(s, pattern.EdgeRef{Panel: l, Edge: k + 2}, pattern.EdgeRef{Panel: below, Edge: 0})
	}

	d.CollarHeight = or(d.CollarHeight, fallBack)
	q := drawFall(x-standLean, d.CollarHeight)
	fall := q.panel("fall_l", "collar_point")
	fall.Role, fall.Side, fall.Grain = pattern.CollarFall, pattern.Left, pt(1, 0)
	fl, fr := s.halves(place(fall, 0, 0, 1.49, 0.12), nil, 1)
	n := len(stand.Edges)
	s.seam(l, k+1, fl, 0)
	s.seam(r, n-k-1, fr, 0)
}

// drawFall draws the left half of a fall on a fold of the given length [m]. The
// fold is an arc, so that the outer edge is longer and lies on the shoulders.
func drawFall(length, height float64) *path {
	radius := length / fallTurn
	at := func(r, a float64) r2.Vec { // a from the front, 0, to the level back end
		sin, cos := math.Sincos(a - fallTurn)
		return pt(r*sin, r*cos-radius)
	}
	p := pathFrom(at(radius, 0))
	p.arc("collar", radius, false, at(radius, fallTurn))
	back := at(radius+height, fallTurn)
	p.line("collar_back", back)
	sin, cos := math.Sincos(fallTurn)
	point := towards(at(radius+height+fallPoint, 0), pt(-cos, -sin), fallForward)
	p.cubic("collar_edge", pt(back.X-0.35*length, back.Y), at(radius+height+0.3*fallPoint, 0.3*fallTurn), point)
	return p
}

// A hood is two panels joined over the crown. Seen from the left its face edge
// is on the left. The neck edge rises from the front to the back, so that the
// face edge leans over the brow.
const (
	hoodHeight = 0.35 // [m]
	hoodDepth  = 0.26 // [m]
	hoodFront  = 0.22 // slope of the neck edge in front
	hoodBehind = 0.05 // and behind
)

func (d *topDraft) addHood(s *sewing, front, back *torso) error {
	d.HoodHeight, d.HoodDepth = or(d.HoodHeight, hoodHeight), or(d.HoodDepth, hoodDepth)
	neck := d.neckParts(s, front, back)
	var p *path
	_, ok := solve(func(out float64) float64 {
		p = d.drawHood(&neck, out)
		return d.hoodDepthOf(p) - d.HoodDepth
	}, 0.10, 0.60, lengthTol)
	if !ok {
		return fault.Errorf("hood_depth is %w; with this neckline a hood between 10 cm and 55 cm deep can be drawn", cm(d.HoodDepth))
	}
	hood := p.panel("hood_l", "hood_edge")
	hood.Role, hood.Side = pattern.Hood, pattern.Left
	s.halves(place(hood, 0, 0, 1.5, 0.1), &neck, 2, 3)
	return nil
}

// drawHood draws the left half of a hood whose back reaches out so far.
func (d *topDraft) drawHood(neck *neckParts, out float64) *path {
	a := r2.Unit(pt(1, hoodFront))
	b := r2.Unit(pt(1, hoodBehind))
	shoulder := r2.Scale(neck.lengths[0], a)
	nape := towards(shoulder, b, neck.lengths[1])
	crown := pt(out, nape.Y+0.62*d.HoodHeight)
	brow := pt(0.02, nape.Y+d.HoodHeight)
	p := pathFrom(pt(0, 0))
	p.line("neckline", shoulder)
	p.line("neckline", nape)
	p.cubic("hood", pt(nape.X+0.3*(out-nape.X), nape.Y+0.20*d.HoodHeight), pt(out, crown.Y-0.22*d.HoodHeight), crown)
	p.cubic("hood", pt(out, crown.Y+0.24*d.HoodHeight), pt(brow.X+0.55*(out-brow.X), brow.Y), brow)
	return p
}

// hoodDepthOf is the width of a hood half way up [m].
func (d *topDraft) hoodDepthOf(p *path) float64 {
	q := path{verts: append([]r2.Vec(nil), p.verts...), edges: append([]pattern.Edge(nil), p.edges...)}
	panel := q.panel("", "hood_edge")
	return panel.WidthAt(panel.Verts[2].Y + d.HoodHeight/2)
}
