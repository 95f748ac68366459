//go:build !amd64 || purego

package lanes

func addProducts3AVX2(o []float64, a, b []float32, place []int32) { addProducts3(o, a, b, place) }

func addProducts6AVX2(o, a []float64, b []float32, place []int32) { addProducts6(o, a, b, place) }

func addMultiplesAVX2(o []float64, f float64, b []float32, place []int32) {
	addMultiples(o, f, b, place)
}

func addTransposed3AVX2(diag, block []float64, p []float32, f []float64, to []int32) {
	addTransposed(diag, block, p, f, to, 3)
}

func addTransposed6AVX2(diag, block []float64, p []float32, f []float64, to []int32) {
	addTransposed(diag, block, p, f, to, 6)
}
