package wearers

import (
	"context"
	"fmt"
	"math"
)

// Vote is what a wearer said of the size they wore.
type Vote uint8

const (
	Fits Vote = iota
	TooSmall
	TooLarge
	votes
)

// Event is one report of one wearer on one style in one size.
type Event struct {
	Style, Wearer int // numbers from 0; Unknown for none
	Month         int // any count of months; older reports weigh less
	// Off is how far the wearer's body lies above the middle of the worn size,
	// in steps of the style's sizes; positive: the garment is small for them.
	Off float64
	// More describes the case in further numbers of order one, the same count
	// in every event; a model of the sizes alone has none.
	More []float64
	// Kinds are further categories, such as the sort of garment: number k of
	// the event is one of Options.Kinds[k] values.
	Kinds []int
	Vote  Vote // not read by Odds
}

// Unknown stands for a style or wearer without a history.
const Unknown = -1

// Options of learning. The precisions were chosen on the year before the test
// year of the survey named in README, never on the test year.
type Options struct {
	// Kinds holds how many values each of an event's Kinds has.
	Kinds []int
	// HalfLife of a report on a style [months]: cuts and suppliers change.
	HalfLife float64
	// Style and Wearer are the precisions of their effects, a zero-mean normal
	// prior on the two log odds, and Opposed the precision between them: a
	// style called small by some is rarely called large by others.
	Style, Opposed, Wearer float64
	Rounds                 int
}

// Defaults are the options of the evaluation in README.
func Defaults() Options {
	return Options{HalfLife: 24, Style: 2, Opposed: 1, Wearer: 20, Rounds: 3}
}

// Model is a multinomial logit with effects of style and wearer. The log odds
// of "too small" and "too large" against "fits" are each
//
//	w . features(event) + style + wearer
//
// with normal priors on all three (a generalised linear mixed model; Breslow
// and Clayton 1993, fitted as there by penalised quasi-likelihood). Immutable
// after Learn.
type Model struct {
	opt     Options
	more    int
	weights [2][]float64
	style   []effect
	wearer  []effect
}

// effect is a pair of log odds and the precision of their joint posterior.
type effect struct {
	z [2]float64
	h pair
}

// pair is a symmetric 2x2 matrix: a b; b c.
type pair struct{ a, b, c float64 }

func (p pair) inverse() pair {
	d := p.a*p.c - p.b*p.b
	return pair{p.c / d, -p.b / d, p.a / d}
}

// Learn fits the model. Equal events in equal order give equal bits.
func Learn(ctx context.Context, events []Event, o Options) (*Model, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("wearers: no events; at least one is needed")
	}
	m := &Model{opt: o, more: len(events[0].More)}
	styles, people := 0, 0
	for i := range events {
		if err := m.check(&events[i]); err != nil {
			return nil, fmt.Errorf("wearers: event %d: %w", i, err)
		}
		if e := &events[i]; e.Vote >= votes {
			return nil, fmt.Errorf("wearers: event %d: vote %d; limits 0 to %d", i, e.Vote, votes-1)
		}
		styles, people = max(styles, events[i].Style+1), max(people, events[i].Wearer+1)
	}
	m.style, m.wearer = make([]effect, styles), make([]effect, people)
	f := newFitting(m, events)
	for range o.Rounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := f.round(); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (o *Options) check() error {
	for _, c := range []struct {
		name     string
		got, low float64
	}{{"HalfLife", o.HalfLife, 0}, {"Style", o.Style, 0}, {"Wearer", o.Wearer, 0}} {
		if !(c.got > c.low) || math.IsInf(c.got, 0) {
			return fmt.Errorf("wearers: option %s is %g; it must be above %g", c.name, c.got, c.low)
		}
	}
	if !(math.Abs(o.Opposed) < o.Style) {
		return fmt.Errorf("wearers: option Opposed is %g; it must lie within Style, %g, of zero", o.Opposed, o.Style)
	}
	if o.Rounds < 1 || o.Rounds > 100 {
		return fmt.Errorf("wearers: option Rounds is %d; limits 1 to 100", o.Rounds)
	}
	return nil
}

// maxOff bounds Off [steps]: no size run is longer.
const maxOff = 50

