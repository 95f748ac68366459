package bvh

import (
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Most pairs of triangles whose boxes meet are neighbours on smooth skin. A piece
// that hangs together and whose normals all lie on one side of a plane does not
// cross itself (Volino and Magnenat-Thalmann 1994, "Efficient self-collision
// detection on smoothly discretized surface animations using geometrical shape
// regularity"; their second condition, that its border seen along the normals does
// not cross itself either, cannot fail on the eight triangles of two leaves). So
// leaves that are nearly flat, and neighbours that are so together, are not looked
// at.
const (
	flatLeaf = 0.82 // cosine to the leaf's normal of its triangles' normals, at least: 35 degrees
	flatPair = 0.77 // of two leaves' normals: 40; so no normal is 55 degrees from the middle one
)

// neighbours lists, for each leaf whose triangles hang together edge by edge,
// the leaves of that kind that it shares an edge with.
func (s *Sheet) neighbours() [][]int32 {
	leaf := make([]int32, len(s.tris)) // of each triangle
	for k, n := range s.nodes {
		for _, t := range s.order[n.first : n.first+n.count] {
			leaf[t] = int32(k)
		}
	}
	across := geometry.Beside(s.tris)
	out := make([][]int32, len(s.nodes))
	for k, n := range s.nodes {
		if n.count == 0 {
			continue
		}
		own := s.order[n.first : n.first+n.count]
		reached := append(make([]int32, 0, leafSize), own[0])
		var beside []int32
		for i := 0; i < len(reached); i++ {
			for _, o := range across[reached[i]] {
				switch {
				case o < 0:
				case leaf[o] != int32(k):
					beside = append(beside, leaf[o])
				case !slices.Contains(reached, o):
					reached = append(reached, o)
				}
			}
		}
		if len(reached) == len(own) {
			slices.Sort(beside)
			out[k] = append(slices.Compact(beside), int32(k)) // never empty for such a leaf
		}
	}
	return out
}

// flatten finds the leaves that are nearly flat.
func (f *folded) flatten() {
	for k := range f.nodes {
		n := &f.nodes[k]
		if n.count == 0 || f.beside[k] == nil {
			continue
		}
		var face [leafSize]r3.Vec
		var sum r3.Vec
		own := face[:n.count]
		for i, t := range f.order[n.first : n.first+n.count] {
			v := f.tris[t]
			a := f.verts[v[0]]
			own[i] = r3.Cross(r3.Sub(f.verts[v[1]], a), r3.Sub(f.verts[v[2]], a))
			sum = r3.Add(sum, own[i])
		}
		if size := math.Sqrt(r3.Norm2(sum)); size > 0 {
			sum = r3.Scale(1/size, sum)
			bent := func(g r3.Vec) bool {
				d := r3.Dot(g, sum)
				return !(d > 0 && d*d > flatLeaf*flatLeaf*r3.Norm2(g))
			}
			if !slices.ContainsFunc(own, bent) {
				f.face[k] = sum
			}
		}
	}
}

// smooth says whether two leaves are neighbours and nearly flat together.
func (f *folded) smooth(k, l int32) bool {
	return r3.Dot(f.face[k], f.face[l]) > flatPair && slices.Contains(f.beside[k], l)
}
