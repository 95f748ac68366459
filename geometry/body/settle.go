package body

import (
	"context"
	"math"
	"slices"

	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// settleRounds bound how often a body whose skin crosses itself is put right
// and fitted again; one or two do, one person of 1,700 needs more than three.
const settleRounds = 5

// settle keeps skin from crossing skin in the measuring stance: where it does,
// the sides give way to each other and what they gave is kept as a change of
// the mean shape, about which the fit meets the tapes anew. Most bodies pay
// for a look only. Where giving way leads into worse folds, as in the armpits of
// a few, the body that crossed itself least is kept, and gives way once more
// without a fit after it. It returns how many pairs of triangles still cross.
func (m *Model) settle(ctx context.Context, f *fitter) (left int, err error) {
	if !m.parting.pressed(f.x) && !m.parting.folded(f.x) {
		return 0, nil
	}
	least, sp, c := math.MaxInt, f.sp, slices.Clone(f.c)
	for round := 0; ; round++ {
		_, pairs := m.crossing(f.x)
		if pairs < least {
			least, sp = pairs, f.sp
			copy(c, f.c)
		}
		if pairs == 0 {
			return 0, nil
		}
		if round == settleRounds || !m.giveWay(f) {
			break
		}
		if err := f.run(ctx, tight); err != nil {
			return 0, err
		}
	}
	f.sp = sp
	copy(f.c, c)
	f.fresh = false
	f.standAt()
	return m.smoothOut(f, least), nil
}

// smoothOut lets the folds of a body give way where that takes no given measure out
// of its limits. It returns how many pairs of triangles still cross.
func (m *Model) smoothOut(f *fitter, pairs int) (left int) {
	rows := slices.Clone(f.x)
	m.parting.apply(rows, nil, 0)
	m.untangle(rows, nil, 0)
	if _, left = m.crossing(rows); left >= pairs {
		return pairs
	}
	was := f.misses()
	f.probe.set(rows)
	for k, now := range f.misses() {
		if now > max(1, was[k]) {
			f.probe.set(f.x)
			return pairs
		}
	}
	copy(f.x, rows)
	f.probe.set(f.x)
	return left
}

// giveWay moves the mean shape by what the sides of the folds give; it says
// whether that is anything.
func (m *Model) giveWay(f *fitter) (moved bool) {
	rows := slices.Clone(f.x)
	m.parting.apply(rows, nil, 0)
	m.untangle(rows, nil, 0)
	about := *f.sp
	about.mean = slices.Clone(f.sp.mean)
	for i := range m.tpl.half() {
		d := r3.Sub(rows[i], f.x[i])
		moved = moved || d != r3.Vec{}
		about.mean[i] = r3.Add(about.mean[i], d)
	}
	if moved {
		f.sp = &about
	}
	return moved
}

// folded says whether somewhere in the folds two neighbouring triangles lie
// nearly back to back, as where skin has been pushed through itself.
func (p *parting) folded(x []r3.Vec) bool { return p.backToBack(p.seams, x) }

// creased says the same of the rest of the skin.
func (p *parting) creased(x []r3.Vec) bool { return p.backToBack(p.smooth, x) }

func (p *parting) backToBack(seams [][2]int32, x []r3.Vec) bool {
	const sharp = -0.5 // cosine between the normals
	normal := func(t int32) r3.Vec {
		f := p.t.Tris[t]
		return r3.Cross(r3.Sub(x[f[1]], x[f[0]]), r3.Sub(x[f[2]], x[f[0]]))
	}
	for _, s := range seams {
		a, b := normal(s[0]), normal(s[1])
		if d := r3.Dot(a, b); d < 0 && d*d > sharp*sharp*r3.Norm2(a)*r3.Norm2(b) {
			return true
		}
	}
	return false
}

// crossings counts the pairs of triangles of the whole body that cross each other,
// for a body in which so many are left in the folds. It looks at all of them only
// where there is a sign of any: that takes as long as a fit.
func (m *Model) crossings(b *Body, x []r3.Vec, left int) (all int) {
	if left == 0 && !m.parting.creased(x) {
		return 0
	}
	bvh.Build(b.Mesh).SelfCrossings(func(int32, int32) bool { all++; return true })
	return all
}
