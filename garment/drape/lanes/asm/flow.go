package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// flow is a run of instructions on registers of four numbers without a branch, as
// long as an element of the solver needs: some hundred values, of which more live at
// once than there are registers. They are written down first; put then hands out
// registers, and when none is left the value whose next use is furthest off goes to
// memory (Belady 1966, "A study of replacement algorithms for a virtual-storage
// computer").
type flow struct {
	steps  []step
	held   [16]*value // by register
	locals []operand.Mem
	free   []int // of the locals
}

// value is one result, or numbers in memory that stay there.
type value struct {
	uses  []int // steps, ascending
	reg   int   // -1: in none
	local int   // -1: not in memory
	mem   operand.Mem
	fixed bool // numbers in memory
}

// step makes one value, or none, of others. The last of its arguments may lie in
// memory if fold allows it.
type step struct {
	out  *value
	args []*value
	fold bool
	emit func(out reg.Register, args []operand.Op)
}

func registers() []reg.Register {
	return []reg.Register{reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15}
}

// at is what lies in memory: it must not change meanwhile.
func (f *flow) at(m operand.Mem) *value { return &value{reg: -1, local: -1, mem: m, fixed: true} }

func (f *flow) do(fold bool, emit func(out reg.Register, a []operand.Op), args ...*value) *value {
	v := &value{reg: -1, local: -1}
	f.steps = append(f.steps, step{v, args, fold, emit})
	return v
}

// load reads memory as emit says.
func (f *flow) load(emit func(out reg.Register)) *value {
	return f.do(false, func(out reg.Register, _ []operand.Op) { emit(out) })
}

// keep writes a value as emit says.
func (f *flow) keep(v *value, emit func(v reg.Register)) {
	f.steps = append(f.steps, step{nil, []*value{v}, false, func(_ reg.Register, a []operand.Op) { emit(a[0].(reg.Register)) }})
}

func (f *flow) two(op func(ops ...operand.Op), a, b *value) *value {
	return f.do(true, func(out reg.Register, x []operand.Op) { op(x[1], x[0], out) }, a, b)
}

func (f *flow) add(a, b *value) *value { return f.two(VADDPD, a, b) }
func (f *flow) sub(a, b *value) *value { return f.two(VSUBPD, a, b) }
func (f *flow) mul(a, b *value) *value { return f.two(VMULPD, a, b) }
func (f *flow) div(a, b *value) *value { return f.two(VDIVPD, a, b) }

// most is the larger one; of zeros of two signs, or if one is NaN, b.
func (f *flow) most(a, b *value) *value { return f.two(VMAXPD, a, b) }

// least is the like.
func (f *flow) least(a, b *value) *value { return f.two(VMINPD, a, b) }

func (f *flow) or(a, b *value) *value  { return f.two(VORPD, a, b) }
func (f *flow) and(a, b *value) *value { return f.two(VANDPD, a, b) }
func (f *flow) xor(a, b *value) *value { return f.two(VXORPD, a, b) }

// sum adds from the left.
func (f *flow) sum(a *value, more ...*value) *value {
	for _, b := range more {
		a = f.add(a, b)
	}
	return a
}

// product multiplies from the left.
func (f *flow) product(a *value, more ...*value) *value {
	for _, b := range more {
		a = f.mul(a, b)
	}
	return a
}

// dot is a0 b0 + a1 b1 + ..., from the left.
func (f *flow) dot(ab ...*value) *value {
	s := f.mul(ab[0], ab[1])
	for ab = ab[2:]; len(ab) > 0; ab = ab[2:] {
		s = f.add(s, f.mul(ab[0], ab[1]))
	}
	return s
}

func (f *flow) sqrt(a *value) *value {
	return f.do(true, func(out reg.Register, x []operand.Op) { VSQRTPD(x[0], out) }, a)
}

// compare is all bits where a holds against b, else none.
func (f *flow) compare(predicate int, a, b *value) *value {
	return f.do(true, func(out reg.Register, x []operand.Op) { VCMPPD(operand.U8(predicate), x[1], x[0], out) }, a, b)
}

// choose is b where the mask is set, else a.
func (f *flow) choose(mask, a, b *value) *value {
	return f.do(false, func(out reg.Register, x []operand.Op) { VBLENDVPD(x[0], x[2], x[1], out) }, mask, a, b)
}

// transposed turns four rows of four numbers into columns.
func (f *flow) transposed(r [4]*value) (c [4]*value) {
	lo := func(a, b *value) *value { return f.two(VUNPCKLPD, a, b) }
	hi := func(a, b *value) *value { return f.two(VUNPCKHPD, a, b) }
	half := func(which int, a, b *value) *value {
		return f.do(true, func(out reg.Register, x []operand.Op) { VPERM2F128(operand.U8(which), x[1], x[0], out) }, a, b)
	}
	a, b, p, q := lo(r[0], r[1]), lo(r[2], r[3]), hi(r[0], r[1]), hi(r[2], r[3])
	return [4]*value{half(0x20, a, b), half(0x20, p, q), half(0x31, a, b), half(0x31, p, q)}
}

