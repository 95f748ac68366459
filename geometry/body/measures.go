package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Where the tapes lie, as fractions between landmarks. Fixed fractions, not
// the place of the largest girth: an arg-max jumps while the shape changes and
// throws a Gauss-Newton fit off by centimetres.
const (
	isoWaistWomen = 0.24 // of the way from navel to bust point: ANSUR II means of
	isoWaistMen   = 0.15 // (tenth rib + iliac crest)/2 over the navel
	underbustAt   = 0.62 // of the way from navel to bust point: the fold of the breast
	upperArmAt    = 0.52 // of the way from shoulder to elbow: the biceps
	elbowAt       = 1.0
	wristAt       = 0.98  // of the way from elbow to wrist joint: the styloid
	calfAt        = 0.30  // of the way from knee to ankle
	ankleAt       = 0.92  // of the way from knee to ankle: the least girth
	thighDrop     = 0.015 // below the crotch [m]
	seatSoft      = 0.004 // width of the soft minimum over the seat's candidates [m]

	// bodyDensity is that of a standing body with air in its lungs [kg/m3].
	bodyDensity = 985
)

// plane is the plane of a tape and how it hangs on the rows.
type plane struct {
	o, n r3.Vec
	// pulls appends how a movement k of the plane along n at a point moves
	// the rows it hangs on.
	pulls func(out []pull, at r3.Vec, k float64) []pull
}

// level builds the plane of a tape on a body given by rows x.
type level func(x []r3.Vec) plane

// ruler measures bodies of one space: it holds what is fixed by topology.
type ruler struct {
	tpl   *Template
	iso   float64 // fraction of the ISO waist level
	edges map[Key][][2]int32
	tris  [][3]int32
	mid   []int32 // vertices of the symmetry plane below the neck, as a closed loop
	spine []int32 // part of the loop: from the back neck point down to the crotch
	back  int32   // vertex of the spine over which the across-shoulder tape runs
}

func newRuler(t *Template, mean []r3.Vec, iso float64) *ruler {
	r := &ruler{tpl: t, iso: iso, tris: t.Tris, edges: map[Key][][2]int32{}}
	for _, g := range girths {
		r.edges[g.key] = t.edges(g.parts)
	}
	r.mid = t.middleLoop(mean)
	r.spine = t.spine(r.mid, mean)
	want := (mean[t.Marks[MarkAcromion]].Y + mean[t.Marks[MarkBackNeck]].Y) / 2
	for _, v := range r.spine {
		if r.back == 0 || math.Abs(mean[v].Y-want) < math.Abs(mean[r.back].Y-want) {
			r.back = v
		}
	}
	return r
}

// girthDef is a girth: its parts and whether the tape runs round the whole
// body or only the left limb.
type girthDef struct {
	key   Key
	parts []Part
	both  bool
}

var girths = []girthDef{
	{NeckGirth, []Part{Neck, Head}, true},
	{ChestGirth, []Part{Torso}, true},
	{UnderbustGirth, []Part{Torso}, true},
	{WaistGirth, []Part{Torso}, true},
	{WaistNavelGirth, []Part{Torso}, true},
	{HipGirth, []Part{Torso, ThighL}, true},
	{UpperArmGirth, []Part{UpperArmL}, false},
	{WristGirth, []Part{ForearmL, HandL}, false},
	{ThighGirth, []Part{ThighL}, false},
	{KneeGirth, []Part{ThighL, ShinL}, false},
	{CalfGirth, []Part{ShinL}, false},
	{AnkleGirth, []Part{ShinL}, false},
}

