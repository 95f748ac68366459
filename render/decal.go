package render

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/disintegration/imaging"
	"gonum.org/v1/gonum/spatial/r2"
)

// Decal is a print at one place of the fabric, such as a logo on the chest.
// Its transparent parts show the fabric.
type Decal struct {
	Picture *image.NRGBA
	Centre  r2.Vec  // in the flat fabric, as Object.UV [m]
	Width   float64 // [m]; the height follows from the picture
	Turn    float64 // counter-clockwise from the weft [rad]
	// On says for each triangle whether it may carry the print: panels may lie
	// over each other in the flat.
	On []bool
}

func (d *Decal) validate(triangles int) error {
	if err := checkPicture(d.Picture); err != nil {
		return err
	}
	if !(d.Width > 0 && d.Width <= maxDecal) {
		return fmt.Errorf("width is %g m; limits above 0 to %d", d.Width, maxDecal)
	}
	if len(d.On) != triangles {
		return fmt.Errorf("on has %d entries for %d triangles", len(d.On), triangles)
	}
	for _, x := range []float64{d.Centre.X, d.Centre.Y, d.Turn} {
		if !(math.Abs(x) <= maxReach) {
			return fmt.Errorf("place (%g, %g) m, turn %g; limits ±%d", d.Centre.X, d.Centre.Y, d.Turn, maxReach)
		}
	}
	return nil
}

const maxDecal = 2 // widest print [m]

// checkPicture holds a picture to what a texture can be made of.
func checkPicture(p *image.NRGBA) error {
	if p == nil {
		return fmt.Errorf("picture is missing")
	}
	if w, h := p.Rect.Dx(), p.Rect.Dy(); w < 1 || h < 1 || w > maxSide || h > maxSide {
		return fmt.Errorf("picture is %d x %d px; limits 1 to %d", w, h, maxSide)
	}
	return nil
}

// Place is where a point of the flat fabric lies on the picture: shares of its
// width from the left and of its height from below.
func (d *Decal) Place(p r2.Vec) (x, y float64) {
	u, v := p.X-d.Centre.X, p.Y-d.Centre.Y
	sin, cos := math.Sincos(d.Turn)
	return 0.5 + (u*cos+v*sin)/d.Width, 0.5 + (v*cos-u*sin)/d.Height()
}

// Height of the print [m].
func (d *Decal) Height() float64 {
	return d.Width * float64(d.Picture.Rect.Dy()) / float64(d.Picture.Rect.Dx())
}

// decal is a print made ready for the shader: the flat fabric maps to 0..1 on
// the picture.
type decal struct {
	texture  *texture
	alpha    *texture
	cu, cv   float32 // centre [m]
	ux, vx   float32 // step along the picture's width per metre of fabric
	uy, vy   float32 // and along its height
	perMetre float32 // pictures per metre, for the mip level
	on       []bool
}

// decalSide of a print's texture [px].
const decalSide = 512

func (r *Renderer) decal(d *Decal) decal {
	t := r.pictures[d.Picture]
	if t == nil {
		if len(r.pictures) >= maxPrints {
			clear(r.pictures)
		}
		t = newStamp(d.Picture)
		r.pictures[d.Picture] = t
	}
	high := d.Height()
	sin, cos := math.Sincos(d.Turn)
	return decal{
		texture: t.colour, alpha: t.alpha, cu: float32(d.Centre.X), cv: float32(d.Centre.Y),
		ux: float32(cos / d.Width), vx: float32(sin / d.Width), uy: float32(-sin / high), vy: float32(cos / high),
		perMetre: float32(1 / math.Sqrt(d.Width*high)), on: d.On,
	}
}

// stamp is a picture as two textures: colour and how much it covers.
type stamp struct{ colour, alpha *texture }

// decalMargin is the share of a print's texture left empty on each side, since
// textures tile: from afar an edge would else show on the one across.
const decalMargin = 1.0 / 16

// newStamp makes the textures; the colour is multiplied by the cover, so that
// no edge takes on the colour of what cannot be seen.
func newStamp(p *image.NRGBA) *stamp {
	const inner = int(decalSide * (1 - 2*decalMargin))
	return stampOf(imaging.Resize(p, inner, inner, imaging.CatmullRom), (decalSide-inner)/2)
}

// stampOf makes the textures of a square picture with an empty edge [px].
func stampOf(small *image.NRGBA, edge int) *stamp {
	inner := small.Rect.Dx()
	whole := image.Rect(0, 0, inner+2*edge, inner+2*edge)
	colour, cover := image.NewNRGBA(whole), image.NewNRGBA(whole)
	for y := range inner {
		for x := range inner {
			c := small.NRGBAAt(x, y)
			a := float32(c.A) / 255
			l := linear(c).mul(a)
			colour.SetNRGBA(x+edge, y+edge, color.NRGBA{R: byteSRGB(l.x), G: byteSRGB(l.y), B: byteSRGB(l.z), A: 255})
			b := byteSRGB(a) // the texture takes it for sRGB and undoes it
			cover.SetNRGBA(x+edge, y+edge, color.NRGBA{R: b, G: b, B: b, A: 255})
		}
	}
	return &stamp{newTexture(colour), newTexture(cover)}
}

// over lays the print over the colour of the fabric at (u, v).
func (d *decal) over(c vec, src int, u, v, width float32) vec {
	if !d.on[src] {
		return c
	}
	u, v = u-d.cu, v-d.cv
	x, y := 0.5+u*d.ux+v*d.vx, 0.5+u*d.uy+v*d.vy
	x, y = decalMargin+x*(1-2*decalMargin), decalMargin+y*(1-2*decalMargin)
	if x < 0 || x > 1 || y < 0 || y > 1 {
		return c
	}
	foot := width * d.perMetre
	return c.mul(1 - d.alpha.at(x, y, foot).x).add(d.texture.at(x, y, foot))
}
