package drape

import (
	"math"

	"fitroom/garment/drape/lanes"
)

// multigrid is a V-cycle over smoothed aggregates of the cloth (Tamstorf, Jones
// and McCormick 2015, "Smoothed aggregation multigrid for cloth simulation"): one
// damped step of block Jacobi before and after the correction by the next coarser
// level, which knows of the cloth how pieces of some aggregate vertices move as
// rigid bodies, and so on up to a few dozen pieces that are solved for exactly.
type multigrid struct {
	s    *system
	rows *rows
	crew *crew
	x    []float64 // positions, for how a rigid motion moves them [m]

	fine  sparse[float32] // the rows with their diagonal blocks in full
	inv   []float32       // inverses of these
	ease  float32         // damping of a Jacobi step over the largest eigenvalue
	power []float32       // approximates its eigenvector
	image []float32
	down  *transfer
	grids []grid
	ready bool
	age   int // solves so far

	middle                                         [3]float64
	square                                         [blockCount]float64
	expand, couple, apply, normal, move, tentative func(b int)
	smooth, fold, gather, reflect                  func(b int)
}

const (
	// aggregate and clump are how many vertices move as one piece and how many
	// pieces as one on the next level.
	aggregate = 25
	clump     = 6
	// exactly is the number of pieces up to which they are solved for exactly.
	exactly = 80
	// smoothing of the prolongator and relaxing of the residual, over the largest
	// eigenvalue of the matrix after block Jacobi. Power iterations find a little
	// less than that.
	smoothing = 1.33
	relaxing  = 1.6
	// firstPowers and powers are the iterations for that eigenvalue when it is
	// looked for first and each time later, from where the last have led.
	firstPowers, powers = 12, 3
)

func newMultigrid(s *system, r *rows, x []float64, w *crew) *multigrid {
	p := s.p
	m := &multigrid{s: s, rows: r, crew: w, x: x}
	m.inv = make([]float32, 9*p.nv)
	m.power, m.image = lanes.Vector(3*p.nv), lanes.Vector(3*p.nv)
	for i := range m.power {
		m.power[i] = float32(math.Sin(0.7 * float64(i) * float64(i)))
	}
	m.fine = sparse[float32]{
		n: p.nv, br: 3, add: lanes.AddProducts3, start: r.start, col: r.col, block: r.block, farStart: r.farStart, farCol: r.farCol, far: r.far,
		diag: make([]float32, 9*p.nv),
	}
	parts := p.nv/aggregate + 1
	var c *sparse[float64]
	m.down, c = newTransfer(&m.fine, p.aggregates(parts), parts)
	for {
		g := newGrid(c)
		if c.n <= exactly {
			n := modes * c.n
			g.factor, g.pivot = make([]float64, n*n), make([]float64, n)
			m.grids = append(m.grids, g)
			break
		}
		parts = c.n / clump
		g.down, c = newTransfer(c, cluster(c.n, parts, c.neighbours), parts)
		m.grids = append(m.grids, g)
	}
	m.tasks()
	return m
}

// aggregates cuts the cloth into pieces, pins left out.
func (p *plan) aggregates(parts int) []int32 {
	own := cluster(p.nv, parts, p.neighbours)
	for i, pin := range p.pinned {
		if pin {
			own[i] = -1
		}
	}
	return own
}

// tasks makes the loops.
func (m *multigrid) tasks() {
	n := m.s.p.nv
	t, c := m.down, m.grids[0].a
	m.expand = func(b int) { lo, hi := span(b, n); m.expandRows(lo, hi) }
	m.couple = func(b int) { lo, hi := span(b, len(m.s.touch.list)); m.s.touch.stretch(m.power, lo, hi) }
	m.apply = func(b int) { lo, hi := span(b, n); m.rows.multiply(m.image, m.power, m.s.touch, lo, hi) }
	m.normal = func(b int) { lo, hi := span(b, n); m.square[b] = m.normalRows(lo, hi) }
	m.move = func(b int) { lo, hi := span(b, n); m.moveRows(lo, hi) }
	m.tentative = func(b int) { lo, hi := span(b, t.parts); t.tentative(lo, hi) }
	m.smooth = func(b int) { smoothRows(t, &m.fine, m.inv, smoothing/relaxing*float64(m.ease), b) }
	m.fold = func(b int) { lo, hi := span(b, n); foldRows(t, &m.fine, lo, hi) }
	m.gather = func(b int) { lo, hi := span(b, t.parts); t.gather(c, lo, hi) }
	m.reflect = func(b int) { lo, hi := span(b, t.parts); t.reflect(c, lo, hi) }
	for l := range m.grids {
		g := &m.grids[l]
		n := g.a.n
		g.before = func(b int) { lo, hi := span(b, n); g.relaxFirst(lo, hi) }
		g.product = func(b int) { lo, hi := span(b, n); multiplyCoarse(g.a, g.t, g.z, lo, hi) }
		g.after = func(b int) { lo, hi := span(b, n); g.relax(lo, hi) }
		g.residual = func(b int) {
			lo, hi := span(b, n)
			multiplyCoarse(g.a, g.t, g.z, lo, hi)
			g.subtract(lo, hi)
			g.round(lo, hi)
		}
		if g.down == nil {
			continue
		}
		next := &m.grids[l+1]
		g.restrict = func(b int) { lo, hi := span(b, next.a.n); g.down.restrict(next.r, g.rest, lo, hi) }
		g.prolong = func(b int) { lo, hi := span(b, n); g.down.prolong(g.z, next.motion, lo, hi) }
	}
}

