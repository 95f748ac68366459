package drape

import "fitroom/garment/drape/lanes"

// entries lists the columns of row i, its own first.
func (a *sparse[F]) entries(dst []int32, i int) []int32 {
	dst = append(dst[:0], int32(i))
	for _, j := range a.col[a.start[i]:a.start[i+1]] {
		dst = append(dst, j/int32(a.br))
	}
	for _, j := range a.farCol[a.farStart[i]:a.farStart[i+1]] {
		dst = append(dst, j/int32(a.br))
	}
	return dst
}

// findShares finds the aggregates that move a node: those of the nodes it is
// coupled with.
func (t *transfer) findShares(entries func([]int32, int) []int32) {
	at := make([]int32, t.parts) // 1 + place of an aggregate in the row at hand
	t.start = make([]int32, 1, t.n+1)
	var row []int32
	for i := range t.n {
		first := len(t.part)
		row = entries(row, i)
		for _, j := range row {
			k := t.own[j]
			if k < 0 || t.own[i] < 0 {
				t.seat = append(t.seat, -1)
				continue
			}
			if at[k] == 0 {
				t.part = append(t.part, k)
				at[k] = int32(len(t.part) - first)
			}
			t.seat = append(t.seat, at[k]-1)
		}
		for _, k := range t.part[first:] {
			at[k] = 0
		}
		t.start = append(t.start, int32(len(t.part)))
	}
	var nodes, member [][2]int32
	for i, k := range t.own {
		if k >= 0 {
			nodes = append(nodes, [2]int32{k, int32(i)})
		}
		for s := t.start[i]; s < t.start[i+1]; s++ {
			member = append(member, [2]int32{t.part[s], s})
		}
	}
	t.nodes, t.member = newCSR(t.parts, nodes), newCSR(t.parts, member)
	node := make([]int32, len(t.part))
	for i := range t.n {
		for s := t.start[i]; s < t.start[i+1]; s++ {
			node[s] = int32(i)
		}
	}
	for _, s := range t.member.item {
		t.memberNode = append(t.memberNode, node[s])
		t.memberAt = append(t.memberAt, int32(t.br)*node[s])
	}
	for _, k := range t.part {
		t.partAt = append(t.partAt, modes*k)
	}
}

// findFolds does the like for the matrix times the prolongator.
func (t *transfer) findFolds(entries func([]int32, int) []int32) {
	at := make([]int32, t.parts)
	t.foldStart, t.placeStart = make([]int32, 1, t.n+1), make([]int32, 1, t.n+1)
	var row []int32
	for i := range t.n {
		first := len(t.foldPart)
		row = entries(row, i)
		for _, j := range row {
			for _, k := range t.part[t.start[j]:t.start[j+1]] {
				if at[k] == 0 {
					t.foldPart = append(t.foldPart, k)
					at[k] = int32(len(t.foldPart) - first)
				}
				t.place = append(t.place, at[k]-1)
			}
		}
		for _, k := range t.foldPart[first:] {
			at[k] = 0
		}
		t.foldStart = append(t.foldStart, int32(len(t.foldPart)))
		t.placeStart = append(t.placeStart, int32(len(t.place)))
	}
}

// findCoarse finds the blocks of the coarse matrix.
func (t *transfer) findCoarse() *sparse[float64] {
	c := &sparse[float64]{n: t.parts, br: modes, add: lanes.AddProducts6, start: make([]int32, 1, t.parts+1), farStart: make([]int32, t.parts+1)}
	at := make([]int32, t.parts) // 2 + place of a block in the row at hand
	t.toStart = make([]int32, 1, t.parts+1)
	for a := range int32(t.parts) {
		first := len(c.col)
		at[a] = 1
		for m := t.member.start[a]; m < t.member.start[a+1]; m++ {
			i := t.memberNode[m]
			for _, b := range t.foldPart[t.foldStart[i]:t.foldStart[i+1]] {
				if at[b] == 0 {
					c.col = append(c.col, modes*b)
					at[b] = int32(len(c.col)-first) + 1
				}
				k := at[b]
				if b < a {
					k = 0
				}
				t.to = append(t.to, k)
			}
		}
		at[a] = 0
		for _, b := range c.col[first:] {
			at[b/modes] = 0
		}
		c.start = append(c.start, int32(len(c.col)))
		t.toStart = append(t.toStart, int32(len(t.to)))
	}
	c.block, c.diag = make([]float64, modes*modes*len(c.col)), make([]float64, modes*modes*c.n)
	t.mirror = make([]int32, len(c.col))
	for a := range int32(c.n) {
		for k := c.start[a]; k < c.start[a+1]; k++ {
			t.mirror[k] = -1
			if b := c.col[k] / modes; b < a {
				for m := c.start[b]; m < c.start[b+1]; m++ {
					if c.col[m] == modes*a {
						t.mirror[k] = m
					}
				}
			}
		}
	}
	return c
}
