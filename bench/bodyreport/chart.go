package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// bar3 is a line of a chart with three values, the smallest drawn last.
type bar3 struct {
	name    string
	a, b, c float64
}

const (
	rowHigh    = 17  // [px]
	nameWide   = 330 // [px]
	plotWide   = 700 // [px]
	headHigh   = 50  // [px]
	letterHigh = 12  // [px]
)

// drawBars writes horizontal bars from lo to hi; lo above 0 means a logarithmic
// axis. Marks are thin lines at what is wanted.
func drawBars(path, title, unit string, lo, hi float64, marks []float64, bars []bar3) error {
	img := image.NewNRGBA(image.Rect(0, 0, nameWide+plotWide+60, headHigh+rowHigh*len(bars)+20))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{250, 249, 247, 255}), image.Point{}, draw.Src)
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: letterHigh, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return err
	}
	ink := image.NewUniform(color.NRGBA{48, 48, 50, 255})
	write := func(x, y int, text string) {
		d := font.Drawer{Dst: img, Src: ink, Face: face, Dot: fixed.P(x, y)}
		d.DrawString(text)
	}
	place := func(v float64) int {
		t := (v - lo) / (hi - lo)
		if lo > 0 {
			t = math.Log(max(v, lo)/lo) / math.Log(hi/lo)
		}
		return nameWide + int(float64(plotWide)*min(1, max(0, t)))
	}
	write(10, 18, title)
	shades := []color.NRGBA{{222, 196, 186, 255}, {196, 140, 118, 255}, {150, 72, 52, 255}}
	for i, b := range bars {
		y := headHigh + i*rowHigh
		write(10, y+letterHigh+1, b.name)
		values := []float64{b.c, b.b, b.a} // the longest below the others
		for k, v := range values {
			if math.IsNaN(v) {
				continue
			}
			draw.Draw(img, image.Rect(nameWide, y+2, max(nameWide+1, place(v)), y+rowHigh-2), image.NewUniform(shades[k]), image.Point{}, draw.Src)
		}
	}
	for _, m := range marks {
		x := place(m)
		draw.Draw(img, image.Rect(x, headHigh-6, x+1, img.Rect.Max.Y-16), image.NewUniform(color.NRGBA{60, 90, 140, 255}), image.Point{}, draw.Src)
		write(x-12, headHigh-10, fmt.Sprintf("%g %s", m, unit))
	}
	return writePNG(path, img)
}

func writePNG(path string, img image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