func (m *Model) check(e *Event) error {
	if e.Style < Unknown || e.Wearer < Unknown {
		return fmt.Errorf("style %d, wearer %d; numbers count from 0, %d means unknown", e.Style, e.Wearer, Unknown)
	}
	if !(math.Abs(e.Off) <= maxOff) {
		return fmt.Errorf("field Off is %g steps; limits -%d to %d", e.Off, maxOff, maxOff)
	}
	if len(e.More) != m.more {
		return fmt.Errorf("field More has %d numbers; the first event has %d", len(e.More), m.more)
	}
	for k, x := range e.More {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("field More[%d] is %g; it must be finite", k, x)
		}
	}
	if len(e.Kinds) != len(m.opt.Kinds) {
		return fmt.Errorf("field Kinds has %d values; the options name %d", len(e.Kinds), len(m.opt.Kinds))
	}
	for k, v := range e.Kinds {
		if v < 0 || v >= m.opt.Kinds[k] {
			return fmt.Errorf("field Kinds[%d] is %d; limits 0 to %d", k, v, m.opt.Kinds[k]-1)
		}
	}
	return nil
}

// Odds are the probabilities of the votes, indexed by Vote, averaged over what
// is not known of the style and the wearer.
func (m *Model) Odds(e Event) ([3]float64, error) {
	if err := m.check(&e); err != nil {
		return [3]float64{}, fmt.Errorf("wearers: %w", err)
	}
	row := m.row(nil, &e)
	kinds := m.kinds(nil, &e)
	s, w := m.of(m.style, e.Style, m.opt.stylePrior()), m.of(m.wearer, e.Wearer, m.opt.wearerPrior())
	var z [2]float64
	for c := range z {
		z[c] = dot(m.weights[c], row) + s.z[c] + w.z[c]
		for _, k := range kinds {
			z[c] += m.weights[c][k]
		}
	}
	vs, vw := s.h.inverse(), w.h.inverse()
	return average(z, pair{vs.a + vw.a, vs.b + vw.b, vs.c + vw.c}), nil
}

// of returns an effect; one never seen is its prior.
func (m *Model) of(list []effect, i int, prior pair) effect {
	if i < 0 || i >= len(list) || list[i].h == (pair{}) {
		return effect{h: prior}
	}
	return list[i]
}

func (o *Options) stylePrior() pair  { return pair{o.Style, o.Opposed, o.Style} }
func (o *Options) wearerPrior() pair { return pair{o.Wearer, 0, o.Wearer} }

// Runs says how a style runs by its reports.
type Runs struct {
	Steps float64 // by how many sizes it is smaller than the styles learned from are on average
	SD    float64 // standard deviation of Steps
}

// Runs is the shift of the body that would move the odds of "too small"
// against "too large" as the style does. The second value is false where the
// style has no reports or the odds do not rise with the body.
func (m *Model) Runs(style int) (Runs, bool) {
	if style < 0 || style >= len(m.style) || m.style[style].h == (pair{}) {
		return Runs{}, false
	}
	rise := m.weights[0][featureOff] - m.weights[1][featureOff]
	if rise <= 0 {
		return Runs{}, false
	}
	e := m.style[style]
	v := e.h.inverse()
	return Runs{Steps: (e.z[0] - e.z[1]) / rise, SD: math.Sqrt(v.a-2*v.b+v.c) / rise}, true
}

// hermite are nodes and weights of the 5-point Gauss-Hermite rule for a
// standard normal (Abramowitz and Stegun, table 25.10, rescaled).
var hermite = [5][2]float64{{-2.8569700138728056, 0.011257411327720691}, {-1.3556261799742659, 0.22207592200561264}, {0, 0.53333333333333333}, {1.3556261799742659, 0.22207592200561264}, {2.8569700138728056, 0.011257411327720691}}

// average integrates the votes over normal log odds with covariance v.
func average(z [2]float64, v pair) [3]float64 {
	l1 := math.Sqrt(v.a)
	l21 := v.b / l1
	l2 := math.Sqrt(max(v.c-l21*l21, 0))
	var p [3]float64
	for _, x := range hermite {
		for _, y := range hermite {
			q := softmax(z[0]+l1*x[0], z[1]+l21*x[0]+l2*y[0])
			for k := range p {
				p[k] += x[1] * y[1] * q[k]
			}
		}
	}
	return p
}

func softmax(small, large float64) [3]float64 {
	top := max(0, small, large)
	e := [3]float64{Fits: math.Exp(-top), TooSmall: math.Exp(small - top), TooLarge: math.Exp(large - top)}
	s := e[0] + e[1] + e[2]
	return [3]float64{e[0] / s, e[1] / s, e[2] / s}
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i, x := range b {
		s += a[i] * x
	}
	return s
}
