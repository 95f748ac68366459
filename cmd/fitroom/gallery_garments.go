package main

import (
	"context"
	"fmt"
	"image"
	"math"
	"time"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
)

// drafted is one template as the gallery shows it: made to the measures of one
// of the bundled people, whose bust or chest is 97 and 98 cm.
type drafted struct {
	template, person string
	options          map[string]string
	pom              map[string]float64 // [m]
	fabric           string
	look             wire.Look
}

// near is the height of a close-up, as a share of the garment's own.
func (d *drafted) near() (height float64, ok bool) {
	switch {
	case d.template == "shirt":
		return 0.9, true
	case d.template == "trousers":
		return 0.95, true
	case d.look.Weave == "lace":
		return 0.8, true
	}
	return 0, false
}

func draftedGarments() []drafted {
	ink := func(r, g, b uint8) wire.Look { return wire.Look{Colour: fmt.Sprintf("#%02x%02x%02x", r, g, b)} }
	woven := func(l wire.Look, weave, second string, repeat float64) wire.Look {
		l.Weave, l.Second, l.RepeatCm = weave, second, repeat
		return l
	}
	return []drafted{
		{"tee", "woman", map[string]string{"neck": "scoop", "sleeve": "cap", "fit": "slim"}, map[string]float64{"bust_girth": 1.01, "hem": 1.08}, "jersey", ink(0xa0, 0x40, 0x60)},
		{"tank", "woman", nil, map[string]float64{"bust_girth": 0.99, "hem": 1.08}, "jersey", ink(0xb0, 0x48, 0x2f)},
		{"polo", "man", nil, map[string]float64{"chest_girth": 1.08, "neck_girth": 0.425}, "interlock", ink(0x2f, 0x4f, 0x6f)},
		{"shirt", "man", nil, map[string]float64{"chest_girth": 1.12, "neck_girth": 0.41}, "poplin", woven(ink(0x6f, 0x93, 0xc2), "check", "#ffffff", 1.6)},
		{"hoody", "man", nil, map[string]float64{"chest_girth": 1.16}, "fleece", ink(0x5a, 0x5a, 0x66)},
		{"dress", "woman", map[string]string{"neck": "boat"}, map[string]float64{"bust_girth": 1.03, "waist_girth": 0.87, "hip_girth": 1.10}, "wool suiting", ink(0x30, 0x30, 0x4a)},
		{"dress", "woman", map[string]string{"shape": "a_line"}, map[string]float64{"bust_girth": 1.05, "hem": 1.54}, "viscose", woven(ink(0x40, 0x6a, 0x4a), "print", "#e8dfb0", 5)},
		{"skirt", "woman", map[string]string{"shape": "pencil"}, map[string]float64{"waist_girth": 0.84, "hip_girth": 1.08}, "wool suiting", ink(0x38, 0x38, 0x3c)},
		{"skirt", "woman", map[string]string{"shape": "circle"}, map[string]float64{"waist_girth": 0.84}, "silk", ink(0x9a, 0x3a, 0x5a)},
		{"leggings", "woman", nil, map[string]float64{"waist_girth": 0.67, "hip_girth": 0.87, "inseam": 0.68}, "leggings knit", ink(0x22, 0x28, 0x33)},
		{"tank", "woman", nil, map[string]float64{"bust_girth": 1.02, "hem": 1.12}, "poplin", woven(ink(0x30, 0x28, 0x40), "lace", "", 6)},
		{"trousers", "man", nil, map[string]float64{"waist_girth": 0.87, "hip_girth": 1.07, "inseam": 0.78}, "denim", ink(0x33, 0x4a, 0x70)},
		{"shorts", "man", nil, map[string]float64{"waist_girth": 0.87, "hip_girth": 1.07}, "twill", ink(0xb0, 0x9a, 0x70)},
	}
}

