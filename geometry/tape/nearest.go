package tape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// nearestSkin is the point of the mesh nearest to p, by force: over all
// triangles that reach into its height.
func (s *Subject) nearestSkin(p r3.Vec) r3.Vec {
	best, d := p, math.Inf(1)
	for _, t := range s.Mesh.Tris {
		a, b, c := s.Mesh.Verts[t[0]], s.Mesh.Verts[t[1]], s.Mesh.Verts[t[2]]
		if min(a.Y, b.Y, c.Y) > p.Y+d || max(a.Y, b.Y, c.Y) < p.Y-d {
			continue
		}
		q := nearestOnTriangle(p, a, b, c)
		if l := r3.Norm(r3.Sub(p, q)); l < d {
			best, d = q, l
		}
	}
	return best
}

// nearestOnTriangle returns the point of a triangle nearest to p: inside by
// barycentric coordinates, else on the nearest of its edges.
func nearestOnTriangle(p, a, b, c r3.Vec) r3.Vec {
	n := r3.Cross(r3.Sub(b, a), r3.Sub(c, a))
	if n2 := r3.Norm2(n); n2 > 0 {
		inside := true
		for _, e := range [3][2]r3.Vec{{a, b}, {b, c}, {c, a}} {
			if r3.Dot(r3.Cross(r3.Sub(e[1], e[0]), r3.Sub(p, e[0])), n) < 0 {
				inside = false
			}
		}
		if inside {
			return r3.Sub(p, r3.Scale(r3.Dot(r3.Sub(p, a), n)/n2, n))
		}
	}
	best, d := a, math.Inf(1)
	for _, e := range [3][2]r3.Vec{{a, b}, {b, c}, {c, a}} {
		q := nearestOnSegment(p, e[0], e[1])
		if l := r3.Norm2(r3.Sub(p, q)); l < d {
			best, d = q, l
		}
	}
	return best
}

func nearestOnSegment(p, a, b r3.Vec) r3.Vec {
	ab := r3.Sub(b, a)
	l := r3.Norm2(ab)
	if l == 0 {
		return a
	}
	t := min(1, max(0, r3.Dot(r3.Sub(p, a), ab)/l))
	return r3.Add(a, r3.Scale(t, ab))
}
