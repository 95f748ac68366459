package drape

import (
	"math"

	"fitroom/geometry/fault"
)

// The law of a fabric goes on for ever; the fabric does not. Cloth in balance at
// several times its length is no picture of a garment but of one that does not
// close or cannot be put on.
const (
	// tearStretch is the least stretch at which cloth counts as torn [1]: no woven
	// and no plain knit comes near it. Cloth made to stretch may go tearUsable
	// times as far as its law was measured.
	tearStretch = 1
	tearUsable  = 2
	// tornShare of the garment must be so: a corner caught in a crease is not.
	tornShare = 0.005
	// tornEvery is the number of Newton steps between looks: what dressing leaves
	// too long has come together by then, and what has not never will.
	tornEvery = 100
)

// torn names the place where a garment is stretched most, if no garment is.
func (s *Solver) torn() error {
	p := s.plan
	area, most, at, limit := 0.0, 0.0, 0, 0.0
	var q polar
	for t := range p.tris {
		f := s.cloth.Fabric(t)
		tear := max(tearStretch, tearUsable*max(f.UsableWarp, f.UsableWeft))
		decompose(&q, s.x, p.grad[6*t:6*t+6], &p.tris[t])
		stretch := (q.u11+q.u22)/2 + math.Hypot((q.u11-q.u22)/2, q.u12) - 1
		if stretch <= tear {
			continue
		}
		area += p.triArea[t]
		if stretch-tear > most {
			most, at, limit = stretch-tear, t, tear
		}
	}
	if area < tornShare*p.restArea {
		return nil
	}
	v := p.tris[at][0]
	return fault.Errorf("the cloth of %w at (%.2f, %.2f, %.2f) m is stretched by %.0f %%, and %.1f %% of the garment by over %.0f %%, at which it tears: it does not close or cannot be put on",
		s.place(int(v)), s.x[3*v], s.x[3*v+1], s.x[3*v+2], 100*(most+limit), 100*area/p.restArea, 100*limit)
}
