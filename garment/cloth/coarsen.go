package cloth

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Coarsen returns the same garment on a coarser mesh, edges about the given
// length [m]. Its vertices are some of c's own: a vertex nearer than that to a
// neighbour is merged into it (half-edge collapse, as in Hoppe 1996,
// "Progressive meshes"), with the flat shape of the triangles as the judge,
// since that is where the fabric is measured. Vertices on seams and borders
// move along them only and corners stay, so that the panels keep their
// outlines. So do those on elastics and folds, which are carried over; Seams
// and Lines, which no force acts on, are left out. most, unless nil, is a
// shorter length for some vertices [m].
func (c *Cloth) Coarsen(edge float64, most []float64) *Cloth {
	k := newCoarsener(c, edge, most)
	for range coarsenPasses {
		if k.pass() == 0 {
			break
		}
	}
	return k.compact()
}

const (
	// coarsenPasses: the first merges nearly all that can be merged, later
	// ones what its merges have made room for.
	coarsenPasses = 3
	// leastShape is the least 4 sqrt(3) area / sum of squared sides, 1 for an
	// equilateral triangle, that a merge may leave: no angle under 15 degrees.
	leastShape = 0.3
	// longestEdge is how long a merge may make an edge, in target lengths.
	longestEdge = 1.9
	// bow is how far a merge may move a border or seam, in target lengths.
	bow = 0.25
)

type coarsener struct {
	c     *Cloth
	edge  []float64 // length aimed at round each vertex [m]
	tris  []geometry.Tri
	rest  [][3]r2.Vec
	dead  []bool    // triangles merged away
	fan   [][]int32 // triangles round a vertex, dead ones among them
	gone  []bool
	sharp []uint8           // seam, border, elastic and fold edges at a vertex, at most 3
	lined map[[2]int32]bool // edges of elastics and folds, the lower vertex first

	ring []neighbour // of the vertex at hand
}

// neighbour is a vertex next to the one at hand and the triangles on both
// sides of the edge between, -1 where there is none.
type neighbour struct {
	v   int32
	tri [2]int32
}

func newCoarsener(c *Cloth, edge float64, most []float64) *coarsener {
	k := &coarsener{
		c: c, edge: make([]float64, len(c.Start)),
		tris: append([]geometry.Tri(nil), c.Tris...), rest: append([][3]r2.Vec(nil), c.Rest...),
		dead: make([]bool, len(c.Tris)), fan: make([][]int32, len(c.Start)),
		gone: make([]bool, len(c.Start)), sharp: make([]uint8, len(c.Start)),
		lined: make(map[[2]int32]bool),
	}
	for _, b := range c.Bands {
		k.follow(&b.Line)
	}
	for _, f := range c.Folds {
		k.follow(&f.Line)
	}
	for v := range k.edge {
		k.edge[v] = edge
		if most != nil {
			k.edge[v] = min(edge, most[v])
		}
	}
	count := make([]int32, len(c.Start)+1)
	for _, t := range c.Tris {
		for _, v := range t {
			count[v+1]++
		}
	}
	for v := range c.Start {
		count[v+1] += count[v]
	}
	all := make([]int32, 3*len(c.Tris))
	for v := range k.fan {
		k.fan[v] = all[count[v]:count[v]:count[v+1]]
	}
	for t, tri := range c.Tris {
		for _, v := range tri {
			k.fan[v] = append(k.fan[v], int32(t))
		}
	}
	for v := range k.fan {
		k.look(int32(v))
		for _, n := range k.ring {
			if k.isSharp(int32(v), n) {
				k.sharp[v] = min(3, k.sharp[v]+1)
			}
		}
	}
	return k
}

// follow marks the edges of a line.
func (k *coarsener) follow(l *Line) {
	for i, a := range l.Verts {
		if i == len(l.Verts)-1 && !l.Closed {
			break
		}
		b := l.Verts[(i+1)%len(l.Verts)]
		k.lined[[2]int32{min(a, b), max(a, b)}] = true
	}
}

// look lists the neighbours of u and forgets its dead triangles.
func (k *coarsener) look(u int32) {
	k.ring = k.ring[:0]
	alive := k.fan[u][:0]
	for _, t := range k.fan[u] {
		if k.dead[t] {
			continue
		}
		alive = append(alive, t)
		for _, v := range k.tris[t] {
			if v != u {
				k.meet(v, t)
			}
		}
	}
	k.fan[u] = alive
}

