package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// square is where a loop over groups of four rows of a factor is.
type square struct {
	y, inv, row [4]operand.Mem // of the group, row k from column i on
	at          reg.GPVirtual  // columns before the group, times eight
}

// fourRows loads the parameters and gives the places of the group of rows that i, a
// row times eight, begins.
func fourRows(a, y, inv, stride, i, first reg.GPVirtual) (s square) {
	s.at = i
	for k := range 4 {
		s.y[k] = operand.Mem{Base: y, Index: i, Scale: 1, Disp: 8 * k}
		s.inv[k] = operand.Mem{Base: inv, Index: i, Scale: 1, Disp: 8 * k}
		r := GP64()
		if k == 0 {
			MOVQ(first, r)
		} else {
			LEAQ(operand.Mem{Base: s.row[k-1].Base, Index: stride, Scale: 1}, r)
		}
		s.row[k] = operand.Mem{Base: r}
	}
	return s
}

func forwardFours() {
	TEXT("forwardFoursAVX2", NOSPLIT, "func(y, a, inv []float64, n int)")
	Doc("forwardFoursAVX2 is forwardFours with the sums of a row to four lanes.")
	a, y, inv := base("a"), base("y"), base("inv")
	stride, end, i, k := GP64(), GP64(), GP64(), GP64()
	Load(Param("n"), stride)
	MOVQ(stride, end)
	ANDQ(operand.I32(-4), end)
	SHLQ(operand.U8(3), end)
	SHLQ(operand.U8(3), stride)
	XORQ(i, i)
	Label("group")
	CMPQ(i, end)
	JGE(operand.LabelRef("done"))
	s := fourRows(a, y, inv, stride, i, a)
	var sum [4]reg.VecVirtual
	for r := range sum {
		sum[r] = YMM()
		VXORPD(sum[r], sum[r], sum[r])
	}
	XORQ(k, k)
	JMP(operand.LabelRef("test"))
	Label("four")
	v := YMM()
	VMOVUPD(operand.Mem{Base: y, Index: k, Scale: 1}, v)
	for r := range sum {
		w := YMM()
		VMULPD(operand.Mem{Base: s.row[r].Base, Index: k, Scale: 1}, v, w)
		VADDPD(w, sum[r], sum[r])
	}
	ADDQ(operand.U8(32), k)
	Label("test")
	CMPQ(k, i)
	JL(operand.LabelRef("four"))

	var x [4]reg.VecVirtual
	for r := range sum {
		high, odd, w := XMM(), XMM(), XMM()
		VEXTRACTF128(operand.U8(1), sum[r], high)
		VUNPCKHPD(high, high, odd)
		VADDSD(odd, high, high)
		VUNPCKHPD(sum[r].AsX(), sum[r].AsX(), odd)
		s0 := sum[r].AsX()
		for q := range r { // the rest goes to the first sum
			VMULSD(operand.Mem{Base: s.row[r].Base, Index: i, Scale: 1, Disp: 8 * q}, x[q], w)
			VADDSD(w, s0, s0)
		}
		VADDSD(odd, s0, s0)
		VADDSD(high, s0, s0)
		x[r] = XMM()
		VMOVSD(s.y[r], x[r])
		VSUBSD(s0, x[r], x[r])
		VMULSD(s.inv[r], x[r], x[r])
		VMOVSD(x[r], s.y[r])
	}
	LEAQ(operand.Mem{Base: a, Index: stride, Scale: 4}, a)
	ADDQ(operand.U8(32), i)
	JMP(operand.LabelRef("group"))
	Label("done")
	VZEROUPPER()
	RET()
}

func backwardFours() {
	TEXT("backwardFoursAVX2", NOSPLIT, "func(y, a, inv []float64, n int)")
	Doc("backwardFoursAVX2 is backwardFours, four columns at a time.")
	a, y, inv := base("a"), base("y"), base("inv")
	stride, i, k, step := GP64(), GP64(), GP64(), GP64()
	Load(Param("n"), stride)
	MOVQ(stride, i)
	ANDQ(operand.I32(-4), i)
	MOVQ(i, k)
	SHLQ(operand.U8(3), stride)
	IMULQ(stride, k)
	ADDQ(k, a) // the row behind the last group
	SHLQ(operand.U8(3), i)
	MOVQ(stride, step)
	SHLQ(operand.U8(2), step)
	sign := XMM()
	VPCMPEQD(sign, sign, sign)
	VPSLLQ(operand.U8(63), sign, sign)

	Label("group")
	SUBQ(operand.U8(32), i)
	JL(operand.LabelRef("done"))
	SUBQ(step, a)
	s := fourRows(a, y, inv, stride, i, a)
	var x, f [4]reg.VecVirtual
	for r := range x {
		x[r] = XMM()
		VMOVSD(s.y[r], x[r])
	}
	for r := 3; r >= 0; r-- {
		VMULSD(s.inv[r], x[r], x[r])
		VMOVSD(x[r], s.y[r])
		f[r] = YMM()
		VXORPD(sign, x[r], x[r])
		for q := range r {
			w := XMM()
			VMULSD(operand.Mem{Base: s.row[r].Base, Index: i, Scale: 1, Disp: 8 * q}, x[r], w)
			VADDSD(w, x[q], x[q])
		}
		VBROADCASTSD(x[r], f[r])
	}
	XORQ(k, k)
	JMP(operand.LabelRef("test"))
	Label("four")
	v := YMM()
	VMOVUPD(operand.Mem{Base: y, Index: k, Scale: 1}, v)
	for r := 3; r >= 0; r-- {
		w := YMM()
		VMULPD(operand.Mem{Base: s.row[r].Base, Index: k, Scale: 1}, f[r], w)
		VADDPD(w, v, v)
	}
	VMOVUPD(v, operand.Mem{Base: y, Index: k, Scale: 1})
	ADDQ(operand.U8(32), k)
	Label("test")
	CMPQ(k, i)
	JL(operand.LabelRef("four"))
	JMP(operand.LabelRef("group"))
	Label("done")
	VZEROUPPER()
	RET()
}
