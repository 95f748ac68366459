package dxf

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Sizes of a style must correspond piece by piece and edge by edge. Files that
// name all pieces alike, and write each size on its own, do not promise that:
// the order of the pieces may change from size to size. What can be told from
// the shapes is told here; what cannot is refused.

// shape describes a piece by width, height and root of area, each as a share
// of the mean root of area of its group, so that grading drops out.
type shape [3]float64

func shapesOf(group []*Piece) []shape {
	out := make([]shape, len(group))
	mean := 0.0
	for i, p := range group {
		lo, hi := box(p.cut.pts)
		out[i] = shape{hi.X - lo.X, hi.Y - lo.Y, math.Sqrt(math.Abs(p.cut.area()))}
		mean += out[i][2] / float64(len(group))
	}
	for i := range out {
		for k := range out[i] {
			out[i][k] /= math.Max(mean, sameTol)
		}
	}
	return out
}

func (s shape) distance(t shape) float64 {
	return math.Abs(s[0]-t[0]) + math.Abs(s[1]-t[1]) + math.Abs(s[2]-t[2])
}

// alignNames gives numbered pieces of one name (DET, DET 2) the numbers that
// the pieces of the same shape have in the base size.
func (b *builder) alignNames() {
	for _, size := range b.order {
		if size == b.base {
			continue
		}
		for _, name := range repeatedNames(b.pieces[b.base]) {
			base, group := groupOf(b.pieces[b.base], name), groupOf(b.pieces[size], name)
			if len(base) != len(group) {
				continue // refused when a piece is missed
			}
			if pair(base, group) {
				b.warn("size %q draws the pieces %q in another order than size %q; they are told apart by their shapes", size, name, b.base)
			}
		}
		slices.SortStableFunc(b.pieces[size], func(p, q Piece) int { return cmp.Compare(p.number, q.number) })
	}
}

func repeatedNames(pieces []Piece) []string {
	var out []string
	for i := range pieces {
		if p := &pieces[i]; p.number > 1 && !slices.Contains(out, p.shared) {
			out = append(out, p.shared)
		}
	}
	return out
}

func groupOf(pieces []Piece, name string) []*Piece {
	var out []*Piece
	for i := range pieces {
		if pieces[i].shared == name {
			out = append(out, &pieces[i])
		}
	}
	return out
}

// pair renames the pieces of a group like those of the base they resemble
// most, the best pairs first. It reports whether any changed.
func pair(base, group []*Piece) (changed bool) {
	a, c := shapesOf(base), shapesOf(group)
	type match struct {
		i, k int
		d    float64
	}
	var all []match
	for i := range a {
		for k := range c {
			all = append(all, match{i, k, a[i].distance(c[k])})
		}
	}
	slices.SortStableFunc(all, func(x, y match) int { return cmp.Compare(x.d, y.d) })
	doneBase, done := make([]bool, len(a)), make([]bool, len(c))
	for _, m := range all {
		if doneBase[m.i] || done[m.k] {
			continue
		}
		doneBase[m.i], done[m.k] = true, true
		changed = changed || group[m.k].Name != base[m.i].Name
		group[m.k].Name, group[m.k].number = base[m.i].Name, base[m.i].number
	}
	return changed
}

// Edges of two sizes are taken to be counted from another corner when that
// explains their lengths far better: by this factor, and a difference of this
// share of the whole outline.
const (
	shiftFactor = 3
	shiftShare  = 0.1
)

// checkEdges refuses sizes whose edges come in another order.
func checkEdges(base, p *pattern.Pattern) error {
	for i := range p.Panels {
		if i >= len(base.Panels) || len(base.Panels[i].Edges) != len(p.Panels[i].Edges) {
			continue // the size run says that
		}
		want, got := lengthShares(&base.Panels[i]), lengthShares(&p.Panels[i])
		straight := shiftError(want, got, 0)
		for s := 1; s < len(got); s++ {
			if e := shiftError(want, got, s); straight > shiftShare && e*shiftFactor < straight {
				return fault.Errorf("piece %q: its edges are counted from another corner than in the first size: edge 0 there is edge %d here", p.Panels[i].Name, s)
			}
		}
	}
	return nil
}

func lengthShares(p *pattern.Panel) []float64 {
	out := make([]float64, len(p.Edges))
	sum := 0.0
	for e := range p.Edges {
		out[e] = r2.Norm(r2.Sub(p.Verts[p.Edges[e].To], p.Verts[p.Edges[e].From]))
		sum += out[e]
	}
	for e := range out {
		out[e] /= sum
	}
	return out
}

func shiftError(want, got []float64, s int) float64 {
	sum := 0.0
	for e := range want {
		sum += math.Abs(want[e] - got[(e+s)%len(got)])
	}
	return sum
}
