package drape

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"
)

// knots resolves cloth that runs through itself, where a pair's side can no
// longer be told from its past: the contour along which two sheets cut each
// other is made shorter until it is gone (Volino and Magnenat-Thalmann 2006,
// "Resolving surface collisions through intersection contour minimization").
// Every edge through a triangle is moved against it along their equation for
// the fastest shortening; the cloth around is left to follow by its own
// stiffness, and no other contact acts within a knot meanwhile.
type knots struct {
	p    *plan
	list []knot
	zone []int32 // triangles in and around the knots at the last full look

	order []int32   // scratch: of the zone, by lowest x
	box   []float64 // and its boxes [m]

	// The decision of the last full look.
	wrong []bool  // on the wrong side of a contour
	tip   []bool  // a contour ends in this vertex
	cuts  []uint8 // per edge: how often it is cut
	part  []int32 // per vertex: piece of cloth between contours
	queue []int32
	area  []float64 // per piece [m2]
}

// knot is an edge through a triangle.
type knot struct {
	edge, tri int32
	tip       int32      // vertex that the triangle shares with one of the edge's, or -1
	v         [5]int32   // edge ends, corners
	w         [5]float64 // weights of the two sides' relative motion
	g         [3]float64 // direction in which the edge leaves the triangle
}

func newKnots(p *plan) knots {
	return knots{
		p: p, zone: make([]int32, 0, p.nt), order: make([]int32, p.nt), box: make([]float64, 6*p.nt), wrong: make([]bool, p.nv), tip: make([]bool, p.nv),
		cuts: make([]uint8, p.ne), part: make([]int32, p.nv), queue: make([]int32, 0, p.nv),
	}
}

// between adds the edges of one patch that pass through triangles of another.
func (n *knots) between(s *scout, q *patches, a, b int32) {
	for _, tu := range q.near(s, &q.triBoxes, &q.triBoxes, a, b) {
		if t, u := tu[0], tu[1]; (a != b || t < u) && !sharesEdge(&n.p.tris[t], &n.p.tris[u]) {
			s.knots = n.test(s.knots, q.x, t, u)
			s.knots = n.test(s.knots, q.x, u, t)
		}
	}
}

// sharesEdge tells of two triangles that no edge of one is without a vertex of the other.
func sharesEdge(a, b *geometry.Tri) bool {
	x, y, z := meets(a[0], *b), meets(a[1], *b), meets(a[2], *b)
	return x && y || y && z || z && x
}

// findZone lists those among the triangles of the zone.
func (n *knots) findZone(x []float64) {
	n.list = n.list[:0]
	for k, t := range n.zone {
		triangleBox(n.box[6*k:6*k+6], x, &n.p.tris[t])
		n.order[k] = int32(k)
	}
	order := n.order[:len(n.zone)]
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(n.box[6*a], n.box[6*b]), cmp.Compare(a, b))
	})
	for i, a := range order {
		for _, b := range order[i+1:] {
			if n.box[6*b] > n.box[6*a+3] {
				break
			}
			if !apart(n.box[6*a:6*a+6], n.box[6*b:6*b+6], 0) {
				n.list = n.test(n.list, x, n.zone[a], n.zone[b])
				n.list = n.test(n.list, x, n.zone[b], n.zone[a])
			}
		}
	}
	n.sort()
}

// sort drops edges found from both of their triangles.
func (n *knots) sort() {
	slices.SortFunc(n.list, func(a, b knot) int {
		return cmp.Or(cmp.Compare(a.edge, b.edge), cmp.Compare(a.tri, b.tri))
	})
	n.list = slices.CompactFunc(n.list, func(a, b knot) bool { return a.edge == b.edge && a.tri == b.tri })
}

// test adds the edges of triangle a that pass through triangle b.
func (n *knots) test(dst []knot, x []float64, a, b int32) []knot {
	tri := n.p.tris[b]
	if oneSide(x, &n.p.tris[a], &n.p.tris[b]) {
		return dst
	}
	for i, e := range n.p.triEdge[a] {
		ed := &n.p.edges[e]
		if meets(ed.A, tri) || meets(ed.B, tri) {
			continue
		}
		k := knot{edge: e, tri: b, tip: -1, v: [5]int32{ed.A, ed.B, tri[0], tri[1], tri[2]}}
		if third := n.p.tris[a][(i+2)%3]; meets(third, tri) {
			k.tip = third
		}
		if n.cut(x, &k) {
			dst = append(dst, k)
		}
	}
	return dst
}

