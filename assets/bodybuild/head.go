package main

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

const (
	headRings   = 15
	headPatch   = 0.35 // width of the patch of old head that a new vertex rides on [dm]
	headSmooths = 60
)

// plainHead replaces all faces above the edge loop under the jaw by a smooth
// faceless one: rings between the loop and the crown, thrown from the middle
// of the head onto the old surface and then smoothed, so that nose, ears and
// eyes leave only a gentle shape. A faceless head is neutral, and the mouth
// and eye cavities would be in the way of every collision query.
func plainHead(s *source, c *cage) error {
	start := int32(-1)
	for _, q := range s.quads { // the loop's second vertex: the left neighbour of the first that leads to the back
		k := indexOf(q[:], vNeckLoopF)
		if k < 0 {
			continue
		}
		for _, w := range []int32{q[(k+1)%4], q[(k+3)%4]} {
			if s.verts[w].X > 1e-4 {
				start = w
			}
		}
	}
	loop, err := edgeLoop(s.quads, vNeckLoopF, start)
	if err != nil {
		return err
	}
	half := loop[:slices.Index(loop, vNeckLoopB)+1]
	old := cutAbove(c, s.verts, loop)
	c.faces = slices.DeleteFunc(c.faces, func(f []int32) bool { return old[faceKey(f)] })
	rings := throwRings(s, half, old)
	smoothRings(rings, s.verts, half)
	c.addRings(rings, half, rideOn(s, old))
	return nil
}

func faceKey(f []int32) [4]int32 { return [4]int32(f[:4]) }

// cutAbove floods from the crown without crossing the loop and returns the
// quads of the left half it reaches.
func cutAbove(c *cage, verts []r3.Vec, loop []int32) map[[4]int32]bool {
	wall := map[[2]int32]bool{}
	for i, a := range loop {
		b := loop[(i+1)%len(loop)]
		wall[[2]int32{min(a, b), max(a, b)}] = true
	}
	byEdge := map[[2]int32][]int{}
	top := 0
	for i, f := range c.faces {
		if verts[f[0]].Y > verts[c.faces[top][0]].Y {
			top = i
		}
		for k, a := range f {
			b := f[(k+1)%len(f)]
			e := [2]int32{min(a, b), max(a, b)}
			byEdge[e] = append(byEdge[e], i)
		}
	}
	seen := map[[4]int32]bool{faceKey(c.faces[top]): true}
	for queue := []int{top}; len(queue) > 0; {
		f := c.faces[queue[0]]
		queue = queue[1:]
		for k, a := range f {
			b := f[(k+1)%len(f)]
			e := [2]int32{min(a, b), max(a, b)}
			if wall[e] {
				continue
			}
			for _, g := range byEdge[e] {
				if key := faceKey(c.faces[g]); !seen[key] {
					seen[key] = true
					queue = append(queue, g)
				}
			}
		}
	}
	return seen
}

// throwRings returns rings[k][j]: ring k from the loop (exclusive) to the
// crown, column j from the front to the back. The last ring is one point.
func throwRings(s *source, half []int32, old map[[4]int32]bool) [][]r3.Vec {
	var tris [][3]r3.Vec
	for _, q := range s.quads {
		if old[q] {
			p := [4]r3.Vec{s.verts[q[0]], s.verts[q[1]], s.verts[q[2]], s.verts[q[3]]}
			tris = append(tris, [3]r3.Vec{p[0], p[1], p[2]}, [3]r3.Vec{p[0], p[2], p[3]})
		}
	}
	centre := r3.Vec{Y: 7.25, Z: 0.35}
	crown := r3.Unit(r3.Vec{Y: 1, Z: -0.12})
	var rings [][]r3.Vec
	for k := 1; k <= headRings; k++ {
		u := float64(k) / headRings
		var ring []r3.Vec
		for _, v := range half {
			dir := slerp(r3.Unit(r3.Sub(s.verts[v], centre)), crown, u)
			ring = append(ring, r3.Add(centre, r3.Scale(farthest(tris, centre, dir), dir)))
			if k == headRings {
				break
			}
		}
		rings = append(rings, ring)
	}
	return rings
}

func slerp(a, b r3.Vec, u float64) r3.Vec {
	phi := math.Acos(max(-1, min(1, r3.Dot(a, b))))
	return r3.Scale(1/math.Sin(phi), r3.Add(r3.Scale(math.Sin((1-u)*phi), a), r3.Scale(math.Sin(u*phi), b)))
}

