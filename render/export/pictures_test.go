package export

import (
	"bytes"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"testing"

	"fitroom/geometry"
	"fitroom/render"
)

const readPicture = `
import fs from 'fs';
import { PNG } from 'pngjs';
import jpeg from 'jpeg-js';
const [file, raw] = process.argv.slice(2);
const bytes = fs.readFileSync(file);
const p = file.endsWith('.png') ? PNG.sync.read(bytes) : jpeg.decode(bytes, {useTArray: true});
fs.writeFileSync(raw, p.data);
console.log(JSON.stringify({width: p.width, height: p.height}));`

// A turntable written as PNG and as the JPEG sheet of sprites is read by decoders
// that nobody here wrote: the one to the byte, the other to what its quality
// leaves. WebP and APNG are read back in package render and in Chromium.
func TestPicturesAreReadByOthers(t *testing.T) {
	dir := install(t)
	o := dome(12)
	o.Material = render.Cotton(color.NRGBA{R: 160, G: 60, B: 80, A: 255})
	o.Scalar, o.ColorMap = nil, nil
	lo, hi := geometry.Bounds(o.Pos)
	var r render.Renderer
	sheet, err := render.Turntable(&r, render.Scene{Objects: []render.Object{o}}, lo, hi, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		write func(io.Writer, *image.NRGBA) error
		mean  float64 // difference of a channel [of 255]
	}{{"sheet.png", render.WritePNG, 0}, {"sheet.jpg", render.WriteJPEG, 3}} {
		var buf bytes.Buffer
		if err := c.write(&buf, sheet); err != nil {
			t.Fatal(err)
		}
		file, raw := filepath.Join(dir, c.name), filepath.Join(dir, c.name+".raw")
		if err := os.WriteFile(file, buf.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		var size struct{ Width, Height int }
		node(t, dir, readPicture, &size, file, raw)
		got, err := os.ReadFile(raw)
		if err != nil {
			t.Fatal(err)
		}
		if size.Width != sheet.Rect.Dx() || size.Height != sheet.Rect.Dy() || len(got) != len(sheet.Pix) {
			t.Fatalf("%s: %d x %d px and %d bytes are read, want %v", c.name, size.Width, size.Height, len(got), sheet.Rect)
		}
		sum := 0
		for i, b := range got {
			d := int(b) - int(sheet.Pix[i])
			sum += max(d, -d)
		}
		mean := float64(sum) / float64(len(got))
		t.Logf("%s: %d bytes, mean difference %.3f of 255", c.name, buf.Len(), mean)
		if mean > c.mean {
			t.Errorf("%s: mean difference %.3f of 255, want at most %g", c.name, mean, c.mean)
		}
	}
}
