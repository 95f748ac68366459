package cloth

import (
	"math"
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// sheet is a flat w x h metre panel of n x m squares, each cut in two.
func sheet(w, h float64, n, m int) *Cloth {
	c := &Cloth{
		Panels:  []Panel{{Name: "sheet"}},
		Fabrics: []fabric.Fabric{{Density: 0.2}},
	}
	for j := range m + 1 {
		for i := range n + 1 {
			c.Start = append(c.Start, r3.Vec{X: w * float64(i) / float64(n), Y: h * float64(j) / float64(m)})
		}
	}
	flat := func(v int32) r2.Vec { return r2.Vec{X: c.Start[v].X, Y: c.Start[v].Y} }
	for j := range m {
		for i := range n {
			a := int32(j*(n+1) + i)
			b, d := a+1, a+int32(n)+1
			for _, t := range []geometry.Tri{{a, b, d}, {b, d + 1, d}} {
				c.Tris = append(c.Tris, t)
				c.Rest = append(c.Rest, [3]r2.Vec{flat(t[0]), flat(t[1]), flat(t[2])})
				c.Panel = append(c.Panel, 0)
			}
		}
	}
	return c
}

func TestValidate(t *testing.T) {
	for _, test := range []struct {
		name, want string
		spoil      func(c *Cloth)
	}{
		{"sound cloth", "", func(*Cloth) {}},
		{"turned over in the flat", "flat area", func(c *Cloth) { r := &c.Rest[1]; r[0], r[1] = r[1], r[0] }},
		{"no area", "flat area", func(c *Cloth) { c.Rest[2][1] = c.Rest[2][0] }},
		{"two triangles in one direction", "oriented", func(c *Cloth) { c.Tris[1][0], c.Tris[1][1] = c.Tris[1][1], c.Tris[1][0] }},
		{"index out of range", "vertex 99", func(c *Cloth) { c.Tris[0][2] = 99 }},
		{"not finite", "finite", func(c *Cloth) { c.Start[3].Y = math.NaN() }},
		{"panel out of range", "panel 7", func(c *Cloth) { c.Panel[0] = 7 }},
		{"fabric out of range", "fabric 2", func(c *Cloth) { c.Panels[0].Fabric = 2 }},
		{"slices of different lengths", "must be equal", func(c *Cloth) { c.Rest = c.Rest[1:] }},
		{"line off the edges", "no edge joins", func(c *Cloth) { c.Lines = []Line{{Name: "hem", Verts: []int32{0, 2}}} }},
	} {
		c := sheet(0.3, 0.2, 3, 2)
		test.spoil(c)
		err := c.Validate()
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q in it", test.name, err, test.want)
		}
	}
}

func TestMassesSumToDensityTimesArea(t *testing.T) {
	c := sheet(0.3, 0.2, 7, 5)
	m := make([]float64, len(c.Start))
	c.Masses(m)
	var sum float64
	for _, x := range m {
		sum += x
	}
	if want := 0.2 * 0.3 * 0.2; math.Abs(sum-want) > 1e-15 || math.Abs(c.Area()-0.06) > 1e-15 {
		t.Errorf("mass %g kg, want %g; area %g m2, want 0.06", sum, want, c.Area())
	}
}

// A linear deformation of the coarse mesh is carried to the fine one exactly.
func TestEmbedReproducesLinearMaps(t *testing.T) {
	coarse, fine := sheet(0.3, 0.2, 4, 3), sheet(0.3, 0.2, 23, 17)
	bend := func(p r3.Vec) r3.Vec { return r3.Vec{X: 2 * p.X, Y: p.Y - p.X, Z: 3*p.Y + 1} }
	pos := make([]r3.Vec, len(coarse.Start))
	for i, p := range coarse.Start {
		pos[i] = bend(p)
	}
	for i, a := range coarse.Embed(fine) {
		got, want := a.At(coarse.Tris, pos), bend(fine.Start[i])
		if r3.Norm(r3.Sub(got, want)) > 1e-12 {
			t.Fatalf("vertex %d is carried to %v, want %v", i, got, want)
		}
		if min(a.Weight[0], a.Weight[1], a.Weight[2]) < -1e-9 {
			t.Fatalf("vertex %d inside the sheet has weights %v", i, a.Weight)
		}
	}
}

func TestZeroClothIsValid(t *testing.T) {
	if err := new(Cloth).Validate(); err != nil {
		t.Error(err)
	}
}
