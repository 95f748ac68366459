package sew

import (
	"fmt"
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
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
		return Checked{}, fmt.Errorf("sew: %w", err)
	}
	if !(edge >= minEdge && edge <= maxEdge) {
		return Checked{}, fmt.Errorf("sew: edge length %g m; it must be within %g..%g m", edge, minEdge, maxEdge)
	}
	pieces, err := cutAll(p, edge)
	if err != nil {
		return Checked{}, err
	}
	w, err := newWeld(p, pieces)
	if err != nil {
		return Checked{}, err
	}
	c := Checked{Vertices: w.count, MinAngle: math.Inf(1)}
	for _, pc := range pieces {
		c.Triangles += len(pc.tris)
		for t := range pc.tris {
			c.MinAngle = min(c.MinAngle, pc.smallestAngle(t))
		}
	}
	for s := range p.Seams {
		if !p.IsDart(s) {
			c.SeamRatio = max(c.SeamRatio, p.SeamRatio(s))
		}
	}
	return c, nil
}

// cutAll meshes every panel at edge length h [m].
func cutAll(p *pattern.Pattern, h float64) ([]*piece, error) {
	keep, err := outerSides(p)
	if err != nil {
		return nil, err
	}
	n := counts(p, h)
	pieces := make([]*piece, len(p.Panels))
	for i := range p.Panels {
		if pieces[i], err = cut(p, i, n[i], keep[i], h); err != nil {
			return nil, err
		}
	}
	return pieces, nil
}

// smallestAngle of triangle t [rad].
func (pc *piece) smallestAngle(t int) float64 {
	least := math.Pi
	for i := range 3 {
		o := pc.points[pc.tris[t][i]]
		p, q := r2.Sub(pc.points[pc.tris[t][(i+1)%3]], o), r2.Sub(pc.points[pc.tris[t][(i+2)%3]], o)
		least = min(least, math.Atan2(r2.Cross(p, q), r2.Dot(p, q)))
	}
	return least
}
