package render

import (
	"image"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// What the corners tell of a triangle's light holds at every point of it, and most
// triangles that lie full in it are found.
func TestTriangleInSun(t *testing.T) {
	var r Renderer
	s := Scene{Objects: []Object{ball(64), plate("floor", 120, 4, 0), plate("lid", 20, 0.4, 1.2)}}
	c := Frame(r3.Vec{X: -0.5, Z: -0.5}, r3.Vec{X: 0.5, Y: 1.2, Z: 0.5}, ThreeQuarter, 1)
	if err := r.Draw(image.NewNRGBA(image.Rect(0, 0, 700, 700)), s, c); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	lit, found := 0, 0
	for tri := range r.scene.tris {
		var f facet
		r.setFacet(&f, int32(tri))
		known, all := r.sunOf(&f), true
		for range 8 {
			a, b := rng.Float32(), rng.Float32()
			if a+b > 1 {
				a, b = 1-a, 1-b
			}
			p := f.base.addMul(f.e1, a).addMul(f.e2, b)
			n := f.nrm[0].addMul(f.nrm[1], a).addMul(f.nrm[2], b).unit()
			got, want := r.sunlight(&f, 0, p, n), r.depth.shadowAt(p, n)
			all = all && want == 1
			if off := abs32(got - want); known == sunFull && off > 0.01 || off > 0.3 {
				t.Fatalf("triangle %d, known %d: %g of the light is said to reach %v, want %g", tri, known, got, p, want)
			}
		}
		if all {
			lit++
		}
		if known == sunFull {
			found++
		}
	}
	if found < lit*8/10 || lit < len(r.scene.tris)/3 {
		t.Errorf("%d of %d triangles lie in the sun, %d of them found", lit, len(r.scene.tris), found)
	}
}
