package drape

import (
	"fmt"
	"math"
	"slices"

	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Collider is the solid the cloth lies on. Nearest writes to dst, for each
// point, the nearest point of the surface within reach [m], with the distance
// negative inside; beyond reach the hit has Dist = +Inf and Tri = -1. It must
// not allocate and may be called from several goroutines. *bvh.Tree is one.
type Collider interface {
	Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64)
}

// Sphere is a solid ball.
type Sphere struct {
	Centre r3.Vec  // [m]
	Radius float64 // [m]
}

// Nearest implements Collider.
func (s Sphere) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) {
	for i, p := range pts {
		n, l := unit(r3.Sub(p, s.Centre))
		dst[i] = hit(p, n, l-s.Radius, reach)
	}
}

// Cylinder is a solid round bar without ends: a band sits on it as on a limb.
type Cylinder struct {
	Centre r3.Vec  // a point of the axis [m]
	Axis   r3.Vec  // unit
	Radius float64 // [m]
}

// Nearest implements Collider.
func (c Cylinder) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) {
	for i, p := range pts {
		d := r3.Sub(p, c.Centre)
		n, l := unit(r3.Sub(d, r3.Scale(r3.Dot(d, c.Axis), c.Axis)))
		dst[i] = hit(p, n, l-c.Radius, reach)
	}
}

// Plane is the half-space on the far side of Normal: a floor or an incline.
type Plane struct {
	Point  r3.Vec // of the surface [m]
	Normal r3.Vec // unit, out of the solid
}

// Nearest implements Collider.
func (h Plane) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) {
	for i, p := range pts {
		dst[i] = hit(p, h.Normal, r3.Dot(r3.Sub(p, h.Point), h.Normal), reach)
	}
}

// Standing is a body on a floor: cloth that is too long piles up at its feet.
// Stand makes one of a mesh.
type Standing struct {
	Body  Collider
	Mitts []Mitt  // solids round parts of the body
	Floor float64 // height of the floor [m]
}

// Mitt is a closed solid and its box [m].
type Mitt struct {
	Solid  *bvh.Tree
	Lo, Hi r3.Vec
}

const (
	// soleHeight is the part of the feet above the floor that is drawn down
	// into it [m]: heel and ball are round, and cloth does not get under them.
	soleHeight = 0.015
	// soleDepth is how far down that part reaches then [m]: deeper than a foot
	// is high over the spot, so that the way out is never through the floor.
	soleDepth = 0.12
)

// Stand puts a body on a floor at the given height [m]. Its soles are drawn
// down through the floor: the way out of a foot is otherwise through its sole
// into the floor and from there back into the foot, and cloth that once got
// in never leaves. Each list of vertices is fingers or toes and gets a mitt,
// its convex hull: they are thinner than cloth is finely meshed, and what gets
// between them is pushed from one into the next for ever.
func Stand(m *geometry.Mesh, floor float64, fingers ...[]int32) (Standing, error) {
	rooted := &geometry.Mesh{Verts: slices.Clone(m.Verts), Tris: m.Tris}
	for i, v := range m.Verts {
		if below := floor + soleHeight - v.Y; below > 0 {
			rooted.Verts[i].Y -= below * soleDepth / soleHeight
		}
	}
	s := Standing{Body: bvh.Build(rooted), Floor: floor}
	for k, list := range fingers {
		pts := make([]r3.Vec, len(list))
		for i, v := range list {
			pts[i] = rooted.Verts[v]
		}
		mitt, err := geometry.ConvexHull(pts)
		if err != nil {
			return s, fmt.Errorf("standing body: mitt %d: %w", k, err)
		}
		lo, hi := geometry.Bounds(mitt.Verts)
		s.Mitts = append(s.Mitts, Mitt{bvh.Build(mitt), lo, hi})
	}
	return s, nil
}

// Nearest implements Collider: whichever surface is nearer, or deeper.
func (s Standing) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) {
	s.Body.Nearest(dst, pts, reach)
	for i := range pts {
		p := pts[i : i+1]
		for k := range s.Mitts {
			s.Mitts[k].nearest(&dst[i], p, reach)
		}
		d := p[0].Y - s.Floor
		if math.Abs(d) <= reach && d < dst[i].Dist {
			dst[i] = hit(p[0], r3.Vec{Y: 1}, d, reach)
			dst[i].Tri = noSkin
		}
	}
}

// noSkin is the triangle of what is solid and no part of the body: floor and mitts.
const noSkin = math.MaxInt32

// mittDepth bounds how deep in its mitt a point off the body can be [m]: half
// the thickness of a hand and more than the gap between two fingers.
const mittDepth = 0.05

// nearest replaces the hit of point p[0] where the mitt is nearer, or deeper.
// It can be so only in its box or as near to it as the hit is to p.
func (m *Mitt) nearest(best *bvh.Hit, p []r3.Vec, reach float64) {
	near := max(best.Dist, 0)
	q := p[0]
	if q.X < m.Lo.X-near || q.Y < m.Lo.Y-near || q.Z < m.Lo.Z-near || q.X > m.Hi.X+near || q.Y > m.Hi.Y+near || q.Z > m.Hi.Z+near {
		return
	}
	var h [1]bvh.Hit
	if m.Solid.Nearest(h[:], p, min(reach, max(best.Dist, -best.Dist)+mittDepth)); h[0].Dist < best.Dist {
		*best = h[0]
		best.Tri = noSkin
	}
}

// meshOf returns the mesh of a collider that is or holds one, else nil.
func meshOf(c Collider) *bvh.Tree {
	switch c := c.(type) {
	case *bvh.Tree:
		return c
	case Standing:
		return meshOf(c.Body)
	}
	return nil
}

// Nothing is the empty solid: cloth that hangs by its pins alone.
type Nothing struct{}

// Nearest implements Collider.
func (Nothing) Nearest(dst []bvh.Hit, pts []r3.Vec, _ float64) {
	for i := range pts {
		dst[i] = bvh.Hit{Dist: math.Inf(1), Tri: -1}
	}
}

func hit(p, n r3.Vec, d, reach float64) bvh.Hit {
	if math.Abs(d) > reach {
		return bvh.Hit{Dist: math.Inf(1), Tri: -1}
	}
	return bvh.Hit{Point: r3.Sub(p, r3.Scale(d, n)), Normal: n, Dist: d}
}

// unit returns the direction and length of v; up for the zero vector.
func unit(v r3.Vec) (r3.Vec, float64) {
	l := math.Sqrt(r3.Norm2(v))
	if l == 0 {
		return r3.Vec{Y: 1}, 0
	}
	return r3.Scale(1/l, v), l
}
