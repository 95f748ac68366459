package drape

// system is the linearised equilibrium at one state: forces and the symmetric
// block matrix, assembled by gathering, so that blocks of rows can be built in
// parallel without locks and in one order.
type system struct {
	p     *plan
	c     *contacts
	touch *touches // cloth on cloth, nil without

	triForce, triHess []float64 // per triangle: membraneForce's output
	force             []float64 // unbalanced force per vertex [N]
	off               []float64 // per edge A<B: block (A,B), row major [N/m]
	diag              []float64 // per vertex xx xy xz yy yz zz [N/m]
	inv               []float64 // inverses of the diagonal blocks
	gravity           [3]float64
	inertia           float64 // 1/dt2 of the pseudo-transient term [1/s2]
	bending           float64 // 1 + the viscosity of curvature, see viscosity.go [1]
}

func newSystem(p *plan, c *contacts) *system {
	return &system{
		p: p, c: c,
		triForce: make([]float64, 9*p.nt), triHess: make([]float64, 27*p.nt),
		force: make([]float64, 3*p.nv), off: make([]float64, 9*p.ne),
		diag: make([]float64, 6*p.nv), inv: make([]float64, 6*p.nv),
	}
}

// gatherEdges sums the membrane blocks of edges lo to hi.
func (s *system) gatherEdges(lo, hi int) {
	p := s.p
	for e := lo; e < hi; e++ {
		var o0, o1, o2, o3, o4, o5, o6, o7, o8 float64
		for _, tk := range p.edgeTri.list(e) {
			t, k := tk/3, tk%3
			h := (*[9]float64)(s.triHess[27*t+9*k:])
			f := 0 // 1 if the triangle has the edge the other way round, the block transposed
			if p.tris[t][k] != p.edges[e].A {
				f = 1
			}
			o0 += h[0]
			o1 += h[1+2*f]
			o2 += h[2+4*f]
			o3 += h[3-2*f]
			o4 += h[4]
			o5 += h[5+2*f]
			o6 += h[6-4*f]
			o7 += h[7-2*f]
			o8 += h[8]
		}
		*(*[9]float64)(s.off[9*e:]) = [9]float64{o0, o1, o2, o3, o4, o5, o6, o7, o8}
	}
}

// gatherForces sums the forces at x on vertices lo to hi. Bending must stand in
// force already.
func (s *system) gatherForces(x []float64, lo, hi int) {
	p := s.p
	for i := lo; i < hi; i++ {
		f := (*[3]float64)(s.force[3*i:])
		if p.pinned[i] {
			f[0], f[1], f[2] = 0, 0, 0
			continue
		}
		for k := range 3 {
			f[k] += p.mass[i] * s.gravity[k]
		}
		p.bands.addForce(f[:], x, i)
		p.folds.addForce(f[:], x, i)
		s.addForce(f, i, 1)
		for _, tk := range p.vertTri.list(i) {
			g := (*[3]float64)(s.triForce[3*int(uint32(tk)):])
			f[0] += g[0]
			f[1] += g[1]
			f[2] += g[2]
			s.addForce(f, p.nv+p.ne+int(tk/3), 1.0/3)
		}
		for e := p.firstEdge[i]; e < p.firstEdge[i+1]; e++ {
			s.addForce(f, p.nv+int(e), 0.5)
		}
		for _, e := range p.lowEdge.list(i) {
			s.addForce(f, p.nv+int(e), 0.5)
		}
		if s.touch != nil {
			s.touch.addForce(f[:], i)
		}
	}
}

