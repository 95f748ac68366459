package album

import (
	"math"
	"slices"

	"fitroom/api/wire"
	"fitroom/garment/cloth"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/bvh"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
)

// Garment is the cloth of a fitting as an object to draw, in the look of its
// style and the surface of its fabric.
func Garment(f *tryon.Fitting, look *wire.Look) (render.Object, error) {
	m, err := material(look, f.Cloth.Fabrics[0].Name)
	if err != nil {
		return render.Object{}, err
	}
	var prints []wire.Print
	if look != nil {
		prints = look.Prints
	}
	return garment(f, m, prints)
}

func garment(f *tryon.Fitting, m render.Material, prints []wire.Print) (render.Object, error) {
	c := f.Cloth
	o := render.Object{Name: "garment", Pos: lifted(c, f.Drape.OnSkin()), Tris: c.Tris, UV: c.Rest, Material: m}
	o.Material.Edge = max(c.Fabrics[0].Thickness, minEdge)
	tips := amid(c)
	for _, l := range c.Seams {
		line := render.Line{Verts: l.Verts, Closed: l.Closed, Stitch: topStitch(&m)}
		if dart(&l, tips) {
			line.Stitch = 0
		}
		o.Lines = append(o.Lines, line)
	}
	o.Lines = append(o.Lines, edgeStitches(c)...)
	var err error
	o.Decals, err = decals(prints, c)
	return o, err
}

const (
	seeThrough = 0.0015 // lifts the drawn cloth off the skin between its vertices [m]
	minEdge    = 0.0015 // a folded hem is never thinner [m]
)

// topStitch is the distance of the visible row beside a seam [m]: work clothes,
// known by their coloured thread, are felled; others show none.
func topStitch(m *render.Material) float64 {
	if m.Thread.A == 0 {
		return 0
	}
	return 0.006
}

// lifted moves cloth outward by half its thickness and a little more, so that
// the body never shows through between vertices. Where another layer lies
// outside it, as under a turned-down collar, it goes two fifths of the way at
// most: the layers come toward each other and must not cross.
func lifted(c *cloth.Cloth, pos []r3.Vec) []r3.Vec {
	lift := c.Fabrics[0].Thickness/2 + seeThrough
	normals := make([]r3.Vec, len(pos))
	geometry.VertexNormals(normals, pos, c.Tris)
	layers := bvh.Build(&geometry.Mesh{Verts: pos, Tris: c.Tris})
	by := make([]float64, len(pos))
	for i, p := range pos {
		by[i] = min(lift, 0.4*room(layers, c.Tris, int32(i), p, normals[i], 3*lift))
	}
	leastOfNeighbours(by, c.Tris, 2)
	out := make([]r3.Vec, len(pos))
	for range tries {
		for i, p := range pos {
			out[i] = r3.Add(p, r3.Scale(by[i], normals[i]))
		}
		if !yield(by, out, c.Tris) {
			break
		}
	}
	return out
}

// tries to part layers that the lift has brought through each other; each takes
// half of it, so that of the last ones nothing is left that shows.
const tries = 8

// yield halves the lift round every place where the cloth crosses itself, and
// tells whether there is any.
func yield(by []float64, pos []r3.Vec, tris []geometry.Tri) (crossed bool) {
	at := make([]bool, len(by))
	bvh.Build(&geometry.Mesh{Verts: pos, Tris: tris}).SelfCrossings(func(a, b int32) bool {
		for _, t := range [2]int32{a, b} {
			for _, v := range tris[t] {
				at[v] = true
			}
		}
		crossed = true
		return true
	})
	if !crossed {
		return false
	}
	for v := range by {
		if at[v] {
			by[v] /= 2
		}
	}
	leastOfNeighbours(by, tris, 1)
	return true
}

// leastOfNeighbours takes each value down to those round it, so many rings far:
// at the fold of a collar the layers meet within a triangle, where no vertex
// sees the other one.
func leastOfNeighbours(x []float64, tris []geometry.Tri, rings int) {
	for range rings {
		next := slices.Clone(x)
		for _, t := range tris {
			least := min(x[t[0]], x[t[1]], x[t[2]])
			for _, v := range t {
				next[v] = min(next[v], least)
			}
		}
		copy(x, next)
	}
}

// room is how far a vertex may go along its normal before it meets another part
// of the cloth [m].
func room(layers *bvh.Tree, tris []geometry.Tri, v int32, p, n r3.Vec, far float64) float64 {
	const clear = 1e-5 // past its own triangles [m]
	from := r3.Add(p, r3.Scale(clear, n))
	tri, at := layers.Segment(from, r3.Add(p, r3.Scale(far, n)))
	if tri < 0 {
		return math.Inf(1)
	}
	for _, k := range tris[tri] {
		if k == v {
			return math.Inf(1)
		}
	}
	return clear + at*(far-clear)
}
