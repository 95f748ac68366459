package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// farOf is for package bvh: the squared distances of a point from four boxes, which
// are three rows of middles and three of half sizes.
func farOf() {
	TEXT("farAVX2", NOSPLIT, "func(far *[4]float64, boxes *[6][4]float64, x, y, z float64)")
	Doc("farAVX2 is far with a box to a lane.")
	Pragma("noescape")
	far, boxes := GP64(), GP64()
	Load(Param("far"), far)
	Load(Param("boxes"), boxes)
	f, c := &flow{}, &constants{"far", map[uint64]operand.Mem{}}
	var sum *value
	for k, name := range []string{"x", "y", "z"} {
		p, err := Param(name).Resolve()
		if err != nil {
			panic(err)
		}
		at := f.load(func(out reg.Register) { VBROADCASTSD(p.Addr, out) })
		off := f.and(f.sub(at, f.at(at32(boxes, k))), f.at(c.lanes(math.MaxUint64>>1, 4)))
		off = f.most(f.sub(off, f.at(at32(boxes, k+3))), c.of(f, 0))
		if off = f.mul(off, off); k == 0 {
			sum = off
		} else {
			sum = f.add(sum, off)
		}
	}
	f.keep(sum, func(v reg.Register) { VMOVUPD(v, operand.Mem{Base: far}) })
	f.put()
	VZEROUPPER()
	RET()
}

// at32 is the k-th row of four numbers.
func at32(r reg.Register, k int) operand.Mem { return at(r, 32*k) }
