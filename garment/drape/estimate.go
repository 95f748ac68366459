package drape

import (
	"context"
	"math"

	"fitroom/geometry/fault"
)

// An estimate stops a warm drape as soon as Newton's steps no longer change how far
// the cloth is stretched. Taut cloth, which decides whether a size is too tight, is
// stiff and finds its stretch within a few steps; where loose folds come to lie takes
// ten times as many and changes no girth. So it says how a size fits, from the resting
// state of its neighbour and for a tenth of a drape, but its forces do not balance: it
// is not to be drawn, and its maps are not to be read vertex by vertex.
const (
	// stretchKnown is the change of stretch in a step below which it is known, root
	// mean square over all edges [1]: a quarter of the least difference between two
	// verdicts, 2 % of a stiff fabric's girth.
	stretchKnown = 0.005
	// estimateSteps bounds the steps of an estimate; sizes a grade apart need 2 to 4.
	estimateSteps = 15
)

// restretched is the root mean square of the change of length of all edges in the
// last step, in shares of their length; of a step not taken whole, what all of it
// would have been.
func (o *polisher) restretched() float64 {
	o.crew.do(o.compare)
	return math.Sqrt(sum(&o.part)/float64(max(1, o.p.ne))) / o.scale
}

func (o *polisher) compareBlock(b int) {
	lo, hi := span(b, o.p.ne)
	q := 0.0
	for _, e := range o.p.edges[lo:hi] {
		was, is := edgeLength(o.x0, int(e.A), int(e.B)), edgeLength(o.x, int(e.A), int(e.B))
		c := is/was - 1
		q += float64(c * c)
	}
	o.part[b] = q
}

func edgeLength(x []float64, a, b int) float64 {
	p, q := x[3*a:3*a+3:3*a+3], x[3*b:3*b+3:3*b+3]
	dx, dy, dz := q[0]-p[0], q[1]-p[1], q[2]-p[2]
	return sqrt(float64(dx*dx) + float64(dy*dy) + float64(dz*dz))
}

// nearing takes the first of a misfit out of a state found with another size: sixteen
// steps of dressing cost as much as one of Newton's, which would have to be cut short
// four times while the cloth is stretched by as much as a grade.
var nearing = [...]phase{
	{dt: 1e-3, min: 8, max: 8, weight: 1, damping: calmDamping, grip: true},
	{dt: 2.5e-4, min: 8, max: 8, weight: 1, damping: calmDamping, grip: true},
}

// near takes these steps. The state crosses nothing, having been found without; what
// does all the same the last look for faults will see.
func (s *Solver) near(ctx context.Context) error {
	s.layers.trust()
	err := s.dressLevel(ctx, s.dresser, nearing[:])
	s.layers.trust()
	return err
}

// trust takes the cloth to cross nothing.
func (l *layers) trust() {
	if l != nil {
		l.looked = true
	}
}

// estimate decides whether the stretch is known after a step.
func (s *Solver) estimate() (done bool, status Status, reason error) {
	change := s.polisher.restretched()
	switch {
	case change < stretchKnown:
		return true, Estimated, nil
	case s.polisher.steps >= estimateSteps:
		return true, StepLimit, fault.Errorf("the stretch still changes by %.2g %% a step after %d Newton steps", 100*change, s.polisher.steps)
	}
	return false, 0, nil
}
