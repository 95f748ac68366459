package sew

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// tube is a family of convex outlines round part of a body, one per plane
// across an axis, kept as support functions: the support of an outline offset
// by d is the support plus d, and between two planes supports are blended.
// Convex, because cloth spans hollows as a tape does.
type tube struct {
	at         r3.Vec // origin of the axis [m]
	up, e0, e1 r3.Vec // axis; direction of angle 0; up x e0
	s0         float64
	levels     [][]float64 // per plane: support in rays directions [m]
	bare       [][]float64 // the same before anything was held or softened [m]
	held       float64     // above, outlines are held: the part ends there
}

// rays: 96 directions put the offset outline of a torso within 0.2 mm of the
// true convex curve; step is the distance of the planes [m].
const (
	rays     = 96
	tubeStep = 0.01
)

// unit vectors of the rays are needed often, so a tube carries none and the
// callers share this table.
type rayTable [rays][2]float64

func newRays() *rayTable {
	var t rayTable
	for k := range t {
		t[k][1], t[k][0] = math.Sincos(2 * math.Pi * float64(k) / rays)
	}
	return &t
}

// newTube cuts the triangles that keep accepts by planes across the axis from
// s = lo to hi. side, if not zero, keeps only points with side*e1 >= 0 and
// closes the cut, as for one half of a pelvis.
func newTube(m *geometry.Mesh, keep func(tri int) bool, at, up, e0 r3.Vec, lo, hi float64) *tube {
	t := &tube{at: at, up: r3.Unit(up), s0: lo, held: math.Inf(1)}
	t.e0 = r3.Unit(r3.Sub(e0, r3.Scale(r3.Dot(e0, t.up), t.up)))
	t.e1 = r3.Cross(t.up, t.e0)
	n := max(2, int(math.Ceil((hi-lo)/tubeStep))+1)
	t.levels = make([][]float64, n)
	for i := range t.levels {
		t.levels[i] = make([]float64, rays)
		for k := range t.levels[i] {
			t.levels[i][k] = math.Inf(-1)
		}
	}
	dirs := newRays()
	for i, tri := range m.Tris {
		if keep(i) {
			t.add(dirs, m, tri)
		}
	}
	t.fillGaps()
	t.keepBare()
	return t
}

// local gives height and the two coordinates across.
func (t *tube) local(p r3.Vec) (s, x, y float64) {
	d := r3.Sub(p, t.at)
	return r3.Dot(d, t.up), r3.Dot(d, t.e0), r3.Dot(d, t.e1)
}

// add widens the outlines of all planes that the triangle crosses.
func (t *tube) add(dirs *rayTable, m *geometry.Mesh, tri geometry.Tri) {
	var c [3][3]float64
	for i, v := range tri {
		c[i][0], c[i][1], c[i][2] = t.local(m.Verts[v])
	}
	for i := range 3 {
		a, b := c[i], c[(i+1)%3]
		if a[0] > b[0] {
			a, b = b, a
		}
		from := max(0, int(math.Ceil((a[0]-t.s0)/tubeStep)))
		to := min(len(t.levels)-1, int(math.Floor((b[0]-t.s0)/tubeStep)))
		for l := from; l <= to; l++ {
			u := 0.0
			if b[0] > a[0] {
				u = (t.s0 + float64(l)*tubeStep - a[0]) / (b[0] - a[0])
			}
			t.widen(dirs, l, a[1]+u*(b[1]-a[1]), a[2]+u*(b[2]-a[2]))
		}
	}
}

func (t *tube) widen(dirs *rayTable, l int, x, y float64) {
	h := t.levels[l]
	for k := range h {
		h[k] = max(h[k], x*dirs[k][0]+y*dirs[k][1])
	}
}

// fillGaps gives planes that cut nothing the outline of the nearest one that
// does, so that a tube goes on beyond the part it was made from.
func (t *tube) fillGaps() {
	last := -1
	for i, h := range t.levels {
		if math.IsInf(h[0], -1) {
			continue
		}
		for j := last + 1; j < i; j++ {
			src := i
			if last >= 0 && j-last < i-j {
				src = last
			}
			copy(t.levels[j], t.levels[src])
		}
		last = i
	}
	for j := last + 1; j < len(t.levels); j++ {
		if last >= 0 {
			copy(t.levels[j], t.levels[last])
		}
	}
}

// hold gives all planes above s the outline at s.
func (t *tube) hold(s float64) {
	t.held = s
	k := min(len(t.levels)-1, max(0, int((s-t.s0)/tubeStep)))
	for j := k + 1; j < len(t.levels); j++ {
		copy(t.levels[j], t.levels[k])
	}
}

