package render

import (
	"image/color"
	"math"
	"testing"
)

// lab is CIE L*a*b* (D65) of linear sRGB.
func lab(c vec) [3]float64 {
	r, g, b := float64(c.x), float64(c.y), float64(c.z)
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.9505)
	y := f(0.2126*r + 0.7152*g + 0.0722*b)
	z := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func difference(a, b vec) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// Full colour blindness, by Machado, Oliveira and Fernandes 2009, "A
// physiologically-based model for simulation of color vision deficiency",
// severity 1, on linear sRGB.
var visions = []struct {
	name string
	m    [9]float32
}{
	{"normal", [9]float32{1, 0, 0, 0, 1, 0, 0, 0, 1}},
	{"protanopia", [9]float32{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}},
	{"deuteranopia", [9]float32{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}},
	{"tritanopia", [9]float32{1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}},
}

func seenAs(c color.NRGBA, m [9]float32) vec {
	v := linear(c)
	return vec{
		clamp01(m[0]*v.x + m[1]*v.y + m[2]*v.z),
		clamp01(m[3]*v.x + m[4]*v.y + m[5]*v.z),
		clamp01(m[6]*v.x + m[7]*v.y + m[8]*v.z),
	}
}

// allMaps are the built-in ones.
func allMaps() map[string]*ColorMap {
	return map[string]*ColorMap{"gap": GapMap(), "strain": StrainMap(), "pressure": PressureMap(), "tension": TensionMap(), "wrinkles": FoldMap(), "balance": LeanMap()}
}

// The classes of every map, in their middle, and the stops of the scale stay
// apart for people with any colour blindness. A difference of 2.3 is just seen;
// 10 is plain even side by side with other colours.
func TestColorMapsForColorBlind(t *testing.T) {
	const want = 10.0
	for name, m := range allMaps() {
		var shown []color.NRGBA
		for k := range len(m.Limits) + 1 {
			lo, hi := m.span(k)
			shown = append(shown, m.At((lo+hi)/2))
		}
		stops := m.Stops
		if n := len(stops); stops[n-1].Color == stops[n-2].Color { // only ends the scale
			stops = stops[:n-1]
		}
		for _, v := range visions {
			for i := range stops {
				for j := range i {
					if d := difference(seenAs(stops[i].Color, v.m), seenAs(stops[j].Color, v.m)); d < want {
						t.Errorf("%s map, %s: stops %d and %d differ by %.1f, want %.0f", name, v.name, j, i, d, want)
					}
				}
			}
			for i := range shown {
				for j := range i {
					if d := difference(seenAs(shown[i], v.m), seenAs(shown[j], v.m)); d < want {
						t.Errorf("%s map, %s: classes %d and %d differ by %.1f, want %.0f", name, v.name, j+1, i+1, d, want)
					}
				}
			}
		}
	}
}

// A figure's class is that of the field of the legend it is drawn in.
func TestClassesPartTheScale(t *testing.T) {
	for name, m := range allMaps() {
		if len(m.Limits) != 4 || m.validate() != nil {
			t.Fatalf("%s: %d limits, %v", name, len(m.Limits), m.validate())
		}
		for k := range len(m.Limits) + 1 {
			lo, hi := m.span(k)
			if hi <= lo || m.Class(lo) != k || m.Class((lo+hi)/2) != k || k < len(m.Limits) && m.Class(hi) != k+1 {
				t.Errorf("%s: class %d from %g to %g", name, k, lo, hi)
			}
		}
	}
}

func TestColorMapScale(t *testing.T) {
	m := PressureMap()
	for _, c := range []struct {
		pa   float64
		stop int
	}{{-5, 0}, {0, 0}, {399, 0}, {400, 1}, {1299, 1}, {1300, 2}, {2000, 3}, {3299, 3}, {3300, 4}, {1e9, 4}} {
		if got, want := m.At(c.pa), m.Stops[c.stop].Color; got != want {
			t.Errorf("%g Pa is %v, want class %d %v", c.pa, got, c.stop, want)
		}
	}
	g := GapMap()
	if lo, hi := g.Stops[0].At, g.Stops[len(g.Stops)-1].At; lo != -0.002 || hi != 0.060 {
		t.Errorf("gap scale runs %g to %g m, want -0.002 to 0.060", lo, hi)
	}
	for _, s := range g.Stops {
		if got := g.At(s.At); got != s.Color {
			t.Errorf("gap of %g m is %v, want its stop's %v", s.At, got, s.Color)
		}
	}
	if g.At(math.NaN()) != unknownColor() {
		t.Error("an unknown gap is not drawn in the colour for unknown")
	}
}
