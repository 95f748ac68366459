package v1

import (
	"sync"
	"time"
)

// limiter counts requests per principal in windows of a fixed length. A fixed
// window lets twice the limit through at its border, which does no harm here,
// and needs one number per principal. Each process counts for itself.
type limiter struct {
	most   int
	window time.Duration

	mu    sync.Mutex
	begun time.Time
	count map[string]int
}

func newLimiter(most int, window time.Duration) *limiter {
	return &limiter{most: most, window: window, count: map[string]int{}}
}

// take counts one request and tells how many are left, and when the window
// ends.
func (l *limiter) take(principal string, now time.Time) (left int, reset time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.begun) >= l.window {
		l.begun = now
		clear(l.count)
	}
	reset = l.begun.Add(l.window).Sub(now)
	if l.count[principal] >= l.most {
		return 0, reset, false
	}
	l.count[principal]++
	return l.most - l.count[principal], reset, true
}
