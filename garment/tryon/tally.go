package tryon

import (
	"sync"

	"fitroom/garment/drape"
)

// tally adds up the progress of sizes that run side by side.
type tally struct {
	mu   sync.Mutex
	done []float64
	hear func(float64, string)
}

func newTally(n int, hear func(float64, string)) *tally {
	return &tally{done: make([]float64, n), hear: hear}
}

// bodyShare is the part of a fitting's time that the body takes.
const bodyShare = 0.03

// tell notes that item i has come this far.
func (t *tally) tell(i int, done float64, stage string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done[i] = max(t.done[i], done)
	var sum float64
	for _, d := range t.done {
		sum += d
	}
	t.hear(bodyShare+(1-bodyShare)*sum/float64(len(t.done)), stage)
}

// drapeDone guesses the finished share of a drape. How many steps it will take
// nobody knows beforehand, so each stage approaches its end ever more slowly.
func drapeDone(p drape.Progress) float64 {
	const dressing, dressHalf, polishHalf = 0.6, 400, 30 // share; steps to half of a stage
	step := float64(p.Step)
	if p.Stage == "dressing" {
		return dressing * step / (step + dressHalf)
	}
	return dressing + (0.98-dressing)*step/(step+polishHalf)
}
