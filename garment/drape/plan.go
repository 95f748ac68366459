package drape

import (
	"fmt"
	"math"
	"slices"

	"fitroom/garment/cloth"
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
	side    []int8 // per triangle: of the body's left +1, right -1, centre 0

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
	held    folds // by hands, while it is put on
	lap     lap

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

func newPlan(c *cloth.Cloth, pins []int32) (*plan, error) {
	p, err := newShape(c, pins)
	if err != nil {
		return nil, err
	}
	p.forDressing(c)
	p.forPolish(c)
	return p, nil
}

// newShape checks a cloth and finds what does without its forces.
func newShape(c *cloth.Cloth, pins []int32) (*plan, error) {
	if err := checkCloth(c); err != nil {
		return nil, err
	}
	p := &plan{nv: len(c.Start), nt: len(c.Tris), tris: c.Tris}
	p.rest(c)
	if err := p.incidence(); err != nil {
		return nil, err
	}
	if err := p.checkLines(c); err != nil {
		return nil, err
	}
	p.pinned = make([]bool, p.nv)
	for _, v := range pins {
		p.pinned[v] = true
	}
	return p, nil
}

// forDressing finds the forces of dressing, and those at lines.
func (p *plan) forDressing(c *cloth.Cloth) {
	p.hinges = newHinges(p, c, p.foldEdges(c))
	p.springs = newSprings(p, c)
	p.bands, p.folds = newBands(p, c), newFolds(p, c)
	p.held = newHeld(p, c)
	p.lap = newLap(p, c)
}

// forPolish finds bending as the polish knows it, which no coarse mesh needs.
func (p *plan) forPolish(c *cloth.Cloth) {
	p.plates = newPlates(p, c, p.foldEdges(c))
	p.bend = newBending(p)
}

func signedArea(q [3]r2.Vec) float64 {
	return r2.Cross(r2.Sub(q[1], q[0]), r2.Sub(q[2], q[0])) / 2
}

// rest derives areas, masses and hat-function gradients from the flat shape.
func (p *plan) rest(c *cloth.Cloth) {
	p.grad, p.triArea, p.triLaw = make([]float64, 6*p.nt), make([]float64, p.nt), make([]int32, p.nt)
	p.side = make([]int8, p.nt)
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
		p.triArea[t], p.triLaw[t], p.side[t] = a, fab, c.Panels[c.Panel[t]].Side
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
func (p *plan) incidence() error {
	top := geometry.NewTopology(p.tris)
	if top.NonManifold > 0 {
		return fmt.Errorf("cloth: %d sides of triangles share an edge with another in the same direction, first from vertex %d to %d; at most two triangles may meet at an edge, both with the same side out",
			top.NonManifold, top.Doubled[0], top.Doubled[1])
	}
	p.edges, p.ne = top.Edges, len(top.Edges)
	p.firstEdge = make([]int32, p.nv+1)
	low, around := make([][2]int32, p.ne), make([][2]int32, 0, 3*p.nt)
	for e, ed := range p.edges {
		p.firstEdge[ed.A+1]++
		low[e] = [2]int32{ed.B, int32(e)}
	}
	for v := range p.nv {
		p.firstEdge[v+1] += p.firstEdge[v]
	}
	for t, tri := range p.tris {
		for k, v := range tri {
			around = append(around, [2]int32{v, int32(3*t + k)})
		}
	}
	p.lowEdge, p.vertTri = newCSR(p.nv, low), newCSR(p.nv, around)
	p.sides()
	return nil
}

// sides tells edges and triangles of each other.
func (p *plan) sides() {
	p.triEdge = make([][3]int32, p.nt)
	p.edgeTri = csr{start: make([]int32, p.ne+1), item: make([]int32, 0, 3*p.nt)}
	for e := range p.edges {
		ed, from := &p.edges[e], len(p.edgeTri.item)
		for s, t := range ed.Tri {
			if t < 0 {
				continue
			}
			k := int32(0) // the side before the corner opposite
			for p.tris[t][(k+2)%3] != ed.Opp[s] {
				k++
			}
			p.triEdge[t][k] = int32(e)
			p.edgeTri.item = append(p.edgeTri.item, 3*t+k)
		}
		slices.Sort(p.edgeTri.item[from:])
		p.edgeTri.start[e+1] = int32(len(p.edgeTri.item))
	}
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
