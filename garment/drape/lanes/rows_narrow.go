//go:build !amd64 || purego

package lanes

func relaxAVX2(z, r, y, inv []float32, ease float32) float64 { return relax(z, r, y, inv, ease) }

func packAVX2(block []float32, off []float64, edge, bend []int32, val []float64, stiffness float64) {
	pack(block, off, edge, bend, val, stiffness)
}
