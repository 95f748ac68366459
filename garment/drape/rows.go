package drape

import "fitroom/garment/drape/lanes"

// rows is the matrix of one Newton step packed for multiplication: everything a
// row needs lies end to end, in single precision, since the step is solved to a
// tenth only. Bending reaches one vertex further than the membrane; where both
// meet the same neighbour they share a block.
type rows struct {
	start []int32   // blocks of row i: start[i] to start[i+1]
	col   []int32   // three times the vertex, as are all columns here
	edge  []int32   // edge the block comes from; ^edge if transposed
	bend  []int32   // entry of the bending matrix on its diagonal
	block []float32 // nine numbers each, by columns [N/m]

	farStart []int32 // entries of row i beyond its neighbours
	farCol   []int32
	farBend  []int32
	far      []float32 // [N/m]

	diag []float32 // per vertex xx xy xz yy yz zz [N/m]
	inv  []float32 // inverses of the diagonal blocks
}

func newRows(p *plan) *rows {
	r := &rows{
		start: make([]int32, 1, p.nv+1), farStart: make([]int32, 1, p.nv+1),
		diag: make([]float32, 6*p.nv), inv: make([]float32, 6*p.nv),
	}
	h := &p.bend
	near, all := 2*p.ne, len(h.row.item)
	r.col, r.edge, r.bend = make([]int32, 0, near), make([]int32, 0, near), make([]int32, 0, near)
	r.farCol, r.farBend = make([]int32, 0, all), make([]int32, 0, all)
	at := make([]int32, p.nv) // 1 + entry of a column in the row at hand
	for i := range int32(p.nv) {
		lo, hi := h.row.start[i], h.row.start[i+1]
		for k := lo; k < hi; k++ {
			at[h.row.item[k]] = k + 1
		}
		add := func(v, e int32) {
			r.col, r.edge, r.bend = append(r.col, 3*v), append(r.edge, e), append(r.bend, at[v]-1)
			at[v] = 0
		}
		for e := p.firstEdge[i]; e < p.firstEdge[i+1]; e++ {
			add(p.edges[e].B, e)
		}
		for _, e := range p.lowEdge.list(int(i)) {
			add(p.edges[e].A, ^e)
		}
		for k := lo; k < hi; k++ {
			if v := h.row.item[k]; at[v] > 0 {
				r.farCol, r.farBend = append(r.farCol, 3*v), append(r.farBend, k)
				at[v] = 0
			}
		}
		r.start, r.farStart = append(r.start, int32(len(r.col))), append(r.farStart, int32(len(r.farCol)))
	}
	r.block, r.far = lanes.Vector(9*len(r.col)), make([]float32, len(r.farCol))
	return r
}

// pack copies rows lo to hi of the system.
func (r *rows) pack(s *system, lo, hi int) {
	val := s.p.bend.val
	from, to := r.start[lo], r.start[hi]
	lanes.Pack(r.block[9*from:9*to], s.off, r.edge[from:to], r.bend[from:to], val, s.bending)
	for k := r.farStart[lo]; k < r.farStart[hi]; k++ {
		r.far[k] = float32(s.bending * val[r.farBend[k]])
	}
	lanes.Halve(r.diag[6*lo:6*hi], s.diag[6*lo:])
	lanes.Halve(r.inv[6*lo:6*hi], s.inv[6*lo:])
}

// multiply writes y = H v for rows lo to hi, without cloth on cloth if t is nil, and
// returns their part of v.y.
func (r *rows) multiply(y, v []float32, t *touches, lo, hi int) float64 {
	s, f := r.start[lo], r.farStart[lo]
	dot := lanes.MultiplyRows(y[3*lo:3*hi], v[3*lo:3*hi], v,
		r.start[lo:hi+1], r.col[s:], r.block[9*s:], r.farStart[lo:hi+1], r.farCol[f:], r.far[f:], r.diag[6*lo:])
	if t == nil || t.start[lo] == t.start[hi] {
		return dot
	}
	t.multiply(y, v, lo, hi)
	dot = 0
	for i := 3 * lo; i < 3*hi; i += 3 {
		dot += float64(float32(y[i]*v[i]) + float32(y[i+1]*v[i+1]) + float32(y[i+2]*v[i+2]))
	}
	return dot
}

// precondition writes z = inv r for vertices lo to hi and returns r.z.
func (r *rows) precondition(z, res []float32, lo, hi int) float64 {
	return lanes.Precondition(z[3*lo:3*hi], res[3*lo:3*hi], r.inv[6*lo:])
}
