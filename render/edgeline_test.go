package render

import (
	"math"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// tube is a ring of cloth of n by 6 vertices, 10 cm radius, whose upper edge
// goes up and down by rise with the given number of waves.
func tube(n int, waves, rise float64) Object {
	o := Object{Name: "tube"}
	const rows = 6
	step := 2 * math.Pi / float64(n)
	for j := range rows {
		for i := range n {
			a := step * float64(i)
			y := 0.01 * float64(j)
			if j == rows-1 {
				y += rise * math.Cos(waves*a)
			}
			o.Pos = append(o.Pos, r3.Vec{X: 0.1 * math.Sin(a), Y: y, Z: 0.1 * math.Cos(a)})
		}
	}
	for j := range rows - 1 {
		for i := range n {
			a, b := int32(j*n+i), int32(j*n+(i+1)%n)
			c, d := a+int32(n), b+int32(n)
			flat := func(di, dj int) r2.Vec {
				return r2.Vec{X: 0.1 * step * float64(i+di), Y: 0.01 * float64(j+dj)}
			}
			o.Tris = append(o.Tris, geometry.Tri{a, b, d}, geometry.Tri{a, d, c})
			o.UV = append(o.UV, [3]r2.Vec{flat(0, 0), flat(1, 0), flat(1, 1)}, [3]r2.Vec{flat(0, 0), flat(1, 1), flat(0, 1)})
		}
	}
	return o
}

// Teeth from vertex to vertex go, long waves and the ring's radius stay, and
// nothing but free edges moves.
func TestFairEdges(t *testing.T) {
	const n = 48
	for _, c := range []struct {
		name        string
		waves, rise float64
		least, most float64 // of the rise that is left
	}{
		{"teeth", n / 2, 0.003, 0, 0.05},
		{"waves of four", n / 4, 0.002, 0.4, 0.7},
		{"waves of twelve", n / 12, 0.004, 0.95, 1.01},
		{"level", 0, 0, 0, 0},
	} {
		o := tube(n, c.waves, c.rise)
		got := fairEdges(&o, geometry.NewTopology(o.Tris))
		for i := range n * 4 {
			if k := n + i; got[k] != o.Pos[k] {
				t.Fatalf("%s: vertex %d within the cloth moved", c.name, k)
			}
		}
		rise := 0.0
		for i := range n {
			p := got[5*n+i]
			rise = max(rise, math.Abs(p.Y-0.05))
			if r := math.Hypot(p.X, p.Z); math.Abs(r-0.1) > 2e-4 {
				t.Fatalf("%s: the ring's radius became %.2f mm, was 100", c.name, 1e3*r)
			}
		}
		if c.rise > 0 && (rise < c.least*c.rise || rise > c.most*c.rise) {
			t.Errorf("%s: %.2f of the rise is left, want %.2f to %.2f", c.name, rise/c.rise, c.least, c.most)
		}
	}
}

// The corners of a square stay where they are.
func TestFairEdgesKeepCorners(t *testing.T) {
	o := sheet(8, 1)
	got := fairEdges(&o, geometry.NewTopology(o.Tris))
	for i, p := range o.Pos {
		if d := r3.Norm(r3.Sub(got[i], p)); d > 1e-9 {
			t.Fatalf("vertex %d of a plain square moved by %g m", i, d)
		}
	}
}
