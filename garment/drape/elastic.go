package drape

import "fitroom/garment/fabric"

// stiffness is the membrane law of one fabric: Biot stress [N/m] of Biot
// strain in the (weft, warp) frame, orthotropic and in plane stress,
//
//	t11 = c11 e1 + s1(e1) + c12 e2,  t22 = c12 e1 + c22 e2 + s2(e2),  t12 = g gamma
//
// c11, c22 and c12 belong to the first slopes of the fabric's two curves, s1
// and s2 are how much more force they take as the yarns straighten. A strip
// under uniaxial stress contracts across, where the law is linear, so that its
// force per metre of rest width is exactly the fabric's curve at its
// engineering strain. Each part grows with its own strain: the energy is convex
// and the tangent never softer than at rest.
type stiffness struct {
	c11, c22, c12, g float64      // [N/m]
	weft, warp       fabric.Curve // what is beyond the first slope; Slope 0
}

// maxCoupling keeps the law positive definite: nu12*nu21 must stay below 1,
// and a lateral contraction beyond 0.9 of that limit makes the cloth all but
// incompressible in its plane, which no woven or knit is.
const maxCoupling = 0.81

func newStiffness(f fabric.Fabric) stiffness {
	weft, warp := f.Curve(true), f.Curve(false)
	// Reciprocity: nu_warp/E_warp = nu_weft/E_weft.
	nu := f.Poisson
	ratio := weft.Slope / warp.Slope
	if limit := maxCoupling / ratio; nu*nu > limit {
		nu *= sqrt(limit) / nu
	}
	d := 1 - nu*nu*ratio
	s := stiffness{c11: weft.Slope / d, c22: warp.Slope / d, c12: nu * weft.Slope / d, g: f.Shear, weft: weft, warp: warp}
	s.weft.Slope, s.warp.Slope = 0, 0
	return s
}

// stress is the Biot stress of a strain [N/m].
func (s *stiffness) stress(q *polar) (t11, t22, t12 float64) {
	e1, e2 := q.u11-1, q.u22-1
	t11, t22, t12 = float64(s.c11*e1)+float64(s.c12*e2), float64(s.c12*e1)+float64(s.c22*e2), 2*s.g*q.u12
	if s.weft.Cubic > 0 {
		t11 += s.weft.Force(e1)
	}
	if s.warp.Cubic > 0 {
		t22 += s.warp.Force(e2)
	}
	return t11, t22, t12
}

// tangents are the stiffnesses along weft and warp at a strain [N/m].
func (s *stiffness) tangents(q *polar) (c11, c22 float64) {
	return s.c11 + s.weft.Tangent(q.u11-1), s.c22 + s.warp.Tangent(q.u22-1)
}

// density is the elastic energy per rest area [J/m2].
func (s *stiffness) density(q *polar) float64 {
	e1, e2, gm := q.u11-1, q.u22-1, 2*q.u12
	w := 0.5*(float64(s.c11*e1*e1)+float64(s.c22*e2*e2)+float64(s.g*gm*gm)) + float64(s.c12*e1*e2)
	if s.weft.Cubic > 0 {
		w += s.weft.Energy(e1)
	}
	if s.warp.Cubic > 0 {
		w += s.warp.Energy(e2)
	}
	return w
}

// along is the engineering modulus [N/m] in the direction (cx, cy).
func along(f fabric.Fabric, cx, cy float64) float64 {
	x, y := cx*cx, cy*cy
	return 1 / (x*x/f.Weft + y*y/f.Warp + max(0, x*y*(1/f.Shear-2*f.Poisson/f.Warp)))
}

// bendAcross is the bending rigidity [N m] that a hinge gets whose normal in
// the fabric plane is (nx, ny). A strip cut at the angle a from the warp has
// the rigidity m0 + m2 cos 2a + m4 cos 4a that runs through those of warp, weft
// and bias (the even harmonics of Cooper 1960, "The stiffness of woven
// textiles"). A hinge feels curvature mostly, not only, across itself: averaged
// over the hinges of an isotropic mesh (cos^4 of the angle between, mean 3/8;
// 1/4 times cos 2a, 1/16 times cos 4a) the second harmonic comes out at 2/3,
// the fourth at 1/6, so the hinge gets 3/2 and 6 times as much of them. Its
// rigidity stays above a quarter of the least of the three, or cloth would bend
// by itself: a bias rigidity below 2/3 of the others' mean is not quite reached.
func bendAcross(f fabric.Fabric, nx, ny float64) float64 {
	mean, diff := (f.BendWarp+f.BendWeft)/2, f.BendWarp-f.BendWeft
	c := ny*ny - nx*nx
	b := mean + 0.75*diff*c
	if f.BendBias == 0 {
		return max(b, 0.5*min(f.BendWarp, f.BendWeft))
	}
	m4 := (mean - f.BendBias) / 2
	return max(b-m4+6*m4*(2*c*c-1), 0.25*min(f.BendWarp, f.BendWeft, f.BendBias))
}
