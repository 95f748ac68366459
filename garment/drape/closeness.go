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
	p, a := (*[3]float64)(x[3*int(uint32(v[0])):]), (*[3]float64)(x[3*int(uint32(v[1])):])
	b, c := (*[3]float64)(x[3*int(uint32(v[2])):]), (*[3]float64)(x[3*int(uint32(v[3])):])
	e0, e1, e2 := b[0]-a[0], b[1]-a[1], b[2]-a[2]
	f0, f1, f2 := c[0]-a[0], c[1]-a[1], c[2]-a[2]
	r0, r1, r2 := p[0]-a[0], p[1]-a[1], p[2]-a[2]
	n0, n1, n2 := float64(e1*f2)-float64(e2*f1), float64(e2*f0)-float64(e0*f2), float64(e0*f1)-float64(e1*f0)
	l := sqrt(float64(n0*n0) + float64(n1*n1) + float64(n2*n2))
	if l == 0 {
		*q = closeness{far2: math.Inf(1), n: [3]float64{0, 1, 0}}
		return
	}
	n0, n1, n2 = n0/l, n1/l, n2/l
	u := (float64((float64(r1*f2)-float64(r2*f1))*n0) + float64((float64(r2*f0)-float64(r0*f2))*n1) + float64((float64(r0*f1)-float64(r1*f0))*n2)) / l
	w := (float64((float64(e1*r2)-float64(e2*r1))*n0) + float64((float64(e2*r0)-float64(e0*r2))*n1) + float64((float64(e0*r1)-float64(e1*r0))*n2)) / l
	h := float64(r0*n0) + float64(r1*n1) + float64(r2*n2)
	low := min(u, w, 1-u-w)
	q.n[0], q.n[1], q.n[2], q.signed = n0, n1, n2, h
	q.inside, q.away = low >= 0, low < -0.3
	if !q.inside {
		// Outside the triangle: its edge is nearest.
		u, w = clampTriangle(u, w, [3]float64{e0, e1, e2}, [3]float64{f0, f1, f2}, [3]float64{r0, r1, r2})
		m0 := r0 - float64(u*e0) - float64(w*f0)
		m1 := r1 - float64(u*e1) - float64(w*f1)
		m2 := r2 - float64(u*e2) - float64(w*f2)
		q.far2 = float64(m0*m0) + float64(m1*m1) + float64(m2*m2)
	} else {
		q.far2 = h * h
	}
	q.w[0], q.w[1], q.w[2], q.w[3] = 1, -(1 - u - w), -u, -w
}

// clampTriangle moves barycentrics outside the triangle to its nearest edge.
func clampTriangle(u, w float64, ab, ac, ap [3]float64) (float64, float64) {
	e0, e1, e2, f0, f1, f2, r0, r1, r2 := ab[0], ab[1], ab[2], ac[0], ac[1], ac[2], ap[0], ap[1], ap[2]
	off := func(s, t float64) float64 {
		m0 := r0 - float64(s*e0) - float64(t*f0)
		m1 := r1 - float64(s*e1) - float64(t*f1)
		m2 := r2 - float64(s*e2) - float64(t*f2)
		return float64(m0*m0) + float64(m1*m1) + float64(m2*m2)
	}
	ee, ff := float64(e0*e0)+float64(e1*e1)+float64(e2*e2), float64(f0*f0)+float64(f1*f1)+float64(f2*f2)
	best := math.Inf(1)
	s := clamp01((float64(r0*e0) + float64(r1*e1) + float64(r2*e2)) / ee)
	if d := off(s, 0); d < best {
		best, u, w = d, s, 0
	}
	t := clamp01((float64(r0*f0) + float64(r1*f1) + float64(r2*f2)) / ff)
	if d := off(0, t); d < best {
		best, u, w = d, 0, t
	}
	b0, b1, b2 := f0-e0, f1-e1, f2-e2
	if l2 := float64(b0*b0) + float64(b1*b1) + float64(b2*b2); l2 > 0 {
		s := clamp01((float64((r0-e0)*b0) + float64((r1-e1)*b1) + float64((r2-e2)*b2)) / l2)
		if d := off(1-s, s); d < best {
			u, w = 1-s, s
		}
	}
	return u, w
}

// edgeEdge measures the edge v[0], v[1] against v[2], v[3]. Here and above components
// are spelt out: small arrays go through memory, which takes half as long again.
func (q *closeness) edgeEdge(x []float64, v *[4]int32) {
	a, b := (*[3]float64)(x[3*int(uint32(v[0])):]), (*[3]float64)(x[3*int(uint32(v[1])):])
	c, d := (*[3]float64)(x[3*int(uint32(v[2])):]), (*[3]float64)(x[3*int(uint32(v[3])):])
	e0, e1, e2 := b[0]-a[0], b[1]-a[1], b[2]-a[2]
	f0, f1, f2 := d[0]-c[0], d[1]-c[1], d[2]-c[2]
	r0, r1, r2 := a[0]-c[0], a[1]-c[1], a[2]-c[2]
	ee := float64(e0*e0) + float64(e1*e1) + float64(e2*e2)
	ff := float64(f0*f0) + float64(f1*f1) + float64(f2*f2)
	ef := float64(e0*f0) + float64(e1*f1) + float64(e2*f2)
	er := float64(e0*r0) + float64(e1*r1) + float64(e2*r2)
	fr := float64(f0*r0) + float64(f1*r1) + float64(f2*r2)
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
	n0, n1, n2 := float64(e1*f2)-float64(e2*f1), float64(e2*f0)-float64(e0*f2), float64(e0*f1)-float64(e1*f0)
	l := sqrt(float64(n0*n0) + float64(n1*n1) + float64(n2*n2))
	if !q.inside {
		s, t = clampSegments(crossing, s, ee, ff, ef, er, fr)
	}
	m0 := r0 + float64(s*e0) - float64(t*f0)
	m1 := r1 + float64(s*e1) - float64(t*f1)
	m2 := r2 + float64(s*e2) - float64(t*f2)
	q.far2 = float64(m0*m0) + float64(m1*m1) + float64(m2*m2)
	q.w[0], q.w[1], q.w[2], q.w[3] = 1-s, s, -(1 - t), -t
	if !crossing || l == 0 {
		q.n[0], q.n[1], q.n[2], q.signed = 0, 1, 0, 1
		return
	}
	n0, n1, n2 = n0/l, n1/l, n2/l
	q.n[0], q.n[1], q.n[2] = n0, n1, n2
	q.signed = float64(n0*r0) + float64(n1*r1) + float64(n2*r2)
}

// clampSegments finds the nearest points of two segments (Ericson 2005,
// "Real-Time Collision Detection", 5.1.9).
func clampSegments(crossing bool, s, ee, ff, ef, er, fr float64) (float64, float64) {
	s = clamp01(s)
	if !crossing {
		s = 0
	}
	t := (float64(ef*s) + fr) / ff
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
