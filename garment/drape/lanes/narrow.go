//go:build !amd64 || purego

package lanes

// wide is false where there is no assembly: what would be the lanes' is the twin's.
const wide = false

func multiplyRowsAVX2(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64 {
	return multiplyRows(y, own, v, start, col, block, farStart, farCol, far, diag)
}

func preconditionAVX2(z, r, inv []float32) float64 { return precondition(z, r, inv) }

func nearBoxesAVX2(dst []uint64, group *[BoxSize]float32, others []float32, all *[6]float32, reach float32) int {
	return nearBoxes(dst, group, others, all, reach)
}

const noLanes = "lanes: called where there are none"

func membraneForcesAVX2(_, _, _ []float64, _ []uint8, _, _, _ []float64, _ *int32, _ *[32]float64) {
	panic(noLanes)
}

func membraneEnergiesAVX2(_ []float64, _ []uint8, _, _, _ []float64, _ *int32, _ *[32]float64) {
	panic(noLanes)
}

func curvedForcesAVX2(_, _, _ []float64, _ []uint8, _, _, _ []float64, _ *int32, _ *[32]float64) {
	panic(noLanes)
}

func curvedEnergiesAVX2(_ []float64, _ []uint8, _, _, _ []float64, _ *int32, _ *[32]float64) {
	panic(noLanes)
}

func applyBendingAVX2(y, own, x, diag, val []float64, start, item []int32) {
	applyBending(y, own, x, diag, val, start, item)
}

func solveHingesAVX2(x []float64, vert [][4]int32, weight, step [][4]float64) {
	solveHinges(x, vert, weight, step)
}

func edgeEdgesAVX2(_, _ []float64, _ []uint32, _ []float64, _ [][4]int32) { panic(noLanes) }

func vertexTrianglesAVX2(_, _ []float64, _ []uint32, _ []float64, _ [][4]int32) { panic(noLanes) }

func encloseAVX2(groups []float32, x []float64, vert [][4]int32) { enclose(groups, x, vert) }

func solveSpringsAVX2(_, _ []float64, _, _ []int32, _, _ []float64, _ float64, _ int) int {
	panic(noLanes)
}
