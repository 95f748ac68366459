package lanes

//go:generate go run -C asm . -kernels patches -out ../patches_amd64.s -stubs ../patches_amd64.go -pkg lanes

// PatchesPer is the number of patches that a vertex moves with, by shares weight;
// idx says with which. What belongs to a patch takes four numbers, of which the last
// means nothing.
const PatchesPer = 4

// PatchSums adds the shares of the vertices' r to o of the patches. r is made by
// Vector.
func PatchSums(o []float64, r []float32, idx []int32, weight []float64) {
	if wide {
		_ = r[:len(r)+beyond]
		patchSumsAVX2(o, r, idx, weight)
		return
	}
	patchSums(o, r, idx, weight)
}

func patchSums(o []float64, r []float32, idx []int32, weight []float64) {
	for ; len(r) >= 3; r, idx, weight = r[3:], idx[PatchesPer:], weight[PatchesPer:] {
		x, y, z := float64(r[0]), float64(r[1]), float64(r[2])
		share := (*[PatchesPer]float64)(weight)
		for m, j := range (*[PatchesPer]int32)(idx) {
			w, p := share[m], (*[3]float64)(o[4*j:])
			p[0] += float64(w * x)
			p[1] += float64(w * y)
			p[2] += float64(w * z)
		}
	}
}

// AddPatches adds to the vertices' q what their patches move. q is made by Vector.
func AddPatches(q []float32, move []float64, idx []int32, weight []float64) {
	if wide {
		_ = q[:len(q)+beyond]
		addPatchesAVX2(q, move, idx, weight)
		return
	}
	addPatches(q, move, idx, weight)
}

func addPatches(q []float32, move []float64, idx []int32, weight []float64) {
	for ; len(q) >= 3; q, idx, weight = q[3:], idx[PatchesPer:], weight[PatchesPer:] {
		x, y, z := 0.0, 0.0, 0.0
		share := (*[PatchesPer]float64)(weight)
		for m, j := range (*[PatchesPer]int32)(idx) {
			w, p := share[m], (*[3]float64)(move[4*j:])
			x += float64(w * p[0])
			y += float64(w * p[1])
			z += float64(w * p[2])
		}
		q[0] += float32(x)
		q[1] += float32(y)
		q[2] += float32(z)
	}
}
