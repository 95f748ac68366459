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
	axis   []uint8   // whose they are
	prior  []float64 // axes x axes, the inverse covariance of the coefficients
}

// way is how far an axis moves a row [m].
type way struct{ x, y, z float32 }

// mostAxes is what their numbers have room for.
const mostAxes = 1 << 8

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
	if sp.axes > mostAxes {
		panic("body: more axes of shape than their numbers have room for")
	}
	sp.basis = make([]way, 0, len(sp.mean)*sp.axes*waysOf/waysIn)
	sp.axis = make([]uint8, 0, cap(sp.basis))
	sp.rows(list, t.Middle)
	sp.from = append(sp.from, int32(len(sp.basis)))
	for a, d := range list {
		if q := waist(d); moves(q) {
			sp.list(a, q)
		}
	}
	sp.list(len(list), r3.Vec{Y: sdWaist})
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
	type entry struct {
		axis int
		d    r3.Vec
	}
	var kept [rowBlock][]entry
	n := len(list[0])
	for lo := 0; lo < n; lo += rowBlock {
		hi := min(lo+rowBlock, n)
		for a, d := range list {
			for i, q := range d[lo:hi] {
				if lo+i < middle { // the symmetry plane maps to itself
					q.X = 0
				}
				if moves(q) {
					kept[i] = append(kept[i], entry{a, q})
				}
			}
		}
		for i := range hi - lo {
			s.from = append(s.from, int32(len(s.basis)))
			for _, e := range kept[i] {
				s.list(e.axis, e.d)
			}
			kept[i] = kept[i][:0]
		}
	}
}

// list adds an entry to the row that is being listed.
func (s *space) list(axis int, d r3.Vec) {
	s.basis = append(s.basis, way{float32(d.X), float32(d.Y), float32(d.Z)})
	s.axis = append(s.axis, uint8(axis))
}

func moves(q r3.Vec) bool {
	return math.Abs(q.X) >= least || math.Abs(q.Y) >= least || math.Abs(q.Z) >= least
}

// shape writes all rows for the coefficients c. What moves a row is summed in 32
// bits, good to a hundredth of a micrometre, in two strands: this is where a fit
// spends most of its time, and it waits for sums to finish.
func (s *space) shape(dst []r3.Vec, c []float64) {
	var k [mostAxes]float32
	for i, v := range c {
		k[i] = float32(v)
	}
	dst = dst[:len(s.mean)]
	for i, m := range s.mean {
		lo, hi := s.from[i], s.from[i+1]
		axis := s.axis[lo:hi]
		basis := s.basis[lo:hi][:len(axis)]
		var x0, y0, z0, x1, y1, z1 float32
		j := 1
		for ; j < len(axis); j += 2 {
			v, w := &basis[j-1], &basis[j]
			p, q := k[axis[j-1]], k[axis[j]]
			x0 += float32(v.x * p)
			y0 += float32(v.y * p)
			z0 += float32(v.z * p)
			x1 += float32(w.x * q)
			y1 += float32(w.y * q)
			z1 += float32(w.z * q)
		}
		if j == len(axis) {
			v, p := &basis[j-1], k[axis[j-1]]
			x0 += float32(v.x * p)
			y0 += float32(v.y * p)
			z0 += float32(v.z * p)
		}
		dst[i] = r3.Vec{X: m.X + float64(x0+x1), Y: m.Y + float64(y0+y1), Z: m.Z + float64(z0+z1)}
	}
}

// pull adds the gradient g of a measure at a row to its gradient dst in the
// coefficients.
func (s *space) pull(dst []float64, row int32, g r3.Vec) {
	lo, hi := s.from[row], s.from[row+1]
	axis := s.axis[lo:hi]
	x, y, z := float32(g.X), float32(g.Y), float32(g.Z)
	for j, w := range s.basis[lo:hi][:len(axis)] {
		dst[axis[j]] += float64(float32(x*w.x) + float32(y*w.y) + float32(z*w.z))
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
