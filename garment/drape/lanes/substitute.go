package lanes

//go:generate go run -C asm . -kernels substitute -out ../substitute_amd64.s -stubs ../substitute_amd64.go -pkg lanes

// Substitute solves for y with a Cholesky factor, rows of n, and the inverses of its
// diagonal.
func Substitute(y, a, inv []float64, n int) {
	y, inv, a = y[:n], inv[:n], a[:n*n]
	fours := n &^ 3
	if wide {
		forwardFoursAVX2(y, a, inv, n)
	} else {
		forwardFours(y, a, inv, n)
	}
	for i := fours; i < n; i++ {
		y[i] = (y[i] - Dot(a[i*n:i*n+i], y[:i])) * inv[i]
	}
	for i := n - 1; i >= fours; i-- {
		y[i] *= inv[i]
		AddScaled64(y[:i], a[i*n:i*n+i], -y[i])
	}
	if wide {
		backwardFoursAVX2(y, a, inv, n)
	} else {
		backwardFours(y, a, inv, n)
	}
}

// forwardFours does the whole groups of four rows, whose sums do not wait for each
// other.
func forwardFours(y, a, inv []float64, n int) {
	for i := range n &^ 3 {
		y[i] = (y[i] - dot(a[i*n:i*n+i], y[:i])) * inv[i]
	}
}

func backwardFours(y, a, inv []float64, n int) {
	for i := n&^3 - 1; i >= 0; i-- {
		y[i] *= inv[i]
		addScaled64(y[:i], a[i*n:i*n+i], -y[i])
	}
}
