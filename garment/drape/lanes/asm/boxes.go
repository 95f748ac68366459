package main

import (
	"math"

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

// enclose does four elements at a time, half a group.
func enclose() {
	TEXT("encloseAVX2", NOSPLIT, "func(groups []float32, x []float64, vert [][4]int32)")
	Doc("encloseAVX2 is enclose for four elements at a time.")
	Pragma("noescape")
	groups, x, vert := base("groups"), base("x"), base("vert")
	quads := GP64()
	Load(Param("vert").Len(), quads)
	SHRQ(operand.U8(2), quads)
	c := constants{"enclose", map[uint64]operand.Mem{}}
	mask := YMM()
	VMOVUPD(c.lanes(math.MaxUint64, 3), mask)

	Label("group")
	encloseQuad(x, vert, groups, 0, mask)
	DECQ(quads)
	JZ(operand.LabelRef("done"))
	encloseQuad(x, vert, groups, 16, mask)
	ADDQ(operand.U32(192), groups)
	DECQ(quads)
	JNZ(operand.LabelRef("group"))

	Label("done")
	VZEROUPPER()
	RET()
}

// encloseQuad writes the boxes of the next four elements.
func encloseQuad(x, vert, groups reg.GPVirtual, half int, mask reg.VecVirtual) {
	var lo, hi [4]reg.VecVirtual
	for e := range 4 {
		lo[e], hi[e] = XMM(), XMM()
		for k := range 3 {
			i, wide, v := GP64(), YMM(), XMM()
			MOVL(at(vert, 16*e+4*k), i.As32())
			LEAQ(operand.Mem{Base: i, Index: i, Scale: 2}, i)
			VMASKMOVPD(operand.Mem{Base: x, Index: i, Scale: 8}, mask, wide)
			VCVTPD2PSY(wide, v)
			if k == 0 {
				VMOVAPS(v, lo[e])
				VMOVAPS(v, hi[e])
				continue
			}
			VMINPS(v, lo[e], lo[e])
			VMAXPS(v, hi[e], hi[e])
		}
	}
	for part, r := range [2][4]reg.VecVirtual{lo, hi} {
		a, b, p, q, y := XMM(), XMM(), XMM(), XMM(), XMM()
		VUNPCKLPS(r[1], r[0], a)
		VUNPCKLPS(r[3], r[2], b)
		VUNPCKHPS(r[1], r[0], p)
		VUNPCKHPS(r[3], r[2], q)
		VMOVHLPS(a, b, y)
		VMOVLHPS(b, a, a)
		VMOVLHPS(q, p, p)
		for k, v := range [3]reg.VecVirtual{a, y, p} {
			VMOVUPS(v, at(groups, 96*part+32*k+half))
		}
	}
	ADDQ(operand.U8(64), vert)
}
