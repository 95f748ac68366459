package drape

import (
	"context"
	"math"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

func smallDrape() *cloth.Cloth {
	return sheet(linen(), 15, 15, 0.5, 0.5, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.25, Y: 0.16, Z: 0.25 - v} })
}

func TestWorkersChangeNoBit(t *testing.T) {
	var first Result
	for i, workers := range []int{1, 2, 3, 4, 8} {
		s, err := New(smallDrape(), Sphere{Radius: 0.15}, Settings{Workers: workers, DressSteps: 300, PolishSteps: 30})
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = r
		}
		if r.Hash != first.Hash || r.Residual != first.Residual || r.Energy != first.Energy {
			t.Errorf("%d workers: hash %x, residual %g; 1 worker: %x, %g", workers, r.Hash, r.Residual, first.Hash, first.Residual)
		}
	}
}

func TestStepsDoNotAllocate(t *testing.T) {
	s, err := New(smallDrape(), Sphere{Radius: 0.15}, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(200, func() { s.dresser.step(&phases[0]) }); n != 0 {
		t.Errorf("a dressing step makes %g allocations", n)
	}
	s.contacts.exact = true
	s.polisher.measure()
	if n := testing.AllocsPerRun(20, func() { s.polisher.step(); s.polisher.measure() }); n != 0 {
		t.Errorf("a polish step makes %g allocations", n)
	}
}

// Faults a caller can make; each must be named, none may crash.
func TestNewRefusesNonsense(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*cloth.Cloth, *Settings)
	}{
		{"no triangles", func(c *cloth.Cloth, _ *Settings) { c.Tris, c.Rest, c.Panel = nil, nil, nil }},
		{"NaN start", func(c *cloth.Cloth, _ *Settings) { c.Start[3].Y = math.NaN() }},
		{"zero-area rest triangle", func(c *cloth.Cloth, _ *Settings) { c.Rest[5][1] = c.Rest[5][0] }},
		{"no stiffness", func(c *cloth.Cloth, _ *Settings) { c.Fabrics[0].Warp = 0 }},
		{"absurd stiffness", func(c *cloth.Cloth, _ *Settings) { c.Fabrics[0].Weft = 1e12 }},
		{"panel out of range", func(c *cloth.Cloth, _ *Settings) { c.Panel[0] = 7 }},
		{"vertex out of range", func(c *cloth.Cloth, _ *Settings) { c.Tris[0][1] = 9999 }},
		{"warm start of another garment", func(_ *cloth.Cloth, s *Settings) { s.Warm = make([]r3.Vec, 3) }},
		{"elastic off the edges", func(c *cloth.Cloth, _ *Settings) {
			c.Bands = []cloth.Band{{Line: cloth.Line{Verts: []int32{0, 7}}, Length: 0.5}}
		}},
		{"elastic that pushes", func(c *cloth.Cloth, _ *Settings) {
			c.Bands = []cloth.Band{{Line: cloth.Line{Verts: []int32{0, 1}}, Length: 1.5}}
		}},
		{"fold at no angle", func(c *cloth.Cloth, _ *Settings) {
			c.Folds = []cloth.Fold{{Line: cloth.Line{Verts: []int32{15, 16}}, Angle: math.NaN()}}
		}},
		{"fold of a vertex that is not there", func(c *cloth.Cloth, _ *Settings) {
			c.Folds = []cloth.Fold{{Line: cloth.Line{Verts: []int32{15, 9999}}}}
		}},
		{"pin out of range", func(_ *cloth.Cloth, s *Settings) { s.Pins = []int32{-1} }},
		{"negative workers", func(_ *cloth.Cloth, s *Settings) { s.Workers = -2 }},
		{"NaN gravity", func(_ *cloth.Cloth, s *Settings) { s.Gravity.X = math.NaN() }},
	} {
		c, set := smallDrape(), Settings{}
		tc.spoil(c, &set)
		if _, err := New(c, Sphere{Radius: 0.1}, set); err == nil {
			t.Errorf("%s: accepted", tc.name)
		} else {
			t.Logf("%s: %v", tc.name, err)
		}
	}
}

// What nothing holds falls off, and the result says so instead of resting.
func TestFallingClothIsDiverged(t *testing.T) {
	s, err := New(smallDrape(), Nothing{}, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != Diverged || r.Reason == "" {
		t.Errorf("status %v, reason %q", r.Status, r.Reason)
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	s, err := New(smallDrape(), Sphere{Radius: 0.1}, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Run(ctx); err == nil {
		t.Error("a cancelled drape returned no error")
	}
}
