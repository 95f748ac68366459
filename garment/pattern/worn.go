package pattern

import (
	"slices"

	"fitroom/geometry/fault"
)

// WornOver is two garments as one, the outer over the inner: panels, seams and all
// else of the inner first, the layers of the outer above all of the inner's. Names of
// panels that both have get a mark behind them in the outer garment.
func WornOver(inner, outer *Pattern) (*Pattern, error) {
	out := &Pattern{Name: inner.Name + " + " + outer.Name, Panels: slices.Clone(inner.Panels), Seams: slices.Clone(inner.Seams),
		Closures: slices.Clone(inner.Closures), Laps: slices.Clone(inner.Laps), Gauges: slices.Clone(inner.Gauges)}
	n, top := len(inner.Panels), 0
	for i := range inner.Panels {
		top = max(top, inner.Panels[i].Layer+1)
	}
	move := func(r EdgeRef) EdgeRef { return EdgeRef{r.Panel + n, r.Edge} }
	for _, p := range outer.Panels {
		for slices.ContainsFunc(out.Panels, func(q Panel) bool { return q.Name == p.Name }) {
			p.Name += "'"
		}
		if p.Layer += top; p.Layer > maxLayer {
			return nil, fault.Errorf("%q worn over %q has panel %q on layer %d; at most %d are possible", outer.Name, inner.Name, p.Name, p.Layer, maxLayer)
		}
		out.Panels = append(out.Panels, p)
	}
	for _, s := range outer.Seams {
		s.A, s.B = move(s.A), move(s.B)
		out.Seams = append(out.Seams, s)
	}
	for _, c := range outer.Closures {
		c.Seam.A, c.Seam.B = move(c.Seam.A), move(c.Seam.B)
		if c.Instead != nil {
			c.Instead = &Seam{A: move(c.Instead.A), B: move(c.Instead.B), Reversed: c.Instead.Reversed, Gather: c.Instead.Gather}
		}
		if c.Lap != nil {
			l := *c.Lap
			l.Edge, l.Panel = move(l.Edge), l.Panel+n
			c.Lap = &l
		}
		out.Closures = append(out.Closures, c)
	}
	for _, l := range outer.Laps {
		l.Edge, l.Panel = move(l.Edge), l.Panel+n
		out.Laps = append(out.Laps, l)
	}
	for _, g := range outer.Gauges {
		g.Lines = slices.Clone(g.Lines)
		for i := range g.Lines {
			g.Lines[i].Panel += n
		}
		out.Gauges = append(out.Gauges, g)
	}
	return out, nil
}
