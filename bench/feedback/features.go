package feedback

import (
	"math"

	"fitroom/garment/wearers"

	"gonum.org/v1/gonum/mat"
)

// spread of the body's numbers, to bring them to order one.
var spread = [bodyNumbers]float64{3, 20, 2, 1.5, 8}

// sizeStep is one size of a dress in the numbers on its label.
const sizeStep = 2

// learner turns reports into events. All it knows comes from the training
// reports: the size that people of a body usually take, and how far each
// wearer and style departs from that.
type learner struct {
	mean   [bodyNumbers]float64
	usual  []float64 // weights of the usual size
	wearer map[int]habit
	style  map[int]habit
}

// habit is the sum and the count of departures from the usual size.
type habit struct{ sum, n float64 }

func newLearner(train []report) *learner {
	l := &learner{wearer: map[int]habit{}, style: map[int]habit{}}
	for k := range l.mean {
		sum, n := 0.0, 0.0
		for i := range train {
			if x := train[i].body[k]; !math.IsNaN(x) {
				sum, n = sum+x, n+1
			}
		}
		l.mean[k] = sum / n
	}
	l.regress(train)
	for i := range train {
		r := &train[i]
		d := l.departs(r)
		a, b := l.wearer[r.wearer], l.style[r.style]
		l.wearer[r.wearer], l.style[r.style] = habit{a.sum + d, a.n + 1}, habit{b.sum + d, b.n + 1}
	}
	return l
}

// figure describes the body alone.
func (l *learner) figure(r *report) []float64 {
	x := []float64{1}
	for k, v := range r.body {
		if math.IsNaN(v) {
			v = l.mean[k]
		}
		x = append(x, (v-l.mean[k])/spread[k])
	}
	x = append(x, x[2]*x[2], x[1]*x[2], x[3]*x[3])
	for _, k := range []int{1, 3} { // weight and cup are often left out, and not at random
		missing := 0.0
		if math.IsNaN(r.body[k]) {
			missing = 1
		}
		x = append(x, missing)
	}
	return x
}

// regress finds the usual size of a body by ridge regression.
func (l *learner) regress(train []report) {
	n := len(l.figure(&train[0]))
	a, b := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for k := range n {
		a.SetSym(k, k, 1)
	}
	for i := range train {
		x := l.figure(&train[i])
		for k := range n {
			b.SetVec(k, b.AtVec(k)+x[k]*train[i].size)
			for j := k; j < n; j++ {
				a.SetSym(k, j, a.At(k, j)+x[k]*x[j])
			}
		}
	}
	var ch mat.Cholesky
	w := mat.NewVecDense(n, nil)
	if !ch.Factorize(a) || ch.SolveVecTo(w, b) != nil {
		panic("feedback: a ridge regression has no solution")
	}
	l.usual = w.RawVector().Data
}

// departs is how many label sizes a report lies above the usual one.
func (l *learner) departs(r *report) float64 {
	d := r.size
	for k, x := range l.figure(r) {
		d -= l.usual[k] * x
	}
	return d
}

// event of a report; own says that it is one of the training reports, whose
// own share in the habits is taken out.
func (l *learner) event(r *report, own bool) wearers.Event {
	d := l.departs(r)
	w, s := l.wearer[r.wearer], l.style[r.style]
	if own {
		w, s = habit{w.sum - d, w.n - 1}, habit{s.sum - d, s.n - 1}
	}
	// Few reports say little: habits shrink to nothing without them.
	wears, runs := w.sum/(w.n+1), s.sum/(s.n+5)
	unlike := (d - wears) / (2 * sizeStep) // from the size this wearer takes
	known := min(w.n, 3) / 3
	label := r.size/10 - 1
	x := l.figure(r)
	more := append(x[1:], unlike, math.Abs(unlike), unlike*known, math.Abs(unlike)*known, unlike*math.Abs(unlike)/4,
		wears/4, runs/4, known, label, label*label, x[2]*d/4, x[3]*d/4, x[4]*d/4)
	return wearers.Event{
		Style: r.style, Wearer: r.wearer, Month: r.month, Off: -d / sizeStep, More: more, Kinds: r.kinds[:], Vote: r.vote,
	}
}
