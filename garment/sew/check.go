package sew

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// Checked describes the sewn mesh of a pattern that passed Check.
type Checked struct {
	Vertices, Triangles int
	MinAngle            float64 // the smallest angle of any triangle [rad]
	SeamRatio           float64 // of the longer over the shorter side, the largest of all seams but darts
}

// Check does all that can be done without a body: validates the pattern, cuts
// it into triangles of the given edge length [m] and joins the seams.
func Check(p *pattern.Pattern, edge float64) (Checked, error) {
	if err := p.Validate(); err != nil {
		return Checked{}, fault.Errorf("sew: %w", err)
	}
	edge, err := edgeLength(edge)
	if err != nil {
		return Checked{}, err
	}
	l, err := cutAt(p, edge, counts(p, edge))
	if err != nil {
		return Checked{}, err
	}
	c := Checked{Vertices: l.weld.count, MinAngle: math.Inf(1)}
	for _, pc := range l.pieces {
		c.Triangles += len(pc.tris)
		c.MinAngle = min(c.MinAngle, pc.minAngle())
	}
	for s := range p.Seams {
		if !p.IsDart(s) {
			c.SeamRatio = max(c.SeamRatio, p.SeamRatio(s))
		}
	}
	return c, nil
}
