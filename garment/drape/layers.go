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
	undone  bool   // none is left of those
	tangle  knots

	vt, ee, old []pair
	sewn        []pair    // rims of laid panels and what they lie on: always watched
	asked       []float64 // positions at the last search [m]
	spare       float64   // what vertices may go before it has to be looked how far they have gone [m]
	ready       bool
	looked      bool // for crossings, since the cloth last moved
	searches    int

	room    room
	patches *patches
	crew    *crew
	x       []float64 // positions looked at [m]
	sums    [blockCount][3]float64
	mean    [3]float64 // way of all vertices since the search [m]
	far2    [blockCount]float64
	cut     [blockCount]bool // found by a glance

	drift, stray, huntVT, huntEE, huntKnots, meetVT, meetEE, meetSewn, farVT, farEE, glance func(block int)
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

// spareShare leaves what rounding may add up to.
const spareShare = 0.99

func newLayers(p *plan, c *cloth.Cloth, gap float64, w *crew) *layers {
	l := &layers{p: p, rest: c.Rest, panel: c.Panel, gap: gap, margin: min(maxMargin, 0.4*p.meanEdge), crew: w}
	l.asked = make([]float64, 3*p.nv)
	l.tangled, l.core = make([]bool, p.nv), make([]bool, p.nv)
	l.tangle = newKnots(p)
	l.sewn = p.lap.pairs(p, gap)
	l.patches = newPatches(p, w)
	l.room.stirred = make([]bool, p.nv)
	l.room.free, l.room.turned = make([]float64, p.nv), turnedVerts(c)
	// Room for as many pairs as a crumpled garment has; a list that outgrows
	// it allocates, once.
	l.vt, l.ee, l.old = make([]pair, 0, 2*p.nv), make([]pair, 0, 2*p.ne), make([]pair, 0, 2*p.ne)
	l.loops()
	return l
}

// loops makes the tasks that are shared out.
func (l *layers) loops() {
	q, k := l.patches, &l.tangle
	l.drift = func(b int) { lo, hi := span(b, l.p.nv); l.sums[b] = drift(l.x, l.asked, lo, hi) }
	l.stray = func(b int) { lo, hi := span(b, l.p.nv); l.far2[b] = stray(l.x, l.asked, l.mean, lo, hi) }
	l.huntVT = func(b int) {
		s := &q.scouts[b]
		s.pairs = s.pairs[:0]
		lo, hi := span(b, len(q.pairs))
		for _, ab := range q.pairs[lo:hi] {
			a, b := int32(ab>>32), int32(ab)
			l.betweenVT(s, a, b)
			if a != b {
				l.betweenVT(s, b, a)
			}
		}
		l.take(s, trianglePairs())
	}
	l.huntEE = func(b int) {
		s := &q.scouts[b]
		s.pairs = s.pairs[:0]
		lo, hi := span(b, len(q.pairs))
		for _, ab := range q.pairs[lo:hi] {
			l.betweenEE(s, int32(ab>>32), int32(ab))
		}
		l.take(s, edgePairs())
	}
	l.huntKnots = func(b int) {
		s := &q.scouts[b]
		s.knots = s.knots[:0]
		lo, hi := span(b, len(q.pairs))
		for _, ab := range q.pairs[lo:hi] {
			k.between(s, q, int32(ab>>32), int32(ab))
		}
	}
	l.glance = func(b int) {
		lo, hi := span(b, len(q.pairs))
		l.cut[b] = slices.ContainsFunc(q.pairs[lo:hi], func(ab uint64) bool { return l.cutBetween(&q.scouts[b], int32(ab>>32), int32(ab)) })
	}
	l.meetVT = func(b int) {
		lo, hi := span(b, len(l.vt))
		l.meetings(&q.scouts[b], l.vt, l.room.vt, lo, hi, trianglePairs())
	}
	l.meetSewn = func(b int) {
		lo, hi := span(b, len(l.sewn))
		l.meetings(&q.scouts[b], l.sewn, nil, lo, hi, sewnPairs())
	}
	l.farVT = func(b int) {
		lo, hi := span(b, len(l.vt))
		distances(l.room.vt, l.x, l.vt, l.room.stirred, &q.scouts[b], trianglePairs(), lo, hi)
	}
	l.farEE = func(b int) {
		lo, hi := span(b, len(l.ee))
		distances(l.room.ee, l.x, l.ee, l.room.stirred, &q.scouts[b], edgePairs(), lo, hi)
	}
	l.meetEE = func(b int) {
		lo, hi := span(b, len(l.ee))
		l.meetings(&q.scouts[b], l.ee, l.room.ee, lo, hi, edgePairs())
	}
}

