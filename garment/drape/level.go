package drape

import (
	"fmt"
	"math"
	"slices"

	"fitroom/garment/cloth"
)

const (
	// coarsening is the edge length of the next coarser mesh over the root of
	// the mean triangle: about a quarter of the vertices.
	coarsening = 2.28
	// coarsestVerts: no coarser mesh is made of one this small.
	coarsestVerts = 600
)

// level is a coarser mesh of the garment on which dressing starts.
type level struct {
	cloth   *cloth.Cloth
	plan    *plan
	x       []float64 // [m]
	dresser *dresser
	anchors []cloth.Anchor // of the next finer mesh's vertices in this one
	finer   *shells        // of that mesh
}

// newLevels finds the chain of coarse meshes that leads to c, nothing of them equipped.
func newLevels(c *cloth.Cloth, f *Field, set Settings) ([]level, error) {
	var out []level
	if set.Warm != nil {
		return nil, nil
	}
	given := make([]*cloth.Cloth, len(set.Coarse))
	for i, m := range set.Coarse {
		given[i] = m.Bare()
	}
	chain := given
	if len(set.Pins) == 0 {
		chain = append(coarser(c.Bare(), f, given), given...)
	}
	for k, m := range chain {
		p, err := newShape(m, nil)
		if err != nil {
			return nil, fmt.Errorf("coarse level %d: %w", k, err)
		}
		if len(m.Panels) != len(c.Panels) {
			return nil, fmt.Errorf("coarse level %d has %d panels; the garment has %d", k, len(m.Panels), len(c.Panels))
		}
		finer := c
		if k+1 < len(chain) {
			finer = chain[k+1]
		}
		l := level{cloth: m, plan: p, x: make([]float64, 3*p.nv), anchors: m.Embed(finer), finer: newShells(finer, 1.5*set.SelfGap)}
		load(l.x, m.Start)
		out = append(out, l)
	}
	return out, nil
}

// equip makes what the level is dressed with.
func (l *level) equip(f *Field, set *Settings, w *crew) {
	l.plan.forDressing(l.cloth)
	var self *layers
	if !set.NoSelfContact {
		self = newLayers(l.plan, l.cloth, set.SelfGap, w)
	}
	l.dresser = newDresser(l.plan, f, self, l.x, set, w)
	l.dresser.spans = newSpans(l.plan)
}

// coarser makes the levels below those given, the coarsest first.
func coarser(c *cloth.Cloth, f *Field, given []*cloth.Cloth) []*cloth.Cloth {
	if len(given) > 0 {
		c = given[0]
	}
	var out []*cloth.Cloth
	for len(c.Start) > coarsestVerts {
		edge := coarsening * math.Sqrt(c.Area()/float64(len(c.Tris)))
		g := c.Coarsen(edge, longest(c, f, edge))
		if 2*len(g.Start) > len(c.Start) {
			break // its outline does not let it
		}
		out = append(out, g)
		c = g
	}
	slices.Reverse(out)
	return out
}

// limbShare is how long edges may be round a limb, in the radius of the cloth
// about its middle: a hexagon's fit round it.
const limbShare = 1

// longest is the length that edges may have at each vertex, where the garment
// starts, for the limb beneath to stay on its side of the cloth [m]. A wide leg
// may have longer ones than a narrow sleeve: were they as short round the ankle,
// long trousers would fold there before the rest of them has found its place. What is
// more than most is not told exactly.
func longest(c *cloth.Cloth, f *Field, most float64) []float64 {
	out := make([]float64, len(c.Start))
	for v, p := range c.Start {
		d := f.height(p.X, p.Y, p.Z)
		out[v] = limbShare * (f.radius(p, most/limbShare) + max(0, d))
	}
	for v, turned := range turnedVerts(c) {
		if turned {
			out[v] = min(out[v], turnedEdge)
		}
	}
	return out
}

// handOn writes the state of this level to the positions of the next.
func (l *level) handOn(x []float64) {
	from := l.x
	for i, a := range l.anchors {
		if a.Tri < 0 {
			continue // of a panel that lies on another
		}
		t := l.plan.tris[a.Tri]
		for k := range 3 {
			v := 0.0
			for m, w := range a.Weight {
				v += float64(w * from[3*int(t[m])+k])
			}
			x[3*i+k] = v
		}
	}
	l.finer.order(x)
}
