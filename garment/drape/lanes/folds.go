package lanes

//go:generate go run -C asm . -kernels folds -out ../folds_amd64.s -stubs ../folds_amd64.go -pkg lanes

// FoldRow adds to o row i of a matrix like MultiplyRows' times the motion of the
// patches: each entry, the diagonal's first, to the blocks of the patches that move
// its column, by their shares weight; place says where these are in o.
func FoldRow(o []float32, place []int32, weight []float64, i int, diag, block []float32, col []int32, far []float32, farCol []int32) {
	if wide {
		_, _ = place[:PatchesPer*(1+len(col)+len(farCol))], diag[:6]
		_, _ = block[:9*len(col)], far[:len(farCol)]
		foldRowAVX2(o, place, weight, i, diag, block, col, far, farCol)
		return
	}
	foldRow(o, place, weight, i, diag, block, col, far, farCol)
}

func foldRow(o []float32, place []int32, weight []float64, i int, diag, block []float32, col []int32, far []float32, farCol []int32) {
	d := (*[6]float32)(diag)
	addShares(o, place, weight[PatchesPer*i:], &[9]float32{d[0], d[1], d[2], d[1], d[3], d[4], d[2], d[4], d[5]})
	place = place[PatchesPer:]
	for k, j := range col {
		addShares(o, place, weight[PatchesPer*(j/3):], (*[9]float32)(block[9*k:]))
		place = place[PatchesPer:]
	}
	for k, j := range farCol {
		v, w := far[k], weight[PatchesPer*(j/3):]
		for b := range PatchesPer {
			m, s := place[b], float32(float32(w[b])*v)
			o[m] += s
			o[m+4] += s
			o[m+8] += s
		}
		place = place[PatchesPer:]
	}
}

// addShares adds a block to those of the patches that move its column.
func addShares(o []float32, place []int32, weight []float64, blk *[9]float32) {
	for b := range PatchesPer {
		w := float32(weight[b])
		p := (*[9]float32)(o[place[b]:])
		for m, v := range blk {
			p[m] += float32(w * v)
		}
	}
}
