package cloth

import (
	"errors"
	"fmt"
	"math"

	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
)

// maxFaults bounds how many faults one error lists.
const maxFaults = 8

// Validate reports everything that would break a room working on the cloth:
// slices of different lengths, indices out of range, coordinates that are not
// finite, triangles without area or turned over in the flat fabric, edges that
// more than two triangles share or two triangles pass in the same direction,
// lines that do not follow edges. After Validate no other room checks again.
func (c *Cloth) Validate() error {
	var f faults
	if len(c.Rest) != len(c.Tris) || len(c.Panel) != len(c.Tris) {
		return fmt.Errorf("cloth: %d triangles, %d rest shapes, %d panel numbers; the three must be equal", len(c.Tris), len(c.Rest), len(c.Panel))
	}
	m := geometry.Mesh{Verts: c.Start, Tris: c.Tris}
	if err := m.Validate(); err != nil {
		return fmt.Errorf("cloth: %w", err)
	}
	c.checkRest(&f)
	c.checkPanels(&f)
	top := geometry.NewTopology(c.Tris)
	if top.NonManifold > 0 {
		f.add("%d triangle sides share an edge with another in the same direction; the surface must be manifold and oriented", top.NonManifold)
	}
	c.checkLines(&f, top)
	for i, l := range c.Laid {
		if l.Vert < 0 || int(l.Vert) >= len(c.Start) || l.On.Tri < 0 || int(l.On.Tri) >= len(c.Tris) || math.IsNaN(l.Off) || math.IsInf(l.Off, 0) {
			f.add("laid vertex %d is vertex %d of %d, on triangle %d of %d, %g m off it", i, l.Vert, len(c.Start), l.On.Tri, len(c.Tris), l.Off)
		}
	}
	return f.join()
}

type faults struct {
	list []error
	more int
}

func (f *faults) add(format string, args ...any) {
	if len(f.list) == maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, fmt.Errorf("cloth: "+format, args...))
}

func (f *faults) join() error {
	if f.more > 0 {
		return errors.Join(append(f.list, fmt.Errorf("cloth: and %d more faults", f.more))...)
	}
	return errors.Join(f.list...)
}

func (c *Cloth) checkRest(f *faults) {
	for t := range c.Rest {
		a := c.RestArea(t)
		if !(a > 0) || math.IsInf(a, 1) {
			p := c.Rest[t][0]
			f.add("triangle %d of panel %s has flat area %g cm2 at (%.1f, %.1f) cm; it must be positive", t, c.panelName(t), 1e4*a, 100*p.X, 100*p.Y)
		}
	}
}

func (c *Cloth) panelName(t int) string {
	if p := c.Panel[t]; p >= 0 && int(p) < len(c.Panels) {
		return fmt.Sprintf("%q", c.Panels[p].Name)
	}
	return fmt.Sprint(c.Panel[t])
}

func (c *Cloth) checkPanels(f *faults) {
	for t, p := range c.Panel {
		if p < 0 || int(p) >= len(c.Panels) {
			f.add("triangle %d names panel %d of %d", t, p, len(c.Panels))
		}
	}
	for _, p := range c.Panels {
		if p.Fabric < 0 || int(p.Fabric) >= len(c.Fabrics) {
			f.add("panel %q names fabric %d of %d", p.Name, p.Fabric, len(c.Fabrics))
		}
	}
}

// maxBand is the stiffest elastic [N per unit strain]: a hundred times a waist
// elastic is a strap, not an elastic.
const maxBand = 1000

// checkLines makes sure that neighbours on a line are joined by an edge.
func (c *Cloth) checkLines(f *faults, top *geometry.Topology) {
	edges := make(map[[2]int32]bool, len(top.Edges))
	for _, e := range top.Edges {
		edges[[2]int32{e.A, e.B}] = true
	}
	var inner []Line
	for _, b := range c.Bands {
		inner = append(inner, b.Line)
		if !(b.Length > 0 && b.Length <= 1) {
			f.add("elastic %q pulls to %g of its length; above 0 to 1 is possible", b.Name, b.Length)
		}
		if !(b.Stiffness >= 0 && b.Stiffness <= maxBand) {
			f.add("elastic %q has a stiffness of %g N; 0 (not known) to %g is possible", b.Name, b.Stiffness, float64(maxBand))
		}
	}
	for _, b := range c.Folds {
		inner = append(inner, b.Line)
		if !(math.Abs(b.Angle) <= math.Pi) {
			f.add("fold %q rests at %g rad; -pi to pi is possible", b.Name, b.Angle)
		}
	}
	for _, list := range [3][]Line{c.Seams, c.Lines, inner} {
		for _, l := range list {
			for i, a := range l.Verts {
				if i == len(l.Verts)-1 && !l.Closed {
					break
				}
				b := l.Verts[(i+1)%len(l.Verts)]
				if !edges[[2]int32{min(a, b), max(a, b)}] {
					f.add("line %q goes from vertex %d to %d, which no edge joins", l.Name, a, b)
				}
			}
		}
	}
}

// RestArea is the flat area of triangle t [m2], negative if it is turned over.
func (c *Cloth) RestArea(t int) float64 {
	r := &c.Rest[t]
	return r2.Cross(r2.Sub(r[1], r[0]), r2.Sub(r[2], r[0])) / 2
}

// Fabric is the fabric of triangle t.
func (c *Cloth) Fabric(t int) *fabric.Fabric { return &c.Fabrics[c.Panels[c.Panel[t]].Fabric] }

// Masses writes the mass of each vertex [kg]: a third of that of each triangle
// at it. Their sum is the mass of the garment.
func (c *Cloth) Masses(dst []float64) {
	clear(dst)
	for t, v := range c.Tris {
		m := c.RestArea(t) * c.Fabric(t).Density / 3
		for _, i := range v {
			dst[i] += m
		}
	}
}

// Area is the flat area of the whole garment [m2].
func (c *Cloth) Area() float64 {
	var a float64
	for t := range c.Tris {
		a += c.RestArea(t)
	}
	return a
}
