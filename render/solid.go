package render

import "fitroom/geometry"

// solid reports whether triangles close around a space, every piece of them with
// its outer side outward: then whatever lies behind a front is hidden by it, and
// what faces away need not be drawn. Half of a body is never looked at.
func solid(top *geometry.Topology, verts []vertex, tris []geometry.Tri) bool {
	if !top.Closed() || len(tris) == 0 {
		return false
	}
	pieces := geometry.NewSets(len(verts))
	for _, e := range top.Edges {
		pieces.Join(e.A, e.B)
	}
	volume := make([]float64, len(verts)) // by the piece's first vertex, times six
	for _, t := range tris {
		a, b, c := verts[t[0]].pos, verts[t[1]].pos, verts[t[2]].pos
		volume[pieces.Find(t[0])] += float64(a.dot(b.cross(c)))
	}
	for _, t := range tris {
		if volume[pieces.Find(t[0])] <= 0 {
			return false
		}
	}
	return true
}

// setCulled notes of which objects a view needs the outer sides alone. From
// within the scene, or where the near plane cuts it open, inner sides can show.
func (r *Renderer) setCulled(v *view) {
	out := v.eye.sub(r.scene.mid)
	outside := len(r.pieces) == 0 && (v.parallel || out.dot(out) > r.scene.reach*r.scene.reach)
	r.culled = grow(r.culled, len(r.looks))
	for i := range r.looks {
		r.culled[i] = outside && r.scene.solid[i] && !r.looks[i].sheer()
	}
}
