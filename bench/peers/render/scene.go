package main

import (
	"context"
	"image/color"

	"fitroom/bench"
	"fitroom/geometry"
	"fitroom/render"
)

// dressed is the scene all draw.
func dressed(ctx context.Context) (render.Scene, render.Camera, error) {
	s, err := bench.TeeOnBody(ctx, 0.025)
	if err != nil {
		return render.Scene{}, render.Camera{}, err
	}
	r, err := s.Run(ctx, 0)
	if err != nil {
		return render.Scene{}, render.Camera{}, err
	}
	cloth := render.Object{
		Name: "cloth", Pos: r.Pos, Tris: s.Cloth.Tris, UV: s.Cloth.Rest, Offset: 0.002,
		Material: render.Jersey(color.NRGBA{R: 70, G: 104, B: 140, A: 255}),
	}
	for _, l := range s.Cloth.Seams {
		cloth.Lines = append(cloth.Lines, render.Line{Verts: l.Verts, Closed: l.Closed})
	}
	for _, l := range s.Cloth.Lines {
		cloth.Lines = append(cloth.Lines, render.Line{Verts: l.Verts, Closed: l.Closed, Stitch: 0.018, Twin: true, Free: true})
	}
	body := render.Object{Name: "body", Pos: s.Body.Verts, Tris: s.Body.Tris, Material: render.Mannequin()}
	lo, hi := geometry.Bounds(s.Body.Verts)
	return render.Scene{Objects: []render.Object{body, cloth}}, render.Frame(lo, hi, render.ThreeQuarter, 1), nil
}

// plain is a scene of bare colours, lit and shaded as ever: no fabric, no seams, no
// edges.
func plain(s render.Scene) render.Scene {
	var out render.Scene
	for _, o := range s.Objects {
		o.UV, o.Lines, o.Material = nil, nil, render.Material{Color: o.Material.Ground()}
		out.Objects = append(out.Objects, o)
	}
	return out
}

// bare is a scene with what fauxgl draws of it: every vertex with its colour, in
// one light and smooth normals; no shadow, no fabric, no seams, no edges.
func bare(s render.Scene) render.Scene {
	var out render.Scene
	for _, o := range s.Objects {
		o.UV, o.Lines, o.Material.Edge = nil, nil, 0
		o.Scalar, o.ColorMap = make([]float64, len(o.Pos)), &render.ColorMap{Stops: []render.Stop{{At: 0, Color: o.Material.Ground()}, {At: 1, Color: o.Material.Ground()}}}
		out.Objects = append(out.Objects, o)
	}
	return out
}
