package album

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"slices"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
	"fitroom/render"
)

// Two sizes in one picture: the one that is advised as it is worn, the border of
// the other drawn over it.

// otherLine is vermilion, which stands out from fabric and skin for every eye
// (Okabe and Ito 2008); rimLine keeps it apart from red cloth.
func otherLine() color.NRGBA { return color.NRGBA{R: 0xd5, G: 0x5e, A: 0xff} }
func rimLine() color.NRGBA   { return color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff} }

const (
	otherWidth = 3.5 // of the other size's border [px]
	rimWidth   = 6.5
	keyHeight  = 70 // of the strip that names both [px]
)

// Compared names the two sizes of the picture, of those that could be drawn:
// those of an advice between two, else the advised one and the next larger, or
// the next smaller where it is the largest. Both are "" where there are no two.
func Compared(report *wire.Report) (worn, other string) {
	var all []string
	for _, size := range report.SizeOrder {
		if report.Sizes[size].Files["front"] != "" {
			all = append(all, size)
		}
	}
	if len(all) < 2 {
		return "", ""
	}
	at := 0
	if len(report.Advice.Sizes) > 0 {
		at = max(0, slices.Index(all, report.Advice.Sizes[0]))
	}
	next := at + 1
	if next == len(all) {
		next = at - 1
	}
	return all[at], all[next]
}

// drawCompare writes the picture of two sizes in one.
func (f *Folder) drawCompare(s *set, o *tryon.Outcome, report *wire.Report) error {
	worn, other := Compared(report)
	if worn == "" {
		return nil
	}
	first, err := garment(ofSize(o, worn), s.fabric, s.prints)
	if err != nil {
		return err
	}
	second, err := garment(ofSize(o, other), s.fabric, s.prints)
	if err != nil {
		return err
	}
	img := image.NewNRGBA(image.Rect(0, 0, 2*width, height+keyHeight))
	render.Blank(img)
	seen, border := render.Scene{Objects: []render.Object{s.body, first}}, render.Scene{Objects: []render.Object{s.body, second}}
	for i, camera := range []render.Camera{s.front, s.back} {
		view := img.SubImage(image.Rect(i*width, 0, (i+1)*width, height)).(*image.NRGBA)
		if err := s.renderer.Draw(view, seen, camera); err != nil {
			return err
		}
		if err := render.Outline(view, border, 1, camera, rimWidth, rimLine()); err != nil {
			return err
		}
		if err := render.Outline(view, border, 1, camera, otherWidth, otherLine()); err != nil {
			return err
		}
	}
	text := strings.NewReplacer("{worn}", worn, "{other}", other).Replace(words.In(s.lang).Captions["compare"])
	middle, y := width, height+keyHeight/2
	const stroke = 60
	at := float64(middle - 330)
	render.Stroke(img, [][2]float64{{at, float64(y)}, {at + stroke, float64(y)}}, otherWidth, false, otherLine())
	if err := s.letters.Text(img, text, middle+40, y+8, 24, 2*width-400); err != nil {
		return err
	}
	report.Files["compare"] = "compare.png"
	return f.create("compare.png", func(w io.Writer) error { return render.WritePNG(w, img) })
}

// ofSize is the fitting of a size.
func ofSize(o *tryon.Outcome, size string) *tryon.Fitting {
	return &o.Fittings[slices.IndexFunc(o.Fittings, func(f tryon.Fitting) bool { return f.Size == size })]
}

// drawMapSheet puts the gap maps of all sizes side by side over one legend: same
// camera, same scale.
func (f *Folder) drawMapSheet(s *set, report *wire.Report) error {
	if len(s.gaps) < 2 {
		return nil
	}
	for i := range s.gaps {
		s.gaps[i].Marked, s.gaps[i].Note = s.fronts[i].Marked, s.fronts[i].Note
	}
	sheet, err := s.letters.Sheet(s.gaps, 0, sheetHeight)
	if err != nil {
		return fmt.Errorf("maps of all sizes: %w", err)
	}
	w, h := sheet.Rect.Dx(), sheet.Rect.Dy()
	strip := render.LegendHeight(sheetHeight) * 3 / 2
	img := image.NewNRGBA(image.Rect(0, 0, w, h+strip))
	for y := range h {
		copy(img.Pix[y*img.Stride:][:4*w], sheet.Pix[y*sheet.Stride:])
	}
	foot := img.SubImage(image.Rect(0, h, w, h+strip)).(*image.NRGBA)
	if err := s.letters.Legend(foot, s.legend("gap", render.GapMap(), "mm")); err != nil {
		return err
	}
	report.Files["sizes_fit"] = "sizes-fit.png"
	return f.create("sizes-fit.png", func(w io.Writer) error { return render.WritePNG(w, img) })
}
