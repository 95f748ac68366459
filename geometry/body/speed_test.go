package body

import (
	"math"
	"testing"
)

// A step of the fit allocates nothing once its buffers have grown.
func TestStepsDoNotAllocate(t *testing.T) {
	m := openModel(t)
	for _, who := range []Population{Women, Men, Unspecified} {
		p := m.who[who]
		_, targets := p.plan(&Measurements{Population: who, Values: map[Key]Measurement{Height: {Value: 1.7}, Weight: {Value: 70}}})
		f := newFitter(p.space, p.ruler, targets)
		f.evaluate(&f.now, f.c, 1, math.Inf(1))
		damp := 0.0
		step := func() {
			f.steps = 0 // the gradient of the weight is renewed in every step
			f.normal(1)
			f.promised()
			f.advance(math.Inf(1), 1, &damp)
		}
		step()
		if n := testing.AllocsPerRun(3, step); n > 0 {
			t.Errorf("%s: a step makes %g allocations", who, n)
		}
	}
}

// reference is a fixed piece of arithmetic of about a millisecond: times of the
// fit are compared with its time in the same run.
func reference(a []float64, n int) float64 {
	var s float64
	for i := range n {
		for j := range n {
			s += dot(a[i*n:(i+1)*n], a[j*n:(j+1)*n])
		}
	}
	return s
}

func BenchmarkReference(b *testing.B) {
	const n = 128
	a := make([]float64, n*n)
	for i := range a {
		a[i] = math.Sin(float64(i))
	}
	for b.Loop() {
		reference(a, n)
	}
}

// BenchmarkMeasure25 measures the first 25 items of the model.
func BenchmarkMeasure25(b *testing.B) {
	m := openModel(b)
	p := m.who[Women]
	pr := probe{ruler: p.ruler}
	pr.set(p.space.mean)
	b.ReportAllocs()
	for b.Loop() {
		for _, k := range Keys()[:25] {
			pr.measure(k, false)
		}
	}
}
