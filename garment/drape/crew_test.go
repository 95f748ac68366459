package drape

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// Every block of every loop is done once, by helpers that watch, that sleep and
// that are too many for the machine.
func TestCrewDoesEveryBlockOnce(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8, 40} {
		var c crew
		var cpu cpuTotal
		c.hire(workers, &cpu, func() {})
		var count [blockCount]atomic.Int32
		const loops = 500
		task := func(b int) { count[b].Add(1) }
		for k := range loops {
			c.do(task)
			for b := range count {
				if n := count[b].Load(); int(n) != k+1 {
					t.Fatalf("%d workers: block %d was done %d times in %d loops", workers, b, n, k+1)
				}
			}
			if k%100 == 0 {
				time.Sleep(time.Millisecond) // helpers fall asleep
			}
		}
		c.dismiss()
	}
}

func BenchmarkCrewLoop(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			if workers > runtime.GOMAXPROCS(0) {
				b.Skip("too few processors")
			}
			var c crew
			var cpu cpuTotal
			c.hire(workers, &cpu, func() {})
			task := func(int) {}
			for b.Loop() {
				c.do(task)
			}
			c.dismiss()
		})
	}
}
