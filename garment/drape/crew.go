package drape

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// crew runs loops in fixed blocks on a few goroutines. Which worker takes
// which block is chance; since blocks write disjoint ranges and sums are kept
// per block, chance never reaches a result.
//
// A drape is thousands of loops of some ten microseconds each, a tenth of what
// it takes to put a thread to sleep and wake it. So helpers that have nothing to
// do watch the counter of blocks for a while before they sleep, and nobody waits
// for a helper that comes late: a loop is over when its blocks are done,
// whoever did them.
type crew struct {
	task func(block int)
	next atomic.Int32 // the block to be taken next; from blockCount on there is none
	done atomic.Int32 // blocks finished of this loop

	helpers []*helper
	caller  helper // where the goroutine that calls do waits for the last block
	spins   int
	gone    sync.WaitGroup
	over    atomic.Bool
}

// helper is a goroutine that may sleep.
type helper struct {
	asleep atomic.Bool
	wake   chan struct{}
}

// blockCount is fixed: it decides the order of every sum, so it must depend
// on nothing a user can set. Sixteen keeps eight workers busy.
const blockCount = 16

// patience is how often a worker looks for work before it sleeps: some hundred
// microseconds, longer than most serial stretches between two loops.
const patience = 50_000

// span is the range of n items that block b covers.
func span(b, n int) (lo, hi int) { return b * n / blockCount, (b + 1) * n / blockCount }

// spanOf is the like of items from to to.
func spanOf(b, from, to int) (lo, hi int) {
	lo, hi = span(b, to-from)
	return from + lo, from + hi
}

// hire starts the helpers; cpu receives what each has used when dismissed.
func (c *crew) hire(workers int, cpu *cpuTotal) {
	c.helpers = c.helpers[:0]
	c.next.Store(blockCount)
	c.over.Store(false)
	c.caller.wake = make(chan struct{}, 1)
	// Where not all can run at once, watching would keep others from working.
	if c.spins = patience; workers > runtime.GOMAXPROCS(0) {
		c.spins = 0
	}
	for range min(workers, blockCount) - 1 {
		h := &helper{wake: make(chan struct{}, 1)}
		c.helpers = append(c.helpers, h)
		c.gone.Add(1)
		go func() {
			defer c.gone.Done()
			stop := cpu.measure()
			defer stop()
			for !c.over.Load() {
				c.work()
				h.wait(c.spins, func() bool { return c.next.Load() < blockCount || c.over.Load() })
			}
		}()
	}
}

// dismiss ends the helpers and waits for them.
func (c *crew) dismiss() {
	c.over.Store(true)
	for _, h := range c.helpers {
		h.rouse()
	}
	c.gone.Wait()
	c.helpers = c.helpers[:0]
}

// do runs task for every block and returns when all are done. Tasks are
// method values stored once in New, so that a call allocates nothing.
func (c *crew) do(task func(block int)) {
	if len(c.helpers) == 0 {
		for b := range blockCount {
			task(b)
		}
		return
	}
	c.task = task
	c.done.Store(0)
	c.next.Store(0)
	for _, h := range c.helpers {
		h.rouse()
	}
	c.work()
	c.caller.wait(c.spins, c.finished)
}

// fewItems is the length of a loop that is over before others have taken part.
const fewItems = 256

// helps tells whether others can take part in a loop of n items.
func (c *crew) helps(n int) bool { return n >= fewItems && len(c.helpers) > 0 }

// share is do for a loop of n items, which short ones do not trouble others with.
func (c *crew) share(n int, task func(block int)) {
	if n >= fewItems {
		c.do(task)
		return
	}
	for b := range blockCount {
		task(b)
	}
}

func (c *crew) finished() bool { return c.done.Load() == blockCount }

// work takes blocks until none is left. Whoever has taken a block may read the
// task: the next loop does not begin before that block is done.
func (c *crew) work() {
	for c.next.Load() < blockCount {
		b := int(c.next.Add(1)) - 1
		if b >= blockCount {
			return
		}
		c.task(b)
		if c.done.Add(1) == blockCount {
			c.caller.rouse()
		}
	}
}

// wait returns when ready does, which whoever makes it so follows up by rouse.
func (h *helper) wait(spins int, ready func() bool) {
	for range spins {
		if ready() {
			return
		}
	}
	for !ready() {
		h.asleep.Store(true)
		if ready() && h.asleep.CompareAndSwap(true, false) {
			return // nobody has seen it asleep
		}
		<-h.wake
	}
}

// rouse wakes the helper if it sleeps.
func (h *helper) rouse() {
	if h.asleep.Load() && h.asleep.CompareAndSwap(true, false) {
		h.wake <- struct{}{}
	}
}
