package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A pair of cloth to a lane: what the solver's closeness.go does, in its words and
// order. Pairs that it treats apart, and numbers near overflow, are odd.

// differences loads four vertices of four pairs, each row a vertex of a pair, and
// returns the components of three differences of them.
func differences(f *flow, c *constants, x, pairs reg.GPVirtual, of [3][2]int) (d [3][3]*value) {
	mask := f.load(func(out reg.Register) { VMOVUPD(c.lanes(1<<64-1, 3), out) })
	var row [4][4]*value // vertex, pair
	for k := range row {
		for lane := range row[k] {
			row[k][lane] = f.do(false, func(out reg.Register, a []operand.Op) {
				i := GP64()
				MOVL(at(pairs, 16*lane+4*k), i.As32())
				LEAQ(operand.Mem{Base: i, Index: i, Scale: 2}, i)
				VMASKMOVPD(operand.Mem{Base: x, Index: i, Scale: 8}, a[0], out)
			}, mask)
		}
	}
	for m, ab := range of {
		var diff [4]*value
		for lane := range diff {
			diff[lane] = f.sub(row[ab[0]][lane], row[ab[1]][lane])
		}
		copy(d[m][:], f.transposedThree(diff))
	}
	return d
}

func dot3(f *flow, a, b [3]*value) *value { return f.dot(a[0], b[0], a[1], b[1], a[2], b[2]) }

func cross3(f *flow, a, b [3]*value) (n [3]*value) {
	for k := range n {
		i, j := (k+1)%3, (k+2)%3
		n[k] = f.sub(f.mul(a[i], b[j]), f.mul(a[j], b[i]))
	}
	return n
}

// less takes times b from a.
func less(f *flow, a, b [3]*value, times *value) (d [3]*value) {
	for k := range d {
		d[k] = f.sub(a[k], f.mul(times, b[k]))
	}
	return d
}

// clamp is max(0, min(1, a)).
func clamp(f *flow, c *constants, a *value) *value {
	return f.most(f.least(a, c.of(f, 1)), c.of(f, 0))
}

// notLess is where a is not below a bound, or no number.
func notLess(f *flow, c *constants, a *value, bound float64) *value {
	return f.compare(5, a, c.of(f, bound))
}

// notMore is where a is not above zero, or no number.
func notMore(f *flow, c *constants, a *value) *value { return f.compare(10, a, c.of(f, 0)) }

// keepPairs writes what is known of four pairs: three masks to one word.
func keepPairs(f *flow, far2, signed, inside, away, odd *value, toFar2, toSigned, flags reg.GPVirtual) {
	f.keep(far2, func(v reg.Register) { VMOVUPD(v, at(toFar2, 0)) })
	f.keep(signed, func(v reg.Register) { VMOVUPD(v, at(toSigned, 0)) })
	all := GP32()
	for k, mask := range []*value{inside, away, odd} {
		f.keep(mask, func(v reg.Register) {
			m := GP32()
			VMOVMSKPD(v, m)
			if k == 0 {
				MOVL(m, all)
				return
			}
			SHLL(operand.U8(8*k), m)
			ORL(m, all)
		})
	}
	f.put()
	MOVL(all, at(flags, 0))
}

// pairs writes a kernel that measures pairs of one kind.
func pairs(name string, measure func(f *flow, c *constants, x, v reg.GPVirtual) (far2, signed, inside, away, odd *value)) {
	TEXT(name, 0, "func(far2, signed []float64, flags []uint32, x []float64, v [][4]int32)")
	Doc(name + " has a pair in each lane.")
	Pragma("noescape")
	far2, signed, flags, x, v := base("far2"), base("signed"), base("flags"), base("x"), base("v")
	groups := GP64()
	Load(Param("flags").Len(), groups)
	c := &constants{name, map[uint64]operand.Mem{}}

	Label("group")
	f := &flow{}
	a, s, inside, away, odd := measure(f, c, x, v)
	keepPairs(f, a, s, inside, away, odd, far2, signed, flags)
	ADDQ(operand.U8(32), far2)
	ADDQ(operand.U8(32), signed)
	ADDQ(operand.U8(4), flags)
	ADDQ(operand.U8(64), v)
	DECQ(groups)
	JNZ(operand.LabelRef("group"))
	VZEROUPPER()
	RET()
}

