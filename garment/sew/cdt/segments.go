package cdt

import (
	"gonum.org/v1/gonum/spatial/r2"

	"fitroom/geometry/fault"
)

// CrossingError reports a segment that cannot be part of the triangulation
// because it meets another segment or a point.
type CrossingError struct {
	Segment [2]int32 // points of the segment that cannot be drawn
	Other   [2]int32 // the segment in its way; equal ends name a single point
	At      r2.Vec   // where they meet [m]
}

func (e *CrossingError) Error() string { return e.Fault().Error() }

// Fault is its sentence.
func (e *CrossingError) Fault() *fault.Fault {
	if e.Other[0] == e.Other[1] {
		return fault.Phrase("segment %d-%d runs through point %d at (%.1f, %.1f) cm", e.Segment[0], e.Segment[1], e.Other[0], 100*e.At.X, 100*e.At.Y)
	}
	return fault.Phrase("segment %d-%d crosses segment %d-%d at (%.1f, %.1f) cm", e.Segment[0], e.Segment[1], e.Other[0], e.Other[1], 100*e.At.X, 100*e.At.Y)
}

// constrain makes a-b an edge of the triangulation by swapping the diagonals
// it crosses (Sloan 1993, "A fast algorithm for generating constrained
// Delaunay triangulations", section 4). The diagonals wait in a queue and are
// named by their ends, because swaps rename triangles.
func (m *mesh) constrain(a, b int32, k kind) error {
	queue, err := m.crossed(a, b)
	if err != nil {
		return err
	}
	// Each round over the queue removes a crossing (Sloan); the square bounds
	// all rounds and only guards against a fault of this code.
	for left := (len(queue) + 2) * (len(queue) + 2); len(queue) > 0; left-- {
		if left < 0 {
			panic("cdt: swapping does not end")
		}
		e := queue[0]
		queue = queue[1:]
		t, i := m.find(e[0], e[1])
		apex, far := m.tris[t].v[i], m.opposite(t, i)
		if !m.flip(t, i) {
			queue = append(queue, e)
			continue
		}
		if m.cuts(a, b, apex, far) {
			queue = append(queue, [2]int32{apex, far})
		}
	}
	t, i := m.find(a, b)
	m.tris[t].fixed[i] = k
	u := m.tris[t].n[i]
	m.tris[u].fixed[m.tris[u].side(t)] = k
	return nil
}

// crossed lists the edges that the open segment a-b crosses, in order.
func (m *mesh) crossed(a, b int32) ([][2]int32, error) {
	if t, _ := m.find(a, b); t != none {
		return nil, nil
	}
	t, i, err := m.leave(a, b)
	if err != nil {
		return nil, err
	}
	var list [][2]int32
	for {
		T := &m.tris[t]
		p, q := T.v[next[i]], T.v[prev[i]] // p right of a-b, q left
		if T.fixed[i] != loose {
			return nil, m.crossing(a, b, p, q)
		}
		list = append(list, [2]int32{p, q})
		u := T.n[i]
		d := m.opposite(t, i)
		if d == b {
			return list, nil
		}
		side := orient(m.pts[a], m.pts[b], m.pts[d])
		if side == 0 {
			return nil, m.crossing(a, b, d, d)
		}
		t = u
		if side > 0 { // d is left: the next edge is p-d
			i = m.tris[u].corner(q)
		} else {
			i = m.tris[u].corner(p)
		}
	}
}

// leave finds the triangle at a through whose far edge a-b leaves.
func (m *mesh) leave(a, b int32) (int32, int, error) {
	start := m.at[a]
	for t := start; ; {
		T := &m.tris[t]
		i := T.corner(a)
		p, q := T.v[next[i]], T.v[prev[i]]
		op, oq := orient(m.pts[a], m.pts[b], m.pts[p]), orient(m.pts[a], m.pts[b], m.pts[q])
		if op == 0 && r2.Dot(r2.Sub(m.pts[p], m.pts[a]), r2.Sub(m.pts[b], m.pts[a])) > 0 {
			return 0, 0, m.crossing(a, b, p, p)
		}
		if op < 0 && oq > 0 {
			return t, i, nil
		}
		t = T.n[next[i]] // counter-clockwise round a
		if t == start || t == none {
			panic("cdt: a segment leaves no triangle")
		}
	}
}

// find returns the triangle with the directed edge a->b and the corner
// opposite, or none.
func (m *mesh) find(a, b int32) (int32, int) {
	start := m.at[a]
	for t := start; ; {
		T := &m.tris[t]
		i := T.corner(a)
		if T.v[next[i]] == b {
			return t, prev[i]
		}
		t = T.n[next[i]]
		if t == start || t == none {
			return none, 0
		}
	}
}

// opposite is the vertex across edge i of t.
func (m *mesh) opposite(t int32, i int) int32 {
	u := m.tris[t].n[i]
	return m.tris[u].v[m.tris[u].side(t)]
}

// cuts reports whether p-q crosses the open segment a-b.
func (m *mesh) cuts(a, b, p, q int32) bool {
	if p == a || p == b || q == a || q == b {
		return false
	}
	return orient(m.pts[a], m.pts[b], m.pts[p])*orient(m.pts[a], m.pts[b], m.pts[q]) < 0
}

func (m *mesh) crossing(a, b, p, q int32) error {
	at := m.pts[p]
	if p != q {
		d, e := r2.Sub(m.pts[b], m.pts[a]), r2.Sub(m.pts[q], m.pts[p])
		s := r2.Cross(r2.Sub(m.pts[p], m.pts[a]), e) / r2.Cross(d, e)
		at = r2.Add(m.pts[a], r2.Scale(s, d))
	}
	return &CrossingError{[2]int32{a - ghosts, b - ghosts}, [2]int32{p - ghosts, q - ghosts}, at}
}

// legalize swaps loose edges until all are constrained Delaunay (Lawson 1977).
// The work list starts with every triangle; a swap puts its two back.
func (m *mesh) legalize(work []int32) {
	for len(work) > 0 {
		t := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range 3 {
			T := &m.tris[t]
			u := T.n[i]
			if u == none || T.fixed[i] != loose {
				continue
			}
			d := m.opposite(t, i)
			if inCircle(m.pts[T.v[0]], m.pts[T.v[1]], m.pts[T.v[2]], m.pts[d]) > 0 && m.flip(t, i) {
				work = append(work, t, u)
				break
			}
		}
	}
}

// carve marks the triangles inside the outline: those cut off from the far
// away corners by an odd number of borders.
func (m *mesh) carve() {
	seen := make([]bool, len(m.tris))
	work := []int32{m.at[0]}
	seen[work[0]] = true
	for len(work) > 0 {
		t := work[len(work)-1]
		work = work[:len(work)-1]
		for i, u := range m.tris[t].n {
			if u == none || seen[u] {
				continue
			}
			seen[u] = true
			m.tris[u].in = m.tris[t].in != (m.tris[t].fixed[i] == border)
			work = append(work, u)
		}
	}
}
