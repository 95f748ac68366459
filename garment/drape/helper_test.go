package drape

import (
	"context"
	"math"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// linen is a made-up orthotropic fabric, warp stiffer than weft.
func linen() fabric.Fabric {
	return fabric.Fabric{
		Name: "linen", Density: 0.2, Thickness: 0.002, Warp: 800, Weft: 500, Shear: 150, Poisson: 0.25,
		BendWarp: 2e-5, BendWeft: 1e-5, Friction: 0.4,
	}
}

// sheet is a rectangle of w x h metres, X along the weft; diagonals alternate.
// place maps flat to space; closed welds the last column to the first.
func sheet(f fabric.Fabric, nu, nv int, w, h float64, closed bool, place func(u, v float64) r3.Vec) *cloth.Cloth {
	c := &cloth.Cloth{Panels: []cloth.Panel{{Name: "sheet"}}, Fabrics: []fabric.Fabric{f}}
	cols := nu
	if closed {
		cols--
	}
	uv := func(i, j int) r2.Vec {
		return r2.Vec{X: w * float64(i) / float64(nu-1), Y: h * float64(j) / float64(nv-1)}
	}
	for j := range nv {
		for i := range cols {
			c.Start = append(c.Start, place(uv(i, j).X, uv(i, j).Y))
		}
	}
	add := func(p ...[2]int) {
		var t geometry.Tri
		var q [3]r2.Vec
		for k, a := range p {
			t[k], q[k] = int32(a[1]*cols+a[0]%cols), uv(a[0], a[1])
		}
		c.Tris, c.Rest, c.Panel = append(c.Tris, t), append(c.Rest, q), append(c.Panel, 0)
	}
	for j := range nv - 1 {
		for i := range nu - 1 {
			p, q, r, s := [2]int{i, j}, [2]int{i + 1, j}, [2]int{i + 1, j + 1}, [2]int{i, j + 1}
			if (i+j)%2 == 0 {
				add(p, q, r)
				add(p, r, s)
			} else {
				add(p, q, s)
				add(q, r, s)
			}
		}
	}
	return c
}

func flat(u, v float64) r3.Vec { return r3.Vec{X: u, Y: v} }

// mustRun drapes and insists on rest.
func mustRun(t *testing.T, c *cloth.Cloth, body Collider, set Settings) Result {
	t.Helper()
	s, err := New(c, body, set)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != AtRest {
		t.Fatalf("status %v: %s", r.Status, r.Reason)
	}
	return r
}

func near(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if math.Abs(got-want) > share*math.Abs(want) {
		t.Errorf("%s is %.6g; the law says %.6g (allowed %.2g %%, off by %.3g %%)", what, got, want, 100*share, 100*(got/want-1))
	}
}

// row lists the vertices of a sheet at index j.
func row(nu, j int) []int32 {
	var v []int32
	for i := range nu {
		v = append(v, int32(j*nu+i))
	}
	return v
}
