package drape

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry"
	"fitroom/geometry/bvh"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r3"
)

// faults is what a garment in equilibrium must not have.
type faults struct {
	inside  []int32    // cloth vertices inside the solid
	pierced []int32    // cloth triangles the solid sticks out through, ascending
	out     int        // triangles of the solid that stick out
	cut     [][2]int32 // pairs of cloth triangles that cut each other
}

func (f *faults) none() bool       { return len(f.inside)+f.out+len(f.cut) == 0 }
func (f *faults) penetrating() int { return len(f.inside) + f.out }

// insideBy is how deep a vertex must lie to count as inside [m]: what two
// roundings to a tenth of a millimetre can differ by.
const insideBy = 1e-4

// findFaults looks at the present positions.
func (s *Solver) findFaults() faults {
	var f faults
	own := s.points()
	// The body is looked for where it was before the skin gave way.
	dent := s.contacts.dents(s.x, s.plan)
	pos, low := own, own
	if dent != nil {
		pos, low = lifted(own, dent), lifted(own, s.contacts.deepest(s.x, s.plan))
	}
	var inside [blockCount][]int32
	s.crew.do(func(b int) {
		lo, hi := span(b, len(pos))
		inside[b] = s.findInside(pos, low, lo, hi)
	})
	f.inside = slices.Concat(inside[:]...)
	cut, pierced := s.glance(pos)
	if pierced {
		s.findPierced(&f, bvh.Split(&geometry.Mesh{Verts: pos, Tris: s.plan.tris}), low)
	}
	if cut {
		f.cut = selfCuts(bvh.Split(&geometry.Mesh{Verts: own, Tris: s.plan.tris}))
	}
	return f
}

// glance tells whether the cloth may cut itself, and at pos be pierced by the body.
func (s *Solver) glance(pos []r3.Vec) (cut, pierced bool) {
	body := meshOf(s.field.exact)
	if s.layers == nil {
		return false, body != nil
	}
	cut = s.layers.cutsItself(s.x)
	if body == nil {
		return cut, false
	}
	if len(s.contacts.tissue) > 0 {
		lifted := make([]float64, len(s.x))
		load(lifted, pos)
		s.layers.patches.bound(lifted)
	}
	return cut, s.layers.patches.pierced(body)
}

// selfCuts lists the pairs of triangles of a mesh that cut each other.
func selfCuts(tree *bvh.Tree) (cut [][2]int32) {
	tree.SelfCrossings(func(a, b int32) bool {
		cut = append(cut, [2]int32{a, b})
		return true
	})
	return cut
}

// lifted is the cloth out of its dents.
func lifted(own, dent []r3.Vec) []r3.Vec {
	pos := make([]r3.Vec, len(own))
	for i := range pos {
		pos[i] = r3.Add(own[i], dent[i])
	}
	return pos
}

// A body that gives way is where springs side by side let it be, which gives
// neighbours dents as uneven as the mesh. Cloth counts as in the body, or pierced
// by it, if it is so both where the skin lies as low as on average around (pos)
// and as at the lowest place near (low); on a rigid body these are one.

// findInside lists those of vertices from to to that lie in the body.
func (s *Solver) findInside(pos, low []r3.Vec, from, to int) (inside []int32) {
	for i := from; i < to; i++ {
		if s.isInside(pos[i]) && s.isInside(low[i]) {
			inside = append(inside, int32(i))
		}
	}
	return inside
}

// isInside reports whether a point lies in the body.
func (s *Solver) isInside(p r3.Vec) bool {
	// Outside by more than the field can err nothing is inside.
	d := s.field.height(p.X, p.Y, p.Z)
	if d > fieldCell {
		return false
	}
	var hit [1]bvh.Hit
	const reach = 0.3
	s.field.Nearest(hit[:], []r3.Vec{p}, reach)
	// Deeper than the reach no surface is near, and the field knows.
	return hit[0].Dist < -insideBy || d < -fieldCell && math.IsInf(hit[0].Dist, 1)
}

// findPierced lists the triangles that the body sticks out through; tree is of
// the cloth at pos.
func (s *Solver) findPierced(f *faults, tree *bvh.Tree, low []r3.Vec) {
	body := meshOf(s.field.exact)
	pierced := make([]bool, s.plan.nt)
	out := pierces(tree, body, pierced, nil)
	if len(s.contacts.tissue) > 0 && len(out) > 0 {
		asked := make([]bool, s.plan.nt)
		for t, yes := range pierced {
			asked[t] = yes && !s.contacts.creased(s.plan, t)
		}
		clear(pierced)
		out = pierces(bvh.Split(&geometry.Mesh{Verts: low, Tris: s.plan.tris}), body, pierced, asked)
	}
	f.out = len(out)
	for t, yes := range pierced {
		if yes {
			f.pierced = append(f.pierced, int32(t))
		}
	}
}

// pierces marks the triangles of cloth, of those asked about or of all, that
// triangles of the body pass through, and returns these.
func pierces(cloth, body *bvh.Tree, pierced, asked []bool) map[int32]bool {
	out := map[int32]bool{}
	cloth.Crossings(body, func(t, b int32) bool {
		if asked == nil || asked[t] {
			out[b], pierced[t] = true, true
		}
		return true
	})
	return out
}

// describe names number and place of the faults.
func (s *Solver) describe(f *faults) error {
	var parts []error
	at := func(v int32) error {
		return fault.Errorf("%w at (%.2f, %.2f, %.2f) m", s.place(int(v)), s.x[3*v], s.x[3*v+1], s.x[3*v+2])
	}
	if n := len(f.inside); n > 0 {
		parts = append(parts, fault.Errorf("%d vertices lie inside the body, first in %w", n, at(f.inside[0])))
	}
	if n := len(f.pierced); n > 0 {
		parts = append(parts, fault.Errorf("the body sticks out through %d triangles, first of %w", n, at(s.plan.tris[f.pierced[0]][0])))
	}
	if n := len(f.cut); n > 0 {
		a, b := s.plan.tris[f.cut[0][0]][0], s.plan.tris[f.cut[0][1]][0]
		parts = append(parts, fault.Errorf("%d pairs of triangles cut each other, first %w and %w", n, at(a), s.place(int(b))))
	}
	return fault.Join("; ", parts...)
}

func join(a, b error) error {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return fault.Join("; ", a, b)
}
