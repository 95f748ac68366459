package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Predicates of comparisons that are false for NaN.
const (
	greaterOrEqual = 13
	lessOrEqual    = 2
)

// grown spreads a box's six numbers, stride bytes apart, into lanes, grown by reach.
func grown(m operand.Mem, stride int, reach reg.VecVirtual) (box [6]reg.VecVirtual) {
	for k := range box {
		box[k] = YMM()
		VBROADCASTSS(m.Offset(stride*k), box[k])
		if k < 3 {
			VSUBPS(reach, box[k], box[k])
		} else {
			VADDPS(reach, box[k], box[k])
		}
	}
	return box
}

// nearOf tells which boxes of the group at g meet a box, a bit each.
func nearOf(g reg.GPVirtual, box [6]reg.VecVirtual) reg.GPVirtual {
	all, one, bits := YMM(), YMM(), GP32()
	for k := range box {
		to := one
		if k == 0 {
			to = all
		}
		if k < 3 { // lows against highs
			VCMPPS(operand.U8(greaterOrEqual), at(g, 32*k), box[k+3], to)
		} else {
			VCMPPS(operand.U8(lessOrEqual), at(g, 32*k), box[k-3], to)
		}
		if k > 0 {
			VANDPS(one, all, all)
		}
	}
	VMOVMSKPS(all, bits)
	return bits
}

// nearBoxes has the boxes of a group in the lanes of registers.
func nearBoxes() {
	TEXT("nearBoxesAVX2", NOSPLIT, "func(dst []uint64, group *[48]float32, others []float32, all *[6]float32, reach float32) int")
	Doc("nearBoxesAVX2 is nearBoxes with a box to a lane.")
	dst, others := base("dst"), base("others")
	group, all := GP64(), GP64()
	Load(Param("group"), group)
	Load(Param("all"), all)
	groups := GP64()
	Load(Param("others").Len(), groups)
	reach := YMM()
	addr, err := Param("reach").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(addr.Addr, reach)
	from := GP64()
	MOVQ(dst, from)
	// Groups are counted down from their number in numbers.
	near := nearOf(group, grown(at(all, 0), 4, reach))

	Label("box")
	TESTL(near, near)
	JZ(operand.LabelRef("done"))
	a := GP64()
	BSFL(near, a.As32())
	rest := GP32()
	LEAL(operand.Mem{Base: near, Disp: -1}, rest)
	ANDL(rest, near)
	box := grown(operand.Mem{Base: group, Index: a, Scale: 4}, 32, reach)
	SHLQ(operand.U8(32), a)
	g, left := GP64(), GP64()
	MOVQ(others, g)
	MOVQ(groups, left)

	Label("group")
	SUBQ(operand.U8(48), left)
	JL(operand.LabelRef("box"))
	m := nearOf(g, box)
	ADDQ(operand.U32(192), g)
	TESTL(m, m)
	JZ(operand.LabelRef("next"))
	found := GP64()
	MOVL(m, found.As32())
	ORQ(a, found)
	MOVQ(found, at(dst, 0))
	ADDQ(operand.U8(8), dst)
	Label("next")
	ADDQ(operand.U32(256), a)
	JMP(operand.LabelRef("group"))

	Label("done")
	SUBQ(from, dst)
	SHRQ(operand.U8(3), dst)
	Store(dst, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
