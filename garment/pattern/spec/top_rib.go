package spec

import (
	"math"

	"fitroom/garment/pattern"
)

// The rib stands in the neckline as a band in two halves, shorter than the
// neckline, so that stretching it in draws the neck close. Ribs of hem and
// wrist are shorter than what they are sewn to, too. A rib is cut across the
// knit, which gives more that way: the warp stands upright, as is the default.
const (
	ribHeight = 0.02 // [m]
	ribPull   = 0.82 // rib over the hem it is stretched onto: 80 to 85 % in the trade
	// neckPull is rib over neckline: knit neckbands are cut at 75 to 85 % of it. At
	// 88 the inner edge, which goes round a smaller bend, is too long and folds over.
	neckPull = 0.80
)

// RibMaterial is the material of ribs of their own cloth, as a style names its fabric.
const RibMaterial = "rib"

// ribCloth is the material of the ribs.
func (d *topDraft) ribCloth() string {
	if d.RibCloth {
		return RibMaterial
	}
	return ""
}

func (d *topDraft) addRib(s *sewing) {
	const f, b = 0, 1
	neck := s.out.Panels[f].Labelled("neckline") // left, then right
	back := s.out.Panels[b].Labelled("neckline")
	rib := func(name string, of, edge int) pattern.Panel {
		half := neckPull * s.out.Panels[of].Length(edge)
		p := pathFrom(pt(-half, 0))
		p.line("neckline", pt(0, 0))
		p.line("neckline", pt(half, 0))
		p.line("neck_end", pt(half, ribHeight))
		p.line("neck_edge", pt(-half, ribHeight))
		q := p.panel(name, "neck_end")
		q.Role, q.Material = pattern.Collar, d.ribCloth()
		return q
	}
	front, behind := rib("neck_front", f, neck[0]), mirrored(rib("neck_back", b, back[0]))
	front.Facing, behind.Facing = pattern.FacesFront, pattern.FacesBack
	nf, nb := s.add(place(front, 0, 0, 1.46, 0.12)), s.add(place(behind, 0, 0, 1.46, -0.12))
	const low, high, endA, endB = 0, 1, 2, 4
	s.seam(nf, high, f, neck[0])
	s.seam(nf, low, f, neck[1])
	s.seam(nb, high, b, back[0])
	s.seam(nb, low, b, back[1])
	s.seam(nf, endA, nb, endB)
	s.seam(nf, endB, nb, endA)
}

// addHemBand sews a rib to the hem: a front and a back band, each as long as
// its part of the finished hem.
func (d *topDraft) addHemBand(s *sewing) {
	const f, b = 0, 1
	half := d.Hem / 4
	band := func(name string, role pattern.Role) pattern.Panel {
		p := pathFrom(pt(-half, 0))
		p.line("hem", pt(half, 0))
		p.line("band_end", pt(half, d.hemBand))
		p.line("rib", pt(-half, d.hemBand))
		q := p.panel(name, "band_end")
		q.Role, q.Facing, q.Material = role, pattern.FacesFront, d.ribCloth()
		return q
	}
	front, back := band("rib_front", pattern.WaistFront), mirrored(band("rib_back", pattern.WaistBack))
	back.Facing = pattern.FacesBack
	nf, nb := s.add(place(front, 0, 0, 0.78, 0.20)), s.add(place(back, 0, 0, 0.78, -0.20))
	const end, top, start = 1, 2, 3
	for _, k := range [2][2]int{{f, nf}, {b, nb}} {
		p := &s.out.Panels[k[0]]
		e := p.Labelled("hem")[0]
		p.Edges[e].Label = "rib"
		s.seam(k[0], e, k[1], top)
	}
	s.seam(nf, end, nb, start)
	s.seam(nf, start, nb, end)
}

// addCuff sews a cuff to the end of a sleeve: a ring of one panel, its ends
// joined under the arm.
func (d *topDraft) addCuff(s *sewing, sleeve, edge int) {
	of := &s.out.Panels[sleeve]
	half := d.SleeveHem / 2
	p := pathFrom(pt(-half, 0))
	p.line("sleeve_hem", pt(half, 0))
	p.line("cuff_end", pt(half, d.cuff))
	p.line("cuff", pt(-half, d.cuff))
	q := p.panel("cuff_l", "cuff_end")
	if of.Side == pattern.Right {
		q.Name = "cuff_r"
	}
	q.Role, q.Side = pattern.Cuff, of.Side
	if d.rib {
		q.Material = d.ribCloth()
	} else {
		q.Grain = pt(1, 0)
	}
	q = place(q, of.Rotation[1], math.Copysign(0.60, of.Translation[0]), 0.95, 0)
	k := s.add(q)
	s.seam(sleeve, edge, k, 2)
	s.seam(k, 1, k, 3)
	if !d.rib { // a rib is pulled over the hand
		fasten(&s.out, cuffEnds, pattern.EdgeRef{Panel: k, Edge: 1}, "wrist")
	}
}