func (k *coarsener) meet(v, t int32) {
	for i := range k.ring {
		if k.ring[i].v == v {
			k.ring[i].tri[1] = t
			return
		}
	}
	k.ring = append(k.ring, neighbour{v, [2]int32{t, -1}})
}

// corner is the flat position of vertex v in triangle t.
func (k *coarsener) corner(t, v int32) r2.Vec {
	for i, w := range k.tris[t] {
		if w == v {
			return k.rest[t][i]
		}
	}
	panic("cloth: a triangle lacks its own corner")
}

// isSharp tells whether the edge from u is a border, a seam, an elastic or a
// fold.
func (k *coarsener) isSharp(u int32, n neighbour) bool {
	a, b := n.tri[0], n.tri[1]
	return b < 0 || k.c.Panel[a] != k.c.Panel[b] ||
		k.corner(a, u) != k.corner(b, u) || k.corner(a, n.v) != k.corner(b, n.v) ||
		k.lined[[2]int32{min(u, n.v), max(u, n.v)}]
}

// pass merges what is too near and returns the number of vertices merged.
func (k *coarsener) pass() (merged int) {
	for u := range int32(len(k.fan)) {
		if k.gone[u] || k.sharp[u] != 0 && k.sharp[u] != 2 {
			continue
		}
		k.look(u)
		best, at := leastShape, -1
		for i := range k.ring {
			if s := k.shapeAfter(u, i); s > best {
				best, at = s, i
			}
		}
		if at >= 0 {
			k.merge(u, k.ring[at])
			merged++
		}
	}
	return merged
}

// shapeAfter is the worst shape of a triangle round u once u has been merged
// into its neighbour i; 0 if it must not be.
func (k *coarsener) shapeAfter(u int32, i int) float64 {
	n := k.ring[i]
	d := r2.Sub(k.corner(n.tri[0], u), k.corner(n.tri[0], n.v))
	edge := k.edge[u]
	if r2.Norm2(d) > edge*edge || !k.keepsDisc(u, n) {
		return 0
	}
	if k.sharp[u] == 2 && !k.keepsOutline(u, n) {
		return 0
	}
	worst := 1.0
	for _, t := range k.fan[u] {
		if t == n.tri[0] || t == n.tri[1] {
			continue
		}
		to, ok := k.moved(t, u, n)
		if !ok {
			return 0
		}
		q := k.rest[t]
		for j, v := range k.tris[t] {
			if v == u {
				q[j] = to
			}
		}
		s, long := shape(q)
		if s < worst {
			worst = s
		}
		if worst < leastShape || long > longestEdge*longestEdge*edge*edge {
			return 0
		}
	}
	return worst
}

// shape is 1 for an equilateral triangle, negative for one turned over, and
// the square of the longest side.
func shape(q [3]r2.Vec) (s, longest2 float64) {
	a, b, c := r2.Sub(q[1], q[0]), r2.Sub(q[2], q[1]), r2.Sub(q[0], q[2])
	a2, b2, c2 := r2.Norm2(a), r2.Norm2(b), r2.Norm2(c)
	return 2 * math.Sqrt(3) * r2.Cross(a, r2.Scale(-1, c)) / (a2 + b2 + c2), max(a2, b2, c2)
}

// moved is where the corner u of triangle t goes in the flat: to n.v as the
// triangle on t's side of a seam sees it.
func (k *coarsener) moved(t, u int32, n neighbour) (r2.Vec, bool) {
	at := k.corner(t, u)
	for _, s := range n.tri {
		if s >= 0 && k.c.Panel[s] == k.c.Panel[t] && k.corner(s, u) == at {
			return k.corner(s, n.v), true
		}
	}
	return r2.Vec{}, false
}

// keepsDisc is the link condition (Dey et al. 1999): u and v have no common
// neighbours but those of their triangles, or the surface would be pinched.
func (k *coarsener) keepsDisc(u int32, n neighbour) bool {
	want := 1
	if n.tri[1] >= 0 {
		want = 2
	}
	common := 0
	for _, r := range k.ring {
		if r.v != n.v && k.joined(r.v, n.v) {
			common++
		}
	}
	return common == want
}

