package bench

import (
	"runtime"
	"runtime/debug"
	"testing"

	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r3"
)

// live is what the heap holds after a collection [bytes].
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A drape of 10,000 vertices takes at most 120 MB at its peak, garbage
// included, over its cloth and body.
func TestMemoryOfTenThousandVertices(t *testing.T) {
	s := SquareOnSphere(100)
	s.Settings.DressSteps, s.Settings.PolishSteps = 5, 3
	defer debug.SetGCPercent(debug.SetGCPercent(25)) // so that the peak is mostly what is held
	before, peak := live(), uint64(0)
	s.Settings.Progress = func(drape.Progress) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapAlloc)
	}
	r, err := s.Run(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	const limit = 120 << 20
	if used := peak - before; used > limit {
		t.Errorf("%d vertices take %d MB at the peak; %d are allowed", len(r.Pos), used>>20, limit>>20)
	} else {
		t.Logf("%d vertices: %d MB", len(r.Pos), used>>20)
	}
}

// One drape after another leaves nothing behind.
func TestMemoryIsFlatOverDrapes(t *testing.T) {
	s := SquareOnSphere(12)
	side := r3.Vec{X: 0.6, Y: 0.6, Z: 0.6}
	field, err := drape.Bake(s.Collider, r3.Scale(-1, side), side)
	if err != nil {
		t.Fatal(err)
	}
	s.Collider, s.Settings.DressSteps, s.Settings.PolishSteps = field, 10, 2
	run := func() {
		if _, err := s.Run(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	run()
	first := live()
	goroutines := runtime.NumGoroutine()
	for range 100 {
		run()
	}
	if last := live(); last > first+256<<10 {
		t.Errorf("after 100 drapes the heap holds %d kB more", (last-first)>>10)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("after 100 drapes %d goroutines are left over", n-goroutines)
	}
}
