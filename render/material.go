package render

import (
	"fmt"
	"image"
	"image/color"
	"math"
)

// Surface is the fine structure of a material: what the eye makes out between
// a thread and a hand's breadth.
type Surface uint8

const (
	Smooth  Surface = iota // mannequin, leather
	Woven                  // plain weave: cotton, linen
	Knit                   // jersey
	Twill                  // denim, chino
	Satin                  // long floats along the warp
	Brushed                // wool suiting, felted cloth
	Rib                    // ribbed knit: cuffs, collars
	numSurfaces
)

// Pattern is what is printed or woven in.
type Pattern uint8

const (
	Plain  Pattern = iota
	Check          // gingham: two widths of accent crossing
	Stripe         // accent stripes along the warp (the grain)
	Print          // small flowers on a half-drop repeat
	Lace           // flowers in a net with holes between its threads
	numPatterns
)

// Material is the look of a surface. The zero value is a matte light grey.
type Material struct {
	Color   color.NRGBA // ground, sRGB; the zero value means light grey
	Surface Surface
	Pattern Pattern
	Accent  color.NRGBA // of the pattern, sRGB; the zero value means white
	Repeat  float64     // side of one repeat of the pattern [m]; 0 means DefaultRepeat
	// Picture is one repeat of the fabric as a shop photographed or drew it; it
	// replaces colour and pattern. Repeat is its width, the height follows;
	// where it is transparent one sees through the cloth.
	Picture *image.NRGBA
	// Sheen is the soft light along the silhouette that loose fibre ends throw
	// [0..1]; Gloss the strength of the highlight [0..1].
	Sheen, Gloss float64
	// Luster is the shine of long smooth fibres side by side, a band across the
	// warp that wanders over the folds [0..1].
	Luster float64
	// Sheer is the share of light that passes between the threads [0..0.95].
	// Transparent parts of Picture and the holes of Lace add to it.
	Sheer float64
	// Thread is the colour of stitches; the zero value means a darker shade of
	// the cloth.
	Thread color.NRGBA
	// Edge is the thickness shown at free edges [m]; 0 means paper-thin.
	Edge float64
}

// DefaultRepeat of a pattern [m].
const DefaultRepeat = 0.04

// Mannequin is the matte warm light grey of a shop's dummy.
func Mannequin() Material {
	return Material{Color: color.NRGBA{R: 222, G: 212, B: 202, A: 255}, Gloss: 0.15, Sheen: 0.1}
}

// Cotton is a plain-woven cotton of the colour.
func Cotton(c color.NRGBA) Material {
	return Material{Color: c, Surface: Woven, Sheen: 0.35, Gloss: 0.04, Edge: 0.0016}
}

// Jersey is a T-shirt knit of the colour.
func Jersey(c color.NRGBA) Material {
	return Material{Color: c, Surface: Knit, Sheen: 0.45, Gloss: 0.03, Edge: 0.002}
}

// Denim is an indigo twill, sewn with the orange thread of work clothes.
func Denim() Material {
	return Material{Color: color.NRGBA{R: 58, G: 78, B: 112, A: 255}, Surface: Twill, Sheen: 0.25, Gloss: 0.04, Edge: 0.0026,
		Thread: color.NRGBA{R: 196, G: 142, B: 82, A: 255}}
}

// Silk is a satin of the colour.
func Silk(c color.NRGBA) Material {
	return Material{Color: c, Surface: Satin, Sheen: 0.1, Gloss: 0.1, Luster: 0.8, Edge: 0.0015}
}

// Wool is a brushed suiting of the colour.
func Wool(c color.NRGBA) Material {
	return Material{Color: c, Surface: Brushed, Sheen: 0.6, Gloss: 0.02, Edge: 0.002}
}

func (m *Material) validate() error {
	if m.Surface >= numSurfaces {
		return fmt.Errorf("material surface is %d; limits 0 to %d", m.Surface, numSurfaces-1)
	}
	if m.Pattern >= numPatterns {
		return fmt.Errorf("material pattern is %d; limits 0 to %d", m.Pattern, numPatterns-1)
	}
	for _, f := range []struct {
		name   string
		v, max float64
		unit   string
	}{
		{"repeat", m.Repeat, 10, " m"}, {"sheen", m.Sheen, 1, ""}, {"gloss", m.Gloss, 1, ""}, {"edge", m.Edge, 0.02, " m"},
		{"luster", m.Luster, 1, ""}, {"sheer", m.Sheer, 0.95, ""},
	} {
		if !(f.v >= 0 && f.v <= f.max) {
			return fmt.Errorf("material %s is %g%s; limits 0 to %g%s", f.name, f.v, f.unit, f.max, f.unit)
		}
	}
	if m.Repeat > 0 && m.Repeat < 1e-3 {
		return fmt.Errorf("material repeat is %g m; at least 0.001 m, or 0 for the default", m.Repeat)
	}
	if m.Picture != nil {
		return checkPicture(m.Picture)
	}
	return nil
}

// RepeatOrDefault is the width of one repeat [m] and its height.
func (m *Material) RepeatOrDefault() (width, height float64) {
	width = m.Repeat
	if width == 0 {
		width = DefaultRepeat
	}
	if m.Picture == nil {
		return width, width
	}
	return width, width * float64(m.Picture.Rect.Dy()) / float64(m.Picture.Rect.Dx())
}

func colorOr(c, zero color.NRGBA) color.NRGBA {
	if c == (color.NRGBA{}) {
		return zero
	}
	return c
}

// Ground is the colour drawn for Color, its default filled in.
func (m *Material) Ground() color.NRGBA {
	return colorOr(m.Color, color.NRGBA{R: 205, G: 205, B: 205, A: 255})
}

func (m *Material) accent() color.NRGBA {
	return colorOr(m.Accent, color.NRGBA{R: 250, G: 250, B: 250, A: 255})
}

// look is a material made ready for the shader.
type look struct {
	color        vec // linear
	sheen, gloss float32
	luster       float32
	thread       vec      // of stitches, linear
	dyed         bool     // thread has a colour of its own
	pattern      *texture // nil for plain
	holes        *texture // how much of it is cloth; nil for all
	cover        float32  // share of light the threads stop
	weave        *weave   // nil for smooth
	perU, perV   float32  // repeats of the pattern per metre [1/m]
	perMetre     float32  // their geometric mean
	decals       []decal
	heat         bool
	colors       ramp
}

// sheer reports whether something behind may be seen.
func (k *look) sheer() bool { return !k.heat && (k.cover < 1 || k.holes != nil) }

// fromSRGB is the transfer function of IEC 61966-2-1, inverted.
func fromSRGB(x float64) float64 {
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func toSRGB(x float64) float64 {
	if x <= 0.0031308 {
		return x * 12.92
	}
	return 1.055*math.Pow(x, 1/2.4) - 0.055
}

func linear(c color.NRGBA) vec {
	f := func(b uint8) float32 { return float32(fromSRGB(float64(b) / 255)) }
	return vec{f(c.R), f(c.G), f(c.B)}
}
