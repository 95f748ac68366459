package fit

import (
	"errors"
	"math"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// PlainChart turns a chart of one value per size into bands of half a step to
// each side; the first and last size take the only step they have. At least two
// sizes are needed, since one value says nothing of the step.
func PlainChart(sizes []string, values map[string]float64) (Chart, error) {
	var names []string
	for _, s := range sizes {
		if _, ok := values[s]; ok {
			names = append(names, s)
		}
	}
	if len(names) < 2 {
		return Chart{}, fault.Errorf("a chart of plain values needs at least 2 sizes to have a step, got %d", len(names))
	}
	c := Chart{Bands: map[string][2]float64{}, Centre: map[string]float64{}, Plain: true}
	for i, s := range names {
		v := values[s]
		down, up := math.NaN(), math.NaN()
		if i > 0 {
			down = (v - values[names[i-1]]) / 2
		}
		if i < len(names)-1 {
			up = (values[names[i+1]] - v) / 2
		}
		if i == 0 {
			down = up
		}
		if i == len(names)-1 {
			up = down
		}
		// The edge is computed from the smaller value on both sides, so that
		// neighbours share one edge to the last bit.
		lo, hi := v-down, v+up
		if i > 0 {
			lo = values[names[i-1]] + down
		}
		c.Bands[s] = [2]float64{lo, hi}
		c.Centre[s] = v
	}
	return c, nil
}

// steps is one measurement of a chart as a ladder of distinct bands, ascending.
// Sizes with equal bands (a short and a long 38) share a step.
type steps struct {
	lower, centre, upper []float64
	rank                 map[string]int // step of each size; absent where the chart leaves it out
	gaps                 [][2]float64   // bodies no size is printed for
	overlaps             int
}

// steps checks one measurement of the chart and orders its bands. A gap or a
// small overlap is legal and kept; bands that fall, or overlap by half a band
// or more, contradict the order of sizes and are refused.
func (s *Style) steps(k body.Key) (*steps, error) {
	c := s.Chart[k]
	n := len(s.Sizes)
	room := make([]float64, 3*n)
	st := &steps{rank: make(map[string]int, n), lower: room[:0:n], centre: room[n : n : 2*n], upper: room[2*n : 2*n : 3*n]}
	var faults []error
	add := func(format string, a ...any) {
		faults = append(faults, fault.Errorf("style %s: chart %s: %w", s.ID, string(k), fault.Errorf(format, a...)))
	}
	last, known := "", 0
	for _, size := range s.Sizes {
		b, ok := c.Bands[size]
		if !ok {
			continue
		}
		known++
		m, _ := c.centre(size)
		// Adults are 4 cm round the wrist bone's half at least, 260 cm tall at most.
		if !(b[0] >= 0.04 && b[1] <= 2.6 && b[0] < m && m < b[1]) {
			add("size %s is %.1f to %.1f cm drawn for %.1f cm; it must ascend within 4 to 260 cm", size, b[0]*100, b[1]*100, m*100)
			continue
		}
		if lo, hi, of := s.adults(k); of && (m < lo || m > hi) {
			add("size %s is drawn for %.1f cm; bodies of adults have %.1f to %.1f cm there (another unit?)", size, m*100, lo*100, hi*100)
			continue
		}
		if k := len(st.lower) - 1; k >= 0 {
			l, u, pm := st.lower[k], st.upper[k], st.centre[k]
			if b == [2]float64{l, u} && m == pm {
				st.rank[size] = k
				continue
			}
			switch {
			case m <= pm:
				add("size %s (%.1f cm) is not above %s (%.1f cm); sizes go from small to large", size, m*100, last, pm*100)
				continue
			case b[0] <= pm || u >= m:
				add("sizes %s (%.1f to %.1f cm) and %s (%.1f to %.1f cm) overlap by half a band or more", last, l*100, u*100, size, b[0]*100, b[1]*100)
				continue
			case b[0] > u:
				st.gaps = append(st.gaps, [2]float64{u, b[0]})
			case b[0] < u:
				st.overlaps++
			}
		}
		st.rank[size] = len(st.lower)
		st.lower = append(st.lower, b[0])
		st.centre = append(st.centre, m)
		st.upper = append(st.upper, b[1])
		last = size
	}
	if len(c.Bands) > known { // the names are walked in order only where one of them is wrong
		for _, size := range sortedKeys(c.Bands) {
			if !contains(s.Sizes, size) {
				add("size %q is not one the style has", size)
			}
		}
	}
	if len(st.lower) == 0 && len(faults) == 0 {
		add("no bands")
	}
	return st, errors.Join(faults...)
}

// adults are the limits of a measurement of a style made for women or men. A
// chart that does not say for whom it is may be one for children.
func (s *Style) adults(k body.Key) (lo, hi float64, of bool) {
	if s.Population != body.Women && s.Population != body.Men {
		return 0, 0, false
	}
	return body.Limits(k)
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// scale places a body in steps of one size: piecewise linear through the
// printed edges (-0.5, +0.5) and centre (0) of the size and through the centres
// and outer edges of its neighbours. The near edge of a neighbour is no knot:
// so a body in a gap lies beyond +0.5 of one size and beyond -0.5 of the other,
// and |x| <= 0.5 says exactly "inside the printed band".
//
// The knots are half a step apart, so that knot i of size g lies at (i-2g-1)/2,
// and all of them are edges and middles of the chart: a scale needs no room of
// its own.
type scale struct {
	st *steps
	g  int
}

func (st *steps) scale(size string) (scale, bool) {
	g, ok := st.rank[size]
	return scale{st, g}, ok
}

// knots is how many knots the scales of a chart have.
func (st *steps) knots() int { return 2*len(st.centre) + 1 }

// knot is the girth at knot i [m]: lower edges and middles as far as the size's
// own middle, from there on upper edges and middles.
func (s scale) knot(i int) float64 {
	switch {
	case i&1 == 1:
		return s.st.centre[i/2]
	case i > 2*s.g+1:
		return s.st.upper[i/2-1]
	}
	return s.st.lower[i/2]
}

// at is the position of knot i in steps.
func (s scale) at(i int) float64 { return float64(i-2*s.g-1) / 2 }

// between is the position of a girth b in the segment that ends at knot i. At
// the knot itself it is exact; beyond the ends the slope goes on.
func (s scale) between(i int, b float64) float64 {
	lo := s.knot(i - 1)
	return s.at(i-1) + float64((b-lo)/(s.knot(i)-lo)/2)
}

// of is the position of a body girth.
func (s scale) of(b float64) float64 {
	lo, hi := 1, s.st.knots()-1 // the first knot not below b, if there is one
	for lo < hi {
		if m := (lo + hi) / 2; s.knot(m) < b {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if b == s.knot(0) {
		return s.at(0)
	}
	return s.between(lo, b)
}

// body is the inverse of of: the girth at a position.
func (s scale) body(x float64) float64 {
	i := min(max(int(math.Ceil(2*x))+2*s.g+1, 1), s.st.knots()-1)
	lo, hi := s.knot(i-1), s.knot(i)
	switch x {
	case s.at(i):
		return hi
	case s.at(i - 1):
		return lo
	}
	return lo + float64(2*(x-s.at(i-1))*(hi-lo))
}

// step is the distance to the neighbouring sizes, averaged [m]; the width of
// the band where there is no neighbour.
func (st *steps) step(size string) float64 {
	g, ok := st.rank[size]
	if !ok {
		return math.NaN()
	}
	lo, hi := max(g-1, 0), min(g+1, len(st.centre)-1)
	if lo == hi {
		return st.upper[g] - st.lower[g]
	}
	return (st.centre[hi] - st.centre[lo]) / float64(hi-lo)
}

// width is the mean distance between the middles of neighbouring steps, or the
// one step's band.
func (st *steps) width() float64 {
	n := len(st.centre)
	if n == 1 {
		return st.upper[0] - st.lower[0]
	}
	return (st.centre[n-1] - st.centre[0]) / float64(n-1)
}

// inGap reports whether a body falls between two printed bands.
func (st *steps) inGap(b float64) bool {
	for _, g := range st.gaps {
		if b > g[0] && b < g[1] {
			return true
		}
	}
	return false
}

// covers reports whether a body lies within the chart as a whole.
func (st *steps) covers(b float64) bool {
	return b >= st.lower[0] && b <= st.upper[len(st.upper)-1]
}
