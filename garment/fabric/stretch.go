package fabric

// Tension is the force per width [N/m] of a strip stretched by a strain [1]
// along the warp, or along the weft. Cloth is soft at first, while yarns
// straighten, and stiffens: with s the stiffening and e the usable stretch,
//
//	T = (K/s) x (1 + (s - 1) (x/e)^2)
//
// so that K is the secant at the usable stretch and K/s the first slope. A
// stiffening of 0 is not known and taken as 1, a straight line.
func (f Fabric) Tension(strain float64, weft bool) float64 {
	k, s, e := f.Warp, f.StiffenWarp, f.UsableWarp
	if weft {
		k, s, e = f.Weft, f.StiffenWeft, f.UsableWeft
	}
	if s == 0 || e == 0 {
		return k * strain
	}
	u := strain / e
	return k / s * strain * (1 + (s-1)*u*u)
}