// soften replaces each plane by the mean of its neighbours after widening it
// by their maximum, so that the tube changes slowly and stays outside.
func (t *tube) soften(reach float64) {
	n := int(reach / tubeStep)
	wide := t.window(n, func(a, b float64) float64 { return max(a, b) }, false)
	t.levels = wide
	t.levels = t.window(n, func(a, b float64) float64 { return a + b }, true)
}

func (t *tube) window(n int, join func(a, b float64) float64, mean bool) [][]float64 {
	out := make([][]float64, len(t.levels))
	for i := range out {
		out[i] = append([]float64(nil), t.levels[i]...)
		count := 1.0
		for j := max(0, i-n); j <= min(len(out)-1, i+n); j++ {
			if j == i {
				continue
			}
			count++
			for k, h := range t.levels[j] {
				out[i][k] = join(out[i][k], h)
			}
		}
		if mean {
			for k := range out[i] {
				out[i][k] /= count
			}
		}
	}
	return out
}

// place says where a row of cloth goes round a tube: height and offset ahead
// and behind, and to the sides, where arms may leave less room [m]. Between
// them both change with the square of the cosine.
type place struct{ s, d, sideS, sideD float64 }

func level(s, d float64) place { return place{s, d, s, d} }

// outline is one closed curve of a tube, as points per ray with the arc length
// from angle 0. The coordinates are along up, e0 and e1.
type outline struct {
	s, x, y [rays + 1]float64
	arc     [rays + 1]float64
}

// outlineAt writes the outline of a place. The offset is an ellipse that rolls
// round the convex curve, so the sum stays convex.
func (t *tube) outlineAt(o *outline, dirs *rayTable, p place) {
	var h [rays]float64
	f, i := t.plane(p.s)
	g, j := t.plane(p.sideS)
	for k := range h {
		c, s := dirs[k][0]*dirs[k][0], dirs[k][1]*dirs[k][1]
		h[k] = c*((1-f)*t.levels[i][k]+f*t.levels[i+1][k]) +
			s*((1-g)*t.levels[j][k]+g*t.levels[j+1][k]) +
			math.Sqrt(c*p.d*p.d+s*p.sideD*p.sideD)
		o.s[k] = c*p.s + s*p.sideS
	}
	for k := range h {
		// The touching point of the tangent: h n + h' n'.
		dh := (h[(k+1)%rays] - h[(k+rays-1)%rays]) / (4 * math.Pi / rays)
		o.x[k] = h[k]*dirs[k][0] - dh*dirs[k][1]
		o.y[k] = h[k]*dirs[k][1] + dh*dirs[k][0]
	}
	o.s[rays], o.x[rays], o.y[rays] = o.s[0], o.x[0], o.y[0]
	for k := 1; k <= rays; k++ {
		ds, dx, dy := o.s[k]-o.s[k-1], o.x[k]-o.x[k-1], o.y[k]-o.y[k-1]
		o.arc[k] = o.arc[k-1] + math.Sqrt(ds*ds+dx*dx+dy*dy)
	}
}

// plane finds the plane below s and the fraction to the next.
func (t *tube) plane(s float64) (f float64, i int) {
	f = min(max((s-t.s0)/tubeStep, 0), float64(len(t.levels)-1))
	i = min(int(f), len(t.levels)-2)
	return f - float64(i), i
}

func (o *outline) perimeter() float64 { return o.arc[rays] }

// arcAt is the arc length at a ray angle [rad], which may be negative.
func (o *outline) arcAt(angle float64) float64 {
	f := angle / (2 * math.Pi)
	turns := math.Floor(f)
	f = (f - turns) * rays
	k := min(int(f), rays-1)
	return turns*o.perimeter() + o.arc[k] + (f-float64(k))*(o.arc[k+1]-o.arc[k])
}

// point is the place at an arc length from angle 0; whole turns do not matter.
func (t *tube) point(o *outline, arc float64) r3.Vec {
	p := o.perimeter()
	arc -= math.Floor(arc/p) * p
	lo, hi := 0, rays
	for hi-lo > 1 {
		if m := (lo + hi) / 2; o.arc[m] <= arc {
			lo = m
		} else {
			hi = m
		}
	}
	f := 0.0
	if l := o.arc[hi] - o.arc[lo]; l > 0 {
		f = (arc - o.arc[lo]) / l
	}
	s, x, y := o.s[lo]+f*(o.s[hi]-o.s[lo]), o.x[lo]+f*(o.x[hi]-o.x[lo]), o.y[lo]+f*(o.y[hi]-o.y[lo])
	return r3.Add(r3.Add(t.at, r3.Scale(s, t.up)), r3.Add(r3.Scale(x, t.e0), r3.Scale(y, t.e1)))
}
