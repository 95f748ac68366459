package export

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// printed puts a shop's own swatch, with holes, and a half transparent logo on
// an object.
func printed(o render.Object) render.Object {
	swatch := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	logo := image.NewNRGBA(image.Rect(0, 0, 24, 12))
	for i := range 16 * 16 {
		swatch.SetNRGBA(i%16, i/16, color.NRGBA{R: uint8(16 * (i % 16)), G: 90, B: 120, A: uint8(255 * (i / 32 % 2))})
	}
	for i := range 24 * 12 {
		logo.SetNRGBA(i%24, i/24, color.NRGBA{R: 220, G: uint8(10 * (i % 24)), B: 40, A: 128})
	}
	o.Material.Picture, o.Material.Repeat = swatch, 0.08
	on := make([]bool, len(o.Tris))
	for i := range on {
		on[i] = true
	}
	o.Decals = []render.Decal{{Picture: logo, Centre: r2.Vec{X: 0.07, Y: -0.04}, Width: 0.3, Turn: 0.5, On: on}}
	return o
}

// On flat cloth a print has exactly its own size, lies just above the cloth, and
// each corner shows the point of the picture that belongs there.
func TestPrintIsCutFromTheCloth(t *testing.T) {
	o := dome(12)
	for i := range o.Pos {
		o.Pos[i].Y = 1
	}
	o = printed(o)
	d := &o.Decals[0]
	p := printOf(&o, d)
	area := 0.0
	for i, tri := range p.Tris {
		a, b, c := p.Pos[tri[0]], p.Pos[tri[1]], p.Pos[tri[2]]
		area += r3.Norm(r3.Cross(r3.Sub(b, a), r3.Sub(c, a))) / 2
		for k, v := range tri {
			if got := p.Pos[v].Y - 1 - o.Offset; math.Abs(math.Abs(got)-printLift) > 1e-9 {
				t.Fatalf("a corner lies %g m over the cloth, want %g", got, printLift)
			}
			x, y := d.Place(r2.Vec{X: p.Pos[v].X, Y: p.Pos[v].Z})
			want := r2.Vec{X: x * d.Width, Y: y * d.Height()}
			if r2.Norm(r2.Sub(p.UV[i][k], want)) > 1e-9 {
				t.Fatalf("a corner shows %v of the picture, want %v", p.UV[i][k], want)
			}
		}
	}
	if want := d.Width * d.Height(); math.Abs(area-want) > 1e-9 {
		t.Errorf("the print covers %.6f m2, want %.6f", area, want)
	}
	for i := range d.On {
		d.On[i] = false
	}
	if p := printOf(&o, d); len(p.Tris) > 0 {
		t.Errorf("%d pieces lie on panels that carry no print", len(p.Tris))
	}
}
