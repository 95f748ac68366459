package album

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/cloth"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
)

// defaultColour of a garment whose style names none: a quiet blue.
var defaultColour = color.NRGBA{R: 0x5b, G: 0x7c, B: 0x99, A: 0xff}

// material turns the look of a style into a surface to draw.
func material(look *wire.Look, fabric string) (render.Material, error) {
	if look == nil {
		look = &wire.Look{}
	}
	ground, err := colour(look.Colour, defaultColour)
	if err != nil {
		return render.Material{}, fmt.Errorf("look.colour: %w", err)
	}
	accent, err := colour(look.Second, color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff})
	if err != nil {
		return render.Material{}, fmt.Errorf("look.second: %w", err)
	}
	m := surface(fabric, ground)
	m.Sheer = look.Sheer
	m.Accent, m.Repeat = accent, look.RepeatCm/100
	if look.Swatch != nil {
		m.Picture = look.Swatch.Image
		if look.Weave != "lace" { // whose holes one sees through
			m.Picture = onGround(m.Picture, ground)
		}
	}
	switch look.Weave {
	case "", "plain":
	case "check":
		m.Pattern = render.Check
	case "stripe":
		m.Pattern = render.Stripe
	case "print":
		m.Pattern = render.Print
	case "lace":
		m.Pattern = render.Lace
	default:
		return m, fmt.Errorf("look.weave: is %q; it must be plain, check, stripe, print or lace", look.Weave)
	}
	return m, nil
}

// onGround fills what is transparent in a swatch with the colour of the fabric.
func onGround(swatch *image.NRGBA, ground color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(swatch.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, swatch, swatch.Rect.Min, draw.Over)
	return out
}

// decals places the prints of a look on the panels of a cloth.
func decals(prints []wire.Print, c *cloth.Cloth) ([]render.Decal, error) {
	var out []render.Decal
	for i := range prints {
		p := &prints[i]
		at := slices.IndexFunc(c.Panels, func(q cloth.Panel) bool { return q.Name == p.Panel })
		if at < 0 {
			return nil, fmt.Errorf("look.prints %d: the pattern has no panel %q; it has %s", i, p.Panel, panelNames(c))
		}
		d := render.Decal{
			Picture: p.Image, Centre: r2.Vec{X: p.XCm / 100, Y: p.YCm / 100},
			Width: p.WidthCm / 100, Turn: p.TurnDeg * math.Pi / 180, On: make([]bool, len(c.Tris)),
		}
		lo, hi := r2.Vec{X: math.Inf(1), Y: math.Inf(1)}, r2.Vec{X: math.Inf(-1), Y: math.Inf(-1)}
		for t, panel := range c.Panel {
			if int(panel) != at {
				continue
			}
			d.On[t] = true
			for _, q := range c.Rest[t] {
				lo = r2.Vec{X: min(lo.X, q.X), Y: min(lo.Y, q.Y)}
				hi = r2.Vec{X: max(hi.X, q.X), Y: max(hi.Y, q.Y)}
			}
		}
		if q := d.Centre; q.X < lo.X || q.X > hi.X || q.Y < lo.Y || q.Y > hi.Y {
			return nil, fmt.Errorf("look.prints %d: its centre (%g, %g) cm lies beside panel %q, which reaches from (%.1f, %.1f) to (%.1f, %.1f) cm",
				i, p.XCm, p.YCm, p.Panel, 100*lo.X, 100*lo.Y, 100*hi.X, 100*hi.Y)
		}
		out = append(out, d)
	}
	return out, nil
}

func panelNames(c *cloth.Cloth) string {
	var names []string
	for _, p := range c.Panels {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// surface chooses the fine structure and the shine that go with a fabric preset.
func surface(fabric string, ground color.NRGBA) render.Material {
	switch strings.ReplaceAll(fabric, "_", " ") {
	case "silk":
		return render.Silk(ground)
	case "viscose":
		m := render.Cotton(ground)
		m.Luster, m.Sheen = 0.25, 0.2
		return m
	case "wool suiting":
		return render.Wool(ground)
	case "jersey", "stretch jersey", "interlock", "unknown knit":
		return render.Jersey(ground)
	case "leggings knit":
		m := render.Jersey(ground)
		m.Luster, m.Sheen = 0.2, 0.25
		return m
	case "rib":
		m := render.Jersey(ground)
		m.Surface = render.Rib
		return m
	case "fleece":
		m := render.Jersey(ground)
		m.Sheen = 0.7
		return m
	case "denim", "stretch denim":
		m := render.Denim()
		m.Color = ground
		return m
	case "twill":
		m := render.Cotton(ground)
		m.Surface = render.Twill
		return m
	}
	return render.Cotton(ground)
}

// colour reads #rrggbb.
func colour(s string, fallback color.NRGBA) (color.NRGBA, error) {
	if s == "" {
		return fallback, nil
	}
	hex, ok := strings.CutPrefix(s, "#")
	v, err := strconv.ParseUint(hex, 16, 32)
	if !ok || len(hex) != 6 || err != nil {
		return fallback, fmt.Errorf("%q is not a colour; write #rrggbb", s)
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}, nil
}
