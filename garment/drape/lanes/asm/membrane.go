package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A triangle to a lane: what the solver's membrane.go does, in its words and order.

// Predicates of VCMPPD: of these, only the first and the last hold for NaN.
const (
	notAtLeast = 9
	equal      = 0
	lessThan   = 1
	greater    = 14
	unequal    = 4
)

// corners loads the positions of four triangles' corners: x, y, z of each.
func corners(f *flow, c *constants, x, tris reg.GPVirtual) (p [3][3]*value) {
	mask := f.load(func(out reg.Register) { VMOVUPD(c.lanes(math.MaxUint64, 3), out) })
	for k := range p {
		var row [4]*value
		for lane := range row {
			row[lane] = f.do(false, func(out reg.Register, a []operand.Op) {
				i := GP64()
				MOVL(at(tris, 12*lane+4*k), i.As32())
				LEAQ(operand.Mem{Base: i, Index: i, Scale: 2}, i)
				VMASKMOVPD(operand.Mem{Base: x, Index: i, Scale: 8}, a[0], out)
			}, mask)
		}
		copy(p[k][:], f.transposedThree(row))
	}
	return p
}

// gradients loads six numbers of each of four triangles.
func gradients(f *flow, grad reg.GPVirtual) (g [6]*value) {
	var row [4]*value
	for lane := range row {
		row[lane] = f.load(func(out reg.Register) { VMOVUPD(at(grad, 48*lane), out) })
	}
	c := f.transposed(row)
	copy(g[:], c[:])
	pair := func(lane int) *value {
		lo := f.load(func(out reg.Register) { VMOVUPD(at(grad, 48*lane+32), out.(reg.Vec).AsX()) })
		return f.do(false, func(out reg.Register, a []operand.Op) {
			VINSERTF128(operand.U8(1), at(grad, 48*(lane+2)+32), a[0], out)
		}, lo)
	}
	a, b := pair(0), pair(1)
	g[4], g[5] = f.two(VUNPCKLPD, a, b), f.two(VUNPCKHPD, a, b)
	return g
}

// lanePolar is the polar decomposition of four triangles.
type lanePolar struct {
	r1, r2, n     [3]*value
	u11, u12, u22 *value
	tr            *value
	odd           *value // lanes that are crushed, or not numbers
}

func decompose(f *flow, c *constants, p [3][3]*value, g [6]*value) (q lanePolar) {
	var f1, f2 [3]*value
	for k := range 3 {
		u, v := f.sub(p[1][k], p[0][k]), f.sub(p[2][k], p[0][k])
		f1[k], f2[k] = f.dot(u, g[2], v, g[4]), f.dot(u, g[3], v, g[5])
	}
	x1, y1, z1, x2, y2, z2 := f1[0], f1[1], f1[2], f2[0], f2[1], f2[2]
	cx := f.sub(f.mul(y1, z2), f.mul(z1, y2))
	cy := f.sub(f.mul(z1, x2), f.mul(x1, z2))
	cz := f.sub(f.mul(x1, y2), f.mul(y1, x2))
	j := f.sqrt(f.dot(cx, cx, cy, cy, cz, cz))
	c11, c12, c22 := f.dot(x1, x1, y1, y1, z1, z1), f.dot(x1, x2, y1, y2, z1, z2), f.dot(x2, x2, y2, y2, z2, z2)
	both := f.add(c11, c22)
	q.tr = f.sqrt(f.add(both, f.mul(j, c.of(f, 2))))
	q.odd = f.or(f.compare(notAtLeast, q.tr, c.of(f, 1e-9)), f.compare(notAtLeast, j, f.mul(both, c.of(f, 1e-6))))
	q.u11, q.u12, q.u22 = f.div(f.add(c11, j), q.tr), f.div(c12, q.tr), f.div(f.add(c22, j), q.tr)
	q.n = [3]*value{f.div(cx, j), f.div(cy, j), f.div(cz, j)}
	for k := range 3 {
		q.r1[k] = f.div(f.sub(f.mul(f1[k], q.u22), f.mul(f2[k], q.u12)), j)
		q.r2[k] = f.div(f.sub(f.mul(f2[k], q.u11), f.mul(f1[k], q.u12)), j)
	}
	return q
}

// laneLaw is one fabric's law, each number in all lanes: its stiffnesses and what
// stiffens, if anything does.
type laneLaw struct {
	c11, c22, c12, g *value
	weft, warp       *laneCurve
}

type laneCurve struct{ cubic, end *value }