// edges lists the edges of the left half's triangles that lie in the parts.
func (t *Template) edges(parts []Part) [][2]int32 {
	var in [NumParts]bool
	for _, p := range parts {
		in[p] = true
	}
	seen := map[[2]int32]bool{}
	var out [][2]int32
	for _, f := range t.Tris {
		if !in[t.Part[f[0]]] || !in[t.Part[f[1]]] || !in[t.Part[f[2]]] {
			continue
		}
		for k := range 3 {
			a, b := f[k], f[(k+1)%3]
			e := [2]int32{min(a, b), max(a, b)}
			if !seen[e] {
				seen[e] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// middleLoop walks the edges in the symmetry plane once round the body, from
// the back neck point downward.
func (t *Template) middleLoop(mean []r3.Vec) []int32 {
	next := make(map[int32][]int32)
	for _, e := range t.edges([]Part{Torso, Neck, Head, ThighL}) {
		if int(e[0]) < t.Middle && int(e[1]) < t.Middle {
			next[e[0]] = append(next[e[0]], e[1])
			next[e[1]] = append(next[e[1]], e[0])
		}
	}
	start := t.Marks[MarkBackNeck]
	loop := []int32{start}
	prev, at := int32(-1), start
	for len(loop) <= t.Middle {
		step := int32(-1)
		for _, v := range next[at] {
			if v != prev && (step < 0 || mean[v].Y < mean[step].Y) {
				step = v
			}
		}
		if step < 0 || step == start {
			break
		}
		loop = append(loop, step)
		prev, at = at, step
	}
	return loop
}

func (t *Template) spine(loop []int32, mean []r3.Vec) []int32 {
	crotch := t.Marks[MarkCrotch]
	for i, v := range loop {
		if v == crotch {
			return loop[:i+1]
		}
	}
	return loop
}

var up = r3.Vec{Y: 1}

// horizontal is a level at the weighted height of some rows plus an offset.
func horizontal(offset float64, hang ...pull) level {
	return func(x []r3.Vec) plane {
		y := offset
		for _, h := range hang {
			y += h.g.Y * x[h.row].Y
		}
		return plane{r3.Vec{Y: y}, up, func(out []pull, _ r3.Vec, k float64) []pull {
			for _, h := range hang {
				out = append(out, pull{h.row, r3.Scale(k, h.g)})
			}
			return out
		}}
	}
}

func weight(row int32, w float64) pull { return pull{row, r3.Vec{Y: w}} }

// across is a level perpendicular to the bone a-b at the fraction t.
func across(a, b int32, t float64) level {
	return func(x []r3.Vec) plane {
		ab := r3.Sub(x[b], x[a])
		l := r3.Norm(ab)
		n := r3.Scale(1/l, ab)
		o := r3.Add(x[a], r3.Scale(t, ab))
		return plane{o, n, func(out []pull, at r3.Vec, k float64) []pull {
			side := r3.Scale(k/l, r3.Sub(at, o)) // a turn of the normal lifts the far side
			return append(out,
				pull{a, r3.Add(r3.Scale(k*(1-t), n), side)},
				pull{b, r3.Sub(r3.Scale(k*t, n), side)})
		}}
	}
}

// through is a level over two rows of the symmetry plane, front and back.
func through(front, back int32) level {
	return func(x []r3.Vec) plane {
		d := r3.Sub(x[back], x[front])
		d.X = 0
		n := r3.Unit(r3.Vec{Y: -d.Z, Z: d.Y})
		l2 := r3.Norm2(d)
		o := x[front]
		return plane{o, n, func(out []pull, at r3.Vec, k float64) []pull {
			s := r3.Dot(r3.Sub(at, o), d) / l2
			return append(out, pull{front, r3.Scale(k*(1-s), n)}, pull{back, r3.Scale(k*s, n)})
		}}
	}
}

// seat is the level of the most prominent point of the buttocks, as a soft
// minimum over candidates. The pull in depth is the derivative of the weights.
func (r *ruler) seat(x []r3.Vec) []pull {
	low := math.Inf(1)
	for _, v := range r.tpl.Seat {
		low = min(low, x[v].Z)
	}
	var sum float64
	hang := make([]pull, len(r.tpl.Seat))
	for i, v := range r.tpl.Seat {
		w := math.Exp(-(x[v].Z - low) / seatSoft)
		hang[i] = weight(v, w)
		sum += w
	}
	var y float64
	for i := range hang {
		hang[i].g.Y /= sum
		y += hang[i].g.Y * x[hang[i].row].Y
	}
	for i := range hang {
		hang[i].g.Z = -hang[i].g.Y / seatSoft * (x[hang[i].row].Y - y)
	}
	return hang
}

// level is where the tape of a girth lies.
func (r *ruler) level(k Key, x []r3.Vec) plane {
	m := &r.tpl.Marks
	j := func(row int) int32 { return int32(r.tpl.half() + row) }
	between := func(t float64) level {
		return horizontal(0, weight(m[MarkNavel], 1-t), weight(m[MarkNipple], t))
	}
	switch k {
	case NeckGirth:
		return through(m[MarkThroat], m[MarkNape])(x)
	case ChestGirth, BustGirth:
		return horizontal(0, weight(m[MarkNipple], 1))(x)
	case UnderbustGirth:
		return between(underbustAt)(x)
	case WaistGirth:
		return between(r.iso)(x)
	case WaistNavelGirth:
		return between(0)(x)
	case HipGirth:
		return horizontal(0, r.seat(x)...)(x)
	case ThighGirth:
		return horizontal(-thighDrop, weight(m[MarkCrotch], 1))(x)
	case KneeGirth:
		return horizontal(0, weight(m[MarkKneeCap], 1))(x)
	case CalfGirth:
		return across(j(rowKnee), j(rowAnkle), calfAt)(x)
	case AnkleGirth:
		return across(j(rowKnee), j(rowAnkle), ankleAt)(x)
	case UpperArmGirth:
		return across(j(rowShoulder), j(rowElbow), upperArmAt)(x)
	case WristGirth:
		return across(j(rowElbow), j(rowWrist), wristAt)(x)
	}
	panic("body: " + string(k) + " is not a girth")
}

// probe measures one body, reusing its buffers.
type probe struct {
	*ruler
	cut        cutter
	x          []r3.Vec
	floor, top int32
}

func (p *probe) set(x []r3.Vec) {
	p.x, p.floor, p.top = x, 0, 0
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
	case Height:
		return p.height(p.top)
	case Weight:
		return p.weigh(grad)
	case Inseam:
		return p.height(m[MarkCrotch])
	case CervicalHeight:
		return p.height(m[MarkBackNeck])
	case AcromialHeight:
		return p.height(m[MarkAcromion])
	case KneeHeight:
		return p.height(m[MarkKneeCap])
	case ShoulderLength:
		return p.path(1, m[MarkSideNeck], m[MarkAcromion])
	case AcrossShoulder:
		return p.path(2, m[MarkAcromion], p.back)
	case ArmLength:
		half := p.tpl.half()
		return p.path(1, m[MarkAcromion], int32(half+rowElbow), int32(half+rowWrist))
	case BackWaistLength:
		return p.backWaist()
	case CrotchLength:
		return p.crotchLength()
	}
	pl := p.level(k, p.x)
	var def girthDef
	for _, g := range girths {
		if g.key == k {
			def = g
		}
	}
	v := p.cut.girth(p.x, p.edges[k], pl.o, pl.n, def.both, grad, func(at r3.Vec, s float64) {
		p.cut.out = pl.pulls(p.cut.out, at, s)
	})
	return v, p.cut.out
}

func (p *probe) height(row int32) (float64, []pull) {
	p.cut.out = append(p.cut.out, weight(row, 1), weight(p.floor, -1))
	return p.x[row].Y - p.x[p.floor].Y, p.cut.out
}

// path is times the length of a polyline over rows.
func (p *probe) path(times float64, rows ...int32) (float64, []pull) {
	var sum float64
	for i := 1; i < len(rows); i++ {
		d := r3.Sub(p.x[rows[i]], p.x[rows[i-1]])
		l := r3.Norm(d)
		sum += times * l
		g := r3.Scale(times/l, d)
		p.cut.out = append(p.cut.out, pull{rows[i], g}, pull{rows[i-1], r3.Scale(-1, g)})
	}
	return sum, p.cut.out
}

// weigh is the enclosed volume times the density. The tetrahedra of the half
// mesh over the origin, which lies in the symmetry plane, make half of it.
func (p *probe) weigh(grad bool) (float64, []pull) {
	var six float64
	for _, f := range p.tris {
		six += det(p.x[f[0]], p.x[f[1]], p.x[f[2]])
	}
	if grad {
		g := make([]r3.Vec, p.tpl.half())
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

// sagittal is a corner of the outline in the symmetry plane: a row, or the
// point between two rows at the level of the waist.
type sagittal struct {
	at   r3.Vec
	a, b int32
	t    float64
}

func (p *probe) atWaist(pl plane, a, b int32) sagittal {
	ya, yb := p.x[a].Y, p.x[b].Y
	t := (pl.o.Y - ya) / (yb - ya)
	return sagittal{r3.Add(p.x[a], r3.Scale(t, r3.Sub(p.x[b], p.x[a]))), a, b, t}
}

// tension adds the gradient g at a corner.
func (p *probe) tension(pl plane, s sagittal, g r3.Vec) {
	if s.a == s.b {
		p.cut.out = append(p.cut.out, pull{s.a, g})
		return
	}
	ab := r3.Sub(p.x[s.b], p.x[s.a])
	k := r3.Dot(g, ab) / ab.Y
	rest := r3.Sub(g, r3.Scale(k, up))
	p.cut.out = append(p.cut.out, pull{s.a, r3.Scale(1-s.t, rest)}, pull{s.b, r3.Scale(s.t, rest)})
	p.cut.out = pl.pulls(p.cut.out, s.at, k)
}

// backWaist is a tight tape down the spine from the back neck point to the
// waist level: hollows are bridged.
func (p *probe) backWaist() (float64, []pull) {
	pl := p.level(WaistGirth, p.x)
	var line []sagittal
	for i, v := range p.spine {
		if i > 0 && p.x[v].Y < pl.o.Y {
			line = append(line, p.atWaist(pl, p.spine[i-1], v))
			break
		}
		line = append(line, sagittal{p.x[v], v, v, 0})
	}
	return p.tight(pl, line)
}

// crotchLength is a tight tape from the waist in front through the crotch to
// the waist behind.
func (p *probe) crotchLength() (float64, []pull) {
	pl := p.level(WaistGirth, p.x)
	n := len(p.mid)
	first := -1
	for i, v := range p.mid { // the loop starts at the back neck point, downward
		if p.x[v].Y < pl.o.Y {
			first = i
			break
		}
	}
	if first < 1 {
		return 0, nil
	}
	line := []sagittal{p.atWaist(pl, p.mid[first-1], p.mid[first])}
	i := first
	for ; i < n && p.x[p.mid[i]].Y < pl.o.Y; i++ {
		v := p.mid[i]
		line = append(line, sagittal{p.x[v], v, v, 0})
	}
	line = append(line, p.atWaist(pl, p.mid[i-1], p.mid[i%n]))
	return p.tight(pl, line)
}

// tight drops the corners that lie inside of their neighbours' chord, from
// the first to the last, and returns the length that remains. The line runs
// down the back and up the front, so the outside is on its right.
func (p *probe) tight(pl plane, line []sagittal) (float64, []pull) {
	inside := func(o, a, b r3.Vec) bool { return (a.Z-o.Z)*(b.Y-o.Y)-(b.Z-o.Z)*(a.Y-o.Y) < 0 }
	var hull []sagittal
	for _, s := range line {
		for len(hull) >= 2 && inside(hull[len(hull)-2].at, hull[len(hull)-1].at, s.at) {
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, s)
	}
	var sum float64
	for i := 1; i < len(hull); i++ {
		d := r3.Sub(hull[i].at, hull[i-1].at)
		l := r3.Norm(d)
		sum += l
		g := r3.Scale(1/l, d)
		p.tension(pl, hull[i], g)
		p.tension(pl, hull[i-1], r3.Scale(-1, g))
	}
	return sum, p.cut.out
}
