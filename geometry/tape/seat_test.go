package tape

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// barrel is a round trunk whose radius at height y is rad(y), in rings 2 mm
// apart from 0.7 to 1.2 m, with crotch and navel marked.
func barrel(rad func(y float64) float64) *ruler {
	const rings, round = 250, 48
	m := &geometry.Mesh{}
	for i := range rings + 1 {
		y := 0.7 + 0.002*float64(i)
		for j := range round {
			s, c := math.Sincos(2 * math.Pi * float64(j) / round)
			m.Verts = append(m.Verts, r3.Vec{X: rad(y) * c, Y: y, Z: rad(y) * s})
		}
	}
	for i := range rings {
		for j := range round {
			a, b := int32(i*round+j), int32(i*round+(j+1)%round)
			m.Tris = append(m.Tris, geometry.Tri{a, a + round, b}, geometry.Tri{b, a + round, b + round})
		}
	}
	s := trunkOf(m)
	s.Marks = map[Mark]r3.Vec{Crotch: {Y: 0.8}, Navel: {Y: 1.05}}
	return newRuler(s)
}

// On a round seat the level is that of its rearmost height; on a flat one it
// is the middle, and stays there when the skin is rough by a tenth of a
// millimetre; of two bulges equally far behind it is between.
func TestSeatLevel(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	round := func(y float64) float64 { return 0.15 - (y-0.87)*(y-0.87)/0.3 }
	flat := func(y float64) float64 { return 0.15 - max(0, math.Abs(y-0.88)-0.02)/2 }
	for _, c := range []struct {
		name      string
		rad       func(y float64) float64
		want, tol float64
	}{
		{"round", round, 0.87, 0.0002},
		{"flat", flat, 0.88, 0.0002},
		{"flat and rough", func(y float64) float64 { return flat(y) + 0.0001*(rng.Float64()-0.5) }, 0.88, 0.002},
		{"two bulges", func(y float64) float64 { return 0.15 - math.Abs(math.Abs(y-0.88)-0.03)/5 }, 0.88, 0.0002},
	} {
		if got := barrel(c.rad).seat(); !(math.Abs(got-c.want) <= c.tol) {
			t.Errorf("%s: level %.4f, want %.4f", c.name, got, c.want)
		}
	}
}
