package sew

import (
	"math"
	"testing"
)

// What a leg is longer its hem ends lower; what ends above the floor trails nowhere.
func TestTrailingGrowsWithTheLeg(t *testing.T) {
	f := NewFigure(person())
	at := map[float64]float64{}
	for _, inseam := range []float64{0.6, 0.95, 1.0, 1.1} {
		p := draft(t, "trousers", map[string]float64{"waist_girth": 0.8, "hip_girth": 1.04, "inseam": inseam}, nil)
		cut, err := NewCut(p, []float64{0.02})
		if err != nil {
			t.Fatal(err)
		}
		if hem := f.Trailing(cut); hem != nil {
			at[inseam] = hem.By
		}
	}
	if at[0.6] != 0 {
		t.Errorf("a leg of 60 cm ends %.3f m below the floor", at[0.6])
	}
	for _, c := range [][2]float64{{0.95, 1.0}, {1.0, 1.1}} {
		if d := at[c[1]] - at[c[0]]; at[c[0]] <= 0 || math.Abs(d-(c[1]-c[0])) > 0.005 {
			t.Errorf("legs of %g and %g m end %.3f and %.3f m below the floor", c[0], c[1], at[c[0]], at[c[1]])
		}
	}
}
