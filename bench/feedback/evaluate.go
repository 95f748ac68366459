package feedback

import (
	"context"
	"io"
	"math"
	"slices"

	"fitroom/garment/wearers"
)

// firstTestMonth splits in time: reports up to 2016 train, later ones test. A
// random split would flatter, since it learns from the future.
const firstTestMonth = 12 * 2017

// Result is how well votes are foretold.
type Result struct {
	Train, Test int
	KnownStyles int        // test reports on styles met in training
	AUC         [3]float64 // per vote, against the others
	LogLoss     float64    // [nats]
	ECE         float64    // expected calibration error over all votes, 15 bins
	Accuracy    float64
	// Floor is what the shares of the votes in training alone reach.
	Floor struct{ LogLoss, Accuracy float64 }
}

// MeanAUC is the mean over the three votes.
func (r *Result) MeanAUC() float64 { return (r.AUC[0] + r.AUC[1] + r.AUC[2]) / 3 }

// Evaluate learns from the gzipped CSV's reports before 2017 and foretells the
// later ones.
func Evaluate(ctx context.Context, data io.Reader) (*Result, error) {
	t, err := read(data)
	if err != nil {
		return nil, err
	}
	var train, test []report
	for _, r := range t.reports {
		if r.month < firstTestMonth {
			train = append(train, r)
		} else {
			test = append(test, r)
		}
	}
	l := newLearner(train)
	events := make([]wearers.Event, len(train))
	for i := range train {
		events[i] = l.event(&train[i], true)
	}
	o := wearers.Defaults()
	o.Kinds = t.kinds[:]
	m, err := wearers.Learn(ctx, events, o)
	if err != nil {
		return nil, err
	}
	res := &Result{Train: len(train), Test: len(test)}
	odds := make([][3]float64, len(test))
	for i := range test {
		if l.style[test[i].style].n > 0 {
			res.KnownStyles++
		}
		if odds[i], err = m.Odds(l.event(&test[i], false)); err != nil {
			return nil, err
		}
	}
	res.score(test, odds)
	res.floor(train, test)
	return res, nil
}

func (r *Result) score(test []report, odds [][3]float64) {
	const bins = 15
	n := float64(len(test))
	var count, said, seen [bins]float64
	for i := range test {
		p := odds[i]
		r.LogLoss -= math.Log(p[test[i].vote]) / n
		if p[test[i].vote] == max(p[0], p[1], p[2]) {
			r.Accuracy += 1 / n
		}
		for v, q := range p {
			b := min(int(q*bins), bins-1)
			count[b]++
			said[b] += q
			if test[i].vote == wearers.Vote(v) {
				seen[b]++
			}
		}
	}
	for b := range count {
		r.ECE += math.Abs(seen[b]-said[b]) / (3 * n)
	}
	for v := range r.AUC {
		r.AUC[v] = auc(test, odds, wearers.Vote(v))
	}
}

// auc is the chance that a report with the vote is given higher odds of it
// than one without: the rank-sum statistic, ties at their middle rank.
func auc(test []report, odds [][3]float64, v wearers.Vote) float64 {
	order := make([]int, len(test))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch d := odds[a][v] - odds[b][v]; {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	var ranks, with float64
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && odds[order[j]][v] == odds[order[i]][v] {
			j++
		}
		for _, k := range order[i:j] {
			if test[k].vote == v {
				ranks += float64(i+j+1) / 2
				with++
			}
		}
		i = j
	}
	without := float64(len(test)) - with
	return (ranks - with*(with+1)/2) / (with * without)
}

func (r *Result) floor(train, test []report) {
	var share [3]float64
	for i := range train {
		share[train[i].vote] += 1 / float64(len(train))
	}
	for i := range test {
		p := share[test[i].vote]
		r.Floor.LogLoss -= math.Log(p) / float64(len(test))
		if p == max(share[0], share[1], share[2]) {
			r.Floor.Accuracy += 1 / float64(len(test))
		}
	}
}
