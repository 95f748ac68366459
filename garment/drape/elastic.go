package drape

import "fitroom/garment/fabric"

// stiffness is the membrane law of one fabric: Biot stress [N/m] of Biot
// strain in the (weft, warp) frame, an orthotropic plane-stress law whose
// uniaxial force per metre of rest width is modulus times engineering strain.
type stiffness struct{ c11, c22, c12, g float64 }

// maxCoupling keeps the law positive definite: nu12*nu21 must stay below 1,
// and a lateral contraction beyond 0.9 of that limit makes the cloth all but
// incompressible in its plane, which no woven or knit is.
const maxCoupling = 0.81

func newStiffness(f fabric.Fabric) stiffness {
	// Reciprocity: nu_warp/E_warp = nu_weft/E_weft.
	nu := f.Poisson
	ratio := f.Weft / f.Warp
	if limit := maxCoupling / ratio; nu*nu > limit {
		nu *= sqrt(limit) / nu
	}
	d := 1 - nu*nu*ratio
	return stiffness{c11: f.Weft / d, c22: f.Warp / d, c12: nu * f.Weft / d, g: f.Shear}
}

// along is the engineering modulus [N/m] in the direction (cx, cy).
func along(f fabric.Fabric, cx, cy float64) float64 {
	x, y := cx*cx, cy*cy
	return 1 / (x*x/f.Weft + y*y/f.Warp + max(0, x*y*(1/f.Shear-2*f.Poisson/f.Warp)))
}

// bendAcross is the bending rigidity [N m] that a hinge gets whose normal in
// the fabric plane is (nx, ny). A hinge feels curvature mostly, not only,
// across itself: averaged over the hinges of an isotropic mesh the second
// harmonic must weigh 3/4 instead of 1/2 for strips along warp and weft to
// come out at their own rigidities (mean of cos^4 * cos 2a against cos^4).
func bendAcross(f fabric.Fabric, nx, ny float64) float64 {
	mean, diff := (f.BendWarp+f.BendWeft)/2, f.BendWarp-f.BendWeft
	b := mean + 0.75*diff*(ny*ny-nx*nx)
	return max(b, 0.5*min(f.BendWarp, f.BendWeft))
}
