package bvh

import "gonum.org/v1/gonum/spatial/r3"

// Within appends the triangles whose boxes meet the box from lo to hi.
func (t *Tree) Within(dst []int32, lo, hi r3.Vec) []int32 {
	if len(t.nodes) == 0 {
		return dst
	}
	var stack [stackDepth]int32
	for top := 0; top >= 0; {
		n := &t.nodes[stack[top]]
		top--
		if !boxesMeet(n.lo, n.hi, lo, hi) {
			continue
		}
		if n.count == 0 {
			stack[top+1], stack[top+2] = n.left, n.left+1
			top += 2
			continue
		}
		for _, k := range t.order[n.first : n.first+n.count] {
			if a, b := triBox(t.mesh, k); boxesMeet(a, b, lo, hi) {
				dst = append(dst, k)
			}
		}
	}
	return dst
}
