package drape

import (
	"math"

	"fitroom/geometry/fault"
)

// stall notices a polish that gets nowhere: of garments that do not fit, or are
// held open, the forces stay what they are however many steps are taken.
type stall struct {
	rms, balance float64 // the least unbalanced force that counted as a gain, and the least sum [N]
	steps        int     // since either has fallen
}

const (
	// gain is the share by which a force must fall to count.
	gain = 0.1
	// hopelessSteps without are enough: of two dozen bad starts those that came to
	// rest had 25 at most, the others 370 to 673 of 700; trousers that creep down
	// over the hips and come to rest all the same have over 100.
	hopelessSteps = 250
)

func newStall() stall { return stall{rms: math.Inf(1), balance: math.Inf(1)} }

// hopeless takes note of a step's forces and tells whether to give up.
func (s *stall) hopeless(rms, balance float64) bool {
	s.steps++
	if rms < (1-gain)*s.rms {
		s.rms, s.steps = rms, 0
	}
	if balance < (1-gain)*s.balance {
		s.balance, s.steps = balance, 0
	}
	return s.steps >= hopelessSteps
}

// unrest says what is left of the forces and where most of it.
func (s *Solver) unrest(stalled bool) error {
	o := s.polisher
	worst := 0
	for i, f := range o.size {
		if f > o.size[worst] {
			worst = i
		}
	}
	place, x := s.place(worst), s.x[3*worst:3*worst+3]
	o.sortResidual()
	left := fault.Errorf("unbalanced force %.3g N rms, %.3g N p99, %.3g N in sum after %d Newton steps; at rest means %.3g, %.3g and %.3g N; most of it in %w at (%.2f, %.2f, %.2f) m",
		o.rms, o.p99, o.balance, o.steps, o.tol, 5*o.tol, o.balanceLimit(), place, x[0], x[1], x[2])
	if !stalled {
		return left
	}
	return fault.Errorf("the garment cannot come to rest: its forces have not fallen for %d steps; %w", hopelessSteps, left)
}
