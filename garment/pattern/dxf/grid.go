package dxf

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// grid finds the points of an outline near a place by squares of markTol, so
// that labelling takes time in proportion to points and marks.
type grid struct {
	pts   []r2.Vec
	cells map[[2]int64][]int
}

const maxPerCell = 8

func newGrid(pts []r2.Vec) *grid {
	g := &grid{pts: pts, cells: make(map[[2]int64][]int, len(pts))}
	for i, p := range pts {
		// More than a few points in one square is damage; it must cost no time.
		if c := cell(p); len(g.cells[c]) < maxPerCell {
			g.cells[c] = append(g.cells[c], i)
		}
	}
	return g
}

func cell(p r2.Vec) [2]int64 {
	return [2]int64{int64(math.Floor(p.X / markTol)), int64(math.Floor(p.Y / markTol))}
}

// near returns the nearest points within markTol; several where they coincide,
// as where an outline touches itself.
func (g *grid) near(p r2.Vec) []int {
	var out []int
	best := markTol
	c := cell(p)
	for dx := int64(-1); dx <= 1; dx++ {
		for dy := int64(-1); dy <= 1; dy++ {
			for _, i := range g.cells[[2]int64{c[0] + dx, c[1] + dy}] {
				d := r2.Norm(r2.Sub(g.pts[i], p))
				if d < best-sameTol {
					best, out = d, out[:0]
				}
				if d <= best+sameTol {
					out = append(out, i)
				}
			}
		}
	}
	return out
}
