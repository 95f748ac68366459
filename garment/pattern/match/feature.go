package match

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// bendPoints is at how many places the bend of two edges is compared.
const bendPoints = 15

// edge is what is known of one edge.
type edge struct {
	ref     pattern.EdgeRef
	lengths []float64 // per size [m]
	bend    [bendPoints]float64
	notches []float64
	along   float64 // how far it runs along the grain: |cosine| of its chord
	height  float64 // of its middle on the panel, 0 bottom, 1 top
	across  float64 // the same from left, 0, to right, 1, seen from outside
}

// edgesOf measures all edges of a size run; shapes are those of one size.
func edgesOf(run *pattern.SizeRun, base int) [][]edge {
	p := run.Sizes[base].Pattern
	out := make([][]edge, len(p.Panels))
	for i := range p.Panels {
		panel := &p.Panels[i]
		top := up(panel)
		right := r2.Scale(panel.Outward(), r2.Vec{X: top.Y, Y: -top.X})
		lo, hi := rangeOf(panel, top)
		from, to := rangeOf(panel, right)
		for e := range panel.Edges {
			f := edge{ref: pattern.EdgeRef{Panel: i, Edge: e}}
			for _, s := range run.Sizes {
				f.lengths = append(f.lengths, s.Pattern.EdgeLength(f.ref))
			}
			c := panel.Curve(e)
			chord := r2.Sub(c.End(), c.Start())
			if l := r2.Norm(chord); l > 0 {
				f.along = math.Abs(r2.Dot(chord, top)) / l
			}
			mid := c.At(c.ParamAt(c.Length() / 2))
			f.height = (r2.Dot(mid, top) - lo) / math.Max(hi-lo, 1e-9)
			f.across = (r2.Dot(mid, right) - from) / math.Max(to-from, 1e-9)
			f.bend = bendOf(panel, e)
			for _, n := range panel.Notches {
				if n.Edge == e && n.At > 0.02 && n.At < 0.98 {
					f.notches = append(f.notches, n.At)
				}
			}
			out[i] = append(out[i], f)
		}
	}
	return out
}

// up is the direction of a panel that is worn upwards: of a sleeve, whose
// drawing may lie on its side, where its cap bulges; of others the grain.
func up(p *pattern.Panel) r2.Vec {
	if partOf(p) == sleeve {
		var sum r2.Vec
		for e := range p.Edges {
			c := p.Curve(e)
			chord := r2.Sub(c.End(), c.Start())
			most := 0.0
			for _, b := range bendOf(p, e) {
				most = math.Max(most, math.Abs(b))
			}
			sum = r2.Add(sum, r2.Scale(most*most*p.Outward(), r2.Vec{X: chord.Y, Y: -chord.X}))
		}
		if l := r2.Norm(sum); l > 1e-5 {
			return r2.Scale(1/l, sum)
		}
	}
	if p.Grain == (r2.Vec{}) {
		return r2.Vec{Y: 1}
	}
	return p.Grain
}

// rangeOf is how far the panel reaches along a direction.
func rangeOf(p *pattern.Panel, d r2.Vec) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, q := range p.Outline(1e-3) {
		h := r2.Dot(q, d)
		lo, hi = math.Min(lo, h), math.Max(hi, h)
	}
	return lo, hi
}

// bendOf is how far the edge departs from its chord at equal steps of length,
// positive outwards, as shares of its length.
func bendOf(p *pattern.Panel, e int) (out [bendPoints]float64) {
	pts := p.Sample(nil, e, bendPoints+1)
	chord := r2.Sub(pts[len(pts)-1], pts[0])
	l := r2.Norm(chord)
	length := p.Length(e)
	if l < 1e-9 {
		return out
	}
	right := r2.Scale(p.Outward()/l, r2.Vec{X: chord.Y, Y: -chord.X})
	for k := range out {
		out[k] = r2.Dot(r2.Sub(pts[k+1], pts[0]), right) / length
	}
	return out
}

// bendGap compares two edges that meet end to start: bent alike, as two side
// seams are, or one into the other, as a sleeve cap and an armhole are.
func bendGap(a, b *edge) float64 {
	alike, into := 0.0, 0.0
	for k := range a.bend {
		x, y := a.bend[k], b.bend[bendPoints-1-k]
		alike = math.Max(alike, math.Abs(x-y))
		into = math.Max(into, math.Abs(x+y))
	}
	return math.Min(alike, into)
}

// gapOf is the largest difference of two sums of lengths over the sizes, as a
// share of the longer.
func gapOf(a, b []float64) float64 {
	worst := 0.0
	for s := range a {
		worst = math.Max(worst, math.Abs(a[s]-b[s])/math.Max(a[s], b[s]))
	}
	return worst
}
