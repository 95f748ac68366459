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
	pl := p.level(WaistGirth, p.x)
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
func (m *Model) levels(b *Body, p *probe) {
	middle := func(o r3.Vec, both bool) r3.Vec {
		if both {
			o.X = 0
		}
		return o
	}
	for _, k := range Keys() {
		for _, g := range girths {
			if g.key != statKey(k) {
				continue
			}
			pl := p.level(k, p.x)
			l := Level{Key: k, Origin: pl.o, Normal: pl.n, Parts: append([]Part(nil), g.parts...)}
			if k == HipGirth {
				l.Parts = append(l.Parts, ThighR)
			}
			l.Origin = middle(l.Origin, g.both)
			b.Levels = append(b.Levels, l)
		}
	}
	b.Levels = append(b.Levels, Level{UnderarmLevel, r3.Vec{Y: b.Landmarks[UnderarmL].Y - 0.01}, up, []Part{Torso}})
	m.centre(b)
}

// centre moves each level's origin to the middle of its section.
func (m *Model) centre(b *Body) {
	for i := range b.Levels {
		l := &b.Levels[i]
		pts := b.Around(l)
		var c r3.Vec
		for _, p := range pts {
			c = r3.Add(c, r3.Scale(1/float64(len(pts)), p))
		}
		l.Origin = r3.Add(l.Origin, r3.Sub(r3.Sub(c, l.Origin), r3.Scale(r3.Dot(r3.Sub(c, l.Origin), l.Normal), l.Normal)))
		if l.Parts[0] <= Head && l.Normal.X == 0 {
			l.Origin.X = 0
		}
	}
}
