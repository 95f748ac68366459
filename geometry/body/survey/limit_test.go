package survey

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/geometry/body"
)

// Two fields that know nothing of each other, as wide as the error is large:
// the limit follows from the normal distribution, by trial of every threshold.
func TestSlipLimitOfPlainFields(t *testing.T) {
	const sd, alarms = 0.05, 0.02
	p := &People{Keys: []body.Key{body.Height, body.Weight}}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200000 {
		p.Rows = append(p.Rows, []float64{math.Exp(sd * rng.NormFloat64()), math.Exp(sd * rng.NormFloat64())})
	}
	got := SlipLimit([]*People{p}, []float64{1.2}, alarms)
	// With one error of one sign in alike fields the best test is near the larger
	// of the two values against a threshold.
	above := func(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
	var at float64
	for 1-math.Pow(1-above(at), 2) > alarms {
		at += 1e-4
	}
	if want := 1 - (1-above(at-math.Log(1.2)/sd))*(1-above(at)); math.Abs(got.Caught-want) > 0.03 {
		t.Errorf("caught %.3f, want about %.3f", got.Caught, want)
	}
}
