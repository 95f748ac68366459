package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// base loads the address of a slice parameter.
func base(name string) reg.GPVirtual {
	r := GP64()
	Load(Param(name).Base(), r)
	return r
}

// at is the memory at a register.
func at(r reg.Register, disp int) operand.Mem { return operand.Mem{Base: r, Disp: disp} }

// columns are the products of three columns, at the given places, with a vector's
// components, each in all lanes: ((c0 x) + (c1 y)) + (c2 z).
func columns(c0, c1, c2 operand.Op, v [3]reg.VecVirtual) reg.VecVirtual {
	x, y, z := v[0], v[1], v[2]
	VMULPS(c0, x, x)
	VMULPS(c1, y, y)
	VADDPS(y, x, x)
	VMULPS(c2, z, z)
	VADDPS(z, x, x)
	return x
}

// triple loads three numbers, each into all lanes.
func triple(m operand.Mem) (v [3]reg.VecVirtual) {
	for k := range v {
		v[k] = XMM()
		VBROADCASTSS(m.Offset(4*k), v[k])
	}
	return v
}

// symmetric spreads xx xy xz yy yz zz into three columns.
func symmetric(d reg.Register) (c0, c1, c2 reg.VecVirtual) {
	c0, c1, c2 = XMM(), XMM(), XMM()
	VMOVUPS(at(d, 0), c0)
	VPERMILPS(operand.U8(0b00_11_10_00), at(d, 4), c1)
	VPERMILPS(operand.U8(0b00_11_10_00), at(d, 8), c2)
	return c0, c1, c2
}

// addDot adds the product of two vectors of three, summed in single precision, to
// a sum in double precision.
func addDot(sum, a, b reg.VecVirtual) {
	p, q := XMM(), XMM()
	VMULPS(b, a, p)
	VMOVSHDUP(p, q)
	VADDSS(q, p, q)
	VUNPCKHPS(p, p, p)
	VADDSS(p, q, p)
	VCVTSS2SD(p, p, p)
	VADDSD(p, sum, sum)
}

// store3 writes three lanes.
func store3(a reg.VecVirtual, m operand.Mem) {
	VMOVLPS(a, m)
	VEXTRACTPS(operand.U8(2), a, m.Offset(8))
}

// addBlock adds the k-th block from here times its part of v to a row.
func addBlock(acc reg.VecVirtual, v, block, col reg.Register, k int) {
	j := GP64()
	MOVL(at(col, 4*k), j.As32())
	w := columns(at(block, 36*k), at(block, 36*k+12), at(block, 36*k+24), triple(operand.Mem{Base: v, Index: j, Scale: 4}))
	VADDPS(w, acc, acc)
}

// addFar adds the k-th multiple of the unit matrix from here times its part of v.
func addFar(acc reg.VecVirtual, v, far, col reg.Register, k int) {
	j, f := GP64(), XMM()
	MOVL(at(col, 4*k), j.As32())
	VBROADCASTSS(at(far, 4*k), f)
	VMULPS(operand.Mem{Base: v, Index: j, Scale: 4}, f, f)
	VADDPS(f, acc, acc)
}

