package main

import (
	"math"

	"fitroom/geometry"
	"fitroom/render"

	"github.com/fogleman/fauxgl"
	"github.com/nfnt/resize"
	"gonum.org/v1/gonum/spatial/r3"
)

// faux draws with fauxgl: two by two samples, its Phong shader, no shadow.
type faux struct {
	meshes []*fauxgl.Mesh
	colors []fauxgl.Color
	ctx    *fauxgl.Context
	matrix fauxgl.Matrix
	eye    fauxgl.Vector
	smooth bool // gather the samples as its own examples do, by a resampling library
}

func newFaux(s render.Scene, c render.Camera, side int) *faux {
	f := &faux{ctx: fauxgl.NewContext(2*side, 2*side)}
	f.ctx.Cull = fauxgl.CullNone
	at := func(v r3.Vec) fauxgl.Vector { return fauxgl.V(v.X, v.Y, v.Z) }
	f.eye = at(c.Eye)
	f.matrix = fauxgl.LookAt(f.eye, at(c.Target), fauxgl.V(0, 1, 0)).Perspective(c.FOV*180/math.Pi, 1, 0.05, 50)
	for i := range s.Objects {
		o := &s.Objects[i]
		normals := make([]r3.Vec, len(o.Pos))
		geometry.VertexNormals(normals, o.Pos, o.Tris)
		var tris []*fauxgl.Triangle
		for _, t := range o.Tris {
			var v [3]fauxgl.Vertex
			for k, j := range t {
				v[k] = fauxgl.Vertex{Position: at(o.Pos[j]), Normal: at(normals[j])}
			}
			tris = append(tris, fauxgl.NewTriangle(v[0], v[1], v[2]))
		}
		g := o.Material.Ground()
		f.meshes = append(f.meshes, fauxgl.NewTriangleMesh(tris))
		f.colors = append(f.colors, fauxgl.Color{R: float64(g.R) / 255, G: float64(g.G) / 255, B: float64(g.B) / 255, A: 1})
	}
	return f
}

// draw draws, then averages two by two as a picture of the size asked for needs.
func (f *faux) draw() {
	f.ctx.ClearColorBufferWith(fauxgl.Color{R: 0.94, G: 0.93, B: 0.91, A: 1})
	f.ctx.ClearDepthBuffer()
	for i, m := range f.meshes {
		shader := fauxgl.NewPhongShader(f.matrix, fauxgl.V(-0.4, 0.6, 0.7).Normalize(), f.eye)
		shader.ObjectColor = f.colors[i]
		f.ctx.Shader = shader
		f.ctx.DrawMesh(m)
	}
	if f.smooth {
		resize.Resize(uint(f.ctx.Width/2), uint(f.ctx.Height/2), f.ctx.Image(), resize.Bilinear)
		return
	}
	img, w := f.ctx.ColorBuffer, f.ctx.Width/2
	out := make([]uint8, 4*w*w)
	for y := range w {
		for x := range w {
			p := img.Pix[img.PixOffset(2*x, 2*y):]
			q := img.Pix[img.PixOffset(2*x, 2*y+1):]
			for c := range 4 {
				out[4*(y*w+x)+c] = uint8((int(p[c]) + int(p[4+c]) + int(q[c]) + int(q[4+c])) / 4)
			}
		}
	}
}
