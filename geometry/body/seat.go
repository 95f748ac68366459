package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// The hip girth lies where the seat stands out most (ISO 8559-1, 5.3.13). The
// rearmost height itself is no measure: on a flat seat a tenth of a millimetre
// moves it by centimetres. The level is the mean of the heights, each weighted
// by how far its rearmost skin reaches into the last seatDepth of the profile.
// So defined it moves continuously with every row and has a gradient; on a
// rounded seat it is the rearmost height, on a flat one its middle.
const (
	seatDepth = 0.002 // of the profile that carries the level [m]
	seatSteps = 192   // of the profile; a millimetre each on the mean body
	seatTop   = 0.65  // of the way from crotch to navel: above it the back may stand out further
	seatLow   = 0.03  // below the crotch [m], where a seat may hang
)

// rearmost is the skin farthest behind at one level of the profile.
type rearmost struct {
	z, t float64 // depth [m]; fraction of the edge
	a, b int32   // its edge, from below to above
}

// seatEdges are the edges of the hip's skin that the profile behind may run
// over: those behind the hip joints and above the knees.
func (r *ruler) seatEdges(mean []r3.Vec) [][2]int32 {
	first := r.tpl.half()
	hip, knee := mean[first+rowHip], mean[first+rowKnee]
	var out [][2]int32
	for _, e := range r.edges[HipGirth].edges {
		a, b := mean[e[0]], mean[e[1]]
		if max(a.Z, b.Z) < hip.Z && min(a.Y, b.Y) > knee.Y {
			out = append(out, e)
		}
	}
	return out
}

// seatSpan is where the seat is looked for [m].
func (p *probe) seatSpan() (low, high float64) {
	crotch, navel := p.x[p.tpl.Marks[MarkCrotch]].Y, p.x[p.tpl.Marks[MarkNavel]].Y
	return crotch - seatLow, crotch + seatTop*(navel-crotch)
}

// profile finds the rearmost skin at the levels and returns the least z. What
// lies more than seatDepth before it is not looked at closely.
func (p *probe) profile(low, step float64) (rear float64) {
	for k := range p.behind {
		p.behind[k] = rearmost{z: math.Inf(1)}
	}
	rear = math.Inf(1)
	for _, e := range p.seats {
		a, b := p.x[e[0]], p.x[e[1]]
		if min(a.Z, b.Z) > rear+seatDepth {
			continue
		}
		if a.Y > b.Y {
			a, b, e = b, a, [2]int32{e[1], e[0]}
		}
		from := max(0, int(math.Ceil((a.Y-low)/step)))
		to := min(seatSteps, int(math.Floor((b.Y-low)/step)))
		for k := from; k <= to && a.Y < b.Y; k++ {
			t := (low + float64(k)*step - a.Y) / (b.Y - a.Y)
			if z := a.Z + t*(b.Z-a.Z); z < p.behind[k].z {
				p.behind[k] = rearmost{z, t, e[0], e[1]}
				rear = min(rear, z)
			}
		}
	}
	return rear
}

// seat is the level of the hip girth [m] and its gradient in the rows, found
// once per body: several measures ask for it.
func (p *probe) seat() (level float64, hang []pull) {
	if p.seated {
		return p.seatLevel, p.hang
	}
	low, high := p.seatSpan()
	step := (high - low) / seatSteps
	rear := p.profile(low, step)
	var sum, moment float64
	for k := range p.behind {
		if w := p.near(k, rear); w > 0 {
			sum += w
			moment += w * (low + float64(k)*step)
		}
	}
	p.seatLevel, p.seated = moment/sum, true
	p.hang = p.hang[:0]
	p.seatPulls(low, step, rear, sum)
	return p.seatLevel, p.hang
}

// near is the weight of a level.
func (p *probe) near(k int, rear float64) float64 {
	return share(k) * (seatDepth - (p.behind[k].z - rear))
}

// share of a step that a level stands for: half at the ends (trapezoidal rule).
func share(k int) float64 {
	if k == 0 || k == seatSteps {
		return 0.5
	}
	return 1
}

// seatPulls is the gradient of the level. A level k at height y with weight w
// adds w dy + (y-L) dw over the sum of weights, with dw = dz(rearmost) - dz(k).
func (p *probe) seatPulls(low, step, rear, sum float64) {
	var all float64 // of the pulls on the rearmost
	last := 0
	for k := range p.behind {
		w := p.near(k, rear)
		if w <= 0 {
			continue
		}
		y := low + float64(k)*step
		lever := (y - p.seatLevel) / sum
		lever *= share(k)
		all += lever
		p.pullLevel(k, w/sum)
		p.pullBack(k, -lever)
		if p.behind[k].z == rear {
			last = k
		}
	}
	p.pullBack(last, all)
}

// pullLevel adds g times the movement of a level: it hangs between crotch and
// navel.
func (p *probe) pullLevel(k int, g float64) {
	m := &p.tpl.Marks
	up := seatTop * float64(k) / seatSteps
	p.pullSeat(m[MarkCrotch], r3.Vec{Y: g * (1 - up)})
	p.pullSeat(m[MarkNavel], r3.Vec{Y: g * up})
}

// pullBack adds g times the movement in depth of the rearmost skin at a level.
func (p *probe) pullBack(k int, g float64) {
	r := &p.behind[k]
	a, b := p.x[r.a], p.x[r.b]
	slope := (b.Z - a.Z) / (b.Y - a.Y)
	skin := r3.Vec{Y: -g * slope, Z: g}
	p.pullSeat(r.a, r3.Scale(1-r.t, skin))
	p.pullSeat(r.b, r3.Scale(r.t, skin))
	p.pullLevel(k, g*slope)
}

// pullSeat keeps one pull a row: they are few, and each is spread to all axes.
func (p *probe) pullSeat(row int32, g r3.Vec) {
	for i := range p.hang {
		if p.hang[i].row == row {
			p.hang[i].g = r3.Add(p.hang[i].g, g)
			return
		}
	}
	p.hang = append(p.hang, pull{row, g})
}
