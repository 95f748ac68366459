package geometry

// Beside lists for each triangle the one beyond each of its edges, from corner c to
// the next: the first that runs the edge the other way, -1 where there is none.
func Beside[T ~[3]int32](tris []T) [][3]int32 {
	verts := int32(0)
	for _, t := range tris {
		verts = max(verts, t[0]+1, t[1]+1, t[2]+1)
	}
	// Corners by the vertex they lie at: those of v are sorted[from[v]:from[v+1]].
	from := make([]int32, verts+1)
	for _, t := range tris {
		for _, v := range t {
			from[v+1]++
		}
	}
	for v := range verts {
		from[v+1] += from[v]
	}
	sorted, next := make([]int32, 3*len(tris)), make([]int32, verts)
	copy(next, from)
	for i, t := range tris {
		for c, v := range t {
			sorted[next[v]] = int32(3*i + c)
			next[v]++
		}
	}
	out := make([][3]int32, len(tris))
	for i, t := range tris {
		for c, v := range t {
			out[i][c] = -1
			to := t[(c+1)%3]
			for _, k := range sorted[from[to]:from[to+1]] {
				if o := tris[k/3]; o[(k+1-k/3*3)%3] == v {
					out[i][c] = k / 3
					break
				}
			}
		}
	}
	return out
}
