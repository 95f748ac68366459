package fabric

// Curve is the force per width of a strip stretched along one yarn direction.
// Cloth is soft at first, while yarns straighten, and stiffens with the square
// of the stretch:
//
//	T(x) = Slope x + Cubic x^3 for 0 <= x <= End
//
// Beyond End, where no test has been, it goes on as a straight line, and
// below 0, where cloth buckles sooner than it shortens, at its first slope.
type Curve struct {
	Slope float64 // when it begins to stretch [N/m]
	Cubic float64 // [N/m]
	End   float64 // [1]
}

// curveEnd is how far beyond the usable stretch the curve is trusted [1]: the
// tests it was fitted to end there, and within half as much again it is still
// the same yarns straightening.
const curveEnd = 1.5

// Curve of the fabric along the warp, or along the weft. With s the stiffening,
// e the usable stretch and K the modulus,
//
//	T = (K/s) x (1 + (s - 1) (x/e)^2)
//
// so that K is the secant at the usable stretch and K/s the first slope. A
// stiffening of 0 is not known and taken as 1, a straight line; below 1 it is
// cloth that softens, which no test of the kind can tell from slipping yarns,
// and the line is straight too.
func (f Fabric) Curve(weft bool) Curve {
	k, s, e := f.Warp, f.StiffenWarp, f.UsableWarp
	if weft {
		k, s, e = f.Weft, f.StiffenWeft, f.UsableWeft
	}
	if s <= 1 || e == 0 {
		return Curve{Slope: k}
	}
	return Curve{Slope: k / s, Cubic: k / s * (s - 1) / (e * e), End: curveEnd * e}
}

// Force at a strain [N/m].
func (c Curve) Force(x float64) float64 {
	t := float64(c.Slope * x)
	if c.Cubic == 0 || x <= 0 {
		return t
	}
	u := min(x, c.End)
	return t + float64(c.Cubic*u*u*u) + float64(3*c.Cubic*u*u*(x-u))
}

// Energy is the integral of the force up to a strain [J/m2].
func (c Curve) Energy(x float64) float64 {
	w := float64(0.5 * c.Slope * x * x)
	if c.Cubic == 0 || x <= 0 {
		return w
	}
	u := min(x, c.End)
	u2, d := float64(u*u), x-u
	return w + float64(c.Cubic/4*u2*u2) + float64(c.Cubic*u2*u*d) + float64(1.5*c.Cubic*u2*d*d)
}

// Tangent is the slope of the force at a strain [N/m].
func (c Curve) Tangent(x float64) float64 {
	u := max(0, min(x, c.End))
	return c.Slope + float64(3*c.Cubic*u*u)
}

// Tension is the force per width [N/m] of a strip stretched by a strain [1]
// along the warp, or along the weft.
func (f Fabric) Tension(strain float64, weft bool) float64 { return f.Curve(weft).Force(strain) }
