package spec

import "math"

// solve finds where f crosses zero between lo and hi by the Illinois variant
// of false position (Dowell & Jarratt 1971): bracketing, and fast on the
// nearly linear functions of drafting. It reports false when f has the same
// sign at both ends. |f| ends below tol, or the bracket below 1e-13.
func solve(f func(float64) float64, lo, hi, tol float64) (x float64, ok bool) {
	a, b := f(lo), f(hi)
	if math.Abs(a) <= tol {
		return lo, true
	}
	if math.Abs(b) <= tol {
		return hi, true
	}
	if !(a*b < 0) {
		return 0, false
	}
	side := 0
	for range 200 {
		x = (lo*b - hi*a) / (b - a)
		if !(x > lo && x < hi) {
			x = (lo + hi) / 2
		}
		y := f(x)
		if math.Abs(y) <= tol || hi-lo < 1e-13 {
			return x, true
		}
		if y*b < 0 {
			lo, a = x, y
			if side == 1 {
				b /= 2
			}
			side = 1
		} else {
			hi, b = x, y
			if side == -1 {
				a /= 2
			}
			side = -1
		}
	}
	return x, true
}

// lengthTol is how exactly lengths are met while drafting [m].
const lengthTol = 1e-8
