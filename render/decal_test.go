package render

import (
	"image"
	"image/color"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// A print shows where it lies on the fabric, upright, its transparent part not
// at all, and only on triangles that carry it.
func TestDecalLiesOnTheFabric(t *testing.T) {
	stamp := image.NewNRGBA(image.Rect(0, 0, 64, 64)) // left red, right blue, lower half empty
	for y := range 32 {
		for x := range 64 {
			c := color.NRGBA{R: 255, A: 255}
			if x >= 32 {
				c = color.NRGBA{B: 255, A: 255}
			}
			stamp.SetNRGBA(x, y, c)
		}
	}
	o := sheet(16, 1)
	o.Decals = []Decal{{Picture: stamp, Centre: r2.Vec{Y: 0.5}, Width: 0.4, On: make([]bool, len(o.Tris))}}
	draw := func() *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, 200, 200))
		s := Scene{Objects: []Object{o}, Floor: -1}
		r := Renderer{Workers: 1}
		if err := r.Draw(img, s, frameOf(s, 1)); err != nil {
			t.Fatal(err)
		}
		return img
	}
	without := draw()
	for i := range o.Decals[0].On {
		o.Decals[0].On[i] = true
	}
	with := draw()
	red, blue, changed := image.Point{}, image.Point{}, image.Rectangle{}
	var nr, nb int
	for y := range 200 {
		for x := range 200 {
			a, b := without.NRGBAAt(x, y), with.NRGBAAt(x, y)
			if a == b {
				continue
			}
			changed = changed.Union(image.Rect(x, y, x+1, y+1))
			switch {
			case b.R > 2*b.B:
				red, nr = red.Add(image.Pt(x, y)), nr+1
			case b.B > 2*b.R:
				blue, nb = blue.Add(image.Pt(x, y)), nb+1
			}
		}
	}
	if nr == 0 || nb == 0 {
		t.Fatalf("%d red and %d blue pixels; the print does not show", nr, nb)
	}
	red, blue = red.Div(nr), blue.Div(nb)
	if red.X >= blue.X || nr < 3*nb/4 || nb < 3*nr/4 {
		t.Errorf("red lies round %v (%d px), blue round %v (%d px); want red left of blue, as many", red, nr, blue, nb)
	}
	// Seen from the side, 0.4 m look 0.3 m wide; the lower half is empty.
	if wide, high := changed.Dx(), changed.Dy(); wide < high*13/10 || wide > high*18/10 {
		t.Errorf("the print covers %v, %d x %d px; want one and a half times as wide as high", changed, wide, high)
	}
}
