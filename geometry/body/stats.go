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
	Women, Men SexStats
}

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

func readStats(r io.Reader) (women, men *stats, err error) {
	var t StatsTable
	if err := json.NewDecoder(r).Decode(&t); err != nil {
		return nil, nil, fmt.Errorf("survey statistics: %w", err)
	}
	if women, err = t.Women.gaussian(t.Keys); err != nil {
		return nil, nil, err
	}
	men, err = t.Men.gaussian(t.Keys)
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

// mixture is the Gaussian with the moments of an even mixture of two.
func mixture(a, b *stats) *stats {
	n := len(a.keys)
	m := &stats{keys: a.keys, mean: make([]float64, n), cov: mat.NewSymDense(n, nil)}
	for i := range n {
		m.mean[i] = (a.mean[i] + b.mean[i]) / 2
	}
	for i := range n {
		for j := i; j < n; j++ {
			between := (a.mean[i] - b.mean[i]) * (a.mean[j] - b.mean[j]) / 4
			m.cov.SetSym(i, j, (a.cov.At(i, j)+b.cov.At(i, j))/2+between)
		}
	}
	return m
}

// observation is one known log value with its error variance.
type observation struct {
	at       int
	log, err float64
}

// given returns mean and standard deviation of every log measure, conditional
// on the observations (the normal equations of Gaussian regression).
func (s *stats) given(obs []observation) (mean, sd []float64) {
	n, m := len(s.keys), len(obs)
	mean, sd = slices.Clone(s.mean), make([]float64, n)
	for i := range n {
		sd[i] = math.Sqrt(s.cov.At(i, i))
	}
	if m == 0 {
		return mean, sd
	}
	a := mat.NewSymDense(m, nil)
	d := mat.NewVecDense(m, nil)
	for p := range m {
		for q := p; q < m; q++ {
			a.SetSym(p, q, s.cov.At(obs[p].at, obs[q].at))
		}
		a.SetSym(p, p, a.At(p, p)+obs[p].err*obs[p].err)
		d.SetVec(p, obs[p].log-s.mean[obs[p].at])
	}
	var ch mat.Cholesky
	if !ch.Factorize(a) {
		panic("body: a covariance with positive errors is not positive definite")
	}
	x := mat.NewVecDense(m, nil)
	col := mat.NewVecDense(m, nil)
	for i := range n {
		for p := range m {
			col.SetVec(p, s.cov.At(i, obs[p].at))
		}
		if err := ch.SolveVecTo(x, col); err != nil {
			continue // ill conditioned, not singular: the marginal stands
		}
		mean[i] += mat.Dot(x, d)
		sd[i] = math.Sqrt(max(1e-12, s.cov.At(i, i)-mat.Dot(x, col)))
	}
	return mean, sd
}
