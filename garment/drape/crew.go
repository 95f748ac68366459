package drape

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// crew runs loops in fixed blocks on a few goroutines. Which worker does
// which block is chance; since blocks write disjoint ranges and sums are kept
// per block, chance never reaches a result.
//
// A drape is thousands of loops of some ten microseconds each, a tenth of what
// it takes to put a thread to sleep and wake it. So helpers that have nothing to
// do watch the number of the loop for a while before they sleep, and nobody waits
// for a helper that comes late: a loop is over when its blocks are done,
// whoever did them.
//
// Each worker begins with blocks of its own, the same in every loop, so that its
// processor's caches hold what it needs and workers seldom write the same word;
// only then it takes what others have left.
type crew struct {
	task  func(block int)
	loop  atomic.Uint32 // loops begun
	_     [cacheLine]byte
	done  atomic.Int32 // blocks finished of this loop
	_     [cacheLine]byte
	queue []queue // one per worker, the caller's first

	helpers []*helper
	caller  helper // where the goroutine that calls do waits for the last block
	spins   int
	gone    sync.WaitGroup
	over    atomic.Bool
}

// queue is the blocks that one worker begins with.
type queue struct {
	next atomic.Int32 // the block to be taken next; from end on there is none
	end  int32
	_    [cacheLine]byte
}

// cacheLine keeps what different workers write apart: two lines, since processors
// fetch them in pairs [bytes].
const cacheLine = 128

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

// hire starts the helpers; cpu receives what each has used when dismissed. One of
// them does first what else there is to do.
func (c *crew) hire(workers int, cpu *cpuTotal, first func()) {
	c.helpers = c.helpers[:0]
	workers = max(1, min(workers, blockCount))
	c.queue = make([]queue, workers)
	for w := range c.queue {
		c.queue[w].end = int32((w + 1) * blockCount / workers)
		c.queue[w].next.Store(c.queue[w].end)
	}
	c.over.Store(false)
	c.caller.wake = make(chan struct{}, 1)
	// Where not all can run at once, watching would keep others from working.
	if c.spins = patience; workers > runtime.GOMAXPROCS(0) {
		c.spins = 0
	}
	for own := 1; own < workers; own++ {
		h := &helper{wake: make(chan struct{}, 1)}
		c.helpers = append(c.helpers, h)
		c.gone.Add(1)
		go func() {
			defer c.gone.Done()
			stop := cpu.measure()
			defer stop()
			if own == 1 {
				first()
			}
			for !c.over.Load() {
				seen := c.loop.Load()
				c.work(own)
				h.wait(c.spins, func() bool { return c.loop.Load() != seen || c.over.Load() })
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
	for w := range c.queue {
		c.queue[w].next.Store(int32(w * blockCount / len(c.queue)))
	}
	c.loop.Add(1)
	for _, h := range c.helpers {
		h.rouse()
	}
	c.work(0)
	c.caller.wait(c.spins, c.finished)
}

// worthwhile is how long a loop takes one worker that others are troubled with:
// to begin and end it together takes about a microsecond [ns].
const worthwhile = 4000

// helps tells whether others can take part in a loop of n items of so many
// nanoseconds each.
func (c *crew) helps(n, each int) bool { return n*each >= worthwhile && len(c.helpers) > 0 }

// share is do for a loop of n items of about so many nanoseconds each, which short
// ones do not trouble others with.
func (c *crew) share(n, each int, task func(block int)) {
	if n*each >= worthwhile {
		c.do(task)
		return
	}
	for b := range blockCount {
		task(b)
	}
}

func (c *crew) finished() bool { return c.done.Load() == blockCount }

// work takes blocks until none is left, those of worker own first. Whoever has taken
// a block may read the task: the next loop does not begin before that block is done
// and counted.
func (c *crew) work(own int) {
	n := int32(0)
	for k := range c.queue {
		q := &c.queue[(own+k)%len(c.queue)]
		for q.next.Load() < q.end {
			b := q.next.Add(1) - 1
			if b >= q.end {
				break
			}
			c.task(int(b))
			n++
		}
	}
	if n > 0 && c.done.Add(n) == blockCount {
		c.caller.rouse()
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
