package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Where the tapes lie, as fractions between landmarks. Fixed fractions, not
// the place of the largest girth: an arg-max jumps while the shape changes and
// throws a Gauss-Newton fit off by centimetres.
const (
	isoWaistWomen = 0.24  // of the way from navel to bust point: ANSUR II means of
	isoWaistMen   = 0.15  // (tenth rib + iliac crest)/2 over the navel
	underbustAt   = 0.62  // of the way from navel to bust point: the fold of the breast
	upperArmAt    = 0.52  // of the way from shoulder to elbow: the biceps
	forearmAt     = 0.18  // of the way from elbow to wrist joint: the largest
	wristAt       = 0.98  // of the way from elbow to wrist joint: the styloid
	lowerThighAt  = 0.90  // of the way from hip to knee joint: over the knee cap
	calfAt        = 0.30  // of the way from knee to ankle
	ankleAt       = 0.92  // of the way from knee to ankle: the least girth
	thighDrop     = 0.015 // below the crotch [m]
	headAt        = 0.27  // of the way from the head's joint to the crown: the largest
	seatSoft      = 0.002 // width of the soft minimum over the seat's candidates [m]

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
	fixed fixedMarks
	edges map[Key][][2]int32
	tris  [][3]int32
	mid   []int32 // vertices of the symmetry plane below the neck, as a closed loop
	spine []int32 // part of the loop: from the back neck point down to the crotch
	back  int32   // vertex of the spine over which the across-shoulder tape runs
}

func newRuler(t *Template, mean []r3.Vec, fixed fixedMarks) *ruler {
	r := &ruler{tpl: t, fixed: fixed, tris: t.Tris, edges: map[Key][][2]int32{}}
	for _, g := range girths {
		r.edges[g.key] = t.edges(g.parts)
	}
	r.edges[AcrossBackWidth] = t.edges([]Part{Torso})
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
	{HeadGirth, []Part{Head}, true},
	{NeckGirth, []Part{Neck, Head}, true},
	{NeckBaseGirth, []Part{Torso, Neck, Head}, true},
	{ChestGirth, []Part{Torso}, true},
	{UnderbustGirth, []Part{Torso}, true},
	{WaistGirth, []Part{Torso}, true},
	{WaistNavelGirth, []Part{Torso}, true},
	{HipGirth, []Part{Torso, ThighL}, true},
	{UpperArmGirth, []Part{UpperArmL}, false},
	{ElbowGirth, []Part{UpperArmL, ForearmL}, false},
	{ForearmGirth, []Part{UpperArmL, ForearmL}, false},
	{WristGirth, []Part{ForearmL, HandL}, false},
	{ThighGirth, []Part{ThighL}, false},
	{LowerThighGirth, []Part{ThighL, ShinL}, false},
	{KneeGirth, []Part{ThighL, ShinL}, false},
	{CalfGirth, []Part{ShinL}, false},
	{AnkleGirth, []Part{ShinL}, false},
	{TrunkGirth, []Part{Torso, ThighL}, false},
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

// along is a level through a row, perpendicular to the line from a to b.
func along(at, a, b int32) level {
	return func(x []r3.Vec) plane {
		ab := r3.Sub(x[b], x[a])
		l := r3.Norm(ab)
		n, o := r3.Scale(1/l, ab), x[at]
		return plane{o, n, func(out []pull, p r3.Vec, k float64) []pull {
			side := r3.Scale(k/l, r3.Sub(p, o))
			return append(out, pull{at, r3.Scale(k, n)}, pull{a, side}, pull{b, r3.Scale(-1, side)})
		}}
	}
}

// parallel is a level over a row on either side of the neck, parallel to the
// line between two rows of the symmetry plane.
func parallel(at, front, back int32) level {
	return func(x []r3.Vec) plane {
		d := r3.Sub(x[back], x[front])
		d.X = 0
		n := r3.Unit(r3.Vec{Y: -d.Z, Z: d.Y})
		l2 := r3.Norm2(d)
		o := x[at]
		return plane{o, n, func(out []pull, p r3.Vec, k float64) []pull {
			s := r3.Dot(r3.Sub(p, o), d) / l2
			return append(out, pull{at, r3.Scale(k, n)}, pull{front, r3.Scale(-k*s, n)}, pull{back, r3.Scale(k*s, n)})
		}}
	}
}

// upright is a level along the depth of the body, over a row of the symmetry
// plane and the middle of two rows of the left side.
func upright(low, a, b int32) level {
	return func(x []r3.Vec) plane {
		o := x[low]
		d := r3.Sub(r3.Scale(0.5, r3.Add(x[a], x[b])), o)
		d.Z = 0
		l2 := r3.Norm2(d)
		n := r3.Scale(1/math.Sqrt(l2), r3.Vec{X: d.Y, Y: -d.X})
		return plane{o, n, func(out []pull, p r3.Vec, k float64) []pull {
			s := r3.Dot(r3.Sub(p, o), d) / l2
			half := r3.Scale(k*s/2, n)
			return append(out, pull{low, r3.Scale(k*(1-s), n)}, pull{a, half}, pull{b, half})
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
	switch k {
	case HeadGirth:
		return horizontal(0, weight(j(rowHeadBase), 1-headAt), weight(r.fixed.crown, headAt))(x)
	case NeckBaseGirth:
		return parallel(m[MarkSideNeck], m[MarkThroat], m[MarkNape])(x)
	case ElbowGirth:
		return along(j(rowElbow), j(rowShoulder), j(rowWrist))(x)
	case ForearmGirth:
		return across(j(rowElbow), j(rowWrist), forearmAt)(x)
	case LowerThighGirth:
		return across(j(rowHip), j(rowKnee), lowerThighAt)(x)
	case TrunkGirth:
		return upright(m[MarkCrotch], m[MarkSideNeck], m[MarkAcromion])(x)
	case NeckGirth:
		return through(m[MarkThroat], m[MarkNape])(x)
	case ChestGirth, BustGirth:
		return horizontal(0, weight(m[MarkNipple], 1))(x)
	case UnderbustGirth:
		return horizontal(0, weight(m[MarkNavel], 1-underbustAt), weight(m[MarkNipple], underbustAt))(x)
	case WaistGirth:
		return horizontal(0, weight(int32(r.tpl.waistRow()), 1))(x)
	case WaistNavelGirth:
		return horizontal(0, weight(m[MarkNavel], 1))(x)
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
