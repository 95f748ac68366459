package laws

import (
	"fmt"
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/garment/sew/cdt"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// sheet is flat cloth, meshed and put in place.
type sheet struct {
	*cloth.Cloth
	flat []r2.Vec // of each vertex; of a weld the left side's
}

// place is where a flat point starts.
type place func(q r2.Vec) r3.Vec

// level lays the cloth flat at height 0, its warp along -Z.
func level(q r2.Vec) r3.Vec { return r3.Vec{X: q.X, Z: -q.Y} }

// upright hangs it in the XY plane.
func upright(q r2.Vec) r3.Vec { return r3.Vec{X: q.X, Y: q.Y} }

// rectangle from lo to hi with edges of about h; cuts are lines across it at
// some X that the mesh follows.
func rectangle(lo, hi r2.Vec, h float64, cuts ...float64) cdt.Outline {
	var o cdt.Outline
	xs := append(append([]float64{lo.X}, cuts...), hi.X)
	n := max(1, int(math.Round((hi.Y-lo.Y)/h)))
	y := func(j int) float64 { return lo.Y + (hi.Y-lo.Y)*float64(j)/float64(n) }
	bottom, top := []int32{}, []int32{}
	add := func(p r2.Vec) int32 { o.Points = append(o.Points, p); return int32(len(o.Points) - 1) }
	for k := 1; k < len(xs); k++ {
		m := max(1, int(math.Round((xs[k]-xs[k-1])/h)))
		for i := range m {
			x := xs[k-1] + (xs[k]-xs[k-1])*float64(i)/float64(m)
			bottom, top = append(bottom, add(r2.Vec{X: x, Y: lo.Y})), append(top, add(r2.Vec{X: x, Y: hi.Y}))
		}
	}
	bottom, top = append(bottom, add(r2.Vec{X: hi.X, Y: lo.Y})), append(top, add(hi))
	chain := func(list []int32, border bool) {
		for i := 1; i < len(list); i++ {
			if s := [2]int32{list[i-1], list[i]}; border {
				o.Borders = append(o.Borders, s)
			} else {
				o.Internal = append(o.Internal, s)
			}
		}
	}
	side := func(from, to int32) []int32 {
		list := []int32{from}
		for j := 1; j < n; j++ {
			list = append(list, add(r2.Vec{X: o.Points[from].X, Y: y(j)}))
		}
		return append(list, to)
	}
	last := len(bottom) - 1
	chain(bottom, true)
	chain(top, true)
	chain(side(bottom[0], top[0]), true)
	chain(side(bottom[last], top[last]), true)
	for i := 1; i < last; i++ {
		for _, x := range cuts {
			if o.Points[bottom[i]].X == x {
				chain(side(bottom[i], top[i]), false)
			}
		}
	}
	return o
}

// disc of radius r, its inner circle of radius cut kept as mesh edges.
func disc(r, cut, h float64) cdt.Outline {
	var o cdt.Outline
	circle := func(r float64) (ring [][2]int32) {
		n := int(math.Round(2 * math.Pi * r / h))
		first := int32(len(o.Points))
		for i := range n {
			a := 2 * math.Pi * float64(i) / float64(n)
			o.Points = append(o.Points, r2.Vec{X: r * math.Cos(a), Y: r * math.Sin(a)})
			ring = append(ring, [2]int32{first + int32(i), first + int32((i+1)%n)})
		}
		return ring
	}
	o.Borders = circle(r)
	o.Internal = circle(cut)
	return o
}

// newSheet meshes an outline. weld > 0 joins the sides at X = 0 and X = weld.
func newSheet(o cdt.Outline, h float64, f fabric.Fabric, at place, weld float64) (*sheet, error) {
	m, err := cdt.Mesh(o, h)
	if err != nil {
		return nil, fmt.Errorf("meshing at %g m: %w", h, err)
	}
	s := &sheet{Cloth: &cloth.Cloth{Panels: []cloth.Panel{{Name: "sheet"}}, Fabrics: []fabric.Fabric{f}}}
	left := map[float64]int32{}
	number := make([]int32, len(m.Points))
	for pass := range 2 { // the left side first: the right is welded to it
		for i, q := range m.Points {
			right := weld > 0 && q.X == weld
			if right != (pass == 1) {
				continue
			}
			if right {
				number[i] = left[q.Y]
				continue
			}
			number[i] = int32(len(s.flat))
			s.flat, s.Start = append(s.flat, q), append(s.Start, at(q))
			if weld > 0 && q.X == 0 {
				left[q.Y] = number[i]
			}
		}
	}
	for _, t := range m.Tris {
		s.Tris = append(s.Tris, geometry.Tri{number[t[0]], number[t[1]], number[t[2]]})
		s.Rest = append(s.Rest, [3]r2.Vec{m.Points[t[0]], m.Points[t[1]], m.Points[t[2]]})
		s.Panel = append(s.Panel, 0)
	}
	return s, s.Validate()
}

// where lists the vertices whose flat place satisfies in.
func (s *sheet) where(in func(q r2.Vec) bool) (out []int32) {
	for i, q := range s.flat {
		if in(q) {
			out = append(out, int32(i))
		}
	}
	return out
}

// mean of f over the vertices listed.
func mean(list []int32, f func(i int32) float64) float64 {
	sum := 0.0
	for _, i := range list {
		sum += f(i)
	}
	return sum / float64(len(list))
}

// middle is the flat centroid of triangle t.
func (s *sheet) middle(t int) r2.Vec {
	q := s.Rest[t]
	return r2.Scale(1.0/3, r2.Add(q[0], r2.Add(q[1], q[2])))
}

// stretch of a Green strain component [1].
func stretch(green float64) float64 { return math.Sqrt(1+2*green) - 1 }
