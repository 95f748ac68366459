package drape

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r2"
)

// layers watches cloth against cloth: which vertex may meet which triangle,
// which edge which edge, and on which side of it it belongs. The side is
// remembered as long as the pair stays close, so that a vertex that has
// slipped through is pulled back instead of being pushed on.
//
// Pairs are found within the gap plus a margin (patches.go) and stay valid
// until some vertex has moved half the margin, the common motion of all set
// aside.
type layers struct {
	p      *plan
	rest   [][3]r2.Vec
	panel  []int32
	gap    float64 // distance two layers keep [m]
	margin float64 // [m]

	tangled []bool // near a crossing of cloth with cloth: watched only to change sides
	core    []bool // at a crossing
	knots   int    // crossings at the last look
	tangle  knots

	vt, ee, old []pair
	asked       []float64 // positions at the last search [m]
	ready       bool
	searches    int

	patches *patches
}

// pair is four vertices: a vertex against a triangle, or two edges.
type pair struct {
	key uint64   // vertex<<32|triangle, or edge<<32|edge; ascending in a list
	v   [4]int32 // vertex, corners; or ends, ends
	gap float64  // [m]: less than the layers' for neighbours in the fabric
	// side is where the first element lies along the normal, +1 or -1; 0
	// while the two lie so that they have no sides.
	side float64
	flip bool    // is to change sides
	area float64 // that its contact force stands for [m2]
}

const (
	// maxMargin trades searches against pairs to look at [m].
	maxMargin = 0.02
	// restShare is the share of their distance in the flat fabric that
	// neighbours may be asked to keep.
	restShare = 0.4
	// foldShare: neighbours nearer than this share of their distance in the
	// flat fabric are folding and watched; others lie side by side.
	foldShare = 0.7
)

func newLayers(p *plan, c *cloth.Cloth, gap float64) *layers {
	l := &layers{p: p, rest: c.Rest, panel: c.Panel, gap: gap, margin: min(maxMargin, 0.4*p.meanEdge)}
	l.asked = make([]float64, 3*p.nv)
	l.tangled, l.core = make([]bool, p.nv), make([]bool, p.nv)
	l.tangle = newKnots(p)
	l.patches = newPatches(p)
	// Room for as many pairs as a crumpled garment has; a list that outgrows
	// it allocates, once.
	l.vt, l.ee, l.old = make([]pair, 0, 4*p.nv), make([]pair, 0, 4*p.ne), make([]pair, 0, 4*p.ne)
	return l
}

// update searches anew if some vertex has moved too far since.
func (l *layers) update(x []float64) {
	if l.ready && moved(x, l.asked) < l.margin/2 {
		return
	}
	l.ready = true
	l.patches.update(x, l.gap+l.margin)
	l.searches++
	copy(l.asked, x)
	l.searchVT(x)
	l.searchEE(x)
}

func (l *layers) searchVT(x []float64) {
	l.old, l.vt = l.vt, l.old[:0]
	for _, ab := range l.patches.pairs {
		l.betweenVT(x, ab[0], ab[1])
		if ab[0] != ab[1] {
			l.betweenVT(x, ab[1], ab[0])
		}
	}
	slices.SortFunc(l.vt, byKey)
	l.inherit(l.vt)
}

func byKey(a, b pair) int { return cmp.Compare(a.key, b.key) }

// betweenVT adds the pairs of a vertex of patch a and a triangle of patch b.
func (l *layers) betweenVT(x []float64, a, b int32) {
	q, reach := l.patches, l.gap+l.margin
	q.near = q.vertsNear(q.near, x, a, q.box[6*b:6*b+6], reach)
	if len(q.near) == 0 {
		return
	}
	q.far = q.trisNear(q.far, q.farBox, x, b, q.box[6*a:6*a+6], reach)
	for _, v := range q.near {
		at := x[3*v : 3*v+3]
		for k, t := range q.far {
			if !outside(at, q.farBox[6*k:6*k+6], reach) && !meets(v, l.p.tris[t]) {
				l.addVT(x, v, t)
			}
		}
	}
}

// addVT appends the pair if it is within reach.
func (l *layers) addVT(x []float64, i, t int32) {
	tri := l.p.tris[t]
	pr := pair{key: uint64(i)<<32 | uint64(t), v: [4]int32{i, tri[0], tri[1], tri[2]}, gap: l.gap}
	if l.knots > 0 {
		var leave bool
		if leave, pr.flip = l.exempt(&pr.v); leave {
			return
		}
	}
	var q closeness
	q.vertexTriangle(x, &pr.v)
	if q.far2 > (l.gap+l.margin)*(l.gap+l.margin) {
		return
	}
	rest := l.restVT(i, t)
	if q.far2 > foldShare*foldShare*rest*rest {
		return
	}
	pr.meet(&q)
	pr.gap, pr.area = min(l.gap, restShare*rest), l.p.area[i]
	l.vt = append(l.vt, pr)
}

