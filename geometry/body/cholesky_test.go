package body

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The factor solves what it factorised, and a matrix that is not positive
// definite is refused.
func TestCholeskySolves(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 7, 40} {
		b, a, want, got := make([]float64, n*n), make([]float64, n*n), make([]float64, n), make([]float64, n)
		for i := range b {
			b[i] = rng.NormFloat64()
		}
		for i := range n {
			want[i] = rng.NormFloat64()
			for j := range n {
				a[i*n+j] = dot(b[i*n:(i+1)*n], b[j*n:(j+1)*n])
			}
			a[i*n+i]++
		}
		for i := range n {
			got[i] = dot(a[i*n:(i+1)*n], want)
		}
		bad := append([]float64(nil), a...)
		bad[n*n-1] = -1
		if cholesky(bad, n) {
			t.Errorf("n = %d: an indefinite matrix was factorised", n)
		}
		if !cholesky(a, n) {
			t.Fatalf("n = %d: a positive definite matrix was refused", n)
		}
		solveCholesky(a, got, n)
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Errorf("n = %d: x[%d] = %g, want %g", n, i, got[i], want[i])
			}
		}
	}
}
