package geometry

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Tri names the three vertices of a triangle, counter-clockwise from outside.
type Tri [3]int32

// Mesh is a triangle mesh. The zero value is an empty mesh.
type Mesh struct {
	Verts []r3.Vec // positions [m]
	Tris  []Tri
}

// Validate reports every fault that would break a room working on the mesh:
// coordinates that are not finite, indices out of range, a vertex used twice
// by one triangle. It says nothing about closedness; see Topology for that.
func (m *Mesh) Validate() error {
	var faults []error
	for i, v := range m.Verts {
		if !finite(v) {
			faults = append(faults, fmt.Errorf("vertex %d is (%g, %g, %g); coordinates must be finite", i, v.X, v.Y, v.Z))
		}
	}
	n := int32(len(m.Verts))
	for i, t := range m.Tris {
		for _, v := range t {
			if v < 0 || v >= n {
				faults = append(faults, fmt.Errorf("triangle %d names vertex %d; the mesh has %d", i, v, n))
			}
		}
		if t[0] == t[1] || t[1] == t[2] || t[2] == t[0] {
			faults = append(faults, fmt.Errorf("triangle %d uses a vertex twice: %v", i, t))
		}
		if len(faults) > 8 {
			return errors.Join(append(faults, errors.New("more faults not listed"))...)
		}
	}
	return errors.Join(faults...)
}

func finite(v r3.Vec) bool {
	s := v.X + v.Y + v.Z
	return !math.IsNaN(s) && !math.IsInf(s, 0)
}

// Clone returns a deep copy.
func (m *Mesh) Clone() *Mesh {
	return &Mesh{
		Verts: append([]r3.Vec(nil), m.Verts...),
		Tris:  append([]Tri(nil), m.Tris...),
	}
}

// Bounds returns the corners of the axis-aligned box around the points [m].
// Without points both corners are the origin.
func Bounds(pts []r3.Vec) (lo, hi r3.Vec) {
	if len(pts) == 0 {
		return
	}
	lo, hi = pts[0], pts[0]
	for _, p := range pts[1:] {
		lo = r3.Vec{X: min(lo.X, p.X), Y: min(lo.Y, p.Y), Z: min(lo.Z, p.Z)}
		hi = r3.Vec{X: max(hi.X, p.X), Y: max(hi.Y, p.Y), Z: max(hi.Z, p.Z)}
	}
	return lo, hi
}

// Volume is the signed volume enclosed by a closed, outward mesh [m3].
func (m *Mesh) Volume() float64 {
	var six float64
	for _, t := range m.Tris {
		six += r3.Dot(m.Verts[t[0]], r3.Cross(m.Verts[t[1]], m.Verts[t[2]]))
	}
	return six / 6
}

// VertexNormals writes the angle-weighted unit normal of each vertex to dst
// (Thürmer and Wüthrich 1998, "Computing vertex normals from polygonal
// facets"); a vertex of no triangle gets the zero vector. pts may differ from
// the mesh's own vertices, so that a draped state shares its rest topology.
func VertexNormals(dst, pts []r3.Vec, tris []Tri) {
	clear(dst)
	for _, t := range tris {
		for c := range 3 {
			o := pts[t[c]]
			a, b := r3.Sub(pts[t[(c+1)%3]], o), r3.Sub(pts[t[(c+2)%3]], o)
			n := r3.Cross(a, b)
			s := math.Sqrt(r3.Norm2(n))
			if s == 0 {
				continue
			}
			angle := math.Atan2(s, r3.Dot(a, b))
			dst[t[c]] = r3.Add(dst[t[c]], r3.Scale(angle/s, n))
		}
	}
	for i, n := range dst {
		if l := math.Sqrt(r3.Norm2(n)); l > 0 {
			dst[i] = r3.Scale(1/l, n)
		}
	}
}
