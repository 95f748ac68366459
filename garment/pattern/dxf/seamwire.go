package dxf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// MaxSeamsSize bounds a seams.json [bytes]; 100 seams take 10 kB.
const MaxSeamsSize = 4 << 20

type wireSeams struct {
	Schema   string            `json:"$schema"`
	Proposed bool              `json:"proposed"`
	Note     string            `json:"note"`
	BaseSize string            `json:"base_size"`
	Pieces   namedList         `json:"pieces"`
	Seams    []json.RawMessage `json:"seams"`
	Elastic  []json.RawMessage `json:"elastic"`
	Folds    []json.RawMessage `json:"folds"`
	Measures []json.RawMessage `json:"measures"`
}

// namedList is an object in file order, which a map would lose together with
// the first of two members of one name.
type namedList []namedRaw

type namedRaw struct {
	name string
	raw  json.RawMessage
}

func (l *namedList) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return fault.Errorf("pieces must be an object: a name and what it is, per panel")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		m := namedRaw{name: key.(string)} // the key of an object is a string
		if err := dec.Decode(&m.raw); err != nil {
			return err
		}
		if slices.ContainsFunc(*l, func(o namedRaw) bool { return o.name == m.name }) {
			return fault.Errorf("piece %.60q is described twice", m.name)
		}
		if *l = append(*l, m); len(*l) > pattern.MaxPanels {
			return fault.Errorf("more than %d pieces", pattern.MaxPanels)
		}
	}
	return nil
}

type wireSeamPiece struct {
	Note        string             `json:"note"`
	Piece       string             `json:"piece"`
	Copies      *int               `json:"copies"`
	Mirror      bool               `json:"mirror"`
	Unfold      *int               `json:"unfold_edge"`
	TurnPoints  int                `json:"turn_points"`
	TurnDeg     float64            `json:"turn_deg"`
	Label       string             `json:"label"`
	Role        string             `json:"role"`
	Side        string             `json:"side"`
	Facing      string             `json:"facing"`
	Material    string             `json:"material"`
	Layer       int                `json:"layer"`
	Labels      map[string]string  `json:"edge_labels"`
	Allowances  map[string]float64 `json:"edge_allowance_mm"`
	Translation []float64          `json:"translation_cm"`
	Rotation    []float64          `json:"rotation_deg"`
}

// strictly decodes one value; a field the type does not have is refused by name.
func strictly(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, more := dec.Token(); !errors.Is(more, io.EOF) {
		return fault.Errorf("something follows the closing brace")
	}
	return nil
}

// ErrProposed says that a seam list is a proposal which nobody has confirmed.
var ErrProposed = fault.Errorf(`this is a proposal that nobody has confirmed: compare it with the picture of the panels, correct it, and take out the line "proposed": true`)

// ReadSeams reads a seams.json.
func ReadSeams(r io.Reader, name string) (*Seams, error) {
	s, err := readSeams(r)
	if err != nil {
		return nil, fault.Errorf("dxf: %s: %w", name, err)
	}
	return s, nil
}

func readSeams(r io.Reader) (*Seams, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSeamsSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxSeamsSize {
		return nil, fault.Errorf("the seam list is larger than %d MB, the most that is read", MaxSeamsSize>>20)
	}
	var w wireSeams
	if err := strictly(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &w); err != nil {
		return nil, fault.Errorf("not a seam list: %w", err)
	}
	if w.Proposed {
		return nil, ErrProposed
	}
	return w.convert()
}

func (w *wireSeams) convert() (*Seams, error) {
	if len(w.Pieces) == 0 {
		return nil, fault.Errorf("pieces is empty; it names the pieces that make the garment")
	}
	if n := max(len(w.Seams), len(w.Elastic), len(w.Folds), len(w.Measures)); n > pattern.MaxEdges {
		return nil, fault.Errorf("%d seams, elastics, folds or measures; at most %d of each are allowed", n, pattern.MaxEdges)
	}
	s := &Seams{BaseSize: w.BaseSize}
	for _, m := range w.Pieces {
		var piece wireSeamPiece
		err := strictly(m.raw, &piece)
		if err == nil {
			err = piece.addTo(s, m.name)
		}
		if err != nil {
			return nil, fault.Errorf("pieces: %.60q: %w", m.name, err)
		}
	}
	// Panels come in the order of their names, as those of other formats do.
	slices.SortFunc(s.Panels, func(a, b SeamPanel) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(s.Panels); i++ {
		if s.Panels[i].Name == s.Panels[i-1].Name {
			return nil, fault.Errorf("pieces: %.60q is the name of two panels, one of them a copy", s.Panels[i].Name)
		}
	}
	return s, w.convertLines(s)
}

func (w *wireSeams) convertLines(s *Seams) error {
	for i, raw := range w.Seams {
		var seam wireSeam
		err := strictly(raw, &seam)
		if err == nil {
			err = seam.addTo(s)
		}
		if err != nil {
			return fault.Errorf("seam %d%s: %w", i, named(seam.Name), err)
		}
	}
	for i, raw := range w.Elastic {
		var e wireElastic
		err := strictly(raw, &e)
		if err == nil {
			err = e.addTo(s)
		}
		if err != nil {
			return fault.Errorf("elastic %d: %w", i, err)
		}
	}
	for i, raw := range w.Folds {
		var f wireFold
		err := strictly(raw, &f)
		if err == nil {
			err = f.addTo(s)
		}
		if err != nil {
			return fault.Errorf("fold %d: %w", i, err)
		}
	}
	for i, raw := range w.Measures {
		var m wireMeasure
		err := strictly(raw, &m)
		if err == nil {
			err = m.addTo(s)
		}
		if err != nil {
			return fault.Errorf("measure %d: %w", i, err)
		}
	}
	return nil
}

func named(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" (%.60s)", name)
}