func lawAt(f *flow, m reg.GPVirtual, curved bool) laneLaw {
	number := func(k int) *value { return f.at(at(m, 32*k)) }
	l := laneLaw{c11: number(0), c22: number(1), c12: number(2), g: number(3)}
	if curved {
		l.weft, l.warp = &laneCurve{number(4), number(5)}, &laneCurve{number(6), number(7)}
	}
	return l
}

// inRegister loads what lies in memory.
func inRegister(f *flow, v *value) *value {
	return f.load(func(out reg.Register) { VMOVUPD(v.mem, out) })
}

// stretched is where a strain is positive, and the strain up to the curve's end.
func (l *laneCurve) stretched(f *flow, c *constants, x *value) (mask, u *value) {
	return f.compare(greater, x, c.of(f, 0)), f.least(x, l.end)
}

// force has no first slope, nor have energy and tangent.
func (l *laneCurve) force(f *flow, c *constants, x *value) *value {
	mask, u := l.stretched(f, c, x)
	rise := f.product(inRegister(f, l.cubic), u, u, u)
	beyond := f.product(inRegister(f, l.cubic), c.of(f, 3), u, u, f.sub(x, u))
	return f.sum(f.and(mask, rise), f.and(mask, beyond))
}

func (l *laneCurve) energy(f *flow, c *constants, x *value) *value {
	mask, u := l.stretched(f, c, x)
	u2, d := f.mul(u, u), f.sub(x, u)
	cubic := inRegister(f, l.cubic)
	rise := f.product(cubic, c.of(f, 0.25), u2, u2)
	beyond := f.product(cubic, u2, u, d)
	bend := f.product(cubic, c.of(f, 1.5), u2, d, d)
	return f.and(mask, f.sum(rise, beyond, bend))
}

func (l *laneCurve) tangent(f *flow, c *constants, x *value) *value {
	u := f.most(f.least(x, l.end), c.of(f, 0))
	return f.product(inRegister(f, l.cubic), c.of(f, 3), u, u)
}

func (l *laneLaw) strains(f *flow, c *constants, q *lanePolar) (e1, e2 *value) {
	return f.sub(q.u11, c.of(f, 1)), f.sub(q.u22, c.of(f, 1))
}

func (l *laneLaw) density(f *flow, c *constants, q *lanePolar) *value {
	e1, e2 := l.strains(f, c, q)
	gm := f.mul(q.u12, c.of(f, 2))
	w := f.sum(f.product(e1, l.c11, e1), f.product(e2, l.c22, e2), f.product(gm, l.g, gm))
	w = f.add(f.mul(w, c.of(f, 0.5)), f.product(e1, l.c12, e2))
	if l.weft != nil {
		w = f.sum(w, l.weft.energy(f, c, e1), l.warp.energy(f, c, e2))
	}
	return w
}

func (l *laneLaw) stress(f *flow, c *constants, q *lanePolar) (t11, t22, t12 *value) {
	e1, e2 := l.strains(f, c, q)
	t11, t22 = f.dot(e1, l.c11, e2, l.c12), f.dot(e1, l.c12, e2, l.c22)
	if l.weft != nil {
		t11, t22 = f.add(t11, l.weft.force(f, c, e1)), f.add(t22, l.warp.force(f, c, e2))
	}
	return t11, t22, f.product(inRegister(f, l.g), c.of(f, 2), q.u12)
}

// tangents are the stiffnesses along weft and warp.
func (l *laneLaw) tangents(f *flow, c *constants, q *lanePolar) (e11, e22 *value) {
	if l.weft == nil {
		return l.c11, l.c22
	}
	e1, e2 := l.strains(f, c, q)
	return f.add(l.weft.tangent(f, c, e1), l.c11), f.add(l.warp.tangent(f, c, e2), l.c22)
}

// forces are those of the three corners [N], nine numbers.
func forces(f *flow, c *constants, q *lanePolar, g [6]*value, a, t11, t22, t12 *value) (out []*value) {
	spin := f.div(f.mul(f.sub(t11, t22), q.u12), q.tr)
	twice := f.mul(t12, c.of(f, 2))
	p1a, p1b := f.mul(t11, a), f.mul(f.add(spin, f.div(f.mul(twice, q.u22), q.tr)), a)
	p2a, p2b := f.mul(f.sub(f.div(f.mul(twice, q.u11), q.tr), spin), a), f.mul(t22, a)
	for k := range 3 {
		ca, cb := f.dot(p1a, g[2*k], p2a, g[2*k+1]), f.dot(p1b, g[2*k], p2b, g[2*k+1])
		for i := range 3 {
			out = append(out, f.sub(f.negative(c, f.mul(ca, q.r1[i])), f.mul(cb, q.r2[i])))
		}
	}
	return out
}

