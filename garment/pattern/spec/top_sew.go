package spec

import "fitroom/garment/pattern"

// sewing collects panels and seams of a garment.
type sewing struct{ out pattern.Pattern }

// add appends a panel and returns its number.
func (s *sewing) add(p pattern.Panel) int {
	s.out.Panels = append(s.out.Panels, p)
	return len(s.out.Panels) - 1
}

func (s *sewing) join(a, b pattern.EdgeRef) {
	s.out.Seams = append(s.out.Seams, pattern.Seam{A: a, B: b})
}

// seam joins edge e of panel p to edge g of panel q.
func (s *sewing) seam(p, e, q, g int) {
	s.join(pattern.EdgeRef{Panel: p, Edge: e}, pattern.EdgeRef{Panel: q, Edge: g})
}

// both joins the edges e of front and g of back on the left and on the right.
func (s *sewing) both(front *torso, e int, back *torso, g int) {
	s.join(front.left(e), back.left(g))
	s.join(front.right(e), back.right(g))
}

// assemble draws all panels and sews them together.
func (d *topDraft) assemble() (*pattern.Pattern, error) {
	s := &sewing{out: pattern.Pattern{Name: d.name}}
	front := d.frontPanels(0)
	for _, p := range front.panels {
		s.add(p)
	}
	back := d.backPanels(len(front.panels))
	s.add(back.panels[0])
	if err := d.sewSleeves(s, &front, &back); err != nil {
		return nil, err
	}
	d.sewPlacket(s, &front)
	switch {
	case d.NeckRib:
		d.addRib(s)
	case d.collar == turnedCollar:
		d.addCollar(s, &front, &back)
	case d.collar == hooded:
		if err := d.addHood(s, &front, &back); err != nil {
			return nil, err
		}
	}
	if d.hemBand > 0 {
		d.addHemBand(s)
	}
	skirt := len(s.out.Panels)
	if d.bodice != nil {
		d.bodice.sew(d, s, &front, &back)
	}
	if d.sideZip {
		d.fastenSide(s, &front, skirt)
	}
	if err := d.layPockets(&s.out); err != nil {
		return nil, err
	}
	if d.Yoke {
		if err := s.cutYoke(len(front.panels), -d.BackNeckDrop-yokeDeep); err != nil {
			return nil, err
		}
	}
	return &s.out, nil
}

// sewSleeves joins front and back, and sets in the sleeves.
func (d *topDraft) sewSleeves(s *sewing, front, back *torso) error {
	var left pattern.Panel
	if d.Sleeve != NoSleeve {
		var err error
		if left, err = d.sleeve(front, back); err != nil {
			return err
		}
	}
	for k, e := range front.sides {
		s.both(front, e, back, back.sides[k])
	}
	s.both(front, front.shoulder, back, back.shoulder)
	for _, dart := range [][]int{front.bustDart, front.waistDart} {
		if dart != nil {
			s.join(front.left(dart[0]), front.left(dart[1]))
			s.join(front.right(dart[1]), front.right(dart[0]))
		}
	}
	if back.waistDart != nil {
		s.join(back.left(back.waistDart[1]), back.left(back.waistDart[0]))
		s.join(back.right(back.waistDart[0]), back.right(back.waistDart[1]))
	}
	if d.Sleeve == NoSleeve {
		return nil
	}
	l := s.add(left)
	right := turnedOver(mirrored(left))
	right.Name, right.Side = "sleeve_r", pattern.Right
	r := s.add(place(right, -left.Rotation[1], -left.Translation[0], left.Translation[1], left.Translation[2]))
	edges := len(left.Edges)
	turn := func(e int) int { return (edges - e) % edges } // the right sleeve's edge
	set := func(cap int, of *torso, scye int) {
		s.join(pattern.EdgeRef{Panel: l, Edge: cap}, of.left(scye))
		s.join(pattern.EdgeRef{Panel: r, Edge: turn(cap)}, of.right(scye))
	}
	if d.Sleeve == CapSleeve {
		set(capOnlyFront, front, front.scyeHigh)
		set(capOnlyBack, back, back.scyeHigh)
		return nil
	}
	set(capFrontHigh, front, front.scyeHigh)
	set(capFrontLow, front, front.scyeLow)
	set(capBackHigh, back, back.scyeHigh)
	set(capBackLow, back, back.scyeLow)
	s.seam(l, sleeveBack, l, sleeveFront)
	s.seam(r, sleeveBack, r, sleeveFront)
	if d.cuff > 0 {
		d.addCuff(s, l, sleeveHem)
		d.addCuff(s, r, turn(sleeveHem))
	}
	return nil
}

// sewPlacket lets the strip into a polo's slit, or between two fronts.
func (d *topDraft) sewPlacket(s *sewing, front *torso) {
	if d.opening == folded {
		return
	}
	n := front.neckRest // from the edge of the strip down to the middle
	var p *path
	if d.opening == slit {
		bottom := -d.FrontNeckDrop - slitDepth
		p = pathFrom(pt(0, bottom))
		p.line("placket", pt(stripHalf, bottom))
	} else {
		p = pathFrom(pt(stripHalf, -d.BackNeckDrop-d.BodyLength+d.hemBand-d.BustDart))
	}
	up := p.line("front_edge", n[0])
	p.cubic("neckline", n[1], n[2], n[3])
	p.cubic("neckline", flip(n[2]), flip(n[1]), flip(n[0]))
	down := p.line("front_edge", pt(-stripHalf, p.verts[0].Y))
	closing := "hem"
	if d.opening == slit {
		closing = "placket"
	}
	strip := place(p.panel("placket", closing), 0, 0, 1.45, 0.20)
	strip.Role, strip.Facing = pattern.BodyFront, pattern.FacesFront
	if d.opening == slit {
		strip.Role = pattern.Placket
	}
	k := s.add(strip)
	at := func(e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: k, Edge: e} }
	s.join(front.left(front.placket[0]), at(up))
	s.join(front.right(front.placket[0]), at(down))
	if d.opening == slit {
		s.join(front.left(front.placket[1]), at(0))
		s.join(front.right(front.placket[1]), at(down+1))
	}
	d.fastenFront(s, front)
}
