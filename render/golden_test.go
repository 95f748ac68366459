package render

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

var update = flag.Bool("update", false, "write the golden pictures anew; look at each before committing")

// Tolerance where the compiler may fuse a product and a sum, as on arm64: a
// vertex may snap to the next sixteenth of a pixel, which changes single samples
// of an outline. Elsewhere pictures are exact to the bit.
const (
	goldenMean  = 0.5 // mean difference of a channel [of 255]
	goldenFar   = 24  // a difference that shows [of 255],
	goldenShare = 0.002
)

// golden is a small picture of everything the renderer knows to do.
type golden struct {
	name  string
	scene Scene
	angle float64
}

// hung is a cloth hanging in folds before the ball, with hem, seam and a rim.
func hung(m Material) Object {
	const n = 28
	o := sheet(n, 0.9)
	o.Material = m
	for i, p := range o.Pos {
		o.Pos[i].Z = 0.55 + 0.05*math.Sin(13*p.X)*(1.2-p.Y)
	}
	hem, seam := Line{Free: true, Stitch: 0.03, Twin: true}, Line{Stitch: 0.008}
	for k := range int32(n + 1) {
		hem.Verts, seam.Verts = append(hem.Verts, k), append(seam.Verts, k*(n+1)+n/2)
	}
	o.Lines = []Line{hem, seam}
	return o
}

func goldens() []golden {
	ink := func(r, g, b uint8) color.NRGBA { return color.NRGBA{R: r, G: g, B: b, A: 255} }
	body := func() Object {
		o := ball(24)
		o.Material = Mannequin()
		return o
	}
	check, lace := Cotton(ink(60, 90, 150)), Cotton(ink(40, 30, 60))
	check.Pattern, check.Repeat, lace.Pattern, lace.Repeat = Check, 0.08, Lace, 0.12
	printed := hung(Jersey(ink(240, 238, 232)))
	mark := image.NewNRGBA(image.Rect(0, 0, 32, 32))
	for i := range 32 * 32 {
		if x, y := float64(i%32)-15.5, float64(i/32)-15.5; math.Hypot(x, y) < 14 {
			mark.SetNRGBA(i%32, i/32, ink(200, 40, 40))
		}
	}
	on := make([]bool, len(printed.Tris))
	for i := range on {
		on[i] = true
	}
	printed.Decals = []Decal{{Picture: mark, Centre: r2.Vec{X: 0.05, Y: 0.55}, Width: 0.3, Turn: 0.4, On: on}}
	heat := hung(Material{})
	heat.Lines, heat.ColorMap = nil, StrainMap()
	for i, p := range heat.Pos {
		heat.Scalar = append(heat.Scalar, 1.2*p.Y)
		if i%97 == 0 {
			heat.Scalar[i] = math.NaN()
		}
	}
	return []golden{
		{"mannequin", Scene{Objects: []Object{body()}}, Front},
		{"check", Scene{Objects: []Object{body(), hung(check)}}, ThreeQuarter},
		{"lace", Scene{Objects: []Object{body(), hung(lace)}}, ThreeQuarter},
		{"denim-inside", Scene{Objects: []Object{hung(Denim())}}, Back},
		{"satin", Scene{Objects: []Object{body(), hung(Silk(ink(170, 40, 70)))}}, Front},
		{"print", Scene{Objects: []Object{body(), printed}, Backdrop: ink(70, 74, 80)}, ThreeQuarter},
		{"strain", Scene{Objects: []Object{body(), heat}}, ThreeQuarter},
	}
}

// exact reports whether this build must give the golden bits: amd64 without
// fused multiply-add, which GOAMD64=v3 brings.
func exact() bool {
	info, ok := debug.ReadBuildInfo()
	if runtime.GOARCH != "amd64" || !ok {
		return false
	}
	for _, s := range info.Settings {
		if s.Key == "GOAMD64" {
			return s.Value == "v1" || s.Value == "v2"
		}
	}
	return true
}

// Small pictures of everything the renderer can do are those that a person has
// looked at.
func TestGolden(t *testing.T) {
	const side = 144
	for _, g := range goldens() {
		t.Run(g.name, func(t *testing.T) {
			got := image.NewNRGBA(image.Rect(0, 0, side, side))
			var r Renderer
			c := Frame(r3.Vec{X: -0.55, Z: -0.5}, r3.Vec{X: 0.55, Y: 1, Z: 0.6}, g.angle, 1)
			if err := r.Draw(got, g.scene, c); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", "golden", g.name+".png")
			if *update {
				writeGolden(t, file, got)
				return
			}
			want := readGolden(t, file)
			if want.Rect != got.Rect {
				t.Fatalf("picture is %v, the golden one %v", got.Rect, want.Rect)
			}
			mean, far := apart(got, want)
			if exact() && mean > 0 || mean > goldenMean || far > goldenShare {
				dir := t.ArtifactDir()
				writeGolden(t, filepath.Join(dir, g.name+"-got.png"), got)
				writeGolden(t, filepath.Join(dir, g.name+"-difference.png"), shownDifference(got, want))
				t.Errorf("mean difference %.3f of 255, %.2f %% of the channels by more than %d (exact: %v); see %s", mean, 100*far, goldenFar, exact(), dir)
			}
		})
	}
}

// A picture that is off is noticed, and what is off can be seen.
func TestGoldenNoticesAPixel(t *testing.T) {
	a := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := range a.Pix {
		a.Pix[i] = 255
	}
	b := image.NewNRGBA(a.Rect)
	copy(b.Pix, a.Pix)
	b.Pix[4*9+1] = 250
	if mean, _ := apart(a, b); mean != 5.0/(3*64) {
		t.Errorf("mean difference %g, want %g", mean, 5.0/(3*64))
	}
	d := shownDifference(a, b)
	if d.NRGBAAt(1, 1) == d.NRGBAAt(2, 2) {
		t.Error("the difference picture does not show the pixel")
	}
}

func apart(a, b *image.NRGBA) (mean, far float64) {
	sum, n := 0, 0
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		if d = max(d, -d); d > goldenFar {
			n++
		}
		sum += d
	}
	all := float64(len(a.Pix) / 4 * 3)
	return float64(sum) / all, float64(n) / all
}

// shownDifference shows, tenfold on grey, how much brighter or darker a is than b.
func shownDifference(a, b *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(a.Rect)
	for i := range a.Pix {
		out.Pix[i] = uint8(max(0, min(255, 128+10*(int(a.Pix[i])-int(b.Pix[i])))))
		if i%4 == 3 {
			out.Pix[i] = 255
		}
	}
	return out
}

func readGolden(t *testing.T, file string) *image.NRGBA {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewNRGBA(img.Bounds())
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, img.At(x, y))
		}
	}
	return out
}

func writeGolden(t *testing.T, file string, img *image.NRGBA) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
