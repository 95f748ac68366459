package drape

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// What comes through the door is refused here, with its place, or drapes to a
// Result in bounded time: cloth, its fabrics and lines, and the body.

const (
	// minRestArea bounds what a rest triangle may be [m2]: below, its shape is
	// lost in rounding.
	minRestArea = 1e-10
	maxVertices = 400_000
	// leastHeight is the least height of a rest triangle over its longest side:
	// a thinner one has an angle under a tenth of a degree, and forces that are
	// all rounding.
	leastHeight = 1e-3
	// farthest is how far from the origin cloth may start and a body may reach
	// [m]: whoever stands further off is measured in millimetres.
	farthest = 20
	// mostStretch is how many times as long, or as short, as in the flat half of
	// all edges may start: garments start crushed to a tenth or stretched five
	// times, centimetres taken for metres are a hundred.
	mostStretch = 50
)

// checkCloth names everything that would make the physics meaningless.
func checkCloth(c *cloth.Cloth) error {
	if len(c.Start) == 0 || len(c.Tris) == 0 {
		return fmt.Errorf("cloth: %d vertices and %d triangles; a drape needs at least one triangle", len(c.Start), len(c.Tris))
	}
	if len(c.Start) > maxVertices || len(c.Tris) > 2*maxVertices {
		return fmt.Errorf("cloth: %d vertices and %d triangles; at most %d and %d can be draped", len(c.Start), len(c.Tris), maxVertices, 2*maxVertices)
	}
	if len(c.Rest) != len(c.Tris) || len(c.Panel) != len(c.Tris) {
		return fmt.Errorf("cloth: %d triangles but %d rest shapes and %d panel numbers", len(c.Tris), len(c.Rest), len(c.Panel))
	}
	if err := (&geometry.Mesh{Verts: c.Start, Tris: c.Tris}).Validate(); err != nil {
		return fmt.Errorf("cloth: %w", err)
	}
	if err := errors.Join(checkFabrics(c), checkTriangles(c)); err != nil {
		return err
	}
	return checkStart(c)
}

func checkFabrics(c *cloth.Cloth) error {
	var faults []error
	for i, f := range c.Fabrics {
		if err := checkFabric(f); err != nil {
			faults = append(faults, fmt.Errorf("cloth: fabric %d (%s): %w", i, f.Name, err))
		}
	}
	for i, p := range c.Panels {
		if p.Fabric < 0 || int(p.Fabric) >= len(c.Fabrics) {
			faults = append(faults, fmt.Errorf("cloth: panel %d (%s) is of fabric %d; there are %d", i, p.Name, p.Fabric, len(c.Fabrics)))
		}
	}
	return errors.Join(faults...)
}

// checkTriangles names the first triangle that has no shape in the flat.
func checkTriangles(c *cloth.Cloth) error {
	for i, k := range c.Panel {
		if k < 0 || int(k) >= len(c.Panels) {
			return fmt.Errorf("cloth: triangle %d is of panel %d; there are %d", i, k, len(c.Panels))
		}
		q := &c.Rest[i]
		at := func() string {
			return fmt.Sprintf("triangle %d of panel %s at (%.3f, %.3f) m in the flat", i, c.Panels[k].Name, q[0].X, q[0].Y)
		}
		a := signedArea(*q)
		if a <= -minRestArea {
			return fmt.Errorf("cloth: %s is turned over: its area is %g m2; triangles are counter-clockwise from the outer side", at(), a)
		}
		if !(a >= minRestArea && a < 10) {
			return fmt.Errorf("cloth: %s has an area of %g m2; it must be %g to 10", at(), a, minRestArea)
		}
		side2 := max(r2.Norm2(r2.Sub(q[1], q[0])), r2.Norm2(r2.Sub(q[2], q[1])), r2.Norm2(r2.Sub(q[0], q[2])))
		if h := 2 * a / side2; h < leastHeight {
			return fmt.Errorf("cloth: %s is %.2g times as high as long; it must be %g times at least", at(), h, leastHeight)
		}
	}
	return nil
}

