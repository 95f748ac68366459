package main

import (
	"math"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// A panel that lies flat on the skin counts by the share that is the right way
// round; a free fold, whichever way it falls, is no panel put on inside out.
func TestFoldsAreNotTwisted(t *testing.T) {
	// strip runs through points (x, z) and is as wide as it is high; the skin is
	// the plane z = 0 and looks along +Z.
	strip := func(line ...[2]float64) (tris []geometry.Tri, panel []int32, pos []r3.Vec, skin []bvh.Hit) {
		for i, p := range line {
			pos = append(pos, r3.Vec{X: p[0], Z: p[1]}, r3.Vec{X: p[0], Y: 1, Z: p[1]})
			if i > 0 {
				k := int32(2*i - 2)
				tris = append(tris, geometry.Tri{k, k + 2, k + 1}, geometry.Tri{k + 2, k + 3, k + 1})
				panel = append(panel, 0, 0)
				skin = append(skin, bvh.Hit{Normal: r3.Vec{Z: 1}}, bvh.Hit{Normal: r3.Vec{Z: 1}})
			}
		}
		return tris, panel, pos, skin
	}
	for _, test := range []struct {
		name    string
		line    [][2]float64
		cos     float64
		twisted bool
	}{
		{"lies flat", [][2]float64{{0, 0}, {1, 0}}, 1, false},
		{"wrong way round", [][2]float64{{1, 0}, {0, 0}}, -1, true},
		{"a third of it right", [][2]float64{{0, 0}, {1, 0}, {-1, 0}}, -1.0 / 3, true},
		{"fold outwards", [][2]float64{{0, 0}, {0.1, 1}, {0.2, 0}}, 0.0995, false},
		{"fold inwards", [][2]float64{{0, 1}, {0.1, 0}, {0.2, 1}}, 0.0995, false},
		{"fold that has fallen over", [][2]float64{{0, 0}, {0.5, 1}, {-0.1, 0.2}}, -0.0472, false},
	} {
		tris, panel, pos, skin := strip(test.line...)
		got := facing(tris, panel, 1, pos, skin)[0]
		if math.Abs(got-test.cos) > 1e-3 || (got < inwards) != test.twisted {
			t.Errorf("%s: mean cosine %.4f, want %.4f; twisted %v", test.name, got, test.cos, got < inwards)
		}
	}
}
