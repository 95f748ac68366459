package fit

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Stated probability is observed frequency: bodies spread evenly over a chart
// are measured with noise; of all answers that give a size the probability p,
// the share p must be right.
func TestStatedProbabilityIsObserved(t *testing.T) {
	s := trousers()
	s.POM = nil
	rng := rand.New(rand.NewPCG(11, 1))
	const n, sigma = 4000, .012
	var stated, seen, count [21]float64
	for range n {
		// Waist and hip vary together with a spread of half a size; the range
		// leaves room to the chart's ends, where a prior would matter.
		waist := .66 + .12*rng.Float64()
		hip := waist + .26 + .05*(rng.Float64()-.5)
		truth, _ := mustAdvise(t, woman(waist, hip, 1e-9), s, Options{Draws: 1})
		a, _ := mustAdvise(t, woman(waist+sigma*rng.NormFloat64(), hip+sigma*rng.NormFloat64(), sigma), s, Options{Draws: 256})
		if truth.Outcome == RefuseOutcome || a.Outcome == RefuseOutcome {
			continue
		}
		for _, size := range s.Sizes {
			p := a.Share[size]
			k := int(math.Round(p * 20))
			stated[k] += p
			count[k]++
			if truth.Ranked[0] == size {
				seen[k]++
			}
		}
	}
	ece, total := 0.0, 0.0
	for k := range count {
		ece += math.Abs(stated[k] - seen[k])
		total += count[k]
	}
	ece /= total
	t.Logf("expected calibration error %.4f over %g statements", ece, total)
	if ece > .02 {
		t.Errorf("expected calibration error %.4f, want at most 0.02", ece)
	}
}
