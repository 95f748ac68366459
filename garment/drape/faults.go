package drape

import (
	"cmp"
	"math"

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
	own := make([]r3.Vec, s.plan.nv)
	for i := range own {
		own[i] = r3.Vec{X: s.x[3*i], Y: s.x[3*i+1], Z: s.x[3*i+2]}
	}
	// The body is looked for where it was before the skin gave way.
	dent := s.contacts.dents(s.x, s.plan)
	pos := own
	if dent != nil {
		pos = make([]r3.Vec, len(own))
		for i := range pos {
			pos[i] = r3.Add(own[i], dent[i])
		}
	}
	var hit [1]bvh.Hit
	const reach = 0.3
	for i, p := range pos {
		// Outside by more than the field can err nothing is inside.
		d, _, _, _ := s.field.sample(p.X, p.Y, p.Z)
		if d > fieldCell {
			continue
		}
		// Deeper than the reach no surface is near, and the field knows.
		if s.field.Nearest(hit[:], pos[i:i+1], reach); hit[0].Dist < -insideBy || d < -fieldCell && math.IsInf(hit[0].Dist, 1) {
			f.inside = append(f.inside, int32(i))
		}
	}
	tree := bvh.Build(&geometry.Mesh{Verts: pos, Tris: s.plan.tris})
	if body := meshOf(s.field.exact); body != nil {
		out, pierced := make(map[int32]bool), make([]bool, s.plan.nt)
		tree.Crossings(body, func(t, b int32) bool {
			out[b], pierced[t] = true, true
			return true
		})
		f.out = len(out)
		for t, yes := range pierced {
			if yes {
				f.pierced = append(f.pierced, int32(t))
			}
		}
	}
	if !s.set.NoSelfContact {
		if dent != nil {
			tree = bvh.Build(&geometry.Mesh{Verts: own, Tris: s.plan.tris})
		}
		tree.SelfCrossings(func(a, b int32) bool {
			f.cut = append(f.cut, [2]int32{a, b})
			return true
		})
	}
	return f
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