// multiplyRows has a vertex's three components in the lanes of a register.
func multiplyRows() {
	TEXT("multiplyRowsAVX2", NOSPLIT, "func(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64")
	Doc("multiplyRowsAVX2 is multiplyRows with a component to a lane.")
	rows := GP64()
	Load(Param("start").Len(), rows)
	y, own, v, start, col, block := base("y"), base("own"), base("v"), base("start"), base("col"), base("block")
	farStart, farCol, far, diag := base("farStart"), base("farCol"), base("far"), base("diag")
	n, j := GP64(), GP64()
	sum := XMM()
	VXORPS(sum, sum, sum)

	Label("row")
	DECQ(rows)
	JLE(operand.LabelRef("done"))
	c0, c1, c2 := symmetric(diag)
	acc := columns(c0, c1, c2, triple(at(own, 0)))

	MOVL(at(start, 4), n.As32())
	SUBL(at(start, 0), n.As32())
	TESTL(operand.U32(1), n.As32())
	JZ(operand.LabelRef("two"))
	addBlock(acc, v, block, col, 0)
	ADDQ(operand.U8(36), block)
	ADDQ(operand.U8(4), col)
	Label("two")
	SHRL(operand.U8(1), n.As32())
	JZ(operand.LabelRef("far"))
	Label("block")
	addBlock(acc, v, block, col, 0)
	addBlock(acc, v, block, col, 1)
	ADDQ(operand.U8(72), block)
	ADDQ(operand.U8(8), col)
	DECL(n.As32())
	JNZ(operand.LabelRef("block"))

	Label("far")
	MOVL(at(farStart, 4), n.As32())
	SUBL(at(farStart, 0), n.As32())
	MOVL(n.As32(), j.As32())
	ANDL(operand.U8(3), j.As32())
	JZ(operand.LabelRef("four"))
	Label("one")
	addFar(acc, v, far, farCol, 0)
	ADDQ(operand.U8(4), far)
	ADDQ(operand.U8(4), farCol)
	DECL(j.As32())
	JNZ(operand.LabelRef("one"))
	Label("four")
	SHRL(operand.U8(2), n.As32())
	JZ(operand.LabelRef("end"))
	Label("multiple")
	for k := range 4 {
		addFar(acc, v, far, farCol, k)
	}
	ADDQ(operand.U8(16), far)
	ADDQ(operand.U8(16), farCol)
	DECL(n.As32())
	JNZ(operand.LabelRef("multiple"))

	Label("end")
	store3(acc, at(y, 0))
	o := XMM()
	VMOVUPS(at(own, 0), o)
	addDot(sum, acc, o)
	ADDQ(operand.U8(12), y)
	ADDQ(operand.U8(12), own)
	ADDQ(operand.U8(24), diag)
	ADDQ(operand.U8(4), start)
	ADDQ(operand.U8(4), farStart)
	JMP(operand.LabelRef("row"))

	Label("done")
	Store(sum, ReturnIndex(0))
	RET()
}

// precondition has a vertex's three components in the lanes of a register.
func precondition() {
	TEXT("preconditionAVX2", NOSPLIT, "func(z, r, inv []float32) float64")
	Doc("preconditionAVX2 is precondition with a component to a lane.")
	n := GP64()
	Load(Param("z").Len(), n)
	z, r, inv := base("z"), base("r"), base("inv")
	sum := XMM()
	VXORPS(sum, sum, sum)

	Label("vertex")
	SUBQ(operand.U8(3), n)
	JL(operand.LabelRef("done"))
	c0, c1, c2 := symmetric(inv)
	a := columns(c0, c1, c2, triple(at(r, 0)))
	o := XMM()
	VMOVUPS(at(r, 0), o)
	store3(a, at(z, 0))
	addDot(sum, o, a)
	ADDQ(operand.U8(12), z)
	ADDQ(operand.U8(12), r)
	ADDQ(operand.U8(24), inv)
	JMP(operand.LabelRef("vertex"))

	Label("done")
	Store(sum, ReturnIndex(0))
	RET()
}

// relax has a vertex's three components in the lanes of a register.
func relax() {
	TEXT("relaxAVX2", NOSPLIT, "func(z, r, y, inv []float32, ease float32) float64")
	Doc("relaxAVX2 is relax with a component to a lane.")
	n, e := GP64(), XMM()
	Load(Param("z").Len(), n)
	z, r, y, inv := base("z"), base("r"), base("y"), base("inv")
	m, err := Param("ease").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(m.Addr, e)
	sum := XMM()
	VXORPS(sum, sum, sum)

	Label("vertex")
	SUBQ(operand.U8(3), n)
	JL(operand.LabelRef("done"))
	c0, c1, c2 := symmetric(inv)
	v := triple(at(y, 0))
	for k := range v {
		VMULPS(e, v[k], v[k])
	}
	a, o := columns(c0, c1, c2, v), XMM()
	VMOVUPS(at(z, 0), o)
	VADDPS(a, o, a)
	VMOVUPS(at(r, 0), o)
	store3(a, at(z, 0))
	addDot(sum, o, a)
	ADDQ(operand.U8(12), z)
	ADDQ(operand.U8(12), r)
	ADDQ(operand.U8(12), y)
	ADDQ(operand.U8(24), inv)
	JMP(operand.LabelRef("vertex"))

	Label("done")
	Store(sum, ReturnIndex(0))
	RET()
}
