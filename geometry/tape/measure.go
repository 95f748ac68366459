package tape

import (
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"
)

// Reading is one measure taken.
type Reading struct {
	Item
	Value float64  // [m] or [kg]; 0 if Err is set
	Line  []r3.Vec // where the tape lies [m]; nil for heights and mass
	Plane *Plane   // of a girth
	// Straight is a length with the tape pulled straight from landmark to
	// landmark [m]: what a calliper or a string through the flesh would read.
	Straight float64
	Height   float64 // of the tape or point above the floor [m]: its middle where it is not level
	Err      error   // why there is no value: a landmark that is missing, or no skin where the tape should lie
}

// Measure takes all items of the table.
func (s *Subject) Measure() []Reading {
	r := newRuler(s)
	var out []Reading
	for _, it := range Items() {
		out = append(out, r.read(it))
	}
	return out
}

// Take takes one item by its key.
func (s *Subject) Take(key string) (Reading, error) {
	for _, it := range Items() {
		if it.Key == key {
			rd := newRuler(s).read(it)
			return rd, rd.Err
		}
	}
	return Reading{}, fmt.Errorf("tape: no measure %q; see Items", key)
}

func (r *ruler) read(it Item) Reading {
	r.missing = ""
	t := it.take(r)
	rd := Reading{Item: it, Value: t.value, Line: t.line, Plane: t.plane}
	switch {
	case r.missing != "":
		return Reading{Item: it, Err: fmt.Errorf("%s: landmark %q is missing", it.Key, r.missing)}
	case it.Kind == Round || it.Kind == Along:
		if len(t.line) < 2 || !finite(t.line[0]) || !finite(t.line[len(t.line)-1]) {
			return Reading{Item: it, Err: fmt.Errorf("%s: no skin where the tape should lie (%s)", it.Key, it.Rule)}
		}
		rd.Value, rd.Straight = Length(t.line), Length(t.via)
		rd.Height = middleHeight(t.line) - r.floor.Y
	case it.Kind == Up:
		rd.Height = t.level.Y - r.floor.Y
	}
	return rd
}

// middleHeight is halfway between the lowest and the highest point of a line [m].
func middleHeight(line []r3.Vec) float64 {
	lo, hi := line[0].Y, line[0].Y
	for _, p := range line {
		lo, hi = min(lo, p.Y), max(hi, p.Y)
	}
	return (lo + hi) / 2
}
