package api

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

var (
	errBusy      = errors.New("api: the waiting line is full")
	errStopping  = errors.New("api: the server is stopping")
	errTimeLimit = errors.New("api: the fitting took longer than its time limit")
)

// news is how far a fitting has come.
type news struct {
	Done  float64 // fraction of the whole
	Stage string  // what is being done; "waiting" while in line
}

// waiting is the stage of a fitting that has not begun.
const waiting = "waiting"

// desk lets a few fittings run at once and a few more wait. Customers with
// equal requests share one run; a run that the last customer has left is
// cancelled, and that customer stays until it has ended, so that no work goes
// on behind the desk's back.
type desk[T any] struct {
	slots chan struct{} // capacity: fittings at once
	line  chan struct{} // capacity: fittings at once and waiting
	limit time.Duration // of one fitting, from its turn on

	mu       sync.Mutex
	runs     map[string]*run[T]
	stopping bool
}

// run is one fitting at the desk.
type run[T any] struct {
	cancel    context.CancelFunc
	customers int           // guarded by desk.mu
	done      chan struct{} // closed when result and err stand
	result    T
	err       error

	mu      sync.Mutex
	last    news
	changed chan struct{} // closed and renewed with every news
}

func newDesk[T any](atOnce, waiting int, limit time.Duration) *desk[T] {
	return &desk[T]{
		slots: make(chan struct{}, atOnce),
		line:  make(chan struct{}, atOnce+waiting),
		limit: limit,
		runs:  map[string]*run[T]{},
	}
}

// work does one fitting and tells how far it has come.
type work[T any] func(ctx context.Context, tell func(done float64, stage string)) (T, error)

// do runs the work under the given name, or joins the run that already does.
// hear, if set, is called from this goroutine with each news.
func (d *desk[T]) do(ctx context.Context, name string, w work[T], hear func(news)) (T, error) {
	r, err := d.join(name, w)
	if err != nil {
		var none T
		return none, err
	}
	for {
		last, changed := r.latest()
		if hear != nil {
			hear(last)
		}
		select {
		case <-r.done:
			d.leave(name, r)
			return r.result, r.err
		case <-ctx.Done():
			if d.leave(name, r) {
				<-r.done
			}
			var none T
			return none, context.Cause(ctx)
		case <-changed:
		}
	}
}

// join finds or starts the run of that name and counts one customer more.
func (d *desk[T]) join(name string, w work[T]) (*run[T], error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopping {
		return nil, errStopping
	}
	if r, ok := d.runs[name]; ok {
		r.customers++
		return r, nil
	}
	select {
	case d.line <- struct{}{}:
	default:
		return nil, errBusy
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &run[T]{
		cancel: cancel, customers: 1, done: make(chan struct{}),
		last: news{Stage: waiting}, changed: make(chan struct{}),
	}
	d.runs[name] = r
	go d.serve(ctx, name, r, w)
	return r, nil
}

// leave counts one customer less and tells whether that was the last one of
// an unfinished run, which is then cancelled and no longer to be joined.
func (d *desk[T]) leave(name string, r *run[T]) (last bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r.customers--
	if r.customers > 0 {
		return false
	}
	r.cancel()
	if d.runs[name] == r {
		delete(d.runs, name)
	}
	return true
}

// serve waits for the run's turn and does the work.
func (d *desk[T]) serve(ctx context.Context, name string, r *run[T], w work[T]) {
	defer func() {
		<-d.line
		d.mu.Lock()
		if d.runs[name] == r {
			delete(d.runs, name)
		}
		d.mu.Unlock()
		close(r.done)
	}()
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		r.err = ctx.Err()
		return
	}
	ctx, cancel := context.WithTimeoutCause(ctx, d.limit, errTimeLimit)
	defer cancel()
	r.result, r.err = guarded(ctx, w, r.tell)
	if r.err != nil && errors.Is(context.Cause(ctx), errTimeLimit) {
		r.err = errTimeLimit
	}
}

// crash is a panic of the work, carried to the customer's goroutine as an
// error so that one bad fitting cannot end the server.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string { return fmt.Sprintf("api: panic in a fitting: %T", c.value) }

func guarded[T any](ctx context.Context, w work[T], tell func(float64, string)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &crash{p, debug.Stack()}
		}
	}()
	return w(ctx, tell)
}

func (r *run[T]) tell(done float64, stage string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = news{done, stage}
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *run[T]) latest() (news, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last, r.changed
}

// stop lets no further customer join; runs at the desk go on.
func (d *desk[T]) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stopping = true
}
