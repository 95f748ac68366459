package drape

import (
	"math"

	"fitroom/geometry"
)

// Membrane: constant-strain triangles, energy per rest area
//
//	psi = 1/2 (c11 e1^2 + c22 e2^2) + c12 e1 e2 + 1/2 g gamma^2 + S1(e1) + S2(e2)
//
// (S1 and S2: stiffening, see elastic.go) of the Biot strain U - 1, where F = R U is the polar decomposition of the
// 3x2 deformation gradient and e1 = U11-1, e2 = U22-1, gamma = 2 U12. Biot's
// measure makes the uniaxial force exactly modulus times engineering strain;
// St. Venant-Kirchhoff, the usual choice, is 13 % too stiff at 8 % strain.
//
// Derivatives follow from R^T dF = dU + Omega U with Omega skew. The Hessian
// keeps the material part and the positive parts of the two geometric ones
// (in-plane spin and out of plane), so it is positive semi-definite by
// construction (compare Teran et al. 2005, "Robust quasistatic finite
// elements", which projects numerically).

// polar is the decomposition of one triangle's deformation gradient.
type polar struct {
	r1, r2, n     [3]float64 // R's columns and the unit normal
	u11, u12, u22 float64
	tr            float64 // u11 + u22
}

// decompose computes F's polar decomposition. A crushed triangle (area below
// a millionth of its edges' squares) gets the frame of its longer column.
func decompose(q *polar, x, g []float64, t *geometry.Tri) {
	a, b := (*[3]float64)(x[3*int(uint32(t[0])):]), (*[3]float64)(x[3*int(uint32(t[1])):])
	c, grad := (*[3]float64)(x[3*int(uint32(t[2])):]), (*[6]float64)(g)
	ux, uy, uz := b[0]-a[0], b[1]-a[1], b[2]-a[2]
	vx, vy, vz := c[0]-a[0], c[1]-a[1], c[2]-a[2]
	g2, g3, g4, g5 := grad[2], grad[3], grad[4], grad[5]
	x1, y1, z1 := float64(ux*g2)+float64(vx*g4), float64(uy*g2)+float64(vy*g4), float64(uz*g2)+float64(vz*g4)
	x2, y2, z2 := float64(ux*g3)+float64(vx*g5), float64(uy*g3)+float64(vy*g5), float64(uz*g3)+float64(vz*g5)
	cx := float64(y1*z2) - float64(z1*y2)
	cy := float64(z1*x2) - float64(x1*z2)
	cz := float64(x1*y2) - float64(y1*x2)
	j := sqrt(float64(cx*cx) + float64(cy*cy) + float64(cz*cz))
	c11 := float64(x1*x1) + float64(y1*y1) + float64(z1*z1)
	c12 := float64(x1*x2) + float64(y1*y2) + float64(z1*z2)
	c22 := float64(x2*x2) + float64(y2*y2) + float64(z2*z2)
	tr := sqrt(c11 + c22 + 2*j)
	if tr < 1e-9 {
		*q = polar{r1: [3]float64{1}, r2: [3]float64{0, 1}, n: [3]float64{0, 0, 1}, tr: 1}
		return
	}
	q.tr = tr
	q.u11, q.u12, q.u22 = (c11+j)/tr, c12/tr, (c22+j)/tr
	if j < 1e-6*(c11+c22) {
		crushedFrame(q, [3]float64{x1, y1, z1}, [3]float64{x2, y2, z2})
		return
	}
	q.n = [3]float64{cx / j, cy / j, cz / j}
	u11, u12, u22 := q.u11, q.u12, q.u22 // R = F U^-1, det U = j
	q.r1 = [3]float64{(float64(x1*u22) - float64(x2*u12)) / j, (float64(y1*u22) - float64(y2*u12)) / j, (float64(z1*u22) - float64(z2*u12)) / j}
	q.r2 = [3]float64{(float64(x2*u11) - float64(x1*u12)) / j, (float64(y2*u11) - float64(y1*u12)) / j, (float64(z2*u11) - float64(z1*u12)) / j}
}

