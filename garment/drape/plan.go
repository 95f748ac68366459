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
)

// plan is everything about a cloth that does not change while it drapes.
// Immutable; indices are those of the Cloth.
type plan struct {
	nv, nt, ne int
	tris       []geometry.Tri
	edges      []geometry.Edge
	triEdge    [][3]int32 // edge of corners k and k+1

	grad    []float64 // per triangle: rest gradients of the three hat functions [1/m]
	triArea []float64 // [m2]
	laws    []stiffness
	triLaw  []int32

	mass     []float64 // per vertex [kg]
	area     []float64 // per vertex, a third of its triangles [m2]
	friction []float64 // per vertex, area mean of its fabrics [1]
	pinned   []bool

	// Incidence, each list in ascending order.
	vertTri   csr // triangle*3+corner around a vertex
	lowEdge   csr // edges whose larger end is the vertex
	firstEdge []int32
	edgeTri   csr // triangle*3+corner on an edge

	plates  plates
	hinges  hinges
	bend    bending
	springs springs
	bands   bands
	folds   folds

	restArea, totalMass, meanEdge float64
	thickness                     float64 // of the thickest fabric [m]
}

// csr holds lists of indices end to end: list i is item[start[i]:start[i+1]].
type csr struct{ start, item []int32 }

func (c *csr) list(i int) []int32 { return c.item[c.start[i]:c.start[i+1]] }

// newCSR sorts pairs (list, item) into lists; items keep the order given.
func newCSR(lists int, pairs [][2]int32) csr {
	c := csr{start: make([]int32, lists+1), item: make([]int32, len(pairs))}
	for _, p := range pairs {
		c.start[p[0]+1]++
	}
	for i := range lists {
		c.start[i+1] += c.start[i]
	}
	at := slices.Clone(c.start)
	for _, p := range pairs {
		c.item[at[p[0]]] = p[1]
		at[p[0]]++
	}
	return c
}

const (
	// minRestArea and maxStretch bound what a rest triangle may be [m2]: below,
	// its shape is lost in rounding.
	minRestArea = 1e-10
	maxVertices = 400_000
)

func newPlan(c *cloth.Cloth, pins []int32) (*plan, error) {
	if err := checkCloth(c); err != nil {
		return nil, err
	}
	p := &plan{nv: len(c.Start), nt: len(c.Tris), tris: c.Tris}
	p.rest(c)
	p.incidence()
	if err := p.checkLines(c); err != nil {
		return nil, err
	}
	p.pinned = make([]bool, p.nv)
	for _, v := range pins {
		p.pinned[v] = true
	}
	onFold := p.foldEdges(c)
	p.plates, p.hinges = newPlates(p, c, onFold), newHinges(p, c, onFold)
	p.bend = newBending(p)
	p.springs = newSprings(p, c)
	p.bands, p.folds = newBands(p, c), newFolds(p, c)
	return p, nil
}

// checkCloth names everything that would make the physics meaningless.
func checkCloth(c *cloth.Cloth) error {
	if len(c.Start) == 0 || len(c.Tris) == 0 {
		return fmt.Errorf("cloth: %d vertices and %d triangles; a drape needs at least one triangle", len(c.Start), len(c.Tris))
	}
	if len(c.Start) > maxVertices {
		return fmt.Errorf("cloth: %d vertices; at most %d can be draped", len(c.Start), maxVertices)
	}
	if len(c.Rest) != len(c.Tris) || len(c.Panel) != len(c.Tris) {
		return fmt.Errorf("cloth: %d triangles but %d rest shapes and %d panel numbers", len(c.Tris), len(c.Rest), len(c.Panel))
	}
	if err := (&geometry.Mesh{Verts: c.Start, Tris: c.Tris}).Validate(); err != nil {
		return fmt.Errorf("cloth: %w", err)
	}
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
	for i, k := range c.Panel {
		if k < 0 || int(k) >= len(c.Panels) {
			return errors.Join(append(faults, fmt.Errorf("cloth: triangle %d is of panel %d; there are %d", i, k, len(c.Panels)))...)
		}
		if a := math.Abs(signedArea(c.Rest[i])); !(a >= minRestArea && a < 10) {
			return errors.Join(append(faults, fmt.Errorf("cloth: triangle %d of panel %s has a rest area of %g m2; it must be %g to 10", i, c.Panels[k].Name, a, minRestArea))...)
		}
	}
	return errors.Join(faults...)
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
	within := func(field string, x, lo, hi float64, unit string) {
		if !(x >= lo && x <= hi) {
			faults = append(faults, fmt.Errorf("%s is %g %s; it must be %g to %g", field, x, unit, lo, hi))
		}
	}
	within("density", f.Density, 0.005, 5, "kg/m2")
	within("thickness", f.Thickness, 0, 0.02, "m")
	within("warp modulus", f.Warp, 1, 1e6, "N/m")
	within("weft modulus", f.Weft, 1, 1e6, "N/m")
	within("shear modulus", f.Shear, 0.1, 1e6, "N/m")
	within("Poisson ratio", f.Poisson, 0, 2, "")
	within("bending rigidity along the warp", f.BendWarp, 0, 0.1, "N m")
	within("bending rigidity along the weft", f.BendWeft, 0, 0.1, "N m")
	within("bending rigidity on the bias", f.BendBias, 0, 0.1, "N m")
	within("friction", f.Friction, 0, 5, "")
	return errors.Join(faults...)
}