// piola2 is the second Piola-Kirchhoff stress.
func piola2(f *flow, c *constants, q *lanePolar, t11, t22, t12 *value) (s11, s22, s12 *value) {
	d := f.most(inRegister(f, c.of(f, 0.05)), f.sub(f.mul(q.u11, q.u22), f.mul(q.u12, q.u12)))
	k := f.div(inRegister(f, c.of(f, 1)), f.mul(q.tr, d))
	a, b, o := q.u22, q.u11, f.negative(c, q.u12)
	x11, x12 := f.dot(a, t11, o, t12), f.dot(a, t12, o, t22)
	x21, x22 := f.dot(o, t11, b, t12), f.dot(o, t12, b, t22)
	y11, y12, y22 := f.dot(x11, a, x12, o), f.dot(x11, o, x12, b), f.dot(x21, o, x22, b)
	part := func(t, y *value) *value { return f.mul(k, f.add(f.mul(d, t), y)) }
	return part(t11, y11), part(t22, y22), part(t12, y12)
}

// positivePart projects a symmetric matrix onto its positive eigenspace.
func positivePart(f *flow, c *constants, s11, s22, s12 *value) (p11, p22, p12 *value) {
	m, h := f.mul(f.add(s11, s22), c.of(f, 0.5)), f.mul(f.sub(s11, s22), c.of(f, 0.5))
	r := f.sqrt(f.dot(h, h, s12, s12))
	hi, lo := f.add(m, r), f.sub(m, r)
	k := f.div(hi, f.mul(r, c.of(f, 2)))
	whole, none := f.compare(greaterOrEqual, lo, c.of(f, 0)), f.compare(lessOrEqual, hi, c.of(f, 0))
	zero := f.sub(r, r)
	part := func(p, s *value) *value { return f.choose(whole, f.choose(none, p, zero), s) }
	return part(f.mul(k, f.sub(s11, lo)), s11), part(f.mul(k, f.sub(s22, lo)), s22), part(f.mul(k, s12), s12)
}

// blocks are the Hessian blocks of the three pairs of corners, 27 numbers.
func blocks(f *flow, c *constants, q *lanePolar, law *laneLaw, g [6]*value, a, t11, t22, t12 *value, emit func(v *value)) {
	s := f.div(q.u12, q.tr)
	k12, k21 := f.div(f.mul(q.u11, c.of(f, 2)), q.tr), f.div(f.mul(q.u22, c.of(f, 2)), q.tr)
	twist := f.most(f.mul(f.div(f.add(t11, t22), q.tr), c.of(f, 0.5)), c.of(f, 0))
	sc12 := f.mul(s, law.c12)
	e11, e22 := law.tangents(f, c, q)
	m1, m2, m3 := f.sub(f.mul(s, e11), sc12), f.sub(sc12, f.mul(s, e22)), f.mul(k21, law.g)
	o1, o2, o3 := f.negative(c, m1), f.negative(c, m2), f.mul(k12, law.g)
	w00, w01, w02, w03 := f.mul(a, e11), f.mul(a, m1), f.mul(a, o1), f.mul(a, law.c12)
	w11 := f.mul(a, f.sum(f.sub(f.mul(m1, s), f.mul(m2, s)), f.mul(m3, k21), twist))
	w13 := f.mul(a, m2)
	w12 := f.mul(a, f.sub(f.sum(f.sub(f.mul(m2, s), f.mul(m1, s)), f.mul(m3, k12)), twist))
	w22 := f.mul(a, f.sum(f.sub(f.mul(o2, s), f.mul(o1, s)), f.mul(o3, k12), twist))
	w23, w33 := f.mul(a, o2), f.mul(a, e22)
	s11, s22, s12 := piola2(f, c, q, t11, t22, t12)
	s11, s22, s12 = positivePart(f, c, s11, s22, s12)
	for m := range 3 {
		a0, a1, b0, b1 := g[2*m], g[2*m+1], g[(2*m+2)%6], g[(2*m+3)%6]
		c11, c12, c21, c22 := f.mul(a0, b0), f.mul(a0, b1), f.mul(a1, b0), f.mul(a1, b1)
		k00 := f.dot(c11, w00, c12, w02, c21, w02, c22, w22)
		k01 := f.dot(c11, w01, c12, w03, c21, w12, c22, w23)
		k10 := f.dot(c11, w01, c12, w12, c21, w03, c22, w23)
		k11 := f.dot(c11, w11, c12, w13, c21, w13, c22, w33)
		nn := f.mul(a, f.dot(s11, c11, s12, f.add(c12, c21), s22, c22))
		for i := range 3 {
			u, v := f.dot(k00, q.r1[i], k10, q.r2[i]), f.dot(k01, q.r1[i], k11, q.r2[i])
			z := f.mul(nn, q.n[i])
			for k := range 3 {
				emit(f.dot(u, q.r1[k], v, q.r2[k], z, q.n[k]))
			}
		}
	}
}

