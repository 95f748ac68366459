package body

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// StatsFile is the name of the survey statistics in the assets.
const StatsFile = "anthropometry.json"

// StatsTable is the file of survey statistics: mean and covariance of the
// natural logarithms of the measures in metres and kilograms.
type StatsTable struct {
	Source     string
	Keys       []string
	Women, Men SexStats // civilians
	// Soldiers are those of the survey that has most of the measures; nil where
	// Women and Men are soldiers already.
	Soldiers *SoldierStats
}

// SoldierStats are the moments of soldiers.
type SoldierStats struct{ Women, Men SexStats }

// SexStats are the moments of one sex, in the order of the table's keys.
type SexStats struct {
	Mean []float64
	Cov  [][]float64
}

// stats is a Gaussian over log measures; bust and chest are one tape.
type stats struct {
	keys []Key
	mean []float64
	cov  *mat.SymDense
}

// statKey maps the two names of one tape to the one in the statistics.
func statKey(k Key) Key {
	if k == BustGirth {
		return ChestGirth
	}
	return k
}

func readStats(r io.Reader) (*StatsTable, error) {
	var t StatsTable
	if err := json.NewDecoder(r).Decode(&t); err != nil {
		return nil, fmt.Errorf("survey statistics: %w", err)
	}
	return &t, nil
}

func gaussians(keys []string, w, m *SexStats) (women, men *stats, err error) {
	if women, err = w.gaussian(keys); err != nil {
		return nil, nil, err
	}
	men, err = m.gaussian(keys)
	return women, men, err
}

func (s *SexStats) gaussian(keys []string) (*stats, error) {
	n := len(keys)
	if len(s.Mean) != n || len(s.Cov) != n {
		return nil, fmt.Errorf("survey statistics: %d keys, %d means, %d rows of covariance", n, len(s.Mean), len(s.Cov))
	}
	g := &stats{mean: s.Mean, cov: mat.NewSymDense(n, nil)}
	for i, k := range keys {
		g.keys = append(g.keys, Key(k))
		if len(s.Cov[i]) != n {
			return nil, fmt.Errorf("survey statistics: row %q has %d columns, want %d", k, len(s.Cov[i]), n)
		}
		for j := i; j < n; j++ {
			g.cov.SetSym(i, j, s.Cov[i][j])
		}
	}
	for _, k := range Keys() {
		if g.index(k) < 0 {
			return nil, fmt.Errorf("survey statistics: no key %q", k)
		}
	}
	var ch mat.Cholesky
	if !ch.Factorize(g.cov) {
		return nil, fmt.Errorf("survey statistics: the covariance is not positive definite")
	}
	return g, nil
}

func (s *stats) index(k Key) int { return slices.Index(s.keys, statKey(k)) }

// observation is one known log value with the variance its error adds to that
// of the survey's own tape.
type observation struct {
	at       int
	log, err float64
}

// seen is a set of observations against one Gaussian: what the rest follows
// from.
type seen struct {
	*stats
	obs     []observation
	inverse *mat.SymDense // of the observations' covariance, errors included
	dist    []float64     // observed less expected
	logLike float64       // log density of the observations, up to a constant shared by all Gaussians
}

func (s *stats) see(obs []observation) *seen {
	m := len(obs)
	o := &seen{stats: s, obs: obs, dist: make([]float64, m)}
	if m == 0 {
		return o
	}
	a := mat.NewSymDense(m, nil)
	for p := range m {
		for q := p; q < m; q++ {
			a.SetSym(p, q, s.cov.At(obs[p].at, obs[q].at))
		}
		a.SetSym(p, p, a.At(p, p)+obs[p].err*obs[p].err)
		o.dist[p] = obs[p].log - s.mean[obs[p].at]
	}
	var ch mat.Cholesky
	if !ch.Factorize(a) {
		panic("body: a covariance with positive errors is not positive definite")
	}
	o.inverse = mat.NewSymDense(m, nil)
	// An ill-conditioned inverse is still the best there is: the covariance was
	// found positive definite when it was read.
	_ = ch.InverseTo(o.inverse)
	o.logLike = -(ch.LogDet() + o.square()) / 2
	return o
}

// square is the squared Mahalanobis distance of the observations.
func (o *seen) square() float64 {
	var sum float64
	for p := range o.dist {
		for q := range o.dist {
			sum += o.dist[p] * o.inverse.At(p, q) * o.dist[q]
		}
	}
	return sum
}

// rest returns mean and standard deviation of every log measure, conditional
// on the observations (the normal equations of Gaussian regression).
func (o *seen) rest() (mean, sd []float64) {
	n, m := len(o.keys), len(o.obs)
	mean, sd = slices.Clone(o.mean), make([]float64, n)
	for i := range n {
		left := o.cov.At(i, i)
		for p := range m {
			var pull float64
			for q := range m {
				pull += o.cov.At(i, o.obs[q].at) * o.inverse.At(p, q)
			}
			mean[i] += pull * o.dist[p]
			left -= pull * o.cov.At(i, o.obs[p].at)
		}
		sd[i] = math.Sqrt(max(1e-12, left))
	}
	return mean, sd
}

// apart returns how far observation p lies from what all the others say, and
// the standard deviation of that, both of logarithms: the residual of leaving
// it out, read off the inverse covariance.
func (o *seen) apart(p int) (residual, sd float64) {
	for q := range o.dist {
		residual += o.inverse.At(p, q) * o.dist[q]
	}
	return residual / o.inverse.At(p, p), 1 / math.Sqrt(o.inverse.At(p, p))
}
