package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"github.com/disintegration/imaging"
)

// Cell is one picture of a sheet.
type Cell struct {
	Picture *image.NRGBA
	Caption string // for instance the size
	Note    string // a second, smaller line; may be empty
	Marked  bool   // underlined as the one advised
}

// maxSheet bounds a sheet's memory [px]: 160 MB.
const maxSheet = 40_000_000

// Sheet puts pictures side by side, columns to a row (0 means all in one), each
// scaled to the given height [px] with its caption underneath. To compare
// sizes, draw all with one Camera: then one scale holds for the whole sheet.
func (l *Lettering) Sheet(cells []Cell, columns, height int) (*image.NRGBA, error) {
	if len(cells) == 0 {
		return nil, errors.New("render: a sheet needs at least 1 picture")
	}
	if columns <= 0 || columns > len(cells) {
		columns = len(cells)
	}
	if height < 32 || height > maxSide {
		return nil, fmt.Errorf("render: sheet pictures are %d px high; limits 32 to %d", height, maxSide)
	}
	width := 0
	for i, c := range cells {
		if c.Picture == nil || c.Picture.Rect.Empty() {
			return nil, fmt.Errorf("render: sheet picture %d %q is empty", i, c.Caption)
		}
		width = max(width, c.Picture.Rect.Dx()*height/c.Picture.Rect.Dy(), 1)
	}
	foot, gap := max(height/9, 3*minLetter), max(height/60, 2)
	rows := (len(cells) + columns - 1) / columns
	w, h := columns*(width+gap)+gap, rows*(height+foot+gap)+gap
	if w*h > maxSheet {
		return nil, fmt.Errorf("render: sheet would be %d x %d px; at most %d million pixels", w, h, maxSheet/1_000_000)
	}
	sheet := imaging.New(w, h, paper())
	for i, c := range cells {
		at := image.Pt(gap+i%columns*(width+gap), gap+i/columns*(height+foot+gap))
		if err := l.cell(sheet, c, at, width, height, foot); err != nil {
			return nil, err
		}
	}
	return sheet, nil
}

func (l *Lettering) cell(sheet *image.NRGBA, c Cell, at image.Point, width, height, foot int) error {
	pic := c.Picture
	if pic.Rect.Dy() != height {
		pic = imaging.Resize(pic, 0, height, imaging.CatmullRom)
	}
	left := at.X + (width-pic.Rect.Dx())/2
	paste(sheet, pic, image.Pt(left, at.Y))
	mid, top := at.X+width/2, at.Y+height
	if c.Marked {
		bar := max(foot/14, 2)
		fill(sheet, image.Rect(at.X, top, at.X+width, top+bar), color.NRGBA{R: 28, G: 84, B: 150, A: 255})
	}
	big, err := l.fitting(c.Caption, foot*42/100, width)
	if err != nil {
		return err
	}
	if err := l.write(sheet, c.Caption, mid, top+foot*48/100, big, ink(), centred); err != nil || c.Note == "" {
		return err
	}
	small, err := l.fitting(c.Note, max(foot*28/100, minLetter), width)
	if err != nil {
		return err
	}
	return l.write(sheet, c.Note, mid, top+foot*86/100, small, color.NRGBA{R: 100, G: 100, B: 104, A: 255}, centred)
}

func paste(dst, src *image.NRGBA, at image.Point) {
	for y := range src.Rect.Dy() {
		s := src.Pix[y*src.Stride:][:4*src.Rect.Dx()]
		copy(dst.Pix[dst.PixOffset(at.X, at.Y+y):], s)
	}
}
