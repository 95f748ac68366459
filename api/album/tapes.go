package album

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"math"

	"fitroom/geometry"
	"fitroom/geometry/tape"
	"fitroom/render"
)

const (
	tapeRadius = 0.0028 // [m]: as seen, a tape 5 mm wide
	tapeHeight = 1100   // of each picture [px]
)

// WriteTapes draws a measured body from the front, the side and behind with
// its tapes where they were laid: girths in one colour, lengths in another.
func WriteTapes(name string, s *tape.Subject, readings []tape.Reading) error {
	objects := []render.Object{{Name: "body", Pos: s.Mesh.Verts, Tris: s.Mesh.Tris, Material: render.Mannequin()}}
	for _, o := range []render.Object{
		tapes("girths", readings, tape.Round, color.NRGBA{R: 0xc2, G: 0x2f, B: 0x37, A: 0xff}),
		tapes("lengths", readings, tape.Along, color.NRGBA{R: 0x1f, G: 0x5f, B: 0xa8, A: 0xff}),
	} {
		if len(o.Tris) > 0 {
			objects = append(objects, o)
		}
	}
	lo, hi := geometry.Bounds(s.Mesh.Verts)
	var r render.Renderer
	var cells []render.Cell
	for _, v := range []struct {
		name  string
		angle float64
	}{{"front", render.Front}, {"side", render.SideLeft}, {"back", render.Back}} {
		aspect := math.Max(hi.X-lo.X, hi.Z-lo.Z) / (hi.Y - lo.Y) * 1.1
		img := image.NewNRGBA(image.Rect(0, 0, int(tapeHeight*aspect), tapeHeight))
		if err := r.Draw(img, render.Scene{Objects: objects, Floor: lo.Y}, render.Frame(lo, hi, v.angle, aspect)); err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
		cells = append(cells, render.Cell{Picture: img, Caption: v.name})
	}
	var l render.Lettering
	sheet, err := l.Sheet(cells, 0, tapeHeight)
	if err != nil {
		return err
	}
	return WriteWhole(name, func(w io.Writer) error { return render.WritePNG(w, sheet) })
}

// tapes is one object of all tapes of a kind.
func tapes(name string, readings []tape.Reading, kind tape.Kind, c color.NRGBA) render.Object {
	o := render.Object{Name: name, Material: render.Material{Color: c, Gloss: 0.1}}
	for _, r := range readings {
		if r.Kind != kind || r.Err != nil {
			continue
		}
		m := tape.Ribbon(r.Line, tapeRadius)
		base := int32(len(o.Pos))
		o.Pos = append(o.Pos, m.Verts...)
		for _, t := range m.Tris {
			o.Tris = append(o.Tris, geometry.Tri{t[0] + base, t[1] + base, t[2] + base})
		}
	}
	return o
}
