package drape

import "fitroom/garment/drape/lanes"

// pcg is the conjugate gradient method (Hestenes and Stiefel 1952) with one of two
// preconditioners. The light one has two levels, block Jacobi and coarse, added up;
// its dense solve, which cannot be shared out, is done by whoever takes the first
// block while the others take the rest. An iteration of the deep one, multigrid,
// costs three times as much. It takes over from the first system that was too hard
// for the other; T-shirts never have one, wide skirts and fine meshes soon. Each
// kernel covers one block of rows; partial sums are added in block order.
type pcg struct {
	s             *system
	rows          *rows
	coarse        *coarse
	multi         *multigrid // nil until a system is too hard without
	deep          bool       // this system is solved with multi
	hard          bool       // an earlier one was not solved within the limit
	crew          *crew
	d, r, z, q, y []float32 // solution, residual, preconditioned, direction, H q
	x             []float64 // positions that the system is of [m]
	part          [blockCount]float64
	wide          float64 // the coarse level's share of r.z
	alpha, beta   float32
	iterations    int // of all solves

	pack, start, couple, apply, advance, correct, turn func(block int) // the kernels as tasks
	relaxFirst, press, residual, lower, raise, relax   func(block int) // those of multigrid
}

func newPCG(s *system, x []float64, c *crew) *pcg {
	n := 3 * s.p.nv
	r := newRows(s.p)
	g := &pcg{
		s: s, rows: r, coarse: newCoarse(s.p, r), crew: c, x: x,
		d: lanes.Vector(n), r: lanes.Vector(n), z: lanes.Vector(n), q: lanes.Vector(n), y: lanes.Vector(n),
	}
	g.start, g.apply, g.advance, g.correct, g.turn = g.startBlock, g.applyBlock, g.advanceBlock, g.correctBlock, g.turnBlock
	g.pack = func(b int) { lo, hi := span(b, s.p.nv); g.rows.pack(s, lo, hi) }
	g.couple = func(b int) { lo, hi := span(b, len(s.touch.list)); s.touch.stretch(g.q, lo, hi) }
	g.relaxFirst, g.residual, g.lower, g.raise, g.relax = g.relaxFirstBlock, g.residualBlock, g.lowerBlock, g.raiseBlock, g.relaxBlock
	g.press = func(b int) { lo, hi := span(b, len(s.touch.list)); s.touch.stretch(g.z, lo, hi) }
	return g
}

// fewVerts is the size of a mesh from which on multigrid is worth its while: on a
// smaller one a patch has no more vertices than one of its pieces.
const fewVerts = 2000

// choose makes the preconditioner of the packed system. Wrinkles stiffened beyond
// all measure make a plate of the cloth, which rigid pieces do not approximate.
func (g *pcg) choose() {
	g.deep = g.hard && g.s.p.nv >= fewVerts && g.s.bending < lastViscosity
	if !g.deep {
		g.coarse.renew(g.s, g.rows, g.crew)
		return
	}
	if g.multi == nil {
		g.multi = newMultigrid(g.s, g.rows, g.x, g.crew)
	}
	g.deep = g.multi.renew()
}

// solve finds d with H d = force until the preconditioned residual has
// shrunk by tol or the limit is reached. The iterate is a descent direction
// whenever it stops (Steihaug 1983, "The conjugate gradient method and trust
// regions in large scale optimization"). It tells whether tol was reached.
func (g *pcg) solve(tol float64, limit int) bool {
	g.crew.do(g.pack)
	g.choose()
	g.crew.do(g.start)
	g.alpha, g.beta = 0, 0
	rz := g.precondition()
	if g.deep && !(rz > 0) { // an eigenvalue beyond what power iterations found
		g.deep = false
		g.coarse.renew(g.s, g.rows, g.crew)
		g.crew.do(g.start)
		rz = g.precondition()
	}
	g.crew.do(g.turn)
	stop := tol * tol * rz
	for k := 0; k < limit && rz > stop; k++ {
		g.s.touching(g.crew, g.couple)
		g.crew.do(g.apply)
		qy := sum(&g.part)
		if !(qy > 0) {
			return true // the rest is rounding: the matrix has no negative part
		}
		g.alpha = float32(rz / qy)
		g.crew.do(g.advance)
		next := g.precondition()
		g.beta = float32(next / rz)
		rz = next
		g.crew.do(g.turn)
		g.iterations++
	}
	g.hard = g.hard || rz > stop
	return rz <= stop
}

// precondition finds the preconditioner's answer to the residual and returns r.z.
func (g *pcg) precondition() float64 {
	if g.deep {
		return g.cycle()
	}
	g.crew.do(g.correct)
	return sum(&g.part) + g.wide
}

// light tells whether the coarse level takes part.
func (g *pcg) light() bool { return !g.deep && g.coarse.ready }

func sum(part *[blockCount]float64) float64 {
	s := 0.0
	for _, v := range part {
		s += v
	}
	return s
}

func (g *pcg) startBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	clear(g.d[3*lo : 3*hi])
	clear(g.q[3*lo : 3*hi])
	for i, f := range g.s.force[3*lo : 3*hi] {
		g.r[3*lo+i] = float32(f)
	}
	if g.light() {
		g.coarse.restrict(g.r, b, lo, hi)
	}
}

func (g *pcg) applyBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	g.part[b] = g.rows.multiply(g.y, g.q, g.s.touch, lo, hi)
}

func (g *pcg) advanceBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	lanes.AddScaled(g.r[3*lo:3*hi], g.y[3*lo:3*hi], -g.alpha)
	if g.light() {
		g.coarse.restrict(g.r, b, lo, hi)
	}
}

func (g *pcg) correctBlock(b int) {
	if b == 0 {
		g.wide = 0
		if g.light() {
			g.wide = g.coarse.solve()
		}
	}
	g.part[b] = g.jacobi(b)
}

// jacobi moves on along the last direction and writes what block Jacobi makes of
// the residual; it returns r.z.
func (g *pcg) jacobi(b int) float64 {
	lo, hi := span(b, g.s.p.nv)
	lanes.AddScaled(g.d[3*lo:3*hi], g.q[3*lo:3*hi], g.alpha)
	return g.rows.precondition(g.z, g.r, lo, hi)
}

func (g *pcg) turnBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	lanes.Turn(g.q[3*lo:3*hi], g.z[3*lo:3*hi], g.beta)
	if g.light() {
		g.coarse.move(g.q, lo, hi)
	}
}
