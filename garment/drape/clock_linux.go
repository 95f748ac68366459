package drape

import (
	"runtime"
	"syscall"
	"time"
)

// measure binds the calling goroutine to its thread until the returned
// function is called, so that the thread's clock is the goroutine's.
func (c *cpuTotal) measure() (stop func()) {
	runtime.LockOSThread()
	start := threadTime()
	return func() {
		c.ns.Add(int64(threadTime() - start))
		runtime.UnlockOSThread()
	}
}

// rusageThread asks getrusage(2) for the calling thread alone.
const rusageThread = 1

func threadTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(rusageThread, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
