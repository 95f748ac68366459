package v1_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// stripes is the picture of a fabric: half red, half white.
func stripes() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.NRGBA{R: 0xe0, A: 0xff}
			if x >= 32 {
				c = color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t *testing.T, img image.Image) string {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asJPEG(t *testing.T, img image.Image) string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// relook sends a picture for a style of its present version.
func (w *world) relook(key, id, method, path, kind, picture string) reply {
	w.Helper()
	version := w.want(200, askFor("GET", "/v1/styles/"+id, key, nil)).header.Get("ETag")
	a := ask{method: method, path: "/v1/styles/" + id + path, token: key, header: map[string]string{"If-Match": version}}
	if kind != "" {
		a.body, a.header["Content-Type"] = picture, kind
	}
	return w.do(a)
}

// front is the front of the style on the mannequin of its size.
func (w *world) front(key, id string) image.Image {
	w.Helper()
	fit := w.fit(key, map[string]any{"style": id, "mannequin": "M"})
	files, _ := fit.object(w)["files"].(map[string]any)
	link, _ := files["M-front.png"].(string)
	img, err := png.Decode(bytes.NewReader(w.want(200, askFor("GET", link, key, nil)).data))
	if err != nil {
		w.Fatalf("%v: %.500s", err, fit.data)
	}
	return img
}

// reds counts the red points of a picture, and how often red begins on the way
// through its rows.
func reds(img image.Image) (points, begins int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		was := false
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, _, _ := img.At(x, y).RGBA()
			is := r > 0x4000 && r > 2*g
			if is {
				points++
			}
			if is && !was {
				begins++
			}
			was = is
		}
	}
	return points, begins
}

// A swatch and a print that were sent by themselves are kept, show in the
// picture of a try-on, the swatch in the size it was sent with, and are gone
// when they are taken away.
func TestSwatchAndPrintShow(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	id := w.style(key, drapedStyle)
	if told := w.want(200, ask{method: "GET", path: "/v1/styles/" + id, token: key, header: map[string]string{"Accept-Language": "de"}}); !strings.Contains(string(told.data), "Schnitt") || strings.Contains(string(told.data), `"german"`) {
		t.Errorf("the notes of the import in German: %s", told.data)
	}
	set := func(path, kind, picture string) {
		t.Helper()
		method := "PUT"
		if kind == "" {
			method = "DELETE"
		}
		if r := w.relook(key, id, method, path, kind, picture); r.status != 202 {
			t.Fatalf("%s %s: %d %s", method, path, r.status, r.data)
		}
		if s := w.imported(key, id); s.str(t, "state") != "done" {
			t.Fatalf("%s: %s", path, s.data)
		}
	}
	set("/swatch?repeat_cm=3", "image/png", asPNG(t, stripes()))
	fine, fineBegins := reds(w.front(key, id))
	set("/swatch?repeat_cm=9", "image/jpeg", asJPEG(t, stripes()))
	wide, wideBegins := reds(w.front(key, id))
	if fine < 10_000 || wide < 10_000 || fineBegins < 2*wideBegins {
		t.Errorf("repeat 3 cm: %d red points, %d stripes; 9 cm: %d and %d", fine, fineBegins, wide, wideBegins)
	}
	set("/swatch", "", "")
	logo := "/prints/logo?panel=front&x_cm=0&y_cm=-18&width_cm=20"
	set(logo, "image/png", asPNG(t, stripes()))
	set(strings.Replace(logo, "=20", "=10", 1), "image/jpeg", asJPEG(t, stripes())) // in the other's place
	printed, _ := reds(w.front(key, id))
	if printed < 200 || printed > fine/10 {
		t.Errorf("with the print alone there are %d red points, with the swatch %d", printed, fine)
	}
	set("/prints/logo", "", "")
	if n, _ := reds(w.front(key, id)); n > 0 {
		t.Errorf("%d red points after all was taken away", n)
	}
}

