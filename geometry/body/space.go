package body

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// space is the linear space of shapes of one population: every row (a vertex
// of the left half or a joint) is mean + basis . c. Each axis is scaled so that
// a coefficient of one is one standard deviation of what people differ by.
type space struct {
	tpl   *Template
	mean  []r3.Vec
	axes  int
	basis []float32 // [(3*row+coordinate)*axes + axis], so that a row's gradient is one run of memory
	prior []float64 // axes x axes, the inverse covariance of the coefficients
}

// sdWaist is by how much people's ISO waist levels differ for equal heights of
// navel and bust points (ANSUR II) [m].
const sdWaist = 0.018

// newSpace joins the modes of the surveyed shapes with the analytic fields. A
// last row is the level of the ISO waist: people's lowest rib and iliac crest
// do not show on the skin, so the level goes with the navel and the bust
// points, iso of the way up, and has an axis of its own.
func newSpace(t *Template, s SexShape, iso float64) *space {
	f := newFields(t, s.Mean)
	list := append([][]r3.Vec{s.Mean}, s.Modes...)
	list = append(list, f.list...)
	list = append(list, make([]r3.Vec, len(s.Mean)))
	for a, d := range list {
		y := (1-iso)*d[t.Marks[MarkNavel]].Y + iso*d[t.Marks[MarkNipple]].Y
		list[a] = append(slices.Clip(d), r3.Vec{Y: y})
	}
	list[len(list)-1][t.waistRow()].Y = sdWaist
	sp := &space{tpl: t, mean: list[0], axes: len(list) - 1}
	list = list[1:]
	sp.basis = make([]float32, 3*len(sp.mean)*sp.axes)
	for a, d := range list {
		for i, p := range d {
			sp.basis[(3*i)*sp.axes+a] = float32(p.X)
			sp.basis[(3*i+1)*sp.axes+a] = float32(p.Y)
			sp.basis[(3*i+2)*sp.axes+a] = float32(p.Z)
		}
	}
	for i := range t.Middle { // the symmetry plane maps to itself
		clear(sp.basis[3*i*sp.axes : (3*i+1)*sp.axes])
	}
	sp.prior = f.prior(len(s.Modes), sp.axes)
	return sp
}

// shape writes all rows for the coefficients c.
func (s *space) shape(dst []r3.Vec, c []float64) {
	n := s.axes
	for i, m := range s.mean {
		b := s.basis[3*i*n : (3*i+3)*n]
		dst[i] = r3.Vec{X: m.X + dot32(b[:n], c), Y: m.Y + dot32(b[n:2*n], c), Z: m.Z + dot32(b[2*n:], c)}
	}
}

// dot32 sums in four strands of fixed order: the processor overlaps them and
// the bits do not depend on anything but the input.
func dot32(a []float32, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float64(a[i]) * b[i]
		s1 += float64(a[i+1]) * b[i+1]
		s2 += float64(a[i+2]) * b[i+2]
		s3 += float64(a[i+3]) * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += float64(a[i]) * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// pull adds the gradient g of a measure at a row to its gradient dst in the
// coefficients.
func (s *space) pull(dst []float64, row int32, g r3.Vec) {
	n := s.axes
	b := s.basis[3*int(row)*n : (3*int(row)+3)*n]
	for k, w := range [3]float64{g.X, g.Y, g.Z} {
		if w == 0 {
			continue
		}
		for a, v := range b[k*n : (k+1)*n] {
			dst[a] += w * float64(v)
		}
	}
}

// mesh spreads the half to the whole, standing on the floor.
func (s *space) mesh(rows []r3.Vec) []r3.Vec {
	out := s.tpl.spread(rows)
	floor := math.Inf(1)
	for _, p := range out {
		floor = min(floor, p.Y)
	}
	for i := range out {
		out[i].Y -= floor
	}
	return out
}
