package body

import (
	"errors"
	"io"
	"math"
	"slices"
)

// Prior is what the surveys know of bodies before a mesh is made: it predicts
// measures from others and finds those that do not go together. Immutable.
//
// Women and men are one Gaussian of log measures each. Unspecified is the even
// mixture of both: given values weigh the two by how well they go with each
// (Bayes), so that prediction and doubt are those of the real mixture and not
// of a Gaussian that has its moments.
//
// What is predicted is a civilian; what is doubted is held against soldiers too,
// since a customer may be as fit as they are.
type Prior struct {
	who   Population
	keys  []Key
	parts mixture // one, or women and men
	held  mixture // the parts, and soldiers where they are known apart
}

// mixture is an even mixture of Gaussians over the same measures.
type mixture []*stats

// Priors reads the survey statistics: one prior per population.
func Priors(r io.Reader) (map[Population]*Prior, error) {
	t, err := readStats(r)
	if err != nil {
		return nil, err
	}
	return NewPriors(t)
}

// NewPriors makes the priors of a learned table.
func NewPriors(t *StatsTable) (map[Population]*Prior, error) {
	women, men, err := gaussians(t.Keys, &t.Women, &t.Men)
	if err != nil {
		return nil, err
	}
	of := func(who Population, parts, soldiers mixture) *Prior {
		return &Prior{who, parts[0].keys, parts, append(slices.Clip(parts), soldiers...)}
	}
	var trained [2]mixture
	if t.Soldiers != nil {
		w, m, err := gaussians(t.Keys, &t.Soldiers.Women, &t.Soldiers.Men)
		if err != nil {
			return nil, err
		}
		trained = [2]mixture{{w}, {m}}
	}
	return map[Population]*Prior{
		Women:       of(Women, mixture{women}, trained[0]),
		Men:         of(Men, mixture{men}, trained[1]),
		Unspecified: of(Unspecified, mixture{women, men}, slices.Concat(trained[0], trained[1])),
	}, nil
}

func (p *Prior) index(k Key) int { return p.parts[0].index(k) }

// see holds the observations against every part and weighs the parts.
func (m mixture) see(obs []observation) (parts []*seen, weight []float64) {
	best := math.Inf(-1)
	for _, s := range m {
		o := s.see(obs)
		parts = append(parts, o)
		best = max(best, o.logLike)
	}
	var sum float64
	for _, o := range parts {
		w := math.Exp(o.logLike - best)
		weight = append(weight, w)
		sum += w
	}
	for i := range weight {
		weight[i] /= sum
	}
	return parts, weight
}

// given returns mean and standard deviation of every log measure, conditional
// on the observations.
func (m mixture) given(obs []observation) (mean, sd []float64) {
	parts, weight := m.see(obs)
	if len(parts) == 1 {
		return parts[0].rest()
	}
	n := len(m[0].keys)
	mean, sd = make([]float64, n), make([]float64, n)
	means, sds := make([][]float64, len(parts)), make([][]float64, len(parts))
	for j, o := range parts {
		means[j], sds[j] = o.rest()
		for i := range mean {
			mean[i] += weight[j] * means[j][i]
		}
	}
	for i := range mean {
		var v float64
		for j, w := range weight {
			d := means[j][i] - mean[i]
			v += w * (sds[j][i]*sds[j][i] + d*d)
		}
		sd[i] = math.Sqrt(v)
	}
	return mean, sd
}

// Predict returns every measure of the model: the given ones as they are, the
// others as expected with their standard deviation. Achieved stays 0: there is
// no mesh.
func (p *Prior) Predict(in Measurements) ([]Measure, error) {
	if err := errors.Join(append(in.checkOrder(), in.check())...); err != nil {
		return nil, err
	}
	return p.table(&in), nil
}

// table completes the measures.
func (p *Prior) table(in *Measurements) []Measure {
	obs, _ := in.observations(p)
	mean, sd := p.parts.given(obs)
	var table []Measure
	for _, k := range Keys() {
		row := Measure{Key: k}
		if v, ok := in.value(k); ok {
			row.Source, row.Asked, row.Sigma = Given, v.Value, sigmaOf(k, v)
		} else {
			i := p.index(k)
			row.Source, row.Asked = Predicted, math.Exp(mean[i])
			row.SD = row.Asked * sd[i]
		}
		table = append(table, row)
	}
	return table
}

// value finds a measure under its key, or the other name of the same tape.
func (m *Measurements) value(k Key) (Measurement, bool) {
	v, ok := m.Values[k]
	for _, alias := range []Key{BustGirth, ChestGirth} {
		if !ok && statKey(k) == statKey(alias) {
			v, ok = m.Values[alias]
		}
	}
	return v, ok
}

// observations turns the values into log observations, in the order of Keys,
// one per tape.
func (m *Measurements) observations(p *Prior) ([]observation, []Key) {
	var obs []observation
	var keys []Key
	seen := map[Key]bool{}
	for _, k := range Keys() {
		v, ok := m.Values[k]
		if !ok || seen[statKey(k)] {
			continue
		}
		seen[statKey(k)] = true
		obs = append(obs, observation{p.index(k), math.Log(v.Value), m.excess(k, v)})
		keys = append(keys, k)
	}
	return obs, keys
}

const (
	// readTo is to what a tape is read, as a share of the value: no value is
	// known better.
	readTo = 0.0005
	// homeSlack is the spread of logarithms from levels and habits that differ
	// between trained measurers and people at home.
	homeSlack = 0.010
	// clothSlack is that of girths taken over clothes.
	clothSlack = 0.04
)

// excess is the standard deviation of a log value beyond that of the survey's
// measurers, whose error is part of the survey's spread already.
func (m *Measurements) excess(k Key, v Measurement) float64 {
	survey := sigmaOf(k, Measurement{Method: TapeTrained})
	s := sigmaOf(k, v)
	e := readTo*readTo + max(0, s*s-survey*survey)/(v.Value*v.Value)
	if v.Method == "" || v.Method == TapeSelf || v.Method == EstimatedBy {
		e += homeSlack * homeSlack
	}
	if m.OverClothes && isGirth(k) {
		e += clothSlack * clothSlack
	}
	return math.Sqrt(e)
}
