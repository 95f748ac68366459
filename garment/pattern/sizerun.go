package pattern

import (
	"errors"

	"fitroom/geometry/fault"
)

// Size is one size of a style.
type Size struct {
	Name    string // "M", "38", ...
	Pattern *Pattern
}

// SizeRun is the sizes of one style, smallest first. Its patterns correspond:
// the same panels, edges and seams under the same indices, so that a result
// found on one size can be carried over to another edge by edge.
type SizeRun struct {
	Style string
	Sizes []Size
}

// NewSizeRun checks the sizes and that they correspond.
func NewSizeRun(style string, sizes ...Size) (*SizeRun, error) {
	r := &SizeRun{Style: style, Sizes: sizes}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return r, nil
}

// Size returns the pattern of a size, or nil.
func (r *SizeRun) Size(name string) *Pattern {
	for i := range r.Sizes {
		if r.Sizes[i].Name == name {
			return r.Sizes[i].Pattern
		}
	}
	return nil
}

// Validate checks every size and compares each with the first, naming the
// piece that does not correspond.
func (r *SizeRun) Validate() error {
	if len(r.Sizes) == 0 {
		return fault.Errorf("pattern: style %q has no sizes", r.Style)
	}
	var errs []error
	seen := make(map[string]bool, len(r.Sizes))
	for i := range r.Sizes {
		s := &r.Sizes[i]
		if s.Name == "" || seen[s.Name] {
			errs = append(errs, fault.Errorf("pattern: style %q: size number %d: name %q is empty or used twice", r.Style, i, s.Name))
		}
		seen[s.Name] = true
		if s.Pattern == nil {
			errs = append(errs, fault.Errorf("pattern: style %q: size %q has no pattern", r.Style, s.Name))
			continue
		}
		if err := s.Pattern.Validate(); err != nil {
			errs = append(errs, fault.Errorf("style %q, size %q: %w", r.Style, s.Name, err))
		}
		if first := &r.Sizes[0]; first.Pattern != nil {
			if what := differs(first.Pattern, s.Pattern); what != nil {
				errs = append(errs, fault.Errorf("pattern: style %q: size %q does not correspond to size %q: %w", r.Style, s.Name, first.Name, what))
			}
		}
	}
	return errors.Join(errs...)
}

// differs says in which piece pattern q departs from the topology of p; nil
// when they correspond.
func differs(p, q *Pattern) error {
	for i := range p.Panels {
		if i >= len(q.Panels) {
			return fault.Errorf("panel %q is missing", p.Panels[i].Name)
		}
		if what := differsPanel(&p.Panels[i], &q.Panels[i]); what != nil {
			return what
		}
	}
	if len(q.Panels) > len(p.Panels) {
		return fault.Errorf("panel %q is too many", q.Panels[len(p.Panels)].Name)
	}
	if len(p.Seams) != len(q.Seams) {
		return fault.Errorf("%d seams instead of %d", len(q.Seams), len(p.Seams))
	}
	for s, a := range p.Seams {
		if b := q.Seams[s]; a != b {
			return fault.Errorf("seam %d joins panel %q edge %d to panel %q edge %d otherwise", s,
				p.Panels[a.A.Panel].Name, a.A.Edge, p.Panels[a.B.Panel].Name, a.B.Edge)
		}
	}
	return differsLaps(p, q)
}

// differsLaps compares what is laid on what.
func differsLaps(p, q *Pattern) error {
	if len(p.Laps) != len(q.Laps) {
		return fault.Errorf("%d lapped edges instead of %d", len(q.Laps), len(p.Laps))
	}
	for i, a := range p.Laps {
		if b := q.Laps[i]; a.Edge != b.Edge || a.Panel != b.Panel || a.Line != b.Line || (a.From < a.To) != (b.From < b.To) {
			return fault.Errorf("panel %q edge %d is laid on panel %q otherwise", p.Panels[a.Edge.Panel].Name, a.Edge.Edge, p.Panels[a.Panel].Name)
		}
	}
	return nil
}

func differsPanel(p, q *Panel) error {
	if p.Name != q.Name {
		return fault.Errorf("panel %q stands where %q should", q.Name, p.Name)
	}
	if len(p.Edges) != len(q.Edges) || len(p.Verts) != len(q.Verts) {
		return fault.Errorf("panel %q has %d edges and %d corners instead of %d and %d",
			p.Name, len(q.Edges), len(q.Verts), len(p.Edges), len(p.Verts))
	}
	for e := range p.Edges {
		if p.Edges[e].From != q.Edges[e].From || p.Edges[e].To != q.Edges[e].To {
			return fault.Errorf("panel %q: edge %d joins other corners", p.Name, e)
		}
	}
	if (p.SignedArea() < 0) != (q.SignedArea() < 0) {
		return fault.Errorf("panel %q is mirrored: its outline runs the other way round", p.Name)
	}
	return nil
}