// updateAfter is update where no vertex has gone further than way since it was last
// called: a vertex comes nearer to the margin by that and by what the mean of all goes.
func (l *layers) updateAfter(x []float64, way float64) {
	if l.spare -= 2 * way; l.ready && l.spare > 0 {
		l.x, l.looked = x, false
		return
	}
	l.update(x)
}

// update searches anew if some vertex has moved too far since.
func (l *layers) update(x []float64) {
	l.x, l.looked = x, false
	if l.ready {
		if far := l.moved(); far < l.margin/2 {
			l.spare = spareShare * (l.margin/2 - far)
			return
		}
	}
	l.ready, l.spare, l.room.known = true, spareShare*l.margin/2, false
	l.patches.update(x, l.gap+l.margin)
	l.searches++
	copy(l.asked, x)
	l.vt = l.search(l.vt, l.huntVT)
	l.ee = l.search(l.ee, l.huntEE)
}

// search finds the pairs of one kind anew; they inherit from the old.
func (l *layers) search(was []pair, hunt func(block int)) []pair {
	l.crew.do(hunt)
	list := l.old[:0]
	l.old = was
	for b := range l.patches.scouts {
		list = append(list, l.patches.scouts[b].pairs...)
	}
	slices.SortFunc(list, byKey)
	l.inherit(list)
	return list
}

func byKey(a, b pair) int { return cmp.Compare(a.key, b.key) }

// betweenVT looks at the pairs of a vertex of patch a and a triangle of patch b.
func (l *layers) betweenVT(s *scout, a, b int32) {
	q := l.patches
	for _, vt := range q.near(s, &q.vertBoxes, &q.triBoxes, a, b) {
		if tri := &l.p.tris[vt[1]]; !meets(vt[0], *tri) {
			l.look(s, uint64(vt[0])<<32|uint64(vt[1]), &[4]int32{vt[0], tri[0], tri[1], tri[2]}, trianglePairs())
		}
	}
}

// betweenEE looks at the pairs of an edge of patch a and one of patch b.
func (l *layers) betweenEE(s *scout, a, b int32) {
	q := l.patches
	for _, ef := range q.near(s, &q.edgeBoxes, &q.edgeBoxes, a, b) {
		e, f := min(ef[0], ef[1]), max(ef[0], ef[1])
		g, h := &l.p.edges[e], &l.p.edges[f]
		if a == b && ef[0] >= ef[1] || g.A == h.A || g.A == h.B || g.B == h.A || g.B == h.B {
			continue
		}
		l.look(s, uint64(e)<<32|uint64(f), &[4]int32{g.A, g.B, h.A, h.B}, edgePairs())
	}
}

// look puts a pair to those that are measured together.
func (l *layers) look(s *scout, key uint64, v *[4]int32, by kind) {
	t := &s.together
	t.key[t.n] = key
	if t.add(v); t.full() {
		l.take(s, by)
	}
}

// take measures them and keeps those that are within reach.
func (l *layers) take(s *scout, by kind) {
	t := &s.together
	t.measure(l.x, by)
	reach2 := (l.gap + l.margin) * (l.gap + l.margin)
	for k := range t.n {
		if t.get(&s.close, l.x, by, k); s.close.far2 > reach2 {
			continue
		}
		pr := pair{key: t.key[k], v: t.v[k]}
		if l.watch(&pr, &s.close, by.first) {
			s.pairs = append(s.pairs, pr)
		}
	}
	t.n = 0
}

