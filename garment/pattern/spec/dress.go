package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// DressMeasures are those of a top, whose body length is the whole length of
// the dress, and of the skirt of a sheath [m].
type DressMeasures struct {
	TopMeasures
	Hip      float64 // full, of a sheath; Waist + 0.24
	HipDepth float64 // waist seam down to the hip line; 0.20
}

// bodice is the upper part of a sheath dress: front and back end in a waist
// seam, each with a dart on each side whose mouth meets that of the skirt.
type bodice struct {
	skirt                 skirtDraft
	front, back           pattern.Panel // of the skirt, seen from in front
	dartFront, dartBack   float64       // [m]
	partsFront, partsBack [2]float64    // lengths of the waist seam, middle to dart to side [m]
}

// sheathStyle is a fitted dress with a waist seam; lineStyle hangs from the
// bust without one.
func sheathStyle() topStyle {
	s := teeStyle()
	s.name, s.neckWidth, s.length, s.lengthPerChest, s.deeper = "dress", 0.095, 0.70, 0.30, -0.005
	s.bodice, s.sideZip = &bodice{}, true
	return s
}

func lineStyle() topStyle {
	s := teeStyle()
	s.name, s.neckWidth, s.length, s.lengthPerChest, s.deeper = "dress", 0.095, 0.68, 0.27, -0.005
	s.flare, s.waist, s.sideZip = 1.50, 0.90, true
	return s
}

// draftSheath drafts the skirt first, since the bodice ends in its waist.
func draftSheath(s topStyle, m DressMeasures, o TopOptions) (*pattern.Pattern, error) {
	d := topDraft{TopMeasures: m.TopMeasures, TopOptions: o, topStyle: s}
	s.bodice.skirt = skirtDraft{
		SkirtMeasures: SkirtMeasures{Waist: m.Waist, Hip: m.Hip, Hem: m.Hem, HipDepth: m.HipDepth},
		noBand:        true,
	}
	return draftTop(d.topStyle, m.TopMeasures, o)
}

// Shaping of a bodice: of what is taken in at the waist of a quarter, the side
// seam takes this share and at most so much; the dart takes the rest, within
// what can be sewn and does not poke [m].
const (
	sideShare      = 0.35
	sideIn         = 0.030
	bodiceDartMost = 0.055
)

// decide drafts the skirt and settles the bodice's waist on its seam.
func (b *bodice) decide(d *topDraft) error {
	d.Waist = or(d.Waist, 0.80*d.Chest)
	d.WaistLevel = or(d.WaistLevel, 0.18+0.235*d.Chest)
	if side := d.WaistLevel + d.BackNeckDrop - d.ArmscyeDepth; side < 0.12 {
		return fault.Errorf("back_neck_to_waist is %s; a bodice with an armscye %s deep needs %s", cm(d.WaistLevel), cm(d.ArmscyeDepth), cm(d.ArmscyeDepth-d.BackNeckDrop+0.12))
	}
	b.skirt.Waist, b.skirt.Length = d.Waist, d.BodyLength-d.WaistLevel
	b.skirt.Hem = d.Hem
	if err := b.skirt.decide(); err != nil {
		return err
	}
	var err error
	if b.front, err = b.skirt.frontPiece(); err != nil {
		return err
	}
	if b.back, err = b.skirt.backPiece(b.front.Length(skirtSideHigh)); err != nil {
		return err
	}
	take := func(p *pattern.Panel, quarter float64) (dart float64, parts [2]float64, err error) {
		parts = [2]float64{p.Length(skirtWaistCentre), p.Length(skirtWaistSide)}
		intake := d.Chest/4 - quarter
		dart = math.Max(intake-math.Min(sideShare*intake, sideIn), dartLeast)
		if dart > bodiceDartMost || intake-dart < -0.03 {
			err = fault.Errorf("waist_girth is %s; with chest_girth %s %s to %s can be shaped", cm(d.Waist), cm(d.Chest),
				cm(d.Chest-4*(bodiceDartMost+sideIn)), cm(d.Chest+4*(0.03-dartLeast)))
		}
		return dart, parts, err
	}
	if b.dartFront, b.partsFront, err = take(&b.front, b.skirt.waistFront); err != nil {
		return err
	}
	b.dartBack, b.partsBack, err = take(&b.back, b.skirt.waistBack)
	return err
}

// draw draws the waist seam from the middle, with its dart, and the side seam.
// The seam's part beside the dart is a bow that is square to the side seam, its
// corner moved out until it has its length.
func (b *bodice) draw(d *topDraft, out *half, under r2.Vec, drop float64, h hollow) {
	y := -d.BackNeckDrop - d.WaistLevel
	dart, parts, top := b.dartBack, b.partsBack, under.Y-0.02
	if h.front {
		dart, parts, top = b.dartFront, b.partsFront, under.Y-0.085
	}
	near, far := pt(parts[0], y), pt(parts[0]+dart, y)
	tip := pt((near.X+far.X)/2, top)
	var corner, c1, c2 r2.Vec
	solve(func(x float64) float64 {
		lean := math.Atan2(under.X-x, under.Y-y)
		run := x - far.X
		corner = pt(x, y+run*math.Tan(lean/2))
		handle := run / 3 / math.Cos(lean/2)
		c1, c2 = pt(far.X+handle, y), towards(corner, pt(-math.Cos(lean), -math.Sin(lean)), handle)
		c := pattern.NewCubic(far, c1, c2, corner)
		return c.Length() - parts[1]
	}, far.X+0.3*parts[1], far.X+1.1*parts[1], lengthTol)

	p := pathFrom(pt(0, y-drop))
	out.p = p
	out.waist = append(out.waist, p.line("waist", lowered(near, drop)))
	out.waistDart = []int{p.line("dart", tip), p.line("dart", lowered(far, drop))}
	out.waist = append(out.waist, p.cubic("waist", lowered(c1, drop), lowered(c2, drop), lowered(corner, drop)))
	way := r2.Sub(under, corner)
	d.drawUpperSide(out, [4]r2.Vec{corner, r2.Add(corner, r2.Scale(1.0/3, way)), r2.Sub(under, r2.Scale(1.0/3, way)), under}, drop, h)
}

// sew adds the skirt below the waist seam.
func (b *bodice) sew(d *topDraft, s *sewing, front, back *torso) {
	y := 1.45 - d.BackNeckDrop - d.WaistLevel
	f := s.add(place(b.front, 0, 0, y, 0.20))
	k := s.add(place(mirrored(b.back), 0, 0, y, -0.20))
	n := len(b.front.Edges)
	other := func(e int) int { return n - 1 - e }
	for _, e := range [2]int{skirtSideLow, skirtSideHigh} {
		s.seam(f, e, k, other(e))
		s.seam(f, other(e), k, e)
	}
	for _, p := range [2]int{f, k} {
		s.seam(p, skirtDartSide, p, skirtDartCentre)
		s.seam(p, other(skirtDartCentre), p, other(skirtDartSide))
	}
	for i, e := range [2]int{skirtWaistCentre, skirtWaistSide} {
		s.join(front.left(front.waist[i]), pattern.EdgeRef{Panel: f, Edge: e})
		s.join(front.right(front.waist[i]), pattern.EdgeRef{Panel: f, Edge: other(e)})
		s.join(back.right(back.waist[i]), pattern.EdgeRef{Panel: k, Edge: e})
		s.join(back.left(back.waist[i]), pattern.EdgeRef{Panel: k, Edge: other(e)})
	}
}
