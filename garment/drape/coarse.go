package drape

import "math"

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
	rhs    []float64
	sol    []float64
	part   [blockCount][]float64
	ready  bool // the matrix was positive definite
	age    int  // solves since the matrix was built
}

const (
	patchesPer = 4
	// aggregate is how many vertices a patch moves; leastAggregates and
	// mostAggregates balance the dense factor, n^3, against the reach of a patch.
	aggregate       = 80
	leastAggregates = 64
	mostAggregates  = 192
)

func newCoarse(p *plan) *coarse {
	n := min(max(leastAggregates, p.nv/aggregate), mostAggregates, p.nv/8+1)
	c := &coarse{
		n: n, idx: make([]int32, patchesPer*p.nv), weight: make([]float64, patchesPer*p.nv),
		a: make([]float64, 9*n*n), rhs: make([]float64, 3*n), sol: make([]float64, 3*n),
	}
	for b := range c.part {
		c.part[b] = make([]float64, 3*n)
	}
	c.spread(p, c.seeds(p))
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

// seeds numbers the nearest of n vertices spread by farthest-point sampling
// along edges; it returns the patch of every vertex.
func (c *coarse) seeds(p *plan) []int32 {
	hops := make([]int32, p.nv)
	owner := make([]int32, p.nv)
	for i := range hops {
		hops[i] = math.MaxInt32
	}
	queue := make([]int32, 0, p.nv)
	next := int32(0)
	for k := range c.n {
		hops[next], owner[next] = 0, int32(k)
		queue = append(queue[:0], next)
		for m := 0; m < len(queue); m++ {
			v := queue[m]
			p.visitEdges(v, func(w, _ int32) {
				if hops[v]+1 < hops[w] {
					hops[w], owner[w] = hops[v]+1, int32(k)
					queue = append(queue, w)
				}
			})
		}
		for i := range hops {
			if hops[i] > hops[next] {
				next = int32(i)
			}
		}
	}
	return owner
}

// spread smooths the patches' edges so that neighbours share the strain of
// moving apart, and keeps the largest shares of each vertex.
func (c *coarse) spread(p *plan, owner []int32) {
	type share struct {
		k int32
		w float64
	}
	now, then := make([][]share, p.nv), make([][]share, p.nv)
	for i, k := range owner {
		now[i] = []share{{k, 1}}
	}
	for range int(math.Sqrt(float64(p.nv)/float64(c.n))/2) + 1 {
		for i := range now {
			var s []share
			add := func(k int32, w float64) {
				for m := range s {
					if s[m].k == k {
						s[m].w += w
						return
					}
				}
				s = append(s, share{k, w})
			}
			for _, q := range now[i] {
				add(q.k, q.w)
			}
			p.visitEdges(int32(i), func(w, _ int32) {
				for _, q := range now[w] {
					add(q.k, q.w)
				}
			})
			for m := range s { // selection sort of the few kept
				for l := m + 1; l < len(s); l++ {
					if s[l].w > s[m].w || s[l].w == s[m].w && s[l].k < s[m].k {
						s[l], s[m] = s[m], s[l]
					}
				}
			}
			s = s[:min(len(s), patchesPer)]
			total := 0.0
			for _, q := range s {
				total += q.w
			}
			for m := range s {
				s[m].w /= total
			}
			then[i] = s
		}
		now, then = then, now
	}
	for i, s := range now {
		if p.pinned[i] {
			continue
		}
		for m, q := range s {
			c.idx[patchesPer*i+m], c.weight[patchesPer*i+m] = q.k, q.w
		}
	}
}

// keepFor is the number of solves a factor serves. Built of an earlier step's
// matrix it preconditions a little less well and is as much as half of a solve.
const keepFor = 4

// renew builds the factor anew if it has served its time.
func (c *coarse) renew(s *system) {
	if c.age%keepFor == 0 {
		c.factor(s)
	}
	c.age++
}

// factor builds the Galerkin matrix of the system and its Cholesky factor.
func (c *coarse) factor(s *system) {
	p := s.p
	clear(c.a)
	var blk [9]float64
	for i := range p.nv {
		d := s.diag[6*i : 6*i+6]
		blk = [9]float64{d[0], d[1], d[2], d[1], d[3], d[4], d[2], d[4], d[5]}
		c.add(int32(i), int32(i), &blk, false)
		for k := p.bend.row.start[i]; k < p.bend.row.start[i+1]; k++ {
			if j := p.bend.row.item[k]; j > int32(i) {
				v := float64(s.bending * p.bend.val[k])
				blk = [9]float64{0: v, 4: v, 8: v}
				c.add(int32(i), j, &blk, true)
			}
		}
	}
	for e := range p.edges {
		copy(blk[:], s.off[9*e:9*e+9])
		c.add(p.edges[e].A, p.edges[e].B, &blk, true)
	}
	if s.touch != nil {
		c.addTouches(s.touch.list)
	}
	c.ready = cholesky(c.a, 3*c.n)
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
				c.add(t.v[k], t.v[l], &blk, true)
			}
		}
	}
}