func (l *layers) searchEE(x []float64) {
	l.old, l.ee = l.ee, l.old[:0]
	for _, ab := range l.patches.pairs {
		l.betweenEE(x, ab[0], ab[1])
	}
	slices.SortFunc(l.ee, byKey)
	l.inherit(l.ee)
}

// betweenEE adds the pairs of an edge of patch a and one of patch b.
func (l *layers) betweenEE(x []float64, a, b int32) {
	q, reach := l.patches, l.gap+l.margin
	q.near = q.edgesNear(q.near, q.nearBox, x, a, q.box[6*b:6*b+6], reach)
	if len(q.near) == 0 {
		return
	}
	q.far = q.edgesNear(q.far, q.farBox, x, b, q.box[6*a:6*a+6], reach)
	for i, e := range q.near {
		box := q.nearBox[6*i : 6*i+6]
		for k, f := range q.far {
			if (a != b || e < f) && !apart(box, q.farBox[6*k:6*k+6], reach) {
				l.addEE(x, min(e, f), max(e, f))
			}
		}
	}
}

func (l *layers) addEE(x []float64, e, f int32) {
	a, b := &l.p.edges[e], &l.p.edges[f]
	if a.A == b.A || a.A == b.B || a.B == b.A || a.B == b.B {
		return
	}
	pr := pair{key: uint64(e)<<32 | uint64(f), v: [4]int32{a.A, a.B, b.A, b.B}, gap: l.gap}
	if l.knots > 0 {
		var leave bool
		if leave, pr.flip = l.exempt(&pr.v); leave {
			return
		}
	}
	var q closeness
	q.edgeEdge(x, &pr.v)
	if q.far2 > (l.gap+l.margin)*(l.gap+l.margin) {
		return
	}
	rest := l.restEE(e, f)
	if q.far2 > foldShare*foldShare*rest*rest {
		return
	}
	pr.meet(&q)
	pr.gap, pr.area = min(l.gap, restShare*rest), (l.p.area[a.A]+l.p.area[b.A])/6
	l.ee = append(l.ee, pr)
}

// meet keeps the side of a pair. Beside each other the two may change sides
// freely, round a hem say, and have none while they lie in one plane; once they
// face each other the side is kept.
func (pr *pair) meet(q *closeness) {
	const clear2 = 0.25 // squared share of their distance that must be normal
	switch {
	case q.away:
		pr.side = 0
	case pr.flip:
		if q.inside && pr.side == 0 {
			pr.side = -math.Copysign(1, q.signed)
		}
	case q.inside && pr.side == 0, !q.inside && float64(q.signed*q.signed) > clear2*q.far2:
		pr.side = math.Copysign(1, q.signed)
	}
}

// partSpeed is how fast cloth in cloth is pushed apart [m/s]. Position-based
// contact that closes a whole gap within a step turns it into speed, and a
// crumpled garment explodes.
const partSpeed = 0.2

// separate stops pairs that come nearer than their gap and pushes them gently
// apart, vertices and triangles first: the small-step counterpart of the
// contact forces of the polish.
func (l *layers) separate(x, prev, invMass []float64, dt float64) {
	var q closeness
	for i := range l.vt {
		pr := &l.vt[i]
		q.vertexTriangle(x, &pr.v)
		pr.project(x, prev, invMass, &q, partSpeed*dt)
	}
	for i := range l.ee {
		pr := &l.ee[i]
		q.edgeEdge(x, &pr.v)
		pr.project(x, prev, invMass, &q, partSpeed*dt)
	}
}

func (pr *pair) project(x, prev, invMass []float64, q *closeness, push float64) {
	pr.meet(q)
	depth := pr.gap - float64(pr.side*q.signed)
	if !q.inside || depth <= 0 {
		return
	}
	m, nearer := 0.0, 0.0
	for k, v := range pr.v {
		m += float64(q.w[k] * q.w[k] * invMass[v])
		d := sub3(vec(prev, v), vec(x, v))
		nearer += pr.side * q.w[k] * dot3(q.n, d)
	}
	if m == 0 {
		return
	}
	depth = min(depth, max(0, nearer)+push)
	for k, v := range pr.v {
		f := pr.side * depth * q.w[k] * invMass[v] / m
		x[3*v] += float64(f * q.n[0])
		x[3*v+1] += float64(f * q.n[1])
		x[3*v+2] += float64(f * q.n[2])
	}
}

