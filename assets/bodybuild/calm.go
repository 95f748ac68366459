package main

import (
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r3"
)

// calm takes the nipples away, as on a shop mannequin: cloth would catch on
// them. The vertices around each are replaced by a cap over the skin that
// remains: a stretched thin plate, whose bending carries the slope on and whose
// tension rounds the tip. It is a fixed linear map of the vertices.
type calm struct {
	at    []int32 // vertices that are replaced
	rim   []int32 // vertices they follow
	share *mat.Dense
}

const (
	calmReach   = 0.40 // [dm]
	calmTension = 0.10 // of the umbrella operator beside its square
)

func newCalm(s *source) calm {
	var c calm
	near := neighbours(s.quads)
	for i := range int32(bodyVerts) {
		p := s.verts[i]
		if p.X > 0 && r3.Norm(r3.Sub(p, s.verts[vNipple])) < calmReach {
			c.at = append(c.at, i)
		}
	}
	c.rim, c.share = capOver(c.at, near)
	return c
}

// capOver carries the skin on over the vertices at from what surrounds them, the
// rim: a stretched thin plate. Row k of share says how at[k] follows the rim.
func capOver(at []int32, near [][]int32) (around []int32, share *mat.Dense) {
	rows := make([]map[int32]float64, len(at))
	inside, rim := map[int32]int{}, map[int32]bool{}
	for k, i := range at {
		inside[i] = k
	}
	for k, i := range at {
		rows[k] = capRow(near, i)
		for v := range rows[k] {
			if _, ok := inside[v]; !ok {
				rim[v] = true
			}
		}
	}
	for v := range rim {
		around = append(around, v)
	}
	slices.Sort(around)
	a, b := mat.NewDense(len(at), len(at), nil), mat.NewDense(len(at), len(around), nil)
	for k := range rows {
		for j, v := range at {
			a.Set(k, j, rows[k][v])
		}
		for j, v := range around {
			b.Set(k, j, -rows[k][v])
		}
	}
	share = &mat.Dense{}
	if err := share.Solve(a, b); err != nil {
		panic("bodybuild: the cap over the breast is not determined: " + err.Error())
	}
	return around, share
}

// capRow is the row at i of the umbrella operator applied twice, plus its
// tension.
func capRow(near [][]int32, i int32) map[int32]float64 {
	row := map[int32]float64{}
	add := func(j int32, w float64) { // w times the umbrella at j
		row[j] += w
		for _, v := range near[j] {
			row[v] -= w / float64(len(near[j]))
		}
	}
	add(i, 1+calmTension)
	for _, j := range near[i] {
		add(j, -1/float64(len(near[i])))
	}
	return row
}

func (c *calm) apply(pos []r3.Vec) {
	next := make([]r3.Vec, len(c.at))
	for k := range c.at {
		for j, v := range c.rim {
			next[k] = r3.Add(next[k], r3.Scale(c.share.At(k, j), pos[v]))
		}
	}
	for k, i := range c.at {
		pos[i] = next[k]
	}
}
