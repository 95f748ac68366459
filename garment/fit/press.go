package fit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// Half height of the band of cloth whose pressure is the zone's, and radius of
// the disc over which the 95th percentile is averaged [m]: a patch of skin of
// 2 cm feels one pressure (design/drape.md), and mesh noise cancels in it.
const (
	bandHalf = 0.010
	discHalf = 0.010
)

// bandPressure returns mean and 95th percentile of the contact pressure [Pa]
// over the cloth next to a girdle, both by area.
func bandPressure(gd girdle, g *garmentMesh, pos []r3.Vec, pressure []float64) (mean, p95 float64) {
	verts, area := band(gd, g, pos)
	var force, total float64
	for i, v := range verts {
		force += pressure[v] * area[i]
		total += area[i]
	}
	if total == 0 {
		return math.NaN(), math.NaN()
	}
	smooth := make([]float64, len(verts))
	for i, v := range verts {
		var f, a float64
		for j, w := range verts {
			if r3.Norm2(r3.Sub(pos[v], pos[w])) <= discHalf*discHalf {
				f += pressure[w] * area[j]
				a += area[j]
			}
		}
		smooth[i] = f / a
	}
	return force / total, percentile(smooth, area, 0.95)
}

// band collects the vertices of the cut triangles and of those joined to them
// within the band, ascending, with the area of cloth each stands for [m2].
func band(gd girdle, g *garmentMesh, pos []r3.Vec) (verts []int32, area []float64) {
	in := make(map[int32]bool)
	for _, c := range gd.loop {
		for _, v := range g.tris[c.tri] {
			in[v] = true
		}
	}
	near := nearPlane(gd.plane, g, pos)
	for grown := true; grown; {
		grown = false
		for _, i := range near {
			t := g.tris[i]
			if !in[t[0]] && !in[t[1]] && !in[t[2]] {
				continue
			}
			for _, v := range t {
				if !in[v] && math.Abs(gd.plane.height(pos[v])) <= bandHalf {
					in[v], grown = true, true
				}
			}
		}
	}
	verts = sortedKeys(in)
	area = make([]float64, len(verts))
	for _, t := range g.tris {
		if !in[t[0]] && !in[t[1]] && !in[t[2]] {
			continue
		}
		a := r3.Norm(r3.Cross(r3.Sub(pos[t[1]], pos[t[0]]), r3.Sub(pos[t[2]], pos[t[0]]))) / 6
		for _, v := range t {
			if k, ok := slices.BinarySearch(verts, v); ok {
				area[k] += a
			}
		}
	}
	return verts, area
}

// nearPlane lists the triangles with a corner within the band.
func nearPlane(pl plane, g *garmentMesh, pos []r3.Vec) []int32 {
	var near []int32
	for i, t := range g.tris {
		for _, v := range t {
			if math.Abs(pl.height(pos[v])) <= bandHalf {
				near = append(near, int32(i))
				break
			}
		}
	}
	return near
}

// percentile of values weighted by area.
func percentile(values, weight []float64, p float64) float64 {
	order := make([]int, len(values))
	total := 0.0
	for i := range order {
		order[i] = i
		total += weight[i]
	}
	slices.SortFunc(order, func(a, b int) int {
		if values[a] != values[b] {
			if values[a] < values[b] {
				return -1
			}
			return 1
		}
		return a - b
	})
	sum := 0.0
	for _, i := range order {
		sum += weight[i]
		if sum >= p*total {
			return values[i]
		}
	}
	return values[order[len(order)-1]]
}
