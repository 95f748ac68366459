package body

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// space is the linear space of shapes of one population: every row (a vertex
// of the left half, a joint or the waist level) is mean + basis . c. Each axis
// is scaled so that a coefficient of one is one standard deviation of what
// people differ by. Most fields are local, so the basis is kept row by row
// without its zeros.
type space struct {
	tpl    *Template
	mean   []r3.Vec
	axes   int
	centre []float64 // the mean of the coefficients
	from   []int32   // of each row the first entry, and the end of the last row's
	basis  []way     // in the order of rows, then axes
	prior  []float64 // axes x axes, the inverse covariance of the coefficients
}

// way is how far an axis moves a row [m].
type way struct {
	axis    int32
	x, y, z float32
}

// least is the way that is no longer worth its memory [m].
const least = 1e-7

// Of five ways that there would be with zeros fewer than two are none: room to
// list them in.
const waysOf, waysIn = 2, 5

// sdWaist is by how much people's ISO waist levels differ for equal heights of
// navel and bust points (ANSUR II) [m].
const sdWaist = 0.018

// newSpace joins the modes of the surveyed shapes with the analytic fields. A
// last row is the level of the ISO waist: people's lowest rib and iliac crest
// do not show on the skin, so the level goes with the navel and the bust
// points, iso of the way up, and has an axis of its own. The fields' lists are
// handed back, to be written over for the next space.
func newSpace(t *Template, s SexShape, iso float64, fixed fixedMarks, room [][]r3.Vec) (*space, [][]r3.Vec) {
	f := newFields(t, s.Mean, fixed, room)
	list := append(slices.Clone(s.Modes), f.list...)
	waist := func(d []r3.Vec) r3.Vec {
		return r3.Vec{Y: float64((1-iso)*d[t.Marks[MarkNavel]].Y) + float64(iso*d[t.Marks[MarkNipple]].Y)}
	}
	sp := &space{tpl: t, mean: append(slices.Clip(s.Mean), waist(s.Mean)), axes: len(list) + 1}
	sp.from = make([]int32, 0, len(sp.mean)+1)
	sp.basis = make([]way, 0, len(sp.mean)*sp.axes*waysOf/waysIn)
	sp.rows(list, t.Middle)
	sp.from = append(sp.from, int32(len(sp.basis)))
	for a, d := range list {
		if q := waist(d); moves(q) {
			sp.basis = append(sp.basis, newWay(a, q))
		}
	}
	sp.basis = append(sp.basis, newWay(len(list), r3.Vec{Y: sdWaist}))
	sp.from = append(sp.from, int32(len(sp.basis)))
	sp.centre = make([]float64, sp.axes)
	sp.prior = f.prior(len(s.Modes), sp.axes)
	return sp, f.list
}

// rowBlock rows are listed together: an axis is then read in stretches, and not a
// place here and there of all axes in turn.
const rowBlock = 64

// rows lists how far each axis moves each row.
func (s *space) rows(list [][]r3.Vec, middle int) {
	var kept [rowBlock][]way
	n := len(list[0])
	for lo := 0; lo < n; lo += rowBlock {
		hi := min(lo+rowBlock, n)
		for a, d := range list {
			for i, q := range d[lo:hi] {
				if lo+i < middle { // the symmetry plane maps to itself
					q.X = 0
				}
				if moves(q) {
					kept[i] = append(kept[i], newWay(a, q))
				}
			}
		}
		for i := range hi - lo {
			s.from = append(s.from, int32(len(s.basis)))
			s.basis = append(s.basis, kept[i]...)
			kept[i] = kept[i][:0]
		}
	}
}

func moves(q r3.Vec) bool {
	return math.Abs(q.X) >= least || math.Abs(q.Y) >= least || math.Abs(q.Z) >= least
}

func newWay(axis int, q r3.Vec) way {
	return way{int32(axis), float32(q.X), float32(q.Y), float32(q.Z)}
}

// shape writes all rows for the coefficients c.
func (s *space) shape(dst []r3.Vec, c []float64) {
	for i, m := range s.mean {
		for _, w := range s.basis[s.from[i]:s.from[i+1]] {
			k := c[w.axis]
			m.X += float64(float64(w.x) * k)
			m.Y += float64(float64(w.y) * k)
			m.Z += float64(float64(w.z) * k)
		}
		dst[i] = m
	}
}

// pull adds the gradient g of a measure at a row to its gradient dst in the
// coefficients.
func (s *space) pull(dst []float64, row int32, g r3.Vec) {
	for _, w := range s.basis[s.from[row]:s.from[row+1]] {
		dst[w.axis] += float64(g.X*float64(w.x)) + float64(g.Y*float64(w.y)) + float64(g.Z*float64(w.z))
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
