package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// each is a kernel over vectors, a register of 32 bytes at a time; what does not
// fill one is left. body computes at one place of each, and with the factor f.
func each(name, signature string, single bool, vectors []string, body func(v []operand.Mem, f reg.VecVirtual)) {
	TEXT(name+"AVX2", NOSPLIT, signature)
	Doc(name + "AVX2 is " + name + ", whole registers only.")
	n, i, f := GP64(), GP64(), YMM()
	Load(Param(vectors[0]).Len(), n)
	var v []operand.Mem
	for _, s := range vectors {
		v = append(v, operand.Mem{Base: base(s), Index: i, Scale: 1})
	}
	if m, err := Param("f").Resolve(); err == nil && single {
		VBROADCASTSS(m.Addr, f)
	} else if err == nil {
		VBROADCASTSD(m.Addr, f)
	}
	perRegister := operand.U8(4)
	if single {
		perRegister = 8
	}
	XORQ(i, i)
	SUBQ(perRegister, n)
	JL(operand.LabelRef("done"))
	Label("next")
	body(v, f)
	ADDQ(operand.U8(32), i)
	SUBQ(perRegister, n)
	JGE(operand.LabelRef("next"))
	Label("done")
	VZEROUPPER()
	RET()
}

func addScaled() {
	each("addScaled", "func(y, x []float32, f float32)", true, []string{"y", "x"}, func(v []operand.Mem, f reg.VecVirtual) {
		a := YMM()
		VMULPS(v[1], f, a)
		VADDPS(v[0], a, a)
		VMOVUPS(a, v[0])
	})
}

func addScaled64() {
	each("addScaled64", "func(y, x []float64, f float64)", false, []string{"y", "x"}, func(v []operand.Mem, f reg.VecVirtual) {
		a := YMM()
		VMULPD(v[1], f, a)
		VADDPD(v[0], a, a)
		VMOVUPD(a, v[0])
	})
}

func turn() {
	each("turn", "func(q, z []float32, f float32)", true, []string{"q", "z"}, func(v []operand.Mem, f reg.VecVirtual) {
		a := YMM()
		VMULPS(v[0], f, a)
		VADDPS(v[1], a, a)
		VMOVUPS(a, v[0])
	})
}

func scale() {
	each("scale", "func(z []float32, f float32)", true, []string{"z"}, func(v []operand.Mem, f reg.VecVirtual) {
		a := YMM()
		VMULPS(v[0], f, a)
		VMOVUPS(a, v[0])
	})
}

func subtract() {
	each("subtract", "func(y, r []float32)", true, []string{"y", "r"}, func(v []operand.Mem, _ reg.VecVirtual) {
		a := YMM()
		VMOVUPS(v[1], a)
		VSUBPS(v[0], a, a)
		VMOVUPS(a, v[0])
	})
}

// dot has its four sums in the lanes of a register.
func dot() {
	TEXT("dotAVX2", NOSPLIT, "func(a, b []float64) float64")
	Doc("dotAVX2 is dot with a sum to a lane.")
	n := GP64()
	Load(Param("a").Len(), n)
	a, b := base("a"), base("b")
	sum, p := YMM(), YMM()
	VXORPD(sum, sum, sum)
	SUBQ(operand.U8(4), n)
	JL(operand.LabelRef("rest"))
	Label("four")
	VMOVUPD(at(a, 0), p)
	VMULPD(at(b, 0), p, p)
	VADDPD(p, sum, sum)
	ADDQ(operand.U8(32), a)
	ADDQ(operand.U8(32), b)
	SUBQ(operand.U8(4), n)
	JGE(operand.LabelRef("four"))

	Label("rest")
	high, s0, odd := XMM(), XMM(), XMM()
	VEXTRACTF128(operand.U8(1), sum, high)
	VMOVAPD(sum.AsX(), s0)
	VUNPCKHPD(s0, s0, odd)
	ADDQ(operand.U8(4), n)
	JZ(operand.LabelRef("done"))
	Label("one") // the rest goes to the first sum
	VMOVSD(at(a, 0), p.AsX())
	VMULSD(at(b, 0), p.AsX(), p.AsX())
	VADDSD(p.AsX(), s0, s0)
	ADDQ(operand.U8(8), a)
	ADDQ(operand.U8(8), b)
	DECQ(n)
	JNZ(operand.LabelRef("one"))

	Label("done")
	VADDSD(odd, s0, s0)
	VUNPCKHPD(high, high, odd)
	VADDSD(odd, high, high)
	VADDSD(high, s0, s0)
	VZEROUPPER()
	Store(s0, ReturnIndex(0))
	RET()
}
