package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// How far breasts and seat stand out. Nobody gives it, but a bust can also be met
// by a barrel chest over a narrow waist, and a hip by a back pushed out as a
// whole: then breasts vanish and the seat is a plate.
const (
	breastSwell Key = "breast swell"
	breastFall  Key = "breast fall" // how far below the middle of its edges the tip hangs
	seatSwell   Key = "seat swell"
)

// swell is a tip of the skin and rows of the rest of it around, which the tip
// stands out from.
type swell struct {
	tip    int32
	around []int32
	out    r3.Vec  // unit
	mean   float64 // on the mean shape [m]
	girth  float64 // there: the hip, or bust less underbust [m]
}

func (s *swell) measure(p *probe) (float64, []pull) {
	share := 1 / float64(len(s.around))
	v := r3.Dot(s.out, p.x[s.tip])
	p.cut.out = append(p.cut.out, pull{s.tip, s.out})
	for _, row := range s.around {
		v -= share * r3.Dot(s.out, p.x[row])
		p.cut.out = append(p.cut.out, pull{row, r3.Scale(-share, s.out)})
	}
	return v, p.cut.out
}

const (
	// breastPerGirth is by how much the tip of a breast stands out for each metre
	// of bust less underbust, breastSoft how far off that is one unit of cost [m].
	breastPerGirth = 0.56
	breastSoft     = 0.003
	// smallBreast is from where on breasts are larger than that line would have them
	// [m]: the rib cage, which is some 8 cm wider at the bust than below it, fills the
	// tape of a small bust alone, and hardly a woman's is flat.
	smallBreast = 0.055
	// fallPerGirth is by how much lower a breast hangs for each metre of bust less
	// underbust over the mean, in a bra; our reading of pictures.
	fallPerGirth = 0.12
	fallSoft     = 0.004 // [m]
	// A seat stands out in proportion to its girth.
	seatSoft = 0.004 // [m]
	// From its tip the seat is compared with the skin this far above it and to
	// its side [m].
	seatAbove, seatSide = 0.085, 0.065
	// still is what a row on the chest wall moves with the breast's axis [m].
	still = 1e-4
)

// swells finds breast and seat on the mean shape; size is the axis of the
// breast's size, nil for men.
func (r *ruler) swells(mean, size []r3.Vec) map[Key]*swell {
	p := probe{ruler: r}
	p.set(mean)
	girth := func(k Key) float64 { v, _ := p.measure(k, false); return v }
	out := map[Key]*swell{seatSwell: {tip: r.tpl.cheek(mean), out: r3.Vec{Z: -1}, girth: girth(HipGirth)}}
	s := out[seatSwell]
	for _, d := range []r3.Vec{{Y: seatAbove}, {X: seatSide}} {
		s.around = append(s.around, r.tpl.behind(mean, r3.Add(mean[s.tip], d)))
	}
	if size != nil {
		tip := r.tpl.Marks[MarkNipple]
		s := &swell{tip: tip, out: r3.Unit(size[tip]), girth: girth(BustGirth) - girth(UnderbustGirth)}
		for _, d := range []r3.Vec{{X: 1}, {X: -1}, {Y: 1}, {Y: -1}} {
			s.around = append(s.around, r.tpl.edgeOf(mean, size, tip, d))
		}
		out[breastSwell] = s
		out[breastFall] = &swell{tip: s.tip, around: s.around, out: r3.Vec{Y: -1}, girth: s.girth}
	}
	for _, s := range out {
		p.cut.out = p.cut.out[:0]
		s.mean, _ = s.measure(&p)
	}
	return out
}

// cheek is the rearmost row of the left buttock.
func (t *Template) cheek(mean []r3.Vec) int32 {
	at := t.Seat[0]
	for _, v := range t.Seat {
		if mean[v].Z < mean[at].Z {
			at = v
		}
	}
	return at
}

// behind is the row of trunk or thigh at the back that is nearest to a point as
// seen from behind.
func (t *Template) behind(mean []r3.Vec, at r3.Vec) int32 {
	best, v := math.Inf(1), int32(0)
	for i, part := range t.Part {
		d := math.Hypot(mean[i].X-at.X, mean[i].Y-at.Y)
		if (part == Torso || part == ThighL) && mean[i].Z < at.Z/3 && d < best {
			best, v = d, int32(i)
		}
	}
	return v
}

// edgeOf is the row nearest to the tip, roughly in a direction as seen from in
// front, that the axis does not move.
func (t *Template) edgeOf(mean, axis []r3.Vec, tip int32, dir r3.Vec) int32 {
	best, v := math.Inf(1), tip
	for i, part := range t.Part {
		d := r3.Sub(mean[i], mean[tip])
		far := math.Hypot(d.X, d.Y)
		if part == Torso && mean[i].Z > 0 && r3.Norm(axis[i]) < still && far < best && d.X*dir.X+d.Y*dir.Y > 0.8*far {
			best, v = far, int32(i)
		}
	}
	return v
}

// swellTargets are what breasts and seat should be like for the girths.
func (r *ruler) swellTargets(at map[Key]float64) []target {
	var out []target
	if s := r.swell[breastSwell]; s != nil {
		more := at[BustGirth] - at[UnderbustGirth] - s.girth
		out = append(out,
			target{key: breastSwell, value: above(s.mean+breastPerGirth*more, smallBreast), sigma: breastSoft},
			target{key: breastFall, value: r.swell[breastFall].mean + fallPerGirth*max(0, more), sigma: fallSoft})
	}
	s := r.swell[seatSwell]
	return append(out, target{key: seatSwell, value: s.mean * at[HipGirth] / s.girth, sigma: seatSoft})
}

// above is v from soft on, and meets 0 smoothly at -soft.
func above(v, soft float64) float64 {
	if v >= soft {
		return v
	}
	v = max(0, v+soft)
	return v * v / (4 * soft)
}