// crushedFrame picks any frame that contains the triangle's line.
func crushedFrame(q *polar, f1, f2 [3]float64) {
	d := f1
	if dot3(f2, f2) > dot3(f1, f1) {
		d = f2
	}
	l := sqrt(dot3(d, d))
	if l == 0 {
		d, l = [3]float64{1}, 1
	}
	d = [3]float64{d[0] / l, d[1] / l, d[2] / l}
	e := [3]float64{1, 0, 0} // the axis least along d
	if math.Abs(d[1]) <= math.Abs(d[0]) && math.Abs(d[1]) <= math.Abs(d[2]) {
		e = [3]float64{0, 1, 0}
	} else if math.Abs(d[2]) <= math.Abs(d[0]) {
		e = [3]float64{0, 0, 1}
	}
	n := cross3(d, e)
	l = sqrt(dot3(n, n))
	n = [3]float64{n[0] / l, n[1] / l, n[2] / l}
	q.n = n
	if dot3(f2, f2) > dot3(f1, f1) {
		q.r1, q.r2 = cross3(d, n), d
		return
	}
	q.r1, q.r2 = d, cross3(n, d)
}

func dot3(a, b [3]float64) float64 {
	return float64(a[0]*b[0]) + float64(a[1]*b[1]) + float64(a[2]*b[2])
}

func cross3(a, b [3]float64) [3]float64 {
	return [3]float64{
		float64(a[1]*b[2]) - float64(a[2]*b[1]),
		float64(a[2]*b[0]) - float64(a[0]*b[2]),
		float64(a[0]*b[1]) - float64(a[1]*b[0]),
	}
}

// membraneEnergy sums the elastic energy of triangles lo to hi [J].
func membraneEnergy(x []float64, p *plan, lo, hi int) float64 {
	var q polar
	sum := 0.0
	for t := lo; t < hi; {
		n := p.lanesFrom(t, hi)
		if n > 0 {
			sum = energyLanes(sum, x, p, t, t+n)
			t += n
			continue
		}
		sum += triangleEnergy(&q, x, p, t)
		t++
	}
	return sum
}

func triangleEnergy(q *polar, x []float64, p *plan, t int) float64 {
	decompose(q, x, p.grad[6*t:6*t+6], &p.tris[t])
	return p.triArea[t] * p.laws[p.triLaw[t]].density(q)
}

// membraneForce writes the corner forces [N] of triangles lo to hi, nine
// numbers each, and, unless hess is nil, the Hessian blocks of the corner
// pairs (0,1), (1,2), (2,0) [N/m], 27 numbers each. exact keeps the negative
// geometric stiffness, without which the Hessian is positive semi-definite. It
// returns their energy [J].
func membraneForce(force, hess, x []float64, p *plan, exact bool, lo, hi int) float64 {
	var q polar
	sum := 0.0
	for t := lo; t < hi; {
		if n := p.lanesFrom(t, hi); n > 0 && hess != nil && !exact {
			sum = forceLanes(sum, force, hess, x, p, t, t+n)
			t += n
			continue
		}
		sum += triangleForce(force, hess, x, &q, p, exact, t)
		t++
	}
	return sum
}

// triangleForce does one of them.
func triangleForce(force, hess, x []float64, q *polar, p *plan, exact bool, t int) float64 {
	g := p.grad[6*t : 6*t+6]
	law := &p.laws[p.triLaw[t]]
	decompose(q, x, g, &p.tris[t])
	t11, t22, t12 := law.stress(q)
	spin := (t11 - t22) * q.u12 / q.tr
	a := p.triArea[t]
	// First Piola-Kirchhoff columns in the frame (r1, r2).
	p1a, p1b := t11*a, (spin+2*t12*q.u22/q.tr)*a
	p2a, p2b := (2*t12*q.u11/q.tr-spin)*a, t22*a
	f := force[9*t : 9*t+9]
	for k := range 3 {
		ca := float64(p1a*g[2*k]) + float64(p2a*g[2*k+1])
		cb := float64(p1b*g[2*k]) + float64(p2b*g[2*k+1])
		f[3*k] = -float64(ca*q.r1[0]) - float64(cb*q.r2[0])
		f[3*k+1] = -float64(ca*q.r1[1]) - float64(cb*q.r2[1])
		f[3*k+2] = -float64(ca*q.r1[2]) - float64(cb*q.r2[2])
	}
	if hess != nil {
		membraneBlocks(hess[27*t:27*t+27], g, q, law, a, t11, t22, t12, exact)
	}
	return a * law.density(q)
}

