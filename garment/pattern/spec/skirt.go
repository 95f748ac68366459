package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// SkirtMeasures are the finished measures of a skirt [m]. Zero means not
// given; the rule after each says what is drafted then.
type SkirtMeasures struct {
	Waist      float64 // full, the seam of the waistband; must be given
	Hip        float64 // full, at HipDepth; Waist + 0.24
	Hem        float64 // full sweep; Hip + half the length below the hip (an A-line), or Hip - 6 cm (a pencil)
	Length     float64 // upper edge of the band to the hem, centre front; 0.60
	HipDepth   float64 // waist seam down to the hip line, centre; 0.20
	BandHeight float64 // of the waistband; 0.035
}

// SkirtOptions are choices of style.
type SkirtOptions struct {
	// NoDarts shapes the waist at the side seams alone, for elastic cloth or a
	// small difference of hip and waist.
	NoDarts bool
	// Pencil narrows the hem to 6 cm less than the hip where it is not given.
	Pencil bool
}

// skirtShare is how the difference of hip and waist of one quarter is taken
// in: the back takes more in its dart than the front, since the seat is
// rounder than the belly.
type skirtShare struct{ front, back, dartFront, dartBack float64 }

// Limits of shaping. More than 5 cm makes a dart poke, less than 4 mm cannot
// be sewn, and a side seam drawn in by more than 5 cm stands off the hip.
const (
	dartMost  = 0.050
	dartLeast = 0.004
	sideMost  = 0.05
)

// skirtDraft is a skirt with every figure decided [m].
type skirtDraft struct {
	SkirtMeasures
	SkirtOptions
	quarterFront, quarterBack float64 // at the hip
	waistFront, waistBack     float64 // quarters of the sewn waist
	flare                     float64 // of the side seam below the hip [rad]
	intake                    float64 // of one front and one back quarter together
	noBand                    bool    // the waist seam joins a bodice
}

// Skirt drafts an A-line skirt: front and back cut on the fold, with a dart on
// each side of both, and a straight waistband in two pieces.
func Skirt(m SkirtMeasures, o SkirtOptions) (*pattern.Pattern, error) {
	d := skirtDraft{SkirtMeasures: m, SkirtOptions: o}
	if err := d.decide(); err != nil {
		return nil, fault.Errorf("spec: skirt: %w", err)
	}
	front, err := d.frontPiece()
	if err != nil {
		return nil, fault.Errorf("spec: skirt: front: %w", err)
	}
	back, err := d.backPiece(front.Length(skirtSideHigh))
	if err != nil {
		return nil, fault.Errorf("spec: skirt: back: %w", err)
	}
	p := d.assemble(front, back)
	return p, p.Validate()
}

func (d *skirtDraft) decide() error {
	if !(d.Waist > 0) {
		return fault.Errorf("waist_girth is needed")
	}
	d.Hip = or(d.Hip, d.Waist+0.24)
	d.Length = or(d.Length, 0.60)
	d.HipDepth = or(d.HipDepth, 0.20)
	if !d.noBand {
		d.BandHeight = or(d.BandHeight, 0.035)
	}
	below := d.Length - d.BandHeight - d.HipDepth
	if below < 0.05 {
		return fault.Errorf("skirt_length is %s; band %s and hip depth %s need at least %s",
			cm(d.Length), cm(d.BandHeight), cm(d.HipDepth), cm(d.BandHeight+d.HipDepth+0.05))
	}
	hem := d.Hip + 0.5*below
	if d.Pencil {
		hem = d.Hip - 0.06
	}
	d.Hem = or(d.Hem, hem)
	if err := d.decideIntake(); err != nil {
		return err
	}
	// The front is 1 cm wider than the back, so that the side seam, seen from
	// the front, is out of sight.
	d.quarterFront, d.quarterBack = d.Hip/4+0.005, d.Hip/4-0.005
	d.waistFront = d.quarterFront - d.share().front
	d.waistBack = d.quarterBack - d.share().back
	return d.solveFlare(below)
}