// checkStart names a start that is no place for cloth.
func checkStart(c *cloth.Cloth) error {
	used := make([]bool, len(c.Start))
	long, short, n := 0, 0, 3*len(c.Tris) // of n sides
	for t, tri := range c.Tris {
		for k, v := range tri {
			used[v] = true
			switch s := stretch2(c, t, k); {
			case !(s <= mostStretch*mostStretch):
				long++
			case s < 1./(mostStretch*mostStretch):
				short++
			}
		}
	}
	for v, p := range c.Start {
		if !used[v] {
			return fmt.Errorf("cloth: vertex %d belongs to no triangle", v)
		}
		if max(math.Abs(p.X), math.Abs(p.Y), math.Abs(p.Z)) > farthest {
			return fmt.Errorf("cloth: vertex %d starts at (%g, %g, %g) m; coordinates must lie within %d m", v, p.X, p.Y, p.Z, farthest)
		}
	}
	if short > n/2 || n-long <= n/2 {
		return fmt.Errorf("cloth: edges start %.3g times as long as they are in the flat (median); 1/%d to %d times is possible, both in metres", medianStretch(c), mostStretch, mostStretch)
	}
	return nil
}

// stretch2 is how many times as long as in the flat side k of triangle t starts, squared.
func stretch2(c *cloth.Cloth, t, k int) float64 {
	w := (k + 1) % 3
	tri := &c.Tris[t]
	return r3.Norm2(r3.Sub(c.Start[tri[w]], c.Start[tri[k]])) / r2.Norm2(r2.Sub(c.Rest[t][w], c.Rest[t][k]))
}

