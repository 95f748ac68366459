package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// onNodes are the columns of ragged for nodes of br components.
func onNodes(col []int32, br int) []int32 {
	o := slices.Clone(col)
	for i := range o {
		o[i] = o[i] / 3 * int32(br)
	}
	return o
}

func compareTransfer(t testing.TB, rng *rand.Rand, rows int, wild bool) {
	t.Helper()
	n := rows + 5
	start, col := ragged(rng, rows, n, 5)
	for _, br := range []int{3, Modes} {
		val, r := numbers[float32](rng, Modes*br*len(col), wild), numbers[float32](rng, br*n, wild)
		got, want := make([]float64, Modes*rows+1), make([]float64, Modes*rows+1)
		Restrict(got, val, r, onNodes(col, br), start, br)
		restrict(want, val, r, onNodes(col, br), start, br)
		sameBits(t, "Restrict", got, want)
	}
	e, part := numbers[float32](rng, Modes*n, wild), onNodes(col, Modes)
	val := numbers[float32](rng, 3*Modes*len(col), wild)
	z := numbers[float32](rng, 3*rows, wild)
	got, want := slices.Clone(z[:3*rows+beyond]), slices.Clone(z[:3*rows+beyond])
	ProlongVerts(got[:3*rows], val, e, part, start)
	prolongVerts(want[:3*rows], val, e, part, start)
	sameBits(t, "ProlongVerts", got, want)

	val = numbers[float32](rng, Modes*Modes*len(col), wild)
	z64 := numbers[float64](rng, Modes*rows+1, wild)
	a, b := slices.Clone(z64), slices.Clone(z64)
	ProlongNodes(a, val, e, part, start)
	prolongNodes(b, val, e, part, start)
	sameBits(t, "ProlongNodes", a, b)

	x := numbers[float64](rng, Modes*n, wild)
	block, diag := numbers[float64](rng, Modes*Modes*len(col), wild), numbers[float64](rng, Modes*Modes*rows, wild)
	MultiplyBlocks(a, x[Modes:], x, start, part, block, diag)
	multiplyBlocks(b, x[Modes:], x, start, part, block, diag)
	sameBits(t, "MultiplyBlocks", a, b)

	c, d := make([]float32, len(a)), make([]float32, len(a))
	Halve(c, z64)
	halve(d, z64)
	sameBits(t, "Halve", c, d)
}

func TestTransfersAreTheirTwins(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(13, 14))
	for rows := range 41 {
		for range 3 {
			compareTransfer(t, rng, rows, false)
			compareTransfer(t, rng, rows, true)
		}
	}
}

func FuzzTransfers(f *testing.F) {
	f.Add(uint64(3), uint8(13), true)
	f.Fuzz(func(t *testing.T, seed uint64, rows uint8, wild bool) {
		needLanes(t)
		compareTransfer(t, rand.New(rand.NewPCG(seed, 15)), int(rows%41), wild)
	})
}
