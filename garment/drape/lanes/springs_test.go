package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSpringsAreTheirTwins(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(81, 82))
	for round := range 400 {
		n := round % 23
		verts := 2*n + 1
		order := rng.Perm(verts)
		wild := round%3 == 0
		s := Springs{Length: numbers[float64](rng, n, wild), Compliance: numbers[float64](rng, n, wild)}
		x, mass := numbers[float64](rng, 3*verts, wild), numbers[float64](rng, verts, wild)
		x = x[:len(x):len(x)] // nothing beyond it may be read
		for k := range n {
			a, b := order[2*k], order[2*k+1]
			s.A, s.B = append(s.A, int32(a)), append(s.B, int32(b))
			if rng.IntN(6) == 0 { // a spring without length
				copy(x[3*a:3*a+3], x[3*b:3*b+3])
			}
		}
		want := slices.Clone(x)
		s.Solve(x, mass, 1.7)
		s.SolveInTurn(want, mass, 1.7)
		sameBits(t, "positions", x, want)
	}
}