// membraneBlocks writes the three off-diagonal Hessian blocks of a triangle;
// the diagonal ones follow from the rows' zero sums.
func membraneBlocks(h, g []float64, q *polar, law *stiffness, a, t11, t22, t12 float64, exact bool) {
	// 1. Strain rates as combinations of A = R^T dF, in the order A11, A21
	// (from column 1), A12, A22 (from column 2).
	s := q.u12 / q.tr
	k12, k21 := 2*q.u11/q.tr, 2*q.u22/q.tr
	twist := (t11 + t22) / q.tr / 2
	if !exact {
		twist = max(0, twist)
	}
	e11, e22 := law.tangents(q)
	// 2. In-plane stiffness W = B^T C B + twist, symmetric. The rows of B are
	// (1, s, -s, 0), (0, -s, s, 1) and (0, k21, k12, 0); twist acts on A21 - A12.
	m1, m2, m3 := float64(e11*s)-float64(law.c12*s), float64(law.c12*s)-float64(e22*s), law.g*k21
	o1, o2, o3 := -m1, -m2, law.g*k12
	w00, w01, w02, w03 := a*e11, a*m1, a*o1, a*law.c12
	w11, w13 := a*(float64(m1*s)-float64(m2*s)+float64(m3*k21)+twist), a*m2
	w12 := a * (float64(m2*s) - float64(m1*s) + float64(m3*k12) - twist)
	w22, w23, w33 := a*(float64(o2*s)-float64(o1*s)+float64(o3*k12)+twist), a*o2, a*e22
	// 3. Out of plane: the second Piola-Kirchhoff stress.
	s11, s22, s12 := piola2(q, t11, t22, t12)
	if !exact {
		s11, s22, s12 = positivePart(s11, s22, s12)
	}
	// 4. Blocks of the corner pairs.
	x1, y1, z1 := q.r1[0], q.r1[1], q.r1[2]
	x2, y2, z2 := q.r2[0], q.r2[1], q.r2[2]
	xn, yn, zn := q.n[0], q.n[1], q.n[2]
	corner, next := (*[6]float64)(g), [3]int{2, 4, 0} // where the next corner's gradient begins
	for m := range 3 {
		a0, a1 := corner[2*m], corner[2*m+1]
		b0, b1 := corner[next[m]], corner[next[m]+1]
		c11, c12, c21, c22 := a0*b0, a0*b1, a1*b0, a1*b1
		k00 := float64(c11*w00) + float64(c12*w02) + float64(c21*w02) + float64(c22*w22)
		k01 := float64(c11*w01) + float64(c12*w03) + float64(c21*w12) + float64(c22*w23)
		k10 := float64(c11*w01) + float64(c12*w12) + float64(c21*w03) + float64(c22*w23)
		k11 := float64(c11*w11) + float64(c12*w13) + float64(c21*w13) + float64(c22*w33)
		nn := a * (float64(s11*c11) + float64(s12*(c12+c21)) + float64(s22*c22))
		o := (*[9]float64)(h[9*m:])
		for i := range 3 {
			u := float64(k00*q.r1[i]) + float64(k10*q.r2[i])
			v := float64(k01*q.r1[i]) + float64(k11*q.r2[i])
			z := nn * q.n[i]
			o[3*i] = float64(u*x1) + float64(v*x2) + float64(z*xn)
			o[3*i+1] = float64(u*y1) + float64(v*y2) + float64(z*yn)
			o[3*i+2] = float64(u*z1) + float64(v*z2) + float64(z*zn)
		}
	}
}

// piola2 solves S U + U S = 2 T for the second Piola-Kirchhoff stress
// [N/m]; the determinant is kept away from zero, where only the size of a
// stabilising term depends on it.
func piola2(q *polar, t11, t22, t12 float64) (s11, s22, s12 float64) {
	d := max(float64(q.u11*q.u22)-float64(q.u12*q.u12), 0.05)
	c := 1 / (q.tr * d)
	a, b, o := q.u22, q.u11, -q.u12 // adjugate of U
	// adj T adj
	x11, x12 := float64(a*t11)+float64(o*t12), float64(a*t12)+float64(o*t22)
	x21, x22 := float64(o*t11)+float64(b*t12), float64(o*t12)+float64(b*t22)
	y11, y12, y22 := float64(x11*a)+float64(x12*o), float64(x11*o)+float64(x12*b), float64(x21*o)+float64(x22*b)
	return c * (float64(d*t11) + y11), c * (float64(d*t22) + y22), c * (float64(d*t12) + y12)
}

// positivePart projects a symmetric 2x2 matrix onto its positive eigenspace.
func positivePart(s11, s22, s12 float64) (p11, p22, p12 float64) {
	m, h := (s11+s22)/2, (s11-s22)/2
	r := sqrt(float64(h*h) + float64(s12*s12))
	hi, lo := m+r, m-r
	switch {
	case lo >= 0:
		return s11, s22, s12
	case hi <= 0:
		return 0, 0, 0
	}
	// hi times the projector on its eigenvector, (S - lo 1)/(hi - lo).
	c := hi / (2 * r)
	return c * (s11 - lo), c * (s22 - lo), c * s12
}
