//go:build !amd64 || purego

package lanes

func addScaledAVX2(y, x []float32, f float32)   { addScaled(y, x, f) }
func addScaled64AVX2(y, x []float64, f float64) { addScaled64(y, x, f) }
func turnAVX2(q, z []float32, f float32)        { turn(q, z, f) }
func scaleAVX2(z []float32, f float32)          { scale(z, f) }
func subtractAVX2(y, r []float32)               { subtract(y, r) }
func dotAVX2(a, b []float64) float64            { return dot(a, b) }
