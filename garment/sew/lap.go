package sew

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/garment/sew/cdt"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// A panel that is laid on another, as a patch pocket is, is sewn to lines inside
// it. A surface on which three triangles share an edge is none that can be
// draped; so line and edge are cut into equally many parts and only every
// second sample of one is sewn to its partner on the other, as a thread does:
// between the stitches both layers run side by side.
const stitchEvery = 2

// lapOff is how far a laid panel starts off the one it is laid on [m], per layer:
// more than what two layers keep apart, less than what a fold would be.
const lapOff = 0.003

// lapTurned is the root mean square by which edges may miss the lines they are
// laid on, as a share of their own spread: a panel laid face down misses by about
// the whole of it, one that is eased or gathered by a tenth.
const lapTurned = 0.35

// lapCounts makes lapped edges end on a stitch, and lets no edge of a laid panel
// span two stitches that are neighbours on the other.
func lapCounts(p *pattern.Pattern, n [][]int, h float64) {
	for _, l := range p.Laps {
		i := l.Edge.Panel
		for e := range n[i] {
			n[i][e] = max(n[i][e], stitchEvery)
		}
		line := math.Abs(l.To-l.From) * p.Panels[l.Panel].Inner[l.Line].Chain()
		k := int(math.Ceil(max(p.EdgeLength(l.Edge), line)/(stitchEvery*panelEdge(p, i, h)) - 1e-6))
		n[i][l.Edge.Edge] = stitchEvery * max(1, k)
	}
}

// layLaps adds the lines of panel i on which others are laid to its outline.
func (pc *piece) layLaps(o *cdt.Outline, p *pattern.Pattern, i int, n [][]int) error {
	border := o.Points[:pc.border]
	pc.laps = make([][]int32, len(p.Laps))
	for k, l := range p.Laps {
		if l.Panel != i {
			continue
		}
		in := &p.Panels[i].Inner[l.Line]
		for s, q := range in.Along(nil, l.From, l.To, n[l.Edge.Panel][l.Edge.Edge]) {
			at := pc.frame.to(q)
			if !insidePolygon(border, at) {
				return fault.Errorf("sew: panel %q: its inner line %d, on which panel %q is laid, leaves it at (%.1f, %.1f) cm", p.Panels[i].Name, l.Line, p.Panels[l.Edge.Panel].Name, 100*q.X, 100*q.Y)
			}
			v := pc.lapPoint(o, at)
			if s > 0 {
				o.Internal = append(o.Internal, [2]int32{pc.laps[k][s-1], v})
			}
			pc.laps[k] = append(pc.laps[k], v)
		}
	}
	return nil
}

// samePoint joins ends of lines that meet [m].
const samePoint = 1e-6

// lapPoint is the point at a place inside the outline, a new one where there is
// none yet.
func (pc *piece) lapPoint(o *cdt.Outline, at r2.Vec) int32 {
	if k, near := nearestPoint(o.Points[pc.border:], at, samePoint); near {
		return int32(pc.border + k)
	}
	o.Points = append(o.Points, at)
	return int32(len(o.Points) - 1)
}

// carryLaps fixes the points of the lines where another size has them.
func (pc *piece) carryLaps(out *piece, p *pattern.Pattern, i int, shift []r2.Vec, fixed []bool) {
	for k, l := range p.Laps {
		if l.Panel != i {
			continue
		}
		for s, q := range p.Panels[i].Inner[l.Line].Along(nil, l.From, l.To, len(pc.laps[k])-1) {
			v := pc.laps[k][s]
			shift[v], fixed[v] = r2.Sub(out.frame.to(q), pc.points[v]), true
		}
	}
}

// stitches lists the pairs of points that a lap sews together: of the laid panel
// and of the one below.
func stitches(l *pattern.Lap, k int, pieces []*piece) (upper, lower []int32) {
	a, b := pieces[l.Edge.Panel].edges[l.Edge.Edge], pieces[l.Panel].laps[k]
	for s := 0; s < len(a); s += stitchEvery {
		upper, lower = append(upper, a[s]), append(lower, b[s])
	}
	return upper, lower
}

// laid is a panel laid on another, and where each of its points lies on that.
type laid struct {
	panel, host int
	tri         []int32
	weight      [][3]float64
	sewn        []bool
	off         float64 // along the outer normal [m]
}

