package render

import (
	"image"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"
)

// Two workers would draw a frame at least 1.7 times as fast as one: what is left
// between the parallel steps and the uneven ends of each are timed job by job, the
// least of some frames, so that a busy machine does not decide.
func TestTwoWorkersShareAFrame(t *testing.T) {
	const side, frames, want = 512, 12, 1.7
	s := goldens()[1].scene
	c := Frame(r3.Vec{X: -0.55, Z: -0.5}, r3.Vec{X: 0.55, Y: 1, Z: 0.6}, ThreeQuarter, 1)
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	r := Renderer{Workers: 1}
	if err := r.Draw(img, s, c); err != nil {
		t.Fatal(err)
	}
	l := ledger{serial: time.Hour}
	j := r.jobs
	r.jobs = jobs{l.timed(0, j.project), l.timed(1, j.count), l.timed(2, j.fill), l.timed(3, j.backdrop), l.timed(4, j.depthTile), l.timed(5, j.tile), j.gatherSky}
	for range frames {
		l.step, l.last, l.all = -1, -1, 0
		began := time.Now()
		if err := r.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		l.serial = min(l.serial, time.Since(began)-l.all)
	}
	one, two := l.serial, l.serial
	for _, step := range l.least {
		var by [2]time.Duration // the next job goes to who is done first
		for _, d := range step {
			one += d
			if by[0] <= by[1] {
				by[0] += d
			} else {
				by[1] += d
			}
		}
		two += max(by[0], by[1])
	}
	got := float64(one) / float64(two)
	t.Logf("%.1f ms for one, of these %.2f in no parallel step; two would be %.2f times as fast", 1e3*one.Seconds(), 1e3*l.serial.Seconds(), got)
	if got < want {
		t.Errorf("two workers would be %.2f times as fast as one, want %.1f", got, want)
	}
}

// ledger keeps the least time each job of each parallel step took.
type ledger struct {
	least       [][]time.Duration // by step and job
	step, last  int               // number of the step, and which kind of job it is
	job         int
	all, serial time.Duration
}

func (l *ledger) timed(kind int, job func(worker, i int)) func(worker, i int) {
	return func(worker, i int) {
		began := time.Now()
		job(worker, i)
		d := time.Since(began)
		l.all += d
		if kind != l.last {
			l.step, l.last, l.job = l.step+1, kind, 0
		}
		if l.step == len(l.least) {
			l.least = append(l.least, nil)
		}
		if k := &l.least[l.step]; l.job == len(*k) {
			*k = append(*k, d)
		} else {
			(*k)[l.job] = min((*k)[l.job], d)
		}
		l.job++
	}
}