// oneSide tells whether those corners of triangle a that are none of b lie on one
// side of b's plane, as those of most triangles do: cut would find none of its edges
// through b.
func oneSide(x []float64, a, b *geometry.Tri) bool {
	o, p, q := (*[3]float64)(x[3*int(uint32(b[0])):]), (*[3]float64)(x[3*int(uint32(b[1])):]), (*[3]float64)(x[3*int(uint32(b[2])):])
	e0, e1, e2 := p[0]-o[0], p[1]-o[1], p[2]-o[2]
	f0, f1, f2 := q[0]-o[0], q[1]-o[1], q[2]-o[2]
	n0, n1, n2 := float64(e1*f2)-float64(e2*f1), float64(e2*f0)-float64(e0*f2), float64(e0*f1)-float64(e1*f0)
	above, below := false, false
	for _, v := range a {
		if !meets(v, *b) {
			r := (*[3]float64)(x[3*int(uint32(v)):])
			up := float64((r[0]-o[0])*n0)+float64((r[1]-o[1])*n1)+float64((r[2]-o[2])*n2) > 0
			above, below = above || up, below || !up
		}
	}
	return !above || !below
}

func meets(v int32, tri geometry.Tri) bool { return v == tri[0] || v == tri[1] || v == tri[2] }

// judge decides which cloth is on the wrong side: cut along its contours, the
// garment falls into pieces, and all but the largest have to go back (Baraff,
// Witkin and Kass 2003, "Untangling cloth"). A contour that ends inside the
// cloth cuts nothing off; there only its shortening helps.
func (n *knots) judge() {
	p := n.p
	clear(n.cuts)
	clear(n.tip)
	clear(n.wrong)
	for i := range n.list {
		n.cuts[n.list[i].edge]++
		if t := n.list[i].tip; t >= 0 {
			n.tip[t] = true
		}
		if e := &p.edges[n.list[i].edge]; e.Tri[0] < 0 || e.Tri[1] < 0 {
			// A free edge ends the contour within this triangle.
			for _, v := range n.list[i].v[2:] {
				n.tip[v] = true
			}
		}
	}
	for i := range n.part {
		n.part[i] = -1
	}
	n.area = n.area[:0]
	largest, total := 0, 0.0
	for i := range p.nv {
		if n.part[i] >= 0 || n.tip[i] {
			continue
		}
		n.area = append(n.area, n.flood(int32(i), int32(len(n.area))))
		k := len(n.area) - 1
		total += n.area[k]
		if n.area[k] > n.area[largest] {
			largest = k
		}
	}
	for i, k := range n.part {
		n.wrong[i] = k >= 0 && int(k) != largest && n.area[k] < wrongShare*total
	}
}

// wrongShare is the largest share of a garment that is believed to have gone
// through the rest.
const wrongShare = 0.2

// flood numbers the piece around vertex i and returns its area [m2].
func (n *knots) flood(i, number int32) (area float64) {
	p := n.p
	n.queue = append(n.queue[:0], i)
	n.part[i] = number
	for k := 0; k < len(n.queue); k++ {
		v := n.queue[k]
		area += p.area[v]
		visit := func(w, e int32) {
			if n.part[w] < 0 && !n.tip[w] && n.cuts[e]%2 == 0 {
				n.part[w] = number
				n.queue = append(n.queue, w)
			}
		}
		for e := p.firstEdge[v]; e < p.firstEdge[v+1]; e++ {
			visit(p.edges[e].B, e)
		}
		for _, e := range p.lowEdge.list(int(v)) {
			visit(p.edges[e].A, e)
		}
	}
	return area
}

// passes tells whether an edge may pass through a triangle; false is certain. Its ends
// lie on one side of the triangle's plane in most cases, or it passes that plane clear
// of the triangle by more than rounding: such need no roots and divisions. Of no length
// or area it does not pass.
func passes(x []float64, k *[5]int32) bool {
	p, q, o := (*[3]float64)(x[3*int(uint32(k[0])):]), (*[3]float64)(x[3*int(uint32(k[1])):]), (*[3]float64)(x[3*int(uint32(k[2])):])
	b, c := (*[3]float64)(x[3*int(uint32(k[3])):]), (*[3]float64)(x[3*int(uint32(k[4])):])
	e0, e1, e2 := b[0]-o[0], b[1]-o[1], b[2]-o[2]
	f0, f1, f2 := c[0]-o[0], c[1]-o[1], c[2]-o[2]
	n0, n1, n2 := float64(e1*f2)-float64(e2*f1), float64(e2*f0)-float64(e0*f2), float64(e0*f1)-float64(e1*f0)
	h0 := float64((p[0]-o[0])*n0) + float64((p[1]-o[1])*n1) + float64((p[2]-o[2])*n2)
	h1 := float64((q[0]-o[0])*n0) + float64((q[1]-o[1])*n1) + float64((q[2]-o[2])*n2)
	if h0 > 0 == (h1 > 0) {
		return false
	}
	// Slivers, whose corners rounding moves, are left to cut.
	const sliver = 1e-6
	l2, r := float64(n0*n0)+float64(n1*n1)+float64(n2*n2), h0-h1
	if !(l2 > sliver*(float64(e0*e0)+float64(e1*e1)+float64(e2*e2))*(float64(f0*f0)+float64(f1*f1)+float64(f2*f2))) {
		return true
	}
	// Barycentric coordinates of where it passes, times l2 r.
	a0, a1, a2 := float64((p[0]-o[0])*r)+float64((q[0]-p[0])*h0), float64((p[1]-o[1])*r)+float64((q[1]-p[1])*h0), float64((p[2]-o[2])*r)+float64((q[2]-p[2])*h0)
	u := float64((float64(a1*f2)-float64(a2*f1))*n0) + float64((float64(a2*f0)-float64(a0*f2))*n1) + float64((float64(a0*f1)-float64(a1*f0))*n2)
	v := float64((float64(e1*a2)-float64(e2*a1))*n0) + float64((float64(e2*a0)-float64(e0*a2))*n1) + float64((float64(e0*a1)-float64(e1*a0))*n2)
	w := float64(l2 * r)
	if r < 0 {
		u, v, w = -u, -v, -w
	}
	const clear = 1e-6 // of w
	return !(u < -clear*w || v < -clear*w || u+v > (1+clear)*w)
}

