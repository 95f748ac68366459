package body

import (
	"context"
	"math"
	"os"
	"slices"
	"testing"
	"time"
)

// A step of the fit allocates nothing once its buffers have grown.
func TestStepsDoNotAllocate(t *testing.T) {
	m := openModel(t)
	for _, who := range []Population{Women, Men, Unspecified} {
		p, _ := m.population(who)
		f := p.fitter(who, p.prior.table(&Measurements{Population: who, Values: map[Key]Measurement{Height: {Value: 1.7}, Weight: {Value: 70}}}))
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

const referenceSize = 128

func referenceMatrix() []float64 {
	a := make([]float64, referenceSize*referenceSize)
	for i := range a {
		a[i] = math.Sin(float64(i))
	}
	return a
}

func BenchmarkReference(b *testing.B) {
	a := referenceMatrix()
	for b.Loop() {
		reference(a, referenceSize)
	}
}

// BenchmarkInReferences says how many of the reference a fit to eight values,
// measuring 25 items and opening the model take, in turn in one run, the fastest of
// each: what load on the machine spoils least.
func BenchmarkInReferences(b *testing.B) {
	m, a := openModel(b), referenceMatrix()
	p, _ := m.population(Women)
	pr := probe{ruler: p.ruler}
	pr.set(p.space.mean)
	in := Measurements{Population: Women, Values: map[Key]Measurement{
		Height: {Value: 1.68}, Weight: {Value: 64}, NeckGirth: {Value: 0.335}, BustGirth: {Value: 0.92},
		UnderbustGirth: {Value: 0.78}, WaistGirth: {Value: 0.74}, HipGirth: {Value: 0.99}, Inseam: {Value: 0.77}}}
	works := []struct {
		unit string
		do   func() error
	}{
		{"fit-refs", func() error { _, err := m.Fit(context.Background(), in); return err }},
		{"measure25-refs", func() error {
			for _, k := range Keys()[:25] {
				pr.measure(k, false)
			}
			return nil
		}},
		{"open-refs", func() error { _, err := Open(os.DirFS("../../assets")); return err }},
	}
	times := make([][]float64, len(works)+1)
	took := func(k int, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		times[k] = append(times[k], float64(time.Since(began)))
	}
	for b.Loop() {
		took(0, func() error { reference(a, referenceSize); return nil })
		for k, w := range works {
			took(k+1, w.do)
		}
	}
	unit := slices.Min(times[0])
	b.ReportMetric(unit/1e6, "ref-ms")
	for k, w := range works {
		b.ReportMetric(slices.Min(times[k+1])/unit, w.unit)
	}
}

// BenchmarkMeasure25 measures the first 25 items of the model.
func BenchmarkMeasure25(b *testing.B) {
	m := openModel(b)
	p, _ := m.population(Women)
	pr := probe{ruler: p.ruler}
	pr.set(p.space.mean)
	b.ReportAllocs()
	for b.Loop() {
		for _, k := range Keys()[:25] {
			pr.measure(k, false)
		}
	}
}
