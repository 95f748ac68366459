package main

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os"

	"fitroom/garment/cloth"
	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
)

// Each drape is drawn from in front, from the side and from behind [px].
const (
	viewWidth  = 200
	viewHeight = 380
)

func (w *wearer) picture(name string, c *cloth.Cloth, pos []r3.Vec) error {
	red := color.NRGBA{R: 0xa8, G: 0x48, B: 0x3c, A: 0xff}
	scene := render.Scene{Objects: []render.Object{
		{Name: "cloth", Pos: pos, Tris: c.Tris, UV: c.Rest, Offset: 0.001, Material: render.Material{Color: red, Surface: render.Woven}},
		{Name: "body", Pos: w.body.Mesh.Verts, Tris: w.body.Mesh.Tris, Material: render.Mannequin()},
	}}
	lo, hi := geometry.Bounds(w.body.Mesh.Verts)
	sheet := image.NewNRGBA(image.Rect(0, 0, 3*viewWidth, viewHeight))
	var r render.Renderer
	for k, angle := range [...]float64{render.Front, render.SideLeft, render.Back} {
		view := image.NewNRGBA(image.Rect(0, 0, viewWidth, viewHeight))
		if err := r.Draw(view, scene, render.Frame(lo, hi, angle, float64(viewWidth)/viewHeight)); err != nil {
			return err
		}
		draw.Draw(sheet, image.Rect(k*viewWidth, 0, (k+1)*viewWidth, viewHeight), view, image.Point{}, draw.Src)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(render.WritePNG(f, sheet), f.Close())
}