// add adds block (i, j) of the matrix, and its mirror if asked.
func (c *coarse) add(i, j int32, blk *[9]float64, mirror bool) {
	n := 3 * c.n
	for a := range patchesPer {
		wa := c.weight[patchesPer*int(i)+a]
		if wa == 0 {
			continue
		}
		for b := range patchesPer {
			w := wa * c.weight[patchesPer*int(j)+b]
			if w == 0 {
				continue
			}
			r, q := 3*int(c.idx[patchesPer*int(i)+a]), 3*int(c.idx[patchesPer*int(j)+b])
			if r >= q {
				for k := range 3 {
					o := c.a[(r+k)*n+q : (r+k)*n+q+3]
					o[0] += float64(w * blk[3*k])
					o[1] += float64(w * blk[3*k+1])
					o[2] += float64(w * blk[3*k+2])
				}
			}
			if mirror && q >= r {
				for k := range 3 {
					o := c.a[(q+k)*n+r : (q+k)*n+r+3]
					o[0] += float64(w * blk[k])
					o[1] += float64(w * blk[3+k])
					o[2] += float64(w * blk[6+k])
				}
			}
		}
	}
}

// cholesky factors the lower triangle in place; false if it is not positive
// definite.
func cholesky(a []float64, n int) bool {
	for i := range n {
		ri := a[i*n : i*n+i+1]
		for j := range i {
			rj := a[j*n : j*n+j+1]
			s := ri[j]
			for k, v := range rj[:j] {
				s -= float64(ri[k] * v)
			}
			ri[j] = s / rj[j]
		}
		s := ri[i]
		for _, v := range ri[:i] {
			s -= float64(v * v)
		}
		if !(s > 1e-12*ri[i]) {
			return false
		}
		ri[i] = sqrt(s)
	}
	return true
}

// restrict sums the residual r over the patches for vertices of block b.
func (c *coarse) restrict(r []float32, b, lo, hi int) {
	o := c.part[b]
	clear(o)
	for i := lo; i < hi; i++ {
		x, y, z := float64(r[3*i]), float64(r[3*i+1]), float64(r[3*i+2])
		for m := range patchesPer {
			w, k := c.weight[patchesPer*i+m], 3*c.idx[patchesPer*i+m]
			o[k] += float64(w * x)
			o[k+1] += float64(w * y)
			o[k+2] += float64(w * z)
		}
	}
}

// solve adds the parts up, solves and returns the coarse share of r.z.
func (c *coarse) solve() float64 {
	n := 3 * c.n
	clear(c.rhs)
	for b := range c.part {
		for k, v := range c.part[b] {
			c.rhs[k] += v
		}
	}
	copy(c.sol, c.rhs)
	y := c.sol
	for i := range n {
		row := c.a[i*n : i*n+i+1]
		s := y[i]
		for k, v := range row[:i] {
			s -= float64(v * y[k])
		}
		y[i] = s / row[i]
	}
	for i := n - 1; i >= 0; i-- {
		row := c.a[i*n : i*n+i+1]
		y[i] /= row[i]
		for k, v := range row[:i] {
			y[k] -= float64(v * y[i])
		}
	}
	dot := 0.0
	for k, v := range c.rhs {
		dot += float64(v * y[k])
	}
	return dot
}

// move is the coarse motion of vertex i.
func (c *coarse) move(i int) (dx, dy, dz float32) {
	x, y, z := 0.0, 0.0, 0.0
	for m := range patchesPer {
		w, k := c.weight[patchesPer*i+m], 3*c.idx[patchesPer*i+m]
		x += float64(w * c.sol[k])
		y += float64(w * c.sol[k+1])
		z += float64(w * c.sol[k+2])
	}
	return float32(x), float32(y), float32(z)
}