// watch tells whether a pair within reach is to be watched, and completes it; first of
// its vertices are the first element's.
func (l *layers) watch(pr *pair, q *closeness, first int) bool {
	if l.knots > 0 {
		var leave bool
		if leave, pr.flip = l.exempt(&pr.v); leave {
			return false
		}
	}
	gap, free := l.p.lap.gap(l.gap, pr.v[:first], pr.v[first:])
	if !free {
		return false
	}
	i, k := int32(pr.key>>32), int32(pr.key)
	var rest float64
	if first == 1 {
		rest, pr.area = l.restVT(i, k), l.p.area[i]
	} else {
		rest, pr.area = l.restEE(i, k), (l.p.area[pr.v[0]]+l.p.area[pr.v[2]])/6
	}
	if q.far2 > foldShare*foldShare*rest*rest {
		return false
	}
	pr.gap = min(gap, restShare*rest)
	pr.meet(q)
	return true
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
// contact forces of the polish. Only few do; they are found first.
func (l *layers) separate(x, prev, invMass []float64, dt float64) {
	l.x = x
	l.part(l.vt, l.meetVT, (*closeness).vertexTriangle, prev, invMass, dt)
	l.part(l.ee, l.meetEE, (*closeness).edgeEdge, prev, invMass, dt)
	l.room.known = true
	if len(l.sewn) > 0 {
		l.part(l.sewn, l.meetSewn, (*closeness).vertexVertex, prev, invMass, dt)
	}
}

// pairTime is about how long it takes to measure a pair [ns].
const pairTime = 15

// part separates one kind of pairs.
func (l *layers) part(list []pair, meet func(block int), by gauge, prev, invMass []float64, dt float64) {
	l.crew.share(len(list), pairTime, meet)
	for b := range l.patches.scouts {
		s := &l.patches.scouts[b]
		for _, i := range s.hits {
			pr := &list[i]
			for _, v := range pr.v {
				l.room.stirred[v] = true
			}
			by(&s.close, l.x, &pr.v)
			pr.project(l.x, prev, invMass, &s.close, partSpeed*dt)
		}
	}
}

// meetings lists those of pairs lo to hi that are nearer than their gap and writes the
// distances of all, unless nobody asks for them.
func (l *layers) meetings(s *scout, list []pair, far []float64, lo, hi int, by kind) {
	q, t := &s.close, &s.together
	s.hits = s.hits[:0]
	for lo < hi {
		n := t.fill(list[lo:hi])
		t.measure(l.x, by)
		for k := range n {
			pr := &list[lo+k]
			t.get(q, l.x, by, k)
			if far != nil {
				far[lo+k] = math.Sqrt(q.far2)
			}
			if pr.meet(q); q.inside && pr.gap > float64(pr.side*q.signed) {
				s.hits = append(s.hits, int32(lo+k))
			}
		}
		lo += n
	}
	t.n = 0
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
	l.findKnots(x)
	l.sortOut()
}

// sortOut is the rest of untangle, for crossings found already.
func (l *layers) sortOut() {
	k := &l.tangle
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
	l.ready, l.looked, l.undone = false, true, false // pairs must be found anew
}

// findKnots lists the edges that pass through triangles anywhere.
func (l *layers) findKnots(x []float64) {
	n, q := &l.tangle, l.patches
	q.look(x)
	l.crew.do(l.huntKnots)
	n.list = n.list[:0]
	for b := range q.scouts {
		n.list = append(n.list, q.scouts[b].knots...)
	}
	n.sort()
	q.wary = q.wary || len(n.list) > 0
}

// untie takes one step towards undoing the crossings.
func (l *layers) untie(x, prev, invMass []float64, push float64) {
	k := &l.tangle
	k.findZone(x)
	l.undone = len(k.list) == 0
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

// moved is the longest way of a vertex since the last search, relative to the
// mean of all [m].
func (l *layers) moved() float64 {
	l.crew.share(l.p.nv, 3, l.drift)
	l.mean = meanWay(&l.sums, l.p.nv)
	l.crew.share(l.p.nv, 3, l.stray)
	return math.Sqrt(slices.Max(l.far2[:]))
}

// drift sums the ways of vertices lo to hi from one state to another.
func drift(x, from []float64, lo, hi int) [3]float64 {
	s0, s1, s2 := 0.0, 0.0, 0.0
	for i := 3 * lo; i < 3*hi; i += 3 {
		a, o := (*[3]float64)(x[i:]), (*[3]float64)(from[i:])
		s0, s1, s2 = s0+(a[0]-o[0]), s1+(a[1]-o[1]), s2+(a[2]-o[2])
	}
	return [3]float64{s0, s1, s2}
}

// meanWay of n vertices from the sums of the blocks.
func meanWay(sums *[blockCount][3]float64, n int) (mean [3]float64) {
	for b := range sums {
		for k := range mean {
			mean[k] += sums[b][k] / float64(n)
		}
	}
	return mean
}

// stray is the longest such way less the mean, squared.
func stray(x, from []float64, mean [3]float64, lo, hi int) float64 {
	longest := 0.0
	m0, m1, m2 := mean[0], mean[1], mean[2]
	for i := 3 * lo; i < 3*hi; i += 3 {
		a, o := (*[3]float64)(x[i:]), (*[3]float64)(from[i:])
		d0, d1, d2 := a[0]-o[0]-m0, a[1]-o[1]-m1, a[2]-o[2]-m2
		if s := float64(d0*d0) + float64(d1*d1) + float64(d2*d2); s > longest || s != s {
			longest = s
		}
	}
	return longest
}
