package spec

import (
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

func pt(x, y float64) r2.Vec { return r2.Vec{X: x, Y: y} }

// towards is the point at distance d from p in the direction of unit vector u.
func towards(p, u r2.Vec, d float64) r2.Vec { return r2.Add(p, r2.Scale(d, u)) }

// turned is v turned anticlockwise by angle a [rad].
func turned(v r2.Vec, a float64) r2.Vec {
	sin, cos := math.Sincos(a)
	return pt(v.X*cos-v.Y*sin, v.X*sin+v.Y*cos)
}

func dist(a, b r2.Vec) float64 { return r2.Norm(r2.Sub(b, a)) }

// path is an outline under the pencil: a start and the edges drawn from it.
type path struct {
	verts []r2.Vec
	edges []pattern.Edge
}

func pathFrom(p r2.Vec) *path { return &path{verts: []r2.Vec{p}} }

// end is the point where the pencil is.
func (p *path) end() r2.Vec { return p.verts[len(p.verts)-1] }

// line draws a straight edge and returns its index.
func (p *path) line(label string, to r2.Vec) int {
	return p.add(pattern.Edge{Label: label}, to)
}

// cubic draws a curve with the given control points and returns its index.
func (p *path) cubic(label string, c, d, to r2.Vec) int {
	return p.add(pattern.Edge{Label: label, Kind: pattern.Cubic, Control: [2]r2.Vec{c, d}}, to)
}

// arc draws a circular arc, at most half a circle, that bulges to the right or
// left of its way, and returns its index.
func (p *path) arc(label string, radius float64, right bool, to r2.Vec) int {
	return p.add(pattern.Edge{Label: label, Kind: pattern.Arc, Radius: radius, Right: right}, to)
}

func (p *path) add(e pattern.Edge, to r2.Vec) int {
	n := len(p.verts)
	e.From, e.To = n-1, n
	p.verts = append(p.verts, to)
	p.edges = append(p.edges, e)
	return len(p.edges) - 1
}

// mirrorOnFold completes the left half of a piece cut on the fold: it draws
// the mirror image of everything so far, back from the fold line x = 0. The
// image of edge e is edge 2n-1-e of the n drawn.
func (p *path) mirrorOnFold() {
	for i := len(p.edges) - 1; i >= 0; i-- {
		e := p.edges[i]
		e.Control[0], e.Control[1] = flip(e.Control[1]), flip(e.Control[0])
		p.add(e, flip(p.verts[i]))
	}
}

// panel closes the outline. An open end is closed with a straight edge under
// the given label; an end on the start becomes the start.
func (p *path) panel(name, closing string) pattern.Panel {
	if dist(p.end(), p.verts[0]) > 1e-9 {
		p.line(closing, p.verts[0])
	}
	n := len(p.verts) - 1
	p.edges[len(p.edges)-1].To = 0
	return pattern.Panel{Name: name, Verts: p.verts[:n], Edges: p.edges, Grain: pt(0, 1)}
}

func flip(v r2.Vec) r2.Vec { return pt(-v.X, v.Y) }

// mirrored returns the panel reflected in x = 0. Edges keep their numbers, so
// the loop turns the other way round: a front becomes a piece whose outer side
// faces back.
func mirrored(p pattern.Panel) pattern.Panel {
	verts, edges := make([]r2.Vec, len(p.Verts)), make([]pattern.Edge, len(p.Edges))
	for i, v := range p.Verts {
		verts[i] = flip(v)
	}
	for i, e := range p.Edges {
		e.Control[0], e.Control[1] = flip(e.Control[0]), flip(e.Control[1])
		e.Right = e.Kind == pattern.Arc && !e.Right
		edges[i] = e
	}
	p.Verts, p.Edges = verts, edges
	return p
}

// turnedOver returns the panel with its loop walked backwards, which swaps
// inner and outer side. Edge e becomes edge (n-e) mod n, so edge 0 stays.
func turnedOver(p pattern.Panel) pattern.Panel {
	n := len(p.Edges)
	edges := make([]pattern.Edge, n)
	for i, e := range p.Edges {
		e.From, e.To = e.To, e.From
		if e.Kind == pattern.Cubic {
			e.Control[0], e.Control[1] = e.Control[1], e.Control[0]
		}
		e.Right = e.Kind == pattern.Arc && !e.Right
		edges[(n-i)%n] = e
	}
	p.Edges = edges
	return p
}

// place gives the hint where the panel hangs on a person of average height:
// turned about Y, its origin at the given point [m].
func place(p pattern.Panel, aboutY, x, y, z float64) pattern.Panel {
	p.HasPlace = true
	p.Rotation = [3]float64{0, aboutY, 0}
	p.Translation = [3]float64{x, y, z}
	return p
}
