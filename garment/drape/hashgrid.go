package drape

import "math"

// hashGrid files boxes under the cells they touch. Cells share buckets by
// hash; a wrong neighbour costs a comparison, never a miss.
type hashGrid struct {
	inv    float64 // cells per metre
	mask   uint32
	start  []int32 // bucket b holds item[start[b]:start[b+1]], ascending
	item   []int32
	cursor []int32
}

// size makes room for n boxes.
func (g *hashGrid) size(n int) {
	buckets := 1
	for buckets < 2*n {
		buckets *= 2
	}
	g.mask = uint32(buckets - 1)
	g.start = make([]int32, buckets+1)
	g.cursor = make([]int32, buckets)
	g.item = make([]int32, 0, 16*n) // a box of about a cell touches eight
}

func (g *hashGrid) bucket(i, j, k int32) uint32 {
	return (uint32(i)*73856093 ^ uint32(j)*19349663 ^ uint32(k)*83492791) & g.mask
}

// cell number along one axis; a coordinate off all scale lands in some cell.
func (g *hashGrid) cell(c float64) int32 {
	return int32(math.Floor(max(-1e9, min(1e9, c*g.inv))))
}

// maxCells bounds the cells one box is filed under, so that a triangle
// stretched across the room costs no more than memory allows.
const maxCells = 4096

// fill files all boxes anew: six numbers each, lo and hi.
func (g *hashGrid) fill(box []float64, cell float64) {
	g.inv = 1 / cell
	clear(g.start)
	n := len(box) / 6
	for i := range n {
		g.each(box[6*i:6*i+6], func(b uint32) { g.start[b+1]++ })
	}
	for b := range g.cursor {
		g.start[b+1] += g.start[b]
		g.cursor[b] = g.start[b]
	}
	total := int(g.start[len(g.cursor)])
	if cap(g.item) < total {
		g.item = make([]int32, total, 2*total)
	}
	g.item = g.item[:total]
	for i := range n {
		g.each(box[6*i:6*i+6], func(b uint32) {
			g.item[g.cursor[b]] = int32(i)
			g.cursor[b]++
		})
	}
}

// points files single points, three numbers each.
func (g *hashGrid) points(x []float64, cell float64) {
	g.inv = 1 / cell
	clear(g.start)
	n := len(x) / 3
	for i := range n {
		g.start[g.bucket(g.cell(x[3*i]), g.cell(x[3*i+1]), g.cell(x[3*i+2]))+1]++
	}
	for b := range g.cursor {
		g.start[b+1] += g.start[b]
		g.cursor[b] = g.start[b]
	}
	g.item = g.item[:n]
	for i := range n {
		b := g.bucket(g.cell(x[3*i]), g.cell(x[3*i+1]), g.cell(x[3*i+2]))
		g.item[g.cursor[b]] = int32(i)
		g.cursor[b]++
	}
}

// each calls visit for the bucket of every cell the box touches, a bucket as
// often as its cells.
func (g *hashGrid) each(b []float64, visit func(bucket uint32)) {
	i0, j0, k0 := g.cell(b[0]), g.cell(b[1]), g.cell(b[2])
	i1, j1, k1 := g.cell(b[3]), g.cell(b[4]), g.cell(b[5])
	if float64(i1-i0+1)*float64(j1-j0+1)*float64(k1-k0+1) > maxCells {
		return // not cloth any more; the polish will not call this rest
	}
	for k := k0; k <= k1; k++ {
		for j := j0; j <= j1; j++ {
			for i := i0; i <= i1; i++ {
				visit(g.bucket(i, j, k))
			}
		}
	}
}

// at lists the boxes that may hold a point; a box may come twice.
func (g *hashGrid) at(x, y, z float64) []int32 {
	b := g.bucket(g.cell(x), g.cell(y), g.cell(z))
	return g.item[g.start[b]:g.start[b+1]]
}

// pairs calls yield once for every box f > e that overlaps box e.
func (g *hashGrid) pairs(box []float64, e int32, yield func(f int32)) {
	b := box[6*e : 6*e+6]
	i0, j0, k0 := g.cell(b[0]), g.cell(b[1]), g.cell(b[2])
	i1, j1, k1 := g.cell(b[3]), g.cell(b[4]), g.cell(b[5])
	if float64(i1-i0+1)*float64(j1-j0+1)*float64(k1-k0+1) > maxCells {
		return
	}
	for k := k0; k <= k1; k++ {
		for j := j0; j <= j1; j++ {
			for i := i0; i <= i1; i++ {
				h := g.bucket(i, j, k)
				last := int32(-1)
				for _, f := range g.item[g.start[h]:g.start[h+1]] {
					if f <= e || f == last {
						continue
					}
					last = f
					c := box[6*f : 6*f+6]
					if b[0] > c[3] || c[0] > b[3] || b[1] > c[4] || c[1] > b[4] || b[2] > c[5] || c[2] > b[5] {
						continue
					}
					// Both boxes touch several common cells; the one that holds
					// the low corner of their overlap reports them.
					if g.cell(max(b[0], c[0])) == i && g.cell(max(b[1], c[1])) == j && g.cell(max(b[2], c[2])) == k {
						yield(f)
					}
				}
			}
		}
	}
}
