package drape

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"
)

// patches cuts the cloth into pieces of a dozen vertices, so that looking
// for cloth near cloth compares pieces first: two that touch in the fabric, or
// one with itself, can meet only if they fold over, that is, if their normals
// do not fit into a half-space (Volino and Magnenat-Thalmann 1994, "Efficient
// self-collision detection on smoothly discretized surface animations"); two
// that do not, only if their boxes come near. Nine tenths of a garment lie in
// one layer and cost nothing more.
//
// Normals tell only where the outline of the two does not meet itself: they
// miss a narrow fin between two patches whose mouth closes. So crossings are
// looked for without them, and cloth that was found to cut itself is compared
// with all its neighbours from then on.
type patches struct {
	p            *plan
	n            int
	verts, edges csr       // of each patch
	tris         csr       // those whose first vertex is of the patch
	around       csr       // those with any vertex of the patch
	wary         bool      // normals are not believed
	lapped       []bool    // per patch: a panel is sewn onto another there, so normals do not tell
	all          csr       // the vertices of all three
	next         csr       // patches with a vertex in common, ascending
	box          []float64 // lo and hi per patch [m]
	box32        []float32 // the same rounded
	reach        float32   // of the last update [m], a little longer by what rounding may hide
	axis         []float64 // unit mean normal per patch
	spread       []float64 // largest angle of a normal with the axis [rad]
	normal       []float64 // scratch, per triangle
	order        []int32   // patches by their lowest x
	pairs        []uint64  // that may meet, a<<32 | b with a <= b; ascending
	met          []bool    // per patch: is in some pair

	crew   *crew
	x      []float64 // positions looked at [m]
	scouts [blockCount]scout

	vertBoxes, edgeBoxes, triBoxes boxes // of elements within patches
	face, measure, detail, corners func(block int)
}

// scout is what one block of pairs of patches needs to be looked through, and
// what it finds.
type scout struct {
	near     [][2]int32 // elements of a pair's two patches that are near each other
	found    []uint64   // scratch: what lanes.NearBoxes finds
	pairs    []pair
	knots    []knot
	touches  []touch
	hits     []int32 // pairs that are too near
	close    closeness
	together together
}

const (
	// patchVerts trades patches to compare against elements to compare.
	patchVerts = 12
	// folded is the spread of normals from which on a surface may meet itself:
	// a half-space, less what the triangles cut off a round fold [rad].
	folded = 0.94 * math.Pi
)

func newPatches(p *plan, w *crew) *patches {
	q := &patches{p: p, crew: w}
	owner := q.grow()
	n := q.n
	q.box, q.axis, q.spread = make([]float64, 6*n), make([]float64, 3*n), make([]float64, n)
	q.box32 = make([]float32, 6*n)
	q.normal = make([]float64, 3*p.nt)
	q.order = make([]int32, n)
	for i := range q.order {
		q.order[i] = int32(i)
	}
	q.own(owner)
	q.touch(owner)
	q.vertBoxes = newBoxes(&q.verts, func(v int32) (i, j, k int32) { return v, v, v })
	q.edgeBoxes = newBoxes(&q.edges, func(e int32) (i, j, k int32) { return p.edges[e].A, p.edges[e].B, p.edges[e].B })
	q.triBoxes = newBoxes(&q.tris, func(t int32) (i, j, k int32) { return p.tris[t][0], p.tris[t][1], p.tris[t][2] })
	q.pairs, q.met = make([]uint64, 0, 8*n), make([]bool, n)
	q.face = func(b int) {
		lo, hi := span(b, p.nt)
		for t := lo; t < hi; t++ {
			triangleNormal(q.normal[3*t:3*t+3], q.x, &p.tris[t])
		}
	}
	q.measure = func(b int) {
		lo, hi := span(b, n)
		for a := lo; a < hi; a++ {
			if bounds(q.box[6*a:6*a+6], q.x, q.all.list(a), 0); !q.wary {
				q.cone(a)
			}
		}
	}
	q.detail = func(b int) {
		lo, hi := span(b, n)
		for a := lo; a < hi; a++ {
			if q.met[a] {
				q.enclose(a)
			}
		}
	}
	q.corners = func(b int) {
		lo, hi := span(b, n)
		for a := lo; a < hi; a++ {
			if q.met[a] {
				q.round(a)
				q.triBoxes.enclose(int32(a), q.x)
			}
		}
	}
	return q
}