// untangle looks for crossings everywhere and takes the cloth around them out
// of the watch: a pair that starts on the wrong side would be held there for
// ever. It is called at the start and now and then while crossings are left.
func (l *layers) untangle(x []float64) {
	k := &l.tangle
	k.findAll(x, l.patches)
	l.knots = len(k.list)
	clear(l.core)
	clear(l.tangled)
	for i := range k.list {
		for _, v := range k.list[i].v {
			l.core[v] = true
		}
	}
	k.judge()
	for v, w := range k.wrong {
		l.core[v] = l.core[v] || w
	}
	for _, e := range l.p.edges {
		if l.core[e.A] || l.core[e.B] {
			l.tangled[e.A], l.tangled[e.B] = true, true
		}
	}
	k.zone = k.zone[:0]
	for t, tri := range l.p.tris {
		if l.tangled[tri[0]] || l.tangled[tri[1]] || l.tangled[tri[2]] {
			k.zone = append(k.zone, int32(t))
		}
	}
	l.ready = false // pairs must be found anew
}

// untie takes one step towards undoing the crossings.
func (l *layers) untie(x, prev, invMass []float64, push float64) {
	k := &l.tangle
	k.findZone(x)
	if len(k.list) == 0 {
		l.untangle(x)
	}
	k.pull(x, prev, invMass, push)
}

// exempt tells whether a pair is to be left alone, since it lies in a tangle
// as a whole or partly on the wrong side, and whether it has to change sides.
func (l *layers) exempt(v *[4]int32) (leave, flip bool) {
	wrong, tangled := 0, 0
	for _, i := range v {
		if l.tangle.wrong[i] {
			wrong++
		}
		if l.tangled[i] {
			tangled++
		}
	}
	return wrong < 4 && (wrong > 0 || tangled == 4), wrong == 4
}

// inherit hands the sides of the old list on; both are in ascending order.
func (l *layers) inherit(list []pair) {
	k := 0
	for i := range list {
		for k < len(l.old) && l.old[k].key < list[i].key {
			k++
		}
		if k < len(l.old) && l.old[k].key == list[i].key && l.old[k].flip == list[i].flip {
			list[i].side = l.old[k].side
		}
	}
}

// restVT is the distance of a vertex from a triangle in the flat fabric; far
// if they are of different panels [m].
func (l *layers) restVT(i, t int32) float64 {
	d := math.Inf(1)
	for _, tk := range l.p.vertTri.list(int(i)) {
		if u := tk / 3; l.panel[u] == l.panel[t] {
			v := l.rest[u][tk%3]
			for k := range 3 {
				d = min(d, pointSegment2(v, l.rest[t][k], l.rest[t][(k+1)%3]))
			}
		} else if l.touch(u, t) {
			d = min(d, l.p.meanEdge/2)
		}
	}
	return d
}

// touch tells whether two triangles share a vertex.
func (l *layers) touch(t, u int32) bool {
	for _, a := range l.p.tris[t] {
		for _, b := range l.p.tris[u] {
			if a == b {
				return true
			}
		}
	}
	return false
}

// restEE is the same for two edges.
func (l *layers) restEE(e, f int32) float64 {
	d := math.Inf(1)
	for _, ek := range l.p.edgeTri.list(int(e)) {
		for _, fk := range l.p.edgeTri.list(int(f)) {
			t, u := ek/3, fk/3
			if l.panel[t] != l.panel[u] {
				if l.touch(t, u) {
					d = min(d, l.p.meanEdge/2)
				}
				continue
			}
			a, b := l.rest[t][ek%3], l.rest[t][(ek%3+1)%3]
			g, h := l.rest[u][fk%3], l.rest[u][(fk%3+1)%3]
			d = min(d, pointSegment2(a, g, h), pointSegment2(b, g, h), pointSegment2(g, a, b), pointSegment2(h, a, b))
		}
	}
	return d
}

func pointSegment2(p, a, b r2.Vec) float64 {
	ab, ap := r2.Sub(b, a), r2.Sub(p, a)
	s := max(0, min(1, r2.Dot(ab, ap)/r2.Norm2(ab)))
	return math.Sqrt(r2.Norm2(r2.Sub(ap, r2.Scale(s, ab))))
}

func bounds(b, x []float64, v []int32, grow float64) {
	for k := range 3 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, i := range v {
			c := x[3*int(i)+k]
			lo, hi = min(lo, c), max(hi, c)
		}
		b[k], b[3+k] = lo-grow, hi+grow
	}
}

// moved is the longest way of a vertex from one state to another, relative to
// the mean of all [m].
func moved(x, from []float64) float64 {
	var mean [3]float64
	for i := 0; i < len(x); i += 3 {
		for k := range 3 {
			mean[k] += x[i+k] - from[i+k]
		}
	}
	n := float64(len(x) / 3)
	longest := 0.0
	for i := 0; i < len(x); i += 3 {
		s := 0.0
		for k := range 3 {
			d := x[i+k] - from[i+k] - mean[k]/n
			s += float64(d * d)
		}
		longest = max(longest, s)
	}
	return math.Sqrt(longest)
}
