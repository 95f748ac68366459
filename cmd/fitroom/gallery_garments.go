package main

import (
	"context"
	"fmt"
	"image/color"

	"fitroom/assets"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
	"fitroom/render"
)

// drafted is one template as the gallery shows it: made to the measures of one
// of the bundled people, whose bust or chest is 97 and 98 cm.
type drafted struct {
	template, person string
	options          map[string]string
	pom              map[string]float64 // [m]
	fabric           string
	colour           color.NRGBA
}

func draftedGarments() []drafted {
	ink := func(r, g, b uint8) color.NRGBA { return color.NRGBA{R: r, G: g, B: b, A: 0xff} }
	return []drafted{
		{"tee", "woman", map[string]string{"neck": "scoop", "sleeve": "cap", "fit": "slim"}, map[string]float64{"bust_girth": 1.01, "hem": 1.08}, "jersey", ink(0xa0, 0x40, 0x60)},
		{"tank", "woman", nil, map[string]float64{"bust_girth": 0.99, "hem": 1.08}, "jersey", ink(0xb0, 0x48, 0x2f)},
		{"polo", "man", nil, map[string]float64{"chest_girth": 1.08, "neck_girth": 0.425}, "interlock", ink(0x2f, 0x4f, 0x6f)},
		{"shirt", "man", nil, map[string]float64{"chest_girth": 1.12, "neck_girth": 0.41}, "poplin", ink(0xc9, 0xd6, 0xe4)},
		{"hoody", "man", nil, map[string]float64{"chest_girth": 1.16}, "fleece", ink(0x5a, 0x5a, 0x66)},
		{"dress", "woman", map[string]string{"neck": "boat"}, map[string]float64{"bust_girth": 1.03, "waist_girth": 0.87, "hip_girth": 1.10}, "wool suiting", ink(0x30, 0x30, 0x4a)},
		{"dress", "woman", map[string]string{"shape": "a_line"}, map[string]float64{"bust_girth": 1.05, "hem": 1.54}, "viscose", ink(0x40, 0x6a, 0x4a)},
		{"skirt", "woman", map[string]string{"shape": "pencil"}, map[string]float64{"waist_girth": 0.84, "hip_girth": 1.08}, "wool suiting", ink(0x38, 0x38, 0x3c)},
		{"skirt", "woman", map[string]string{"shape": "circle"}, map[string]float64{"waist_girth": 0.84}, "viscose", ink(0x9a, 0x3a, 0x5a)},
		{"leggings", "woman", nil, map[string]float64{"waist_girth": 0.67, "hip_girth": 0.87, "inseam": 0.68}, "leggings knit", ink(0x22, 0x28, 0x33)},
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
		if f.Failed != "" {
			return fmt.Errorf("%s: %s", d.template, f.Failed)
		}
		text := fmt.Sprintf("A %s in %s on the bundled %s, drafted from %d measures: %d vertices, %s, %.1f CPU s, %d crossings.",
			d.template, d.fabric, d.person, len(d.pom), len(f.Drape.Pos), f.Drape.Status, f.Drape.CPU.Seconds(), f.Drape.Crossings)
		objects := []render.Object{
			{Name: "cloth", Pos: f.Drape.Pos, Tris: f.Cloth.Tris, UV: f.Cloth.Rest, Offset: 0.001,
				Material: render.Material{Color: d.colour, Surface: surfaceOf(cloth), Edge: 0.0015}},
			{Name: "body", Pos: o.Body.Mesh.Verts, Tris: o.Body.Mesh.Tris, Material: render.Mannequin()},
		}
		if err := g.draw(fmt.Sprintf("draft-%02d-%s", i+1, d.template), text, objects, render.ThreeQuarter); err != nil {
			return err
		}
	}
	return nil
}

func surfaceOf(f fabric.Fabric) render.Surface {
	if f.IsWoven() {
		return render.Woven
	}
	return render.Knit
}
