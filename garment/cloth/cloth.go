package cloth

import (
	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Cloth is a garment cut into triangles and sewn: vertices on both sides of a
// seam are one vertex, so a seam is closed by construction and what it costs
// shows as strain. Immutable after construction and shared by goroutines.
type Cloth struct {
	Start []r3.Vec       // where each vertex starts, outside the body [m]
	Tris  []geometry.Tri // counter-clockwise from the outer side of the fabric
	// Rest holds the corners of each triangle in the flat, unstressed fabric
	// [m]: X along the weft, Y along the warp, right-handed seen from the outer
	// side. Corners of one panel share one plane, so Rest also serves as
	// texture coordinates.
	Rest  [][3]r2.Vec
	Panel []int32 // panel of each triangle

	Panels  []Panel
	Fabrics []fabric.Fabric
	Seams   []Line  // sewn edges
	Lines   []Line  // free edges: hems, necklines, openings
	Bands   []Band  // elastics sewn on
	Folds   []Fold  // lines at which the fabric rests folded
	Laid    []Laid  // vertices of panels that are sewn onto others
	Gauges  []Gauge // measures the pattern states along lines of its own
}

// Gauge is a measure of the pattern and the lines over the flat panels along
// which it is taken.
type Gauge struct {
	Name  string
	Times float64 // how often the lines count: 2 where they run over one half
	Lines []GaugeLine
}

// GaugeLine is a straight line over one panel, in the plane of its Rest [m].
type GaugeLine struct {
	Panel int32
	A, B  r2.Vec
}

// Panel is one piece of a Cloth.
type Panel struct {
	Name   string
	Role   string
	Side   int8 // body's left +1, right -1, centre 0
	Shell  int8 // 0, or how many garments lie between it and the body
	Inward bool // its outer side looks to the body, as that of a lining sewn in does
	Turned bool // starts folded back on another at their seam, or is that other
	Fabric int32
}

// Line is a chain of vertices along a seam or a free edge, neighbours joined
// by mesh edges.
type Line struct {
	Name   string
	Verts  []int32
	Closed bool // the last vertex is joined to the first
}

// Band is an elastic sewn on along a line.
type Band struct {
	Line
	Length float64 // the length at which it is slack, as a share of the flat line's, below 1
	// Stiffness is its force per unit strain of its own length [N]; 0 means not
	// known.
	Stiffness float64
}

// Fold is a line at which the fabric rests at an angle.
type Fold struct {
	Line
	Angle float64 // 0 is flat, pi folded onto itself, the inner side inside [rad]
}
