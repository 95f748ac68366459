package render

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// crew runs numbered jobs on some goroutines that end before each returns.
// Jobs write disjoint memory, so the number of workers changes speed only.
// The goroutine's function is stored once: starting it allocates nothing.
type crew struct {
	next atomic.Int64
	seat atomic.Int64
	n    int64
	job  func(worker, i int)
	wg   sync.WaitGroup
	loop func()
}

func (c *crew) each(workers, n int, job func(worker, i int)) {
	if workers <= 1 || n <= 1 {
		for i := range n {
			job(0, i)
		}
		return
	}
	if c.loop == nil {
		c.loop = c.work
	}
	c.next.Store(0)
	c.seat.Store(0)
	c.n, c.job = int64(n), job
	workers = min(workers, n)
	c.wg.Add(workers)
	for range workers {
		go c.loop()
	}
	c.wg.Wait()
}

func (c *crew) work() {
	defer c.wg.Done()
	seat := int(c.seat.Add(1) - 1)
	for {
		i := c.next.Add(1) - 1
		if i >= c.n {
			return
		}
		c.job(seat, int(i))
	}
}

func workerCount(asked int) int {
	if asked > 0 {
		return asked
	}
	return runtime.GOMAXPROCS(0)
}

// blockSize is the grain of parallel steps over vertices and triangles: some
// ten microseconds of work, so that taking a block costs nothing against it.
const blockSize = 2048

func blocks(n int) int { return (n + blockSize - 1) / blockSize }
