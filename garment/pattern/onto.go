package pattern

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// OnLine names a line inside a panel and the part of it that something is laid
// on, as shares of its length. Where both are 0 it is the whole line, run along
// in the direction in which the edges fit it without being turned over.
type OnLine struct {
	Panel, Line int
	From, To    float64
}

// otherSide lays out what side A of a join is sewn to.
func (p *Pattern) otherSide(j *Join, a *side) (side, error) {
	if j.On == nil {
		return p.layOut(j.B)
	}
	probe := Lap{Edge: a.parts[0].EdgeRef, Panel: j.On.Panel, Line: j.On.Line, To: 1}
	if what := p.lapFault(&probe); what != nil {
		return side{}, what
	}
	line := &p.Panels[j.On.Panel].Inner[j.On.Line]
	from, to := j.On.From, j.On.To
	if from == 0 && to == 0 {
		from, to = 0, 1
		if p.misfit(a, line, 1, 0) < p.misfit(a, line, 0, 1) {
			from, to = 1, 0
		}
	}
	s := side{length: math.Abs(to-from) * line.Chain()}
	if !(s.length >= MinEdgeLength) {
		return s, fault.Errorf("one side is %.3g cm long", s.length*100)
	}
	s.at = append(s.at, 0)
	last := from
	for _, c := range line.corners(from < to) {
		if (c-from)*(to-c) > 1e-12 {
			s.parts = append(s.parts, Stretch{EdgeRef{Panel: j.On.Panel}, last, c})
			s.at, last = append(s.at, (c-from)/(to-from)), c
		}
	}
	s.parts, s.at = append(s.parts, Stretch{EdgeRef{Panel: j.On.Panel}, last, to}), append(s.at, 1)
	return s, nil
}

// lineCorner is the turn at which a line is taken to have a corner [rad].
const lineCorner = math.Pi / 6

// corners are the shares of the length at which the line turns sharply, in the
// order in which they are met.
func (in *Inner) corners(forward bool) []float64 {
	var out []float64
	length, walked := in.Chain(), 0.0
	for i := 1; i+1 < len(in.Pts); i++ {
		u, v := r2.Sub(in.Pts[i], in.Pts[i-1]), r2.Sub(in.Pts[i+1], in.Pts[i])
		walked += r2.Norm(u)
		if math.Abs(math.Atan2(r2.Cross(u, v), r2.Dot(u, v))) > lineCorner {
			out = append(out, walked/length)
		}
	}
	if !forward {
		for i, k := 0, len(out)-1; i < k; i, k = i+1, k-1 {
			out[i], out[k] = out[k], out[i]
		}
	}
	return out
}

// misfitSamples of both lines are compared.
const misfitSamples = 24

// misfit is how far a row of edges is off a line when it is shifted and turned onto
// it, not turned over (squared, mean) [m2]: the least squares of Umeyama 1991 in
// the plane, without scale.
func (p *Pattern) misfit(a *side, line *Inner, from, to float64) float64 {
	var e, q []r2.Vec
	length := line.Chain()
	for i, t := range a.parts {
		n := max(2, int(math.Round(misfitSamples*(a.at[i+1]-a.at[i]))))
		c := p.Panels[t.Panel].Curve(t.Edge)
		for k := range n {
			f := (float64(k) + 0.5) / float64(n)
			e = append(e, c.At(c.ParamAt((t.From+(t.To-t.From)*f)*c.Length())))
			q = append(q, line.at(length*(from+(to-from)*(a.at[i]+(a.at[i+1]-a.at[i])*f))))
		}
	}
	var me, mq r2.Vec
	for i := range e {
		me, mq = r2.Add(me, r2.Scale(1/float64(len(e)), e[i])), r2.Add(mq, r2.Scale(1/float64(len(q)), q[i]))
	}
	var sum, dot, cross float64
	for i := range e {
		u, v := r2.Sub(e[i], me), r2.Sub(q[i], mq)
		sum += r2.Norm2(u) + r2.Norm2(v)
		dot, cross = dot+r2.Dot(u, v), cross+r2.Cross(u, v)
	}
	return (sum - 2*math.Hypot(dot, cross)) / float64(len(e))
}
