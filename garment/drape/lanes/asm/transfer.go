package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// everywhere loads a number into all lanes of a register.
func everywhere(m operand.Mem, r reg.VecVirtual) reg.VecVirtual {
	VBROADCASTSS(m, r)
	return r
}

// count moves on to the next row and writes the number of entries of the last, which
// is what the flags are about.
func count(start reg.GPVirtual, n reg.GPVirtual) {
	ADDQ(operand.U8(4), start)
	MOVL(at(start, 0), n.As32())
	SUBL(at(start, -4), n.As32())
}

// restrict has an aggregate's six motions in the lanes of a register of eight.
func restrict() {
	TEXT("restrictAVX2", NOSPLIT, "func(o []float64, val, r []float32, node, start []int32, br int)")
	Doc("restrictAVX2 is restrict with a motion to a lane.")
	rows, n, j, k, br := GP64(), GP64(), GP64(), GP64(), GP64()
	Load(Param("start").Len(), rows)
	Load(Param("br"), br)
	o, val, r, node, start := base("o"), base("val"), base("r"), base("node"), base("start")
	sum := YMM()

	Label("aggregate")
	DECQ(rows)
	JLE(operand.LabelRef("done"))
	VXORPS(sum, sum, sum)
	count(start, n)
	JZ(operand.LabelRef("write"))
	Label("member")
	MOVL(at(node, 0), j.As32())
	LEAQ(operand.Mem{Base: r, Index: j, Scale: 4}, j)
	MOVQ(br, k)
	Label("three") // rows of the prolongator
	for row := range 3 {
		x := everywhere(at(j, 4*row), YMM())
		VMULPS(at(val, 24*row), x, x)
		VADDPS(x, sum, sum)
	}
	ADDQ(operand.U8(72), val)
	ADDQ(operand.U8(12), j)
	SUBQ(operand.U8(3), k)
	JNZ(operand.LabelRef("three"))
	ADDQ(operand.U8(4), node)
	DECL(n.As32())
	JNZ(operand.LabelRef("member"))

	Label("write")
	low, high := YMM(), XMM()
	VCVTPS2PD(sum.AsX(), low)
	VMOVUPD(low, at(o, 0))
	VEXTRACTF128(operand.U8(1), sum, high)
	VCVTPS2PD(high, high)
	VMOVUPD(high, at(o, 32))
	ADDQ(operand.U8(48), o)
	JMP(operand.LabelRef("aggregate"))
	Label("done")
	VZEROUPPER()
	RET()
}

// motions sums six columns, one behind the other, times the six numbers at e.
func motions(val reg.Register, stride int, e operand.Mem, register func() reg.VecVirtual) reg.VecVirtual {
	s := everywhere(e, register())
	VMULPS(at(val, 0), s, s)
	for k := 1; k < 6; k++ {
		x := everywhere(e.Offset(4*k), register())
		VMULPS(at(val, stride*k), x, x)
		VADDPS(x, s, s)
	}
	return s
}

// prolongVerts has a vertex's three components in the lanes of a register.
func prolongVerts() {
	TEXT("prolongVertsAVX2", NOSPLIT, "func(z, val, e []float32, part, start []int32)")
	Doc("prolongVertsAVX2 is prolongVerts with a component to a lane.")
	rows, n, j := GP64(), GP64(), GP64()
	Load(Param("start").Len(), rows)
	z, val, e, part, start := base("z"), base("val"), base("e"), base("part"), base("start")
	sum := XMM()

	Label("vertex")
	DECQ(rows)
	JLE(operand.LabelRef("done"))
	count(start, n)
	JZ(operand.LabelRef("none"))
	VMOVUPS(at(z, 0), sum)
	Label("share")
	MOVL(at(part, 0), j.As32())
	VADDPS(motions(val, 12, operand.Mem{Base: e, Index: j, Scale: 4}, XMM), sum, sum)
	ADDQ(operand.U8(72), val)
	ADDQ(operand.U8(4), part)
	DECL(n.As32())
	JNZ(operand.LabelRef("share"))
	store3(sum, at(z, 0))
	Label("none")
	ADDQ(operand.U8(12), z)
	JMP(operand.LabelRef("vertex"))
	Label("done")
	RET()
}

