package drape

import (
	"slices"

	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// A garment at rest mostly has no faults, and to see that there is none takes a part
// of what it takes to list them: what a glance finds is only looked at again (faults.go).

// cutsItself tells whether triangles of the cloth may cut each other at x; false is
// certain.
func (l *layers) cutsItself(x []float64) bool {
	q := l.patches
	q.look(x)
	l.crew.do(l.glance)
	return slices.Contains(l.cut[:], true)
}

// cutBetween tells whether triangles of two patches may cut each other.
func (l *layers) cutBetween(s *scout, a, b int32) bool {
	q := l.patches
	for _, tu := range q.near(s, &q.triBoxes, &q.triBoxes, a, b) {
		t, u := &l.p.tris[tu[0]], &l.p.tris[tu[1]]
		if a == b && tu[0] >= tu[1] || meets(t[0], *u) || meets(t[1], *u) || meets(t[2], *u) {
			continue
		}
		c, d := cornersOf(q.x, t), cornersOf(q.x, u)
		if !besides(&c, &d) && !besides(&d, &c) && bvh.TrianglesCross(c, d) {
			return true
		}
	}
	return false
}

// pierced tells whether triangles of the body may pass through those of the cloth
// where the patches have last been looked at; false is certain.
func (q *patches) pierced(body *bvh.Tree) bool {
	var found [blockCount]bool
	q.crew.do(func(b int) {
		var near []int32
		lo, hi := span(b, q.n)
		for a := lo; a < hi && !found[b]; a++ {
			box := q.box[6*a : 6*a+6]
			near = body.Within(near[:0], r3.Vec{X: box[0], Y: box[1], Z: box[2]}, r3.Vec{X: box[3], Y: box[4], Z: box[5]})
			found[b] = len(near) > 0 && q.piercedBy(body.Mesh(), near, a)
		}
	})
	return slices.Contains(found[:], true)
}

// piercedBy tells whether some of the triangles of a body may pass through patch a.
func (q *patches) piercedBy(m *geometry.Mesh, near []int32, a int) bool {
	var box, other [6]float64
	for _, t := range q.tris.list(a) {
		triangleBox(box[:], q.x, &q.p.tris[t])
		c := cornersOf(q.x, &q.p.tris[t])
		for _, k := range near {
			v := m.Tris[k]
			d := [3]r3.Vec{m.Verts[v[0]], m.Verts[v[1]], m.Verts[v[2]]}
			if besides(&c, &d) {
				continue
			}
			other = [6]float64{
				min(d[0].X, d[1].X, d[2].X), min(d[0].Y, d[1].Y, d[2].Y), min(d[0].Z, d[1].Z, d[2].Z),
				max(d[0].X, d[1].X, d[2].X), max(d[0].Y, d[1].Y, d[2].Y), max(d[0].Z, d[1].Z, d[2].Z),
			}
			if !apart(box[:], other[:], 0) && bvh.TrianglesCross(c, d) {
				return true
			}
		}
	}
	return false
}

// besides tells whether triangle b lies on one side of the plane of a, and clear of it
// by more than rounding: then they do not cross.
func besides(a, b *[3]r3.Vec) bool {
	const clear = 1e-9 // [m]
	o := a[0]
	e, f := r3.Vec{X: a[1].X - o.X, Y: a[1].Y - o.Y, Z: a[1].Z - o.Z}, r3.Vec{X: a[2].X - o.X, Y: a[2].Y - o.Y, Z: a[2].Z - o.Z}
	x, y, z := e.Y*f.Z-e.Z*f.Y, e.Z*f.X-e.X*f.Z, e.X*f.Y-e.Y*f.X
	at := x*o.X + y*o.Y + z*o.Z
	u := x*b[0].X + y*b[0].Y + z*b[0].Z - at
	v := x*b[1].X + y*b[1].Y + z*b[1].Z - at
	w := x*b[2].X + y*b[2].Y + z*b[2].Z - at
	if u < 0 {
		u, v, w = -u, -v, -w
	}
	least := min(u, v, w)
	return least > 0 && least*least > clear*clear*(x*x+y*y+z*z)
}

func cornersOf(x []float64, t *geometry.Tri) (c [3]r3.Vec) {
	for k, v := range t {
		c[k] = r3.Vec{X: x[3*v], Y: x[3*v+1], Z: x[3*v+2]}
	}
	return c
}
