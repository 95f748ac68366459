package wearers

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// world makes votes from a known law: style s runs small by shift[s] steps.
func world(n int, shift []float64) []Event {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]Event, n)
	for i := range out {
		e := Event{Style: rng.IntN(len(shift)), Wearer: Unknown, Off: 0.5 * rng.NormFloat64()}
		at := 1.5 * (e.Off + shift[e.Style])
		p := softmax(-2+at, -2-at)
		switch u := rng.Float64(); {
		case u < p[TooSmall]:
			e.Vote = TooSmall
		case u < p[TooSmall]+p[TooLarge]:
			e.Vote = TooLarge
		}
		out[i] = e
	}
	return out
}

// What was put into the votes is found again within its stated error, and a
// style with few reports stays near its chart.
func TestRunsAreFound(t *testing.T) {
	shift := []float64{-0.8, -0.2, 0.6, 0.4} // their mean is what "as charted" is measured from
	m, err := Learn(t.Context(), world(8000, shift), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range shift {
		r, ok := m.Runs(s)
		if !ok || math.Abs(r.Steps-want) > 3*r.SD || r.SD > 0.1 {
			t.Errorf("style %d runs %+v (%v), want %g", s, r, ok, want)
		}
	}
	few, err := Learn(t.Context(), append(world(8000, []float64{0}), Event{Style: 1, Wearer: Unknown, Vote: TooSmall}), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := few.Runs(1); r.Steps <= 0 || r.Steps > 0.5 || r.SD < 0.3 {
		t.Errorf("one report makes a style run %+v; want a little small, and unsure", r)
	}
	if _, ok := few.Runs(2); ok {
		t.Error("a style nobody wore runs somehow")
	}
}

// The model's odds are those of the law the votes came from.
func TestOddsAreCalibrated(t *testing.T) {
	shift := []float64{-0.5, 0.5}
	m, err := Learn(t.Context(), world(20000, shift), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	for s, d := range shift {
		for _, off := range []float64{-0.8, 0, 0.8} {
			at := 1.5 * (off + d)
			want := softmax(-2+at, -2-at)
			got, err := m.Odds(Event{Style: s, Wearer: Unknown, Off: off})
			if err != nil {
				t.Fatal(err)
			}
			if sum := got[0] + got[1] + got[2]; math.Abs(sum-1) > 1e-9 {
				t.Errorf("odds sum to %g", sum)
			}
			for v := range got {
				if math.Abs(got[v]-want[v]) > 0.03 {
					t.Errorf("style %d, off %g: odds %.3f, want %.3f", s, off, got, want)
				}
			}
		}
	}
}

func TestEqualEventsEqualBits(t *testing.T) {
	events := world(500, []float64{0, 0.3})
	a, errA := Learn(t.Context(), events, Defaults())
	b, errB := Learn(t.Context(), events, Defaults())
	if errA != nil || errB != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("the same events give another model (%v, %v)", errA, errB)
	}
}

func TestRefusals(t *testing.T) {
	good := Event{Kinds: []int{1}, More: []float64{0.5}}
	o := Defaults()
	o.Kinds = []int{2}
	for _, c := range []struct {
		want string
		edit func(*Event, *Options)
	}{
		{"style -2", func(e *Event, _ *Options) { e.Style = -2 }},
		{"Off is NaN", func(e *Event, _ *Options) { e.Off = math.NaN() }},
		{"Off is 51", func(e *Event, _ *Options) { e.Off = 51 }},
		{"More[0] is +Inf", func(e *Event, _ *Options) { e.More = []float64{math.Inf(1)} }},
		{"More has 2 numbers", func(e *Event, _ *Options) { e.More = []float64{1, 2} }},
		{"Kinds[0] is 2; limits 0 to 1", func(e *Event, _ *Options) { e.Kinds = []int{2} }},
		{"Kinds has 0 values", func(e *Event, _ *Options) { e.Kinds = nil }},
		{"vote 3", func(e *Event, _ *Options) { e.Vote = 3 }},
		{"HalfLife is 0", func(_ *Event, o *Options) { o.HalfLife = 0 }},
		{"Opposed is 2", func(_ *Event, o *Options) { o.Opposed = 2 }},
		{"Rounds is 0", func(_ *Event, o *Options) { o.Rounds = 0 }},
	} {
		e, p := good, o
		c.edit(&e, &p)
		if _, err := Learn(t.Context(), []Event{good, e}, p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if _, err := Learn(t.Context(), nil, o); err == nil {
		t.Error("no events are learned from")
	}
}
