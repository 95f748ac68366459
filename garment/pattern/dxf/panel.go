package dxf

import (
	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// straightRatio tells a straight stretch from a chord of a curve: a digitised
// curve has points where it bends, so that a chord this many times longer than
// its neighbour is a straight line that runs into a curve.
const straightRatio = 4

// edges turns an outline with its splits into corners and edges.
func (o *outline) edges() ([]r2.Vec, []pattern.Edge, error) {
	n := len(o.pts)
	first := -1
	for i, e := range o.end {
		if e {
			first = i
			break
		}
	}
	if n < 3 || first < 0 {
		return nil, nil, fault.Errorf("the outline has %d points; at least 3 are needed", n)
	}
	var verts []r2.Vec
	var edges []pattern.Edge
	for i := 0; i < n; {
		run := []r2.Vec{o.pts[(first+i)%n]}
		bend := []bool{true}
		for {
			i++
			k := (first + i) % n
			run, bend = append(run, o.pts[k]), append(bend, o.bends(k))
			if o.end[k] {
				break
			}
		}
		if len(run)-1 > pattern.MaxSplinePieces {
			return nil, nil, fault.Errorf("edge %d has %d points; at most %d are allowed", len(edges), len(run), pattern.MaxSplinePieces)
		}
		e := curveThrough(run, bend)
		e.From = len(verts)
		e.To = e.From + 1
		verts, edges = append(verts, run[0]), append(edges, e)
	}
	edges[len(edges)-1].To = 0
	return verts, edges, nil
}

// curveThrough lays an edge through points: smoothly, but for those that bend.
// Between two of them it is the cubic whose tangents are those of the parabola
// through a point and its neighbours (Overhauser 1968, chord-length
// parameters).
func curveThrough(pts []r2.Vec, bend []bool) pattern.Edge {
	n := len(pts) - 1
	if n == 1 {
		return pattern.Edge{Kind: pattern.Line}
	}
	straight := straightChords(pts, bend)
	e := pattern.Edge{Kind: pattern.Spline, Chain: make([]r2.Vec, 0, 3*n-1)}
	for i := range n {
		a, b := pts[i], pts[i+1]
		from, to := r2.Scale(1.0/3, r2.Sub(b, a)), r2.Scale(1.0/3, r2.Sub(b, a))
		if !straight[i] {
			chord := r2.Norm(r2.Sub(b, a)) / 3
			from = r2.Scale(chord, tangent(pts, bend, straight, i, i))
			to = r2.Scale(chord, tangent(pts, bend, straight, i+1, i))
		}
		e.Chain = append(e.Chain, r2.Add(a, from), r2.Sub(b, to))
		if i+1 < n {
			e.Chain = append(e.Chain, b)
		}
	}
	return e
}

// straightChords marks the chords that are lines: between two bends, or much
// longer than the next chord along the curve.
func straightChords(pts []r2.Vec, bend []bool) []bool {
	n := len(pts) - 1
	length := func(i int) float64 { return r2.Norm(r2.Sub(pts[i+1], pts[i])) }
	out := make([]bool, n)
	for i := range n {
		free := 0 // neighbours the chord runs smoothly into
		long := true
		if i > 0 && !bend[i] {
			free++
			long = long && length(i) > straightRatio*length(i-1)
		}
		if i+1 < n && !bend[i+1] {
			free++
			long = long && length(i) > straightRatio*length(i+1)
		}
		out[i] = free == 0 || long
	}
	return out
}

// tangent is the derivative by chord length of the curve at point k, as chord
// i, which starts or ends there, has it.
func tangent(pts []r2.Vec, bend, straight []bool, k, i int) r2.Vec {
	n := len(pts) - 1
	slope := func(j int) (r2.Vec, float64) {
		d := r2.Sub(pts[j+1], pts[j])
		l := r2.Norm(d)
		return r2.Scale(1/l, d), l
	}
	v, l := slope(i)
	other := 2*k - 1 - i // the chord on the other side of k
	if k > 0 && k < n && !bend[k] {
		w, m := slope(other)
		if straight[other] {
			return w
		}
		return r2.Scale(1/(l+m), r2.Add(r2.Scale(m, v), r2.Scale(l, w)))
	}
	// At an end: the parabola through this chord and the next one inwards.
	in := i - 1
	if i == k {
		in = i + 1
	}
	if in < 0 || in >= n || bend[max(i, in)] {
		return v
	}
	w, m := slope(in)
	if straight[in] {
		// Tangent to the line at its far end: the mirrored end slope.
		return r2.Sub(r2.Scale(2, v), w)
	}
	// Slope of the parabola at the far side of this chord.
	return r2.Add(v, r2.Scale(l/(l+m), r2.Sub(v, w)))
}
