package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// shares visits the four patches of the vertex at hand: the place of the patch in a
// vector of four numbers each, and the share in all lanes.
func shares(vector, idx, weight reg.Register, visit func(m operand.Mem, w reg.VecVirtual)) {
	for k := range 4 {
		j, w := GP64(), YMM()
		MOVL(at(idx, 4*k), j.As32())
		SHLQ(operand.U8(5), j)
		VBROADCASTSD(at(weight, 8*k), w)
		visit(operand.Mem{Base: vector, Index: j, Scale: 1}, w)
	}
}

// patchSums has the three components of a patch in the lanes of a register.
func patchSums() {
	TEXT("patchSumsAVX2", NOSPLIT, "func(o []float64, r []float32, idx []int32, weight []float64)")
	Doc("patchSumsAVX2 is patchSums with a component to a lane.")
	n := GP64()
	Load(Param("r").Len(), n)
	o, r, idx, weight := base("o"), base("r"), base("idx"), base("weight")
	Label("vertex")
	SUBQ(operand.U8(3), n)
	JL(operand.LabelRef("done"))
	x := YMM()
	VCVTPS2PD(at(r, 0), x)
	shares(o, idx, weight, func(m operand.Mem, w reg.VecVirtual) {
		VMULPD(x, w, w)
		VADDPD(m, w, w)
		VMOVUPD(w, m)
	})
	ADDQ(operand.U8(12), r)
	ADDQ(operand.U8(16), idx)
	ADDQ(operand.U8(32), weight)
	JMP(operand.LabelRef("vertex"))
	Label("done")
	VZEROUPPER()
	RET()
}

// addPatches has the three components of a vertex in the lanes of a register.
func addPatches() {
	TEXT("addPatchesAVX2", NOSPLIT, "func(q []float32, move []float64, idx []int32, weight []float64)")
	Doc("addPatchesAVX2 is addPatches with a component to a lane.")
	n := GP64()
	Load(Param("q").Len(), n)
	q, move, idx, weight := base("q"), base("move"), base("idx"), base("weight")
	Label("vertex")
	SUBQ(operand.U8(3), n)
	JL(operand.LabelRef("done"))
	sum, a := YMM(), XMM()
	VXORPD(sum, sum, sum)
	shares(move, idx, weight, func(m operand.Mem, w reg.VecVirtual) {
		VMULPD(m, w, w)
		VADDPD(w, sum, sum)
	})
	VCVTPD2PSY(sum, a)
	VADDPS(at(q, 0), a, a)
	store3(a, at(q, 0))
	ADDQ(operand.U8(12), q)
	ADDQ(operand.U8(16), idx)
	ADDQ(operand.U8(32), weight)
	JMP(operand.LabelRef("vertex"))
	Label("done")
	VZEROUPPER()
	RET()
}
