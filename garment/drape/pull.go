package drape

import (
	"context"
	"slices"
)

// slidOff is how far the middle of a garment may sink while hands pull it
// straight [m]. Under ten times its weight a knitted top stretches by up to 9 cm;
// the tops whose neckline widened over the shoulders fell by 19 cm and more.
const slidOff = 0.10

// dressPulled dresses what hangs from the shoulders and has hands pull it
// straight. What they would pull off the wearer is left as it was before and
// finds its place by its own weight.
func (s *Solver) dressPulled(ctx context.Context, d *dresser) error {
	if err := s.dressLevel(ctx, d, pulled[:1]); err != nil {
		return err
	}
	before, height := slices.Clone(d.x), meanHeight(d.x)
	if err := s.dressLevel(ctx, d, pulled[1:2]); err != nil {
		return err
	}
	rest := pulled[2:]
	if height-meanHeight(d.x) > slidOff {
		copy(d.x, before)
		clear(d.vel)
		if d.layers != nil {
			d.layers.untangle(d.x)
		}
		rest = arrival[1:]
	}
	return s.dressLevel(ctx, d, rest)
}

// meanHeight of the vertices [m].
func meanHeight(x []float64) float64 {
	sum := 0.0
	for i := 1; i < len(x); i += 3 {
		sum += x[i]
	}
	return sum / float64(max(1, len(x)/3))
}