func edgeEdge(f *flow, c *constants, x, v reg.GPVirtual) (far2, signed, inside, away, odd *value) {
	d := differences(f, c, x, v, [3][2]int{{1, 0}, {3, 2}, {0, 2}})
	e, g, r := d[0], d[1], d[2]
	ee, ff, ef := dot3(f, e, e), dot3(f, g, g), dot3(f, e, g)
	er, fr := dot3(f, e, r), dot3(f, g, r)
	both := f.mul(ee, ff)
	den := f.sub(both, f.mul(ef, ef))
	odd = f.or(f.or(notMore(f, c, ee), notMore(f, c, ff)), notLess(f, c, both, 1e300))
	crossing := f.compare(greater, den, f.mul(f.mul(ee, c.of(f, 3e-3)), ff))
	s := f.and(crossing, f.div(f.sub(f.mul(ef, fr), f.mul(ff, er)), den))
	t := f.and(crossing, f.div(f.sub(f.mul(ee, fr), f.mul(ef, er)), den))
	one := inRegister(f, c.of(f, 1))
	s1, t1 := f.sub(one, s), f.sub(one, t)
	within := f.least(f.least(s, t), f.least(s1, t1))
	inside = f.and(crossing, f.compare(greaterOrEqual, within, c.of(f, 0)))
	zero := inRegister(f, c.of(f, 0))
	away = f.or(f.compare(lessThan, within, c.of(f, -0.3)), f.compare(equal, crossing, c.of(f, 0)))
	// Nearest points of two segments.
	cs := clamp(f, c, s)
	ct := f.div(f.add(f.mul(ef, cs), fr), ff)
	before, beyond := f.compare(lessThan, ct, c.of(f, 0)), f.compare(greater, ct, c.of(f, 1))
	other := clamp(f, c, f.div(f.choose(before, f.sub(ef, er), f.negative(c, er)), ee))
	cs = f.choose(f.or(before, beyond), cs, other)
	ct = f.choose(before, f.choose(beyond, ct, one), zero)
	s, t = f.choose(inside, cs, s), f.choose(inside, ct, t)
	var m [3]*value
	for k := range m {
		m[k] = f.sub(f.add(r[k], f.mul(s, e[k])), f.mul(t, g[k]))
	}
	far2 = dot3(f, m, m)
	n := cross3(f, e, g)
	l := f.sqrt(dot3(f, n, n))
	for k := range n {
		n[k] = f.div(n[k], l)
	}
	tells := f.and(crossing, f.compare(unequal, l, c.of(f, 0)))
	return far2, f.choose(tells, one, dot3(f, n, r)), inside, away, f.or(odd, notLess(f, c, far2, 1e300))
}

func vertexTriangle(f *flow, c *constants, x, v reg.GPVirtual) (far2, signed, inside, away, odd *value) {
	d := differences(f, c, x, v, [3][2]int{{2, 1}, {3, 1}, {0, 1}})
	e, g, r := d[0], d[1], d[2]
	n := cross3(f, e, g)
	l := f.sqrt(dot3(f, n, n))
	for k := range n {
		n[k] = f.div(n[k], l)
	}
	u, w := f.div(dot3(f, cross3(f, r, g), n), l), f.div(dot3(f, cross3(f, e, r), n), l)
	signed = dot3(f, r, n)
	one := inRegister(f, c.of(f, 1))
	low := f.least(f.least(u, w), f.sub(f.sub(one, u), w))
	inside, away = f.compare(greaterOrEqual, low, c.of(f, 0)), f.compare(lessThan, low, c.of(f, -0.3))
	// The nearest of its edges.
	ee, ff := dot3(f, e, e), dot3(f, g, g)
	s := clamp(f, c, f.div(dot3(f, r, e), ee))
	first := less(f, r, e, s)
	best := dot3(f, first, first)
	t := clamp(f, c, f.div(dot3(f, r, g), ff))
	second := less(f, r, g, t)
	far := dot3(f, second, second)
	nearer := f.compare(lessThan, far, best)
	zero := inRegister(f, c.of(f, 0))
	cu, cw := f.choose(nearer, s, zero), f.and(nearer, t)
	best = f.choose(nearer, best, far)
	var b, o [3]*value
	for k := range b {
		b[k], o[k] = f.sub(g[k], e[k]), f.sub(r[k], e[k])
	}
	l2 := dot3(f, b, b)
	p := clamp(f, c, f.div(dot3(f, o, b), l2))
	p1 := f.sub(one, p)
	third := less(f, less(f, r, e, p1), g, p)
	nearer = f.and(f.compare(lessThan, dot3(f, third, third), best), f.compare(greater, l2, c.of(f, 0)))
	cu, cw = f.choose(nearer, cu, p1), f.choose(nearer, cw, p)
	m := less(f, less(f, r, e, cu), g, cw)
	far2 = f.choose(inside, dot3(f, m, m), f.mul(signed, signed))
	odd = f.or(f.or(notMore(f, c, l), notLess(f, c, f.mul(ee, ff), 1e300)), notLess(f, c, far2, 1e300))
	return far2, signed, inside, away, odd
}
