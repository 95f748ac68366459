package drape

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Pleats that are thrown about as fast as cloth may move, and drawn through each
// other by their springs from the first step on, never end a step in each other.
func TestNoStepLeadsThroughCloth(t *testing.T) {
	const n, pleat, step = 16, 0.02, 1e-3
	for seed := range uint64(2) {
		rng := rand.New(rand.NewPCG(seed, 5))
		c := sheet(linen(), n, n, 0.3, 0.3, false, func(u, v float64) r3.Vec {
			fold := math.Abs(math.Mod(u, 2*pleat) - pleat)
			return r3.Vec{X: 0.08 * u, Y: v, Z: fold + 0.0002*rng.Float64()}
		})
		s, err := New(c, Nothing{}, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		d := s.dresser
		for i := range d.vel {
			d.vel[i] = maxSpeed * (2*rng.Float64() - 1)
		}
		ph := phase{dt: step, weight: 1}
		for range 10 {
			d.step(&ph)
			if d.layers.findKnots(d.x); len(d.layers.tangle.list) > 0 {
				t.Fatalf("seed %d: %d crossings after step %d", seed, len(d.layers.tangle.list), d.steps)
			}
		}
		if !d.layers.room.near {
			t.Fatal("the pleats do not come near each other")
		}
	}
}

// Of two sheets on top of each other no vertex goes further than a share of what
// is between them, whatever the speed; as a whole they move freely.
func TestRoomIsAShareOfTheDistance(t *testing.T) {
	const apart, fall = 0.002, 0.1
	x := []float64{0, apart, 0, 0, 0, 0}
	prev := append([]float64(nil), x...)
	for i := 1; i < len(x); i += 3 {
		x[i] -= fall
	}
	x[1] -= 0.01 // and the upper one through the lower
	mean := [3]float64{0, -fall - 0.005, 0}
	free := []float64{roomShare * apart, roomShare * apart}
	keepToRoom(x, prev, free, make([]bool, 2), mean, 0, 2)
	if left := x[1] - x[4]; left < (1-2*roomShare)*apart-1e-12 {
		t.Errorf("the sheets are %g m apart", left)
	}
	if got := (x[1]+x[4])/2 - apart/2; math.Abs(got-mean[1]) > 1e-12 {
		t.Errorf("both fell by %g m; their mean way is %g m", got, mean[1])
	}
}
