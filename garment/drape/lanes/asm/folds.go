package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// nine is a block of nine numbers in registers.
type nine struct{ first, second, last reg.VecVirtual }

// spread adds a block to those of four patches, with the shares at weight.
func (b nine) spread(o, place reg.Register, weight operand.Mem) {
	shares := XMM()
	VCVTPD2PSY(weight, shares)
	for k := range 4 {
		p, w, v := GP64(), XMM(), XMM()
		MOVL(at(place, 4*k), p.As32())
		LEAQ(operand.Mem{Base: o, Index: p, Scale: 4}, p)
		VPERMILPS(operand.U8(0x55*k), shares, w)
		VMULPS(b.first, w, v)
		VADDPS(at(p, 0), v, v)
		VMOVUPS(v, at(p, 0))
		VMULPS(b.second, w, v)
		VADDPS(at(p, 16), v, v)
		VMOVUPS(v, at(p, 16))
		VMULSS(b.last, w, v)
		VADDSS(at(p, 32), v, v)
		VMOVSS(v, at(p, 32))
	}
}

// ofColumn is the place of the shares of the vertex that a column belongs to: columns
// are three times the vertex, and a third of such a number is its product with the
// inverse of three modulo 2^32.
func ofColumn(weight, col reg.Register) operand.Mem {
	j := GP64()
	IMUL3L(operand.U32(0xaaaaaaab), at(col, 0), j.As32())
	SHLQ(operand.U8(5), j)
	return operand.Mem{Base: weight, Index: j, Scale: 1}
}

func foldRow() {
	TEXT("foldRowAVX2", NOSPLIT, "func(o []float32, place []int32, weight []float64, i int, diag, block []float32, col []int32, far []float32, farCol []int32)")
	Doc("foldRowAVX2 is foldRow, up to four numbers of a block at a time.")
	o, place, weight, diag, block, col := base("o"), base("place"), base("weight"), base("diag"), base("block"), base("col")
	far, farCol, n := base("far"), base("farCol"), GP64()
	Load(Param("i"), n)
	SHLQ(operand.U8(5), n)
	d := nine{XMM(), XMM(), XMM()}
	VPERMILPS(operand.U8(0b01_10_01_00), at(diag, 0), d.first)
	VMOVUPS(at(diag, 8), d.second)
	VPERMILPS(operand.U8(3), d.second, d.last)
	VPERMILPS(operand.U8(0b10_00_10_01), d.second, d.second)
	d.spread(o, place, operand.Mem{Base: weight, Index: n, Scale: 1})
	ADDQ(operand.U8(16), place)

	Load(Param("col").Len(), n)
	TESTQ(n, n)
	JZ(operand.LabelRef("beyond"))
	Label("block")
	b := nine{XMM(), XMM(), XMM()}
	VMOVUPS(at(block, 0), b.first)
	VMOVUPS(at(block, 16), b.second)
	VMOVSS(at(block, 32), b.last)
	b.spread(o, place, ofColumn(weight, col))
	ADDQ(operand.U8(36), block)
	ADDQ(operand.U8(4), col)
	ADDQ(operand.U8(16), place)
	DECQ(n)
	JNZ(operand.LabelRef("block"))

	Label("beyond")
	Load(Param("farCol").Len(), n)
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))
	Label("multiple")
	f := XMM()
	s := XMM()
	VCVTPD2PSY(ofColumn(weight, farCol), s)
	VBROADCASTSS(at(far, 0), f)
	VMULPS(f, s, s)
	for k := range 4 {
		p, w := GP64(), XMM()
		MOVL(at(place, 4*k), p.As32())
		LEAQ(operand.Mem{Base: o, Index: p, Scale: 4}, p)
		VPERMILPS(operand.U8(0x55*k), s, w)
		for e := 0; e < 9; e += 4 {
			v := XMM()
			VADDSS(at(p, 4*e), w, v)
			VMOVSS(v, at(p, 4*e))
		}
	}
	ADDQ(operand.U8(4), far)
	ADDQ(operand.U8(4), farCol)
	ADDQ(operand.U8(16), place)
	DECQ(n)
	JNZ(operand.LabelRef("multiple"))
	Label("done")
	VZEROUPPER()
	RET()
}
