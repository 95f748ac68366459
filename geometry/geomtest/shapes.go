package geomtest

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Sphere is a closed, outward sphere about the origin made of rings*2*rings
// quads cut in two, with poles on the Y axis.
func Sphere(radius float64, rings int) *geometry.Mesh {
	m := &geometry.Mesh{}
	n := 2 * rings
	m.Verts = append(m.Verts, r3.Vec{Y: -radius})
	for i := 1; i < rings; i++ {
		sin, cos := math.Sincos(math.Pi * float64(i) / float64(rings))
		for j := range n {
			s, c := math.Sincos(2 * math.Pi * float64(j) / float64(n))
			m.Verts = append(m.Verts, r3.Vec{X: radius * sin * c, Y: -radius * cos, Z: radius * sin * s})
		}
	}
	m.Verts = append(m.Verts, r3.Vec{Y: radius})
	at := func(i, j int) int32 { return int32(1 + (i-1)*n + j%n) }
	top := int32(len(m.Verts) - 1)
	for j := range n {
		m.Tris = append(m.Tris, geometry.Tri{0, at(1, j), at(1, j+1)})
		for i := 1; i < rings-1; i++ {
			a, b, c, d := at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1)
			m.Tris = append(m.Tris, geometry.Tri{a, b, c}, geometry.Tri{a, c, d})
		}
		m.Tris = append(m.Tris, geometry.Tri{at(rings-1, j), top, at(rings-1, j+1)})
	}
	return m
}

// Tube is an open cylinder shell about the Y axis from y = 0 to height,
// wound outward, of around*up quads cut in two.
func Tube(radius, height float64, around, up int) *geometry.Mesh {
	m := &geometry.Mesh{}
	for i := 0; i <= up; i++ {
		for j := range around {
			s, c := math.Sincos(2 * math.Pi * float64(j) / float64(around))
			m.Verts = append(m.Verts, r3.Vec{X: radius * c, Y: height * float64(i) / float64(up), Z: radius * s})
		}
	}
	at := func(i, j int) int32 { return int32(i*around + j%around) }
	for i := range up {
		for j := range around {
			a, b, c, d := at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1)
			m.Tris = append(m.Tris, geometry.Tri{a, b, c}, geometry.Tri{a, c, d})
		}
	}
	return m
}
