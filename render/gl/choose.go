package gl

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Names of --renderer.
const (
	Auto = "auto" // the card, if there is a real one and it passes the comparison
	Soft = "soft" // the processor
	Card = "gl"   // the child, whatever it computes on
)

// Program is the drawing program that belongs to a binary: it lies beside it.
func Program() []string {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{filepath.Join(filepath.Dir(exe), "fitroom-gl")}
}

// Choose returns the drawer of a name and says what it is. Only Card fails
// where there is none; Auto then means the processor. Close ends it.
func Choose(name string, command []string, log func(error)) (d *Drawer, what string, err error) {
	d = &Drawer{Command: command, Log: log}
	switch name {
	case Soft:
		d.failed = maxChildren
		return d, "processor", nil
	case Auto, Card:
	default:
		return nil, "", fmt.Errorf("renderer is %q; it must be %s, %s or %s", name, Auto, Soft, Card)
	}
	why := d.trial(name == Auto)
	if why == nil {
		device, _ := d.Device()
		return d, device, nil
	}
	d.Close()
	if name == Card {
		return nil, "", why
	}
	d.failed = maxChildren
	return d, fmt.Sprintf("processor (%v)", why), nil
}

// trial starts the child and, where it must be real, holds it to that and to
// the other renderer's picture.
func (d *Drawer) trial(real bool) error {
	if real && !cardPresent() {
		return errors.New("no graphics card")
	}
	var fault error
	log := d.Log
	d.Log = func(err error) { fault = err }
	defer func() { d.Log = log }()
	if !d.ready() {
		return fault
	}
	if _, is := d.Device(); real && !is {
		return fmt.Errorf("%s computes on the processor, where the renderer of this program is faster", d.child.hello.Device)
	}
	s, c := trialScene()
	l, err := Compare(d, &render.Renderer{}, s, c, 256, 256)
	switch {
	case err != nil:
		return err
	case fault != nil:
		return fault
	case !l.Within():
		return fmt.Errorf("the card draws another picture: %v", l)
	}
	return nil
}

// cardPresent looks for what drivers of cards put under /dev, which spares a host
// without one the start of a child.
func cardPresent() bool {
	for _, name := range []string{"/dev/dri/renderD*", "/dev/nvidiactl"} {
		if found, _ := filepath.Glob(name); len(found) > 0 { // the pattern is well formed
			return true
		}
	}
	return false
}

// trialScene is a checked roll of cloth with a hem on a floor: it shows normals,
// textures, shadow and stitches.
func trialScene() (render.Scene, render.Camera) {
	const n, radius, high = 48, 0.25, 1.0
	o := render.Object{Name: "roll", Material: render.Cotton(color.NRGBA{R: 150, G: 60, B: 70, A: 255})}
	o.Material.Pattern = render.Check
	hem := render.Line{Free: true, Stitch: 0.018}
	for j := range n + 1 {
		for i := range n + 1 {
			a := 1.8 * math.Pi * float64(i) / n
			o.Pos = append(o.Pos, r3.Vec{X: radius * math.Sin(a), Y: high * float64(j) / n, Z: radius * math.Cos(a)})
		}
	}
	uv := func(v int32) r2.Vec {
		return r2.Vec{X: 1.8 * math.Pi * radius * float64(v%(n+1)) / n, Y: high * float64(v/(n+1)) / n}
	}
	for j := range int32(n) {
		hem.Verts = append(hem.Verts, j)
		for i := range int32(n) {
			a := j*(n+1) + i
			b, c, d := a+1, a+n+2, a+n+1
			for _, t := range [2][3]int32{{a, b, c}, {a, c, d}} {
				o.Tris = append(o.Tris, geometry.Tri(t))
				o.UV = append(o.UV, [3]r2.Vec{uv(t[0]), uv(t[1]), uv(t[2])})
			}
		}
	}
	o.Lines = []render.Line{hem}
	lo, hi := geometry.Bounds(o.Pos)
	return render.Scene{Objects: []render.Object{o}}, render.Frame(lo, hi, render.ThreeQuarter, 1)
}
