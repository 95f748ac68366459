//go:build !amd64 || purego

package lanes

// wide is false where there is no assembly: what would be the lanes' is the twin's.
const wide = false

func multiplyRowsAVX2(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64 {
	return multiplyRows(y, own, v, start, col, block, farStart, farCol, far, diag)
}
