package dxf

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// maxDepth is how deep blocks may be inserted in one another. Pieces are
// drawn in one block; two levels are seen.
const maxDepth = 8

// affine is p -> (a*x + b*y, c*x + d*y) + t.
type affine struct {
	a, b, c, d float64
	t          r2.Vec
}

func (m affine) apply(p r2.Vec) r2.Vec {
	return r2.Vec{X: m.a*p.X + m.b*p.Y + m.t.X, Y: m.c*p.X + m.d*p.Y + m.t.Y}
}

// after is m applied to what n gives.
func (m affine) after(n affine) affine {
	return affine{
		a: m.a*n.a + m.b*n.c, b: m.a*n.b + m.b*n.d,
		c: m.c*n.a + m.d*n.c, d: m.c*n.b + m.d*n.d,
		t: m.apply(n.t),
	}
}

// quarter is exact for the turns that are common, where sine and cosine are not.
func quarter(deg float64) (sin, cos float64) {
	switch math.Mod(math.Mod(deg, 360)+360, 360) {
	case 0:
		return 0, 1
	case 90:
		return 1, 0
	case 180:
		return 0, -1
	case 270:
		return -1, 0
	}
	return math.Sincos(deg * math.Pi / 180)
}

// placement is what an INSERT does to the points of its block.
func placement(in *insert, base r2.Vec) affine {
	sin, cos := quarter(in.turn)
	m := affine{a: cos * in.sx, b: -sin * in.sy, c: sin * in.sx, d: cos * in.sy}
	m.t = r2.Sub(in.at, m.apply(base))
	return m
}

// inserter resolves inserts within blocks.
type inserter struct {
	byName map[string][]int // blocks of a name, in file order: names may repeat
	used   map[string]int   // how many inserts of a name came before
	blocks []block
	points int
}

func newInserter(blocks []block) *inserter {
	in := &inserter{byName: map[string][]int{}, used: map[string]int{}, blocks: blocks}
	for i := range blocks {
		in.byName[blocks[i].name] = append(in.byName[blocks[i].name], i)
	}
	return in
}

// find returns the block an INSERT of ENTITIES means. Where a writer gives one
// name to many blocks, the n-th insert means the n-th of them; again says that
// all of them were inserted before.
func (in *inserter) find(i *insert) (which int, again bool, err error) {
	all := in.byName[i.block]
	if len(all) == 0 {
		return 0, false, fault.Errorf("line %d: INSERT of block %.60q, which is not in the file", i.line, i.block)
	}
	n := in.used[i.block]
	in.used[i.block]++
	if n >= len(all) {
		return all[len(all)-1], true, nil
	}
	return all[n], false, nil
}

// flatten returns a copy of a block with its inserts drawn out.
func (in *inserter) flatten(which int, m affine) (*block, error) {
	out := &block{name: in.blocks[which].name, line: in.blocks[which].line}
	return out, in.draw(out, which, m, 0)
}

func (in *inserter) draw(out *block, which int, m affine, depth int) error {
	b := &in.blocks[which]
	if depth > maxDepth {
		return fault.Errorf("line %d: block %.60q is inserted more than %d deep, or within itself", b.line, b.name, maxDepth)
	}
	for _, p := range b.paths {
		pts := make([]r2.Vec, len(p.pts))
		for k, q := range p.pts {
			pts[k] = m.apply(q)
		}
		p.pts = pts
		out.paths = append(out.paths, p)
		in.points += len(pts)
	}
	for _, k := range b.marks {
		k.at = m.apply(k.at)
		out.marks = append(out.marks, k)
	}
	for _, k := range b.notes {
		k.at = m.apply(k.at)
		out.notes = append(out.notes, k)
	}
	if in.points += len(b.marks) + len(b.notes) + len(b.inserts); in.points > maxPoints {
		return fault.Errorf("line %d: blocks inserted in one another draw more than %d points", b.line, maxPoints)
	}
	for k := range b.inserts {
		sub := &b.inserts[k]
		all := in.byName[sub.block]
		if len(all) == 0 {
			return fault.Errorf("line %d: INSERT of block %.60q, which is not in the file", sub.line, sub.block)
		}
		if err := in.draw(out, all[0], m.after(placement(sub, in.blocks[all[0]].base)), depth+1); err != nil {
			return err
		}
	}
	return nil
}
