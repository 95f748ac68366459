package pattern

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Lap sews an edge flat onto a line inside another panel, as the edges of a
// patch pocket are: the panel of the edge lies over the other one, or under it
// where its Layer is the lower.
type Lap struct {
	Edge EdgeRef
	// Panel is what it is sewn to, and Line the number of the line in its Inner.
	Panel, Line int
	// From and To are the shares of the line's length at which the edge starts
	// and ends; From is the larger where the edge runs against the line.
	From, To float64
	// Under lays the panel of the edge under the other whatever the layers say.
	Under bool
}

// Chain is the length of the line, corner to corner [m].
func (in *Inner) Chain() float64 {
	sum := 0.0
	for i := 1; i < len(in.Pts); i++ {
		sum += r2.Norm(r2.Sub(in.Pts[i], in.Pts[i-1]))
	}
	return sum
}

// Along appends to dst the n+1 points that cut the line between two shares of its
// length into n equal parts.
func (in *Inner) Along(dst []r2.Vec, from, to float64, n int) []r2.Vec {
	length := in.Chain()
	for k := range n + 1 {
		dst = append(dst, in.at(length*(from+(to-from)*float64(k)/float64(n))))
	}
	return dst
}

// at is the point at a distance from the start of the line [m].
func (in *Inner) at(s float64) r2.Vec {
	for i := 1; i < len(in.Pts); i++ {
		a, b := in.Pts[i-1], in.Pts[i]
		if d := r2.Norm(r2.Sub(b, a)); s <= d || i == len(in.Pts)-1 {
			return r2.Add(a, r2.Scale(math.Min(s/d, 1), r2.Sub(b, a)))
		} else {
			s -= d
		}
	}
	return in.Pts[0]
}

// checkLaps: a lap joins an edge that is sewn to nothing else to a line of another
// panel, which lies on no third one in turn.
func (p *Pattern) checkLaps(fs *faults, used map[EdgeRef]int, sound []bool) {
	if len(p.Laps) > MaxEdges {
		fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("%d lapped edges; at most %d are allowed", len(p.Laps), MaxEdges)})
		return
	}
	lapped := map[EdgeRef]bool{}
	upper := map[int]bool{}
	for i := range p.Laps {
		upper[p.Laps[i].Edge.Panel] = true
	}
	for i := range p.Laps {
		l := &p.Laps[i]
		what := p.lapFault(l)
		if what == nil && upper[l.Panel] {
			what = fault.Errorf("panel %q is itself laid on another panel; sew this edge to that one", p.Panels[l.Panel].Name)
		}
		if _, sewn := used[l.Edge]; what == nil && (sewn || lapped[l.Edge]) {
			what = fault.Errorf("the edge is sewn already")
		}
		if what == nil && sound[l.Edge.Panel] && sound[l.Panel] {
			what = p.lapLengths(l)
		}
		lapped[l.Edge] = true
		if what != nil {
			f := Fault{Edge: -1, Seam: -1, What: fault.Errorf("lapped edge %d: %w", i, what)}
			if p.missing(l.Edge) == nil {
				f.Panel, f.Edge, f.What = p.Panels[l.Edge.Panel].Name, l.Edge.Edge, fault.Errorf("laid on another panel: %w", what)
			}
			fs.add(f)
		}
	}
}

// lapFault says what a lap names that is not there.
func (p *Pattern) lapFault(l *Lap) error {
	if what := p.missing(l.Edge); what != nil {
		return what
	}
	switch {
	case l.Panel < 0 || l.Panel >= len(p.Panels):
		return fault.Errorf("names panel number %d; there are %d", l.Panel, len(p.Panels))
	case l.Panel == l.Edge.Panel:
		return fault.Errorf("panel %q cannot be laid on itself", p.Panels[l.Panel].Name)
	}
	host := &p.Panels[l.Panel]
	if l.Line < 0 || l.Line >= len(host.Inner) || host.Inner[l.Line].Kind == CutOut {
		return fault.Errorf("names line %d of panel %q, which has %d inner lines; a cut-out is none", l.Line, host.Name, len(host.Inner))
	}
	if !(l.From >= 0 && l.From <= 1 && l.To >= 0 && l.To <= 1 && l.From != l.To) {
		return fault.Errorf("runs from %g to %g of the line; two different shares of 0 to 1 are needed", l.From, l.To)
	}
	return nil
}

// lapLengths refuses what could not be laid flat.
func (p *Pattern) lapLengths(l *Lap) error {
	edge, line := p.EdgeLength(l.Edge), math.Abs(l.To-l.From)*p.Panels[l.Panel].Inner[l.Line].Chain()
	if !(line >= MinEdgeLength) || math.Max(edge, line)/math.Min(edge, line) > MaxSeamRatio {
		return fault.Errorf("%.2f cm of edge lie on %.2f cm of line; more than %g times is no seam", edge*100, line*100, MaxSeamRatio)
	}
	return nil
}
