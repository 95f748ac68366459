package wearers

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Places of the first features in a row.
const (
	featureOne = iota
	featureOff
	featureAbs    // a size far off is called too small or too large whatever its sign
	featureSquare // and the more so the farther
	featureMore   // where the event's own numbers begin
)

const (
	ridge     = 0.01 // prior precision of a weight of order one
	kindRidge = 4    // prior precision of a category's effect
	inner     = 2    // passes over the parts within a round
	newtons   = 3    // Newton steps on one effect
	// longest is the largest Newton step on one log odds: from a flat start a
	// full step can overshoot into certainty and not come back.
	longest = 2
)

// row writes the numeric features of an event.
func (m *Model) row(dst []float64, e *Event) []float64 {
	dst = append(dst[:0], 1, e.Off, math.Abs(e.Off), e.Off*e.Off)
	return append(dst, e.More...)
}

// kinds writes the places of an event's categories among the weights.
func (m *Model) kinds(dst []int, e *Event) []int {
	dst = dst[:0]
	at := featureMore + m.more
	for k, v := range e.Kinds {
		dst = append(dst, at+v)
		at += m.opt.Kinds[k]
	}
	return dst
}

// fitting alternates between the weights of all events and the effects of
// single styles and wearers, each by Newton's method with the others held.
type fitting struct {
	m        *Model
	events   []Event
	rows     []float64 // n x width
	kinds    []int     // n x number of kinds
	base     [][2]float64
	age      []float64 // weight of a report on a style by its age
	width    int
	byStyle  [][]int32
	byWearer [][]int32
}

func newFitting(m *Model, events []Event) *fitting {
	f := &fitting{m: m, events: events, width: featureMore + m.more, base: make([][2]float64, len(events))}
	total := f.width
	for _, n := range m.opt.Kinds {
		total += n
	}
	for c := range m.weights {
		m.weights[c] = make([]float64, total)
	}
	newest := math.MinInt
	for i := range events {
		newest = max(newest, events[i].Month)
	}
	f.byStyle, f.byWearer = make([][]int32, len(m.style)), make([][]int32, len(m.wearer))
	var row []float64
	var kinds []int
	for i := range events {
		e := &events[i]
		row, kinds = m.row(row, e), m.kinds(kinds, e)
		f.rows, f.kinds = append(f.rows, row...), append(f.kinds, kinds...)
		f.age = append(f.age, math.Exp2(-float64(newest-e.Month)/m.opt.HalfLife))
		if e.Style >= 0 {
			f.byStyle[e.Style] = append(f.byStyle[e.Style], int32(i))
		}
		if e.Wearer >= 0 {
			f.byWearer[e.Wearer] = append(f.byWearer[e.Wearer], int32(i))
		}
	}
	return f
}

func (f *fitting) round() error {
	for range inner {
		f.refresh()
		for c := range f.m.weights {
			if err := f.weights(c); err != nil {
				return err
			}
		}
	}
	f.refresh()
	for range inner {
		for s, list := range f.byStyle {
			f.effect(list, &f.m.style[s], f.m.opt.stylePrior(), f.age, func(e *Event) [2]float64 { return f.m.wearerOf(e) })
		}
		for w, list := range f.byWearer {
			f.effect(list, &f.m.wearer[w], f.m.opt.wearerPrior(), nil, func(e *Event) [2]float64 { return f.m.styleOf(e) })
		}
	}
	return nil
}

func (m *Model) styleOf(e *Event) [2]float64  { return held(m.style, e.Style) }
func (m *Model) wearerOf(e *Event) [2]float64 { return held(m.wearer, e.Wearer) }

func held(list []effect, i int) [2]float64 {
	if i < 0 {
		return [2]float64{}
	}
	return list[i].z
}

func (f *fitting) row(i int) []float64 { return f.rows[i*f.width : (i+1)*f.width] }
func (f *fitting) kindsOf(i int) []int { n := len(f.m.opt.Kinds); return f.kinds[i*n : (i+1)*n] }
func (e *Event) is(v Vote) (one float64) { // 1 where the vote is v
	if e.Vote == v {
		one = 1
	}
	return one
}

// refresh renews what the weights alone say of each event.
func (f *fitting) refresh() {
	for i := range f.events {
		for c, w := range f.m.weights {
			s := dot(w, f.row(i))
			for _, k := range f.kindsOf(i) {
				s += w[k]
			}
			f.base[i][c] = s
		}
	}
}

// weights takes one Newton step in the weights of one log odds.
func (f *fitting) weights(c int) error {
	w := f.m.weights[c]
	n := len(w)
	h, g := make([]float64, n*n), make([]float64, n)
	for k := range n {
		p := ridge
		if k >= f.width {
			p = kindRidge
		}
		h[k*n+k], g[k] = p, -p*w[k]
	}
	for i := range f.events {
		e := &f.events[i]
		a, b := f.m.styleOf(e), f.m.wearerOf(e)
		p := softmax(f.base[i][0]+a[0]+b[0], f.base[i][1]+a[1]+b[1])[c+1]
		addEvent(h, g, f.row(i), f.kindsOf(i), e.is(Vote(c+1))-p, p*(1-p))
	}
	var ch mat.Cholesky
	sym := mat.NewSymDense(n, h)
	step := mat.NewVecDense(n, nil)
	if !ch.Factorize(sym) {
		return fmt.Errorf("wearers: the weights are not determined: curvature is not positive definite")
	}
	if err := ch.SolveVecTo(step, mat.NewVecDense(n, g)); err != nil {
		return fmt.Errorf("wearers: the weights are not determined: %w", err)
	}
	for k := range w {
		w[k] += step.AtVec(k)
	}
	return nil
}

// addEvent adds one event's slope and curvature; of h the upper triangle.
func addEvent(h, g, row []float64, kinds []int, slope, curve float64) {
	n := len(g)
	for k, v := range row {
		g[k] += slope * v
		hv := curve * v
		line := h[k*n : (k+1)*n]
		for l := k; l < len(row); l++ {
			line[l] += hv * row[l]
		}
		for _, q := range kinds {
			line[q] += hv
		}
	}
	for x, q := range kinds {
		g[q] += slope
		for _, r := range kinds[x:] {
			h[q*n+r] += curve
		}
	}
}

// effect finds the most probable effect of one style or wearer.
func (f *fitting) effect(list []int32, e *effect, prior pair, age []float64, other func(*Event) [2]float64) {
	if len(list) == 0 {
		return
	}
	for range newtons {
		g := [2]float64{-prior.a*e.z[0] - prior.b*e.z[1], -prior.b*e.z[0] - prior.c*e.z[1]}
		e.h = prior
		for _, i := range list {
			ev := &f.events[i]
			o := other(ev)
			p := softmax(f.base[i][0]+o[0]+e.z[0], f.base[i][1]+o[1]+e.z[1])
			w := 1.0
			if age != nil {
				w = age[i]
			}
			g[0] += w * (ev.is(TooSmall) - p[TooSmall])
			g[1] += w * (ev.is(TooLarge) - p[TooLarge])
			e.h.a += w * p[TooSmall] * (1 - p[TooSmall])
			e.h.b -= w * p[TooSmall] * p[TooLarge]
			e.h.c += w * p[TooLarge] * (1 - p[TooLarge])
		}
		v := e.h.inverse()
		e.z[0] += clamp(v.a*g[0] + v.b*g[1])
		e.z[1] += clamp(v.b*g[0] + v.c*g[1])
	}
}

func clamp(step float64) float64 { return max(-longest, min(longest, step)) }
