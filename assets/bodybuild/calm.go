package main

import "gonum.org/v1/gonum/spatial/r3"

// calm smooths the nipples away, as on a shop mannequin: cloth would catch on
// them. It is a fixed linear map of the vertices around each.
type calm struct {
	at   []int32
	near [][]int32
}

const (
	calmReach  = 0.34 // [dm]
	calmPasses = 25
)

func newCalm(s *source) calm {
	var c calm
	all := neighbours(s.quads)
	for i := range int32(bodyVerts) {
		p := s.verts[i]
		if p.X > 0 && r3.Norm(r3.Sub(p, s.verts[vNipple])) < calmReach {
			c.at = append(c.at, i)
			c.near = append(c.near, all[i])
		}
	}
	return c
}

func (c *calm) apply(pos []r3.Vec) {
	next := make([]r3.Vec, len(c.at))
	for range calmPasses {
		for k, i := range c.at {
			sum := pos[i]
			for _, j := range c.near[k] {
				sum = r3.Add(sum, pos[j])
			}
			next[k] = r3.Scale(1/float64(1+len(c.near[k])), sum)
		}
		for k, i := range c.at {
			pos[i] = next[k]
		}
	}
}