// What cannot be a fabric's picture is refused at its fault, and the style stays
// as it was; so is who has no business there.
func TestBadLooksAreRefused(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	_, second := w.shop("B")
	id := w.style(key, drapedStyle)
	before := w.want(200, askFor("GET", "/v1/styles/"+id, key, nil))
	good := asPNG(t, stripes())
	palette := image.NewPaletted(image.Rect(0, 0, 16, 16), color.Palette{color.White})
	broken := strings.Replace(asPNG(t, palette), "IDAT", "IDAX", 1)
	huge := []byte(good)
	copy(huge[16:24], "\x00\x00\xff\xff\x00\x00\xff\xff") // the size its header claims
	for name, c := range map[string]struct {
		path, kind, picture string
		status              int
		says                string
	}{
		"no repeat":        {"/swatch", "image/png", good, 422, `"/repeat_cm"`},
		"a wrong repeat":   {"/swatch?repeat_cm=900", "image/png", good, 422, `"/repeat_cm"`},
		"no number":        {"/swatch?repeat_cm=NaN", "image/png", good, 422, `"/repeat_cm"`},
		"a GIF":            {"/swatch?repeat_cm=5", "image/png", "GIF89a" + good, 422, "neither a PNG nor a JPEG"},
		"cut short":        {"/swatch?repeat_cm=5", "image/png", good[:len(good)/2], 422, "damaged"},
		"damaged":          {"/swatch?repeat_cm=5", "image/png", broken, 422, "damaged"},
		"claims too much":  {"/swatch?repeat_cm=5", "image/png", string(huge), 422, "picture"},
		"nothing":          {"/swatch?repeat_cm=5", "image/png", "", 422, "neither"},
		"a page":           {"/swatch?repeat_cm=5", "text/html", good, 415, ""},
		"too heavy":        {"/swatch?repeat_cm=5", "image/png", good + strings.Repeat("x", 10<<20), 413, ""},
		"no such panel":    {"/prints/logo?panel=pocket&x_cm=0&y_cm=0&width_cm=5", "image/png", good, 422, "/look/prints/0/panel"},
		"beside its panel": {"/prints/logo?panel=front&x_cm=0&y_cm=900&width_cm=5", "image/png", good, 422, "beside panel"},
		"no panel":         {"/prints/logo?x_cm=0&y_cm=0&width_cm=5", "image/png", good, 422, `"/panel"`},
		"a path":           {"/prints/..%2f..%2fstyle?panel=front&x_cm=0&y_cm=-18&width_cm=5", "image/png", good, 404, ""},
		"a dot":            {"/prints/a.b?panel=front&x_cm=0&y_cm=-18&width_cm=5", "image/png", good, 404, ""},
	} {
		if r := w.relook(key, id, "PUT", c.path, c.kind, c.picture); r.status != c.status || !strings.Contains(string(r.data), c.says) {
			t.Errorf("%s: %d %s; want %d saying %q", name, r.status, r.data, c.status, c.says)
		}
	}
	put := func(token string, header map[string]string) int {
		header["Content-Type"] = "image/png"
		return w.do(ask{method: "PUT", path: "/v1/styles/" + id + "/swatch?repeat_cm=5", token: token, body: good, header: header}).status
	}
	tag := before.header.Get("ETag")
	if got := put(second, map[string]string{"If-Match": tag}); got != 404 {
		t.Errorf("another shop: %d", got)
	}
	if got := put(w.customer("ada@example.org"), map[string]string{"If-Match": tag}); got != 403 {
		t.Errorf("a customer: %d", got)
	}
	if got := put(key, map[string]string{}); got != 428 {
		t.Errorf("of no version: %d", got)
	}
	if got := put(key, map[string]string{"If-Match": strings.Replace(tag, "-1", "-7", 1)}); got != 412 {
		t.Errorf("of another version: %d", got)
	}
	for _, path := range []string{"/swatch", "/prints/logo"} {
		if r := w.relook(key, id, "DELETE", path, "", ""); r.status != 404 {
			t.Errorf("taking away %s, which is not there: %d", path, r.status)
		}
	}
	if after := w.want(200, askFor("GET", "/v1/styles/"+id, key, nil)); string(after.data) != string(before.data) {
		t.Errorf("the style was %s and is %s", before.data, after.data)
	}
}