func (d *skirtDraft) decideIntake() error {
	d.intake = (d.Hip - d.Waist) / 2
	s := d.share()
	side := math.Max(s.front-s.dartFront, s.back-s.dartBack)
	dart := math.Max(s.dartFront, s.dartBack)
	most := d.intake * math.Min(sideMost/side, dartMost/math.Max(dart, 1e-9)) * 2
	switch {
	case d.intake < 0:
		return fault.Errorf("waist_girth is %s; it must not exceed hip_girth, %s", cm(d.Waist), cm(d.Hip))
	case side > sideMost || dart > dartMost:
		return fault.Errorf("waist_girth is %s; with hip_girth %s at least %s can be shaped", cm(d.Waist), cm(d.Hip), cm(d.Hip-most))
	case !d.NoDarts && math.Min(s.dartFront, s.dartBack) < dartLeast:
		return fault.Errorf("waist_girth is %s; with hip_girth %s the darts would be under %.0f mm: choose the option darts none",
			cm(d.Waist), cm(d.Hip), dartLeast*1000)
	}
	return nil
}

// share divides the intake of a front and a back quarter.
func (d *skirtDraft) share() skirtShare {
	i := d.intake
	if d.NoDarts {
		return skirtShare{front: 0.5 * i, back: 0.5 * i}
	}
	return skirtShare{front: 0.43 * i, back: 0.57 * i, dartFront: 0.15 * i, dartBack: 0.29 * i}
}

// solveFlare finds the angle of the side seams at which the hem has its sweep.
func (d *skirtDraft) solveFlare(below float64) error {
	sweep := func(angle float64) float64 {
		sum := 0.0
		side := below - d.quarterFront*math.Tan(angle/2)
		for _, q := range [2]float64{d.quarterFront, d.quarterBack} {
			c := pattern.NewCubic(hemArc(q, side, angle))
			sum += 2 * c.Length()
		}
		return sum
	}
	// From pegged to a wide flare [rad], as long as 3 cm of side are left.
	in, out := -0.25, math.Min(1.0, 2*math.Atan((below-0.03)/d.quarterFront))
	angle, ok := solve(func(a float64) float64 { return sweep(a) - d.Hem }, in, out, lengthTol)
	if !ok {
		return fault.Errorf("hem is %s; with hip_girth %s and this length %s to %s can be drawn", cm(d.Hem), cm(d.Hip), cm(sweep(in)), cm(sweep(out)))
	}
	d.flare = angle
	return nil
}

// hemArc is the hem of one quarter from the fold to the side: an arc that is
// level at the fold and square to the side seam, so that the hem hangs level
// all round. The side runs from the hip at (hip, 0) outwards by the angle, so
// long. For an arc of radius R about the point where fold and side would meet,
// R sin a = hip + L sin a, and the fold ends L cos a + R (1 - cos a) = L + hip
// tan(a/2) below the hip. Front and back have the same L, so that their side
// seams match.
func hemArc(hip, length, angle float64) (fold, c, e, side r2.Vec) {
	below := length + hip*math.Tan(angle/2)
	fold = pt(0, -below)
	side = pt(hip+length*math.Sin(angle), -length*math.Cos(angle))
	// The controls of an arc lie 4/3 tan(a/4) R from its ends; with the chord
	// 2 R sin(a/2) that is this, which is sane at a = 0.
	handle := dist(fold, side) / (3 * math.Cos(angle/4) * math.Cos(angle/4))
	return fold, pt(handle, -below), towards(side, pt(-math.Cos(angle), -math.Sin(angle)), handle), side
}

// Numbers of the edges of skirt front and back with darts; those of the right
// half are 13 - edge. Without darts the waist is the one edge skirtWaistSide.
const (
	skirtHem = iota
	skirtSideLow
	skirtSideHigh
	skirtWaistSide
	skirtDartSide
	skirtDartCentre
	skirtWaistCentre
)

