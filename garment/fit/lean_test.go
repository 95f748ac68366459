package fit

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Cloth cut at an angle leans by that angle all round, to the same side for one
// who walks round it; upright cloth is straight, sleeves and level cloth have no
// lean; mirrored cloth leans to the other side.
func TestLeanIsTheAngleOfTheCut(t *testing.T) {
	for _, grain := range []float64{-.3, -.05, 0, .1, .4} {
		for _, mirror := range []float64{1, -1} {
			c, r := stretched(0, grain, swatch(), tube{0, .14, .14, .80, 1.37, 60, 30, false})
			pos := make([]r3.Vec, len(r.Pos))
			for i, p := range r.Pos {
				p.X *= mirror
				pos[i] = p
			}
			if mirror < 0 { // turned so that the outer side stays outside
				for i, v := range c.Tris {
					c.Tris[i][1], c.Tris[i][2] = v[2], v[1]
					c.Rest[i][1], c.Rest[i][2] = c.Rest[i][2], c.Rest[i][1]
				}
			}
			lean := make([]float64, len(pos))
			LeanMap(lean, c, pos)
			mean := 0.0
			for _, a := range lean {
				mean += a / float64(len(lean))
				if math.Abs(math.Abs(a)-math.Abs(grain)) > .02 {
					t.Fatalf("grain %g: lean %g", grain, a)
				}
			}
			// The tube's flat cloth is drawn as seen from inside; mirrored it is seen
			// from outside. Turned counter-clockwise and worn upright, its warp leans
			// the other way: the low end to the left.
			if want := mirror * grain; math.Abs(mean-want) > .01 {
				t.Errorf("grain %g: mean lean %g, want %g", grain, mean, want)
			}
			c.Panels[0].Role = "sleeve"
			LeanMap(lean, c, pos)
			if !math.IsNaN(lean[0]) {
				t.Error("a sleeve leans")
			}
		}
	}
}

// The figures of a balance, in words of both languages; what it lacks is left out.
func TestBalanceInWords(t *testing.T) {
	n := math.NaN()
	b := Balance{SideSeam: [2]float64{.008, -.0061}, ShoulderSeam: [2]float64{n, n}, HemTilt: .012, HemLean: -.001, GrainFront: 1.25 * math.Pi / 180, GrainBack: n}
	for lang, want := range map[string][]string{
		"de": {"Seitennähte vor der Körperseite: links 8 mm, rechts -6 mm", "Saum: vorn 12 mm höher als hinten, links -1 mm höher als rechts"},
		"en": {"Side seams before the side of the body: left 8 mm, right -6 mm", "Hem: front 12 mm higher than back, left -1 mm higher than right"},
	} {
		if got := b.Words(lang); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
