package dxf

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// What a seam list says of lines: seams, elastics and folds.

type wireSeam struct {
	Name         string          `json:"name"`
	Note         string          `json:"note"`
	A            json.RawMessage `json:"a"`
	B            json.RawMessage `json:"b"`
	Orientation  string          `json:"orientation"`
	Gather       bool            `json:"gather"`
	Dart         bool            `json:"dart"`
	Ease         *float64        `json:"ease_mm"`
	MatchNotches bool            `json:"match_notches"`
	Closure      string          `json:"closure"`
	Overlap      float64         `json:"overlap_mm"`
}

type wireSeamSide struct {
	Piece string          `json:"piece"`
	Edge  *int            `json:"edge"`
	Line  *int            `json:"line"`
	From  json.RawMessage `json:"from"`
	To    json.RawMessage `json:"to"`
}

type wireElastic struct {
	Note   string  `json:"note"`
	Piece  string  `json:"piece"`
	Edge   *int    `json:"edge"`
	Line   *int    `json:"line"`
	Length float64 `json:"length"`
	Force  float64 `json:"force_N"`
}

type wireFold struct {
	Note  string   `json:"note"`
	Piece string   `json:"piece"`
	Line  *int     `json:"line"`
	Angle *float64 `json:"angle_deg"`
}

// maxEase is far more than is eased or gathered into one seam [mm].
const maxEase = 20_000

func (w *wireSeam) addTo(s *Seams) error {
	j := Join{Name: w.Name, Gather: w.Gather, Dart: w.Dart, MatchNotches: w.MatchNotches}
	var err error
	if j.A, err = sideOf(w.A); err != nil {
		return fault.Errorf("a: %w", err)
	}
	if j.B, err = sideOf(w.B); err != nil {
		return fault.Errorf("b: %w", err)
	}
	if err := j.checkLines(); err != nil {
		return err
	}
	switch w.Orientation {
	case "", "right_right":
	case "right_wrong":
		j.Reversed = true
	default:
		return fault.Errorf("orientation is %.40q; it must be right_right or right_wrong", w.Orientation)
	}
	switch w.Closure {
	case "":
	case "closed":
		j.Closure = pattern.ClosedClosure
	case "open":
		j.Closure = pattern.OpenClosure
	default:
		return fault.Errorf("closure is %.40q; it must be open or closed", w.Closure)
	}
	if len(j.B) == 1 && j.B[0].Line >= 0 && (j.Reversed || j.Dart || j.MatchNotches || j.Closure != pattern.NoClosure) {
		return fault.Errorf("what is laid on a line takes no orientation, dart, match_notches or closure")
	}
	if err := j.overlap(w.Overlap); err != nil {
		return err
	}
	if w.Ease != nil {
		if !(math.Abs(*w.Ease) <= maxEase) {
			return fault.Errorf("ease_mm is %g; it must lie between -%d and %d", *w.Ease, maxEase, maxEase)
		}
		ease := *w.Ease / 1000
		j.Ease = &ease
	}
	s.Joins = append(s.Joins, j)
	return nil
}

// overlap takes over how far side a lies over the piece of side b [mm]; 0: not at all.
func (j *Join) overlap(mm float64) error {
	if mm == 0 {
		return nil
	}
	if !(mm >= 1000*pattern.MinOverlap && mm <= 1000*pattern.MaxOverlap) {
		return fault.Errorf("overlap_mm is %g; it must lie between %g and %g", mm, 1000*pattern.MinOverlap, 1000*pattern.MaxOverlap)
	}
	plain := func(s []Side) bool {
		return len(s) == 1 && s[0].Line < 0 && s[0].From == Mark{Share: 0, Notch: -1} && s[0].To == Mark{Share: 1, Notch: -1}
	}
	if j.Closure == pattern.NoClosure || j.Reversed || !plain(j.A) || !plain(j.B) {
		return fault.Errorf("overlap_mm is for a closure of one whole edge over another, right side on right side")
	}
	j.Overlap = mm / 1000
	return nil
}

