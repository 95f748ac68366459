package sew

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// Cut is one size of a style, cut into triangles at one or more edge lengths
// and its seams joined, but not yet put round a body. It is immutable: one Cut
// may be sewn on many figures, by several goroutines.
type Cut struct {
	Pattern *pattern.Pattern
	levels  []cutLevel
}

// cutLevel is the triangulation at one edge length.
type cutLevel struct {
	h      float64 // [m]
	pieces []*piece
	weld   *weld
}

// NewCut cuts one pattern at the given edge lengths [m], in their order; 0
// means 0.012.
func NewCut(p *pattern.Pattern, edges []float64) (*Cut, error) {
	if err := p.Validate(); err != nil {
		return nil, fault.Errorf("sew: %w", err)
	}
	c := &Cut{Pattern: p}
	for _, h := range edges {
		h, err := edgeLength(h)
		if err != nil {
			return nil, err
		}
		l, err := cutAt(p, h, counts(p, h))
		if err != nil {
			return nil, err
		}
		c.levels = append(c.levels, *l)
	}
	return c, nil
}

// edgeLength fills in and checks the edge length of a mesh.
func edgeLength(h float64) (float64, error) {
	if h == 0 {
		h = defaultEdge
	}
	if !(h >= minEdge && h <= maxEdge) {
		return 0, fault.Errorf("sew: edge length %g m; it must be within %g..%g m", h, minEdge, maxEdge)
	}
	return h, nil
}

// cutAt meshes every panel at edge length h [m], its edges cut into n pieces,
// and joins the seams.
func cutAt(p *pattern.Pattern, h float64, n [][]int) (*cutLevel, error) {
	pieces, err := cutAll(p, h, n)
	if err != nil {
		return nil, err
	}
	w, err := newWeld(p, pieces)
	if err != nil {
		return nil, err
	}
	w.laid, err = layOut(p, pieces)
	return &cutLevel{h: h, pieces: pieces, weld: w}, err
}

func cutAll(p *pattern.Pattern, h float64, n [][]int) ([]*piece, error) {
	keep, err := outerSides(p)
	if err != nil {
		return nil, err
	}
	pieces := make([]*piece, len(p.Panels))
	for i := range p.Panels {
		if pieces[i], err = cut(p, i, n, keep[i], h); err != nil {
			return nil, err
		}
	}
	return pieces, nil
}

// MinAngle is the smallest angle of any triangle of any level [rad].
func (c *Cut) MinAngle() float64 {
	least := math.Pi
	for i := range c.levels {
		for _, pc := range c.levels[i].pieces {
			least = min(least, pc.minAngle())
		}
	}
	return least
}

// minAngle of a piece [rad].
func (pc *piece) minAngle() float64 {
	least := math.Pi
	for t := range pc.tris {
		least = min(least, pc.smallestAngle(t))
	}
	return least
}