func signedArea(q [3]r2.Vec) float64 {
	return r2.Cross(r2.Sub(q[1], q[0]), r2.Sub(q[2], q[0])) / 2
}

// rest derives areas, masses and hat-function gradients from the flat shape.
func (p *plan) rest(c *cloth.Cloth) {
	p.grad, p.triArea, p.triLaw = make([]float64, 6*p.nt), make([]float64, p.nt), make([]int32, p.nt)
	p.mass, p.area, p.friction = make([]float64, p.nv), make([]float64, p.nv), make([]float64, p.nv)
	for _, f := range c.Fabrics {
		p.laws = append(p.laws, newStiffness(f))
		p.thickness = max(p.thickness, f.Thickness)
	}
	for t, q := range c.Rest {
		twice := 2 * signedArea(q)
		a := math.Abs(twice) / 2
		for k := range 3 {
			e := r2.Sub(q[(k+2)%3], q[(k+1)%3])
			p.grad[6*t+2*k], p.grad[6*t+2*k+1] = -e.Y/twice, e.X/twice
		}
		fab := c.Panels[c.Panel[t]].Fabric
		f := &c.Fabrics[fab]
		p.triArea[t], p.triLaw[t] = a, fab
		p.restArea += a
		for _, v := range c.Tris[t] {
			p.area[v] += a / 3
			p.mass[v] += a / 3 * f.Density
			p.friction[v] += a / 3 * f.Friction
		}
	}
	for v, a := range p.area {
		if a > 0 {
			p.friction[v] /= a
		}
		p.totalMass += p.mass[v]
	}
}

// incidence finds edges and who touches whom.
func (p *plan) incidence() {
	top := geometry.NewTopology(p.tris)
	p.edges, p.ne = top.Edges, len(top.Edges)
	p.triEdge = make([][3]int32, p.nt)
	p.firstEdge = make([]int32, p.nv+1)
	var low, around, onEdge [][2]int32
	for e, ed := range p.edges {
		p.firstEdge[ed.A+1]++
		low = append(low, [2]int32{ed.B, int32(e)})
	}
	for v := range p.nv {
		p.firstEdge[v+1] += p.firstEdge[v]
	}
	for t, tri := range p.tris {
		for k := range 3 {
			e := p.edgeOf(tri[k], tri[(k+1)%3])
			p.triEdge[t][k] = e
			around = append(around, [2]int32{tri[k], int32(3*t + k)})
			onEdge = append(onEdge, [2]int32{e, int32(3*t + k)})
		}
	}
	p.lowEdge, p.vertTri, p.edgeTri = newCSR(p.nv, low), newCSR(p.nv, around), newCSR(p.ne, onEdge)
}

// edgeOf finds the edge of two vertices that share one.
func (p *plan) edgeOf(a, b int32) int32 {
	a, b = min(a, b), max(a, b)
	lo, hi := p.firstEdge[a], p.firstEdge[a+1]
	for lo < hi {
		m := (lo + hi) / 2
		if p.edges[m].B < b {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// meanWeight is the mean weight of a vertex under standard gravity [N]: the
// unit of every tolerance, also for cloth draped without weight.
func (p *plan) meanWeight() float64 { return p.totalMass * standardGravity / float64(p.nv) }

func sqrt(x float64) float64 { return math.Sqrt(x) }