// grow gathers vertices round seeds, breadth first; it returns the patch of
// every vertex.
func (q *patches) grow() []int32 {
	p := q.p
	owner := make([]int32, p.nv)
	for i := range owner {
		owner[i] = -1
	}
	queue := make([]int32, 0, patchVerts)
	for seed := range int32(p.nv) {
		if owner[seed] >= 0 {
			continue
		}
		owner[seed] = int32(q.n)
		queue = append(queue[:0], seed)
		for k := 0; k < len(queue); k++ {
			p.visitEdges(queue[k], func(w, _ int32) {
				if owner[w] < 0 && len(queue) < patchVerts {
					owner[w] = int32(q.n)
					queue = append(queue, w)
				}
			})
		}
		q.n++
	}
	return owner
}

// own files every element under the patch of its first vertex.
func (q *patches) own(owner []int32) {
	p := q.p
	list := func(m int, first func(k int) int32) csr {
		pairs := make([][2]int32, m)
		for k := range pairs {
			pairs[k] = [2]int32{owner[first(k)], int32(k)}
		}
		return newCSR(q.n, pairs)
	}
	q.verts = list(p.nv, func(k int) int32 { return int32(k) })
	q.edges = list(p.ne, func(k int) int32 { return p.edges[k].A })
	q.tris = list(p.nt, func(k int) int32 { return p.tris[k][0] })
	around := make([][2]int32, 0, 2*p.nt)
	for t, tri := range p.tris {
		a, b, c := owner[tri[0]], owner[tri[1]], owner[tri[2]]
		around = append(around, [2]int32{a, int32(t)})
		if b != a {
			around = append(around, [2]int32{b, int32(t)})
		}
		if c != a && c != b {
			around = append(around, [2]int32{c, int32(t)})
		}
	}
	q.around = newCSR(q.n, around)
}

// touch finds all vertices of each patch and the patches that share one.
func (q *patches) touch(owner []int32) {
	p := q.p
	all := make([][2]int32, 0, 2*p.nv)
	// The patches a vertex belongs to, in the order found: a list from first[v] on.
	first, link := make([]int32, p.nv), make([]int32, 0, 2*p.nv)
	last := make([]int32, p.nv)
	add := func(a, v int32) {
		for k := first[v]; k > 0; k = link[k-1] {
			if all[k-1][0] == a {
				return
			}
		}
		all, link = append(all, [2]int32{a, v}), append(link, 0)
		k := int32(len(all))
		if first[v] == 0 {
			first[v] = k
		} else {
			link[last[v]-1] = k
		}
		last[v] = k
	}
	for v, a := range owner {
		add(a, int32(v))
	}
	for _, t := range p.tris {
		add(owner[t[0]], t[1])
		add(owner[t[0]], t[2])
	}
	for _, e := range p.edges {
		add(owner[e.A], e.B)
	}
	q.all = newCSR(q.n, all)
	q.next = csr{start: make([]int32, q.n+1)}
	met := make([]int32, q.n) // 1 + the last patch that a patch was met from
	for a := range int32(q.n) {
		from := len(q.next.item)
		for _, v := range q.all.list(int(a)) {
			for k := first[v]; k > 0; k = link[k-1] {
				if b := all[k-1][0]; met[b] != a+1 {
					met[b] = a + 1
					q.next.item = append(q.next.item, b)
				}
			}
		}
		slices.Sort(q.next.item[from:])
		q.next.start[a+1] = int32(len(q.next.item))
	}
	q.lapped = make([]bool, q.n)
	for v, at := range p.lap.rim {
		for k := first[v]; at && k > 0; k = link[k-1] {
			q.lapped[all[k-1][0]] = true
		}
	}
}

// update finds the pairs of patches that may come within reach at x, and the boxes
// of their elements.
func (q *patches) update(x []float64, reach float64) {
	q.meet(x, reach)
	q.crew.do(q.detail)
}

// look is update for crossings: normals are not believed, and of the boxes only those
// of triangles are found.
func (q *patches) look(x []float64) {
	before := q.wary
	q.wary = true
	q.meet(x, 0)
	q.wary = before
	q.crew.do(q.corners)
}

// bound finds the boxes of the patches at x.
func (q *patches) bound(x []float64) {
	if q.x = x; !q.wary {
		q.crew.do(q.face)
	}
	q.crew.do(q.measure)
}

// meet finds the pairs of patches that may come within reach at x.
func (q *patches) meet(x []float64, reach float64) {
	q.bound(x)
	extent := 0.0
	for _, v := range q.box {
		extent = max(extent, math.Abs(v))
	}
	q.reach = roundedReach(reach, extent)
	slices.SortFunc(q.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(q.box[6*a], q.box[6*b]), cmp.Compare(a, b))
	})
	q.pairs = q.pairs[:0]
	clear(q.met)
	for k, a := range q.order {
		if q.wary || q.lapped[a] || q.spread[a] > folded/2 {
			q.pair(a, a)
		}
		for _, b := range q.order[k+1:] {
			if q.box[6*b] > q.box[6*a+3]+reach {
				break
			}
			if !apart(q.box[6*a:6*a+6], q.box[6*b:6*b+6], reach) && q.mayMeet(a, b) {
				q.pair(min(a, b), max(a, b))
			}
		}
	}
	slices.Sort(q.pairs)
}

