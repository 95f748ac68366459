package drape

import (
	"sync"
	"sync/atomic"
)

// crew runs loops in fixed blocks on a few goroutines. Which worker takes
// which block is chance; since blocks write disjoint ranges and sums are kept
// per block, chance never reaches a result.
type crew struct {
	task func(block int)
	next atomic.Int32
	wake []chan struct{} // one per helper
	done sync.WaitGroup
	gone sync.WaitGroup
}

// blockCount is fixed: it decides the order of every sum, so it must depend
// on nothing a user can set. Sixteen keeps eight workers busy.
const blockCount = 16

// span is the range of n items that block b covers.
func span(b, n int) (lo, hi int) { return b * n / blockCount, (b + 1) * n / blockCount }

// hire starts the helpers; cpu receives what each has used when dismissed.
func (c *crew) hire(workers int, cpu *cpuTotal) {
	c.wake = c.wake[:0]
	for range min(workers, blockCount) - 1 {
		w := make(chan struct{}, 1)
		c.wake = append(c.wake, w)
		c.gone.Add(1)
		go func() {
			defer c.gone.Done()
			stop := cpu.measure()
			defer stop()
			for range w {
				c.work()
				c.done.Done()
			}
		}()
	}
}

// dismiss ends the helpers and waits for them.
func (c *crew) dismiss() {
	for _, w := range c.wake {
		close(w)
	}
	c.gone.Wait()
	c.wake = c.wake[:0]
}

// do runs task for every block and returns when all are done. Tasks are
// method values stored once in New, so that a call allocates nothing.
func (c *crew) do(task func(block int)) {
	if len(c.wake) == 0 {
		for b := range blockCount {
			task(b)
		}
		return
	}
	c.task = task
	c.next.Store(0)
	c.done.Add(len(c.wake))
	for _, w := range c.wake {
		w <- struct{}{}
	}
	c.work()
	c.done.Wait()
}

func (c *crew) work() {
	for {
		b := int(c.next.Add(1)) - 1
		if b >= blockCount {
			return
		}
		c.task(b)
	}
}
