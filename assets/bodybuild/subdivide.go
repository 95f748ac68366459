package main

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// refined is a mesh whose vertices are linear rows over the cage's.
type refined struct {
	rows   [][]term
	mirror []int32
	side   []int8     // -1 right, 0 in the symmetry plane, 1 left
	parent [][]int32  // the cage vertices a vertex takes its part from
	tris   [][3]int32 // the left half's triangles
}

type edgeKey [2]int32

func keyOf(a, b int32) edgeKey { return edgeKey{min(a, b), max(a, b)} }

// subdivide makes one step of Catmull and Clark 1978 ("Recursively generated
// B-spline surfaces on arbitrary topological meshes") on the chosen faces.
// Vertices follow the rule wherever a chosen face touches them. The faces
// beside chosen ones take up the edge points on their rim and are cut into
// triangles, so nothing gapes. faces covers both halves: face i and face
// i+len/2 are mirror images.
func subdivide(faces [][]int32, nverts int, mirror []int32, side []int8, chosen []bool, pos []r3.Vec) *refined {
	s := newStep(faces, nverts, chosen)
	r := &refined{mirror: make([]int32, 0, 2*nverts)}
	add := func(row []term, parent ...int32) int32 {
		r.rows = append(r.rows, row)
		r.parent = append(r.parent, parent)
		return int32(len(r.rows) - 1)
	}
	vert := make([]int32, nverts)
	for v := range int32(nverts) {
		vert[v] = add(s.vertexRow(v), v)
	}
	edge := map[edgeKey]int32{}
	face := make([]int32, len(faces))
	for i, f := range faces {
		if !chosen[i] {
			continue
		}
		face[i] = add(s.faceRow(i), f...)
		for k, a := range f {
			e := keyOf(a, f[(k+1)%len(f)])
			if _, ok := edge[e]; !ok {
				edge[e] = add(s.edgeRow(e), e[:]...)
			}
		}
	}
	r.mirror = make([]int32, len(r.rows))
	r.side = make([]int8, len(r.rows))
	for v := range int32(nverts) {
		r.mirror[vert[v]], r.side[vert[v]] = vert[mirror[v]], side[v]
	}
	for e, id := range edge {
		r.mirror[id] = edge[keyOf(mirror[e[0]], mirror[e[1]])]
		r.side[id] = cmpSide(side[e[0]], side[e[1]])
	}
	half := len(faces) / 2
	for i := range half {
		if chosen[i] {
			r.mirror[face[i]], r.mirror[face[i+half]] = face[i+half], face[i]
			r.side[face[i]], r.side[face[i+half]] = 1, -1
		}
	}
	at := r.positions(pos)
	for i, f := range faces[:half] {
		n := len(f)
		if chosen[i] {
			for k, a := range f {
				e0, e1 := edge[keyOf(a, f[(k+1)%n])], edge[keyOf(a, f[(k+n-1)%n])]
				r.tris = append(r.tris, fanOf([]int32{vert[a], e0, face[i], e1}, at)...)
			}
			continue
		}
		var poly []int32
		for k, a := range f {
			poly = append(poly, vert[a])
			if e, ok := edge[keyOf(a, f[(k+1)%n])]; ok {
				poly = append(poly, e)
			}
		}
		r.tris = append(r.tris, fanOf(poly, at)...)
	}
	return r
}

func cmpSide(a, b int8) int8 {
	if a+b > 0 {
		return 1
	}
	if a+b < 0 {
		return -1
	}
	return 0
}

// positions applies the rows to cage positions.
func (r *refined) positions(pos []r3.Vec) []r3.Vec {
	out := make([]r3.Vec, len(r.rows))
	for i, row := range r.rows {
		var p r3.Vec
		for _, t := range row {
			p = r3.Add(p, r3.Scale(t.w, pos[t.at]))
		}
		out[i] = p
	}
	return out
}

// step holds the neighbourhoods the rules need.
type step struct {
	faces   [][]int32
	byVert  [][]int
	byEdge  map[edgeKey][]int
	touched []bool
}

