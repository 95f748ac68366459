package sew

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// chart unrolls a piece: it takes points of the piece to (a, v) [m], where v
// runs up the body part the panel is wrapped on and a runs round it, growing
// to the right seen from outside. Straight charts turn the plane; round ones
// unroll rings and cones, whose rows are circles about a centre.
type chart struct {
	up     r2.Vec // unit, direction of v
	round  bool
	centre r2.Vec  // of a round chart
	radius float64 // of its top row [m]
	lift   float64 // added to v, so that neighbours share rows [m]
	// turned panels, as those of a lining sewn to its garment, lie with the inner side
	// of the cloth up: seen from outside a grows the other way.
	turned bool
}

func (c *chart) at(p r2.Vec) (a, v float64) {
	across := right(c.up)
	if c.turned {
		across = r2.Scale(-1, across)
	}
	d := r2.Sub(p, c.centre)
	if !c.round {
		return r2.Dot(d, across), r2.Dot(d, c.up) + c.lift
	}
	angle := math.Atan2(r2.Dot(d, across), -r2.Dot(d, c.up))
	return angle * c.radius, c.radius - r2.Norm(d) + c.lift
}

// arc is the length in the cloth of a step along a in row v [m].
func (c *chart) arc(a, v float64) float64 {
	if !c.round {
		return a
	}
	return a * ((c.radius + c.lift - v) / c.radius)
}

// Rings and cones start where the top edge subtends this angle; below, a
// straight chart differs from a round one by less than a tenth of the width.
const roundFrom = 0.6

// roundChart fits a circle to the points of a top edge (Kåsa 1976) and returns
// a round chart if the panel hangs below a clearly curved edge.
func roundChart(top []r2.Vec, length float64, middle r2.Vec) (chart, bool) {
	c, radius, ok := fitCircle(top)
	if !ok || length/radius < roundFrom {
		return chart{}, false
	}
	// The edge's own middle is the direction that hangs straight down. The
	// points come as chains, so their mean lies inside the arc's opening.
	mean := centroid(top)
	down := r2.Sub(mean, c)
	if length > math.Pi*radius*1.9 || r2.Norm(down) < 1e-3*radius {
		down = r2.Sub(middle, c)
	}
	if r2.Norm(r2.Sub(middle, c)) < radius*0.6 && length < math.Pi*radius {
		return chart{}, false // the panel lies inside the arc
	}
	if r2.Norm(down) == 0 {
		return chart{}, false
	}
	return chart{up: r2.Scale(-1/r2.Norm(down), down), round: true, centre: c, radius: radius}, true
}

func centroid(pts []r2.Vec) r2.Vec {
	var s r2.Vec
	for _, p := range pts {
		s = r2.Add(s, p)
	}
	return r2.Scale(1/float64(max(1, len(pts))), s)
}

// fitCircle solves the linear least squares of x2+y2 = 2cx x + 2cy y + k.
func fitCircle(pts []r2.Vec) (r2.Vec, float64, bool) {
	m := centroid(pts)
	var xx, xy, yy, xz, yz float64
	for _, p := range pts {
		x, y := p.X-m.X, p.Y-m.Y
		z := x*x + y*y
		xx, xy, yy, xz, yz = xx+x*x, xy+x*y, yy+y*y, xz+x*z, yz+y*z
	}
	det := xx*yy - xy*xy
	if !(det > 1e-9*(xx+yy)*(xx+yy)) {
		return r2.Vec{}, 0, false
	}
	cx, cy := (xz*yy-yz*xy)/(2*det), (yz*xx-xz*xy)/(2*det)
	n := float64(len(pts))
	return r2.Vec{X: m.X + cx, Y: m.Y + cy}, math.Sqrt(cx*cx + cy*cy + (xx+yy)/n), true
}

// rows tabulates a piece in its chart: per height the first and last a and the
// fabric between, open darts not counted.
type rows struct {
	v0, step        float64 // lower end of the first row, height of a row [m]
	from, to, width []float64
}

// rowStep is the wanted height of a row [m]: half of the finest mesh in use.
const rowStep = 0.005

func newRows(pc *piece, c *chart) *rows {
	lo, hi := math.Inf(1), math.Inf(-1)
	a, v := make([]float64, pc.border), make([]float64, pc.border)
	for i := range pc.border {
		a[i], v[i] = c.at(pc.points[i])
		lo, hi = min(lo, v[i]), max(hi, v[i])
	}
	n := max(1, int((hi-lo)/rowStep))
	r := &rows{v0: lo, step: (hi - lo) / float64(n), from: make([]float64, n), to: make([]float64, n), width: make([]float64, n)}
	for k := range n {
		h := lo + (float64(k)+0.5)*r.step
		r.from[k], r.to[k] = math.Inf(1), math.Inf(-1)
		for i := range a {
			j := (i + 1) % len(a)
			if (v[i] <= h) == (v[j] <= h) {
				continue
			}
			x := a[i] + (h-v[i])/(v[j]-v[i])*(a[j]-a[i])
			r.from[k], r.to[k] = min(r.from[k], x), max(r.to[k], x)
			// On a counter-clockwise border, upward sides end a span.
			if v[j] > v[i] {
				r.width[k] += x
			} else {
				r.width[k] -= x
			}
		}
		r.width[k] = c.arc(r.width[k], h)
	}
	return r
}

func (r *rows) top() float64 { return r.v0 + float64(len(r.from))*r.step }

// index is the row of height v, or the nearest.
func (r *rows) index(v float64) int {
	return min(max(int(math.Floor((v-r.v0)/r.step)), 0), len(r.from)-1)
}

// fraction is where a stands in its row, 0 at the first, 1 at the last point.
// Between row centres the ends are blended.
func (r *rows) fraction(a, v float64) float64 {
	f := (v-r.v0)/r.step - 0.5
	f = min(max(f, 0), float64(len(r.from)-1))
	i := min(int(f), max(0, len(r.from)-2))
	j := min(i+1, len(r.from)-1)
	f -= float64(i)
	from, to := (1-f)*r.from[i]+f*r.from[j], (1-f)*r.to[i]+f*r.to[j]
	if to-from < 1e-6 {
		return 0.5
	}
	return min(1, max(0, (a-from)/(to-from)))
}
