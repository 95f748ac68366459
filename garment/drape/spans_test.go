package drape

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Spans left out because none can have got deep since are not deep: the cloth
// goes the same way, bit for bit, as if all were looked at in every step.
func TestSpansNotLookedAtAreNotDeep(t *testing.T) {
	var want []float64
	pushed := 0
	for _, all := range []bool{true, false} {
		// Edges of 10 cm over a ball of 5 cm, which vertices alone let through.
		c := sheet(linen(), 6, 6, 0.5, 0.5, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.24, Y: 0.09, Z: 0.26 - v} })
		s, err := New(c, Sphere{Radius: 0.05}, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		d := s.dresser
		d.spans = newSpans(d.p)
		looked := 0
		for k := range 600 {
			if all {
				clear(d.spans.due[edgeSpan])
				clear(d.spans.due[triangleSpan])
			}
			d.step(&arrival[min(k/200, 2)])
			for b := range d.spans.deep {
				pushed += len(d.spans.deep[b])
			}
			for _, due := range d.spans.due[edgeSpan] {
				if due <= d.spans.way {
					looked++
				}
			}
		}
		if all {
			want = slices.Clone(s.x)
			continue
		}
		if !slices.Equal(s.x, want) {
			t.Error("the cloth went another way than with every span looked at")
		}
		if every := 600 * d.p.ne; looked > every/2 {
			t.Errorf("edges were looked at %d times; every step would be %d", looked, every)
		}
	}
	if pushed == 0 {
		t.Error("no span was ever deep: the test shows nothing")
	}
}
