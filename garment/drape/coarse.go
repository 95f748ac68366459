package drape

import (
	"math"

	"fitroom/garment/drape/lanes"
)

// coarse is the second level of the preconditioner: the garment moved in
// overlapping patches, each as a whole (additive Schwarz with a coarse space
// of smoothed aggregates, Vanek, Mandel and Brezina 1996). Block Jacobi sees
// one edge per iteration; a waistband that slides or a hem that swings moves
// hundreds of edges at once.
type coarse struct {
	n      int       // patches
	idx    []int32   // per vertex: patchesPer patches it moves with
	weight []float64 // their shares
	a      []float64 // lower triangle of the Galerkin matrix, then its Cholesky factor, rows of 3n
	inv    []float64 // inverses of the factor's diagonal
	rhs    []float64
	sol    []float64
	motion []float64             // sol, four numbers to a patch
	part   [blockCount][]float64 // of rhs, likewise
	ready  bool                  // the matrix was positive definite
	age    int                   // solves since the matrix was built

	rows         *rows     // the matrix H
	start, col   []int32   // patches that row i of H P has blocks for
	hp           []float32 // and the blocks, by columns [N/m]
	place        []int32   // where the share of each patch of each entry of H goes in its row of H P
	member       csr       // per patch: patchesPer*vertex + which of its shares
	fold, gather func(block int)
}

const (
	patchesPer = lanes.PatchesPer
	// patchSize is how many vertices a patch moves; leastAggregates and
	// mostAggregates balance the dense factor, n^3, against the reach of a patch.
	patchSize       = 80
	leastAggregates = 64
	mostAggregates  = 192
)

func newCoarse(p *plan, r *rows) *coarse {
	n := min(max(leastAggregates, p.nv/patchSize), mostAggregates, p.nv/8+1)
	c := &coarse{
		n: n, idx: make([]int32, patchesPer*p.nv), weight: make([]float64, patchesPer*p.nv),
		a: make([]float64, 9*n*n), rhs: make([]float64, 3*n), sol: make([]float64, 3*n), motion: make([]float64, 4*n), inv: make([]float64, 3*n),
	}
	for b := range c.part {
		c.part[b] = make([]float64, 4*n)
	}
	c.spread(p, cluster(p.nv, n, p.neighbours))
	c.meeting(r, p.nv)
	return c
}

// visitEdges calls visit with the neighbours of v.
func (p *plan) visitEdges(v int32, visit func(w, e int32)) {
	for e := p.firstEdge[v]; e < p.firstEdge[v+1]; e++ {
		visit(p.edges[e].B, e)
	}
	for _, e := range p.lowEdge.list(int(v)) {
		visit(p.edges[e].A, e)
	}
}

// share of a patch in the motion of a vertex.
type share struct {
	k int32
	w float64
}

// shares of one vertex, the largest first.
type shares struct {
	n    int
	list [patchesPer]share
}

// spread smooths the patches' edges so that neighbours share the strain of
// moving apart, and keeps the largest shares of each vertex.
func (c *coarse) spread(p *plan, owner []int32) {
	now, then := make([]shares, p.nv), make([]shares, p.nv)
	for i, k := range owner {
		now[i] = shares{1, [patchesPer]share{{k, 1}}}
	}
	var s []share // scratch
	for range int(math.Sqrt(float64(p.nv)/float64(c.n))/2) + 1 {
		for i := range now {
			if then[i] = now[i]; p.amid(now, int32(i)) {
				continue
			}
			s = addShares(s[:0], &now[i])
			for e := p.firstEdge[i]; e < p.firstEdge[i+1]; e++ {
				s = addShares(s, &now[p.edges[e].B])
			}
			for _, e := range p.lowEdge.list(i) {
				s = addShares(s, &now[p.edges[e].A])
			}
			then[i].keep(s)
		}
		now, then = then, now
	}
	for i := range now {
		if p.pinned[i] {
			continue
		}
		for m, q := range now[i].list[:now[i].n] {
			c.idx[patchesPer*i+m], c.weight[patchesPer*i+m] = q.k, q.w
		}
	}
}

// amid tells whether a vertex and all its neighbours move with one patch alone, as
// most do: so does it then.
func (p *plan) amid(now []shares, i int32) bool {
	k := now[i].list[0].k
	if now[i].n > 1 {
		return false
	}
	for e := p.firstEdge[i]; e < p.firstEdge[i+1]; e++ {
		if q := &now[p.edges[e].B]; q.n > 1 || q.list[0].k != k {
			return false
		}
	}
	for _, e := range p.lowEdge.list(int(i)) {
		if q := &now[p.edges[e].A]; q.n > 1 || q.list[0].k != k {
			return false
		}
	}
	return true
}

