package body

import (
	"gonum.org/v1/gonum/spatial/r3"
)

// UnderarmLevel has no measure of its own, but garments are judged there.
const UnderarmLevel Key = "underarm"

// place fills joints, landmarks and levels.
func (m *Model) place(b *Body, p *probe) {
	half := m.tpl.half()
	x := p.x
	for row, j := range [...]Joint{Pelvis, SpineLow, SpineMid, SpineHigh, NeckBase, HeadBase} {
		b.Joints[j] = x[half+row]
		b.Joints[j].X = 0
	}
	for k, j := range [...]Joint{ShoulderL, ElbowL, WristL, HipL, KneeL, AnkleL} {
		b.Joints[j] = x[half+rowShoulder+k]
		b.Joints[j+1] = flip(b.Joints[j])
	}
	k := &m.tpl.Marks
	for l, v := range map[Landmark]int32{
		BackNeck: k[MarkBackNeck], FrontNeck: k[MarkFrontNeck], Navel: k[MarkNavel], Crotch: k[MarkCrotch], Top: p.top,
		Throat: k[MarkThroat], Nape: k[MarkNape],
	} {
		b.Landmarks[l] = x[v]
		b.Landmarks[l].X = 0
	}
	b.Landmarks[Top] = x[p.top]
	for l, v := range map[Landmark]int32{
		SideNeckL: k[MarkSideNeck], ShoulderPointL: k[MarkAcromion], UnderarmL: k[MarkUnderarm], BustPointL: k[MarkNipple],
		KneeCapL: k[MarkKneeCap], AnkleBoneL: m.marks.ankle, WristBoneL: m.marks.wrist,
		ElbowPointL: m.marks.elbow, ArmFoldL: m.marks.fold,
	} {
		b.Landmarks[l] = x[v]
		b.Landmarks[l+1] = flip(x[v])
	}
	b.Landmarks[Buttock] = x[m.tpl.Seat[0]]
	for _, v := range m.tpl.Seat {
		if x[v].Z < b.Landmarks[Buttock].Z {
			b.Landmarks[Buttock] = x[v]
		}
	}
	b.Landmarks[WaistBack], b.Landmarks[WaistFront] = p.waistPoints()
	m.levels(b, p)
}

func flip(v r3.Vec) r3.Vec { v.X = -v.X; return v }

// waistPoints are where the ISO waist level meets the outline behind and in
// front.
func (p *probe) waistPoints() (back, front r3.Vec) {
	pl := p.level(WaistGirth)
	n := len(p.mid)
	for i, v := range p.mid {
		w := p.mid[(i+1)%n]
		switch above, below := p.x[v].Y >= pl.o.Y, p.x[w].Y >= pl.o.Y; {
		case above && !below:
			back = p.atWaist(pl, v, w).at
		case !above && below:
			front = p.atWaist(pl, v, w).at
		}
	}
	return back, front
}

// levels lists the tape of every girth, then the levels without a measure.
// Each origin lies in the middle of the section.
func (m *Model) levels(b *Body, p *probe) {
	for _, k := range Keys() {
		for _, g := range girths {
			if g.key != statKey(k) {
				continue
			}
			p.measure(k, false)
			pl := p.level(k)
			l := Level{Key: k, Origin: p.cut.middle(pl, g.both), Normal: pl.n, Parts: append([]Part(nil), g.parts...)}
			if k == HipGirth {
				l.Parts = append(l.Parts, ThighR)
			}
			b.Levels = append(b.Levels, l)
		}
	}
	o := r3.Vec{Y: b.Landmarks[UnderarmL].Y - 0.01}
	p.cut.section(p.x, p.edges[ChestGirth], o, up, true)
	b.Levels = append(b.Levels, Level{UnderarmLevel, p.cut.middle(plane{o: o, n: up}, true), up, []Part{Torso}})
}

// middle is the middle of the last section, in its plane.
func (c *cutter) middle(pl plane, both bool) r3.Vec {
	var mid r3.Vec
	for _, p := range c.pts {
		mid = r3.Add(mid, r3.Scale(1/float64(len(c.pts)), p.at))
	}
	mid = r3.Sub(mid, r3.Scale(r3.Dot(r3.Sub(mid, pl.o), pl.n), pl.n))
	if both {
		mid.X = 0
	}
	return mid
}
