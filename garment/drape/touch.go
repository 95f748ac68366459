package drape

// touches is the contact of cloth with cloth in the polish: for every pair of
// the watch list nearer than its gap a normal force, quadratic at its onset
// like the body's but softer, since the exact distance of two layers matters
// to nobody. Normals and weights are frozen during a Newton step. Layers
// slide on each other without friction here; their normal forces are small
// against those on the body.
type touches struct {
	l    *layers
	list []touch
	s    []float32 // per touch: stiffness times the rate of its distance [N]

	start  []int32 // rows: touches around vertex i are slot[start[i]:start[i+1]]
	slot   []int32 // touch*4 + place in it
	cursor []int32

	pairs []pair // looked at
	by    gauge
	meet  func(block int)
}

// touch is one active pair.
type touch struct {
	v     [4]int32
	w     [4]float64
	n     [3]float64 // unit, side included: distance is n . sum w x
	gap   float64    // [m]
	area  float64    // [m2]
	force float64    // [N]
	stiff float64    // [N/m]
}

const (
	// touchCurve [Pa/m2] and touchOnset [m]: 10 Pa, a few layers' weight, at
	// 14 um depth, 1 kPa at 0.2 mm.
	touchCurve = 1e11
	touchOnset = 2e-4
)

func newTouches(l *layers) *touches {
	n := cap(l.vt) + cap(l.ee)
	t := &touches{
		l: l, list: make([]touch, 0, n), s: make([]float32, n),
		start: make([]int32, l.p.nv+1), cursor: make([]int32, l.p.nv), slot: make([]int32, 4*n),
	}
	t.meet = t.meetBlock
	return t
}

// find lists the active pairs at x and files them by vertex.
func (t *touches) find(x []float64) {
	l := t.l
	l.update(x)
	t.list = t.list[:0]
	t.look(l.vt, (*closeness).vertexTriangle)
	t.look(l.ee, (*closeness).edgeEdge)
	if len(l.sewn) > 0 {
		t.look(l.sewn, (*closeness).vertexVertex)
	}
	t.file()
}

// look adds the active ones of pairs of one kind.
func (t *touches) look(pairs []pair, by gauge) {
	t.pairs, t.by = pairs, by
	t.l.crew.share(len(pairs), pairTime, t.meet)
	for b := range t.l.patches.scouts {
		t.list = append(t.list, t.l.patches.scouts[b].touches...)
	}
}

func (t *touches) meetBlock(b int) {
	s := &t.l.patches.scouts[b]
	s.touches = s.touches[:0]
	lo, hi := span(b, len(t.pairs))
	for i := lo; i < hi; i++ {
		pr := &t.pairs[i]
		t.by(&s.close, t.l.x, &pr.v)
		s.touches = addTouch(s.touches, pr, &s.close)
	}
}

// addTouch appends the pair if it is active.
func addTouch(dst []touch, pr *pair, q *closeness) []touch {
	pr.meet(q)
	if !q.inside || pr.side == 0 || pr.flip {
		return dst
	}
	// Pairs a little beyond the gap are kept too, without force, so that the
	// line search sees them coming.
	depth := pr.gap - float64(pr.side*q.signed)
	if depth < -stepCap {
		return dst
	}
	c := touch{v: pr.v, w: q.w, n: q.n, gap: pr.gap, area: pr.area}
	for k := range c.n {
		c.n[k] *= pr.side
	}
	if depth > 0 {
		p, slope := onset(depth, touchCurve, touchOnset)
		c.force, c.stiff = pr.area*p, pr.area*slope
	}
	return append(dst, c)
}

// file sorts the touches under their vertices.
func (t *touches) file() {
	if need := len(t.list); need > len(t.s) {
		t.s = make([]float32, 2*need)
		t.slot = make([]int32, 8*need)
	}
	clear(t.start)
	for i := range t.list {
		for _, v := range t.list[i].v {
			t.start[v+1]++
		}
	}
	for i := range t.cursor {
		t.start[i+1] += t.start[i]
		t.cursor[i] = t.start[i]
	}
	for i := range t.list {
		for k, v := range t.list[i].v {
			t.slot[t.cursor[v]] = int32(4*i + k)
			t.cursor[v]++
		}
	}
}

// addForce adds the force on vertex i.
func (t *touches) addForce(f []float64, i int) {
	for _, s := range t.slot[t.start[i]:t.start[i+1]] {
		c := &t.list[s/4]
		g := c.w[s%4] * c.force
		for m, n := range c.n {
			f[m] += float64(g * n)
		}
	}
}

// addDiagonal adds the diagonal block of vertex i.
func (t *touches) addDiagonal(d []float64, i int) {
	for _, s := range t.slot[t.start[i]:t.start[i+1]] {
		c := &t.list[s/4]
		h, n := c.w[s%4]*c.w[s%4]*c.stiff, &c.n
		d[0] += float64(h * n[0] * n[0])
		d[1] += float64(h * n[0] * n[1])
		d[2] += float64(h * n[0] * n[2])
		d[3] += float64(h * n[1] * n[1])
		d[4] += float64(h * n[1] * n[2])
		d[5] += float64(h * n[2] * n[2])
	}
}

// stretch writes stiffness times the rate of distance under v for touches lo
// to hi.
func (t *touches) stretch(v []float32, lo, hi int) {
	for i := lo; i < hi; i++ {
		c := &t.list[i]
		r := 0.0
		for k, j := range c.v {
			w := v[3*j : 3*j+3]
			r += float64(c.w[k] * (float64(c.n[0]*float64(w[0])) + float64(c.n[1]*float64(w[1])) + float64(c.n[2]*float64(w[2]))))
		}
		t.s[i] = float32(c.stiff * r)
	}
}

// rate is n . sum w v.
func (c *touch) rate(v []float64) float64 {
	r := 0.0
	for k, i := range c.v {
		r += float64(c.w[k] * (float64(c.n[0]*v[3*i]) + float64(c.n[1]*v[3*i+1]) + float64(c.n[2]*v[3*i+2])))
	}
	return r
}

// multiply adds rows lo to hi of the coupling times v to y; the part of the
// diagonal blocks, which the matrix holds already, is taken off again.
func (t *touches) multiply(y, v []float32, lo, hi int) {
	for i := lo; i < hi; i++ {
		list := t.slot[t.start[i]:t.start[i+1]]
		if len(list) == 0 {
			continue
		}
		o, u := (*[3]float32)(y[3*i:]), (*[3]float32)(v[3*i:])
		a, b, c := o[0], o[1], o[2]
		for _, s := range list {
			k := &t.list[s/4]
			w := float32(k.w[s%4])
			n0, n1, n2 := float32(k.n[0]), float32(k.n[1]), float32(k.n[2])
			own := float32(w*float32(k.stiff)) * (float32(n0*u[0]) + float32(n1*u[1]) + float32(n2*u[2]))
			g := w * (t.s[s/4] - own)
			a += float32(g * n0)
			b += float32(g * n1)
			c += float32(g * n2)
		}
		o[0], o[1], o[2] = a, b, c
	}
}

// touchEnergy sums the energy of touches lo to hi at x with frozen normals [J].
func touchEnergy(x []float64, list []touch, lo, hi int) float64 {
	sum := 0.0
	for i := lo; i < hi; i++ {
		c := &list[i]
		if e := c.gap - c.rate(x); e > 0 {
			sum += c.area * onsetEnergy(e, touchCurve, touchOnset)
		}
	}
	return sum
}
