package drape

import (
	"sync/atomic"
	"time"
)

// cpuTotal sums the processor time of the goroutines of one drape.
type cpuTotal struct{ ns atomic.Int64 }

func (c *cpuTotal) total() time.Duration { return time.Duration(c.ns.Load()) }
