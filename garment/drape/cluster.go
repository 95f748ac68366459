package drape

import "math"

// cluster spreads parts seeds over a graph, each as many edges as possible from
// those before, and returns the nearest seed of every node.
func cluster(n, parts int, neighbours func(i int32, visit func(j int32))) []int32 {
	hops := make([]int32, n)
	own := make([]int32, n)
	for i := range hops {
		hops[i] = math.MaxInt32
	}
	queue := make([]int32, 0, n)
	next := int32(0)
	for k := range parts {
		hops[next], own[next] = 0, int32(k)
		queue = append(queue[:0], next)
		for m := 0; m < len(queue); m++ {
			v := queue[m]
			neighbours(v, func(w int32) {
				if hops[v]+1 < hops[w] {
					hops[w], own[w] = hops[v]+1, int32(k)
					queue = append(queue, w)
				}
			})
		}
		for i := range hops {
			if hops[i] > hops[next] {
				next = int32(i)
			}
		}
	}
	return own
}

// neighbours visits the other ends of the edges at vertex v.
func (p *plan) neighbours(v int32, visit func(w int32)) {
	p.visitEdges(v, func(w, _ int32) { visit(w) })
}

// neighbours visits the nodes that node i has blocks with.
func (a *sparse[F]) neighbours(i int32, visit func(j int32)) {
	for _, j := range a.col[a.start[i]:a.start[i+1]] {
		visit(j / int32(a.br))
	}
}
