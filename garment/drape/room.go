package drape

import "math"

// Springs, the body and other cloth pull a vertex in turn, and the last of them
// can push it through cloth that an earlier one kept it off. So no vertex goes
// further in one step than its room: a share of its distance from the nearest
// cloth it may meet, before the step. Two that both keep to less than half of
// their distance cannot pass each other (Chen et al. 2025, "Offset Geometric
// Contact", section 3.7). The common motion of all is free.
const roomShare = 0.45

// room of every vertex.
type room struct {
	free    []float64 // infinite where nothing is near [m]
	vt, ee  []float64 // distance of each pair [m]
	near    bool      // some cloth is near some other
	known   bool      // distances are those of the end of the last step,
	stirred []bool    // but of pairs with a vertex that has been moved since
	turned  []bool    // vertices that have all there is, see turned.go
}

// measureRoom finds the distances of all pairs at x. Those that separate has found at
// the end of a step are theirs still, unless one of the vertices was moved after that.
func (l *layers) measureRoom(x []float64) {
	r := &l.room
	l.x = x
	r.near = len(l.vt)+len(l.ee) > 0
	if !r.near {
		return
	}
	if !r.known {
		for v := range r.stirred {
			r.stirred[v] = true
		}
	}
	r.vt, r.ee = resized(r.vt, len(l.vt)), resized(r.ee, len(l.ee))
	l.crew.share(len(l.vt), pairTime, l.farVT)
	l.crew.share(len(l.ee), pairTime, l.farEE)
	clear(r.stirred)
	r.known = false
	for i := range r.free {
		r.free[i] = math.Inf(1)
	}
	r.note(l.vt, r.vt)
	r.note(l.ee, r.ee)
	for v, turned := range r.turned {
		if turned {
			r.free[v] = math.Inf(1)
		}
	}
}

// note hands the distances of pairs to their vertices.
func (r *room) note(list []pair, far []float64) {
	for i, d := range far {
		d *= roomShare
		for _, v := range list[i].v {
			r.free[v] = min(r.free[v], d)
		}
	}
}

// distances of those of pairs lo to hi that have been stirred at x [m].
func distances(far, x []float64, list []pair, stirred []bool, s *scout, by kind, lo, hi int) {
	t := &s.together
	for i := lo; i < hi; i++ {
		v := &list[i].v
		if !stirred[v[0]] && !stirred[v[1]] && !stirred[v[2]] && !stirred[v[3]] {
			continue
		}
		t.key[t.n] = uint64(i)
		if t.add(v); t.full() {
			t.distances(far, x, &s.close, by)
		}
	}
	t.distances(far, x, &s.close, by)
}

// distances are filed by key.
func (t *together) distances(far, x []float64, q *closeness, by kind) {
	t.measure(x, by)
	for k := range t.n {
		t.get(q, x, by, k)
		far[t.key[k]] = math.Sqrt(q.far2)
	}
	t.n = 0
}

// resized is a list of n numbers in the same memory where that is enough.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, 2*n)
	}
	return list[:n]
}

// keepToRoom takes back what vertices lo to hi went further than their room, the
// mean way of all set aside, and marks them.
func keepToRoom(x, prev, free []float64, stirred []bool, mean [3]float64, lo, hi int) {
	for i := lo; i < hi; i++ {
		if math.IsInf(free[i], 1) {
			continue
		}
		a, o := x[3*i:3*i+3], prev[3*i:3*i+3]
		far2 := 0.0
		for k, m := range mean {
			d := a[k] - o[k] - m
			far2 += float64(d * d)
		}
		if far2 <= free[i]*free[i] {
			continue
		}
		stirred[i] = true
		share := free[i] / sqrt(far2)
		for k, m := range mean {
			a[k] = o[k] + m + float64(share*(a[k]-o[k]-m))
		}
	}
}
