package drape

import (
	"slices"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// patched is a square sheet with a square patch sewn onto its middle by three sides,
// every second vertex of its rim one with the sheet's; place puts both, the patch so
// far off.
func patched(t *testing.T, n, m int, off float64, place func(u, v, off float64) r3.Vec) (c *cloth.Cloth, under int) {
	t.Helper()
	const h = 0.01
	first := (n - m) / 2
	c = sheet(linen(), n+1, n+1, float64(n)*h, float64(n)*h, false, func(u, v float64) r3.Vec { return place(u, v, 0) })
	under = len(c.Start)
	at := func(i, j int) int32 { return int32(j*(n+1) + i) } // of the sheet
	c.Panels = append(c.Panels, cloth.Panel{Name: "patch"})
	num := map[[2]int]int32{}
	hosts := len(c.Tris)
	for j := range m + 1 {
		for i := range m + 1 {
			sewn := i == 0 || i == m || j == 0
			if sewn && (i+j)%2 == 0 {
				num[[2]int{i, j}] = at(first+i, first+j)
				continue
			}
			v := int32(len(c.Start))
			num[[2]int{i, j}] = v
			c.Start = append(c.Start, place(float64(first+i)*h, float64(first+j)*h, off))
			below := at(first+i, first+j)
			for tri := range hosts {
				if k := slices.Index(c.Tris[tri][:], below); k >= 0 {
					l := cloth.Laid{Vert: v, On: cloth.Anchor{Tri: int32(tri)}, Off: off}
					l.On.Weight[k] = 1
					c.Laid = append(c.Laid, l)
					break
				}
			}
		}
	}
	p := func(i, j int) r2.Vec { return r2.Vec{X: float64(i) * h, Y: float64(j) * h} }
	for j := range m {
		for i := range m {
			for _, q := range [2][3][2]int{{{i, j}, {i + 1, j}, {i + 1, j + 1}}, {{i, j}, {i + 1, j + 1}, {i, j + 1}}} {
				c.Tris = append(c.Tris, geometry.Tri{num[q[0]], num[q[1]], num[q[2]]})
				c.Rest = append(c.Rest, [3]r2.Vec{p(q[0][0], q[0][1]), p(q[1][0], q[1][1]), p(q[2][0], q[2][1])})
				c.Panel = append(c.Panel, int32(len(c.Panels)-1))
			}
		}
	}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	return c, under
}

// A patch on a cloth on a ball comes to rest outside of it everywhere, sewn or not,
// and is no other cloth to the body: nothing of it touches that.
func TestPatchOnAClothOnABall(t *testing.T) {
	const radius, top = 0.12, 0.125
	c, under := patched(t, 20, 8, 0.003, func(u, v, off float64) r3.Vec { return r3.Vec{X: u - 0.1, Y: top + off, Z: 0.1 - v} })
	r := mustRun(t, c, Sphere{Radius: radius}, Settings{})
	if r.Crossings+r.Penetrating > 0 {
		t.Errorf("%d crossings, %d penetrations", r.Crossings, r.Penetrating)
	}
	for _, l := range c.Laid {
		tri := c.Tris[l.On.Tri]
		n := r3.Unit(r3.Cross(r3.Sub(r.Pos[tri[1]], r.Pos[tri[0]]), r3.Sub(r.Pos[tri[2]], r.Pos[tri[0]])))
		if off := r3.Dot(n, r3.Sub(r.Pos[l.Vert], l.On.At(c.Tris, r.Pos))); off < 0 {
			t.Errorf("vertex %d of the patch lies %.2f mm under the sheet", l.Vert, -1000*off)
		}
	}
	for i := under; i < len(r.Contact); i++ {
		if r3.Norm(r.Contact[i]) > 0 {
			t.Errorf("the body touches vertex %d of the patch", i)
		}
	}
}

// Stitches are found where a whole fan of triangles and another meet, and only
// there: not at the end of a slit, nor on a rim or a seam.
func TestJunctions(t *testing.T) {
	c, _ := patched(t, 20, 8, 0.003, func(u, v, off float64) r3.Vec { return r3.Vec{X: u, Y: v, Z: off} })
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, at := range p.junctions() {
		if at {
			n++
		}
	}
	if want := 3*4 + 1; n != want { // three sides of 8 edges, every second vertex
		t.Errorf("%d stitches found, %d were made", n, want)
	}
	if len(p.lap.mates) < 12 {
		t.Errorf("%d vertices between stitches are watched", len(p.lap.mates))
	}
	c.Tris, c.Rest, c.Panel, c.Laid = c.Tris[:800], c.Rest[:800], c.Panel[:800], nil
	c.Start = c.Start[:21*21]
	if p, err = newPlan(c, nil); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(p.junctions(), true) || p.lap.rim != nil {
		t.Error("a plain sheet has stitches")
	}
}
