package spec

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// Where the ruler lay is kept with the measure, so that the same line can be
// found on the worn garment: what a table means by "hip" is then no guess.

// width lays the ruler level across a panel [m].
func (t *taker) width(p *pattern.Panel, y float64) float64 {
	i := t.index(p)
	sum := 0.0
	spans := p.SpansAt(y)
	for k := 0; k+1 < len(spans); k += 2 {
		sum += spans[k+1] - spans[k]
		t.ruled = append(t.ruled, pattern.GaugeLine{Panel: i, A: r2.Vec{X: spans[k], Y: y}, B: r2.Vec{X: spans[k+1], Y: y}})
	}
	return sum
}

// ruler lays the ruler over a panel from one point to another [m].
func (t *taker) ruler(p *pattern.Panel, a, b r2.Vec) float64 {
	t.ruled = append(t.ruled, pattern.GaugeLine{Panel: t.index(p), A: a, B: b})
	return dist(a, b)
}

// index of a panel of the pattern.
func (t *taker) index(p *pattern.Panel) int {
	for i := range t.pattern.Panels {
		if &t.pattern.Panels[i] == p {
			return i
		}
	}
	return 0 // an empty panel in place of one that is missing, which is an error already
}

// gauge names what the ruler measured since the last one; the length of its
// lines counts so many times.
func (t *taker) gauge(name string, times, length float64) float64 {
	t.gauges = append(t.gauges, pattern.Gauge{Name: name, Times: times, Lines: t.ruled})
	t.ruled = nil
	return times * length
}

// centreBackGauge remembers the line down the middle of the back, over yoke,
// back and rib.
func (t *taker) centreBackGauge() {
	for i := range t.pattern.Panels {
		p := &t.pattern.Panels[i]
		lo, hi := p.Bounds()
		x := 0.0
		switch {
		case p.Role == pattern.WaistBack:
			x = (lo.X + hi.X) / 2
		case p.Role != pattern.BodyBack:
			continue
		}
		if top, low, ok := upright(p, x); ok {
			t.ruler(p, r2.Vec{X: x, Y: top}, r2.Vec{X: x, Y: low})
		}
	}
	t.gauge("body_length", 1, 0)
}

// upright is where the line at x enters and leaves a panel, from above; false
// where it misses it.
func upright(p *pattern.Panel, x float64) (top, low float64, ok bool) {
	top, low = math.Inf(-1), math.Inf(1)
	pts := p.Outline(1e-6)
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		if (a.X <= x) != (b.X <= x) {
			y := a.Y + (x-a.X)/(b.X-a.X)*(b.Y-a.Y)
			top, low = max(top, y), min(low, y)
		}
	}
	return top, low, top > low
}
