package fit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// A straight cut and a bow keep their length, a zigzag over level folds loses
// what the folds add.
func TestSmoothingTakesOutFoldsAndLeavesBows(t *testing.T) {
	curve := func(f func(t float64) r2.Vec) []r2.Vec {
		var out []r2.Vec
		for k := range 101 {
			out = append(out, f(float64(k)/100))
		}
		return out
	}
	for _, c := range []struct {
		name      string
		line      []r2.Vec
		want, tol float64
	}{
		{"straight", curve(func(t float64) r2.Vec { return r2.Vec{X: .5 * t} }), .5, 1e-9},
		{"a half circle of 20 cm radius", curve(func(t float64) r2.Vec {
			return r2.Vec{X: .2 * math.Cos(math.Pi*t), Y: .2 * math.Sin(math.Pi*t)}
		}), .2 * math.Pi, .009},
		{"folds 1 cm high, 6 cm apart", curve(func(t float64) r2.Vec {
			return r2.Vec{X: .5 * t, Y: .01 * math.Sin(2*math.Pi*t*.5/.06)}
		}), .5, .03},
		{"shorter than the window", curve(func(t float64) r2.Vec { return r2.Vec{X: .02 * t} }), .02, 1e-9},
		{"no length", []r2.Vec{{X: 1}, {X: 1}}, 0, 0},
	} {
		if got := smoothLength(c.line); math.Abs(got-c.want) > c.tol*c.want {
			t.Errorf("%s: %.4f m, want %.4f", c.name, got, c.want)
		}
	}
}