// transposedThree does so without the last column.
func (f *flow) transposedThree(r [4]*value) []*value {
	c := f.transposed(r)
	return c[:3]
}

// put writes the instructions down and starts anew. What is made for nobody is left out.
func (f *flow) put() {
	f.prune()
	for k, s := range f.steps {
		for _, v := range s.args {
			v.uses = append(v.uses, k)
		}
	}
	for k, s := range f.steps {
		ops := make([]operand.Op, len(s.args))
		for i, v := range s.args {
			last := i == len(s.args)-1
			if v.reg < 0 && s.fold && last && (v.fixed || len(v.uses) == 1) {
				ops[i] = f.memory(v)
				continue
			}
			f.fetch(v, s.args)
			ops[i] = registers()[v.reg]
		}
		var left []int // locals that are free again, once the step has read them
		for _, v := range s.args {
			left = append(left, f.used(v, k)...)
		}
		var out reg.Register
		if s.out != nil {
			s.out.reg = f.vacant(nil)
			f.held[s.out.reg] = s.out
			out = registers()[s.out.reg]
		}
		s.emit(out, ops)
		f.free = append(f.free, left...)
	}
	f.steps = nil
}

// prune drops steps whose values nobody uses.
func (f *flow) prune() {
	wanted := map[*value]bool{}
	var kept []step
	for k := len(f.steps) - 1; k >= 0; k-- {
		s := f.steps[k]
		if s.out != nil && !wanted[s.out] {
			continue
		}
		for _, v := range s.args {
			wanted[v] = true
		}
		kept = append(kept, s)
	}
	for i := range kept {
		f.steps[len(kept)-1-i] = kept[i]
	}
	f.steps = f.steps[:len(kept)]
}

// used takes a use off a value and lets go of it after its last; it returns its local.
func (f *flow) used(v *value, k int) (local []int) {
	for len(v.uses) > 0 && v.uses[0] <= k {
		v.uses = v.uses[1:]
	}
	if len(v.uses) > 0 {
		return nil
	}
	if v.reg >= 0 {
		f.held[v.reg] = nil
		v.reg = -1
	}
	if v.local >= 0 {
		local = append(local, v.local)
		v.local = -1
	}
	return local
}

func (f *flow) memory(v *value) operand.Mem {
	if v.fixed {
		return v.mem
	}
	return f.locals[v.local]
}

// fetch brings a value into a register.
func (f *flow) fetch(v *value, beside []*value) {
	if v.reg >= 0 {
		return
	}
	v.reg = f.vacant(beside)
	f.held[v.reg] = v
	VMOVUPD(f.memory(v), registers()[v.reg])
}

// vacant finds a register, that of the value used last of all but some if need be.
func (f *flow) vacant(but []*value) int {
	best, far := -1, -1
	for r, v := range f.held {
		if v == nil {
			return r
		}
		if next := v.uses[0]; next > far && !has(but, v) {
			best, far = r, next
		}
	}
	v := f.held[best]
	if !v.fixed && v.local < 0 {
		if len(f.free) == 0 {
			f.locals = append(f.locals, AllocLocal(32))
			f.free = append(f.free, len(f.locals)-1)
		}
		v.local = f.free[len(f.free)-1]
		f.free = f.free[:len(f.free)-1]
		VMOVUPD(registers()[best], f.locals[v.local])
	}
	v.reg = -1
	f.held[best] = nil
	return best
}

func has(list []*value, v *value) bool {
	for _, w := range list {
		if w == v {
			return true
		}
	}
	return false
}

// constants are numbers in all four lanes, in memory; of a name of their own.
type constants struct {
	name string
	at   map[uint64]operand.Mem
}

// of is a number that stands in memory.
func (c *constants) of(f *flow, x float64) *value { return f.at(c.lanes(math.Float64bits(x), 4)) }

// lanes writes a number into the first n of four lanes.
func (c *constants) lanes(bits uint64, n int) operand.Mem {
	key := bits ^ uint64(4-n)
	m, ok := c.at[key]
	if !ok {
		const readOnly, withoutPointers = 8, 16
		m = GLOBL(c.name+string(rune('A'+len(c.at))), readOnly|withoutPointers)
		for k := range 4 {
			if k == n {
				bits = 0
			}
			DATA(8*k, operand.U64(bits))
		}
		c.at[key] = m
	}
	return m
}

// negative has the other sign.
func (f *flow) negative(c *constants, a *value) *value {
	return f.xor(a, c.of(f, math.Copysign(0, -1)))
}
