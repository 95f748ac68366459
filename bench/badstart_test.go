package bench

import (
	"math"
	"testing"

	"fitroom/garment/drape"
)

// However a garment starts, it ends at rest without a fault or says why not, in
// however few steps.
func TestBadStartsEndWellOrSayWhy(t *testing.T) {
	b, err := NewBadStarts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.base.Settings.PolishSteps = 60
	var counts [6]BadCount
	rest := 0
	for _, seed := range []int{1, 2, 3, 4, 5, 7, 9} { // crushed ones take minutes
		s := b.Scene(seed)
		r, err := s.Run(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		r = outline(r)
		c := &counts[seed%len(counts)]
		if c.count(seed, &r); c.Broken > 0 {
			t.Errorf("%s: %v", s.Desc, c.Reasons)
		}
		if r.Status == drape.AtRest {
			rest++
		}
	}
	if rest < 2 {
		t.Errorf("%d of 7 came to rest", rest)
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
