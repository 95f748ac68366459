package match

import (
	"fitroom/garment/pattern"
)

// maxRow is how many edges in a row are tried against others.
const maxRow = 6

// rowGap is the relative difference of lengths up to which rows are matched:
// less than single edges may have, since there are many more rows.
const rowGap = 0.012

// row is a run of free edges along one opening of the half-sewn garment.
type row struct {
	refs    []pattern.EdgeRef
	lengths []float64
}

// rows matches edges in a row, at least two on one side: a waistband and the
// tops of front and back, whose darts and side seams are matched already.
func (g *guesser) rows() {
	list := g.openRows()
	var all []Guess
	for i := range list {
		for k := range list {
			a, b := &list[i], &list[k]
			if len(a.refs) != 1 || len(b.refs) < 2 || overlap(a, b) {
				continue // one to many; many to many is beyond guessing
			}
			gap := gapOf(a.lengths, b.lengths)
			if gap > rowGap {
				continue
			}
			cost := gap/lengthDoubt + 0.1*float64(len(b.refs)-2) + g.rowWear(a, b)
			if cost <= mostCost {
				all = append(all, Guess{A: a.refs, B: b.refs, Gap: gap, Cost: cost})
			}
		}
	}
	g.takeCheapest(all)
}

func overlap(a, b *row) bool {
	for _, r := range a.refs {
		for _, q := range b.refs {
			if r == q || r.Panel == q.Panel {
				return true
			}
		}
	}
	return false
}

// rowWear is the mean doubt of the panels of both rows being neighbours. A row
// whose panels are the same part as the edge's is no opening.
func (g *guesser) rowWear(a, b *row) float64 {
	sum := 0.0
	p := &g.p.Panels[a.refs[0].Panel]
	for _, r := range b.refs {
		q := &g.p.Panels[r.Panel]
		sum += wearCost(p, q)
		if partOf(p) == partOf(q) {
			sum++
		}
	}
	return sum / float64(len(b.refs))
}

// openRows walks from every free edge along its opening: where the next edge
// is matched, on across the seam.
func (g *guesser) openRows() []row {
	var out []row
	for i := range g.edges {
		for e := range g.edges[i] {
			start := g.edges[i][e].ref
			if g.used[start] {
				continue
			}
			r := row{}
			for ref, ok := start, true; ok && len(r.refs) < maxRow; ref, ok = g.follow(ref) {
				if len(r.refs) > 0 && ref == start {
					break
				}
				r.refs = append(r.refs[:len(r.refs):len(r.refs)], ref)
				sum := make([]float64, len(g.run.Sizes))
				for s, l := range g.edges[ref.Panel][ref.Edge].lengths {
					sum[s] = l
					if r.lengths != nil {
						sum[s] += r.lengths[s]
					}
				}
				r.lengths = sum
				out = append(out, r)
			}
		}
	}
	return out
}

// follow is the free edge after ref along its opening; false where there is
// none, as beside a seam of several edges.
func (g *guesser) follow(ref pattern.EdgeRef) (pattern.EdgeRef, bool) {
	for range 40 {
		ref.Edge = (ref.Edge + 1) % len(g.edges[ref.Panel])
		if !g.used[ref] {
			return ref, true
		}
		var ok bool
		if ref, ok = g.next[ref]; !ok {
			return ref, false
		}
	}
	return ref, false
}