func (k *coarsener) joined(a, b int32) bool {
	for _, t := range k.fan[b] {
		if tri := k.tris[t]; !k.dead[t] && (tri[0] == a || tri[1] == a || tri[2] == a) {
			return true
		}
	}
	return false
}

// keepsOutline tells whether a vertex of a seam or border may be merged into n:
// along the line only, and where the line is nearly straight.
func (k *coarsener) keepsOutline(u int32, n neighbour) bool {
	if !k.isSharp(u, n) {
		return false
	}
	for _, r := range k.ring {
		if r.v == n.v || !k.isSharp(u, r) {
			continue
		}
		for _, s := range n.tri {
			if s < 0 {
				continue
			}
			for _, t := range r.tri {
				if t < 0 || k.c.Panel[s] != k.c.Panel[t] || k.corner(s, u) != k.corner(t, u) {
					continue
				}
				p, a, b := k.corner(s, u), k.corner(s, n.v), k.corner(t, r.v)
				if !nearlyStraight(a, p, b, bow*k.edge[u]) {
					return false
				}
			}
		}
	}
	return true
}

// nearlyStraight tells whether the line a, p, b turns by less than 40 degrees
// and p lies within off of the straight line.
func nearlyStraight(a, p, b r2.Vec, off float64) bool {
	const turn = 0.77
	ap, pb, ab := r2.Sub(p, a), r2.Sub(b, p), r2.Sub(b, a)
	d := r2.Cross(ab, ap)
	return r2.Dot(ap, pb) > turn*math.Sqrt(r2.Norm2(ap)*r2.Norm2(pb)) && d*d <= off*off*r2.Norm2(ab)
}

// merge moves all of u's triangles to n.v.
func (k *coarsener) merge(u int32, n neighbour) {
	if len(k.lined) > 0 && k.sharp[u] == 2 {
		k.rejoin(u, n.v)
	}
	to := make([]r2.Vec, len(k.fan[u]))
	for i, t := range k.fan[u] {
		to[i], _ = k.moved(t, u, n)
	}
	for i, t := range k.fan[u] {
		if t == n.tri[0] || t == n.tri[1] {
			k.dead[t] = true
			continue
		}
		for j, v := range k.tris[t] {
			if v == u {
				k.tris[t][j], k.rest[t][j] = n.v, to[i]
			}
		}
		k.fan[n.v] = append(k.fan[n.v], t)
	}
	k.gone[u] = true
}

// rejoin carries a line that runs through u on to n, into which u is merged.
func (k *coarsener) rejoin(u, n int32) {
	for _, r := range k.ring {
		if e := [2]int32{min(u, r.v), max(u, r.v)}; r.v != n && k.lined[e] {
			delete(k.lined, e)
			k.lined[[2]int32{min(n, r.v), max(n, r.v)}] = true
		}
	}
	delete(k.lined, [2]int32{min(u, n), max(u, n)})
}

// kept is what is left of a line, in new numbers.
func (k *coarsener) kept(l Line, number []int32) Line {
	out := Line{Name: l.Name, Closed: l.Closed}
	for _, v := range l.Verts {
		if !k.gone[v] {
			out.Verts = append(out.Verts, number[v])
		}
	}
	return out
}

// compact numbers what is left anew, in the old order.
func (k *coarsener) compact() *Cloth {
	out := &Cloth{Panels: k.c.Panels, Fabrics: k.c.Fabrics}
	number := make([]int32, len(k.gone))
	for v, p := range k.c.Start {
		if !k.gone[v] {
			number[v] = int32(len(out.Start))
			out.Start = append(out.Start, r3.Vec(p))
		}
	}
	for t, tri := range k.tris {
		if k.dead[t] {
			continue
		}
		out.Tris = append(out.Tris, geometry.Tri{number[tri[0]], number[tri[1]], number[tri[2]]})
		out.Rest = append(out.Rest, k.rest[t])
		out.Panel = append(out.Panel, k.c.Panel[t])
	}
	for _, b := range k.c.Bands {
		b.Line = k.kept(b.Line, number)
		out.Bands = append(out.Bands, b)
	}
	for _, f := range k.c.Folds {
		f.Line = k.kept(f.Line, number)
		out.Folds = append(out.Folds, f)
	}
	return out
}
