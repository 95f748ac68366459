package sew

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Options of Assemble. The zero value is ready to use.
type Options struct {
	Edge float64 // wanted edge length of the triangles [m]; 0 means 0.012
}

// Limits of Options.Edge [m]: below, one garment has millions of triangles;
// above, an armhole is a polygon of a few corners.
const (
	defaultEdge = 0.012
	minEdge     = 0.002
	maxEdge     = 0.06
)

// Assemble cuts the pattern into triangles, joins its seams and puts it round
// the body, outside of it everywhere. fabrics holds the material of each panel
// by name; "" is the main one.
func Assemble(p *pattern.Pattern, b *body.Body, fabrics map[string]fabric.Fabric, o Options) (*cloth.Cloth, error) {
	levels, err := Levels(p, b, fabrics, []float64{o.Edge})
	if err != nil {
		return nil, err
	}
	return levels[0], nil
}

// Levels assembles one garment at several edge lengths [m], in their order.
// All levels stand at the same place; a point of one is found in another by
// panel and flat coordinates: (*cloth.Cloth).Embed.
func Levels(p *pattern.Pattern, b *body.Body, fabrics map[string]fabric.Fabric, edges []float64) ([]*cloth.Cloth, error) {
	return NewFigure(b).Levels(p, fabrics, edges)
}

// Levels does the same on a body that is measured already.
func (f *Figure) Levels(p *pattern.Pattern, fabrics map[string]fabric.Fabric, edges []float64) ([]*cloth.Cloth, error) {
	c, err := NewCut(p, edges)
	if err != nil {
		return nil, err
	}
	return f.Sew(c, fabrics)
}

// Sew puts a garment that is cut already round the body, one cloth per level
// of the cut. Cuts of one CutRun give cloths with the same vertices, triangles
// and lines under the same numbers.
func (f *Figure) Sew(c *Cut, fabrics map[string]fabric.Fabric) ([]*cloth.Cloth, error) {
	materials, err := materialsOf(c.Pattern, fabrics)
	if err != nil {
		return nil, err
	}
	out := make([]*cloth.Cloth, len(c.levels))
	for i := range c.levels {
		if out[i], err = f.assemble(c.Pattern, &c.levels[i], materials); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// materials of a garment: the fabrics in use and which one each panel has.
type materials struct {
	fabrics []fabric.Fabric
	panel   []int32
}

func materialsOf(p *pattern.Pattern, fabrics map[string]fabric.Fabric) (*materials, error) {
	m := &materials{panel: make([]int32, len(p.Panels))}
	index := map[string]int32{}
	for i := range p.Panels {
		name := p.Panels[i].Material
		k, known := index[name]
		if !known {
			f, ok := fabrics[name]
			if !ok {
				return nil, fault.Errorf("sew: panel %q is of material %q, for which no fabric is given", p.Panels[i].Name, name)
			}
			k = int32(len(m.fabrics))
			index[name] = k
			m.fabrics = append(m.fabrics, f)
		}
		m.panel[i] = k
	}
	return m, nil
}

func (f *Figure) assemble(p *pattern.Pattern, cut *cutLevel, mat *materials) (*cloth.Cloth, error) {
	w := cut.weld
	l := newLayout(p, cut.pieces, f)
	l.placeAll()
	c := w.cloth(mat)
	for i := range c.Panels {
		c.Panels[i].Shell, c.Panels[i].Inward = int8(l.shell[i]), l.charts[i].turned
	}
	w.meet(l.pos, cut.h)
	c.Start, c.Laid = w.start(l.pos), w.laidOn()
	off := w.keptOff(l.shell)
	relax(c.Start, springs(c, w.isLaid), off, f.tree)
	w.stack(c.Start, c.Tris, c.Panel, l.shell)
	c.LayDown(c.Start)
	untangle(c.Start, c.Tris, off, f.tree)
	c.LayDown(c.Start)
	l.turnDown(w, c)
	w.bandsAndFolds(c)
	c.Seams = seamLines(w, l, c.Start)
	c.Lines = freeLines(w, l, c.Tris, c.Start)
	c.Gauges = gauges(w)
	if err := c.Validate(); err != nil {
		return nil, fault.Errorf("sew: %q does not sew to a proper surface: %w", p.Name, err)
	}
	return c, nil
}

// cloth collects triangles and flat shapes; the panels keep their own planes.
func (w *weld) cloth(mat *materials) *cloth.Cloth {
	c := &cloth.Cloth{Fabrics: mat.fabrics}
	for i, pc := range w.pieces {
		panel := &w.p.Panels[i]
		c.Panels = append(c.Panels, cloth.Panel{Name: panel.Name, Role: string(panel.Role), Side: int8(panel.Side), Fabric: mat.panel[i]})
		for _, t := range pc.tris {
			c.Tris = append(c.Tris, geometry.Tri{w.vert[i][t[0]], w.vert[i][t[1]], w.vert[i][t[2]]})
			c.Rest = append(c.Rest, [3]r2.Vec{pc.points[t[0]], pc.points[t[1]], pc.points[t[2]]})
			c.Panel = append(c.Panel, int32(i))
		}
	}
	return c
}

// gauges are the pattern's measuring lines in the planes of the cloth.
func gauges(w *weld) []cloth.Gauge {
	out := make([]cloth.Gauge, len(w.p.Gauges))
	for i, g := range w.p.Gauges {
		out[i] = cloth.Gauge{Name: g.Name, Times: g.Times}
		for _, l := range g.Lines {
			f := w.pieces[l.Panel].frame
			out[i].Lines = append(out[i].Lines, cloth.GaugeLine{Panel: int32(l.Panel), A: f.to(l.A), B: f.to(l.B)})
		}
	}
	return out
}

// start is the mean of the places of all copies of each vertex; panels that are
// laid on others have no say in where these are.
func (w *weld) start(pos [][]r3.Vec) []r3.Vec {
	out := make([]r3.Vec, w.count)
	n := make([]float64, w.count)
	for i := range pos {
		if w.isLaid(i) {
			continue
		}
		for k, p := range pos[i] {
			v := w.vert[i][k]
			out[v] = r3.Add(out[v], p)
			n[v]++
		}
	}
	for v := range out {
		out[v] = r3.Scale(1/math.Max(1, n[v]), out[v])
	}
	return out
}

// meetReach is how deep into a panel the seams' way to each other is felt [m].
const meetReach = 0.12

// meet moves the panels so that their seams meet half way. The way is shared
// by the inside of each panel; were only the seam moved, a panel that reached
// beyond it would fold over there and cross its partner.
func (w *weld) meet(pos [][]r3.Vec, h float64) {
	middle := w.start(pos)
	copies := make([]int32, w.count)
	for i := range pos {
		if w.isLaid(i) {
			continue
		}
		for _, v := range w.vert[i] {
			copies[v]++
		}
	}
	sweeps := int(meetReach * meetReach / (h * h)) // averaging spreads with the root of their number
	for i, pc := range w.pieces {
		if w.isLaid(i) {
			continue
		}
		shift := make([]r3.Vec, len(pc.points))
		fixed := make([]bool, len(pc.points))
		for k, v := range w.vert[i] {
			if copies[v] > 1 {
				shift[k], fixed[k] = r3.Sub(middle[v], pos[i][k]), true
			}
		}
		spread(shift, fixed, pc.tris, sweeps)
		for k := range shift {
			pos[i][k] = r3.Add(pos[i][k], shift[k])
		}
	}
}
