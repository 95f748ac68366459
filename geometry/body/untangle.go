package body

import "gonum.org/v1/gonum/spatial/r3"

// untangleRounds bound the search; most bodies need none, the others 1 to 4.
const untangleRounds = 12

// untangle smooths the skin where triangles still cross, in the deepest part
// of a fold: each vertex of a crossing triangle moves to the mean of its
// neighbours, which shortens a fold until its walls pass each other no more.
// It returns the number of crossings that are left. For before and room see parting.apply.
func (m *Model) untangle(rows, before []r3.Vec, room float64) (left int) {
	for range untangleRounds {
		hot, crossings := m.crossing(rows)
		if left = crossings; left == 0 {
			return 0
		}
		m.tpl.smooth(rows, hot, m.parting.near)
		m.parting.apply(rows, before, room)
	}
	return left
}

// crossing counts the pairs of triangles that cross in the folds and marks
// their vertices.
func (m *Model) crossing(rows []r3.Vec) (hot []bool, pairs int) {
	half, folds := m.tpl.half(), m.parting.folds
	hot = make([]bool, half)
	m.parting.sheet.SelfCrossings(m.tpl.spread(rows), func(i, j int32) {
		for _, t := range [2]int32{i, j} {
			for _, v := range folds[t] {
				if int(v) >= half {
					v -= int32(m.tpl.Left)
				}
				hot[v] = true
			}
		}
		pairs++
	})
	return hot, pairs
}

// smooth moves the marked rows to the mean of their neighbours, all at once.
func (t *Template) smooth(rows []r3.Vec, marked []bool, near [][]int32) {
	next := make([]r3.Vec, len(marked))
	for i, m := range marked {
		if !m {
			continue
		}
		var sum r3.Vec
		for _, j := range near[i] {
			sum = r3.Add(sum, rows[j])
		}
		next[i] = r3.Scale(1/float64(len(near[i])), sum)
		if i < t.Middle {
			next[i].X = 0
		}
	}
	for i, m := range marked {
		if m {
			rows[i] = next[i]
		}
	}
}

// spread mirrors the rows of the half to the vertices of the whole.
func (t *Template) spread(rows []r3.Vec) []r3.Vec {
	out := make([]r3.Vec, 0, t.Vertices())
	out = append(out, rows[:t.half()]...)
	for i := range t.Middle {
		out[i].X = 0
	}
	for _, p := range rows[t.Middle:t.half()] {
		out = append(out, flip(p))
	}
	return out
}
