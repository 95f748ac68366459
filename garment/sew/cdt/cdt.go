package cdt

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Outline is what is to be cut into triangles.
type Outline struct {
	Points   []r2.Vec   // [m]
	Borders  [][2]int32 // segments that form closed loops; inside = behind an odd number of them
	Internal [][2]int32 // further segments to keep as edges
}

// Triangulation of an Outline. Its first points are those of the outline in
// their order, the others lie inside.
type Triangulation struct {
	Points []r2.Vec
	Tris   [][3]int32 // counter-clockwise
}

// Mesh triangulates the inside of the outline with edges of about the given
// length [m]; shorter borders make finer triangles near them. It returns a
// *CrossingError where segments cross or run through a point.
func Mesh(o Outline, size float64) (*Triangulation, error) {
	if err := o.check(size); err != nil {
		return nil, err
	}
	m, err := o.triangulate(size)
	if err != nil {
		return nil, err
	}
	r := refiner{mesh: m, size: size, local: o.sizes(size)}
	r.run()
	m.smooth(len(o.Points) + ghosts)
	return m.result(), nil
}

func (o Outline) check(size float64) error {
	if !(size > 0) || math.IsInf(size, 1) {
		return fault.Errorf("edge length %g m; it must be positive and finite", size)
	}
	if len(o.Points) < 3 || len(o.Borders) < 3 {
		return fault.Errorf("an outline of %d points and %d borders; it needs at least 3 of each", len(o.Points), len(o.Borders))
	}
	for i, p := range o.Points {
		if s := p.X + p.Y; math.IsNaN(s) || math.IsInf(s, 0) {
			return fault.Errorf("point %d is (%g, %g); coordinates must be finite", i, p.X, p.Y)
		}
	}
	return o.checkLoops()
}

// checkLoops makes sure that borders close: an even number ends at each point.
func (o Outline) checkLoops() error {
	ends := make([]int, len(o.Points))
	for i, s := range append(o.Borders[:len(o.Borders):len(o.Borders)], o.Internal...) {
		for _, v := range s {
			if v < 0 || int(v) >= len(o.Points) {
				return fault.Errorf("segment %d names point %d of %d", i, v, len(o.Points))
			}
			if i < len(o.Borders) {
				ends[v]++
			}
		}
		if s[0] == s[1] {
			return fault.Errorf("segment %d joins point %d to itself", i, s[0])
		}
	}
	for v, n := range ends {
		if n%2 != 0 {
			return fault.Errorf("the borders do not close at point %d (%.1f, %.1f) cm", v, 100*o.Points[v].X, 100*o.Points[v].Y)
		}
	}
	return nil
}

// triangulate builds the constrained Delaunay triangulation of the outline.
func (o Outline) triangulate(size float64) (*mesh, error) {
	lo, hi := o.Points[0], o.Points[0]
	for _, p := range o.Points {
		lo = r2.Vec{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}
		hi = r2.Vec{X: max(hi.X, p.X), Y: max(hi.Y, p.Y)}
	}
	if lo == hi {
		return nil, fault.Errorf("all points of the outline coincide")
	}
	m := newMesh(lo, hi, len(o.Points))
	for i, p := range o.Points {
		t := m.locate(p, false)
		for _, v := range m.tris[t].v {
			if m.pts[v] == p {
				return nil, fault.Errorf("points %d and %d of the outline coincide at (%.1f, %.1f) cm", v-ghosts, i, 100*p.X, 100*p.Y)
			}
		}
		m.dig(p, t)
		m.fill(p)
	}
	for _, s := range o.Borders {
		if err := m.constrain(s[0]+ghosts, s[1]+ghosts, border); err != nil {
			return nil, err
		}
	}
	for _, s := range o.Internal {
		if err := m.constrain(s[0]+ghosts, s[1]+ghosts, internal); err != nil {
			return nil, err
		}
	}
	all := make([]int32, len(m.tris))
	for t := range all {
		all[t] = int32(t)
	}
	m.legalize(all)
	m.carve()
	return m, nil
}

// sizes is the target edge length at each point: the mean of the segments that
// end there, at most size. The far corners come first.
func (o Outline) sizes(size float64) []float64 {
	sum := make([]float64, len(o.Points))
	n := make([]float64, len(o.Points))
	for _, list := range [2][][2]int32{o.Borders, o.Internal} {
		for _, s := range list {
			l := dist(o.Points[s[0]], o.Points[s[1]])
			for _, v := range s {
				sum[v] += l
				n[v]++
			}
		}
	}
	local := make([]float64, ghosts, ghosts+2*len(o.Points))
	for i := range local {
		local[i] = size
	}
	for v := range sum {
		s := size
		if n[v] > 0 {
			s = min(s, sum[v]/n[v])
		}
		local = append(local, s)
	}
	return local
}

// result drops the far corners and what lies outside.
func (m *mesh) result() *Triangulation {
	out := &Triangulation{Points: append([]r2.Vec(nil), m.pts[ghosts:]...)}
	for _, t := range m.tris {
		if t.in {
			out.Tris = append(out.Tris, [3]int32{t.v[0] - ghosts, t.v[1] - ghosts, t.v[2] - ghosts})
		}
	}
	return out
}
