package sew

import (
	"cmp"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// weld joins the samples of both sides of each seam into one vertex.
type weld struct {
	p      *pattern.Pattern
	pieces []*piece
	vert   [][]int32 // per piece and point: the vertex of the cloth
	count  int       // of vertices
	laid   []laid    // panels on others
}

// newWeld numbers the vertices. Pieces may get further inner points where
// joining them would make the surface fold onto itself.
func newWeld(p *pattern.Pattern, pieces []*piece) (*weld, error) {
	w := &weld{p: p, pieces: pieces}
	// A point split off in one round can cause no new fault in another place,
	// so few rounds do; the bound only guards against a fault of this code.
	for range 8 {
		w.number()
		clean, err := w.untangle()
		if err != nil {
			return nil, err
		}
		if clean {
			return w, nil
		}
	}
	panic("sew: welding keeps tangling")
}

// number gives every group of welded points one vertex, in order of first use.
func (w *weld) number() {
	first := make([]int32, len(w.pieces)+1)
	for i, pc := range w.pieces {
		first[i+1] = first[i] + int32(len(pc.points))
	}
	root := make([]int32, first[len(w.pieces)])
	for i := range root {
		root[i] = int32(i)
	}
	for _, s := range w.p.Seams {
		a, b := w.pieces[s.A.Panel].edges[s.A.Edge], w.pieces[s.B.Panel].edges[s.B.Edge]
		for k := range a {
			l := len(b) - 1 - k
			if s.Reversed {
				l = k
			}
			join(root, first[s.A.Panel]+a[k], first[s.B.Panel]+b[l])
		}
	}
	for k := range w.p.Laps {
		l := &w.p.Laps[k]
		upper, lower := stitches(l, k, w.pieces)
		for s := range upper {
			join(root, first[l.Edge.Panel]+upper[s], first[l.Panel]+lower[s])
		}
	}
	w.count = 0
	w.vert = make([][]int32, len(w.pieces))
	id := make([]int32, len(root))
	for i := range w.pieces {
		for k := first[i]; k < first[i+1]; k++ {
			if r := find(root, k); r == k { // roots are the smallest of their group
				id[k] = int32(w.count)
				w.count++
			} else {
				id[k] = id[r]
			}
		}
		w.vert[i] = id[first[i]:first[i+1]:first[i+1]]
	}
}

func find(root []int32, i int32) int32 {
	for root[i] != i {
		root[i] = root[root[i]]
		i = root[i]
	}
	return i
}

func join(root []int32, i, j int32) {
	i, j = find(root, i), find(root, j)
	root[max(i, j)] = min(i, j)
}

// use is one triangle side of a piece, in cloth vertices a < b.
type use struct {
	a, b    int32
	forward bool // the side runs a->b
	panel   int32
	tri     int32
	corner  int32 // the side runs from this corner of the triangle
}

// uses lists all triangle sides, sorted so that equal edges stand together: by
// their first vertex by counting, and among the few of one vertex by the other;
// of equal edges in the order of panels, triangles and corners.
func (w *weld) uses() []use {
	at := make([]int32, w.count+1) // where the sides of each vertex start
	sides := 0
	for i, pc := range w.pieces {
		for _, v := range pc.tris {
			for c := range 3 {
				at[min(w.vert[i][v[c]], w.vert[i][v[(c+1)%3]])+1]++
				sides++
			}
		}
	}
	for v := range w.count {
		at[v+1] += at[v]
	}
	list := make([]use, sides)
	next := slices.Clone(at)
	for i, pc := range w.pieces {
		for t, v := range pc.tris {
			for c := range 3 {
				a, b := w.vert[i][v[c]], w.vert[i][v[(c+1)%3]]
				u := use{a, b, true, int32(i), int32(t), int32(c)}
				if a > b {
					u.a, u.b, u.forward = b, a, false
				}
				list[next[u.a]] = u
				next[u.a]++
			}
		}
	}
	for v := range w.count {
		slices.SortStableFunc(list[at[v]:at[v+1]], func(x, y use) int { return cmp.Compare(x.b, y.b) })
	}
	return list
}

// split is a chord of a piece to be cut into n parts.
type split struct {
	panel int32
	a, b  int32 // points of the piece, a < b
	n     int
}

// untangle looks for edges that welding made ambiguous and splits the chords
// that cause it. Such a chord runs inside a piece between two border points:
// where two panels are sewn round a corner, as a pillow case is, the chord
// that cuts the corner exists on both sides and would become one edge of four
// triangles; where a narrow panel is sewn to itself, the chord across it would
// shrink to a point.
func (w *weld) untangle() (clean bool, err error) {
	list := w.uses()
	var splits []split
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].a == list[i].a && list[j].b == list[i].b {
			j++
		}
		group := list[i:j]
		i = j
		if group[0].a != group[0].b && manifold(group) {
			continue
		}
		found := w.chords(group)
		if len(found) == 0 {
			return false, w.collapse(group[0])
		}
		splits = append(splits, found...)
	}
	for _, s := range unique(splits) {
		w.pieces[s.panel].split(s.a, s.b, s.n)
	}
	return len(splits) == 0, nil
}

