package gl

import (
	"image"
	"image/color"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// built is the drawing program, compiled once.
var built = sync.OnceValues(func() (string, string) {
	dir, err := os.MkdirTemp("", "fitroom-gl-")
	if err != nil {
		return "", err.Error()
	}
	if _, err := exec.LookPath("cc"); err != nil {
		return "", "no C compiler"
	}
	include, err := filepath.Abs("include")
	if err != nil {
		return "", err.Error()
	}
	bin := filepath.Join(dir, "fitroom-gl")
	cmd := exec.Command("go", "build", "-tags", "g3n", "-o", bin, "fitroom/cmd/fitroom-gl")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "CGO_CFLAGS=-O2 -I"+include)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", string(out)
	}
	return bin, ""
})

// cardDrawer draws by the real child, on whatever driver there is; the test is
// skipped where there is none.
func cardDrawer(t *testing.T) *Drawer {
	t.Helper()
	bin, fault := built()
	if fault == "no C compiler" {
		t.Skip("the drawing program cannot be built here: no C compiler")
	}
	if fault != "" {
		t.Fatalf("the drawing program does not build: %s", fault)
	}
	d := &Drawer{Command: []string{bin}}
	var why error
	d.Log = func(err error) { why = err }
	if !d.ready() {
		if strings.Contains(why.Error(), "no EGL") || strings.Contains(why.Error(), "no display") {
			t.Skipf("%v (Debian: libegl1 libgl1)", why)
		}
		t.Fatal(why)
	}
	d.child.limit = 3 * time.Minute // llvmpipe on a machine that does much else
	d.Log = func(err error) { t.Logf("child: %v", err) }
	t.Cleanup(func() { d.Close() })
	return d
}

// ball of radius 0.35 m on the floor.
func ball(n int) render.Object {
	o := render.Object{Name: "ball", Material: render.Mannequin()}
	for j := 0; j <= n; j++ {
		for i := range 2 * n {
			a, b := math.Pi*float64(j)/float64(n), math.Pi*float64(i)/float64(n)
			o.Pos = append(o.Pos, r3.Vec{X: 0.35 * math.Sin(a) * math.Sin(b), Y: 0.35 + 0.35*math.Cos(a), Z: 0.35 * math.Sin(a) * math.Cos(b)})
		}
	}
	for j := range n {
		for i := range 2 * n {
			k := func(j, i int) int32 { return int32(j*2*n + i%(2*n)) }
			o.Tris = append(o.Tris, geometry.Tri{k(j, i), k(j+1, i), k(j, i+1)}, geometry.Tri{k(j, i+1), k(j+1, i), k(j+1, i+1)})
		}
	}
	return o
}

// folds is a hanging cloth before the ball, with a seam, a hem and a dart.
func folds(m render.Material) render.Object {
	const n, wide, high = 40, 1.0, 0.9
	o := render.Object{Name: "cloth", Material: m}
	for j := range n + 1 {
		for i := range n + 1 {
			x, y := wide*(float64(i)/n-0.5), high*float64(j)/n
			o.Pos = append(o.Pos, r3.Vec{X: x, Y: 0.05 + y, Z: 0.5 + 0.05*math.Sin(14*x)*(1.1-y)})
		}
	}
	for j := range int32(n) {
		for i := range int32(n) {
			a := j*(n+1) + i
			for _, t := range [2][3]int32{{a, a + 1, a + n + 2}, {a, a + n + 2, a + n + 1}} {
				o.Tris = append(o.Tris, t)
				var c [3]r2.Vec
				for k, v := range t {
					c[k] = r2.Vec{X: o.Pos[v].X, Y: o.Pos[v].Y}
				}
				o.UV = append(o.UV, c)
			}
		}
	}
	hem, seam := render.Line{Free: true, Stitch: 0.018, Twin: true}, render.Line{Stitch: 0.006}
	for k := range int32(n + 1) {
		hem.Verts, seam.Verts = append(hem.Verts, k), append(seam.Verts, k*(n+1)+n/2)
	}
	o.Lines = []render.Line{hem, seam}
	return o
}

// logo is a ring with transparent corners.
func logo() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 96, 64))
	for y := range 64 {
		for x := range 96 {
			if r := math.Hypot(float64(x)-48, float64(y)-32); r < 30 && r > 14 {
				img.SetNRGBA(x, y, color.NRGBA{R: 250, G: 210, B: 40, A: 255})
			}
		}
	}
	return img
}

func parityScenes() map[string]render.Scene {
	check := render.Cotton(color.NRGBA{R: 50, G: 90, B: 140, A: 255})
	check.Pattern = render.Check
	lace := render.Cotton(color.NRGBA{R: 60, G: 30, B: 60, A: 255})
	lace.Pattern = render.Lace
	printed := folds(render.Jersey(color.NRGBA{R: 30, G: 34, B: 44, A: 255}))
	on := make([]bool, len(printed.Tris))
	for i := range on {
		on[i] = true
	}
	printed.Decals = []render.Decal{{Picture: logo(), Centre: r2.Vec{X: 0.1, Y: 0.6}, Width: 0.3, Turn: 0.2, On: on}}
	heat := folds(render.Material{})
	heat.Lines, heat.ColorMap = nil, render.GapMap()
	for _, p := range heat.Pos {
		heat.Scalar = append(heat.Scalar, 0.05*(p.Y+p.X))
	}
	return map[string]render.Scene{
		"mannequin alone":    {Objects: []render.Object{ball(32)}},
		"checked cotton":     {Objects: []render.Object{ball(32), folds(check)}},
		"printed jersey":     {Objects: []render.Object{ball(32), printed}},
		"denim":              {Objects: []render.Object{ball(32), folds(render.Denim())}},
		"satin":              {Objects: []render.Object{ball(32), folds(render.Silk(color.NRGBA{R: 170, G: 40, B: 70, A: 255}))}},
		"lace over the body": {Objects: []render.Object{ball(32), folds(lace)}},
		"map of the room":    {Objects: []render.Object{ball(32), heat}},
	}
}

// Both drawers show the same: colours within 3 of 255 on average, silhouettes
// that overlap by 99.5 %.
func TestParity(t *testing.T) {
	d := cardDrawer(t)
	device, _ := d.Device()
	for name, s := range parityScenes() {
		t.Run(name, func(t *testing.T) {
			c := render.Frame(r3.Vec{X: -0.5, Z: -0.35}, r3.Vec{X: 0.5, Y: 1, Z: 0.55}, render.ThreeQuarter, 1)
			l, err := Compare(d, &render.Renderer{}, s, c, 360, 360)
			if err != nil {
				t.Fatal(err)
			}
			if d.child == nil {
				t.Fatal("the child did not draw")
			}
			t.Logf("%s: %v", device, l)
			if !l.Within() {
				t.Errorf("%v; limits %d and %g", l, maxDifference, minOverlap)
				keep(t, d, s, c)
			}
		})
	}
}

// keep writes both pictures where a person can look at them.
func keep(t *testing.T, d render.Drawer, s render.Scene, c render.Camera) {
	dir := t.ArtifactDir()
	for name, by := range map[string]render.Drawer{"soft": &render.Renderer{}, "card": d} {
		img := image.NewNRGBA(image.Rect(0, 0, 360, 360))
		if err := by.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(dir, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := render.WritePNG(f, img); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	t.Logf("pictures under %s", dir)
}