// gatherDiagonal sums the diagonal blocks of vertices lo to hi and inverts
// them.
func (s *system) gatherDiagonal(lo, hi int) {
	p := s.p
	for i := lo; i < hi; i++ {
		d := (*[6]float64)(s.diag[6*i:])
		b := float64(s.bending*p.bend.diag[i]) + float64(p.mass[i]*s.inertia)
		d[0], d[1], d[2], d[3], d[4], d[5] = b, 0, 0, b, 0, b
		for e := p.firstEdge[i]; e < p.firstEdge[i+1]; e++ {
			s.rowSum(d, int(e))
			s.addStiffness(d, p.nv+int(e), 0.25)
		}
		for _, e := range p.lowEdge.list(i) {
			s.rowSum(d, int(e))
			s.addStiffness(d, p.nv+int(e), 0.25)
		}
		s.addStiffness(d, i, 1)
		for _, tk := range p.vertTri.list(i) {
			s.addStiffness(d, p.nv+p.ne+int(tk/3), 1.0/9)
		}
		if s.touch != nil {
			s.touch.addDiagonal(d[:], i)
		}
		if p.pinned[i] {
			clear(s.inv[6*i : 6*i+6])
			continue
		}
		invert(s.inv[6*i:6*i+6], d[:])
	}
}

// rowSum takes an edge's block off the diagonal: rows of the membrane's
// Hessian sum to zero.
func (s *system) rowSum(d *[6]float64, e int) {
	o := (*[9]float64)(s.off[9*e:])
	d[0] -= o[0]
	d[1] -= (o[1] + o[3]) / 2
	d[2] -= (o[2] + o[6]) / 2
	d[3] -= o[4]
	d[4] -= (o[5] + o[7]) / 2
	d[5] -= o[8]
}

func (s *system) addForce(f *[3]float64, k int, w float64) {
	if !s.c.active[k] {
		return
	}
	v := (*[3]float64)(s.c.force[3*k:])
	f[0] += float64(w * v[0])
	f[1] += float64(w * v[1])
	f[2] += float64(w * v[2])
}

func (s *system) addStiffness(d *[6]float64, k int, w float64) {
	if !s.c.active[k] {
		return
	}
	v := (*[6]float64)(s.c.stiff[6*k:])
	d[0] += float64(w * v[0])
	d[1] += float64(w * v[1])
	d[2] += float64(w * v[2])
	d[3] += float64(w * v[3])
	d[4] += float64(w * v[4])
	d[5] += float64(w * v[5])
}

// addContactEdges adds the samples' coupling to the off-diagonal blocks.
func (s *system) addContactEdges(lo, hi int) {
	p, c := s.p, s.c
	for e := lo; e < hi; e++ {
		o := (*[9]float64)(s.off[9*e:])
		if c.active[p.nv+e] {
			addSymmetric(o, (*[6]float64)(c.stiff[6*(p.nv+e):]), 0.25)
		}
		for _, tk := range p.edgeTri.list(e) {
			if k := p.nv + p.ne + int(tk/3); c.active[k] {
				addSymmetric(o, (*[6]float64)(c.stiff[6*k:]), 1.0/9)
			}
		}
	}
}

func addSymmetric(o *[9]float64, h *[6]float64, w float64) {
	xx, xy, xz, yy, yz, zz := w*h[0], w*h[1], w*h[2], w*h[3], w*h[4], w*h[5]
	o[0] += xx
	o[1] += xy
	o[2] += xz
	o[3] += xy
	o[4] += yy
	o[5] += yz
	o[6] += xz
	o[7] += yz
	o[8] += zz
}

// invert writes the inverse of a symmetric positive definite 3x3 matrix.
func invert(o, d []float64) {
	a, b, c, e, f, g := d[0], d[1], d[2], d[3], d[4], d[5]
	m0, m1, m2 := float64(e*g)-float64(f*f), float64(c*f)-float64(b*g), float64(b*f)-float64(c*e)
	det := float64(a*m0) + float64(b*m1) + float64(c*m2)
	if !(det > 0) { // lost to rounding: fall back to the diagonal
		for k := range o {
			o[k] = 0
		}
		o[0], o[3], o[5] = 1/max(a, 1e-300), 1/max(e, 1e-300), 1/max(g, 1e-300)
		return
	}
	v := 1 / det
	o[0], o[1], o[2] = m0*v, m1*v, m2*v
	o[3], o[4], o[5] = (float64(a*g)-float64(c*c))*v, (float64(b*c)-float64(a*f))*v, (float64(a*e)-float64(b*b))*v
}

// touching runs a loop over the touches if there are any.
func (s *system) touching(w *crew, task func(block int)) {
	if s.touch != nil && len(s.touch.list) > 0 {
		w.share(len(s.touch.list), pairTime, task)
	}
}
