package pattern

import (
	"math"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Notch is a mark on an edge at which it meets the notch of another.
type Notch struct {
	Edge int
	At   float64 // share of the edge's arc length, 0 to 1
}

// InnerKind says what a line inside a panel means.
type InnerKind uint8

// The kinds of inner line.
const (
	Drawn   InnerKind = iota // a mark: where a pocket goes, a stitching line
	Fold                     // the fabric is folded along it
	Elastic                  // an elastic band is sewn along it
	CutOut                   // closed; the fabric inside it is cut away
)

// Inner is a line inside a panel, point by point.
type Inner struct {
	Name   string
	Kind   InnerKind
	Pts    []r2.Vec // [m]; of a CutOut the first is not repeated at the end
	Angle  float64  // of a Fold: 0 is flat, pi folded onto itself [rad]
	Length float64  // of an Elastic: the length it is pulled to, as a share of the drawn one
	Force  float64  // of an Elastic: its force per unit strain [N]; 0 means not known
}

// Limits of what lies inside a panel.
const (
	MaxInner       = 500    // lines of one panel
	MaxInnerPoints = 20_000 // of one panel
	MinElastic     = 0.2    // an elastic stretches to about twice its length; 5 times is an error
	MaxElastic     = 1000   // [N per unit strain]: a hundred times a waist elastic
	maxLayer       = 20
)

// checkInner checks the lines inside the outline; the outline must be sound.
func (p *Panel) checkInner(fs *faults) {
	wrong := func(what string, args ...any) {
		fs.add(Fault{Panel: p.Name, Edge: -1, Seam: -1, What: fault.Errorf(what, args...)})
	}
	points := 0
	for i := range p.Inner {
		points += len(p.Inner[i].Pts)
	}
	if len(p.Inner) > MaxInner || points > MaxInnerPoints {
		wrong("%d inner lines of %d points; at most %d and %d are allowed", len(p.Inner), points, MaxInner, MaxInnerPoints)
		return
	}
	if p.Layer < 0 || p.Layer > maxLayer {
		wrong("layer is %d; it must lie between 0 and %d", p.Layer, maxLayer)
	}
	for i := range p.Notches {
		if n := p.Notches[i]; n.Edge < 0 || n.Edge >= len(p.Edges) || !(n.At >= 0 && n.At <= 1) {
			wrong("notch %d lies on edge %d at %g of its length; edges are 0 to %d, shares 0 to 1", i, n.Edge, n.At, len(p.Edges)-1)
		}
	}
	for e := range p.Edges {
		if s := p.Edges[e].Elastic; s != 0 && !(s >= MinElastic && s <= 1) {
			fs.add(Fault{Panel: p.Name, Edge: e, Seam: -1, What: fault.Errorf("an elastic pulls it to %g of its length; %g to 1 is possible", s, MinElastic)})
		}
		if k := p.Edges[e].Force; !(k >= 0 && k <= MaxElastic) {
			fs.add(Fault{Panel: p.Name, Edge: e, Seam: -1, What: elasticForce(k)})
		}
	}
	var outline []r2.Vec
	for i := range p.Inner {
		if p.Inner[i].Kind == CutOut && outline == nil {
			outline = p.Outline(1e-4)
		}
		if at, what := p.Inner[i].fault(outline); what != nil {
			fs.add(Fault{Panel: p.Name, Edge: -1, Seam: -1, At: at, Placed: finiteVec(at), What: fault.Errorf("inner line %d: %w", i, what)})
		}
	}
}

// fault says what is wrong with a line and about where; nil if nothing.
func (in *Inner) fault(outline []r2.Vec) (at r2.Vec, what error) {
	least := 2
	if in.Kind == CutOut {
		least = 3
	}
	if len(in.Pts) < least {
		return at, fault.Errorf("it has %d points; at least %d are needed", len(in.Pts), least)
	}
	for _, q := range in.Pts {
		if !finiteVec(q) || math.Max(math.Abs(q.X), math.Abs(q.Y)) > MaxExtent {
			return at, fault.Errorf("it reaches (%g, %g) m; coordinates are finite and within %g m", q.X, q.Y, MaxExtent)
		}
	}
	switch in.Kind {
	case Drawn:
	case Fold:
		if !(math.Abs(in.Angle) <= math.Pi) {
			return in.Pts[0], fault.Errorf("fold angle %g rad; it lies between -pi and pi", in.Angle)
		}
	case Elastic:
		if !(in.Length >= MinElastic && in.Length <= 1) {
			return in.Pts[0], fault.Errorf("an elastic pulls it to %g of its length; %g to 1 is possible", in.Length, MinElastic)
		}
		if !(in.Force >= 0 && in.Force <= MaxElastic) {
			return in.Pts[0], elasticForce(in.Force)
		}
	case CutOut:
		for _, q := range in.Pts {
			if !inside(outline, q) {
				return q, fault.Errorf("a cut-out reaches beyond the outline")
			}
		}
	default:
		return in.Pts[0], fault.Errorf("unknown kind %d", in.Kind)
	}
	return at, nil
}

// inside reports whether q lies within a closed polygon, by the parity of the
// sides that a ray from it crosses.
func inside(polygon []r2.Vec, q r2.Vec) bool {
	in := false
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		if (a.Y <= q.Y) != (b.Y <= q.Y) && q.X < a.X+(q.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

func elasticForce(k float64) error {
	return fault.Errorf("an elastic pulls with %g N per unit strain; 0 (not known) to %g is possible", k, float64(MaxElastic))
}
