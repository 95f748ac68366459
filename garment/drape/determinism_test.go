package drape

import (
	"context"
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