// checkLines: a line can only be the whole of side b, and is sewn as it lies.
func (j *Join) checkLines() error {
	for i := range j.A {
		if j.A[i].Line >= 0 {
			return fault.Errorf("a names a line inside a piece; only b can be one, on which a is laid")
		}
	}
	for i := range j.B {
		if s := &j.B[i]; s.Line >= 0 && (len(j.B) > 1 || s.From.Notch >= 0 || s.To.Notch >= 0) {
			return fault.Errorf("b names a line among other sides, or a notch of it; one line, or a part of it by shares, is possible")
		}
	}
	return nil
}

// maxSide is how many edges one side of a seam may have.
const maxSide = 100

// sideOf reads one edge, or a list of edges in a row.
func sideOf(raw json.RawMessage) ([]Side, error) {
	list := []json.RawMessage{raw}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
	}
	if len(raw) == 0 || len(list) == 0 || len(list) > maxSide {
		return nil, fault.Errorf("needs a piece and an edge, or a list of 1 to %d of them", maxSide)
	}
	var out []Side
	for _, one := range list {
		var w wireSeamSide
		if err := strictly(one, &w); err != nil {
			return nil, err
		}
		if w.Piece == "" || (w.Edge == nil) == (w.Line == nil) {
			return nil, fault.Errorf("needs a piece and either an edge or a line of it")
		}
		s := Side{Panel: w.Piece, Line: -1}
		if w.Line != nil {
			s.Line = *w.Line
		} else {
			s.Edge = *w.Edge
		}
		var err error
		if s.From, err = markOf(w.From, 0); err == nil {
			s.To, err = markOf(w.To, 1)
		}
		if err != nil {
			return nil, fault.Errorf("edge %d of %.60q: %w", s.Edge, w.Piece, err)
		}
		out = append(out, s)
	}
	return out, nil
}

// markOf reads a share of the length, or "notch 2".
func markOf(raw json.RawMessage, absent float64) (Mark, error) {
	m := Mark{Share: absent, Notch: -1}
	if len(raw) == 0 {
		return m, nil
	}
	var text string
	if json.Unmarshal(raw, &m.Share) == nil && m.Share >= 0 && m.Share <= 1 {
		return m, nil
	}
	if json.Unmarshal(raw, &text) == nil {
		if n, err := strconv.Atoi(strings.TrimPrefix(text, "notch ")); err == nil && n >= 0 && strings.HasPrefix(text, "notch ") {
			m.Notch = n
			return m, nil
		}
	}
	return m, fault.Errorf("from or to is %.40s; it must be a share of 0 to 1 or a notch like \"notch 0\"", raw)
}

func (w *wireElastic) addTo(s *Seams) error {
	e := Elastic{Panel: w.Piece, Edge: -1, Line: -1, Length: w.Length, Force: w.Force}
	if w.Piece == "" || (w.Edge == nil) == (w.Line == nil) {
		return fault.Errorf("needs a piece and either an edge or a line of it")
	}
	if w.Edge != nil {
		e.Edge = *w.Edge
	} else {
		e.Line = *w.Line
	}
	if !(w.Length >= pattern.MinElastic && w.Length <= 1) {
		return fault.Errorf("length is %g; it is the length it pulls to as a share of the drawn one, %g to 1", w.Length, pattern.MinElastic)
	}
	if !(w.Force >= 0 && w.Force <= pattern.MaxElastic) {
		return fault.Errorf("force_N is %g; it is the force that stretches the band to twice its length, 0 (not known) to %g", w.Force, float64(pattern.MaxElastic))
	}
	s.Elastics = append(s.Elastics, e)
	return nil
}

func (w *wireFold) addTo(s *Seams) error {
	if w.Piece == "" || w.Line == nil || w.Angle == nil {
		return fault.Errorf("needs a piece, a line of it and angle_deg")
	}
	if !(math.Abs(*w.Angle) <= 180) {
		return fault.Errorf("angle_deg is %g; it must lie between -180 and 180", *w.Angle)
	}
	s.Folds = append(s.Folds, Fold{w.Piece, *w.Line, *w.Angle * math.Pi / 180})
	return nil
}
