package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// hanging is how a plane hangs on the rows.
type hanging uint8

const (
	levelled  hanging = iota // horizontal at the weighted height of rows
	squareTo                 // perpendicular to the bone a-b, at a fraction t
	leaned                   // over the rows a in front and b behind, in the symmetry plane
	alongLine                // through the row at, perpendicular to the line a-b
	sidelong                 // through the row at, parallel to the line from a to b in the symmetry plane
	standing                 // along the depth of the body, over the row at and the middle of a and b
)

// plane is the plane of a tape and how it hangs on the rows. It is a value, not
// a closure, so that measuring allocates nothing.
type plane struct {
	o, n     r3.Vec
	kind     hanging
	at, a, b int32
	t        float64 // fraction of the bone
	d        r3.Vec  // from the first row to the second
	square   float64 // of its length
	hang     [2]pull // of a levelled plane with few rows
	count    int     // of them
	many     []pull  // of one with many; scratch of the probe

	// What the corners of its tape pull, summed: on a levelled plane as a
	// whole, else on the rows at, a and b.
	rise           float64
	onAt, onA, onB r3.Vec
}

var up = r3.Vec{Y: 1}

func weight(row int32, w float64) pull { return pull{row, r3.Vec{Y: w}} }

// overRow is horizontal at the height of a row plus an offset.
func overRow(x []r3.Vec, row int32, offset float64) plane {
	return plane{o: r3.Vec{Y: x[row].Y + offset}, n: up, hang: [2]pull{weight(row, 1)}, count: 1}
}

// mixed is horizontal at the fraction t of the height between two rows.
func mixed(x []r3.Vec, a, b int32, t float64) plane {
	y := float64((1-t)*x[a].Y) + float64(t*x[b].Y)
	return plane{o: r3.Vec{Y: y}, n: up, hang: [2]pull{weight(a, 1-t), weight(b, t)}, count: 2}
}

// across is perpendicular to the bone a-b at the fraction t.
func across(x []r3.Vec, a, b int32, t float64) plane {
	d := r3.Sub(x[b], x[a])
	l := r3.Norm(d)
	return plane{o: r3.Add(x[a], r3.Scale(t, d)), n: r3.Scale(1/l, d), kind: squareTo, a: a, b: b, t: t, square: l * l}
}

// sloped are direction and normal of a plane along x that leans from front to
// back.
func sloped(x []r3.Vec, front, back int32) (d, n r3.Vec) {
	d = r3.Sub(x[back], x[front])
	d.X = 0
	return d, r3.Unit(r3.Vec{Y: -d.Z, Z: d.Y})
}

func through(x []r3.Vec, front, back int32) plane {
	d, n := sloped(x, front, back)
	return plane{o: x[front], n: n, kind: leaned, a: front, b: back, d: d, square: r3.Norm2(d)}
}

func along(x []r3.Vec, at, a, b int32) plane {
	d := r3.Sub(x[b], x[a])
	l := r3.Norm(d)
	return plane{o: x[at], n: r3.Scale(1/l, d), kind: alongLine, at: at, a: a, b: b, square: l * l}
}

func parallel(x []r3.Vec, at, front, back int32) plane {
	d, n := sloped(x, front, back)
	return plane{o: x[at], n: n, kind: sidelong, at: at, a: front, b: back, d: d, square: r3.Norm2(d)}
}

func upright(x []r3.Vec, low, a, b int32) plane {
	d := r3.Sub(r3.Scale(0.5, r3.Add(x[a], x[b])), x[low])
	d.Z = 0
	s := r3.Norm2(d)
	return plane{o: x[low], n: r3.Scale(1/math.Sqrt(s), r3.Vec{X: d.Y, Y: -d.X}), kind: standing, at: low, a: a, b: b, d: d, square: s}
}

