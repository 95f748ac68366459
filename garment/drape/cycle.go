package drape

import "fitroom/garment/drape/lanes"

// cycle is one V-cycle of the multigrid on the cloth's own level: a damped Jacobi
// step, the correction by the coarser levels, another step. It returns r.z.
func (g *pcg) cycle() float64 {
	g.crew.do(g.relaxFirst)
	g.s.touching(g.crew, g.press)
	g.crew.do(g.residual)
	g.crew.do(g.lower)
	g.multi.cycle(0)
	g.crew.do(g.raise)
	g.s.touching(g.crew, g.press)
	g.crew.do(g.residual)
	g.crew.do(g.relax)
	return sum(&g.part)
}

// relaxFirstBlock is a Jacobi step from zero.
func (g *pcg) relaxFirstBlock(b int) {
	g.jacobi(b)
	lo, hi := span(b, g.s.p.nv)
	lanes.Scale(g.z[3*lo:3*hi], g.multi.ease)
}

// residualBlock writes what is left of the residual to y.
func (g *pcg) residualBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	g.rows.multiply(g.y, g.z, g.s.touch, lo, hi)
	lanes.Subtract(g.y[3*lo:3*hi], g.r[3*lo:3*hi])
}

func (g *pcg) lowerBlock(b int) {
	lo, hi := span(b, g.multi.down.parts)
	g.multi.down.restrict(g.multi.grids[0].r, g.y, lo, hi)
}

func (g *pcg) raiseBlock(b int) {
	t := g.multi.down
	lo, hi := span(b, g.s.p.nv)
	from := t.start[lo]
	lanes.ProlongVerts(g.z[3*lo:3*hi], t.up[3*modes*from:], g.multi.grids[0].motion, t.partAt[from:], t.start[lo:hi+1])
}

// relaxBlock is a Jacobi step for the residual in y.
func (g *pcg) relaxBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	g.part[b] = lanes.Relax(g.z[3*lo:3*hi], g.r[3*lo:3*hi], g.y[3*lo:3*hi], g.rows.inv[6*lo:], g.multi.ease)
}

// restrict writes what a residual of the nodes is on aggregates lo to hi. Single
// precision, as the prolongator's, does for a preconditioner.
func (t *transfer) restrict(o []float64, r []float32, lo, hi int) {
	from := t.member.start[lo]
	lanes.Restrict(o[modes*lo:modes*hi], t.down[t.br*modes*int(from):], r, t.memberAt[from:], t.member.start[lo:hi+1], t.br)
}

// prolong adds what the aggregates' motion e is of nodes lo to hi of a coarser level.
func (t *transfer) prolong(z []float64, e []float32, lo, hi int) {
	from := t.start[lo]
	lanes.ProlongNodes(z[modes*lo:modes*hi], t.up[modes*modes*from:], e, t.partAt[from:], t.start[lo:hi+1])
}
