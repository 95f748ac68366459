package render

import (
	"errors"
	"fmt"
	"image/color"
	"math"
)

// ColorMap gives colours to figures on a fixed scale, so that two pictures can
// be compared. All built-in maps run along blue-orange or light-dark, which
// people with any form of colour blindness tell apart.
type ColorMap struct {
	Stops []Stop // by rising At
	// Stepped maps keep each stop's colour up to the next stop; the others
	// blend in linear light.
	Stepped bool
	Ticks   []Tick // of the legend
	// Limits are the borders of the classes a figure is told by, rising and
	// inside of the scale; none means that the map has no classes.
	Limits []Tick
}

// Stop is a colour at a figure.
type Stop struct {
	At    float64
	Color color.NRGBA // sRGB
}

// Tick is a number written on the legend.
type Tick struct {
	At   float64
	Text string
}

// GapMap is for the gap between cloth and skin [m], -2 to +60 mm. Dark violet
// says the cloth would have to be inside the body, orange that it lies on the
// skin, blue that it stands off.
func GapMap() *ColorMap {
	return newMap(false,
		[]Stop{
			{At: -0.002, Color: color.NRGBA{R: 88, G: 24, B: 69, A: 255}},
			{At: -0.0002, Color: color.NRGBA{R: 150, G: 45, B: 50, A: 255}},
			{At: 0.002, Color: color.NRGBA{R: 214, G: 110, B: 30, A: 255}},
			{At: 0.012, Color: color.NRGBA{R: 246, G: 190, B: 100, A: 255}},
			{At: 0.025, Color: color.NRGBA{R: 240, G: 233, B: 214, A: 255}},
			{At: 0.040, Color: color.NRGBA{R: 130, G: 178, B: 216, A: 255}},
			{At: 0.060, Color: color.NRGBA{R: 28, G: 84, B: 150, A: 255}},
		},
		[]Tick{{0, "0"}, {0.01, "10"}, {0.02, "20"}, {0.03, "30"}, {0.04, "40"}, {0.05, "50"}, {0.06, "60"}},
		[]Tick{{0.002, "2"}, {0.012, "12"}, {0.025, "25"}, {0.040, "40"}})
}

