package sew

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// hangOne places panel i on the seams it shares with placed panels.
func (l *layout) hangOne(i int) {
	pc := l.pieces[i]
	joints := l.joints(i, true)
	var flat []r2.Vec
	var space []r3.Vec
	for _, j := range joints {
		flat = append(flat, pc.points[j.own])
		space = append(space, l.pos[j.panel][j.other])
	}
	rot, m2, m3 := rigid(flat, space, l.outward(space))
	pos := make([]r3.Vec, len(pc.points))
	for k, q := range pc.points {
		d := r2.Sub(q, m2)
		pos[k] = r3.Add(m3, r3.Add(r3.Scale(d.X, rot[0]), r3.Scale(d.Y, rot[1])))
	}
	shift := make([]r3.Vec, len(pos))
	fixed := make([]bool, len(pos))
	for k, j := range joints {
		shift[j.own] = r3.Sub(space[k], pos[j.own])
		fixed[j.own] = true
	}
	spread(shift, fixed, pc.tris, hangSweeps)
	for k := range pos {
		pos[k] = r3.Add(pos[k], shift[k])
	}
	l.pos[i] = pos
}

// outward is the mean direction away from the body at the points.
func (l *layout) outward(pts []r3.Vec) r3.Vec {
	hits := make([]bvh.Hit, len(pts))
	l.fig.tree.Nearest(hits, pts, math.Inf(1))
	var n r3.Vec
	for _, h := range hits {
		n = r3.Add(n, h.Normal)
	}
	if r3.Norm(n) < 1e-9 {
		return axisZ
	}
	return r3.Unit(n)
}

// rigid finds the turn that takes flat points nearest to points in space
// (Kabsch 1976), with the outer side looking along out as far as the points
// leave that open. It returns the images of x, y and the two centroids.
func rigid(flat []r2.Vec, space []r3.Vec, out r3.Vec) (rot [2]r3.Vec, m2 r2.Vec, m3 r3.Vec) {
	m2 = centroid(flat)
	for _, p := range space {
		m3 = r3.Add(m3, r3.Scale(1/float64(len(space)), p))
	}
	h := mat.NewDense(3, 3, nil)
	add := func(a, b r3.Vec) {
		for r, x := range [3]float64{a.X, a.Y, a.Z} {
			for c, y := range [3]float64{b.X, b.Y, b.Z} {
				h.Set(r, c, h.At(r, c)+x*y)
			}
		}
	}
	size := 0.0
	for k, q := range flat {
		d := r2.Sub(q, m2)
		size += r2.Norm2(d)
		add(r3.Vec{X: d.X, Y: d.Y}, r3.Sub(space[k], m3))
	}
	add(r3.Vec{Z: 0.3 * size}, out)
	var svd mat.SVD
	if !svd.Factorize(h, mat.SVDFull) {
		return [2]r3.Vec{axisX, axisY}, m2, m3
	}
	var u, v, r mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	r.Mul(&v, u.T())
	if mat.Det(&r) < 0 {
		for k := range 3 {
			v.Set(k, 2, -v.At(k, 2))
		}
		r.Mul(&v, u.T())
	}
	col := func(c int) r3.Vec { return r3.Vec{X: r.At(0, c), Y: r.At(1, c), Z: r.At(2, c)} }
	return [2]r3.Vec{col(0), col(1)}, m2, m3
}

// hangSweeps of averaging carry a shift some 20 triangles into a panel; what is
// left the relaxation takes care of.
const hangSweeps = 300

// spread fills the shifts of free points with the means of their neighbours'.
func spread(shift []r3.Vec, fixed []bool, tris [][3]int32, sweeps int) {
	sum := make([]r3.Vec, len(shift))
	n := make([]float64, len(shift))
	for range sweeps {
		clear(sum)
		clear(n)
		for _, t := range tris {
			for c := range 3 {
				a, b := t[c], t[(c+1)%3]
				sum[a] = r3.Add(sum[a], shift[b])
				sum[b] = r3.Add(sum[b], shift[a])
				n[a]++
				n[b]++
			}
		}
		for k := range shift {
			if !fixed[k] && n[k] > 0 {
				shift[k] = r3.Scale(1/n[k], sum[k])
			}
		}
	}
}

// placeHood stands the halves of a hood beside the head, closed over it and
// behind it where they are sewn to each other.
func (l *layout) placeHood() {
	width := 0.0
	for i, v := range l.fig.body.Mesh.Verts {
		if l.fig.body.Part[i] == body.Head {
			width = max(width, math.Abs(v.X))
		}
	}
	width += clearance
	for i, f := range l.fam {
		if f != hood || len(l.joints(i, false)) == 0 || l.p.Panels[i].Side == pattern.Centre {
			continue
		}
		l.standHood(i, width)
	}
}

func (l *layout) standHood(i int, width float64) {
	pc := l.pieces[i]
	side := float64(l.p.Panels[i].Side)
	var own r2.Vec
	var at r3.Vec
	joints := l.joints(i, false)
	for _, j := range joints {
		if l.fam[j.panel] == hood {
			continue
		}
		own = r2.Add(own, r2.Scale(1/float64(len(joints)), pc.points[j.own]))
		at = r3.Add(at, r3.Scale(1/float64(len(joints)), l.pos[j.panel][j.other]))
	}
	var ridge []r2.Vec
	for _, s := range l.p.Seams {
		if a, b := s.A.Panel, s.B.Panel; (a == i || b == i) && l.fam[a] == hood && l.fam[b] == hood && a != b {
			e := s.A
			if b == i {
				e = s.B
			}
			ridge = append(ridge, l.pointsOf(i, e.Edge)...)
		}
	}
	l.pos[i] = make([]r3.Vec, len(pc.points))
	for k, q := range pc.points {
		near := math.Inf(1)
		for _, p := range ridge {
			near = min(near, r2.Norm(r2.Sub(p, q)))
		}
		// A quarter turn of radius width leads from the ridge to the side.
		turn := min(1, near/(width*math.Pi/2)) * math.Pi / 2
		l.pos[i][k] = r3.Vec{
			X: side * width * math.Sin(turn),
			Y: at.Y + r2.Dot(r2.Sub(q, own), l.up[i]),
			Z: at.Z - side*r2.Dot(r2.Sub(q, own), right(l.up[i])),
		}
	}
}
