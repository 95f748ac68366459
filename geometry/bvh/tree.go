package bvh

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// leafSize is the number of triangles below which a node is not split: four
// boxes cost about as much to test as one more level.
const leafSize = 4

// node is one box of the tree. Children of an inner node stand at left and
// left+1; a leaf owns order[first:first+count].
type node struct {
	lo, hi r3.Vec
	left   int32 // of an inner node
	first  int32
	count  int32 // 0 for an inner node
}

// Tree answers questions about one mesh. It is immutable: any number of
// goroutines may ask at once.
type Tree struct {
	mesh  *geometry.Mesh
	nodes []node
	order []int32 // triangles, leaf by leaf
	// What Nearest needs: see wide.go, and the corners of each triangle of the order.
	wide   []wideNode
	corner [][3]r3.Vec
	// Pseudo-normals, not normalised: of faces, of the edge opposite each
	// corner, of vertices.
	face []r3.Vec
	edge [][3]r3.Vec
	vert []r3.Vec
}

// Build makes the tree of a mesh by median splits along the longest axis of
// the centroids; equal meshes give equal trees. The mesh must be valid and must
// not change afterwards. Degenerate triangles are allowed and never the
// nearest feature's owner of a normal.
func Build(m *geometry.Mesh) *Tree {
	t := Split(m)
	t.pseudoNormals()
	t.widen()
	return t
}

// Split makes the tree of a mesh that is asked for what cuts it, never for Nearest
// or normals.
func Split(m *geometry.Mesh) *Tree {
	t := &Tree{mesh: m, order: make([]int32, len(m.Tris))}
	centroid := make([]r3.Vec, len(m.Tris))
	for i, tri := range m.Tris {
		t.order[i] = int32(i)
		sum := r3.Add(r3.Add(m.Verts[tri[0]], m.Verts[tri[1]]), m.Verts[tri[2]])
		centroid[i] = r3.Scale(1./3, sum)
	}
	if len(m.Tris) > 0 {
		t.nodes = append(make([]node, 0, 2*len(m.Tris)/leafSize+1), node{})
		t.split(0, 0, len(m.Tris), centroid)
	}
	return t
}

// split fills node k with the triangles order[first:last].
func (t *Tree) split(k, first, last int, centroid []r3.Vec) {
	part := t.order[first:last]
	lo, hi := triBox(t.mesh, part[0])
	cLo, cHi := centroid[part[0]], centroid[part[0]]
	for _, i := range part[1:] {
		a, b := triBox(t.mesh, i)
		lo, hi = lower(lo, a), upper(hi, b)
		cLo, cHi = lower(cLo, centroid[i]), upper(cHi, centroid[i])
	}
	t.nodes[k] = node{lo: lo, hi: hi, first: int32(first), count: int32(last - first)}
	if last-first <= leafSize {
		return
	}
	size := r3.Sub(cHi, cLo)
	along := func(v r3.Vec) float64 { return v.X }
	switch {
	case size.Y > size.X && size.Y >= size.Z:
		along = func(v r3.Vec) float64 { return v.Y }
	case size.Z > size.X:
		along = func(v r3.Vec) float64 { return v.Z }
	}
	slices.SortFunc(part, func(a, b int32) int {
		switch ka, kb := along(centroid[a]), along(centroid[b]); {
		case ka < kb:
			return -1
		case ka > kb:
			return 1
		}
		return cmp.Compare(a, b)
	})
	left := len(t.nodes)
	t.nodes = append(t.nodes, node{}, node{})
	t.nodes[k].left, t.nodes[k].count = int32(left), 0
	mid := first + (last-first)/2
	t.split(left, first, mid, centroid)
	t.split(left+1, mid, last, centroid)
}

func triBox(m *geometry.Mesh, i int32) (lo, hi r3.Vec) {
	t := m.Tris[i]
	a, b, c := m.Verts[t[0]], m.Verts[t[1]], m.Verts[t[2]]
	return lower(lower(a, b), c), upper(upper(a, b), c)
}

func lower(a, b r3.Vec) r3.Vec {
	return r3.Vec{X: min(a.X, b.X), Y: min(a.Y, b.Y), Z: min(a.Z, b.Z)}
}

func upper(a, b r3.Vec) r3.Vec {
	return r3.Vec{X: max(a.X, b.X), Y: max(a.Y, b.Y), Z: max(a.Z, b.Z)}
}

// pseudoNormals prepares the normals whose sign tells inside from outside at
// every feature of a closed mesh: Bærentzen and Aanæs 2005, "Signed distance
// computation using the angle weighted pseudonormal".
func (t *Tree) pseudoNormals() {
	m := t.mesh
	t.face = make([]r3.Vec, len(m.Tris))
	for i, tri := range m.Tris {
		o := m.Verts[tri[0]]
		n := r3.Cross(r3.Sub(m.Verts[tri[1]], o), r3.Sub(m.Verts[tri[2]], o))
		if l := math.Sqrt(r3.Norm2(n)); l > 0 {
			t.face[i] = r3.Scale(1/l, n)
		}
	}
	t.vert = make([]r3.Vec, len(m.Verts))
	geometry.VertexNormals(t.vert, m.Verts, m.Tris)
	t.edge = make([][3]r3.Vec, len(m.Tris))
	for _, e := range geometry.NewTopology(m.Tris).Edges {
		var sum r3.Vec
		for _, k := range e.Tri {
			if k >= 0 {
				sum = r3.Add(sum, t.face[k])
			}
		}
		for s, k := range e.Tri {
			if k >= 0 {
				t.edge[k][corner(m.Tris[k], e.Opp[s])] = sum
			}
		}
	}
}

func corner(t geometry.Tri, v int32) int {
	switch v {
	case t[0]:
		return 0
	case t[1]:
		return 1
	}
	return 2
}
