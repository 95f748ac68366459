package sew

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"
	"fitroom/garment/sew/cdt"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Lines inside a panel that the cloth must follow are edges of its mesh: folds,
// elastics and the rims of cut-outs. Lines that are only drawn are not.

// innerLine is one chain of such edges.
type innerLine struct {
	of     int     // which Inner of the panel
	points []int32 // of the piece
	closed bool
}

// How near to the border or to another line a sample of an inner line may come,
// in edge lengths: nearer, it takes the place of that point; and how many
// samples one panel may have.
const (
	innerReach    = 0.6
	maxInnerCount = 4000
)

// layInner adds the inner lines of a panel to its outline, whose border is
// complete.
func (pc *piece) layInner(o *cdt.Outline, panel *pattern.Panel, h float64) error {
	for k := range panel.Inner {
		in := &panel.Inner[k]
		if in.Kind == pattern.Drawn {
			continue
		}
		pts := make([]r2.Vec, len(in.Pts))
		for i, q := range in.Pts {
			pts[i] = pc.frame.to(q)
		}
		if in.Kind == pattern.CutOut {
			pc.layCutOut(o, k, pts, h)
		} else {
			pc.layChain(o, k, resample(pts, h), h)
		}
		if n := len(o.Points) - pc.border; n > maxInnerCount {
			return fault.Errorf("sew: panel %q: its inner lines take more than %d points at an edge length of %.1f mm", panel.Name, maxInnerCount, h*1000)
		}
	}
	return nil
}

// layCutOut adds a closed loop, sampled between its corners.
func (pc *piece) layCutOut(o *cdt.Outline, k int, pts []r2.Vec, h float64) {
	line := innerLine{of: k, closed: true}
	loop := resample(append(pts[:len(pts):len(pts)], pts[0]), h)
	for _, q := range loop[:len(loop)-1] {
		line.points = append(line.points, int32(len(o.Points)))
		o.Points = append(o.Points, q)
	}
	for i, a := range line.points {
		o.Borders = append(o.Borders, [2]int32{a, line.points[(i+1)%len(line.points)]})
	}
	pc.inner = append(pc.inner, line)
}

// layChain adds an open line. Where it comes too near to the border it takes
// the border's own point, once; what runs along the border or beyond it is
// left out, since no points are added there.
func (pc *piece) layChain(o *cdt.Outline, k int, pts []r2.Vec, h float64) {
	line := innerLine{of: k}
	end := func() {
		if len(line.points) > 1 {
			pc.inner = append(pc.inner, line)
		}
		line.points = nil
	}
	border := o.Points[:pc.border]
	for _, q := range pts {
		at, near := nearestPoint(o.Points, q, innerReach*h)
		switch {
		case near && at < pc.border && len(line.points) > 0 && int(line.points[len(line.points)-1]) < pc.border:
			end() // along the border
			line.points = append(line.points, int32(at))
		case near:
			if n := len(line.points); n == 0 || line.points[n-1] != int32(at) {
				line.points = append(line.points, int32(at))
			}
			if at < pc.border && len(line.points) > 1 {
				end()
				line.points = append(line.points, int32(at))
			}
		case !insidePolygon(border, q):
			end()
		default:
			line.points = append(line.points, int32(len(o.Points)))
			o.Points = append(o.Points, q)
		}
	}
	end()
	for _, l := range pc.inner {
		if l.of != k {
			continue
		}
		for i := 1; i < len(l.points); i++ {
			o.Internal = append(o.Internal, [2]int32{l.points[i-1], l.points[i]})
		}
	}
}

func nearestPoint(pts []r2.Vec, q r2.Vec, reach float64) (int, bool) {
	best, at := reach, -1
	for i, p := range pts {
		if d := math.Hypot(p.X-q.X, p.Y-q.Y); d < best {
			best, at = d, i
		}
	}
	return at, at >= 0
}

// insidePolygon goes by the parity of the sides that a ray crosses.
func insidePolygon(polygon []r2.Vec, q r2.Vec) bool {
	in := false
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		if (a.Y <= q.Y) != (b.Y <= q.Y) && q.X < a.X+(q.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

// innerCorner is the turn at which a point of an inner line is kept [rad].
const innerCorner = math.Pi / 6

// resample cuts a polyline into pieces of about h between its corners.
func resample(pts []r2.Vec, h float64) []r2.Vec {
	out := []r2.Vec{pts[0]}
	for from := 0; from < len(pts)-1; {
		to, length := from+1, r2.Norm(r2.Sub(pts[from+1], pts[from]))
		for to < len(pts)-1 && !turns(pts[to-1], pts[to], pts[to+1]) {
			length += r2.Norm(r2.Sub(pts[to+1], pts[to]))
			to++
		}
		n := max(1, int(math.Ceil(length/h-1e-6)))
		walked, i := 0.0, from
		for k := 1; k < n; k++ {
			want := length * float64(k) / float64(n)
			for i < to-1 && walked+r2.Norm(r2.Sub(pts[i+1], pts[i])) < want {
				walked += r2.Norm(r2.Sub(pts[i+1], pts[i]))
				i++
			}
			step := r2.Sub(pts[i+1], pts[i])
			out = append(out, r2.Add(pts[i], r2.Scale((want-walked)/r2.Norm(step), step)))
		}
		out = append(out, pts[to])
		from = to
	}
	return out
}

func turns(a, b, c r2.Vec) bool {
	in, out := r2.Sub(b, a), r2.Sub(c, b)
	return math.Abs(math.Atan2(r2.Cross(in, out), r2.Dot(in, out))) > innerCorner
}

// innerOf finds the inner line with a segment or point; -1 if none.
func (pc *piece) innerOf(s [2]int32) int {
	for _, l := range pc.inner {
		for _, v := range l.points {
			if v == s[0] && int(v) >= pc.border || v == s[1] && int(v) >= pc.border {
				return l.of
			}
		}
	}
	return -1
}

// bandsAndFolds carries elastics and folds over to the cloth.
func (w *weld) bandsAndFolds(c *cloth.Cloth) {
	for i, pc := range w.pieces {
		panel := &w.p.Panels[i]
		chain := func(points []int32) []int32 {
			out := make([]int32, len(points))
			for k, v := range points {
				out[k] = w.vert[i][v]
			}
			return out
		}
		for e := range panel.Edges {
			if s := panel.Edges[e].Elastic; s > 0 {
				c.Bands = append(c.Bands, cloth.Band{Line: cloth.Line{Name: "elastic", Verts: chain(pc.edges[e])}, Length: s, Stiffness: panel.Edges[e].Force})
			}
		}
		for _, l := range pc.inner {
			in, line := &panel.Inner[l.of], cloth.Line{Verts: chain(l.points)}
			switch in.Kind {
			case pattern.Elastic:
				line.Name = "elastic"
				c.Bands = append(c.Bands, cloth.Band{Line: line, Length: in.Length, Stiffness: in.Force})
			case pattern.Fold:
				line.Name = "fold"
				c.Folds = append(c.Folds, cloth.Fold{Line: line, Angle: in.Angle})
			}
		}
	}
}
