//go:build !amd64 || purego

package lanes

func restrictAVX2(o []float64, val, r []float32, node, start []int32, br int) {
	restrict(o, val, r, node, start, br)
}

func prolongVertsAVX2(z, val, e []float32, part, start []int32) {
	prolongVerts(z, val, e, part, start)
}

func prolongNodesAVX2(z []float64, val, e []float32, part, start []int32) {
	prolongNodes(z, val, e, part, start)
}

func multiplyBlocksAVX2(y, own, x []float64, start, col []int32, block, diag []float64) {
	multiplyBlocks(y, own, x, start, col, block, diag)
}

func halveAVX2(dst []float32, src []float64) { halve(dst, src) }
