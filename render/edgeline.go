package render

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// A free edge of cloth is drawn as the curve its vertices tell of: from vertex to
// vertex it may run in a zigzag that no stiffness in the mesh holds back, and a
// neckline would show teeth.
const (
	fairPasses  = 2
	fairIn      = 0.5   // share of the way to the middle of the neighbours
	fairOut     = -0.53 // and back, so that rings keep their length
	fairMost    = 0.3   // of the shorter neighbouring edge: no vertex goes further
	cornerFlat  = 0.82  // cosine of the turn from which an edge of the flat fabric has a corner
	cornerSpace = 0.4   // and where two panels meet, of one in space
)

// fairEdges returns the places of an object's vertices, those on free edges
// smoothed along them without shrinking (Taubin 1995, "Curve and surface
// smoothing without shrinkage"): teeth from vertex to vertex go, waves of eight
// and more stay. Corners stay.
func fairEdges(o *Object, top *geometry.Topology) []r3.Vec {
	if top.Boundary == 0 {
		return o.Pos
	}
	edge := freeEdges(o, top)
	pos, last := append([]r3.Vec(nil), o.Pos...), append([]r3.Vec(nil), o.Pos...)
	for range fairPasses {
		for _, by := range [2]float64{fairIn, fairOut} {
			for _, e := range edge {
				mid := r3.Scale(0.5, r3.Add(last[e.from], last[e.to]))
				pos[e.v] = r3.Add(last[e.v], r3.Scale(by, r3.Sub(mid, last[e.v])))
			}
			for _, e := range edge {
				last[e.v] = pos[e.v]
			}
		}
	}
	for _, e := range edge {
		at := o.Pos[e.v]
		way, a, b := r3.Sub(pos[e.v], at), r3.Sub(o.Pos[e.from], at), r3.Sub(o.Pos[e.to], at)
		if far, most := math.Sqrt(r3.Norm2(way)), fairMost*math.Sqrt(min(r3.Norm2(a), r3.Norm2(b))); far > most {
			pos[e.v] = r3.Add(at, r3.Scale(most/far, way))
		}
	}
	return pos
}

// edgePoint is a vertex on a free edge between its neighbours there.
type edgePoint struct{ from, v, to int32 }

// freeEdges lists the vertices of free edges that are no corners and lie on one
// edge only.
func freeEdges(o *Object, top *geometry.Topology) []edgePoint {
	type ends struct {
		from, to, in, out int32 // neighbours, and the triangles of the edges to them
		many              bool
	}
	at := make([]ends, len(o.Pos))
	for i := range at {
		at[i] = ends{from: -1, to: -1}
	}
	for _, e := range top.Edges {
		a, b, tri, ok := freeEdge(e)
		if !ok {
			continue
		}
		at[a].many, at[b].many = at[a].many || at[a].to >= 0, at[b].many || at[b].from >= 0
		at[a].to, at[a].out, at[b].from, at[b].in = b, tri, a, tri
	}
	var out []edgePoint
	for v, e := range at {
		p := edgePoint{e.from, int32(v), e.to}
		if e.from >= 0 && e.to >= 0 && !e.many && !turns(o, p, e.in, e.out) {
			out = append(out, p)
		}
	}
	return out
}

// turns reports whether an edge turns sharply at a vertex: in the flat fabric
// where one panel lies on both sides, else in space.
func turns(o *Object, p edgePoint, in, out int32) bool {
	u0, u1 := flatOf(o, in, p.v), flatOf(o, out, p.v)
	if r2.Norm2(r2.Sub(u0, u1)) < 1e-10 {
		a, b := r2.Sub(u0, flatOf(o, in, p.from)), r2.Sub(flatOf(o, out, p.to), u1)
		return r2.Dot(a, b) < cornerFlat*math.Sqrt(r2.Norm2(a)*r2.Norm2(b))
	}
	a, b := r3.Sub(o.Pos[p.v], o.Pos[p.from]), r3.Sub(o.Pos[p.to], o.Pos[p.v])
	return r3.Dot(a, b) < cornerSpace*math.Sqrt(r3.Norm2(a)*r3.Norm2(b))
}

// flatOf is the place of a vertex in the flat fabric of a triangle [m].
func flatOf(o *Object, tri, v int32) r2.Vec {
	for k, w := range o.Tris[tri] {
		if w == v {
			return o.UV[tri][k]
		}
	}
	return r2.Vec{}
}