// layOut finds the place of every laid panel on its host: the motion in the plane
// that takes its stitches nearest to theirs. What is left, where cloth is eased in,
// is spread over the panel.
func layOut(p *pattern.Pattern, pieces []*piece) ([]laid, error) {
	var out []laid
	for i := range p.Panels {
		host := hostOf(p, i)
		if host < 0 {
			continue
		}
		d := laid{panel: i, host: host, off: lapOff}
		if depth := p.Panels[i].Layer - p.Panels[host].Layer; depth != 0 {
			d.off = lapOff * float64(depth)
		}
		if isUnder(p, i) {
			d.off = -lapOff
		}
		if err := d.fit(p, pieces); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// hostOf is the panel on which most of the edges of panel i are laid; -1 if none.
func hostOf(p *pattern.Pattern, i int) int {
	length := make([]float64, len(p.Panels))
	best := -1
	for _, l := range p.Laps {
		if l.Edge.Panel == i {
			length[l.Panel] += p.EdgeLength(l.Edge)
		}
	}
	for k, s := range length {
		if s > 0 && (best < 0 || s > length[best]) {
			best = k
		}
	}
	return best
}

// fit finds the triangle of the host under each point.
func (d *laid) fit(p *pattern.Pattern, pieces []*piece) error {
	pc, host := pieces[d.panel], pieces[d.host]
	var own []int32
	var from, to []r2.Vec
	d.sewn = make([]bool, len(pc.points))
	for k := range p.Laps {
		l := &p.Laps[k]
		if l.Edge.Panel != d.panel {
			continue
		}
		upper, lower := stitches(l, k, pieces)
		for s, v := range upper {
			d.sewn[v] = true
			if l.Panel == d.host {
				own = append(own, v)
				from, to = append(from, pc.points[v]), append(to, host.points[lower[s]])
			}
		}
	}
	m := rigid2(from, to)
	miss, spreadOut := 0.0, 0.0
	middle := centroid(from)
	shift, fixed := make([]r3.Vec, len(pc.points)), make([]bool, len(pc.points))
	for k, v := range own {
		left := r2.Sub(to[k], m.apply(from[k]))
		shift[v], fixed[v] = r3.Vec{X: left.X, Y: left.Y}, true
		miss, spreadOut = miss+r2.Norm2(left), spreadOut+r2.Norm2(r2.Sub(from[k], middle))
	}
	if miss > lapTurned*lapTurned*spreadOut {
		return fault.Errorf("sew: panel %q does not fit the lines of panel %q that it is laid on; mirror it, or turn the direction of a line round", p.Panels[d.panel].Name, p.Panels[d.host].Name)
	}
	spread(shift, fixed, pc.tris, hangSweeps)
	d.tri, d.weight = make([]int32, len(pc.points)), make([][3]float64, len(pc.points))
	for k, q := range pc.points {
		at := r2.Add(m.apply(q), r2.Vec{X: shift[k].X, Y: shift[k].Y})
		d.tri[k], d.weight[k] = host.under(at)
	}
	return nil
}

// motion2 is a turn and a shift in the plane.
type motion2 struct {
	cos, sin float64
	from, to r2.Vec
}

func (m motion2) apply(q r2.Vec) r2.Vec {
	d := r2.Sub(q, m.from)
	return r2.Add(m.to, r2.Vec{X: m.cos*d.X - m.sin*d.Y, Y: m.sin*d.X + m.cos*d.Y})
}

// rigid2 takes points nearest to others, in the least squares.
func rigid2(from, to []r2.Vec) motion2 {
	m := motion2{from: centroid(from), to: centroid(to)}
	dot, cross := 0.0, 0.0
	for k := range from {
		u, v := r2.Sub(from[k], m.from), r2.Sub(to[k], m.to)
		dot, cross = dot+r2.Dot(u, v), cross+r2.Cross(u, v)
	}
	l := math.Hypot(dot, cross)
	if l == 0 {
		m.cos = 1
		return m
	}
	m.cos, m.sin = dot/l, cross/l
	return m
}

// under is the triangle that a place lies in, or the one it is least outside of,
// and the weights of its corners.
func (pc *piece) under(q r2.Vec) (tri int32, weight [3]float64) {
	best := math.Inf(-1)
	for t, v := range pc.tris {
		a, b, c := pc.points[v[0]], pc.points[v[1]], pc.points[v[2]]
		area := r2.Cross(r2.Sub(b, a), r2.Sub(c, a))
		w := [3]float64{r2.Cross(r2.Sub(c, b), r2.Sub(q, b)) / area, r2.Cross(r2.Sub(a, c), r2.Sub(q, c)) / area}
		w[2] = 1 - w[0] - w[1]
		if in := min(w[0], w[1], w[2]); in > best {
			tri, weight, best = int32(t), w, in
			if in >= 0 {
				return tri, weight
			}
		}
	}
	return tri, weight
}

// laidOn lists the vertices of laid panels and what they lie on.
func (w *weld) laidOn() []cloth.Laid {
	first := make([]int32, len(w.pieces)+1)
	for i, pc := range w.pieces {
		first[i+1] = first[i] + int32(len(pc.tris))
	}
	var out []cloth.Laid
	for i := range w.laid {
		d := &w.laid[i]
		for k, v := range w.vert[d.panel] {
			if !d.sewn[k] { // else one vertex with the host's
				out = append(out, cloth.Laid{Vert: v, On: cloth.Anchor{Tri: first[d.host] + d.tri[k], Weight: d.weight[k]}, Off: d.off})
			}
		}
	}
	return out
}

// isLaid: panel i lies on another.
func (w *weld) isLaid(i int) bool {
	for k := range w.laid {
		if w.laid[k].panel == i {
			return true
		}
	}
	return false
}