// cut finds where the edge passes through the triangle and which way leads
// out; false if it does not pass.
func (n *knots) cut(x []float64, k *knot) bool {
	if !passes(x, &k.v) {
		return false
	}
	p0, p1 := vec(x, k.v[0]), vec(x, k.v[1])
	a, b, c := vec(x, k.v[2]), vec(x, k.v[3]), vec(x, k.v[4])
	ab, ac := sub3(b, a), sub3(c, a)
	normal := cross3(ab, ac)
	l := sqrt(dot3(normal, normal))
	dir := sub3(p1, p0)
	length := sqrt(dot3(dir, dir))
	if l == 0 || length == 0 {
		return false
	}
	h0, h1 := dot3(sub3(p0, a), normal), dot3(sub3(p1, a), normal)
	if h0 > 0 == (h1 > 0) {
		return false
	}
	s := h0 / (h0 - h1)
	at := sub3(p0, a)
	for i := range at {
		at[i] += float64(s * dir[i])
		normal[i] /= l
		dir[i] /= length
	}
	u := dot3(cross3(at, ac), normal) / l
	v := dot3(cross3(ab, at), normal) / l
	if u < 0 || v < 0 || u+v > 1 {
		return false
	}
	k.w = [5]float64{1 - s, s, u + v - 1, -u, -v}
	if n.wrong[k.v[0]] != n.wrong[k.v[1]] {
		// The whole edge belongs where its right end is.
		away := math.Copysign(1, h0)
		if n.wrong[k.v[0]] {
			away = math.Copysign(1, h1)
		}
		k.g = [3]float64{away * normal[0], away * normal[1], away * normal[2]}
		return true
	}
	return n.wayOut(x, k, dir, normal)
}

// wayOut is G of the paper: over the triangles of the edge, the sum of
// R - 2 (E.R)/(E.N) N, where R runs along the contour into the triangle, E
// along the edge and N is the normal of the triangle cut.
func (n *knots) wayOut(x []float64, k *knot, dir, normal [3]float64) bool {
	en := dot3(dir, normal)
	const steep = 0.05 // an edge nearly in the plane would leave along N without end
	if math.Abs(en) < steep {
		en = math.Copysign(steep, en)
	}
	var g [3]float64
	ed := &n.p.edges[k.edge]
	for side, t := range ed.Tri {
		if t < 0 {
			continue
		}
		into := sub3(vec(x, ed.Opp[side]), vec(x, k.v[0]))
		r := cross3(normal, cross3(dir, into))
		l := sqrt(dot3(r, r))
		if l == 0 {
			continue
		}
		// Into the triangle means towards its third corner, off the edge.
		off := into
		along := dot3(into, dir)
		for i := range off {
			off[i] -= float64(along * dir[i])
		}
		if dot3(r, off) < 0 {
			l = -l
		}
		er := dot3(r, dir) / l
		for i := range g {
			g[i] += r[i]/l - 2*er/en*normal[i]
		}
	}
	k.g = g
	return true
}

// pull moves every edge against its triangle by up to push [m] on the way
// out, without giving it speed.
func (n *knots) pull(x, prev, invMass []float64, push float64) {
	for i := range n.list {
		k := &n.list[i]
		m := 0.0
		for j, v := range k.v {
			m += float64(k.w[j] * k.w[j] * invMass[v])
		}
		size2 := dot3(k.g, k.g)
		if m == 0 || size2 == 0 {
			continue
		}
		// Long steps where the contour shortens fast, short ones near its
		// turning points.
		f := push / (m * sqrt(size2+1))
		for j, v := range k.v {
			q := float64(f * k.w[j] * invMass[v])
			for c := range 3 {
				x[3*int(v)+c] += float64(q * k.g[c])
				prev[3*int(v)+c] += float64(q * k.g[c])
			}
		}
	}
}
