package drape

import (
	"math"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

// What starts turned keeps edges short enough on coarse meshes, on its panel alone.
func TestTurnedClothKeepsItsMesh(t *testing.T) {
	const n, side = 31, 0.9
	f, err := Bake(Nothing{}, r3.Vec{X: -0.1, Y: -0.1, Z: -0.1}, r3.Vec{X: 0.9, Y: 0.9, Z: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	verts := map[bool]int{}
	for _, turned := range []bool{false, true} {
		c := sheet(linen(), n, n, side, side, false, flat)
		c.Panels = append(c.Panels, cloth.Panel{Name: "fall", Turned: turned})
		for i, q := range c.Rest {
			if q[0].X < side/2-1e-9 {
				c.Panel[i] = int32(len(c.Panels) - 1)
			}
		}
		g := c.Coarsen(4*side/n, longest(c, f, 4*side/n))
		verts[turned] = len(g.Start)
		most := 0.0
		for i, tri := range g.Tris {
			if g.Panels[g.Panel[i]].Turned {
				for k := range 3 {
					most = max(most, math.Sqrt(r3.Norm2(r3.Sub(g.Start[tri[k]], g.Start[tri[(k+1)%3]]))))
				}
			}
		}
		if most > 2*turnedEdge {
			t.Errorf("an edge of %.3f m on what is turned", most)
		}
	}
	if verts[true] <= verts[false] || verts[true] > 3*n*n/4 {
		t.Errorf("%d vertices with a turned panel, %d without", verts[true], verts[false])
	}
}