// farthest is the distance of the outermost hit of a ray.
func farthest(tris [][3]r3.Vec, o, d r3.Vec) float64 {
	var far float64
	d = r3.Unit(r3.Add(d, r3.Vec{X: 1e-6})) // keep off the seam of the half head
	for _, t := range tris {
		e1, e2 := r3.Sub(t[1], t[0]), r3.Sub(t[2], t[0])
		p := r3.Cross(d, e2)
		det := r3.Dot(e1, p)
		if math.Abs(det) < 1e-12 {
			continue
		}
		q := r3.Sub(o, t[0])
		u := r3.Dot(q, p) / det
		c := r3.Cross(q, e1)
		v := r3.Dot(d, c) / det
		if u < -1e-9 || v < -1e-9 || u+v > 1+1e-9 {
			continue
		}
		far = max(far, r3.Dot(e2, c)/det)
	}
	return far
}

// smoothRings relaxes the thrown points towards the mean of their four
// neighbours, mirrored at the front and back seam; the neck loop stays. Each
// pass is followed by an opposite one (Taubin 1995) so that the head does not
// shrink.
func smoothRings(rings [][]r3.Vec, verts []r3.Vec, half []int32) {
	n := len(half)
	get := func(k, j int) r3.Vec {
		flip := false
		if j < 0 {
			j, flip = -j, true
		}
		if j >= n {
			j, flip = 2*(n-1)-j, true
		}
		var p r3.Vec
		switch {
		case k < 0:
			p = verts[half[j]]
		case len(rings[k]) == 1:
			p = rings[k][0]
		default:
			p = rings[k][j]
		}
		if flip {
			p.X = -p.X
		}
		return p
	}
	pass := func(s float64) {
		next := make([][]r3.Vec, len(rings))
		for k := range rings {
			next[k] = slices.Clone(rings[k])
			if len(rings[k]) == 1 { // the crown: mean of the ring before it, mirrored
				var m r3.Vec
				for j := range n {
					m = r3.Add(m, get(k-1, j))
				}
				m = r3.Scale(1/float64(n), m)
				m.X = 0
				next[k][0] = r3.Add(rings[k][0], r3.Scale(s, r3.Sub(m, rings[k][0])))
				continue
			}
			for j := range rings[k] {
				m := r3.Add(r3.Add(get(k-1, j), get(k+1, j)), r3.Add(get(k, j-1), get(k, j+1)))
				p := r3.Add(rings[k][j], r3.Scale(s, r3.Sub(r3.Scale(0.25, m), rings[k][j])))
				if j == 0 || j == n-1 {
					p.X = 0
				}
				next[k][j] = p
			}
		}
		copy(rings, next)
	}
	for range headSmooths {
		pass(0.6)
		pass(-0.55)
	}
}

// rideOn returns the function that ties a point to the old head's vertices
// around it with Gaussian weights, corrected so that a stretched, turned or
// sheared old head carries the new one along exactly: plain means lag behind
// at the crown and fold it on small bodies. The patch is wide, so that no
// feature of a face comes through in the modes of shape either.
func rideOn(s *source, old map[[4]int32]bool) func(p r3.Vec) []term {
	var ids []int32
	for q := range old {
		ids = append(ids, q[:]...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return func(p r3.Vec) []term {
		return affineMean(s.verts, ids, p, func(d float64) float64 {
			if d /= headPatch; d < 3.5 {
				return math.Exp(-d * d / 2)
			}
			return 0
		})
	}
}

// addRings adds the new vertices and the faces between the rings. The loop
// runs from front to back on the left; outward faces turn from it upward.
func (c *cage) addRings(rings [][]r3.Vec, half []int32, ride func(r3.Vec) []term) {
	n := len(half)
	below := half
	for k, ring := range rings {
		ids := make([]int32, n)
		for j := range n {
			i := min(j, len(ring)-1)
			if j < len(ring) {
				c.head = append(c.head, headVert{ride: ride(ring[i]), at: ring[i], onMid: j == 0 || j == n-1 || k == len(rings)-1})
			}
			ids[j] = int32(bodyVerts + len(c.head) - 1)
		}
		for j := range n - 1 {
			if len(ring) == 1 {
				c.faces = append(c.faces, []int32{below[j], below[j+1], ids[j]})
				continue
			}
			c.faces = append(c.faces, []int32{below[j], below[j+1], ids[j+1], ids[j]})
		}
		below = ids
	}
}

// settle fixes each head vertex's offset from its patch on the base mesh.
func (c *cage) settle(base []r3.Vec) {
	for i := range c.head {
		h := &c.head[i]
		p := h.at
		for _, t := range h.ride {
			p = r3.Sub(p, r3.Scale(t.w, base[t.at]))
		}
		h.offset = p
	}
}