// pair notes two patches, the smaller number first.
func (q *patches) pair(a, b int32) {
	q.pairs = append(q.pairs, uint64(a)<<32|uint64(b))
	q.met[a], q.met[b] = true, true
}

// cone finds the mean normal round patch a and the spread about it. Every
// triangle at a vertex of the patch counts, for the patch answers for that
// vertex and its edges: at a seam all of them may be another patch's, and of
// the other side of a fold.
func (q *patches) cone(a int) {
	var m [3]float64
	for _, t := range q.around.list(a) {
		for k := range m {
			m[k] += q.normal[3*t+int32(k)]
		}
	}
	l := sqrt(dot3(m, m))
	if l == 0 {
		q.spread[a] = math.Pi
		return
	}
	least := 1.0
	for k := range m {
		m[k] /= l
		q.axis[3*a+k] = m[k]
	}
	for _, t := range q.around.list(a) {
		least = min(least, dot3(m, [3]float64(q.normal[3*t:3*t+3])))
	}
	q.spread[a] = math.Acos(max(-1, least))
}

// enclose finds the boxes of patch a's elements.
func (q *patches) enclose(a int) {
	q.round(a)
	q.vertBoxes.enclose(int32(a), q.x)
	q.edgeBoxes.enclose(int32(a), q.x)
	q.triBoxes.enclose(int32(a), q.x)
}

// round rounds the box of patch a.
func (q *patches) round(a int) {
	for k, v := range q.box[6*a : 6*a+6] {
		q.box32[6*a+k] = float32(v)
	}
}

// mayMeet tells whether two patches with near boxes can meet.
func (q *patches) mayMeet(a, b int32) bool {
	if q.wary || q.lapped[a] || q.lapped[b] {
		return true
	}
	if _, ok := slices.BinarySearch(q.next.list(int(a)), b); !ok {
		return true
	}
	u, v := (*[3]float64)(q.axis[3*a:]), (*[3]float64)(q.axis[3*b:])
	along := max(-1, min(1, float64(u[0]*v[0])+float64(u[1]*v[1])+float64(u[2]*v[2])))
	// An angle up to the right one is at most pi/2 sqrt(1 - its cosine), which mostly
	// is enough to know.
	const rounding = 1e-9
	if along >= 0 && math.Pi/2*sqrt(1-along)+q.spread[a]+q.spread[b] < folded-rounding {
		return false
	}
	turn := math.Acos(along)
	return turn+q.spread[a]+q.spread[b] > folded
}

// triangleNormal writes the unit normal, zero for a triangle without area.
func triangleNormal(n, x []float64, t *geometry.Tri) {
	a, b, c := (*[3]float64)(x[3*int(uint32(t[0])):]), (*[3]float64)(x[3*int(uint32(t[1])):]), (*[3]float64)(x[3*int(uint32(t[2])):])
	e0, e1, e2 := b[0]-a[0], b[1]-a[1], b[2]-a[2]
	f0, f1, f2 := c[0]-a[0], c[1]-a[1], c[2]-a[2]
	m0, m1, m2 := float64(e1*f2)-float64(e2*f1), float64(e2*f0)-float64(e0*f2), float64(e0*f1)-float64(e1*f0)
	l := sqrt(float64(m0*m0) + float64(m1*m1) + float64(m2*m2))
	if l > 0 {
		l = 1 / l
	}
	n[0], n[1], n[2] = m0*l, m1*l, m2*l
}

// apart tells whether two boxes are further from each other than reach along
// some axis.
func apart(a, b []float64, reach float64) bool {
	return a[0] > b[3]+reach || b[0] > a[3]+reach || a[1] > b[4]+reach || b[1] > a[4]+reach || a[2] > b[5]+reach || b[2] > a[5]+reach
}

// triangleBox writes the box of a triangle, lo and hi.
func triangleBox(b, x []float64, t *geometry.Tri) {
	u, v, w, b := x[3*t[0]:3*t[0]+3:3*t[0]+3], x[3*t[1]:3*t[1]+3:3*t[1]+3], x[3*t[2]:3*t[2]+3:3*t[2]+3], b[:6:6]
	b[0], b[1], b[2] = min(u[0], v[0], w[0]), min(u[1], v[1], w[1]), min(u[2], v[2], w[2])
	b[3], b[4], b[5] = max(u[0], v[0], w[0]), max(u[1], v[1], w[1]), max(u[2], v[2], w[2])
}
