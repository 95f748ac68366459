package drape

import "math"

// closeness is how two elements of a pair lie to each other: the weights of
// its four vertices in the vector from the second element's nearest point to
// the first's, a unit normal and the signed distance along it.
type closeness struct {
	w      [4]float64
	n      [3]float64
	signed float64
	inside bool    // the nearest points are interior: a crossing is possible here
	away   bool    // far outside or parallel: a side has no meaning here
	far2   float64 // squared distance of the elements [m2]
}

// gauge measures a pair of one kind.
type gauge func(q *closeness, x []float64, v *[4]int32)

// vertexTriangle measures v[0] against the triangle v[1], v[2], v[3].
func (q *closeness) vertexTriangle(x []float64, v *[4]int32) {
	p, a, b, c := vec(x, v[0]), vec(x, v[1]), vec(x, v[2]), vec(x, v[3])
	ab, ac, ap := sub3(b, a), sub3(c, a), sub3(p, a)
	n := cross3(ab, ac)
	l := sqrt(dot3(n, n))
	if l == 0 {
		*q = closeness{far2: math.Inf(1), n: [3]float64{0, 1, 0}}
		return
	}
	n = [3]float64{n[0] / l, n[1] / l, n[2] / l}
	u := dot3(cross3(ap, ac), n) / l
	w := dot3(cross3(ab, ap), n) / l
	h := dot3(ap, n)
	low := min(u, w, 1-u-w)
	q.n, q.signed = n, h
	q.inside, q.away = low >= 0, low < -0.3
	if !q.inside {
		// Outside the triangle: its edge is nearest.
		u, w = clampTriangle(u, w, ab, ac, ap)
		r := [3]float64{}
		for k := range r {
			r[k] = ap[k] - float64(u*ab[k]) - float64(w*ac[k])
		}
		q.far2 = dot3(r, r)
	} else {
		q.far2 = h * h
	}
	q.w = [4]float64{1, -(1 - u - w), -u, -w}
}

// clampTriangle moves barycentrics outside the triangle to its nearest edge.
func clampTriangle(u, w float64, ab, ac, ap [3]float64) (float64, float64) {
	best, bu, bw := math.Inf(1), u, w
	try := func(s, t float64) {
		r := [3]float64{}
		for k := range r {
			r[k] = ap[k] - float64(s*ab[k]) - float64(t*ac[k])
		}
		if d := dot3(r, r); d < best {
			best, bu, bw = d, s, t
		}
	}
	try(clamp01(dot3(ap, ab)/dot3(ab, ab)), 0)
	try(0, clamp01(dot3(ap, ac)/dot3(ac, ac)))
	bc := sub3(ac, ab)
	if l2 := dot3(bc, bc); l2 > 0 {
		s := clamp01(dot3(sub3(ap, ab), bc) / l2)
		try(1-s, s)
	}
	return bu, bw
}

// edgeEdge measures the edge v[0], v[1] against v[2], v[3].
func (q *closeness) edgeEdge(x []float64, v *[4]int32) {
	a, b, c, d := vec(x, v[0]), vec(x, v[1]), vec(x, v[2]), vec(x, v[3])
	e, f, r := sub3(b, a), sub3(d, c), sub3(a, c)
	ee, ff, ef := dot3(e, e), dot3(f, f), dot3(e, f)
	er, fr := dot3(e, r), dot3(f, r)
	den := float64(ee*ff) - float64(ef*ef)
	q.inside, q.away = false, true
	if ee == 0 || ff == 0 {
		*q = closeness{far2: math.Inf(1), n: [3]float64{0, 1, 0}}
		return
	}
	s, t := 0.0, 0.0
	// Edges within 3 degrees of parallel have no crossing direction.
	const parallel = 3e-3
	crossing := den > parallel*ee*ff
	if crossing {
		s = (float64(ef*fr) - float64(ff*er)) / den
		t = (float64(ee*fr) - float64(ef*er)) / den
		q.inside = s >= 0 && s <= 1 && t >= 0 && t <= 1
		q.away = min(s, t, 1-s, 1-t) < -0.3
	}
	n := cross3(e, f)
	l := sqrt(dot3(n, n))
	if !q.inside {
		s, t = clampSegments(crossing, s, ee, ff, ef, er, fr)
	}
	m := [3]float64{}
	for k := range m {
		m[k] = r[k] + float64(s*e[k]) - float64(t*f[k])
	}
	q.far2 = dot3(m, m)
	q.w = [4]float64{1 - s, s, -(1 - t), -t}
	if !crossing || l == 0 {
		q.n, q.signed = [3]float64{0, 1, 0}, 1
		return
	}
	q.n = [3]float64{n[0] / l, n[1] / l, n[2] / l}
	q.signed = dot3(q.n, r)
}

// clampSegments finds the nearest points of two segments (Ericson 2005,
// "Real-Time Collision Detection", 5.1.9).
func clampSegments(crossing bool, s, ee, ff, ef, er, fr float64) (float64, float64) {
	s = clamp01(s)
	if !crossing {
		s = 0
	}
	t := (ef*s + fr) / ff
	if t < 0 {
		t, s = 0, clamp01(-er/ee)
	} else if t > 1 {
		t, s = 1, clamp01((ef-er)/ee)
	}
	return s, t
}

func clamp01(s float64) float64 { return max(0, min(1, s)) }

func vec(x []float64, i int32) [3]float64 { return [3]float64{x[3*i], x[3*i+1], x[3*i+2]} }

func sub3(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
