package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Vertices lie three numbers apart, so x and y go into one register, z into another:
// nothing beyond a vertex is read or written.

// applyBending has x and y in the lanes of one register, z in another.
func applyBending() {
	TEXT("applyBendingAVX2", NOSPLIT, "func(y, own, x, diag, val []float64, start, item []int32)")
	Doc("applyBendingAVX2 is applyBending with x and y in two lanes, z in another.")
	Pragma("noescape")
	rows := GP64()
	Load(Param("diag").Len(), rows)
	y, own, x, diag, val, start, item := base("y"), base("own"), base("x"), base("diag"), base("val"), base("start"), base("item")
	n, j := GP64(), GP64()
	v, xy, z, pxy, pz, minus := XMM(), XMM(), XMM(), XMM(), XMM(), XMM()
	c := constants{"bending", map[uint64]operand.Mem{}}
	VMOVUPD(c.lanes(math.Float64bits(math.Copysign(0, -1)), 4), minus)

	Label("row")
	VMOVDDUP(at(diag, 0), v)
	VMULPD(at(own, 0), v, xy)
	VMULSD(at(own, 16), v, z)
	MOVL(at(start, 4), n.As32())
	SUBL(at(start, 0), n.As32())
	JZ(operand.LabelRef("end"))
	Label("entry")
	MOVL(at(item, 0), j.As32())
	LEAQ(operand.Mem{Base: j, Index: j, Scale: 2}, j)
	VMOVDDUP(at(val, 0), v)
	VMULPD(operand.Mem{Base: x, Index: j, Scale: 8}, v, pxy)
	VADDPD(pxy, xy, xy)
	VMULSD(operand.Mem{Base: x, Index: j, Scale: 8, Disp: 16}, v, pz)
	VADDSD(pz, z, z)
	ADDQ(operand.U8(8), val)
	ADDQ(operand.U8(4), item)
	DECL(n.As32())
	JNZ(operand.LabelRef("entry"))
	Label("end")
	VXORPD(minus, xy, xy)
	VXORPD(minus, z, z)
	VMOVUPD(xy, at(y, 0))
	VMOVSD(z, at(y, 16))
	ADDQ(operand.U8(24), y)
	ADDQ(operand.U8(24), own)
	ADDQ(operand.U8(8), diag)
	ADDQ(operand.U8(4), start)
	DECQ(rows)
	JNZ(operand.LabelRef("row"))
	RET()
}

// solveHinges does the like.
func solveHinges() {
	TEXT("solveHingesAVX2", NOSPLIT, "func(x []float64, vert [][4]int32, weight, step [][4]float64)")
	Doc("solveHingesAVX2 is solveHinges with x and y in two lanes, z in another.")
	Pragma("noescape")
	hinges := GP64()
	Load(Param("vert").Len(), hinges)
	x, vert, weight, step := base("x"), base("vert"), base("weight"), base("step")

	Label("hinge")
	var to [4]operand.Mem
	var xy, z [4]reg.VecVirtual
	sxy, sz := XMM(), XMM()
	for k := range to {
		i, w, p, q := GP64(), XMM(), XMM(), XMM()
		MOVL(at(vert, 4*k), i.As32())
		LEAQ(operand.Mem{Base: i, Index: i, Scale: 2}, i)
		to[k] = operand.Mem{Base: x, Index: i, Scale: 8}
		xy[k], z[k] = XMM(), XMM()
		VMOVUPD(to[k], xy[k])
		VMOVSD(to[k].Offset(16), z[k])
		VMOVDDUP(at(weight, 8*k), w)
		if k == 0 {
			VMULPD(xy[k], w, sxy)
			VMULSD(z[k], w, sz)
			continue
		}
		VMULPD(xy[k], w, p)
		VADDPD(p, sxy, sxy)
		VMULSD(z[k], w, q)
		VADDSD(q, sz, sz)
	}
	for k := range to {
		f, p := XMM(), XMM()
		VMOVDDUP(at(step, 8*k), f)
		VMULPD(sxy, f, p)
		VSUBPD(p, xy[k], xy[k])
		VMULSD(sz, f, f)
		VSUBSD(f, z[k], z[k])
		VMOVUPD(xy[k], to[k])
		VMOVSD(z[k], to[k].Offset(16))
	}
	ADDQ(operand.U8(16), vert)
	ADDQ(operand.U8(32), weight)
	ADDQ(operand.U8(32), step)
	DECQ(hinges)
	JNZ(operand.LabelRef("hinge"))
	RET()
}
