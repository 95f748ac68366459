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
	a, b, c := x[3*t[0]:3*t[0]+3], x[3*t[1]:3*t[1]+3], x[3*t[2]:3*t[2]+3]
	var f1, f2 [3]float64
	for k := range 3 {
		u, v := b[k]-a[k], c[k]-a[k]
		f1[k] = float64(u*g[2]) + float64(v*g[4])
		f2[k] = float64(u*g[3]) + float64(v*g[5])
	}
	cx := float64(f1[1]*f2[2]) - float64(f1[2]*f2[1])
	cy := float64(f1[2]*f2[0]) - float64(f1[0]*f2[2])
	cz := float64(f1[0]*f2[1]) - float64(f1[1]*f2[0])
	j := sqrt(float64(cx*cx) + float64(cy*cy) + float64(cz*cz))
	c11 := float64(f1[0]*f1[0]) + float64(f1[1]*f1[1]) + float64(f1[2]*f1[2])
	c12 := float64(f1[0]*f2[0]) + float64(f1[1]*f2[1]) + float64(f1[2]*f2[2])
	c22 := float64(f2[0]*f2[0]) + float64(f2[1]*f2[1]) + float64(f2[2]*f2[2])
	tr := sqrt(c11 + c22 + 2*j)
	if tr < 1e-9 {
		*q = polar{r1: [3]float64{1}, r2: [3]float64{0, 1}, n: [3]float64{0, 0, 1}, tr: 1}
		return
	}
	q.tr = tr
	q.u11, q.u12, q.u22 = (c11+j)/tr, c12/tr, (c22+j)/tr
	if j < 1e-6*(c11+c22) {
		crushedFrame(q, f1, f2)
		return
	}
	q.n = [3]float64{cx / j, cy / j, cz / j}
	for k := range 3 { // R = F U^-1, det U = j
		q.r1[k] = (float64(f1[k]*q.u22) - float64(f2[k]*q.u12)) / j
		q.r2[k] = (float64(f2[k]*q.u11) - float64(f1[k]*q.u12)) / j
	}
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
	for t := lo; t < hi; t++ {
		decompose(&q, x, p.grad[6*t:6*t+6], &p.tris[t])
		sum += float64(p.triArea[t] * p.laws[p.triLaw[t]].density(&q))
	}
	return sum
}

// membraneForce writes the corner forces [N] of triangles lo to hi, nine
// numbers each, and, unless hess is nil, the Hessian blocks of the corner
// pairs (0,1), (1,2), (2,0) [N/m], 27 numbers each. exact keeps the negative
// geometric stiffness, without which the Hessian is positive semi-definite. It
// returns their energy [J].
func membraneForce(force, hess, x []float64, p *plan, exact bool, lo, hi int) float64 {
	var q polar
	sum := 0.0
	for t := lo; t < hi; t++ {
		g := p.grad[6*t : 6*t+6]
		law := &p.laws[p.triLaw[t]]
		decompose(&q, x, g, &p.tris[t])
		t11, t22, t12 := law.stress(&q)
		spin := (t11 - t22) * q.u12 / q.tr
		a := p.triArea[t]
		sum += float64(a * law.density(&q))
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
			membraneBlocks(hess[27*t:27*t+27], g, &q, law, a, t11, t22, t12, exact)
		}
	}
	return sum
}

// membraneBlocks writes the three off-diagonal Hessian blocks of a triangle;
// the diagonal ones follow from the rows' zero sums.
func membraneBlocks(h, g []float64, q *polar, law *stiffness, a, t11, t22, t12 float64, exact bool) {
	// 1. Strain rates as combinations of A = R^T dF, in the order A11, A21
	// (from column 1), A12, A22 (from column 2).
	s := q.u12 / q.tr
	k12, k21 := 2*q.u11/q.tr, 2*q.u22/q.tr
	b1 := [4]float64{1, s, -s, 0}
	b2 := [4]float64{0, -s, s, 1}
	b3 := [4]float64{0, k21, k12, 0}
	twist := (t11 + t22) / q.tr / 2
	if !exact {
		twist = max(0, twist)
	}
	w3 := [4]float64{0, 1, -1, 0}
	e11, e22 := law.tangents(q)
	// 2. In-plane stiffness W = B^T C B + twist.
	var w [4][4]float64
	for i := range 4 {
		m1 := e11*b1[i] + law.c12*b2[i]
		m2 := law.c12*b1[i] + e22*b2[i]
		m3 := law.g * b3[i]
		for k := i; k < 4; k++ {
			w[i][k] = a * (float64(m1*b1[k]) + float64(m2*b2[k]) + float64(m3*b3[k]) + float64(twist*w3[i]*w3[k]))
			w[k][i] = w[i][k]
		}
	}
	// 3. Out of plane: the second Piola-Kirchhoff stress.
	s11, s22, s12 := piola2(q, t11, t22, t12)
	if !exact {
		s11, s22, s12 = positivePart(s11, s22, s12)
	}
	// 4. Blocks of the corner pairs.
	for m := range 3 {
		ga, gb := g[2*m:2*m+2], g[2*((m+1)%3):2*((m+1)%3)+2]
		c11, c12, c21, c22 := ga[0]*gb[0], ga[0]*gb[1], ga[1]*gb[0], ga[1]*gb[1]
		var k [2][2]float64
		for i := range 2 {
			for j := range 2 {
				k[i][j] = float64(c11*w[i][j]) + float64(c12*w[i][2+j]) + float64(c21*w[2+i][j]) + float64(c22*w[2+i][2+j])
			}
		}
		nn := a * (float64(s11*c11) + float64(s12*(c12+c21)) + float64(s22*c22))
		o := h[9*m : 9*m+9]
		for i := range 3 {
			u := float64(k[0][0]*q.r1[i]) + float64(k[1][0]*q.r2[i])
			v := float64(k[0][1]*q.r1[i]) + float64(k[1][1]*q.r2[i])
			z := nn * q.n[i]
			for j := range 3 {
				o[3*i+j] = float64(u*q.r1[j]) + float64(v*q.r2[j]) + float64(z*q.n[j])
			}
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
	x11, x12 := a*t11+o*t12, a*t12+o*t22
	x21, x22 := o*t11+b*t12, o*t12+b*t22
	y11, y12, y22 := x11*a+x12*o, x11*o+x12*b, x21*o+x22*b
	return c * (d*t11 + y11), c * (d*t22 + y22), c * (d*t12 + y12)
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
