//go:build !amd64 || purego

package lanes

func foldRowAVX2(o []float32, place []int32, weight []float64, i int, diag, block []float32, col []int32, far []float32, farCol []int32) {
	foldRow(o, place, weight, i, diag, block, col, far, farCol)
}