// manifold: at most one triangle on each side.
func manifold(group []use) bool {
	return len(group) == 1 || len(group) == 2 && group[0].forward != group[1].forward
}

// chords picks the uses that are inner edges of their piece.
func (w *weld) chords(group []use) []split {
	var out []split
	for _, u := range group {
		pc := w.pieces[u.panel]
		t := pc.tris[u.tri]
		a, b := t[u.corner], t[(u.corner+1)%3]
		if int(a) >= pc.border || int(b) >= pc.border || pc.onBorder(a, b) {
			continue
		}
		n := 2
		if u.a == u.b {
			n = 3 // both ends are one vertex: the parts must still form a loop
		}
		out = append(out, split{u.panel, min(a, b), max(a, b), n})
	}
	return out
}

// onBorder reports whether a-b is a piece of the border loop.
func (pc *piece) onBorder(a, b int32) bool {
	n := int32(pc.border)
	return (a+1)%n == b || (b+1)%n == a
}

func unique(s []split) []split {
	slices.SortFunc(s, func(x, y split) int {
		return cmp.Or(cmp.Compare(x.panel, y.panel), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), -cmp.Compare(x.n, y.n))
	})
	return slices.CompactFunc(s, func(x, y split) bool { return x.panel == y.panel && x.a == y.a && x.b == y.b })
}

// collapse is the refusal of a border that welding cannot keep open.
func (w *weld) collapse(u use) error {
	pc, panel := w.pieces[u.panel], &w.p.Panels[u.panel]
	t := pc.tris[u.tri]
	a, b := t[u.corner], t[(u.corner+1)%3]
	at := pc.frame.back(r2.Scale(0.5, r2.Add(pc.points[a], pc.points[b])))
	what := fault.Word("would be sewn to more than one other edge")
	if u.a == u.b {
		what = "would shrink to a point"
	}
	return fault.Errorf("sew: panel %q edge %d %s at (%.1f, %.1f) cm; its seams leave no opening of this edge length", panel.Name, pc.edgeOf([2]int32{a, b}), what, 100*at.X, 100*at.Y)
}

// split cuts the inner edge a-b into n parts and its two triangles with it.
func (pc *piece) split(a, b int32, n int) {
	chain := []int32{a}
	for k := 1; k < n; k++ {
		chain = append(chain, int32(len(pc.points)))
		s := float64(k) / float64(n)
		pc.points = append(pc.points, r2.Add(r2.Scale(1-s, pc.points[a]), r2.Scale(s, pc.points[b])))
	}
	chain = append(chain, b)
	for t := range len(pc.tris) {
		v := pc.tris[t]
		for c := range 3 {
			if p, q := v[c], v[(c+1)%3]; p == a && q == b || p == b && q == a {
				if p == b {
					slices.Reverse(chain)
				}
				o := v[(c+2)%3]
				pc.tris[t] = [3]int32{chain[0], chain[1], o}
				for k := 1; k < n; k++ {
					pc.tris = append(pc.tris, [3]int32{chain[k], chain[k+1], o})
				}
				if p == b {
					slices.Reverse(chain)
				}
				break
			}
		}
	}
}
