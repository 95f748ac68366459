package cloth

import (
	"math"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
)

// tube is a sheet whose last column is welded to the first: its rest corners
// disagree along the weld, as along any seam.
func tube(w, h float64, n, m int) *Cloth {
	c := sheet(w, h, n, m)
	for t := range c.Tris {
		for k, v := range c.Tris[t] {
			if int(v)%(n+1) == n {
				c.Tris[t][k] = v - int32(n)
			}
		}
	}
	number, next := make([]int32, len(c.Start)), int32(0)
	old := c.Start
	c.Start = nil
	for i, p := range old {
		if i%(n+1) != n {
			number[i] = next
			next++
			a := 2 * math.Pi * p.X / w
			p.X, p.Z = w/(2*math.Pi)*math.Cos(a), w/(2*math.Pi)*math.Sin(a)
			c.Start = append(c.Start, p)
		}
	}
	for t := range c.Tris {
		for k, v := range c.Tris[t] {
			c.Tris[t][k] = number[v]
		}
	}
	return c
}

// A coarser mesh is a valid cloth of the same outline and area, made of fewer
// and well-shaped triangles, and finds every vertex of the finer one.
func TestCoarsenKeepsTheGarment(t *testing.T) {
	for _, test := range []struct {
		name string
		c    *Cloth
		free int // border edges at least; a disc has 1 border, a tube 2
	}{{"sheet", sheet(0.6, 0.4, 60, 40), 8}, {"tube", tube(0.6, 0.4, 60, 40), 8}} {
		g := test.c.Coarsen(0.025, nil)
		if err := g.Validate(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if n, m := len(g.Start), len(test.c.Start); n > m/3 || n < m/12 {
			t.Errorf("%s: %d of %d vertices are left; edges were to be 2.5 times as long", test.name, n, m)
		}
		if a, b := g.Area(), test.c.Area(); math.Abs(a-b) > 1e-12 {
			t.Errorf("%s: area %g m2 became %g", test.name, b, a)
		}
		fine, coarse := geometry.NewTopology(test.c.Tris), geometry.NewTopology(g.Tris)
		euler := func(top *geometry.Topology, v, f int) int { return v - len(top.Edges) + f }
		if a, b := euler(fine, len(test.c.Start), len(test.c.Tris)), euler(coarse, len(g.Start), len(g.Tris)); a != b {
			t.Errorf("%s: Euler characteristic %d became %d", test.name, a, b)
		}
		for k, q := range g.Rest {
			if s, _ := shape(q); s < leastShape {
				t.Fatalf("%s: triangle %d has shape %.2f", test.name, k, s)
			}
		}
		for v, a := range g.Embed(test.c) {
			var at r2.Vec
			for j, w := range a.Weight {
				at = r2.Add(at, r2.Scale(w, g.Rest[a.Tri][j]))
			}
			if min(a.Weight[0], a.Weight[1], a.Weight[2]) < -1e-6 {
				t.Fatalf("%s: vertex %d lies outside the coarse mesh at %v, weights %v", test.name, v, at, a.Weight)
			}
		}
	}
}

// A curved border may be cut short, by a quarter of an edge at most; a corner
// never.
func TestCoarsenKeepsCorners(t *testing.T) {
	c := sheet(0.3, 0.2, 30, 20)
	g := c.Coarsen(0.05, nil)
	for _, want := range []r2.Vec{{}, {X: 0.3}, {Y: 0.2}, {X: 0.3, Y: 0.2}} {
		found := false
		for _, q := range g.Rest {
			for _, p := range q {
				found = found || r2.Norm(r2.Sub(p, want)) < 1e-12
			}
		}
		if !found {
			t.Errorf("corner (%g, %g) is gone", want.X, want.Y)
		}
	}
}

// Elastics and folds survive: each line still follows edges and is as long.
func TestCoarsenKeepsElasticsAndFolds(t *testing.T) {
	c := sheet(0.6, 0.4, 60, 40)
	var hem, crease Line
	for i := range int32(61) {
		hem.Verts = append(hem.Verts, i)
	}
	for j := range int32(41) {
		crease.Verts = append(crease.Verts, 61*j+20)
	}
	c.Bands = []Band{{Line: hem, Length: 0.8, Stiffness: 20}}
	c.Folds = []Fold{{Line: crease, Angle: 1}}
	g := c.Coarsen(0.025, nil)
	if err := g.Validate(); err != nil {
		t.Fatal(err)
	}
	length := func(c *Cloth, l Line) (sum float64) {
		for i := 1; i < len(l.Verts); i++ {
			a, b := c.Start[l.Verts[i-1]], c.Start[l.Verts[i]]
			sum += math.Hypot(a.X-b.X, math.Hypot(a.Y-b.Y, a.Z-b.Z))
		}
		return sum
	}
	for _, l := range [][2]Line{{c.Bands[0].Line, g.Bands[0].Line}, {c.Folds[0].Line, g.Folds[0].Line}} {
		if a, b := length(c, l[0]), length(g, l[1]); math.Abs(a-b) > 1e-9 || 2*len(l[1].Verts) > len(l[0].Verts) {
			t.Errorf("a line of %d vertices and %g m became one of %d and %g m", len(l[0].Verts), a, len(l[1].Verts), b)
		}
	}
	if g.Bands[0].Length != 0.8 || g.Bands[0].Stiffness != 20 || g.Folds[0].Angle != 1 {
		t.Errorf("elastic %+v and fold %+v have changed", g.Bands[0], g.Folds[0])
	}
}

// Where shorter edges are asked for, they stay.
func TestCoarsenKeepsFineWhatItMust(t *testing.T) {
	c := sheet(0.6, 0.4, 60, 40)
	most := make([]float64, len(c.Start))
	for v, p := range c.Start {
		most[v] = 1
		if p.X < 0.2 {
			most[v] = 0.004 // less than an edge: nothing can be merged
		}
	}
	left := 0
	for _, p := range c.Coarsen(0.05, most).Start {
		if p.X < 0.2 {
			left++
		}
	}
	was := 0
	for _, p := range c.Start {
		if p.X < 0.2 {
			was++
		}
	}
	if left != was {
		t.Errorf("%d of %d vertices are left where edges were to stay", left, was)
	}
}