func newStep(faces [][]int32, nverts int, chosen []bool) *step {
	s := &step{faces: faces, byVert: make([][]int, nverts), byEdge: map[edgeKey][]int{}, touched: make([]bool, nverts)}
	for i, f := range faces {
		for k, a := range f {
			s.byVert[a] = append(s.byVert[a], i)
			e := keyOf(a, f[(k+1)%len(f)])
			s.byEdge[e] = append(s.byEdge[e], i)
			s.touched[a] = s.touched[a] || chosen[i]
		}
	}
	return s
}

func (s *step) faceRow(i int) []term {
	var row []term
	f := s.faces[i]
	for _, v := range f {
		row = append(row, term{v, 1 / float64(len(f))})
	}
	return row
}

func (s *step) edgeRow(e edgeKey) []term {
	row := []term{{e[0], 0.25}, {e[1], 0.25}}
	for _, f := range s.byEdge[e] {
		for _, t := range s.faceRow(f) {
			row = append(row, term{t.at, t.w / 4})
		}
	}
	return merge(row)
}

// vertexRow is (F + 2R + (n-3)P)/n with F the mean face point and R the mean
// edge middle.
func (s *step) vertexRow(v int32) []term {
	if !s.touched[v] {
		return []term{{v, 1}}
	}
	n := float64(len(s.byVert[v]))
	row := []term{{v, (n - 3) / n}}
	for _, i := range s.byVert[v] {
		for _, t := range s.faceRow(i) {
			row = append(row, term{t.at, t.w / (n * n)})
		}
		f := s.faces[i]
		k := indexOf(f, v)
		for _, w := range []int32{f[(k+1)%len(f)], f[(k+len(f)-1)%len(f)]} { // each edge comes up twice
			row = append(row, term{v, 0.5 / (n * n)}, term{w, 0.5 / (n * n)})
		}
	}
	return merge(row)
}

func merge(row []term) []term {
	slices.SortStableFunc(row, func(a, b term) int { return int(a.at - b.at) })
	out := row[:0]
	for _, t := range row {
		if len(out) > 0 && out[len(out)-1].at == t.at {
			out[len(out)-1].w += t.w
			continue
		}
		out = append(out, t)
	}
	return out
}

// fanOf cuts a small polygon into triangles as round as possible, by the usual
// dynamic programme over chords; the cost of a triangle is the sum of its
// squared edges over its area, so that no sliver is left along an edge that
// carries an edge point.
func fanOf(poly []int32, at []r3.Vec) [][3]int32 {
	n := len(poly)
	tri := func(i, k, j int) float64 {
		a, b, c := at[poly[i]], at[poly[k]], at[poly[j]]
		area := r3.Norm(r3.Cross(r3.Sub(b, a), r3.Sub(c, a)))
		return (r3.Norm2(r3.Sub(a, b)) + r3.Norm2(r3.Sub(b, c)) + r3.Norm2(r3.Sub(c, a))) / (area + 1e-9)
	}
	cost := make([][]float64, n)
	cut := make([][]int, n)
	for i := range cost {
		cost[i], cut[i] = make([]float64, n), make([]int, n)
	}
	for gap := 2; gap < n; gap++ {
		for i := 0; i+gap < n; i++ {
			j := i + gap
			cost[i][j] = math.Inf(1)
			for k := i + 1; k < j; k++ {
				c := cost[i][k] + cost[k][j] + tri(i, k, j)
				if c < cost[i][j]-1e-9 {
					cost[i][j], cut[i][j] = c, k
				}
			}
		}
	}
	var out [][3]int32
	var emit func(i, j int)
	emit = func(i, j int) {
		if j-i < 2 {
			return
		}
		k := cut[i][j]
		out = append(out, [3]int32{poly[i], poly[k], poly[j]})
		emit(i, k)
		emit(k, j)
	}
	emit(0, n-1)
	return out
}
