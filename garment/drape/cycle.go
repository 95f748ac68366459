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
	m := g.multi
	lo, hi := span(b, m.down.parts)
	restrict(m.down, m.grids[0].r, g.y, lo, hi)
}

func (g *pcg) raiseBlock(b int) {
	m := g.multi
	lo, hi := span(b, g.s.p.nv)
	prolongVerts(m.down, g.z, m.grids[0].z, lo, hi)
}

// relaxBlock is a Jacobi step for the residual in y.
func (g *pcg) relaxBlock(b int) {
	lo, hi := span(b, g.s.p.nv)
	e, dot := g.multi.ease, 0.0
	for i := lo; i < hi; i++ {
		d := g.rows.inv[6*i : 6*i+6 : 6*i+6]
		r, y, z := g.r[3*i:3*i+3:3*i+3], g.y[3*i:3*i+3:3*i+3], g.z[3*i:3*i+3:3*i+3]
		a, b, c := float32(e*y[0]), float32(e*y[1]), float32(e*y[2])
		z[0] += float32(d[0]*a) + float32(d[1]*b) + float32(d[2]*c)
		z[1] += float32(d[1]*a) + float32(d[3]*b) + float32(d[4]*c)
		z[2] += float32(d[2]*a) + float32(d[4]*b) + float32(d[5]*c)
		dot += float64(float32(r[0]*z[0]) + float32(r[1]*z[1]) + float32(r[2]*z[2]))
	}
	g.part[b] = dot
}

// restrict writes what a residual of the nodes is on aggregates lo to hi. Single
// precision, as the prolongator's, does for a preconditioner.
func restrict[F float32 | float64](t *transfer, o []float64, r []F, lo, hi int) {
	br := t.br
	size := br * modes
	for a := lo; a < hi; a++ {
		var s0, s1, s2, s3, s4, s5 float32
		for m := t.member.start[a]; m < t.member.start[a+1]; m++ {
			at, node := size*int(t.member.item[m]), br*int(t.memberNode[m])
			p := t.val[at : at+size]
			for _, x := range r[node : node+br] {
				v, w := float32(x), (*[modes]float32)(p)
				s0 += float32(v * w[0])
				s1 += float32(v * w[1])
				s2 += float32(v * w[2])
				s3 += float32(v * w[3])
				s4 += float32(v * w[4])
				s5 += float32(v * w[5])
				p = p[modes:]
			}
		}
		*(*[modes]float64)(o[modes*a:]) = [modes]float64{float64(s0), float64(s1), float64(s2), float64(s3), float64(s4), float64(s5)}
	}
}

// prolongVerts is prolong for the vertices of the cloth itself.
func prolongVerts(t *transfer, z []float32, e []float64, lo, hi int) {
	for i := lo; i < hi; i++ {
		o := (*[3]float32)(z[3*i:])
		x, y, w := o[0], o[1], o[2]
		from, to := t.start[i], t.start[i+1]
		val := t.val[3*modes*from : 3*modes*to]
		for _, a := range t.part[from:to] {
			p, m := (*[3 * modes]float32)(val), (*[modes]float64)(e[modes*a:])
			val = val[3*modes:]
			e0, e1, e2, e3, e4, e5 := float32(m[0]), float32(m[1]), float32(m[2]), float32(m[3]), float32(m[4]), float32(m[5])
			x += float32(p[0]*e0) + float32(p[1]*e1) + float32(p[2]*e2) + float32(p[3]*e3) + float32(p[4]*e4) + float32(p[5]*e5)
			y += float32(p[6]*e0) + float32(p[7]*e1) + float32(p[8]*e2) + float32(p[9]*e3) + float32(p[10]*e4) + float32(p[11]*e5)
			w += float32(p[12]*e0) + float32(p[13]*e1) + float32(p[14]*e2) + float32(p[15]*e3) + float32(p[16]*e4) + float32(p[17]*e5)
		}
		o[0], o[1], o[2] = x, y, w
	}
}

// prolong adds what the aggregates' motion e is of nodes lo to hi.
func prolong(t *transfer, z, e []float64, lo, hi int) {
	br := t.br
	size := br * modes
	for i := lo; i < hi; i++ {
		o := z[br*i : br*i+br]
		for s := int(t.start[i]); s < int(t.start[i+1]); s++ {
			p, w := t.val[size*s:size*s+size], (*[modes]float64)(e[modes*t.part[s]:])
			e0, e1, e2, e3, e4, e5 := float32(w[0]), float32(w[1]), float32(w[2]), float32(w[3]), float32(w[4]), float32(w[5])
			for r := range o {
				v := (*[modes]float32)(p[modes*r:])
				o[r] += float64(float32(v[0]*e0) + float32(v[1]*e1) + float32(v[2]*e2) + float32(v[3]*e3) + float32(v[4]*e4) + float32(v[5]*e5))
			}
		}
	}
}
