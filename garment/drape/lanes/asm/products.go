package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// six is six numbers in double precision.
type six struct{ low, high reg.VecVirtual }

// single loads six numbers of single precision.
func single(m operand.Mem) six {
	s := six{YMM(), XMM()}
	VCVTPS2PD(m, s.low)
	VCVTPS2PD(m.Offset(16), s.high)
	return s
}

// addMultiple adds a number times six others to six at o.
func addMultiple(f operand.Mem, v, o six) {
	w, h := YMM(), XMM()
	VBROADCASTSD(f, w)
	VMULPD(v.high, w.AsX(), h)
	VMULPD(v.low, w, w)
	VADDPD(w, o.low, o.low)
	VADDPD(h, o.high, o.high)
}

// addColumns adds to one after the other of six at o those of v times what factor
// says.
func addColumns(o reg.Register, count int, v []six, factor func(column, k int) operand.Mem) {
	for c := range count {
		s := six{YMM(), XMM()}
		VMOVUPD(at(o, 48*c), s.low)
		VMOVUPD(at(o, 48*c+32), s.high)
		for k := range v {
			addMultiple(factor(c, k), v[k], s)
		}
		VMOVUPD(s.low, at(o, 48*c))
		VMOVUPD(s.high, at(o, 48*c+32))
	}
}

// addProducts has a row of six in two registers.
func addProducts(br int, entry string) {
	name := fmt.Sprintf("addProducts%d", br)
	TEXT(name+"AVX2", NOSPLIT, fmt.Sprintf("func(o []float64, a []%s, b []float32, place []int32)", entry))
	Doc(name + "AVX2 is addProducts for blocks of its size, with a column to a lane.")
	n := GP64()
	Load(Param("place").Len(), n)
	o, a, b, place := base("o"), base("a"), base("b"), base("place")
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))
	entries := operand.Mem{Base: a}
	if entry == "float32" {
		entries = AllocLocal(8 * br * br)
		v := XMM()
		for k := range br * br {
			VXORPS(v, v, v)
			VCVTSS2SD(at(a, 4*k), v, v)
			VMOVSD(v, entries.Offset(8*k))
		}
	}
	Label("share")
	j := GP64()
	MOVL(at(place, 0), j.As32())
	IMUL3Q(operand.U32(48*br), j, j)
	ADDQ(o, j)
	rows := make([]six, br)
	for q := range rows {
		rows[q] = single(at(b, 24*q))
	}
	addColumns(j, br, rows, func(r, q int) operand.Mem { return entries.Offset(8 * (br*q + r)) })
	ADDQ(operand.U32(24*br), b)
	ADDQ(operand.U8(4), place)
	DECQ(n)
	JNZ(operand.LabelRef("share"))
	Label("done")
	VZEROUPPER()
	RET()
}

// addMultiples has 18 numbers in five registers.
func addMultiples() {
	TEXT("addMultiplesAVX2", NOSPLIT, "func(o []float64, f float64, b []float32, place []int32)")
	Doc("addMultiplesAVX2 is addMultiples, four numbers at a time.")
	n := GP64()
	Load(Param("place").Len(), n)
	o, b, place := base("o"), base("b"), base("place")
	f := YMM()
	m, err := Param("f").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSD(m.Addr, f)
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))
	Label("share")
	j := GP64()
	MOVL(at(place, 0), j.As32())
	IMUL3Q(operand.U32(144), j, j)
	ADDQ(o, j)
	for k := 0; k < 16; k += 4 {
		v := YMM()
		VCVTPS2PD(at(b, 4*k), v)
		VMULPD(f, v, v)
		VADDPD(at(j, 8*k), v, v)
		VMOVUPD(v, at(j, 8*k))
	}
	v := XMM()
	VCVTPS2PD(at(b, 64), v)
	VMULPD(f.AsX(), v, v)
	VADDPD(at(j, 128), v, v)
	VMOVUPD(v, at(j, 128))
	ADDQ(operand.U8(72), b)
	ADDQ(operand.U8(4), place)
	DECQ(n)
	JNZ(operand.LabelRef("share"))
	Label("done")
	VZEROUPPER()
	RET()
}

// addTransposed has a column of six in two registers.
func addTransposed(br int) {
	name := fmt.Sprintf("addTransposed%d", br)
	TEXT(name+"AVX2", NOSPLIT, "func(diag, block []float64, p []float32, f []float64, to []int32)")
	Doc(name + "AVX2 is addTransposed for blocks of its size, with a row to a lane.")
	n := GP64()
	Load(Param("to").Len(), n)
	diag, block, p, f, to := base("diag"), base("block"), base("p"), base("f"), base("to")
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))
	rows := make([]six, br)
	for q := range rows {
		rows[q] = single(at(p, 24*q))
	}
	Label("part")
	j := GP64()
	MOVL(at(to, 0), j.As32())
	SUBQ(operand.U8(1), j)
	JL(operand.LabelRef("next"))
	SUBQ(operand.U8(1), j)
	IMUL3Q(operand.U32(288), j, j)
	LEAQ(operand.Mem{Base: block, Index: j, Scale: 1}, j)
	CMPL(at(to, 0), operand.U8(1))
	CMOVQEQ(diag, j)
	addColumns(j, 6, rows, func(c, q int) operand.Mem { return at(f, 48*q+8*c) })
	Label("next")
	ADDQ(operand.U32(48*br), f)
	ADDQ(operand.U8(4), to)
	DECQ(n)
	JNZ(operand.LabelRef("part"))
	Label("done")
	VZEROUPPER()
	RET()
}