// skirtPiece is what tells the front from the back [m].
type skirtPiece struct {
	hip, waist float64 // quarters
	dart       float64 // its width
	depth      float64 // its length
	rise       float64 // of the waist at the side, above the centre front
	drop       float64 // of the waist at the centre, below the centre front
}

// frontPiece draws the front. Origin: waist seam at the centre, on the fold.
func (d *skirtDraft) frontPiece() (pattern.Panel, error) {
	s := skirtPiece{hip: d.quarterFront, waist: d.waistFront, dart: d.share().dartFront, depth: d.dartDepth(0.09)}
	p, ok := d.fitWaist(s, func(s *skirtPiece, x float64) { s.rise = d.bow(s, x) })
	if !ok {
		return pattern.Panel{}, s.refuse()
	}
	p.mirrorOnFold()
	out := p.panel("skirt_front", "")
	out.Role, out.Facing = pattern.SkirtFront, pattern.FacesFront
	return place(out, 0, 0, 1.02, 0.20), nil
}

// backPiece draws the back. The side must be as long as the front's, which
// gives its height at the waist; what is left of the bow of the waistline
// lowers the centre back, where the body is hollow, by up to 1.5 cm.
func (d *skirtDraft) backPiece(side float64) (pattern.Panel, error) {
	s := skirtPiece{hip: d.quarterBack, waist: d.waistBack, dart: d.share().dartBack, depth: d.dartDepth(0.13)}
	var p *path
	waistOK := true
	_, ok := solve(func(rise float64) float64 {
		s.rise = rise
		p, waistOK = d.fitWaist(s, func(s *skirtPiece, x float64) {
			s.drop = math.Min(0.015, math.Max(0, d.bow(s, x)-s.rise))
		})
		q := pattern.Panel{Verts: p.verts, Edges: p.edges}
		return q.Length(skirtSideHigh) - side
	}, -0.03, 0.06, lengthTol)
	if !ok || !waistOK {
		return pattern.Panel{}, s.refuse()
	}
	p.mirrorOnFold()
	out := p.panel("skirt_back", "")
	out.Role, out.Facing = pattern.SkirtBack, pattern.FacesBack
	return place(out, 0, 0, 1.02, -0.20), nil
}

func (s *skirtPiece) refuse() error {
	return fault.Errorf("no waistline of %s can be drawn on a hip of %s", cm(2*s.waist), cm(2*s.hip))
}

// dartDepth is the length of a dart: it must end above the hip.
func (d *skirtDraft) dartDepth(standard float64) float64 { return math.Min(standard, 0.8*d.HipDepth) }

// fitWaist finds how far out the side of the waist lies for the waist seam to
// have its length; shape completes the piece for each trial.
func (d *skirtDraft) fitWaist(s skirtPiece, shape func(s *skirtPiece, x float64)) (p *path, ok bool) {
	_, ok = solve(func(x float64) float64 {
		shape(&s, x)
		p = d.half(&s, x)
		q := pattern.Panel{Verts: p.verts, Edges: p.edges}
		return q.LabelLength("waist") - s.waist
	}, 0.5*s.waist, s.waist+s.dart+0.05, lengthTol)
	return p, ok
}

// lean is the angle of the side seam at the waist [rad]: that of an arc which
// leaves the hip in line with the seam below, within what sits on a body.
func (d *skirtDraft) lean(s *skirtPiece, x float64) float64 {
	chord := math.Atan2(s.hip-x, d.HipDepth)
	return math.Max(0.02, math.Min(0.25, 2*chord-d.flare))
}

