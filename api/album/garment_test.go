package album

import (
	"math"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// A strip turned down on itself as a collar is, its layers closer to each other
// than the lift: lifted, they still lie apart, and where nothing is near the lift
// is whole.
func TestLiftKeepsLayersApart(t *testing.T) {
	const cells, edge = 24, 0.01 // [m]
	for _, gap := range []float64{0.0004, 0.001, 0.002} {
		c := &cloth.Cloth{Fabrics: []fabric.Fabric{{Thickness: 0.001}}}
		var pos []r3.Vec
		for j := range cells + 1 {
			for i := range cells + 1 {
				s := (float64(i-cells/2) + 0.3) * edge // from the fold on, which runs within triangles
				p := r3.Vec{X: math.Copysign(gap/2, s), Y: -math.Abs(s), Z: float64(j) * edge}
				if math.Abs(s) < edge/2 {
					p.X = 0
				}
				p.X += 0.45 * gap * math.Sin(2.3*float64(i)+1.7*float64(j)) // and not quite even
				if s > 6*edge {
					p.X += 0.2 * (s - 6*edge) // the outer layer stands off below
				}
				pos = append(pos, p)
			}
		}
		for j := range int32(cells) {
			for i := range int32(cells) {
				a := j*(cells+1) + i
				c.Tris = append(c.Tris, geometry.Tri{a, a + 1, a + cells + 2}, geometry.Tri{a, a + cells + 2, a + cells + 1})
			}
		}
		crossings := func(pos []r3.Vec) (n int) {
			bvh.Build(&geometry.Mesh{Verts: pos, Tris: c.Tris}).SelfCrossings(func(a, b int32) bool { n++; return true })
			return n
		}
		if n := crossings(pos); n > 0 {
			t.Fatalf("gap %g m: the strip itself crosses %d times", gap, n)
		}
		for _, turned := range []bool{false, true} { // either side may be the outer one
			for i, tri := range c.Tris {
				c.Tris[i] = geometry.Tri{tri[0], tri[2], tri[1]}
			}
			out := lifted(c, pos)
			if n := crossings(out); n > 0 {
				t.Errorf("gap %g m, turned %v: lifted, it crosses %d times", gap, turned, n)
			}
			last := len(pos) - 1
			if got, want := r3.Norm(r3.Sub(out[last], pos[last])), 0.0005+seeThrough; math.Abs(got-want) > 1e-9 {
				t.Errorf("gap %g m, turned %v: the free corner is lifted by %g m, want %g", gap, turned, got, want)
			}
		}
	}
}
