package fit

import (
	"math"
	"slices"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Some measures are lines of the pattern itself, whatever the body does: the
// neckline, the shoulder seam, the top edge, the hem. They are read along the
// seams and free edges that sew names, in space and in the flat fabric.

// edges measures lines of one drape.
type edges struct {
	c    *cloth.Cloth
	pos  []r3.Vec
	flat map[uint64]flatEdge
}

// flatEdge is a mesh edge in the flat fabric.
type flatEdge struct {
	length float64 // [m]
	pull   float64 // along it, the mean of its triangles [N/m]
	n      float64 // triangles so far
}

func newEdges(c *cloth.Cloth, r *drape.Result) *edges {
	e := &edges{c: c, pos: r.Pos, flat: make(map[uint64]flatEdge, 3*len(c.Tris)/2)}
	for i, t := range c.Tris {
		for k := range 3 {
			id := edgeID(t[k], t[(k+1)%3])
			d := r2.Sub(c.Rest[i][(k+1)%3], c.Rest[i][k])
			f := e.flat[id]
			f.length = r2.Norm(d)
			f.pull = (f.pull*f.n + alongCut(r.Stress[i], r2.Scale(1/f.length, d))) / (f.n + 1)
			f.n++
			e.flat[id] = f
		}
	}
	return e
}

// line is a line of the mesh as worn.
func (e *edges) line(l cloth.Line) ownLine {
	var o ownLine
	n := len(l.Verts)
	if !l.Closed {
		n--
	}
	for i := range n {
		v, w := l.Verts[i], l.Verts[(i+1)%len(l.Verts)]
		f := e.flat[edgeID(v, w)]
		o.add(f.length, r3.Norm(r3.Sub(e.pos[v], e.pos[w])), f.pull, r3.Scale(0.5, r3.Add(e.pos[v], e.pos[w])))
	}
	return o
}

// height is the mean height of a line's vertices [m].
func (e *edges) height(l cloth.Line) float64 {
	y := 0.0
	for _, v := range l.Verts {
		y += e.pos[v].Y / float64(len(l.Verts))
	}
	return y
}

// closed is the closed free edge of a name; of several the one best likes best.
func (e *edges) closed(names []string, better func(a, b float64) bool) (cloth.Line, bool) {
	var found cloth.Line
	ok := false
	for _, l := range e.c.Lines {
		named := false
		for _, n := range names {
			named = named || l.Name == n
		}
		if l.Closed && named && (!ok || better(e.height(l), e.height(found))) {
			found, ok = l, true
		}
	}
	return found, ok
}

func higher(a, b float64) bool { return a > b+0.02 }
func lower(a, b float64) bool  { return a < b-0.02 }

// hem is the lowest closed free edge named a hem; of two at one height, as on
// trousers, the first.
func (e *edges) hem() (cloth.Line, bool) {
	return e.closed([]string{"hem", "leg_hem_left", "leg_hem_right", "leg_hem"}, lower)
}

// seam is the seam of a name; several stretches of it count as one line.
func (e *edges) seam(name string) ownLine {
	var o ownLine
	for _, l := range e.c.Seams {
		if l.Name == name {
			o.join(e.line(l))
		}
	}
	return o
}

// named reports a seam of a name.
func (e *edges) named(name string) bool {
	return slices.ContainsFunc(e.c.Seams, func(l cloth.Line) bool { return l.Name == name })
}

// rise runs from the top edge in front through the crotch to the top edge
// behind, in the middle plane of the body.
func rise(b *body.Body, pos []r3.Vec, g *garmentMesh) []crossing {
	crotch := b.Landmarks[body.Crotch]
	const hangs = 0.12 // a low crotch hangs as far below the body's [m]
	cuts, at := nearestChain(openChains(plane{crotch, r3.Vec{X: 1}}, pos, g), crotch)
	if len(cuts) == 0 || at == 0 || at == len(cuts) {
		return nil
	}
	lowest := math.Inf(1)
	for _, c := range cuts {
		lowest = min(lowest, c.p[0].Y)
	}
	top := b.Landmarks[body.WaistFront].Y + 0.1 // of an overall it would be another measure
	first, last := cuts[0].p[0], cuts[len(cuts)-1].p[1]
	if lowest < crotch.Y-hangs || min(first.Y, last.Y) < crotch.Y || max(first.Y, last.Y) > top || first.Z*last.Z > 0 && math.Abs(first.Z-last.Z) < 0.05 {
		return nil
	}
	return cuts
}

// acrossBack runs over the back at the level of the arms' creases, from one
// armhole to the other.
func acrossBack(b *body.Body, c *cloth.Cloth, pos []r3.Vec, g *garmentMesh) []crossing {
	return overBack(b, c, pos, g, plane{b.Landmarks[body.ArmFoldL], r3.Vec{Y: 1}})
}

// tipLow is how far below the ends of the shoulder seams their distance is
// taken [m]: level with them a cut would ride along the shoulder.
const tipLow = 0.015

// acrossShoulders runs over the back from the end of one shoulder seam to that
// of the other.
func acrossShoulders(b *body.Body, c *cloth.Cloth, pos []r3.Vec, g *garmentMesh) []crossing {
	left, right := seamVerts(c, "shoulder_left"), seamVerts(c, "shoulder_right")
	if len(left) == 0 || len(right) == 0 {
		return nil
	}
	tip := func(verts []int32) r3.Vec {
		out := pos[verts[0]]
		for _, v := range verts {
			if math.Abs(pos[v].X) > math.Abs(out.X) {
				out = pos[v]
			}
		}
		return out
	}
	l, r := tip(left), tip(right)
	n := r3.Cross(r3.Vec{Z: 1}, r3.Sub(l, r))
	if r3.Norm(n) == 0 {
		return nil
	}
	cuts := overBack(b, c, pos, g, plane{r3.Sub(r3.Scale(0.5, r3.Add(l, r)), r3.Vec{Y: tipLow}), r3.Unit(n)})
	if len(cuts) == 0 || worn(cuts) < tipToTip*r3.Norm(r3.Sub(l, r)) {
		return nil // a neckline below the tips leaves nothing to measure along
	}
	return cuts
}

// tipToTip is the least share of the way between the tips that a tape over the
// back must have [1].
const tipToTip = 0.8

func worn(cuts []crossing) float64 { w, _ := lengths(cuts); return w }

// overBack is the cut of a plane with the back: as far as the panels are neither
// sleeve nor front.
func overBack(b *body.Body, c *cloth.Cloth, pos []r3.Vec, g *garmentMesh, pl plane) []crossing {
	middle := b.Landmarks[body.BackNeck]
	middle.Y, middle.X = pl.origin.Y, 0
	var best chain
	at, near := 0, 0.15*0.15 // beyond, it is no cloth on the back [m2]
	for _, ch := range chains(cross(nil, pl, pos, g.tris, g.rest)) {
		for i, k := range ch.cuts {
			if d := r3.Norm2(r3.Sub(k.p[0], middle)); d < near && isBack(c, k.tri) {
				best, at, near = ch, i, d
			}
		}
	}
	n := len(best.cuts)
	if n == 0 {
		return nil
	}
	first, last := at, at
	for first > at-n && (best.closed || first > 0) && isBack(c, best.cuts[(first-1+n)%n].tri) {
		first--
	}
	for last < first+n-1 && (best.closed || last < n-1) && isBack(c, best.cuts[(last+1)%n].tri) {
		last++
	}
	var out []crossing
	for i := first; i <= last; i++ {
		out = append(out, best.cuts[(i+n)%n])
	}
	return out
}

// isBack: the panel is neither of a sleeve nor a front.
func isBack(c *cloth.Cloth, tri int32) bool {
	role := c.Panels[c.Panel[tri]].Role
	return !isSleeve(role) && !strings.Contains(role, "front")
}

func isSleeve(role string) bool {
	return strings.HasPrefix(role, "sleeve") || role == "cuff"
}