// bow is how far the waist rises from centre to side when it is one smooth
// curve, square to both and to the legs of the dart [m]: each part is taken as
// an arc, whose chord has half its turn.
func (d *skirtDraft) bow(s *skirtPiece, x float64) float64 {
	lean := d.lean(s, x)
	if s.dart == 0 {
		return s.waist * math.Tan(lean/2)
	}
	half := math.Asin(s.dart / 2 / s.depth)
	return s.waist / 2 * (math.Tan(half/2) + math.Tan((lean-half)/2))
}

// half draws the left half, from the hem at the fold to the waist at the fold.
func (d *skirtDraft) half(s *skirtPiece, x float64) *path {
	length := d.Length - d.BandHeight - d.HipDepth - d.quarterFront*math.Tan(d.flare/2)
	shift := func(v r2.Vec) r2.Vec { return pt(v.X, v.Y-d.HipDepth) }
	fold, c, e, corner := hemArc(s.hip, length, d.flare)
	p := pathFrom(shift(fold))
	p.cubic("hem", shift(c), shift(e), shift(corner))
	hip, side := pt(s.hip, -d.HipDepth), pt(x, s.rise)
	p.line("side", hip)
	below := pt(-math.Sin(d.flare), math.Cos(d.flare))
	above := turned(pt(0, 1), d.lean(s, x))
	reach := dist(hip, side)
	p.cubic("side", towards(hip, below, 0.40*reach), towards(side, above, -0.33*reach), side)
	w := waistline{
		side: side, sideDir: turned(above, math.Pi/2),
		centre: pt(0, -s.drop), centreDir: pt(-1, 0),
		dart: s.dart, depth: s.depth, at: 0.5,
	}
	w.draw(p)
	return p
}

func (d *skirtDraft) assemble(front, back pattern.Panel) *pattern.Pattern {
	back = mirrored(back)
	const f, b, wf, wb = 0, 1, 2, 3
	n := len(front.Edges)
	other := func(e int) int { return n - 1 - e }
	waist := front.Labelled("waist")
	out := &pattern.Pattern{Name: "skirt"}
	seam := func(p, e, q, g int) {
		out.Seams = append(out.Seams, pattern.Seam{A: pattern.EdgeRef{Panel: p, Edge: e}, B: pattern.EdgeRef{Panel: q, Edge: g}})
	}
	for _, e := range [2]int{skirtSideLow, skirtSideHigh} {
		seam(f, e, b, other(e))
		seam(f, other(e), b, e)
	}
	if !d.NoDarts {
		for _, p := range [2]int{f, b} {
			seam(p, skirtDartSide, p, skirtDartCentre)
			seam(p, other(skirtDartCentre), p, other(skirtDartSide))
		}
	}
	bandOf := func(name string, role pattern.Role, p *pattern.Panel) pattern.Panel {
		var lengths []float64
		for i := range waist {
			lengths = append(lengths, p.Length(waist[len(waist)-1-i]))
		}
		return band(name, role, d.BandHeight, lengths)
	}
	// Waist edges run from left to right, those of the bands from right to left.
	bandFront := place(bandOf("wb_front", pattern.WaistFront, &front), 0, 0, 1.02, 0.18)
	bandBack := mirrored(bandOf("wb_back", pattern.WaistBack, &back))
	bandBack.Facing = pattern.FacesBack
	bandBack = place(bandBack, 0, 0, 1.02, -0.18)
	for i, e := range waist {
		k := len(waist) - 1 - i
		seam(f, e, wf, k)
		seam(b, e, wb, k)
	}
	ends := len(waist) // the left end; the right one comes after the upper edge
	seam(wf, ends, wb, ends+2)
	if !d.NoDarts { // one without darts is pulled on
		fasten(out, sideZip, pattern.EdgeRef{Panel: f, Edge: skirtSideHigh}, trunk()...)
		fasten(out, bandHook, pattern.EdgeRef{Panel: wf, Edge: ends}, trunk()...)
	}
	seam(wf, ends+2, wb, ends)
	out.Panels = []pattern.Panel{front, back, bandFront, bandBack}
	return out
}
