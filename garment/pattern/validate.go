package pattern

import (
	"errors"
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Limits of a pattern. The largest garment seen in open data has 34 panels and
// 96 seams; these bound the work a hostile file can cause.
const (
	MaxPanels        = 400
	MaxEdges         = 10_000 // of all panels together, and as many seams
	MaxSplinePieces  = 2000   // of one edge; a curve digitised every mm for 2 m
	MaxExtent        = 20.0   // coordinate of a corner [m]
	MinEdgeLength    = 1e-5   // [m]; edges of real patterns go down to 0.34 mm
	MinPanelArea     = 1e-6   // [m2]
	MaxSeamRatio     = 3.0    // longer over shorter side of an undeclared gather
	maxFaults        = 20     // reported at once
	maxPanelCrossing = 3      // reported per panel
)

// arcSlack is how much shorter than half the chord a radius may be, relative:
// files print 4 to 16 digits.
const arcSlack = 1e-6

// faults collects what is wrong and stops growing at maxFaults.
type faults struct {
	list []error
	more int
}

func (fs *faults) add(f Fault) {
	if len(fs.list) == maxFaults {
		fs.more++
		return
	}
	fs.list = append(fs.list, &f)
}

func (fs *faults) join() error {
	if fs.more > 0 {
		return errors.Join(append(fs.list, fault.Errorf("pattern: and %d more faults", fs.more))...)
	}
	return errors.Join(fs.list...)
}

// Validate reports everything that is wrong with the pattern, each fault as a
// *Fault naming panel, edge and place. A pattern without faults can be meshed
// and sewn; after Validate no other room checks it again.
func (p *Pattern) Validate() error {
	var fs faults
	if !p.checkCounts(&fs) {
		return fs.join()
	}
	p.checkNames(&fs)
	p.checkGauges(&fs)
	sound := make([]bool, len(p.Panels))
	for i := range p.Panels {
		before := len(fs.list) + fs.more
		p.Panels[i].check(&fs)
		sound[i] = len(fs.list)+fs.more == before
	}
	p.checkSeams(&fs, sound)
	return fs.join()
}

// checkCounts refuses empty and oversized patterns before any work is done.
func (p *Pattern) checkCounts(fs *faults) bool {
	edges := 0
	for i := range p.Panels {
		edges += len(p.Panels[i].Edges)
	}
	count := func(n, most int, what fault.Word) bool {
		if n <= most {
			return true
		}
		fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("%d %s; at most %d are allowed", n, what, most)})
		return false
	}
	if len(p.Panels) == 0 {
		fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("no panels")})
		return false
	}
	return count(len(p.Panels), MaxPanels, "panels") &&
		count(edges, MaxEdges, "edges") && count(len(p.Seams), MaxEdges, "seams")
}

func (p *Pattern) checkNames(fs *faults) {
	seen := make(map[string]int, len(p.Panels))
	for i := range p.Panels {
		name := p.Panels[i].Name
		if name == "" {
			fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("panel number %d has no name", i)})
		} else if j, dup := seen[name]; dup {
			fs.add(Fault{Panel: name, Edge: -1, Seam: -1,
				What: fault.Errorf("the name is used twice, by panels number %d and %d", j, i)})
		}
		seen[name] = i
	}
}

// check looks at one panel by itself: chain, then edges, then the outline as a
// whole. Each step presumes that the one before found nothing.
func (p *Panel) check(fs *faults) {
	before := len(fs.list) + fs.more
	clean := func() bool { return len(fs.list)+fs.more == before }
	p.checkFrame(fs)
	p.checkChain(fs)
	if !clean() {
		return
	}
	for e := range p.Edges {
		p.checkEdge(fs, e)
	}
	if !clean() {
		return
	}
	for _, c := range p.Crossings(maxPanelCrossing) {
		what := fault.Errorf("the outline crosses itself: edges %d and %d meet", c.Edges[0], c.Edges[1])
		if c.Edges[0] == c.Edges[1] {
			what = fault.Errorf("the outline crosses itself: edge %d meets itself", c.Edges[0])
		}
		fs.add(Fault{Panel: p.Name, Edge: -1, Seam: -1, At: c.At, Placed: true, What: what})
	}
	if clean() {
		p.checkInner(fs)
	}
	if area := math.Abs(p.SignedArea()); clean() && area < MinPanelArea {
		fs.add(Fault{Panel: p.Name, Edge: -1, Seam: -1,
			What: fault.Errorf("the outline encloses %.3g cm2; at least %g cm2 are needed", area*1e4, MinPanelArea*1e4)})
	}
}

