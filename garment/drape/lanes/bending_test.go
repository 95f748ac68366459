package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestApplyBendingIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(61, 62))
	for rows := range 30 {
		for _, wild := range []bool{false, true} {
			n := rows + 4
			start, item := ragged(rng, rows, n, 20)
			for k := range item {
				item[k] /= 3
			}
			x := numbers[float64](rng, 3*n, wild)
			x = x[:len(x):len(x)] // nothing beyond it may be read
			diag, val := numbers[float64](rng, rows, wild), numbers[float64](rng, len(item), wild)
			got, want := numbers[float64](rng, 3*rows+2, false), make([]float64, 3*rows)
			rest := slices.Clone(got[3*rows:])
			ApplyBending(got[:3*rows], x[3:3+3*rows], x, diag, val, start, item)
			applyBending(want, x[3:3+3*rows], x, diag, val, start, item)
			sameBits(t, "rows", got[:3*rows], want)
			sameBits(t, "what lies behind", got[3*rows:], rest)
		}
	}
}

func TestSolveHingesIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(63, 64))
	for hinges := range 30 {
		for _, wild := range []bool{false, true} {
			n := 4*hinges + 3
			vert := make([][4]int32, hinges)
			weight, step := make([][4]float64, hinges), make([][4]float64, hinges)
			order := rng.Perm(n)
			for m := range vert {
				for k := range 4 {
					vert[m][k] = int32(order[4*m+k])
				}
				copy(weight[m][:], numbers[float64](rng, 4, wild))
				copy(step[m][:], numbers[float64](rng, 4, wild))
			}
			got := numbers[float64](rng, 3*n, wild)
			want := slices.Clone(got)
			SolveHinges(got, vert, weight, step)
			solveHinges(want, vert, weight, step)
			sameBits(t, "positions", got, want)
		}
	}
}
