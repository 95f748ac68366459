package lanes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// ragged draws the rows of a matrix over n vertices with 0 to most entries each.
func ragged(rng *rand.Rand, rows, n, most int) (start, col []int32) {
	start = []int32{7} // as in the middle of a matrix
	for range rows {
		for range rng.IntN(most + 1) {
			col = append(col, int32(3*rng.IntN(n)))
		}
		start = append(start, 7+int32(len(col)))
	}
	return start, col
}

func compareRows(t testing.TB, rng *rand.Rand, rows int, wild bool) {
	t.Helper()
	n := rows + 5
	start, col := ragged(rng, rows, n, 8)
	farStart, farCol := ragged(rng, rows, n, 12)
	v, diag := numbers[float32](rng, 3*n, wild), numbers[float32](rng, 6*rows, wild)
	block, far := numbers[float32](rng, 9*len(col), wild), numbers[float32](rng, len(farCol), wild)
	own := v[6 : 6+3*rows]
	got, want := numbers[float32](rng, 3*rows+4, false), make([]float32, 3*rows)
	rest := append([]float32(nil), got[3*rows:]...)
	a := MultiplyRows(got[:3*rows], own, v, start, col, block, farStart, farCol, far, diag)
	b := multiplyRows(want, own, v, start, col, block, farStart, farCol, far, diag)
	sameBits(t, "rows", got[:3*rows], want)
	sameBits(t, "product", []float64{a}, []float64{b})
	sameBits(t, "what lies behind", got[3*rows:], rest)
	z, ease := numbers[float32](rng, 3*rows, wild), numbers[float32](rng, 1, wild)[0]
	c, d := slices.Clone(z[:3*rows+beyond]), slices.Clone(z[:3*rows+beyond])
	a, b = Relax(c[:3*rows], v, own, diag, ease), relax(d[:3*rows], v, own, diag, ease)
	sameBits(t, "relaxed", c, d)
	sameBits(t, "its product", []float64{a}, []float64{b})
	a, b = Precondition(got[:3*rows], v, diag), precondition(want, v, diag)
	sameBits(t, "preconditioned", got[:3*rows], want)
	sameBits(t, "its product", []float64{a}, []float64{b})
	sameBits(t, "what lies behind", got[3*rows:], rest)
}

func TestMultiplyRowsIsItsTwin(t *testing.T) {
	needLanes(t)
	rng := rand.New(rand.NewPCG(1, 2))
	for rows := range 41 {
		for range 10 {
			compareRows(t, rng, rows, false)
			compareRows(t, rng, rows, true)
		}
	}
}

func FuzzMultiplyRows(f *testing.F) {
	f.Add(uint64(3), uint8(5), true)
	f.Fuzz(func(t *testing.T, seed uint64, rows uint8, wild bool) {
		needLanes(t)
		compareRows(t, rand.New(rand.NewPCG(seed, 4)), int(rows%41), wild)
	})
}

func BenchmarkMultiplyRows(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	const rows = 5000
	start, farStart := make([]int32, rows+1), make([]int32, rows+1)
	var col, farCol []int32
	for i := range int32(rows) {
		near := 5 + rng.Int32N(3)
		for k := range near {
			col = append(col, 3*((i+k*k)%rows))
		}
		for k := range near + 1 {
			farCol = append(farCol, 3*((i+7*k)%rows))
		}
		start[i+1], farStart[i+1] = int32(len(col)), int32(len(farCol))
	}
	v, diag := numbers[float32](rng, 3*rows, false), numbers[float32](rng, 6*rows, false)
	block, far := numbers[float32](rng, 9*len(col), false), numbers[float32](rng, len(farCol), false)
	y := Vector(3 * rows)
	for name, f := range map[string]func(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64{
		"lanes": MultiplyRows, "twin": multiplyRows} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f(y, v, v, start, col, block, farStart, farCol, far, diag)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
		})
	}
}
