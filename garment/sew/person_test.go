package sew

import (
	"math"
	"sync"

	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// person is a test body: rounded cones along a skeleton of average size in the
// drape pose, blended smoothly and turned into a mesh by surface nets (Gibson
// 1998). Rough, but everything that placement asks of a body is there: parts,
// joints, landmarks, a closed outward mesh.
var person = sync.OnceValue(makePerson)

type bone struct {
	part   body.Part
	a, b   r3.Vec
	ra, rb float64
	depth  float64 // z radius over x radius
}

func makePerson() *body.Body {
	b := &body.Body{Population: body.Women}
	j := &b.Joints
	v := func(x, y, z float64) r3.Vec { return r3.Vec{X: x, Y: y, Z: z} }
	j[body.Pelvis], j[body.SpineLow], j[body.SpineMid], j[body.SpineHigh] = v(0, 0.95, 0), v(0, 1.05, 0), v(0, 1.18, 0), v(0, 1.32, 0)
	j[body.NeckBase], j[body.HeadBase] = v(0, 1.42, -0.01), v(0, 1.52, 0.01)
	for s, side := range [2]float64{1, -1} {
		d := body.Joint(s)
		sh := v(side*0.17, 1.38, -0.01)
		dir := v(side*math.Sin(0.5), -math.Cos(0.5), 0)
		j[body.ShoulderL+d], j[body.ElbowL+d], j[body.WristL+d] = sh, r3.Add(sh, r3.Scale(0.28, dir)), r3.Add(sh, r3.Scale(0.53, dir))
		j[body.HipL+d], j[body.KneeL+d], j[body.AnkleL+d] = v(side*0.09, 0.90, 0), v(side*0.11, 0.48, 0), v(side*0.13, 0.08, -0.02)
	}
	bones := []bone{
		{body.Torso, v(0.055, 0.96, -0.01), v(-0.055, 0.96, -0.01), 0.125, 0.125, 0.95},
		{body.Torso, v(0.03, 1.0, 0), v(0.03, 1.15, 0), 0.115, 0.09, 0.9},
		{body.Torso, v(-0.03, 1.0, 0), v(-0.03, 1.15, 0), 0.115, 0.09, 0.9},
		{body.Torso, v(0.05, 1.15, 0), v(0.055, 1.30, 0), 0.088, 0.095, 1.15},
		{body.Torso, v(-0.05, 1.15, 0), v(-0.055, 1.30, 0), 0.088, 0.095, 1.15},
		{body.Torso, v(0, 1.40, -0.015), v(0.16, 1.375, -0.015), 0.06, 0.05, 1},
		{body.Torso, v(0, 1.40, -0.015), v(-0.16, 1.375, -0.015), 0.06, 0.05, 1},
		{body.Neck, v(0, 1.40, -0.01), v(0, 1.50, 0.01), 0.055, 0.052, 1},
		{body.Head, v(0, 1.58, 0.02), v(0, 1.61, 0.01), 0.08, 0.085, 1.2},
	}
	for s := range 2 {
		d, p := body.Joint(s), body.Part(s)
		bones = append(bones,
			bone{body.UpperArmL + p, j[body.ShoulderL+d], j[body.ElbowL+d], 0.05, 0.041, 1},
			bone{body.ForearmL + p, j[body.ElbowL+d], j[body.WristL+d], 0.041, 0.027, 1},
			bone{body.HandL + p, j[body.WristL+d], r3.Add(j[body.WristL+d], r3.Scale(0.12, r3.Unit(r3.Sub(j[body.WristL+d], j[body.ElbowL+d])))), 0.03, 0.025, 1},
			bone{body.ThighL + p, j[body.HipL+d], j[body.KneeL+d], 0.085, 0.055, 1},
			bone{body.ShinL + p, j[body.KneeL+d], j[body.AnkleL+d], 0.055, 0.036, 1},
			bone{body.FootL + p, r3.Add(j[body.AnkleL+d], v(0, -0.04, 0)), r3.Add(j[body.AnkleL+d], v(0, -0.045, 0.14)), 0.036, 0.033, 1},
		)
	}
	b.Mesh = surfaceNets(func(p r3.Vec) float64 { d, _ := field(bones, p); return d }, v(-0.6, -0.01, -0.25), v(0.6, 1.75, 0.3), 0.014)
	b.Part = make([]body.Part, len(b.Mesh.Verts))
	for i, p := range b.Mesh.Verts {
		_, b.Part[i] = field(bones, p)
	}
	l := &b.Landmarks
	l[body.BackNeck], l[body.FrontNeck] = v(0, 1.44, -0.075), v(0, 1.40, 0.05)
	l[body.SideNeckL], l[body.SideNeckR] = v(0.06, 1.455, -0.015), v(-0.06, 1.455, -0.015)
	l[body.ShoulderPointL], l[body.ShoulderPointR] = v(0.19, 1.42, -0.015), v(-0.19, 1.42, -0.015)
	l[body.UnderarmL], l[body.UnderarmR] = v(0.165, 1.28, 0), v(-0.165, 1.28, 0)
	l[body.WaistFront], l[body.WaistBack], l[body.Navel] = v(0, 1.08, 0.1), v(0, 1.08, -0.1), v(0, 1.04, 0.1)
	l[body.Crotch], l[body.Buttock] = v(0, 0.815, 0), v(0.07, 0.95, -0.13)
	l[body.BustPointL], l[body.BustPointR] = v(0.08, 1.24, 0.1), v(-0.08, 1.24, 0.1)
	l[body.Top] = v(0, 1.70, 0)
	return b
}

// field is the smooth union of the bones and the part of the nearest.
func field(bones []bone, p r3.Vec) (float64, body.Part) {
	const k = 0.02 // blending radius [m]
	d, near, part := math.Inf(1), math.Inf(1), body.Torso
	for _, b := range bones {
		q, a, e := p, b.a, b.b
		q.Z, a.Z, e.Z = q.Z/b.depth, a.Z/b.depth, e.Z/b.depth
		ab := r3.Sub(e, a)
		t := min(1, max(0, r3.Dot(r3.Sub(q, a), ab)/r3.Norm2(ab)))
		f := r3.Norm(r3.Sub(q, r3.Add(a, r3.Scale(t, ab)))) - (b.ra + t*(b.rb-b.ra))
		if f < near {
			near, part = f, b.part
		}
		if math.IsInf(d, 1) {
			d = f
			continue
		}
		h := max(0, k-math.Abs(d-f)) / k
		d = min(d, f) - h*h*k/4
	}
	return d, part
}

// surfaceNets meshes the zero set of f: one vertex per mixed cell, one quad
// per crossed grid edge.
func surfaceNets(f func(r3.Vec) float64, lo, hi r3.Vec, h float64) *geometry.Mesh {
	nx, ny, nz := int((hi.X-lo.X)/h)+1, int((hi.Y-lo.Y)/h)+1, int((hi.Z-lo.Z)/h)+1
	at := func(i, j, k int) int { return (k*ny+j)*nx + i }
	val := make([]float64, nx*ny*nz)
	for k := range nz {
		for j := range ny {
			for i := range nx {
				val[at(i, j, k)] = f(r3.Add(lo, r3.Vec{X: h * float64(i), Y: h * float64(j), Z: h * float64(k)}))
			}
		}
	}
	m := &geometry.Mesh{}
	cell := make([]int32, len(val))
	for k := range nz - 1 {
		for j := range ny - 1 {
			for i := range nx - 1 {
				var c r3.Vec
				n := 0.0
				for e := range 12 { // edge e: axis e/4, the other two offsets in the bits of e%4
					var a [3]int
					ax := e / 4
					a[(ax+1)%3], a[(ax+2)%3] = e&1, e>>1&1
					b := a
					b[ax] = 1
					p, q := val[at(i+a[0], j+a[1], k+a[2])], val[at(i+b[0], j+b[1], k+b[2])]
					if (p < 0) == (q < 0) {
						continue
					}
					t := p / (p - q)
					c = r3.Add(c, r3.Vec{X: float64(i+a[0]) + t*float64(b[0]-a[0]), Y: float64(j+a[1]) + t*float64(b[1]-a[1]), Z: float64(k+a[2]) + t*float64(b[2]-a[2])})
					n++
				}
				cell[at(i, j, k)] = -1
				if n > 0 {
					cell[at(i, j, k)] = int32(len(m.Verts))
					m.Verts = append(m.Verts, r3.Add(lo, r3.Scale(h/n, c)))
				}
			}
		}
	}
	step := [3]int{1, nx, nx * ny}
	for k := 1; k < nz-1; k++ {
		for j := 1; j < ny-1; j++ {
			for i := 1; i < nx-1; i++ {
				o := at(i, j, k)
				for ax := range 3 {
					p, q := val[o], val[o+step[ax]]
					if (p < 0) == (q < 0) {
						continue
					}
					u, w := step[(ax+1)%3], step[(ax+2)%3]
					a, b, c, d := cell[o-u-w], cell[o-w], cell[o], cell[o-u]
					if q < 0 {
						b, d = d, b
					}
					m.Tris = append(m.Tris, geometry.Tri{a, b, c}, geometry.Tri{a, c, d})
				}
			}
		}
	}
	return m
}
