package wire

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
)

func chequer(w, h int) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.NRGBA{R: 200, A: 255}, color.NRGBA{}})
	for i := range p.Pix {
		p.Pix[i] = uint8(i % 2)
	}
	return p
}

func encoded(t testing.TB, as string, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	var err error
	switch as {
	case "png":
		err = png.Encode(&buf, img)
	case "jpeg":
		err = jpeg.Encode(&buf, img, nil)
	case "gif":
		err = gif.Encode(&buf, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// claims makes a PNG whose header promises a size its data do not have.
func claims(file []byte, w, h uint32) []byte {
	out := bytes.Clone(file)
	binary.BigEndian.PutUint32(out[16:], w)
	binary.BigEndian.PutUint32(out[20:], h)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

func TestReadPicture(t *testing.T) {
	for _, as := range []string{"png", "jpeg"} {
		img, err := ReadPicture(bytes.NewReader(encoded(t, as, chequer(20, 10))))
		if err != nil || img.Rect.Dx() != 20 || img.Rect.Dy() != 10 {
			t.Errorf("%s: %v, %v", as, err, img)
		}
	}
	img, err := ReadPicture(bytes.NewReader(encoded(t, "png", chequer(8, 8))))
	if err != nil || img.NRGBAAt(0, 0) != (color.NRGBA{R: 200, A: 255}) || img.NRGBAAt(1, 0).A != 0 {
		t.Errorf("colours are lost: %v, %v and %v", err, img.NRGBAAt(0, 0), img.NRGBAAt(1, 0))
	}
}

func TestReadPictureRefusals(t *testing.T) {
	good := encoded(t, "png", chequer(20, 20))
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"empty", "neither a PNG nor a JPEG", nil},
		{"gif", "neither a PNG nor a JPEG", encoded(t, "gif", chequer(20, 20))},
		{"text named png", "neither a PNG nor a JPEG", []byte("<svg onload=…>")},
		{"tiny", "7 x 20 px", encoded(t, "png", chequer(7, 20))},
		{"bomb", "60000 x 60000 px", claims(good, 60000, 60000)},
		{"half", "is damaged", good[:len(good)/2]},
		{"huge file", "larger than 10 MB", make([]byte, maxPictureBytes+1)},
	} {
		if _, err := ReadPicture(bytes.NewReader(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}

func FuzzReadPicture(f *testing.F) {
	f.Add(encoded(f, "png", chequer(20, 20)))
	f.Add(encoded(f, "jpeg", chequer(20, 20)))
	f.Fuzz(func(t *testing.T, data []byte) {
		img, err := ReadPicture(bytes.NewReader(data))
		if (err == nil) == (img == nil) {
			t.Errorf("picture %v with error %v", img, err)
		}
	})
}

// Pictures of a look are read from the style's folder and nowhere else.
func TestLookPictures(t *testing.T) {
	dir := fstest.MapFS{"a.png": {Data: encoded(t, "png", chequer(20, 20))}, "a.txt": {Data: []byte("no picture")}}
	for _, c := range []struct {
		look Look
		want string
	}{
		{Look{RepeatCm: 5, Swatch: &Picture{File: "a.png"}}, ""},
		{Look{Prints: []Print{{File: "a.png", Panel: "front", WidthCm: 10}}}, ""},
		{Look{Swatch: &Picture{File: "a.png"}}, "/look/repeat_cm"},
		{Look{RepeatCm: 5, Swatch: &Picture{File: "../a.png"}}, "/look/swatch/file"},
		{Look{RepeatCm: 5, Swatch: &Picture{File: "b.png"}}, "/look/swatch/file"},
		{Look{RepeatCm: 5, Swatch: &Picture{File: "a.txt"}}, "neither a PNG nor a JPEG"},
		{Look{Prints: []Print{{File: "a.png", WidthCm: 10}}}, "/look/prints/0/panel"},
		{Look{Prints: []Print{{File: "a.png", Panel: "front"}}}, "/look/prints/0/width_cm"},
		{Look{Prints: []Print{{File: "a.png", Panel: "front", WidthCm: 10, TurnDeg: 1000}}}, "/look/prints/0/turn_deg"},
		{Look{Prints: []Print{{File: "a.png", Panel: "front", WidthCm: 10, XCm: 1e9}}}, "/look/prints/0"},
	} {
		var faults Errors
		c.look.check("/look", &faults)
		c.look.open("/look", dir, &faults)
		err := faults.err()
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%+v is refused: %v", c.look, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), strings.ReplaceAll(strings.Trim(c.want, "/"), "/", "."))):
			t.Errorf("%+v: error %v, want one with %q", c.look, err, c.want)
		case c.want == "" && c.look.Swatch != nil && c.look.Swatch.Image == nil:
			t.Errorf("%+v: the picture is not read", c.look)
		}
	}
}