func medianStretch(c *cloth.Cloth) float64 {
	all := make([]float64, 0, 3*len(c.Tris))
	for t := range c.Tris {
		for k := range 3 {
			all = append(all, math.Sqrt(stretch2(c, t, k)))
		}
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// checkLines makes sure that elastics and folds follow edges of the mesh.
func (p *plan) checkLines(c *cloth.Cloth) error {
	var faults []error
	check := func(what string, i int, l *cloth.Line) {
		for k, v := range l.Verts {
			if v < 0 || int(v) >= p.nv {
				faults = append(faults, fmt.Errorf("cloth: %s %d (%s) names vertex %d; there are %d", what, i, l.Name, v, p.nv))
				return
			}
			next := l.Verts[(k+1)%len(l.Verts)]
			if k == len(l.Verts)-1 && (!l.Closed || k < 2) || next < 0 || int(next) >= p.nv {
				continue // its end, or named in turn
			}
			if e := p.edgeOf(v, next); int(e) >= p.ne || p.edges[e].A != min(v, next) || p.edges[e].B != max(v, next) {
				faults = append(faults, fmt.Errorf("cloth: %s %d (%s) goes from vertex %d to %d, which no edge joins", what, i, l.Name, v, next))
				return
			}
		}
	}
	for i := range c.Bands {
		b := &c.Bands[i]
		check("elastic", i, &b.Line)
		if !(b.Length > 0 && b.Length <= 1) || !(b.Stiffness >= 0 && b.Stiffness <= 1e6) {
			faults = append(faults, fmt.Errorf("cloth: elastic %d (%s) pulls to %g of its length with %g N; above 0 to 1 and 0 to 1e6 N are possible", i, b.Name, b.Length, b.Stiffness))
		}
	}
	for i := range c.Folds {
		f := &c.Folds[i]
		check("fold", i, &f.Line)
		if !(math.Abs(f.Angle) <= math.Pi) {
			faults = append(faults, fmt.Errorf("cloth: fold %d (%s) rests at %g rad; -pi to pi is possible", i, f.Name, f.Angle))
		}
	}
	return errors.Join(faults...)
}

// checkFabric holds the limits between which the solver keeps its word; real
// fabrics lie well within.
func checkFabric(f fabric.Fabric) error {
	var faults []error
	for _, x := range []struct {
		field         string
		value, lo, hi float64
		unit          string
	}{
		{"density", f.Density, 0.005, 5, " kg/m2"},
		{"thickness", f.Thickness, 0, 0.02, " m"},
		{"warp modulus", f.Warp, 1, 1e6, " N/m"},
		{"weft modulus", f.Weft, 1, 1e6, " N/m"},
		{"shear modulus", f.Shear, 0.1, 1e6, " N/m"},
		{"Poisson ratio", f.Poisson, 0, 2, ""},
		{"bending rigidity along the warp", f.BendWarp, 0, 0.1, " N m"},
		{"bending rigidity along the weft", f.BendWeft, 0, 0.1, " N m"},
		{"bending rigidity on the bias", f.BendBias, 0, 0.1, " N m"},
		{"friction", f.Friction, 0, 5, ""},
		{"usable stretch along the warp", f.UsableWarp, 0, 3, ""},
		{"usable stretch along the weft", f.UsableWeft, 0, 3, ""},
		{"stiffening along the warp", f.StiffenWarp, 0, 100, ""},
		{"stiffening along the weft", f.StiffenWeft, 0, 100, ""},
	} {
		if !(x.value >= x.lo && x.value <= x.hi) {
			faults = append(faults, fmt.Errorf("%s is %g%s; it must be %g to %g", x.field, x.value, x.unit, x.lo, x.hi))
		}
	}
	return errors.Join(faults...)
}

// checkBody refuses a mesh of which nobody can tell what is inside.
func checkBody(m *geometry.Mesh) error {
	if len(m.Tris) == 0 {
		return errors.New("body: the mesh has no triangles")
	}
	if err := m.Validate(); err != nil {
		return fmt.Errorf("body: %w", err)
	}
	at := func(v int32) string {
		p := m.Verts[v]
		return fmt.Sprintf("vertex %d at (%.3f, %.3f, %.3f) m", v, p.X, p.Y, p.Z)
	}
	if lo, hi := geometry.Bounds(m.Verts); max(-lo.X, -lo.Y, -lo.Z, hi.X, hi.Y, hi.Z) > farthest {
		return fmt.Errorf("body: it reaches from (%.4g, %.4g, %.4g) to (%.4g, %.4g, %.4g) m; coordinates must lie within %d m", lo.X, lo.Y, lo.Z, hi.X, hi.Y, hi.Z, farthest)
	}
	top := geometry.NewTopology(m.Tris)
	if top.NonManifold > 0 {
		return fmt.Errorf("body: %d sides of triangles share an edge with another in the same direction, first from %s; the surface must be manifold and oriented", top.NonManifold, at(top.Doubled[0]))
	}
	if top.Boundary > 0 {
		i := slices.IndexFunc(top.Edges, func(e geometry.Edge) bool { return e.Tri[0] < 0 || e.Tri[1] < 0 })
		return fmt.Errorf("body: the surface is open along %d edges, first at %s; it must be closed", top.Boundary, at(top.Edges[i].A))
	}
	return checkOutward(m, top, at)
}

// checkOutward refuses a body with a part that is inside out: its volume would
// be negative, and the way out of it the way in.
func checkOutward(m *geometry.Mesh, top *geometry.Topology, at func(int32) string) error {
	parts := geometry.NewSets(len(m.Tris))
	for _, e := range top.Edges {
		parts.Join(e.Tri[0], e.Tri[1])
	}
	volume := make([]float64, len(m.Tris))
	for t, tri := range m.Tris {
		// From a corner of the part itself, so that nothing cancels far from the origin.
		o := m.Verts[m.Tris[parts.Find(int32(t))][0]]
		a, b, c := r3.Sub(m.Verts[tri[0]], o), r3.Sub(m.Verts[tri[1]], o), r3.Sub(m.Verts[tri[2]], o)
		volume[parts.Find(int32(t))] += r3.Dot(a, r3.Cross(b, c)) / 6
	}
	for t := range m.Tris {
		if parts.Find(int32(t)) != int32(t) {
			continue
		}
		if v := volume[t]; !(v > 0) {
			return fmt.Errorf("body: the part with %s encloses %.3g m3; it must be over 0, or triangles are clockwise from outside and the part inside out", at(m.Tris[t][0]), v)
		}
	}
	return nil
}
