package body

import (
	"gonum.org/v1/gonum/spatial/r3"
)

// probe measures one body, reusing its buffers.
type probe struct {
	*ruler
	cut        cutter
	x          []r3.Vec
	floor, top int32
	normals    []r3.Vec                // of the gradient of the weight
	seatLevel  float64                 // height of the seat [m], once found
	seated     bool                    // it has been
	hang       []pull                  // of the seat's level
	behind     [seatSteps + 1]rearmost // its profile
	line, taut []sagittal
}

func (p *probe) set(x []r3.Vec) {
	p.x, p.floor, p.top, p.seated = x, 0, 0, false
	for i, q := range x[:p.tpl.half()] {
		if q.Y < x[p.floor].Y {
			p.floor = int32(i)
		}
		if q.Y > x[p.top].Y {
			p.top = int32(i)
		}
	}
}

// measure returns a measure [m, kg] and, if asked, its gradient in the rows.
// The gradient is valid until the next call.
func (p *probe) measure(k Key, grad bool) (float64, []pull) {
	p.cut.out = p.cut.out[:0]
	k = statKey(k)
	m := &p.tpl.Marks
	switch k {
	case Weight:
		return p.weigh(grad)
	case ShoulderLength:
		return p.path(1, m[MarkSideNeck], m[MarkAcromion])
	case AcrossShoulder:
		return p.path(2, m[MarkAcromion], p.back)
	case ArmLength:
		return p.path(1, m[MarkAcromion], p.fixed.elbow, p.fixed.wrist)
	case UpperArmLength:
		return p.path(1, m[MarkAcromion], p.fixed.elbow)
	case BackNeckToWrist:
		return p.path(1, m[MarkBackNeck], m[MarkAcromion], p.fixed.elbow, p.fixed.wrist)
	case ShoulderWidth:
		return p.breadth(m[MarkAcromion])
	case AcrossBackWidth:
		return p.acrossBack(grad)
	case BackWaistLength:
		return p.backWaist()
	case CrotchLength:
		return p.crotchLength()
	case HipHeight:
		return p.seatHeight()
	}
	if pl, girth, ok := p.framePlane(k); ok {
		return p.sectionBreadth(pl, girth)
	}
	if pl, ok := p.taperLevel(k); ok {
		v := p.cut.girth(p.x, p.edges[k], pl.o, pl.n, false, grad, &pl)
		return v, p.cut.out
	}
	if s := p.swell[k]; s != nil {
		return s.measure(p)
	}
	if row := p.heightRow(k); row >= 0 {
		return p.height(weight(row, 1))
	}
	if k == NeckBaseGirth {
		return p.neckBase(grad)
	}
	pl := p.level(k)
	v := p.cut.girth(p.x, p.edges[k], pl.o, pl.n, girthOf(k).both, grad, &pl)
	return v, p.cut.out
}

// heightRow is the row whose height over the floor is the measure, -1 if none.
func (p *probe) heightRow(k Key) int32 {
	m := &p.tpl.Marks
	switch k {
	case Height:
		return p.top
	case CervicalHeight:
		return m[MarkBackNeck]
	case AcromialHeight:
		return m[MarkAcromion]
	case FrontNeckHeight:
		return m[MarkFrontNeck]
	case ArmpitHeight:
		return m[MarkUnderarm]
	case ChestHeight:
		return m[MarkNipple]
	case WaistHeight:
		return int32(p.tpl.waistRow())
	case NavelHeight:
		return m[MarkNavel]
	case Inseam:
		return m[MarkCrotch]
	case KneeHeight:
		return m[MarkKneeCap]
	case AnkleHeight:
		return p.fixed.ankle
	}
	return -1
}

// height of weighted rows over the floor.
func (p *probe) height(hang ...pull) (float64, []pull) {
	y := -p.x[p.floor].Y
	for _, h := range hang {
		y += h.g.Y * p.x[h.row].Y
	}
	p.cut.out = append(append(p.cut.out, hang...), weight(p.floor, -1))
	return y, p.cut.out
}

// seatHeight is the height of the seat's level over the floor.
func (p *probe) seatHeight() (float64, []pull) {
	y, hang := p.seat()
	p.cut.out = append(append(p.cut.out, hang...), weight(p.floor, -1))
	return y - p.x[p.floor].Y, p.cut.out
}

// weigh is the enclosed volume times the density. The tetrahedra of the half
// mesh over the origin, which lies in the symmetry plane, make half of it.
func (p *probe) weigh(grad bool) (float64, []pull) {
	var six float64
	for _, f := range p.tris {
		six += det(p.x[f[0]], p.x[f[1]], p.x[f[2]])
	}
	if grad {
		if p.normals == nil {
			p.normals = make([]r3.Vec, p.tpl.half())
		}
		g := p.normals
		clear(g)
		for _, f := range p.tris {
			a, b, c := p.x[f[0]], p.x[f[1]], p.x[f[2]]
			g[f[0]] = r3.Add(g[f[0]], r3.Cross(b, c))
			g[f[1]] = r3.Add(g[f[1]], r3.Cross(c, a))
			g[f[2]] = r3.Add(g[f[2]], r3.Cross(a, b))
		}
		for i, v := range g {
			p.cut.out = append(p.cut.out, pull{int32(i), r3.Scale(bodyDensity/3.0, v)})
		}
	}
	return six / 3 * bodyDensity, p.cut.out
}

func det(a, b, c r3.Vec) float64 {
	return a.X*(b.Y*c.Z-b.Z*c.Y) + a.Y*(b.Z*c.X-b.X*c.Z) + a.Z*(b.X*c.Y-b.Y*c.X)
}