// rows writes numbers of four triangles, size of each, triangle by triangle.
type rows struct {
	f    *flow
	to   reg.GPVirtual
	size int
	all  []*value
}

// next takes the numbers one by one. Four are turned round at once; the last four may
// have been written in part.
func (r *rows) next(v *value) {
	if r.all = append(r.all, v); len(r.all)%4 != 0 && len(r.all) != r.size {
		return
	}
	from := len(r.all) - 4
	for lane, row := range r.f.transposed([4]*value(r.all[from:])) {
		r.f.keep(row, func(v reg.Register) { VMOVUPD(v, at(r.to, 8*(r.size*lane+from))) })
	}
}

// membraneForces does groups of four triangles of one fabric.
func membraneForces(name string, curved bool) {
	TEXT(name, 0, "func(force, hess, energy []float64, odd []uint8, x, grad, area []float64, tris *int32, law *[32]float64)")
	Doc(name + " has a triangle in each lane.")
	Pragma("noescape")
	force, hess, energy, odd := base("force"), base("hess"), base("energy"), base("odd")
	x, grad, area, tris, law := base("x"), base("grad"), base("area"), GP64(), GP64()
	groups := GP64()
	Load(Param("odd").Len(), groups)
	Load(Param("tris"), tris)
	Load(Param("law"), law)
	c := &constants{name, map[uint64]operand.Mem{}}

	Label("group")
	f := &flow{}
	g := gradients(f, grad)
	q := decompose(f, c, corners(f, c, x, tris), g)
	f.keep(q.odd, func(v reg.Register) { keepMask(v, odd) })
	l := lawAt(f, law, curved)
	t11, t22, t12 := l.stress(f, c, &q)
	a := f.at(at(area, 0))
	f.keep(f.mul(l.density(f, c, &q), a), func(v reg.Register) { VMOVUPD(v, at(energy, 0)) })
	out := rows{f: f, to: force, size: 9}
	for _, v := range forces(f, c, &q, g, a, t11, t22, t12) {
		out.next(v)
	}
	matrix := rows{f: f, to: hess, size: 27}
	blocks(f, c, &q, &l, g, a, t11, t22, t12, matrix.next)
	f.put()
	for _, p := range []struct {
		r reg.GPVirtual
		n int
	}{{force, 4 * 72}, {hess, 4 * 216}, {energy, 32}, {odd, 1}, {grad, 4 * 48}, {area, 32}, {tris, 48}} {
		ADDQ(operand.I32(p.n), p.r)
	}
	DECQ(groups)
	JNZ(operand.LabelRef("group"))
	VZEROUPPER()
	RET()
}

// keepMask writes which lanes are set, a bit each.
func keepMask(v reg.Register, to reg.GPVirtual) {
	m := GP32()
	VMOVMSKPD(v, m)
	MOVB(m.As8(), at(to, 0))
}

// membraneEnergies does the like and only the energies.
func membraneEnergies(name string, curved bool) {
	TEXT(name, 0, "func(energy []float64, odd []uint8, x, grad, area []float64, tris *int32, law *[32]float64)")
	Doc(name + " has a triangle in each lane.")
	Pragma("noescape")
	energy, odd := base("energy"), base("odd")
	x, grad, area, tris, law := base("x"), base("grad"), base("area"), GP64(), GP64()
	groups := GP64()
	Load(Param("odd").Len(), groups)
	Load(Param("tris"), tris)
	Load(Param("law"), law)
	c := &constants{name, map[uint64]operand.Mem{}}

	Label("group")
	f := &flow{}
	q := decompose(f, c, corners(f, c, x, tris), gradients(f, grad))
	f.keep(q.odd, func(v reg.Register) { keepMask(v, odd) })
	l := lawAt(f, law, curved)
	f.keep(f.mul(l.density(f, c, &q), f.at(at(area, 0))), func(v reg.Register) { VMOVUPD(v, at(energy, 0)) })
	f.put()
	for _, p := range []struct {
		r reg.GPVirtual
		n int
	}{{energy, 32}, {odd, 1}, {grad, 4 * 48}, {area, 32}, {tris, 48}} {
		ADDQ(operand.I32(p.n), p.r)
	}
	DECQ(groups)
	JNZ(operand.LabelRef("group"))
	VZEROUPPER()
	RET()
}
