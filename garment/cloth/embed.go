package cloth

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Anchor is a point of a cloth: a triangle and the weights of its corners.
// Just outside a border weights are negative, so that curved borders, which a
// coarse mesh cuts short, are carried straight on.
type Anchor struct {
	Tri    int32
	Weight [3]float64 // sum 1
}

// At is the anchored point in the given state of the cloth [m].
func (a Anchor) At(tris []geometry.Tri, pos []r3.Vec) r3.Vec {
	t := tris[a.Tri]
	p := r3.Scale(a.Weight[0], pos[t[0]])
	p = r3.Add(p, r3.Scale(a.Weight[1], pos[t[1]]))
	return r3.Add(p, r3.Scale(a.Weight[2], pos[t[2]]))
}

// Embed finds every vertex of another mesh of the same garment in this one, by
// panel and flat coordinates. A vertex on a seam is looked up in the panel of
// its first triangle. Both must stem from one pattern: the same panels in the
// same planes. In a panel of which this one has nothing no triangle is found, -1.
func (c *Cloth) Embed(fine *Cloth) []Anchor {
	grids := c.grids()
	out := make([]Anchor, len(fine.Start))
	done := make([]bool, len(fine.Start))
	for t, v := range fine.Tris {
		for k, i := range v {
			if !done[i] {
				done[i] = true
				if g := &grids[fine.Panel[t]]; len(g.cells) == 0 {
					out[i].Tri = -1
				} else {
					out[i] = g.find(c, fine.Rest[t][k])
				}
			}
		}
	}
	return out
}

// grid sorts the triangles of one panel into square cells.
type grid struct {
	lo    r2.Vec
	cell  float64 // [m]
	nx    int
	cells [][]int32
}

// grids makes one per panel, with about two triangles per cell.
func (c *Cloth) grids() []grid {
	tris := make([][]int32, len(c.Panels))
	for t, p := range c.Panel {
		tris[p] = append(tris[p], int32(t))
	}
	out := make([]grid, len(c.Panels))
	for p := range out {
		out[p] = c.newGrid(tris[p])
	}
	return out
}

func (c *Cloth) newGrid(tris []int32) grid {
	inf := math.Inf(1)
	lo, hi := r2.Vec{X: inf, Y: inf}, r2.Vec{X: -inf, Y: -inf}
	var area float64
	for _, t := range tris {
		area += c.RestArea(int(t))
		for _, q := range c.Rest[t] {
			lo = r2.Vec{X: min(lo.X, q.X), Y: min(lo.Y, q.Y)}
			hi = r2.Vec{X: max(hi.X, q.X), Y: max(hi.Y, q.Y)}
		}
	}
	g := grid{lo: lo, cell: math.Sqrt(2 * area / float64(max(1, len(tris))))}
	if len(tris) == 0 {
		return g
	}
	g.nx = int((hi.X-lo.X)/g.cell) + 1
	g.cells = make([][]int32, g.nx*(int((hi.Y-lo.Y)/g.cell)+1))
	for _, t := range tris {
		g.add(c, t)
	}
	return g
}

// add files a triangle under all cells its box meets.
func (g *grid) add(c *Cloth, t int32) {
	r := &c.Rest[t]
	x0, y0 := g.at(r2.Vec{X: min(r[0].X, r[1].X, r[2].X), Y: min(r[0].Y, r[1].Y, r[2].Y)})
	x1, y1 := g.at(r2.Vec{X: max(r[0].X, r[1].X, r[2].X), Y: max(r[0].Y, r[1].Y, r[2].Y)})
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			g.cells[y*g.nx+x] = append(g.cells[y*g.nx+x], t)
		}
	}
}

// at is the cell of a point; points outside get the nearest.
func (g *grid) at(p r2.Vec) (x, y int) {
	x, y = int((p.X-g.lo.X)/g.cell), int((p.Y-g.lo.Y)/g.cell)
	return min(max(x, 0), g.nx-1), min(max(y, 0), len(g.cells)/g.nx-1)
}

// find looks in growing squares round the point's cell until it lies in a
// triangle, or until one ring after the first candidate; then the triangle it
// is least outside of is taken.
func (g *grid) find(c *Cloth, p r2.Vec) Anchor {
	best, out := Anchor{Tri: -1}, math.Inf(1)
	x0, y0 := g.at(p)
	ny := len(g.cells) / g.nx
	for ring, last := 0, max(g.nx, ny); ring <= last; ring++ {
		for y := max(0, y0-ring); y <= min(ny-1, y0+ring); y++ {
			for x := max(0, x0-ring); x <= min(g.nx-1, x0+ring); x++ {
				if max(x-x0, x0-x, y-y0, y0-y) != ring {
					continue
				}
				for _, t := range g.cells[y*g.nx+x] {
					w := c.weights(t, p)
					if o := -min(w[0], w[1], w[2]); o < out {
						best, out = Anchor{t, w}, o
					}
				}
			}
		}
		if out <= 1e-9 {
			return best
		}
		if best.Tri >= 0 && last > ring+1 {
			last = ring + 1
		}
	}
	return best
}

// weights are the barycentric coordinates of p in the flat triangle t.
func (c *Cloth) weights(t int32, p r2.Vec) [3]float64 {
	r := &c.Rest[t]
	area := r2.Cross(r2.Sub(r[1], r[0]), r2.Sub(r[2], r[0]))
	u := r2.Cross(r2.Sub(r[2], r[1]), r2.Sub(p, r[1])) / area
	v := r2.Cross(r2.Sub(r[0], r[2]), r2.Sub(p, r[2])) / area
	return [3]float64{u, v, 1 - u - v}
}
