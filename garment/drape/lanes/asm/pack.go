package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// pack rounds a block in registers of four numbers, four and one.
func pack() {
	TEXT("packAVX2", NOSPLIT, "func(block []float32, off []float64, edge, bend []int32, val []float64, stiffness float64)")
	Doc("packAVX2 is pack, up to four numbers of a block at a time.")
	n, e, sign, w := GP64(), GP64(), GP64(), XMM()
	Load(Param("edge").Len(), n)
	block, off, edge, bend, val := base("block"), base("off"), base("edge"), base("bend"), base("val")
	Load(Param("stiffness"), w)
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))

	Label("block")
	MOVLQSX(at(edge, 0), e)
	MOVQ(e, sign)
	SARQ(operand.U8(63), sign)
	XORQ(sign, e)
	LEAQ(operand.Mem{Base: e, Index: e, Scale: 8}, e)
	LEAQ(operand.Mem{Base: off, Index: e, Scale: 8}, e)
	x, y, z := XMM(), XMM(), XMM()
	VCVTPD2PSY(at(e, 0), x)  // 0 1 2 3
	VCVTPD2PSY(at(e, 32), y) // 4 5 6 7
	VXORPS(z, z, z)
	VCVTSD2SS(at(e, 64), z, z)
	TESTQ(sign, sign)
	JNZ(operand.LabelRef("bend"))
	t := XMM()
	VSHUFPS(operand.U8(0b00_10_11_00), y, x, t)  // 0 3 6
	VINSERTPS(operand.U8(0b01_11_0000), x, t, t) // 0 3 6 1
	VSHUFPS(operand.U8(0b00_10_11_00), x, y, x)  // 4 7 2
	VINSERTPS(operand.U8(0b01_11_0000), y, x, y) // 4 7 2 5
	VMOVAPS(t, x)

	Label("bend")
	MOVLQSX(at(bend, 0), e)
	TESTQ(e, e)
	JS(operand.LabelRef("write"))
	f := XMM()
	VMULSD(operand.Mem{Base: val, Index: e, Scale: 8}, w, f)
	VCVTSD2SS(f, f, f)
	VADDSS(f, x, x)
	VADDSS(f, y, y)
	VADDSS(f, z, z)
	Label("write")
	VMOVUPS(x, at(block, 0))
	VMOVUPS(y, at(block, 16))
	VMOVSS(z, at(block, 32))
	ADDQ(operand.U8(36), block)
	ADDQ(operand.U8(4), edge)
	ADDQ(operand.U8(4), bend)
	DECQ(n)
	JNZ(operand.LabelRef("block"))
	Label("done")
	VZEROUPPER()
	RET()
}
