package sew

import (
	"errors"
	"math"

	"fitroom/garment/pattern"
	"fitroom/garment/sew/cdt"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// piece is one panel cut into triangles, seen from the side that will be the
// outer one, the grain along +y.
type piece struct {
	points []r2.Vec // border first, in loop order [m]
	tris   [][3]int32
	border int       // how many of the points lie on the border
	edges  [][]int32 // per edge of the panel, its samples from From to To
	inner  []innerLine
	laps   [][]int32 // per lap of the pattern the points of its line, where that is on this panel
	frame  frame
}

// frame takes panel coordinates to those of the piece: mirrored where the
// drawing shows the inner side, then turned so that the grain is upright.
type frame struct {
	mirror   bool
	sin, cos float64
}

func newFrame(p *pattern.Panel, keep bool) frame {
	f := frame{mirror: (p.Outward() < 0) == keep, cos: 1}
	if p.Grain != (r2.Vec{}) {
		g := p.Grain
		if f.mirror {
			g.X = -g.X
		}
		l := math.Hypot(g.X, g.Y)
		f.sin, f.cos = g.X/l, g.Y/l
	}
	return f
}

func (f frame) to(p r2.Vec) r2.Vec {
	if f.mirror {
		p.X = -p.X
	}
	return r2.Vec{X: float64(f.cos*p.X) - float64(f.sin*p.Y), Y: float64(f.sin*p.X) + float64(f.cos*p.Y)}
}

// cut meshes panel i with the given sample counts of all edges.
func cut(p *pattern.Pattern, i int, all [][]int, keep bool, h float64) (*piece, error) {
	panel, n := &p.Panels[i], all[i]
	pc := &piece{frame: newFrame(panel, keep), edges: make([][]int32, len(panel.Edges))}
	var o cdt.Outline
	var samples []r2.Vec
	for e := range panel.Edges {
		samples = panel.Sample(samples[:0], e, n[e])
		for k, q := range samples {
			pc.edges[e] = append(pc.edges[e], int32(len(o.Points)))
			if k < n[e] {
				o.Points = append(o.Points, pc.frame.to(q))
			}
		}
	}
	pc.border = len(o.Points)
	for e := range pc.edges { // the last sample is the first of the next edge
		pc.edges[e][n[e]] = pc.edges[(e+1)%len(pc.edges)][0]
		for k := range n[e] {
			o.Borders = append(o.Borders, [2]int32{pc.edges[e][k], pc.edges[e][k+1]})
		}
	}
	if err := pc.layLaps(&o, p, i, all); err != nil {
		return nil, err
	}
	if err := pc.layInner(&o, panel, h); err != nil {
		return nil, err
	}
	m, err := cdt.Mesh(o, panelEdge(p, i, h))
	if err != nil {
		return nil, pc.refusal(panel, err)
	}
	pc.points, pc.tris = m.Points, m.Tris
	return pc, nil
}

// refusal names panel, edges and place of a meshing error.
func (pc *piece) refusal(panel *pattern.Panel, err error) error {
	var c *cdt.CrossingError
	if !errors.As(err, &c) {
		return fault.Errorf("sew: panel %q: %w", panel.Name, err)
	}
	at := pc.frame.back(c.At)
	if a, b := pc.innerOf(c.Segment), pc.innerOf(c.Other); a >= 0 || b >= 0 {
		return fault.Errorf("sew: panel %q: its inner line %d meets another line at (%.1f, %.1f) cm; end one of them there", panel.Name, max(a, b), 100*at.X, 100*at.Y)
	}
	return fault.Errorf("sew: panel %q crosses itself: edge %d meets edge %d at (%.1f, %.1f) cm",
		panel.Name, pc.edgeOf(c.Segment), pc.edgeOf(c.Other), 100*at.X, 100*at.Y)
}

func (f frame) back(p r2.Vec) r2.Vec {
	q := r2.Vec{X: float64(f.cos*p.X) + float64(f.sin*p.Y), Y: float64(f.cos*p.Y) - float64(f.sin*p.X)}
	if f.mirror {
		q.X = -q.X
	}
	return q
}

// edgeOf finds the edge of the panel with a segment or point of the border.
func (pc *piece) edgeOf(s [2]int32) int {
	for e, samples := range pc.edges {
		for k := 1; k < len(samples); k++ {
			a, b := samples[k-1], samples[k]
			if s == [2]int32{a, b} || s == [2]int32{b, a} || (s[0] == s[1] && (a == s[0] || b == s[0])) {
				return e
			}
		}
	}
	return -1
}
