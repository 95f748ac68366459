package dxf

import (
	"encoding/json"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Measure says where a measure of the shop's table is taken on the panels, so
// that the same line can be found again on the worn garment.
type Measure struct {
	Name  string  // as the table calls it: "chest_girth"
	Times float64 // how often the lines count: 2 where they run over one half
	Lines []Ruler
}

// Ruler is a straight line over a panel, from one place of its outline to another.
type Ruler struct {
	Panel    string
	From, To Place
}

// Place is a place on an edge.
type Place struct {
	Edge int
	At   Mark
}

type wireMeasure struct {
	Note  string            `json:"note"`
	Name  string            `json:"name"`
	Times *float64          `json:"times"`
	Lines []json.RawMessage `json:"lines"`
}

type wireRuler struct {
	Piece string          `json:"piece"`
	From  json.RawMessage `json:"from"`
	To    json.RawMessage `json:"to"`
}

type wirePlace struct {
	Edge *int            `json:"edge"`
	At   json.RawMessage `json:"at"`
}

// maxTimes is as often as a line counts where it runs over a quarter.
const maxTimes = 4

func (w *wireMeasure) addTo(s *Seams) error {
	m := Measure{Name: w.Name, Times: 1}
	if w.Times != nil {
		m.Times = *w.Times
	}
	if !(m.Times > 0 && m.Times <= maxTimes) {
		return fault.Errorf("times is %g; it is how often the lines count, above 0 to %d", m.Times, maxTimes)
	}
	if w.Name == "" || len(w.Lines) == 0 || len(w.Lines) > maxSide {
		return fault.Errorf("needs the name of a measure and 1 to %d lines", maxSide)
	}
	for i, raw := range w.Lines {
		var r wireRuler
		err := strictly(raw, &r)
		if err == nil {
			err = r.addTo(&m)
		}
		if err != nil {
			return fault.Errorf("its line %d: %w", i, err)
		}
	}
	s.Measures = append(s.Measures, m)
	return nil
}

func (w *wireRuler) addTo(m *Measure) error {
	r := Ruler{Panel: w.Piece}
	var err error
	if r.From, err = placeOf(w.From); err != nil {
		return fault.Errorf("from: %w", err)
	}
	if r.To, err = placeOf(w.To); err != nil {
		return fault.Errorf("to: %w", err)
	}
	if w.Piece == "" {
		return fault.Errorf("needs a piece and two places of its outline, from and to")
	}
	m.Lines = append(m.Lines, r)
	return nil
}

func placeOf(raw json.RawMessage) (Place, error) {
	var w wirePlace
	if len(raw) == 0 {
		return Place{}, fault.Errorf("needs a piece and two places of its outline, from and to")
	}
	if err := strictly(raw, &w); err != nil {
		return Place{}, err
	}
	if w.Edge == nil {
		return Place{}, fault.Errorf("needs a piece and an edge")
	}
	at, err := markOf(w.At, 0)
	return Place{*w.Edge, at}, err
}

// gauges lays the rulers of the list on the panels of a size, before its edges
// are cut at seams.
func (b *builder) gauges(p *pattern.Pattern) ([]pattern.Gauge, error) {
	var out []pattern.Gauge
	for _, m := range b.src.Seams.Measures {
		g := pattern.Gauge{Name: m.Name, Times: m.Times}
		for _, r := range m.Lines {
			from, at, err := r.From.on(p, r.Panel)
			if err != nil {
				return nil, fault.Errorf("measure %.60q: %w", m.Name, err)
			}
			to, _, err := r.To.on(p, r.Panel)
			if err != nil {
				return nil, fault.Errorf("measure %.60q: %w", m.Name, err)
			}
			g.Lines = append(g.Lines, pattern.GaugeLine{Panel: at, A: from, B: to})
		}
		out = append(out, g)
	}
	return out, nil
}

// on is the place on a panel, and the panel's number.
func (q Place) on(p *pattern.Pattern, panel string) (r2.Vec, int, error) {
	ref, err := edgeOf(p, panel, q.Edge)
	if err != nil {
		return r2.Vec{}, 0, err
	}
	share, err := q.At.on(notchesOf(&p.Panels[ref.Panel], ref.Edge))
	if err != nil {
		return r2.Vec{}, 0, fault.Errorf("piece %.60q edge %d: %w", panel, q.Edge, err)
	}
	c := p.Panels[ref.Panel].Curve(ref.Edge)
	return c.At(c.ParamAt(share * c.Length())), ref.Panel, nil
}