func (w *wireSeamPiece) addTo(s *Seams, name string) error {
	p, err := w.convert(name)
	if err != nil {
		return err
	}
	copies := 1
	if w.Copies != nil {
		copies = *w.Copies
	}
	if copies < 1 || copies > maxCopies {
		return fault.Errorf("copies is %d; it must lie between 1 and %d", copies, maxCopies)
	}
	for i := range copies {
		q := p
		if i > 0 {
			q.Name = fmt.Sprintf("%s %d", name, i+1)
		}
		s.Panels = append(s.Panels, q)
	}
	if len(s.Panels) > pattern.MaxPanels {
		return fault.Errorf("with it there are %d panels; at most %d are allowed", len(s.Panels), pattern.MaxPanels)
	}
	return nil
}

func (w *wireSeamPiece) convert(name string) (SeamPanel, error) {
	p := SeamPanel{
		Name: name, Piece: w.Piece, Mirrored: w.Mirror, Edges: w.TurnPoints, Turn: w.TurnDeg * math.Pi / 180,
		Label: w.Label, Role: pattern.Role(w.Role), Material: w.Material, Layer: w.Layer, Labels: map[int]string{},
	}
	if p.Piece == "" {
		p.Piece = name
	}
	if p.Unfold = -1; w.Unfold != nil {
		if p.Unfold = *w.Unfold; p.Unfold < 0 {
			return p, fault.Errorf("unfold_edge is %d; edges are counted from 0", p.Unfold)
		}
	}
	if name == "" {
		return p, fault.Errorf("a piece needs a name")
	}
	if math.Abs(w.TurnDeg) > 360 {
		return p, fault.Errorf("turn_deg is %g; it must lie between -360 and 360", w.TurnDeg)
	}
	if w.Layer < 0 || w.Layer > maxLayer {
		return p, fault.Errorf("layer is %d; it must lie between 0, next to the body, and %d", w.Layer, maxLayer)
	}
	if w.Role != "" && !slices.Contains(roles, p.Role) {
		return p, fault.Errorf("role is %.40q; it must be one of %v", w.Role, roles)
	}
	if err := w.sides(&p); err != nil {
		return p, err
	}
	for _, key := range slices.Sorted(maps.Keys(w.Labels)) {
		e, err := strconv.Atoi(key)
		if err != nil || e < 0 {
			return p, fault.Errorf("edge_labels: %.40q is not the number of an edge", key)
		}
		p.Labels[e] = w.Labels[key]
	}
	for _, key := range slices.Sorted(maps.Keys(w.Allowances)) {
		e, err := strconv.Atoi(key)
		if v := w.Allowances[key]; err != nil || e < 0 || !(v >= 0 && v <= maxAllowance*1000) {
			return p, fault.Errorf("edge_allowance_mm: %.40q: %g; the number of an edge and 0 to %g mm are needed", key, v, maxAllowance*1000)
		}
		if p.Allowances == nil {
			p.Allowances = map[int]float64{}
		}
		p.Allowances[e] = w.Allowances[key] / 1000
	}
	return p, w.place(&p)
}

const maxLayer = 20

var roles = []pattern.Role{
	pattern.BodyFront, pattern.BodyBack, pattern.Sleeve, pattern.SleeveFr, pattern.SleeveBk,
	pattern.SkirtFront, pattern.SkirtBack, pattern.LegFront, pattern.LegBack, pattern.WaistFront, pattern.WaistBack,
	pattern.Collar, pattern.Cuff, pattern.LegCuff, pattern.Hood, pattern.Patch, pattern.OtherRole,
}

func (w *wireSeamPiece) sides(p *SeamPanel) error {
	side, facing := pattern.Centre, pattern.AllRound
	switch w.Side {
	case "", "centre":
	case "left":
		side = pattern.Left
	case "right":
		side = pattern.Right
	default:
		return fault.Errorf("side is %.40q; it must be left, right or centre", w.Side)
	}
	switch w.Facing {
	case "", "around":
	case "front":
		facing = pattern.FacesFront
	case "back":
		facing = pattern.FacesBack
	default:
		return fault.Errorf("facing is %.40q; it must be front, back or around", w.Facing)
	}
	if w.Side != "" {
		p.Side = &side
	}
	if w.Facing != "" {
		p.Facing = &facing
	}
	return nil
}

func (w *wireSeamPiece) place(p *SeamPanel) error {
	if len(w.Translation) == 0 && len(w.Rotation) == 0 {
		return nil
	}
	if len(w.Translation) != 3 || len(w.Rotation) != 3 {
		return fault.Errorf("placement has %d lengths and %d angles; 3 of each are needed", len(w.Translation), len(w.Rotation))
	}
	p.HasPlace = true
	for i := range 3 {
		p.Translation[i], p.Rotation[i] = w.Translation[i]/100, w.Rotation[i]*math.Pi/180
	}
	return nil
}
