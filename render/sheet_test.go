package render

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"fitroom/geometry"
)

func flat(w, h int, c color.NRGBA) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	fill(img, img.Rect, c)
	return img
}

// Pictures come side by side at one height, in order, above their captions.
func TestSheetLayout(t *testing.T) {
	red, blue := color.NRGBA{R: 200, A: 255}, color.NRGBA{B: 200, A: 255}
	var l Lettering
	sheet, err := l.Sheet([]Cell{{Picture: flat(60, 100, red), Caption: "S"}, {Picture: flat(120, 200, blue), Caption: "Größe M", Note: "x", Marked: true}}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	gap, foot := 2, 27
	if want := image.Rect(0, 0, 2*(60+gap)+gap, 100+foot+2*gap); sheet.Rect != want {
		t.Fatalf("sheet is %v, want %v", sheet.Rect, want)
	}
	if a, b := sheet.NRGBAAt(30, 50), sheet.NRGBAAt(94, 50); a != red || b != blue {
		t.Errorf("pictures show %v and %v, want %v and %v", a, b, red, blue)
	}
	if dark(sheet, image.Rect(0, 103, 64, 131)) == 0 || dark(sheet, image.Rect(64, 106, 126, 131)) == 0 {
		t.Error("a caption is missing")
	}
}

// dark counts pixels of letters.
func dark(img *image.NRGBA, r image.Rectangle) (n int) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := img.NRGBAAt(x, y); c.R < 120 && c.G < 120 && c.B < 120 {
				n++
			}
		}
	}
	return
}

func TestSheetRefusals(t *testing.T) {
	pic := flat(40, 40, ink())
	for _, c := range []struct {
		name   string
		cells  []Cell
		height int
		want   string
	}{
		{"no picture", nil, 100, "at least 1"},
		{"nil picture", []Cell{{Caption: "S"}}, 100, `0 "S" is empty`},
		{"low", []Cell{{Picture: pic}}, 3, "limits 32"},
		{"huge", []Cell{{Picture: flat(4000, 40, ink())}}, 8000, "million pixels"},
	} {
		var l Lettering
		if _, err := l.Sheet(c.cells, 0, c.height); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one naming %q", c.name, err, c.want)
		}
	}
}

// The bar's colours stand where the scale says; every map has room for its
// numbers on a small picture.
func TestLegendShowsTheScale(t *testing.T) {
	var l Lettering
	for name, m := range map[string]*ColorMap{"gap": GapMap(), "strain": StrainMap(), "pressure": PressureMap()} {
		for _, w := range []int{256, 900} {
			dst := flat(w, LegendHeight(w), color.NRGBA{G: 255, A: 255})
			if err := l.Legend(dst, Legend{Map: m, Title: "Größe über Höhe", Unit: "mm"}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			h := dst.Rect.Dy()
			if n := dark(dst, image.Rect(0, h*70/100, w, h)); n < 20 {
				t.Errorf("%s at %d px: %d dark pixels where the numbers stand", name, w, n)
			}
			room := min(w*9/10, h*7)
			x := w/2 - room/2 + room - 2
			if got, want := dst.NRGBAAt(x, h/2), m.At(m.Stops[len(m.Stops)-1].At); difference(linear(got), linear(want)) > 3 {
				t.Errorf("%s at %d px: the bar ends in %v, want %v", name, w, got, want)
			}
		}
	}
	for name, m := range allMaps() {
		dst := flat(900, 110, color.NRGBA{G: 255, A: 255})
		if err := l.Legend(dst, Legend{Map: m, Title: "Klassen", Classes: []string{"a", "b", "c", "d", "e"}}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for k := range 5 { // away from number and border, the colour of the class
			lo, hi := m.span(k)
			if got, want := dst.NRGBAAt(45+810*k/5+40, 50), m.At(lo+(hi-lo)*40.5/162); difference(linear(got), linear(want)) > 3 {
				t.Errorf("%s: class %d is drawn in %v, want %v", name, k+1, got, want)
			}
		}
		if err := l.Legend(dst, Legend{Map: m, Classes: []string{"a"}}); err == nil {
			t.Errorf("%s: 1 name for 5 classes is accepted", name)
		}
	}
	if err := l.Legend(flat(20, 20, ink()), Legend{Map: GapMap()}); err == nil {
		t.Error("a strip of 20 x 20 px is accepted")
	}
	if err := l.Legend(flat(300, 60, ink()), Legend{}); err == nil {
		t.Error("a legend without a colour map is accepted")
	}
}

// Each frame of a turntable is the picture its camera takes.
func TestTurntableFrames(t *testing.T) {
	s := Scene{Objects: []Object{ball(6)}}
	lo, hi := geometry.Bounds(s.Objects[0].Pos)
	var r Renderer
	const side = 24
	sheet, err := Turntable(&r, s, lo, hi, side)
	if err != nil {
		t.Fatal(err)
	}
	one := image.NewNRGBA(image.Rect(0, 0, side, side))
	if err := r.Draw(one, s, Frame(lo, hi, Back, 1)); err != nil {
		t.Fatal(err)
	}
	for y := range side { // frame 18 is the first of the fourth row
		row := sheet.Pix[sheet.PixOffset(0, 3*side+y):][:4*side]
		if !bytes.Equal(row, one.Pix[y*one.Stride:][:4*side]) {
			t.Fatalf("frame 18, row %d differs from the view of the back", y)
		}
	}
	if _, err := Turntable(&r, s, lo, hi, 5000); err == nil {
		t.Error("frames of 5000 px are accepted")
	}
	var p, j bytes.Buffer
	if err := WritePNG(&p, sheet); err != nil {
		t.Fatal(err)
	}
	if err := WriteJPEG(&j, sheet); err != nil {
		t.Fatal(err)
	}
	if back, err := png.Decode(&p); err != nil || back.Bounds() != sheet.Rect {
		t.Errorf("PNG read back: %v", err)
	}
	if back, err := jpeg.Decode(&j); err != nil || back.Bounds() != sheet.Rect {
		t.Errorf("JPEG read back: %v", err)
	}
}

// Whatever the angle, the box's own cylinder of points stays in the picture.
func TestFrameHoldsTheSubject(t *testing.T) {
	lo, hi := geometry.Bounds(ball(12).Pos)
	for _, aspect := range []float64{0.5, 0.75, 1, 2} {
		for a := 0.0; a < 6.28; a += 0.5 {
			v := Frame(lo, hi, a, aspect).view(int(200*aspect), 200)
			for _, p := range ball(12).Pos {
				q := toVec(p).sub(v.eye)
				s := v.place(q.dot(v.right), q.dot(v.up), q.dot(v.fwd))
				x, y := float64(s.x)/subOne, float64(s.y)/subOne
				if x < 0 || y < 0 || x > 200*aspect || y > 200 {
					t.Fatalf("aspect %g, angle %.1f: point %v falls on (%.0f, %.0f), outside", aspect, a, p, x, y)
				}
			}
		}
	}
}
