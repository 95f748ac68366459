package main

import (
	"context"
	"math"
	"runtime"
	"slices"
	"time"

	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"

	"gonum.org/v1/gonum/mat"
)

// speed is what one core does. Times of a shared machine wander; the reference
// runs in between, so that ratios can be compared between machines.
type speed struct {
	Open      time.Duration
	Bodies    int
	Fit       []time.Duration // sorted
	Tape      []time.Duration // all items of the public tape, sorted
	Reference time.Duration   // median of a product of two 256 x 256 matrices
	BodyBytes float64         // kept per body
}

func (s *study) measureSpeed(ctx context.Context, opened time.Duration) speed {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const bodies = 40
	v := speed{Open: opened, Bodies: bodies}
	a := mat.NewDense(256, 256, nil)
	for i := range 256 {
		for j := range 256 {
			a.Set(i, j, math.Sin(float64(i*j)))
		}
	}
	var ref []time.Duration
	var kept []*body.Body
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range bodies {
		t0 := time.Now()
		var c mat.Dense
		c.Mul(a, a)
		ref = append(ref, time.Since(t0))

		people := s.people.Soldiers[survey.Sexes()[i%2]]
		in := people.Together(i * len(people.Rows) / bodies)
		t1 := time.Now()
		b, err := s.model.Fit(ctx, in)
		if err != nil {
			continue // the table of given measures counts these
		}
		t2 := time.Now()
		if _, err := b.Judge(); err != nil {
			continue
		}
		v.Fit, v.Tape = append(v.Fit, t2.Sub(t1)), append(v.Tape, time.Since(t2))
		kept = append(kept, b)
		s.tell("speed", i+1, bodies)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(kept) > 0 {
		v.BodyBytes = (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / float64(len(kept))
	}
	runtime.KeepAlive(kept)
	slices.Sort(ref)
	slices.Sort(v.Fit)
	slices.Sort(v.Tape)
	v.Reference = ref[len(ref)/2]
	return v
}

func at(d []time.Duration, q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[int(math.Ceil(q*float64(len(d)-1)))]
}