// prolongNodes has a node's six components in the lanes of a register of eight, their
// sums in those of two.
func prolongNodes() {
	TEXT("prolongNodesAVX2", NOSPLIT, "func(z []float64, val, e []float32, part, start []int32)")
	Doc("prolongNodesAVX2 is prolongNodes with a component to a lane.")
	rows, n, j := GP64(), GP64(), GP64()
	Load(Param("start").Len(), rows)
	z, val, e, part, start := base("z"), base("val"), base("e"), base("part"), base("start")
	low, high := YMM(), XMM()

	Label("node")
	DECQ(rows)
	JLE(operand.LabelRef("done"))
	count(start, n)
	JZ(operand.LabelRef("none"))
	VMOVUPD(at(z, 0), low)
	VMOVUPD(at(z, 32), high)
	Label("share")
	MOVL(at(part, 0), j.As32())
	s := motions(val, 24, operand.Mem{Base: e, Index: j, Scale: 4}, YMM)
	a, b := YMM(), XMM()
	VCVTPS2PD(s.AsX(), a)
	VADDPD(a, low, low)
	VEXTRACTF128(operand.U8(1), s, b)
	VCVTPS2PD(b, b)
	VADDPD(b, high, high)
	ADDQ(operand.U8(144), val)
	ADDQ(operand.U8(4), part)
	DECL(n.As32())
	JNZ(operand.LabelRef("share"))
	VMOVUPD(low, at(z, 0))
	VMOVUPD(high, at(z, 32))
	Label("none")
	ADDQ(operand.U8(48), z)
	JMP(operand.LabelRef("node"))
	Label("done")
	VZEROUPPER()
	RET()
}

// timesBlock adds a block of six columns times the six numbers at x to a sum of four
// and one of two lanes.
func timesBlock(block reg.Register, x operand.Mem, low, high reg.VecVirtual) {
	l, h := YMM(), XMM()
	for k := range 6 {
		w := YMM()
		VBROADCASTSD(x.Offset(8*k), w)
		if k == 0 {
			VMULPD(at(block, 0), w, l)
			VMULPD(at(block, 32), w.AsX(), h)
			continue
		}
		v := XMM()
		VMULPD(at(block, 48*k+32), w.AsX(), v)
		VMULPD(at(block, 48*k), w, w)
		VADDPD(w, l, l)
		VADDPD(v, h, h)
	}
	VADDPD(l, low, low)
	VADDPD(h, high, high)
}

// multiplyBlocks has a node's six components in the lanes of two registers.
func multiplyBlocks() {
	TEXT("multiplyBlocksAVX2", NOSPLIT, "func(y, own, x []float64, start, col []int32, block, diag []float64)")
	Doc("multiplyBlocksAVX2 is multiplyBlocks with a component to a lane.")
	rows, n, j := GP64(), GP64(), GP64()
	Load(Param("start").Len(), rows)
	y, own, x, start, col, block, diag := base("y"), base("own"), base("x"), base("start"), base("col"), base("block"), base("diag")
	low, high := YMM(), XMM()

	Label("row")
	DECQ(rows)
	JLE(operand.LabelRef("done"))
	VXORPD(low, low, low)
	VXORPD(high, high, high)
	timesBlock(diag, at(own, 0), low, high)
	count(start, n)
	JZ(operand.LabelRef("write"))
	Label("block")
	MOVL(at(col, 0), j.As32())
	timesBlock(block, operand.Mem{Base: x, Index: j, Scale: 8}, low, high)
	ADDQ(operand.U32(288), block)
	ADDQ(operand.U8(4), col)
	DECL(n.As32())
	JNZ(operand.LabelRef("block"))
	Label("write")
	VMOVUPD(low, at(y, 0))
	VMOVUPD(high, at(y, 32))
	ADDQ(operand.U8(48), y)
	ADDQ(operand.U8(48), own)
	ADDQ(operand.U32(288), diag)
	JMP(operand.LabelRef("row"))
	Label("done")
	VZEROUPPER()
	RET()
}

// halve turns numbers into single precision, four at a time.
func halve() {
	TEXT("halveAVX2", NOSPLIT, "func(dst []float32, src []float64)")
	Doc("halveAVX2 is halve, four numbers at a time.")
	n := GP64()
	Load(Param("dst").Len(), n)
	dst, src := base("dst"), base("src")
	SUBQ(operand.U8(4), n)
	JL(operand.LabelRef("done"))
	Label("four")
	a := XMM()
	VCVTPD2PSY(at(src, 0), a)
	VMOVUPS(a, at(dst, 0))
	ADDQ(operand.U8(32), src)
	ADDQ(operand.U8(16), dst)
	SUBQ(operand.U8(4), n)
	JGE(operand.LabelRef("four"))
	Label("done")
	VZEROUPPER()
	RET()
}
