package main

import (
	"fmt"
	"image"
	"image/color"

	"fitroom/garment/pattern/sheet"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Measures of the sheet of thumbnails [px].
const (
	columns   = 8
	thumb     = 220
	caption   = 20
	letters   = 12
	mostChars = 32
)

// thumbnails draws every imported pattern small, with the number of its row.
func thumbnails(entries []*entry) (image.Image, error) {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: letters, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, err
	}
	rows := (len(entries) + columns - 1) / columns
	img := image.NewNRGBA(image.Rect(0, 0, columns*thumb, rows*(thumb+caption)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i, e := range entries {
		x, y := i%columns*thumb, i/columns*(thumb+caption)
		word := fmt.Sprintf("%d %s", i+1, short(e.name))
		if e.base == nil {
			word += " (refused)"
		} else if err := e.thumbnail(img, image.Rect(x+4, y+caption, x+thumb-4, y+caption+thumb-4)); err != nil {
			return nil, err
		}
		d := font.Drawer{Dst: img, Src: image.NewUniform(color.Gray{40}), Face: face, Dot: fixed.P(x+4, y+caption-5)}
		d.DrawString(word)
	}
	return img, nil
}

// thumbnail draws the pattern as large as the frame allows.
func (e *entry) thumbnail(dst *image.NRGBA, frame image.Rectangle) error {
	whole, err := sheet.Image(e.base, sheet.Options{Plain: true})
	if err != nil {
		return err
	}
	b := whole.Bounds()
	w, h := frame.Dx(), frame.Dx()*b.Dy()/b.Dx()
	if h > frame.Dy() {
		w, h = frame.Dy()*b.Dx()/b.Dy(), frame.Dy()
	}
	draw.CatmullRom.Scale(dst, image.Rect(frame.Min.X, frame.Min.Y, frame.Min.X+w, frame.Min.Y+h), whole, b, draw.Src, nil)
	return nil
}

// short is the file's own name without what all have in common.
func short(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			name = name[i+1:]
			break
		}
	}
	for _, tail := range [...]string{".json", "_specification", ".dxf"} {
		if len(name) > len(tail) && name[len(name)-len(tail):] == tail {
			name = name[:len(name)-len(tail)]
		}
	}
	return name[:min(len(name), mostChars)]
}
