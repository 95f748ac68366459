//go:build !amd64 || purego

package lanes

func forwardFoursAVX2(y, a, inv []float64, n int) { forwardFours(y, a, inv, n) }

func backwardFoursAVX2(y, a, inv []float64, n int) { backwardFours(y, a, inv, n) }