// move adds what a movement k of the plane along its normal at a point of the
// tape pulls on the rows it hangs on. A turn of the normal lifts the far side.
func (pl *plane) move(at r3.Vec, k float64) {
	n := r3.Scale(k, pl.n)
	off := r3.Sub(at, pl.o)
	switch pl.kind {
	case levelled:
		pl.rise += k
	case squareTo:
		side := r3.Scale(k/math.Sqrt(pl.square), off)
		pl.onA = r3.Add(pl.onA, r3.Add(r3.Scale(1-pl.t, n), side))
		pl.onB = r3.Add(pl.onB, r3.Sub(r3.Scale(pl.t, n), side))
	case leaned:
		s := r3.Dot(off, pl.d) / pl.square
		pl.onA = r3.Add(pl.onA, r3.Scale(1-s, n))
		pl.onB = r3.Add(pl.onB, r3.Scale(s, n))
	case alongLine:
		side := r3.Scale(k/math.Sqrt(pl.square), off)
		pl.onAt = r3.Add(pl.onAt, n)
		pl.onA = r3.Add(pl.onA, side)
		pl.onB = r3.Sub(pl.onB, side)
	case sidelong:
		s := r3.Dot(off, pl.d) / pl.square
		pl.onAt = r3.Add(pl.onAt, n)
		pl.onA = r3.Sub(pl.onA, r3.Scale(s, n))
		pl.onB = r3.Add(pl.onB, r3.Scale(s, n))
	case standing:
		s := r3.Dot(off, pl.d) / pl.square
		half := r3.Scale(s/2, n)
		pl.onAt = r3.Add(pl.onAt, r3.Scale(1-s, n))
		pl.onA = r3.Add(pl.onA, half)
		pl.onB = r3.Add(pl.onB, half)
	}
}

// pulls appends what all corners together pull on the rows: once for a tape, since
// every pull is spread to all axes.
func (pl *plane) pulls(out []pull) []pull {
	switch pl.kind {
	case levelled:
		for _, h := range pl.hang[:pl.count] {
			out = append(out, pull{h.row, r3.Scale(pl.rise, h.g)})
		}
		for _, h := range pl.many {
			out = append(out, pull{h.row, r3.Scale(pl.rise, h.g)})
		}
		return out
	case alongLine, sidelong, standing:
		out = append(out, pull{pl.at, pl.onAt})
	}
	return append(out, pull{pl.a, pl.onA}, pull{pl.b, pl.onB})
}

// level is where the tape of a girth lies.
func (p *probe) level(k Key) plane {
	m, x := &p.tpl.Marks, p.x
	first := int32(p.tpl.half())
	switch k {
	case HeadGirth:
		return mixed(x, first+rowHeadBase, p.fixed.crown, headAt)
	case NeckBaseGirth:
		return parallel(x, m[MarkSideNeck], m[MarkThroat], m[MarkNape])
	case NeckGirth:
		return through(x, m[MarkThroat], m[MarkNape])
	case ChestGirth, BustGirth:
		if x[m[MarkNipple]].Y > x[m[MarkUnderarm]].Y-underArms {
			return overRow(x, m[MarkUnderarm], -underArms)
		}
		return overRow(x, m[MarkNipple], 0)
	case UnderbustGirth:
		return mixed(x, m[MarkNavel], m[MarkNipple], underbustAt)
	case WaistGirth:
		return overRow(x, int32(p.tpl.waistRow()), 0)
	case WaistNavelGirth:
		return overRow(x, m[MarkNavel], 0)
	case HipGirth:
		y, hang := p.seat()
		return plane{o: r3.Vec{Y: y}, n: up, many: hang}
	case ThighGirth:
		return overRow(x, m[MarkCrotch], -thighDrop)
	case LowerThighGirth:
		return across(x, first+rowHip, first+rowKnee, lowerThighAt)
	case KneeGirth:
		return overRow(x, m[MarkKneeCap], 0)
	case CalfGirth:
		return across(x, first+rowKnee, first+rowAnkle, calfAt)
	case AnkleGirth:
		return across(x, first+rowKnee, first+rowAnkle, ankleAt)
	case UpperArmGirth:
		return across(x, first+rowShoulder, first+rowElbow, upperArmAt)
	case ElbowGirth:
		return along(x, first+rowElbow, first+rowShoulder, first+rowWrist)
	case ForearmGirth:
		return across(x, first+rowElbow, first+rowWrist, forearmAt)
	case WristGirth:
		return across(x, first+rowElbow, first+rowWrist, wristAt)
	case TrunkGirth:
		return upright(x, m[MarkCrotch], m[MarkSideNeck], m[MarkAcromion])
	}
	panic("body: " + string(k) + " is not a girth")
}