// addShares adds the shares of a vertex to a list.
func addShares(s []share, of *shares) []share {
next:
	for _, q := range of.list[:of.n] {
		for m := range s {
			if s[m].k == q.k {
				s[m].w += q.w
				continue next
			}
		}
		s = append(s, q)
	}
	return s
}

// keep takes the largest of a list, as shares of their sum.
func (o *shares) keep(s []share) {
	for m := range min(len(s), patchesPer) {
		for l := m + 1; l < len(s); l++ {
			if s[l].w > s[m].w || s[l].w == s[m].w && s[l].k < s[m].k {
				s[l], s[m] = s[m], s[l]
			}
		}
	}
	o.n = copy(o.list[:], s)
	total := 0.0
	for _, q := range o.list[:o.n] {
		total += q.w
	}
	for m := range o.n {
		o.list[m].w /= total
	}
}

// keepFor is the number of solves a preconditioner serves. Built of an earlier
// step's matrix it does a little less well.
const keepFor = 4

// renew builds the factor anew if it has served its time.
func (c *coarse) renew(s *system, r *rows, w *crew) {
	if c.age%keepFor == 0 {
		c.factor(s, r, w)
	}
	c.age++
}

// factor builds the Galerkin matrix of the packed system and its Cholesky factor.
func (c *coarse) factor(s *system, r *rows, w *crew) {
	c.rows = r
	w.do(c.fold)
	w.do(c.gather)
	if s.touch != nil {
		c.addTouches(s.touch.list)
	}
	c.ready = cholesky(c.a, 3*c.n)
	for i := range c.inv {
		c.inv[i] = 1 / c.a[3*c.n*i+i]
	}
}

// meeting finds, for every vertex, the patches that move it or a neighbour of its
// row, which is what its row of H P has blocks for.
func (c *coarse) meeting(r *rows, nv int) {
	c.start = make([]int32, 1, nv+1)
	c.place = make([]int32, 0, patchesPer*(nv+len(r.col)+len(r.farCol)))
	members := make([][2]int32, 0, patchesPer*nv)
	at := make([]int32, c.n) // 1 + place of a patch in the row at hand
	for i := range nv {
		first := len(c.col)
		place := func(j int) {
			for b := range patchesPer {
				k := c.idx[patchesPer*j+b]
				if c.weight[patchesPer*j+b] == 0 {
					c.place = append(c.place, 0)
					continue
				}
				if at[k] == 0 {
					c.col = append(c.col, k)
					at[k] = int32(len(c.col) - first)
				}
				c.place = append(c.place, 9*(at[k]-1))
			}
		}
		place(i)
		for _, j := range r.col[r.start[i]:r.start[i+1]] {
			place(int(j / 3))
		}
		for _, j := range r.farCol[r.farStart[i]:r.farStart[i+1]] {
			place(int(j / 3))
		}
		for _, k := range c.col[first:] {
			at[k] = 0
		}
		c.start = append(c.start, int32(len(c.col)))
		for a := range patchesPer {
			if m := patchesPer*i + a; c.weight[m] != 0 {
				members = append(members, [2]int32{c.idx[m], int32(m)})
			}
		}
	}
	c.member = newCSR(c.n, members)
	c.hp = make([]float32, 9*len(c.col))
	c.fold = func(b int) { lo, hi := span(b, nv); c.foldRows(lo, hi) }
	c.gather = func(b int) { lo, hi := span(b, c.n); c.gatherRows(lo, hi) }
}

// foldRows writes rows lo to hi of H P, P being the motion of the patches.
func (c *coarse) foldRows(lo, hi int) {
	r := c.rows
	place := c.place[patchesPer*(lo+int(r.start[lo]+r.farStart[lo])):]
	clear(c.hp[9*c.start[lo] : 9*c.start[hi]])
	for i := lo; i < hi; i++ {
		o := c.hp[9*c.start[i] : 9*c.start[i+1]]
		if len(o) == 0 { // amid pins
			place = place[patchesPer*(1+r.start[i+1]-r.start[i]+r.farStart[i+1]-r.farStart[i]):]
			continue
		}
		near, far := r.col[r.start[i]:r.start[i+1]], r.farCol[r.farStart[i]:r.farStart[i+1]]
		lanes.FoldRow(o, place, c.weight, i, r.diag[6*i:], r.block[9*r.start[i]:], near, r.far[r.farStart[i]:], far)
		place = place[patchesPer*(1+len(near)+len(far)):]
	}
}

// gatherRows writes the lower triangle of P' H P for patches lo to hi.
func (c *coarse) gatherRows(lo, hi int) {
	n := 3 * c.n
	for k := lo; k < hi; k++ {
		clear(c.a[3*k*n : (3*k+3)*n])
		for _, m := range c.member.list(k) {
			i, w := m/patchesPer, c.weight[m]
			for e := c.start[i]; e < c.start[i+1]; e++ {
				q := int(c.col[e])
				if q > k {
					continue
				}
				h := c.hp[9*e : 9*e+9]
				for row := range 3 {
					o := c.a[(3*k+row)*n+3*q : (3*k+row)*n+3*q+3]
					o[0] += float64(w * float64(h[row]))
					o[1] += float64(w * float64(h[row+3]))
					o[2] += float64(w * float64(h[row+6]))
				}
			}
		}
	}
}

