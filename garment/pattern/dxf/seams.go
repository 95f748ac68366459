package dxf

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"

	"fitroom/garment/pattern"
)

// MaxSeamsSize bounds a seams.json [bytes]; 100 seams take 10 kB.
const MaxSeamsSize = 4 << 20

// Seams is a seam list: which pieces make the garment, and which of their
// edges are sewn together. A shop writes it once per style; it holds for every
// size. Edges are counted as the package comment says.
type Seams struct {
	BaseSize string
	Panels   []SeamPanel // by name
	Joins    []Join
}

// SeamPanel makes one panel of a piece of the drawing.
type SeamPanel struct {
	Name     string
	Piece    string // of the drawing; empty means Name
	Mirrored bool
	Edges    int     // how many it must have; 0 if not said
	Turn     float64 // anticlockwise, to bring its top up [rad]
	Label    string  // body, arm or leg: what it covers
	Role     pattern.Role
	Side     *pattern.Side
	Facing   *pattern.Facing
	Material string
	Labels   map[int]string // names of edges

	HasPlace    bool
	Translation [3]float64 // [m]
	Rotation    [3]float64 // [rad]
}

// Join sews two edges, by panel name.
type Join struct {
	PanelA, PanelB string
	EdgeA, EdgeB   int
	Reversed       bool // right side on wrong side
	Gather         bool
}

type wireSeams struct {
	Note     string                   `json:"note"`
	BaseSize string                   `json:"base_size"`
	Pieces   map[string]wireSeamPiece `json:"pieces"`
	Seams    []wireSeam               `json:"seams"`
}

type wireSeamPiece struct {
	Piece       string            `json:"piece"`
	Mirror      bool              `json:"mirror"`
	TurnPoints  int               `json:"turn_points"`
	TurnDeg     float64           `json:"turn_deg"`
	Label       string            `json:"label"`
	Role        string            `json:"role"`
	Side        string            `json:"side"`
	Facing      string            `json:"facing"`
	Material    string            `json:"material"`
	Labels      map[string]string `json:"edge_labels"`
	Translation []float64         `json:"translation_cm"`
	Rotation    []float64         `json:"rotation_deg"`
}

type wireSeam struct {
	A           *wireSeamSide `json:"a"`
	B           *wireSeamSide `json:"b"`
	Orientation string        `json:"orientation"`
	Gather      bool          `json:"gather"`
	Note        string        `json:"note"`
}

type wireSeamSide struct {
	Piece string `json:"piece"`
	Edge  *int   `json:"edge"`
}

// ReadSeams reads a seams.json.
func ReadSeams(r io.Reader, name string) (*Seams, error) {
	dec := json.NewDecoder(io.LimitReader(r, MaxSeamsSize))
	dec.DisallowUnknownFields()
	var w wireSeams
	err := dec.Decode(&w)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the closing brace")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("dxf: %s: not a seam list: %w", name, err)
	}
	s, err := w.convert()
	if err != nil {
		return nil, fmt.Errorf("dxf: %s: %w", name, err)
	}
	return s, nil
}

func (w *wireSeams) convert() (*Seams, error) {
	if len(w.Pieces) == 0 {
		return nil, errors.New("pieces is empty; it names the pieces that make the garment")
	}
	if len(w.Pieces) > pattern.MaxPanels || len(w.Seams) > pattern.MaxEdges {
		return nil, fmt.Errorf("%d pieces and %d seams; at most %d and %d are allowed", len(w.Pieces), len(w.Seams), pattern.MaxPanels, pattern.MaxEdges)
	}
	s := &Seams{BaseSize: w.BaseSize}
	for _, name := range slices.Sorted(maps.Keys(w.Pieces)) {
		piece := w.Pieces[name]
		p, err := piece.convert(name)
		if err != nil {
			return nil, fmt.Errorf("pieces: %.60q: %w", name, err)
		}
		s.Panels = append(s.Panels, p)
	}
	for i := range w.Seams {
		j, err := w.Seams[i].convert()
		if err != nil {
			return nil, fmt.Errorf("seam %d: %w", i, err)
		}
		s.Joins = append(s.Joins, j)
	}
	return s, nil
}

func (w *wireSeamPiece) convert(name string) (SeamPanel, error) {
	p := SeamPanel{
		Name: name, Piece: w.Piece, Mirrored: w.Mirror, Edges: w.TurnPoints, Turn: w.TurnDeg * math.Pi / 180,
		Label: w.Label, Role: pattern.Role(w.Role), Material: w.Material, Labels: map[int]string{},
	}
	if p.Piece == "" {
		p.Piece = name
	}
	if name == "" {
		return p, errors.New("a piece needs a name")
	}
	if math.Abs(w.TurnDeg) > 360 {
		return p, fmt.Errorf("turn_deg is %g; it must lie between -360 and 360", w.TurnDeg)
	}
	if w.Role != "" && !slices.Contains(roles, p.Role) {
		return p, fmt.Errorf("role is %.40q; it must be one of %v", w.Role, roles)
	}
	if err := w.sides(&p); err != nil {
		return p, err
	}
	for _, key := range slices.Sorted(maps.Keys(w.Labels)) {
		e, err := strconv.Atoi(key)
		if err != nil || e < 0 {
			return p, fmt.Errorf("edge_labels: %.40q is not the number of an edge", key)
		}
		p.Labels[e] = w.Labels[key]
	}
	return p, w.place(&p)
}

var roles = []pattern.Role{
	pattern.BodyFront, pattern.BodyBack, pattern.Sleeve, pattern.SleeveFr, pattern.SleeveBk,
	pattern.SkirtFront, pattern.SkirtBack, pattern.LegFront, pattern.LegBack, pattern.WaistFront, pattern.WaistBack,
	pattern.Collar, pattern.Cuff, pattern.LegCuff, pattern.Hood, pattern.OtherRole,
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
		return fmt.Errorf("side is %.40q; it must be left, right or centre", w.Side)
	}
	switch w.Facing {
	case "", "around":
	case "front":
		facing = pattern.FacesFront
	case "back":
		facing = pattern.FacesBack
	default:
		return fmt.Errorf("facing is %.40q; it must be front, back or around", w.Facing)
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
		return fmt.Errorf("placement has %d lengths and %d angles; 3 of each are needed", len(w.Translation), len(w.Rotation))
	}
	p.HasPlace = true
	for i := range 3 {
		p.Translation[i], p.Rotation[i] = w.Translation[i]/100, w.Rotation[i]*math.Pi/180
	}
	return nil
}

func (w *wireSeam) convert() (Join, error) {
	var j Join
	for _, side := range [2]*wireSeamSide{w.A, w.B} {
		if side == nil || side.Piece == "" || side.Edge == nil {
			return j, errors.New("a and b each need a piece and an edge")
		}
	}
	j = Join{PanelA: w.A.Piece, PanelB: w.B.Piece, EdgeA: *w.A.Edge, EdgeB: *w.B.Edge, Gather: w.Gather}
	switch w.Orientation {
	case "", "right_right":
	case "right_wrong":
		j.Reversed = true
	default:
		return j, fmt.Errorf("orientation is %.40q; it must be right_right or right_wrong", w.Orientation)
	}
	return j, nil
}