// checkFrame checks what belongs to the panel rather than to its edges.
func (p *Panel) checkFrame(fs *faults) {
	wrong := func(what error) { fs.add(Fault{Panel: p.Name, Edge: -1, Seam: -1, What: what}) }
	if g := r2.Norm(p.Grain); !(g == 0 || math.Abs(g-1) < 1e-6) {
		wrong(fault.Errorf("grain has length %g; a unit vector or zero is needed", g))
	}
	for i := range 3 {
		if !finite(p.Rotation[i]) || !finite(p.Translation[i]) {
			wrong(fault.Errorf("placement is not finite"))
			return
		}
	}
}

// checkChain checks that the edges form one closed loop through valid corners.
func (p *Panel) checkChain(fs *faults) {
	wrong := func(e int, what string, args ...any) {
		fs.add(Fault{Panel: p.Name, Edge: e, Seam: -1, What: fault.Errorf(what, args...)})
	}
	n := len(p.Edges)
	if n < 2 {
		wrong(-1, "%d edges; a closed outline needs at least 2", n)
		return
	}
	starts := make(map[int]int, n)
	for e := range p.Edges {
		edge, next := &p.Edges[e], &p.Edges[(e+1)%n]
		for _, v := range [2]int{edge.From, edge.To} {
			if v < 0 || v >= len(p.Verts) {
				wrong(e, "runs to vertex %d; the panel has %d", v, len(p.Verts))
				return
			}
		}
		if edge.To != next.From {
			at := p.Verts[edge.To]
			fs.add(Fault{Panel: p.Name, Edge: e, Seam: -1, At: at, Placed: finiteVec(at),
				What: fault.Errorf("open chain: it ends at vertex %d but edge %d starts at vertex %d; the gap is", edge.To, (e+1)%n, next.From)})
			return
		}
		if other, twice := starts[edge.From]; twice {
			wrong(e, "starts at vertex %d like edge %d; the outline passes a corner twice", edge.From, other)
			return
		}
		starts[edge.From] = e
	}
}

// checkEdge checks numbers, length and shape of one edge.
func (p *Panel) checkEdge(fs *faults, e int) {
	edge := &p.Edges[e]
	a, b := p.Verts[edge.From], p.Verts[edge.To]
	wrong := func(what string, args ...any) {
		at := r2.Scale(0.5, r2.Add(a, b))
		fs.add(Fault{Panel: p.Name, Edge: e, Seam: -1, At: at, Placed: finiteVec(at), What: fault.Errorf(what, args...)})
	}
	for _, v := range append([]r2.Vec{a, b, edge.Control[0], edge.Control[1]}, edge.Chain...) {
		if !finiteVec(v) {
			wrong("has a coordinate that is not finite")
			return
		}
		if math.Max(math.Abs(v.X), math.Abs(v.Y)) > MaxExtent {
			wrong("reaches (%.4g, %.4g) m; coordinates beyond %g m suggest a wrong unit", v.X, v.Y, MaxExtent)
			return
		}
	}
	chord := r2.Norm(r2.Sub(b, a))
	switch edge.Kind {
	case Line, Quadratic, Cubic:
	case Spline:
		if n := len(edge.Chain); n%3 != 2 || n > 3*MaxSplinePieces {
			wrong("is a spline of %d inner points; 3n-1 are needed for n pieces, at most %d", n, MaxSplinePieces)
			return
		}
	case Arc:
		if !finite(edge.Radius) || edge.Radius > 1e6 {
			wrong("has arc radius %g m; a finite one is needed", edge.Radius)
			return
		}
		if chord < MinEdgeLength || edge.Radius < chord/2*(1-arcSlack) {
			wrong("has arc radius %.3f cm, shorter than half its chord of %.3f cm,", edge.Radius*100, chord*100)
			return
		}
	default:
		wrong("has unknown kind %d", edge.Kind)
		return
	}
	if length := p.Length(e); !(length >= MinEdgeLength) {
		wrong("has length %.3g cm; at least %g cm are needed", length*100, MinEdgeLength*100)
	}
}

