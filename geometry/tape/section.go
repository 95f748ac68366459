package tape

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Loop is one connected piece of a plane section, in walking order. A closed
// loop does not repeat its first point.
type Loop struct {
	Points []r3.Vec // [m]
	Tris   []int    // the triangle that leads on from each point; the last one's own at an open end
	Closed bool
}

// Length is the length of the loop along the skin [m].
func (l Loop) Length() float64 {
	sum := Length(l.Points)
	if n := len(l.Points); l.Closed && n > 1 {
		sum += r3.Norm(r3.Sub(l.Points[0], l.Points[n-1]))
	}
	return sum
}

// Section cuts the mesh with the plane through origin. keep chooses the
// vertices that may take part (nil: all); a triangle is cut when all three of
// its vertices are kept. A vertex in the plane counts as above it, so that no
// degenerate piece arises. Loops come in the order of their first triangle.
func Section(m *geometry.Mesh, origin, normal r3.Vec, keep func(v int32) bool) []Loop {
	height := heights(m, origin, normal)
	next := cutTriangles(m, height, keep)
	return walk(m, height, next)
}

// SectionPoints returns the points where kept edges cross the plane, in no
// particular shape, most of them twice: enough for HullGirth and cheaper than
// Section.
func SectionPoints(m *geometry.Mesh, origin, normal r3.Vec, keep func(v int32) bool) []r3.Vec {
	height := heights(m, origin, normal)
	var pts []r3.Vec
	for _, c := range cutTriangles(m, height, keep) {
		pts = append(pts, crossing(m, height, c.from), crossing(m, height, c.to)) // both, since the skin may end there
	}
	return pts
}

func heights(m *geometry.Mesh, origin, normal r3.Vec) []float64 {
	h := make([]float64, len(m.Verts))
	for i, p := range m.Verts {
		h[i] = r3.Dot(r3.Sub(p, origin), normal)
	}
	return h
}

type edge struct{ a, b int32 }

// cut is the piece of one triangle in the plane: from one of its edges to
// another, the upper side on the left.
type cut struct {
	from, to edge
	tri      int
}

func cutTriangles(m *geometry.Mesh, height []float64, keep func(v int32) bool) []cut {
	var out []cut
	for i, t := range m.Tris {
		up := [3]bool{height[t[0]] >= 0, height[t[1]] >= 0, height[t[2]] >= 0}
		if up[0] == up[1] && up[1] == up[2] {
			continue
		}
		if keep != nil && !(keep(t[0]) && keep(t[1]) && keep(t[2])) {
			continue
		}
		c := cut{tri: i}
		for k := range 3 {
			a, b := t[k], t[(k+1)%3]
			e := edge{min(a, b), max(a, b)}
			switch {
			case up[k] && !up[(k+1)%3]:
				c.from = e
			case !up[k] && up[(k+1)%3]:
				c.to = e
			}
		}
		out = append(out, c)
	}
	return out
}

// walk links the pieces. Each edge starts at most one piece and ends at most
// one, since neighbours traverse it in opposite directions.
func walk(m *geometry.Mesh, height []float64, cuts []cut) []Loop {
	byFrom := make([]int, len(cuts))
	for i := range byFrom {
		byFrom[i] = i
	}
	order := func(e, f edge) int { return cmp.Or(cmp.Compare(e.a, f.a), cmp.Compare(e.b, f.b)) }
	slices.SortFunc(byFrom, func(i, j int) int { return order(cuts[i].from, cuts[j].from) })
	find := func(e edge) int {
		k, ok := slices.BinarySearchFunc(byFrom, e, func(i int, e edge) int { return order(cuts[i].from, e) })
		if !ok {
			return -1
		}
		return byFrom[k]
	}
	hasBefore := make([]bool, len(cuts))
	for _, c := range cuts {
		if k := find(c.to); k >= 0 {
			hasBefore[k] = true
		}
	}
	used := make([]bool, len(cuts))
	var loops []Loop
	trace := func(start int) {
		var l Loop
		i := start
		for ; i >= 0 && !used[i]; i = find(cuts[i].to) {
			used[i] = true
			l.Points = append(l.Points, crossing(m, height, cuts[i].from))
			l.Tris = append(l.Tris, cuts[i].tri)
			if find(cuts[i].to) < 0 {
				l.Points = append(l.Points, crossing(m, height, cuts[i].to))
				l.Tris = append(l.Tris, cuts[i].tri)
			}
		}
		l.Closed = i == start
		loops = append(loops, l)
	}
	for _, open := range []bool{true, false} { // open pieces first, from their beginnings
		for i := range cuts {
			if !used[i] && hasBefore[i] != open {
				trace(i)
			}
		}
	}
	return loops
}

func crossing(m *geometry.Mesh, height []float64, e edge) r3.Vec {
	ha, hb := height[e.a], height[e.b]
	t := ha / (ha - hb)
	return r3.Add(m.Verts[e.a], r3.Scale(t, r3.Sub(m.Verts[e.b], m.Verts[e.a])))
}

// Length is the length of a polyline [m].
func Length(pts []r3.Vec) float64 {
	var sum float64
	for i := 1; i < len(pts); i++ {
		sum += math.Sqrt(r3.Norm2(r3.Sub(pts[i], pts[i-1])))
	}
	return sum
}