// StrainMap is for strain as a share of the usable strain [1], 0 to 100 %.
func StrainMap() *ColorMap {
	return newMap(false,
		[]Stop{
			{At: 0, Color: color.NRGBA{R: 216, G: 229, B: 240, A: 255}},
			{At: 0.25, Color: color.NRGBA{R: 240, G: 226, B: 178, A: 255}},
			{At: 0.5, Color: color.NRGBA{R: 240, G: 172, B: 78, A: 255}},
			{At: 0.75, Color: color.NRGBA{R: 198, G: 92, B: 32, A: 255}},
			{At: 1, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
			{At: 1.25, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
		},
		[]Tick{{0, "0"}, {0.25, "25"}, {0.5, "50"}, {0.75, "75"}, {1, "100"}},
		[]Tick{{0.25, "25"}, {0.5, "50"}, {0.75, "75"}, {1, "100"}})
}

// PressureMap is for the pressure of cloth on skin [Pa], in the classes whose
// limits are 0.4, 1.3, 2.0 and 3.3 kPa.
func PressureMap() *ColorMap {
	return newMap(true,
		[]Stop{
			{At: 0, Color: color.NRGBA{R: 222, G: 232, B: 240, A: 255}},
			{At: 400, Color: color.NRGBA{R: 140, G: 184, B: 222, A: 255}},
			{At: 1300, Color: color.NRGBA{R: 244, G: 196, B: 96, A: 255}},
			{At: 2000, Color: color.NRGBA{R: 205, G: 102, B: 30, A: 255}},
			{At: 3300, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
			{At: 4400, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
		},
		[]Tick{{0, "0"}, {400, "0.4"}, {1300, "1.3"}, {2000, "2.0"}, {3300, "3.3"}},
		[]Tick{{400, "0.4"}, {1300, "1.3"}, {2000, "2.0"}, {3300, "3.3"}})
}

// TensionMap is for the force in the cloth [N/m], in the classes whose limits
// are 5, 25, 100 and 250: its own weight, held, taut, at the limit of a
// waistband.
func TensionMap() *ColorMap {
	return newMap(true,
		[]Stop{
			{At: 0, Color: color.NRGBA{R: 222, G: 232, B: 240, A: 255}},
			{At: 5, Color: color.NRGBA{R: 140, G: 184, B: 222, A: 255}},
			{At: 25, Color: color.NRGBA{R: 246, G: 222, B: 160, A: 255}},
			{At: 100, Color: color.NRGBA{R: 205, G: 102, B: 30, A: 255}},
			{At: 250, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
			{At: 300, Color: color.NRGBA{R: 92, G: 22, B: 30, A: 255}},
		},
		[]Tick{{5, "5"}, {25, "25"}, {100, "100"}, {250, "250"}},
		[]Tick{{5, "5"}, {25, "25"}, {100, "100"}, {250, "250"}})
}

// FoldMap is for the curvature of cloth [1/m]: orange crests, blue hollows. A
// trunk has 5, a limb 20, a sharp fold 60.
func FoldMap() *ColorMap {
	return newMap(false,
		[]Stop{
			{At: -60, Color: color.NRGBA{R: 28, G: 84, B: 150, A: 255}},
			{At: -25, Color: color.NRGBA{R: 130, G: 178, B: 216, A: 255}},
			{At: 0, Color: color.NRGBA{R: 240, G: 236, B: 228, A: 255}},
			{At: 25, Color: color.NRGBA{R: 246, G: 190, B: 100, A: 255}},
			{At: 60, Color: color.NRGBA{R: 150, G: 60, B: 20, A: 255}},
		},
		[]Tick{{-60, "-60"}, {-25, "-25"}, {0, "0"}, {25, "25"}, {60, "60"}},
		[]Tick{{-25, "-25"}, {-8, "-8"}, {25, "25"}, {40, "40"}})
}

// LeanMap is for the angle of the grain against plumb [rad], -15 to +15 degrees:
// orange to one side, blue to the other, straight in between.
func LeanMap() *ColorMap {
	const degree = math.Pi / 180
	return newMap(false,
		[]Stop{
			{At: -15 * degree, Color: color.NRGBA{R: 28, G: 84, B: 150, A: 255}},
			{At: -8 * degree, Color: color.NRGBA{R: 130, G: 178, B: 216, A: 255}},
			{At: -3 * degree, Color: color.NRGBA{R: 222, G: 230, B: 234, A: 255}},
			{At: 3 * degree, Color: color.NRGBA{R: 244, G: 232, B: 208, A: 255}},
			{At: 8 * degree, Color: color.NRGBA{R: 246, G: 190, B: 100, A: 255}},
			{At: 15 * degree, Color: color.NRGBA{R: 170, G: 76, B: 20, A: 255}},
		},
		[]Tick{{-15 * degree, "-15"}, {-8 * degree, "-8"}, {-3 * degree, "-3"}, {3 * degree, "3"}, {8 * degree, "8"}, {15 * degree, "15"}},
		[]Tick{{-8 * degree, "-8"}, {-3 * degree, "-3"}, {3 * degree, "3"}, {8 * degree, "8"}})
}

func newMap(stepped bool, stops []Stop, ticks, limits []Tick) *ColorMap {
	return &ColorMap{Stops: stops, Stepped: stepped, Ticks: ticks, Limits: limits}
}

// Class is the number of the class a figure falls in, from 0; a figure on a
// border belongs to the class above.
func (m *ColorMap) Class(x float64) int {
	k := 0
	for k < len(m.Limits) && x >= m.Limits[k].At {
		k++
	}
	return k
}

// span of a class on the scale, cut to its ends.
func (m *ColorMap) span(class int) (lo, hi float64) {
	lo, hi = m.Stops[0].At, m.Stops[len(m.Stops)-1].At
	if class > 0 {
		lo = max(lo, m.Limits[class-1].At)
	}
	if class < len(m.Limits) {
		hi = min(hi, m.Limits[class].At)
	}
	return lo, max(hi, lo)
}

func (m *ColorMap) validate() error {
	if len(m.Stops) < 2 || len(m.Stops) > maxStops {
		return fmt.Errorf("colour map has %d stops; limits 2 to %d", len(m.Stops), maxStops)
	}
	for i, s := range m.Stops {
		if math.IsNaN(s.At) || math.IsInf(s.At, 0) {
			return fmt.Errorf("colour map stop %d is at %g; it must be finite", i, s.At)
		}
		if i > 0 && s.At <= m.Stops[i-1].At {
			return errors.New("colour map stops must rise")
		}
	}
	for i, l := range m.Limits {
		if math.IsNaN(l.At) || i > 0 && l.At <= m.Limits[i-1].At {
			return errors.New("colour map limits must rise")
		}
	}
	return nil
}

// unknownColor is drawn where the scalar is NaN: a grey that no map holds.
func unknownColor() color.NRGBA { return color.NRGBA{R: 150, G: 150, B: 150, A: 255} }

// At returns the colour of a figure; outside the scale that of its end.
func (m *ColorMap) At(x float64) color.NRGBA {
	if math.IsNaN(x) {
		return unknownColor()
	}
	var r ramp
	r.set(m)
	c := r.at(float32(x))
	return color.NRGBA{R: byteSRGB(c.x), G: byteSRGB(c.y), B: byteSRGB(c.z), A: 255}
}

// maxStops bounds a colour map, so that a ramp needs no memory of its own.
const maxStops = 16

// ramp is a colour map made ready for the shader.
type ramp struct {
	n       int
	stepped bool
	from    [maxStops]float32
	color   [maxStops]vec // linear
	unknown vec
}

func (r *ramp) set(m *ColorMap) {
	r.n, r.stepped, r.unknown = len(m.Stops), m.Stepped, linear(unknownColor())
	for i, s := range m.Stops {
		r.from[i], r.color[i] = float32(s.At), linear(s.Color)
	}
}

func (r *ramp) at(x float32) vec { return r.within(r.span(x), x) }

// span is the number of the last stop at or below a figure, 0 below all.
func (r *ramp) span(x float32) int {
	k := 0
	for k+1 < r.n && x >= r.from[k+1] {
		k++
	}
	return k
}

func (r *ramp) within(k int, x float32) vec {
	if r.stepped || k+1 == r.n || x <= r.from[k] {
		return r.color[k]
	}
	return r.color[k].lerp(r.color[k+1], (x-r.from[k])/(r.from[k+1]-r.from[k]))
}

// over returns the mean colour of x-width/2 to x+width/2, so that the steps of
// a stepped map have smooth borders on the picture.
func (r *ramp) over(x, width float32) vec {
	// Between two stops the colour runs straight, so the mean is in the middle.
	if k := r.span(x - width/2); k == r.span(x+width/2) && x-width/2 >= r.from[0] {
		return r.within(k, x)
	}
	const n = 4
	var c vec
	for k := range n {
		c = c.addMul(r.at(x+width*((float32(k)+0.5)/n-0.5)), 1.0/n)
	}
	return c
}
