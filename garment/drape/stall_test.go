package drape

import "testing"

// Forces that fall, however slowly, are waited for; forces that do not are given
// up after hopelessSteps, whatever they jump about.
func TestStallGivesUpOnlyWhereNothingFalls(t *testing.T) {
	falling := func(from, by float64) func(int) float64 {
		return func(int) float64 { from *= by; return from }
	}
	constant := func(int) float64 { return 1 }
	for _, c := range []struct {
		name         string
		rms, balance func(step int) float64
		last         int // step at which it gives up; 0 for never within 2,000
	}{
		{"both fall", falling(1, 0.99), falling(1, 0.99), 0},
		{"slowly", falling(1, 0.9985), constant, 0},
		{"only the sum falls", constant, falling(1, 0.995), 0},
		{"nothing falls", constant, constant, hopelessSteps + 1},
		{"they jump about", func(k int) float64 { return 1 + float64(k%3) }, func(k int) float64 { return 5 - float64(k%2) }, hopelessSteps + 3},
		{"they fall too slowly to arrive", falling(1, 0.9999), constant, hopelessSteps + 1},
		{"no number", func(int) float64 { return 0 / zero() }, constant, hopelessSteps + 1},
	} {
		s, last := newStall(), 0
		for k := 1; k <= 2000 && last == 0; k++ {
			if s.hopeless(c.rms(k), c.balance(k)) {
				last = k
			}
		}
		if last != c.last {
			t.Errorf("%s: given up at step %d; want %d", c.name, last, c.last)
		}
	}
}

func zero() float64 { return 0 }