// renew builds the hierarchy anew if it has served its time; it tells whether
// there is one.
func (m *multigrid) renew() bool {
	if m.age%keepFor == 0 {
		m.build()
	}
	m.age++
	return m.ready
}

// build computes the hierarchy of the packed system.
func (m *multigrid) build() {
	m.ready = false
	m.crew.do(m.expand)
	if !m.measure() {
		return
	}
	m.centre()
	m.crew.do(m.move)
	m.crew.do(m.tentative)
	m.crew.do(m.smooth)
	m.crew.do(m.fold)
	m.crew.do(m.gather)
	m.crew.do(m.reflect)
	t := m.down
	for l := range m.grids {
		g := &m.grids[l]
		g.fill()
		if g.down == nil {
			m.ready = g.factorise()
			return
		}
		if !g.invert() || !g.measure(m.age) {
			return
		}
		copy(g.down.motion, t.rank)
		t = g.down
		c := m.grids[l+1].a
		t.tentative(0, t.parts)
		for b := range blockCount {
			smoothRows(t, g.a, g.inv, smoothing/relaxing*g.ease, b)
		}
		foldRows(t, g.a, 0, t.n)
		t.gather(c, 0, t.parts)
		t.reflect(c, 0, t.parts)
	}
}

func (m *multigrid) expandRows(lo, hi int) {
	full := func(o, d []float32) {
		o[0], o[1], o[2], o[3], o[4], o[5], o[6], o[7], o[8] = d[0], d[1], d[2], d[1], d[3], d[4], d[2], d[4], d[5]
	}
	for i := lo; i < hi; i++ {
		full(m.fine.diag[9*i:9*i+9], m.rows.diag[6*i:6*i+6])
		full(m.inv[9*i:9*i+9], m.rows.inv[6*i:6*i+6])
	}
}

// measure finds the largest eigenvalue after block Jacobi by power iterations.
func (m *multigrid) measure() bool {
	n := powers
	if m.age == 0 {
		n = firstPowers
	}
	top := 0.0
	for range n {
		m.s.touching(m.crew, m.couple)
		m.crew.do(m.apply)
		m.crew.do(m.normal)
		top = math.Sqrt(sum(&m.square))
		if !(top > 0) || math.IsInf(top, 0) {
			return false
		}
		f := float32(1 / top)
		for i := range m.power {
			m.power[i] *= f
		}
	}
	m.ease = float32(relaxing / top)
	return true
}

func (m *multigrid) normalRows(lo, hi int) float64 {
	m.rows.precondition(m.power, m.image, lo, hi)
	s := 0.0
	for _, v := range m.power[3*lo : 3*hi] {
		s += float64(float64(v) * float64(v))
	}
	return s
}

// centre finds the middle of the cloth, about which it turns.
func (m *multigrid) centre() {
	m.middle = [3]float64{}
	for i, v := range m.x {
		m.middle[i%3] += v
	}
	for k := range m.middle {
		m.middle[k] /= float64(len(m.x) / 3)
	}
}

// moveRows writes how the garment's rigid motions move vertices lo to hi.
func (m *multigrid) moveRows(lo, hi int) {
	for i := lo; i < hi; i++ {
		x, y, z := m.x[3*i]-m.middle[0], m.x[3*i+1]-m.middle[1], m.x[3*i+2]-m.middle[2]
		*(*[3 * modes]float64)(m.down.motion[3*modes*i:]) = [3 * modes]float64{
			1, 0, 0, 0, z, -y,
			0, 1, 0, -z, 0, x,
			0, 0, 1, y, -x, 0,
		}
	}
}

// cycle solves level l for its r, approximately.
func (m *multigrid) cycle(l int) {
	g := &m.grids[l]
	if g.down == nil {
		g.solveExactly()
		return
	}
	n := g.a.n
	m.crew.share(n, 16, g.before)
	m.crew.share(n, 80, g.residual)
	m.crew.share(n, 16, g.restrict)
	m.cycle(l + 1)
	m.crew.share(n, 16, g.prolong)
	m.crew.share(n, 80, g.product)
	m.crew.share(n, 16, g.after)
}
