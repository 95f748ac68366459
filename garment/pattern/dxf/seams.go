package dxf

import (
	"fitroom/garment/pattern"
)

// Seams is a seam list: which pieces make the garment, and which of their
// edges are sewn together. A shop writes it once per style; it holds for every
// size. Edges are counted as the package comment says.
type Seams struct {
	BaseSize string
	Panels   []SeamPanel // by name
	Joins    []Join
	Elastics []Elastic
	Folds    []Fold
	Measures []Measure
}

// SeamPanel makes one panel of a piece of the drawing.
type SeamPanel struct {
	Name     string
	Piece    string // of the drawing; empty means Name
	Mirrored bool
	Edges    int     // how many it must have; 0 if not said
	Unfold   int     // the edge of the drawing along which a half is unfolded; -1 if none
	Turn     float64 // anticlockwise, to bring its top up [rad]
	Label    string  // body, arm or leg: what it covers
	Role     pattern.Role
	Side     *pattern.Side
	Facing   *pattern.Facing
	Material string
	Layer    int            // 0 next to the body
	Labels   map[int]string // names of edges

	// Allowances of edges that have another than the style's [m].
	Allowances map[int]float64

	HasPlace    bool
	Translation [3]float64 // [m]
	Rotation    [3]float64 // [rad]
}

// Join sews edges in a row to edges in a row.
type Join struct {
	Name         string
	A, B         []Side
	Reversed     bool // right side on wrong side: start meets start
	Gather       bool
	Dart         bool     // must close a dart
	Ease         *float64 // how much longer A is than B in the base size [m]; nil if not said
	MatchNotches bool     // notches of both sides meet one by one
	Closure      pattern.ClosureKind
	Overlap      float64 // of a closure, how far A lies over the panel of B [m]
}

// Side is an edge, or a part of one, by panel name; or a line inside the panel, on
// which the other side is laid.
type Side struct {
	Panel    string
	Edge     int
	Line     int // of layer 8, from 0; -1 where the side is an edge
	From, To Mark
}

// Mark is a place on an edge: a share of its length, or one of its notches.
type Mark struct {
	Share float64
	Notch int // number along the edge, from 0; -1 where Share counts
}

// Elastic is a band sewn along an edge or an inner line of a panel.
type Elastic struct {
	Panel      string
	Edge, Line int     // one of them is -1
	Length     float64 // the length it pulls to, as a share of the drawn one
	Force      float64 // per unit strain [N]; 0 means not known
}

// Fold is a line of layer 8 along which a panel is folded.
type Fold struct {
	Panel string
	Line  int
	Angle float64 // 0 flat, pi folded onto itself [rad]
}
