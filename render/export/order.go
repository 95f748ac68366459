package export

// compact orders triangles so that neighbours follow each other and numbers
// vertices by first use: what the codecs pack best and graphics hardware reads
// fastest.
func compact(c *corners) {
	c.indices = walk(c.indices)
	to := make([]uint32, len(c.pos))
	order := make([]uint32, 0, len(c.pos))
	for i, v := range c.indices {
		if to[v] == 0 { // 0 means not yet, so numbers are stored one too high
			order = append(order, v)
			to[v] = uint32(len(order))
		}
		c.indices[i] = to[v] - 1
	}
	c.pos, c.nrm = pick(c.pos, order), pick(c.nrm, order)
	c.uv, c.fit = pick(c.uv, order), pick(c.fit, order)
}

func pick[T any](list []T, order []uint32) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(order))
	for i, v := range order {
		out[i] = list[v]
	}
	return out
}

// walk strings triangles together across the edges last met, as the triangle
// codec remembers them, and starts anew at the lowest triangle left.
func walk(indices []uint32) []uint32 {
	type edge struct{ a, b uint32 }
	n := len(indices) / 3
	beside := make(map[edge]int, len(indices)) // the triangle that runs along the edge from a to b
	for t := range n {
		for k := range 3 {
			beside[edge{indices[3*t+k], indices[3*t+(k+1)%3]}] = t
		}
	}
	out := make([]uint32, 0, len(indices))
	done := make([]bool, n)
	var recent [fifoSize]edge
	met := 0
	take := func(t, turn int) {
		done[t] = true
		v := [3]uint32{indices[3*t+turn], indices[3*t+(turn+1)%3], indices[3*t+(turn+2)%3]}
		out = append(out, v[:]...)
		for k := range 3 {
			recent[met%fifoSize] = edge{v[(k+1)%3], v[k]}
			met++
		}
	}
	for lowest := 0; ; {
		next, turn := -1, 0
		for back := 0; back < min(met, fifoSize) && next < 0; back++ {
			e := recent[(met-1-back)%fifoSize]
			if t, ok := beside[e]; ok && !done[t] {
				next = t
				for indices[3*t+turn] != e.a {
					turn++
				}
			}
		}
		if next < 0 {
			for lowest < n && done[lowest] {
				lowest++
			}
			if lowest == n {
				return out
			}
			next = lowest
		}
		take(next, turn)
	}
}
