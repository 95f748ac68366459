package bench

import (
	"math"
	"testing"
)

// However a garment starts, it ends at rest without a fault or says why not, in
// however few steps.
func TestBadStartsEndWellOrSayWhy(t *testing.T) {
	b, err := NewBadStarts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.base.Settings.PolishSteps = 150
	var runs []BadRun
	for seed := range 8 {
		r, err := b.Run(t.Context(), seed)
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, r)
	}
	counts := CountBad(runs)
	for _, c := range counts {
		if c.Broken > 0 {
			t.Errorf("%s: %v", c.Kind, c.Reasons)
		}
	}
	if all := counts[len(counts)-1]; all.Rest < 4 || all.CPU95 > 10 {
		t.Errorf("%d of %d came to rest, the slowest in %.1f CPU s: %+v", all.Rest, all.Runs, all.CPU95, counts)
	}
}

// The same seed is the same start, another is another.
func TestBadStartsRepeat(t *testing.T) {
	b, err := NewBadStarts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for seed := range len(BadKinds()) {
		one, two, other := b.Scene(seed), b.Scene(seed), b.Scene(seed+len(BadKinds()))
		moved := 0.0
		for i, p := range one.Cloth.Start {
			if p != two.Cloth.Start[i] {
				t.Fatalf("seed %d: vertex %d differs", seed, i)
			}
			q := other.Cloth.Start[i]
			moved += math.Abs(p.X-q.X) + math.Abs(p.Y-q.Y) + math.Abs(p.Z-q.Z)
		}
		if moved == 0 && one.Cloth.Rest[0] == other.Cloth.Rest[0] {
			t.Errorf("%s: two seeds, one start", one.Desc)
		}
	}
}
