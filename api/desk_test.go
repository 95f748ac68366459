package api

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Equal requests at the same time are one run, and all hear its result.
func TestDeskSharesEqualRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](1, 0, time.Minute)
		var runs atomic.Int32
		w := func(context.Context, func(float64, string)) (int, error) {
			time.Sleep(time.Second)
			return int(runs.Add(1)), nil
		}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if got, err := d.do(t.Context(), "same", w, nil); got != 1 || err != nil {
					t.Errorf("got %d, %v; want the one run's 1", got, err)
				}
			})
		}
		all.Wait()
		if runs.Load() != 1 {
			t.Errorf("%d runs for ten equal requests, want 1", runs.Load())
		}
	})
}

// No more than the set number run at once, no more than the set number wait,
// and who comes later is turned away at once.
func TestDeskBoundsRunsAndLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](2, 3, time.Minute)
		var now, most, served, turned atomic.Int32
		w := func(context.Context, func(float64, string)) (int, error) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Second)
			now.Add(-1)
			return 0, nil
		}
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				switch _, err := d.do(t.Context(), string(rune('a'+i)), w, nil); {
				case err == nil:
					served.Add(1)
				case errors.Is(err, errBusy):
					turned.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if most.Load() != 2 || served.Load() != 5 || turned.Load() != 5 {
			t.Errorf("%d at once, %d served, %d turned away; want 2, 5, 5", most.Load(), served.Load(), turned.Load())
		}
		if len(d.runs) != 0 || len(d.line) != 0 || len(d.slots) != 0 {
			t.Error("the desk is not empty after everyone left")
		}
	})
}

// A run goes on while one of its customers waits and is cancelled when the
// last one leaves, who then leaves only after the work has ended.
func TestDeskCancelsForTheLastCustomerOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](1, 1, time.Hour)
		var ended atomic.Bool
		w := func(ctx context.Context, _ func(float64, string)) (int, error) {
			<-ctx.Done()
			time.Sleep(time.Second) // a step that cannot be cut short
			ended.Store(true)
			return 0, ctx.Err()
		}
		first, leaveFirst := context.WithCancel(t.Context())
		second, leaveSecond := context.WithCancel(t.Context())
		left := make(chan error, 2)
		go func() { _, err := d.do(first, "x", w, nil); left <- err }()
		go func() { _, err := d.do(second, "x", w, nil); left <- err }()
		synctest.Wait()

		leaveFirst()
		if err := <-left; !errors.Is(err, context.Canceled) || ended.Load() {
			t.Fatalf("first customer: %v, work ended %v; want cancelled and the work going on", err, ended.Load())
		}
		leaveSecond()
		if err := <-left; !errors.Is(err, context.Canceled) || !ended.Load() {
			t.Fatalf("last customer: %v, work ended %v; want both", err, ended.Load())
		}
	})
}

// A waiting customer who leaves frees the place in line at once.
func TestDeskFreesTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](1, 1, time.Hour)
		hold := make(chan struct{})
		w := func(context.Context, func(float64, string)) (int, error) { <-hold; return 7, nil }
		var all sync.WaitGroup
		all.Go(func() { d.do(t.Context(), "running", w, nil) })
		synctest.Wait()
		ctx, leave := context.WithCancel(t.Context())
		all.Go(func() { d.do(ctx, "waiting", w, nil) })
		synctest.Wait()
		if _, err := d.do(t.Context(), "late", w, nil); !errors.Is(err, errBusy) {
			t.Errorf("a third customer got %v, want errBusy", err)
		}
		leave()
		synctest.Wait()
		all.Go(func() {
			if got, err := d.do(t.Context(), "late", w, nil); got != 7 || err != nil {
				t.Errorf("after the line got shorter: %d, %v; want 7", got, err)
			}
		})
		synctest.Wait()
		close(hold)
		all.Wait()
	})
}

// Time limit, panic and closing each have their own error.
func TestDeskErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](1, 0, time.Minute)
		slow := func(ctx context.Context, _ func(float64, string)) (int, error) { <-ctx.Done(); return 0, ctx.Err() }
		if _, err := d.do(t.Context(), "slow", slow, nil); !errors.Is(err, errTimeLimit) {
			t.Errorf("slow work: %v, want errTimeLimit", err)
		}
		broken := func(context.Context, func(float64, string)) (int, error) { panic("drape: broken") }
		var c *crash
		if _, err := d.do(t.Context(), "broken", broken, nil); !errors.As(err, &c) {
			t.Errorf("panicking work: %v, want a crash", err)
		}
		d.stop()
		if _, err := d.do(t.Context(), "x", slow, nil); !errors.Is(err, errStopping) {
			t.Errorf("after stop: %v, want errStopping", err)
		}
	})
}

// The customer hears the latest news, in order, ending before the result.
func TestDeskTellsProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk[int](1, 0, time.Minute)
		w := func(_ context.Context, tell func(float64, string)) (int, error) {
			for _, f := range []float64{0.25, 0.5, 1} {
				time.Sleep(time.Second)
				tell(f, "draping")
			}
			time.Sleep(time.Second)
			return 0, nil
		}
		var heard []float64
		if _, err := d.do(t.Context(), "x", w, func(n news) { heard = append(heard, n.Done) }); err != nil {
			t.Fatal(err)
		}
		want := []float64{0, 0.25, 0.5, 1}
		if len(heard) != len(want) {
			t.Fatalf("heard %v, want %v", heard, want)
		}
		for i := range want {
			if heard[i] != want[i] {
				t.Fatalf("heard %v, want %v", heard, want)
			}
		}
	})
}
