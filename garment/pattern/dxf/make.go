package dxf

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// pattern makes the pattern of one size.
func (b *builder) pattern(size string) (*pattern.Pattern, error) {
	out, err := b.panels(size)
	if err != nil {
		return nil, err
	}
	for i := range out.Panels {
		if size != b.base && b.marked != nil {
			takeMarks(&out.Panels[i], &b.marked[i])
		}
	}
	if b.sewing != nil {
		if err := out.CutUnderlaps(b.overlaps); err != nil {
			return nil, err
		}
		if err := b.sewable(out); err != nil {
			return nil, err
		}
		if out.Gauges, err = b.gauges(out); err != nil {
			return nil, err
		}
		out.Sew(b.sewing)
	}
	// Faults of the outlines come before what is made of them.
	if err := out.Validate(); err != nil {
		return nil, err
	}
	plan := b.plan()
	labels := make([]string, len(out.Panels)) // those of strips behind the others
	for i := range plan {
		labels[i] = plan[i].Label
	}
	out.AssignRoles(labels)
	for i := range plan {
		plan[i].override(&out.Panels[i])
	}
	for i := range b.overlaps {
		strip, of := &out.Panels[b.overlaps[i].Strip], &out.Panels[b.overlaps[i].Under.Panel]
		strip.Role, strip.Side, strip.Facing = pattern.Patch, of.Side, of.Facing
	}
	return out, nil
}

// panels makes the panels of one size, not yet sewn.
func (b *builder) panels(size string) (*pattern.Pattern, error) {
	pieces, err := b.graded(size)
	if err != nil {
		return nil, err
	}
	out := &pattern.Pattern{Name: b.opt.Style}
	plan := b.plan()
	for i := range plan {
		sp := &plan[i]
		at := slices.IndexFunc(pieces, func(p Piece) bool { return p.Name == sp.Piece })
		if at < 0 {
			return nil, fault.Errorf("there is no piece %q; the drawing has %s", sp.Piece, namesOf(pieces))
		}
		panel, err := b.panel(&pieces[at], sp)
		if err != nil {
			return nil, fault.Errorf("piece %q: %w", sp.Piece, err)
		}
		out.Panels = append(out.Panels, panel)
	}
	return out, nil
}

// plan lists the panels to make: those of the seam list, else every piece as
// often as it is cut.
func (b *builder) plan() []SeamPanel {
	if b.src.Seams != nil {
		return b.src.Seams.Panels
	}
	var out []SeamPanel
	for _, p := range b.pieces[b.base] {
		if p.Drawn+p.Mirrored == 0 {
			b.warn("piece %q has quantity 0: an alternative, left out", p.Name)
		}
		for i := range p.Drawn + p.Mirrored {
			sp := SeamPanel{Unfold: -1, Name: p.Name, Piece: p.Name, Mirrored: i >= p.Drawn, Label: strings.ToLower(p.Category)}
			k := i
			if sp.Mirrored {
				sp.Name, k = p.Name+" mirrored", i-p.Drawn
			}
			if k > 0 {
				sp.Name = fmt.Sprintf("%s copy %d", sp.Name, k+1)
			}
			out = append(out, sp)
		}
	}
	return out
}

// sewn is the line of a piece that is sewn along.
func (b *builder) sewn(p *Piece, sp *SeamPanel) (*outline, error) {
	if b.opt.Line != CutLine && p.sew != nil {
		if b.opt.Allowance > 0 && b.opt.Line == AnyLine {
			b.warn("piece %q has a sew line; the stated allowance is not used for it", p.Name)
		}
		if len(sp.Allowances) > 0 {
			b.warn("piece %q has a sew line; its edge_allowance_mm is not used", p.Name)
		}
		o, err := p.sew.foldAt(sp.Unfold)
		if err != nil {
			return nil, err
		}
		return o.unfold(), nil
	}
	switch {
	case p.sew == nil && p.sewDrawn && b.opt.Line != CutLine:
		return nil, fault.Errorf("its sew line carries no grade rules, so that it cannot be graded; state line \"cut\" and the allowance, or send a nest")
	case b.opt.Line == SewLine:
		return nil, fault.Errorf("it has no sew line (layer 14); state line \"cut\" and the allowance instead")
	case p.cut == nil:
		return nil, fault.Errorf("its boundary carries no grade rules, so that it cannot be graded; send a nest")
	case b.opt.Line == AnyLine && b.opt.Allowance == 0 && len(sp.Allowances) == 0 && !slices.Contains(b.unstated, p.Name):
		b.unstated = append(b.unstated, p.Name)
	}
	o, err := p.cut.foldAt(sp.Unfold)
	if err != nil {
		return nil, err
	}
	return o.unfold().inset(b.opt.Allowance, sp.Allowances, sp.Mirrored)
}

// panel makes a panel of a piece.
func (b *builder) panel(p *Piece, sp *SeamPanel) (pattern.Panel, error) {
	panel := pattern.Panel{Name: sp.Name, Material: cmp.Or(sp.Material, p.Material), Grain: p.Grain, Layer: sp.Layer}
	line, err := b.sewn(p, sp)
	if err != nil {
		return panel, err
	}
	line = line.clone()
	line.split()
	for i := range line.pts {
		line.pts[i] = sp.move(line.pts[i])
	}
	if sp.Mirrored {
		line = line.backwards()
	}
	panel.Grain = sp.move(panel.Grain)
	if panel.Verts, panel.Edges, err = line.edges(); err != nil {
		return panel, err
	}
	p.mark(&panel, sp)
	panel.HasPlace, panel.Translation, panel.Rotation = sp.HasPlace, sp.Translation, sp.Rotation
	return panel, sp.label(&panel)
}

// move takes a point of the drawing to the panel: mirrored, then turned.
func (sp *SeamPanel) move(q r2.Vec) r2.Vec {
	if sp.Mirrored {
		q.X = -q.X
	}
	if sp.Turn != 0 {
		sin, cos := math.Sincos(sp.Turn)
		q = r2.Vec{X: cos*q.X - sin*q.Y, Y: sin*q.X + cos*q.Y}
	}
	return q
}

// label names the edges and checks how many there are.
func (sp *SeamPanel) label(panel *pattern.Panel) error {
	n := len(panel.Edges)
	if sp.Edges != 0 && sp.Edges != n {
		return fault.Errorf("the seam list counts %d turn points, the drawing gives %d edges", sp.Edges, n)
	}
	for _, e := range sortedKeys(sp.Labels) {
		if e >= n {
			return fault.Errorf("the seam list labels edge %d; there are %d", e, n)
		}
		panel.Edges[e].Label = sp.Labels[e]
	}
	return nil
}

// override puts what the seam list says of a panel above what its name says.
func (sp *SeamPanel) override(panel *pattern.Panel) {
	if sp.Role != "" {
		panel.Role = sp.Role
		switch {
		case strings.HasSuffix(string(sp.Role), "_front"):
			panel.Facing = pattern.FacesFront
		case strings.HasSuffix(string(sp.Role), "_back"):
			panel.Facing = pattern.FacesBack
		}
	}
	if sp.Side != nil {
		panel.Side = *sp.Side
	}
	if sp.Facing != nil {
		panel.Facing = *sp.Facing
	}
}