// checkSeams checks the seams against the panels; sound says which panels have
// measurable edges.
func (p *Pattern) checkSeams(fs *faults, sound []bool) {
	used := make(map[EdgeRef]int, 2*len(p.Seams))
	for s := range p.Seams {
		seam := &p.Seams[s]
		ok := true
		for _, ref := range [2]EdgeRef{seam.A, seam.B} {
			if what := p.missing(ref); what != nil {
				fs.add(Fault{Edge: -1, Seam: s, What: what})
				ok = false
				continue
			}
			if other, twice := used[ref]; twice {
				fs.add(Fault{Panel: p.Panels[ref.Panel].Name, Edge: ref.Edge, Seam: s,
					What: fault.Errorf("the edge is sewn already, in seam %d", other)})
				ok = false
				continue
			}
			used[ref] = s
		}
		if ok && sound[seam.A.Panel] && sound[seam.B.Panel] {
			p.checkRatio(fs, s)
		}
	}
	p.checkClosures(fs, used)
	p.checkLaps(fs, used, sound)
}

// checkClosures: a closed one is one of the seams, the edges of an open one
// are free.
func (p *Pattern) checkClosures(fs *faults, used map[EdgeRef]int) {
	if len(p.Closures) > MaxEdges {
		fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("%d closures; at most %d are allowed", len(p.Closures), MaxEdges)})
		return
	}
	for i := range p.Closures {
		c := &p.Closures[i]
		for _, ref := range [2]EdgeRef{c.Seam.A, c.Seam.B} {
			what := p.missing(ref)
			free := c.Open && (c.Instead == nil || ref != c.Instead.A && ref != c.Instead.B)
			if _, sewn := used[ref]; what == nil && sewn == free {
				what = fault.Errorf("its edge %d of panel %q is sewn: %t; a closed closure is also a seam, an open one is not", ref.Edge, p.Panels[ref.Panel].Name, sewn)
			}
			if what != nil {
				fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("closure %d (%s) %w", i, c.Name, what)})
			}
		}
	}
}

// missing says what a reference names that is not there; nil when it is.
func (p *Pattern) missing(ref EdgeRef) error {
	if ref.Panel < 0 || ref.Panel >= len(p.Panels) {
		return fault.Errorf("names panel number %d; there are %d", ref.Panel, len(p.Panels))
	}
	if n := len(p.Panels[ref.Panel].Edges); ref.Edge < 0 || ref.Edge >= n {
		return fault.Errorf("names edge %d of panel %q, which has %d", ref.Edge, p.Panels[ref.Panel].Name, n)
	}
	return nil
}

func (p *Pattern) checkRatio(fs *faults, s int) {
	seam := &p.Seams[s]
	if ratio := p.SeamRatio(s); !seam.Gather && ratio > MaxSeamRatio {
		a, b := p.SeamLengths(s)
		fs.add(Fault{Panel: p.Panels[seam.A.Panel].Name, Edge: seam.A.Edge, Seam: s,
			What: fault.Errorf("joins %.2f cm to %.2f cm of panel %q edge %d, ratio %.2f; more than %g must be declared a gather",
				a*100, b*100, p.Panels[seam.B.Panel].Name, seam.B.Edge, ratio, MaxSeamRatio)})
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func finiteVec(v r2.Vec) bool { return finite(v.X) && finite(v.Y) }
