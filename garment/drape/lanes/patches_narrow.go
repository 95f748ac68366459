//go:build !amd64 || purego

package lanes

func patchSumsAVX2(o []float64, r []float32, idx []int32, weight []float64) {
	patchSums(o, r, idx, weight)
}

func addPatchesAVX2(q []float32, move []float64, idx []int32, weight []float64) {
	addPatches(q, move, idx, weight)
}
