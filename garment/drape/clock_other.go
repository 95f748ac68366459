//go:build !linux

package drape

import "time"

// measure falls back to wall time where threads have no clock of their own.
func (c *cpuTotal) measure() (stop func()) {
	start := time.Now()
	return func() { c.ns.Add(int64(time.Since(start))) }
}