// addTouches adds the coupling of cloth on cloth; its diagonal blocks are in
// the system's already.
func (c *coarse) addTouches(list []touch) {
	var blk [9]float64
	for i := range list {
		t := &list[i]
		if t.stiff == 0 {
			continue
		}
		for k := range t.v {
			for l := range k {
				f := t.stiff * t.w[k] * t.w[l]
				for m := range blk {
					blk[m] = f * t.n[m/3] * t.n[m%3]
				}
				c.add(t.v[k], t.v[l], &blk)
			}
		}
	}
}

// add adds block (i, j) of the matrix and its mirror.
func (c *coarse) add(i, j int32, blk *[9]float64) {
	n := 3 * c.n
	for a := range patchesPer {
		wa := c.weight[patchesPer*int(i)+a]
		for b := range patchesPer {
			w := wa * c.weight[patchesPer*int(j)+b]
			if w == 0 {
				continue
			}
			r, q := 3*int(c.idx[patchesPer*int(i)+a]), 3*int(c.idx[patchesPer*int(j)+b])
			for m, v := range blk {
				if r >= q {
					c.a[(r+m/3)*n+q+m%3] += float64(w * v)
				}
				if q >= r {
					c.a[(q+m%3)*n+r+m/3] += float64(w * v)
				}
			}
		}
	}
}

// cholesky factors the lower triangle in place, four rows at a time, whose sums
// do not wait for each other; false if it is not positive definite.
func cholesky(a []float64, n int) bool {
	i := 0
	for ; i+4 <= n; i += 4 {
		r0, r1, r2, r3 := a[i*n:i*n+n], a[i*n+n:i*n+2*n], a[i*n+2*n:i*n+3*n], a[i*n+3*n:i*n+4*n]
		for j := range i {
			rj := a[j*n : j*n+j+1]
			s0, s1, s2, s3 := r0[j], r1[j], r2[j], r3[j]
			b0, b1, b2, b3 := r0[:j], r1[:j], r2[:j], r3[:j]
			for k, v := range rj[:j] {
				s0 -= float64(b0[k] * v)
				s1 -= float64(b1[k] * v)
				s2 -= float64(b2[k] * v)
				s3 -= float64(b3[k] * v)
			}
			d := 1 / rj[j]
			r0[j], r1[j], r2[j], r3[j] = s0*d, s1*d, s2*d, s3*d
		}
		for k := i; k < i+4; k++ {
			if !factorRow(a, n, k, i) {
				return false
			}
		}
	}
	for ; i < n; i++ {
		if !factorRow(a, n, i, 0) {
			return false
		}
	}
	return true
}

// factorRow finishes row i of the factor, which is done up to column from.
func factorRow(a []float64, n, i, from int) bool {
	ri := a[i*n : i*n+i+1]
	for j := from; j < i; j++ {
		rj := a[j*n : j*n+j+1]
		ri[j] = (ri[j] - lanes.Dot(ri[:j], rj[:j])) / rj[j]
	}
	s := ri[i] - lanes.Dot(ri[:i], ri[:i])
	if !(s > 1e-12*ri[i]) {
		return false
	}
	ri[i] = sqrt(s)
	return true
}

// restrict sums the residual r over the patches for vertices of block b.
func (c *coarse) restrict(r []float32, b, lo, hi int) {
	o := c.part[b]
	clear(o)
	lanes.PatchSums(o, r[3*lo:3*hi], c.idx[patchesPer*lo:], c.weight[patchesPer*lo:])
}

// solve adds the parts up, solves and returns the coarse share of r.z.
func (c *coarse) solve() float64 {
	clear(c.rhs)
	for b := range c.part {
		for k := range c.n {
			o, p := (*[3]float64)(c.rhs[3*k:]), (*[3]float64)(c.part[b][4*k:])
			o[0] += p[0]
			o[1] += p[1]
			o[2] += p[2]
		}
	}
	copy(c.sol, c.rhs)
	lanes.Substitute(c.sol, c.a, c.inv, 3*c.n)
	for k := range c.n {
		copy(c.motion[4*k:4*k+3], c.sol[3*k:])
	}
	return lanes.Dot(c.rhs, c.sol)
}

// move adds the coarse motion of vertices lo to hi to q.
func (c *coarse) move(q []float32, lo, hi int) {
	lanes.AddPatches(q[3*lo:3*hi], c.motion, c.idx[patchesPer*lo:], c.weight[patchesPer*lo:])
}
