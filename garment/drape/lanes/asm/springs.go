package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// ends are one end of four springs: inverse masses and positions.
type ends struct {
	w  *value
	at [3]*value
}

// place finds where the k-th of them lies.
func place(index, x reg.GPVirtual, k int) operand.Mem {
	i := GP64()
	MOVL(at(index, 4*k), i.As32())
	LEAQ(operand.Mem{Base: i, Index: i, Scale: 2}, i)
	return operand.Mem{Base: x, Index: i, Scale: 8}
}

// low is the lower half of a register.
func low(r operand.Op) reg.Register { return r.(reg.Vec).AsX() }

// spread puts four single numbers in memory into one register.
func spread(f *flow, m func(k int) operand.Mem) *value {
	pair := func(k int) *value {
		one := f.load(func(out reg.Register) { VMOVSD(m(k), low(out)) })
		return f.do(false, func(out reg.Register, a []operand.Op) { VMOVHPD(m(k+1), low(a[0]), low(out)) }, one)
	}
	return f.do(false, func(out reg.Register, a []operand.Op) {
		VINSERTF128(operand.U8(1), low(a[1]), a[0], out)
	}, pair(0), pair(2))
}

// endsAt loads them. x and y of a vertex are read at once, z by itself: so they were
// written.
func endsAt(f *flow, index, x, mass reg.GPVirtual) (e ends) {
	half := func(k int) *value {
		one := f.load(func(out reg.Register) { VMOVUPD(place(index, x, k), low(out)) })
		return f.do(false, func(out reg.Register, a []operand.Op) {
			VINSERTF128(operand.U8(1), place(index, x, k+2), a[0], out)
		}, one)
	}
	a, b := half(0), half(1)
	e.at[0], e.at[1] = f.two(VUNPCKLPD, a, b), f.two(VUNPCKHPD, a, b)
	e.at[2] = spread(f, func(k int) operand.Mem { return place(index, x, k).Offset(16) })
	e.w = spread(f, func(k int) operand.Mem {
		i := GP64()
		MOVL(at(index, 4*k), i.As32())
		return operand.Mem{Base: mass, Index: i, Scale: 8}
	})
	return e
}

// put writes the positions.
func (e *ends) put(f *flow, index, x reg.GPVirtual) {
	upper := f.do(false, func(out reg.Register, a []operand.Op) {
		VEXTRACTF128(operand.U8(1), a[0], low(out))
	}, e.at[2])
	for k, xy := range [2]*value{f.two(VUNPCKLPD, e.at[0], e.at[1]), f.two(VUNPCKHPD, e.at[0], e.at[1])} {
		f.keep(xy, func(v reg.Register) {
			VMOVUPD(low(v), place(index, x, k))
			VEXTRACTF128(operand.U8(1), v, place(index, x, k+2))
		})
	}
	for k, z := range [2]*value{e.at[2], upper} {
		f.keep(z, func(v reg.Register) {
			VMOVLPD(low(v), place(index, x, 2*k).Offset(16))
			VMOVHPD(low(v), place(index, x, 2*k+1).Offset(16))
		})
	}
}

// solveSprings has a spring to a lane. It stops before four of which one has no length
// and returns how many fours are done.
func solveSprings() {
	TEXT("solveSpringsAVX2", 0, "func(x, invMass []float64, a, b []int32, length, compliance []float64, ia float64, quads int) int")
	Doc("solveSpringsAVX2 is solveSprings with a spring to a lane.")
	Pragma("noescape")
	x, mass, a, b, length, compliance := base("x"), base("invMass"), base("a"), base("b"), base("length"), base("compliance")
	quads := GP64()
	Load(Param("quads"), quads)
	p, err := Param("ia").Resolve()
	if err != nil {
		panic(err)
	}
	c := &constants{"springs", map[uint64]operand.Mem{}}

	Label("quad")
	f := &flow{}
	one, other := endsAt(f, a, x, mass), endsAt(f, b, x, mass)
	var d [3]*value
	for k := range d {
		d[k] = f.sub(one.at[k], other.at[k])
	}
	l := f.sqrt(dot3(f, d, d))
	f.keep(f.compare(equal, l, c.of(f, 0)), func(v reg.Register) {
		without := GP32()
		VMOVMSKPD(v, without)
		TESTL(without, without)
		JNZ(operand.LabelRef("done"))
	})
	ia := f.load(func(out reg.Register) { VBROADCASTSD(p.Addr, out) })
	w := f.sum(one.w, other.w, f.mul(ia, f.at(at(compliance, 0))))
	m := f.div(f.sub(l, f.at(at(length, 0))), f.mul(l, w))
	for k := range d {
		way := f.mul(d[k], m)
		one.at[k] = f.sub(one.at[k], f.mul(way, one.w))
		other.at[k] = f.add(other.at[k], f.mul(way, other.w))
	}
	one.put(f, a, x)
	other.put(f, b, x)
	f.put()
	ADDQ(operand.U8(16), a)
	ADDQ(operand.U8(16), b)
	ADDQ(operand.U8(32), length)
	ADDQ(operand.U8(32), compliance)
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))

	Label("done")
	all := GP64()
	Load(Param("quads"), all)
	SUBQ(quads, all)
	Store(all, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