// garments drapes the templates that no bundled style shows.
func (g *gallery) garments(ctx context.Context) error {
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		return err
	}
	for i, d := range draftedGarments() {
		m, _, err := demoPerson(assets.Demo(), d.person)
		if err != nil {
			return err
		}
		p, err := spec.Draft(d.template, d.pom, d.options)
		if err != nil {
			return err
		}
		cloth, _ := fabric.Preset(d.fabric)
		style := &tryon.Style{
			Style:    fit.Style{ID: d.template, Kind: d.template, Population: body.Unspecified, Sizes: []string{tryon.OneSize}, Fabric: cloth},
			Patterns: map[string]*pattern.Pattern{tryon.OneSize: p},
		}
		o, err := room.Try(ctx, tryon.Request{Body: m, Style: style})
		if err != nil {
			return err
		}
		f := o.Fittings[0]
		if f.Failed != nil {
			return fmt.Errorf("%s: %w", d.template, f.Failed)
		}
		text := fmt.Sprintf("A %s in %s on the bundled %s, drafted from %d measures: %d vertices, %s, %.1f CPU s, %d crossings.",
			d.template, d.fabric, d.person, len(d.pom), len(f.Drape.Pos), f.Drape.Status, f.Drape.CPU.Seconds(), f.Drape.Crossings)
		garment, err := album.Garment(&f, &d.look)
		if err != nil {
			return err
		}
		lo, hi := album.Frame(o)
		body := render.Object{Name: "body", Pos: o.Body.Mesh.Verts, Tris: o.Body.Mesh.Tris, Material: render.Mannequin()}
		name, scene := fmt.Sprintf("draft-%02d-%s", i+1, d.template), render.Scene{Objects: []render.Object{body, garment}}
		if err := g.sides(name, text, scene, lo, hi); err != nil {
			return err
		}
		if height, ok := d.near(); ok {
			if err := g.near(name+"-near", "The "+d.template+" from near by.", scene, height); err != nil {
				return err
			}
		}
	}
	return nil
}

// sides draws a dressed body from the front, the side and behind, framed as the
// pictures of a fitting are, and writes its front for other programs to draw.
func (g *gallery) sides(name, text string, s render.Scene, lo, hi r3.Vec) error {
	const width, height = 540, 720 // [px] of one view
	sheet := image.NewNRGBA(image.Rect(0, 0, 3*width, height))
	var took time.Duration
	for i, angle := range []float64{render.Front, render.SideLeft - 0.4, render.Back} {
		c := render.Frame(lo, hi, angle, float64(width)/height)
		view := sheet.SubImage(image.Rect(i*width, 0, (i+1)*width, height)).(*image.NRGBA)
		began := time.Now()
		if err := g.renderer.Draw(view, s, c); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		took = time.Since(began)
		if i == 0 {
			if err := g.peer(name, s, c, width, height); err != nil {
				return err
			}
		}
	}
	text += fmt.Sprintf(" The last view took %d ms.", took.Milliseconds())
	if err := g.write(name, text, sheet); err != nil {
		return err
	}
	g.plates[len(g.plates)-1].Peer = "peers/" + name + ".png"
	return nil
}

// near draws what is seen in the middle of a garment's front at a height given
// as a share of its own: weave, stitches, edges and the grain of the shadows.
func (g *gallery) near(name, text string, s render.Scene, height float64) error {
	const side, wide = 900, 0.14 // [px], opening angle [rad]
	cloth := s.Objects[1].Pos
	lo, hi := geometry.Bounds(cloth)
	y := lo.Y + height*(hi.Y-lo.Y)
	target := r3.Vec{X: (lo.X + hi.X) / 2, Y: y, Z: lo.Z}
	for _, p := range cloth {
		if math.Abs(p.Y-y) < 0.02 && math.Abs(p.X-target.X) < 0.05 {
			target.Z = max(target.Z, p.Z)
		}
	}
	c := render.Camera{Eye: r3.Add(target, r3.Vec{X: 0.5, Y: 0.35, Z: 2}), Target: target, FOV: wide}
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	if err := g.renderer.Draw(img, s, c); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return g.write(name, text, img)
}
