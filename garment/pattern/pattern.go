package pattern

import "gonum.org/v1/gonum/spatial/r2"

// CurveKind is the type of an edge.
type CurveKind uint8

const (
	Line      CurveKind = iota
	Quadratic           // one Bézier control point
	Cubic               // two Bézier control points
	Arc                 // circular arc
	Spline              // a chain of cubic Béziers through digitised points
)

// Edge is one side of a panel, from Panel.Verts[From] to Panel.Verts[To].
type Edge struct {
	From, To int
	Kind     CurveKind
	Control  [2]r2.Vec // Bézier control points in panel coordinates [m]
	// Chain holds the inner Bézier points of a Spline of n pieces [m]: two
	// controls, a joint, two controls, ..., 3n-1 points in all.
	Chain    []r2.Vec
	Radius   float64 // of an Arc [m]
	LargeArc bool    // of an Arc: the longer way round
	Right    bool    // of an Arc: it bulges to the right of From->To
	// Label names the line the edge is part of ("armscye", "hem", "side", or
	// the source's own word); the fit report measures along labelled lines.
	Label string
	// Elastic is the length an elastic band sewn along the edge pulls it to, as
	// a share of the drawn length; 0 means that there is none.
	Elastic float64
	// Force is that elastic's force per unit strain of its own length [N]; 0 means
	// not known.
	Force float64
}

// Role says what part of a garment a panel is; placement round the body goes
// by it.
type Role string

const (
	BodyFront  Role = "body_front"
	BodyBack   Role = "body_back"
	Sleeve     Role = "sleeve" // a whole sleeve, wrapped round the arm
	SleeveFr   Role = "sleeve_front"
	SleeveBk   Role = "sleeve_back"
	SkirtFront Role = "skirt_front"
	SkirtBack  Role = "skirt_back"
	LegFront   Role = "leg_front"
	LegBack    Role = "leg_back"
	WaistFront Role = "waistband_front"
	WaistBack  Role = "waistband_back"
	Collar     Role = "collar"
	Cuff       Role = "cuff"     // round the wrist or sleeve end
	LegCuff    Role = "leg_cuff" // round the end of a trouser leg
	Hood       Role = "hood"
	CollarFall Role = "collar_fall" // the part of a collar that is turned down over its stand
	Placket    Role = "placket"     // a strip let into a slit
	Patch      Role = "patch"       // lies on another panel: a pocket
	OtherRole  Role = "other"
)

// Side says on which half of the body a panel lies.
type Side int8

const (
	Right  Side = -1 // the body's right, -X
	Centre Side = 0
	Left   Side = 1
)

// Facing says which way a panel looks when worn; it tells the halves of a
// collar or cuff apart, whose Role does not.
type Facing int8

const (
	FacesBack  Facing = -1 // -Z
	AllRound   Facing = 0  // goes round, or not known
	FacesFront Facing = 1  // +Z
)

// Panel is one flat piece of fabric.
type Panel struct {
	Name  string
	Verts []r2.Vec // corners [m]
	Edges []Edge   // one closed loop, in order
	Grain r2.Vec   // unit direction of the warp; zero means +y
	Role  Role
	Side  Side
	// Facing agrees with Role where the role names a front or a back.
	Facing Facing
	// Material names an entry of the style's fabrics; empty is the first.
	Material string
	// Layer orders panels that lie over one another, 0 next to the body.
	Layer int

	Notches []Notch
	Drills  []r2.Vec // drilled marks, as dart tips and pocket corners [m]
	Inner   []Inner  // lines inside the outline

	// Rotation and Translation are the source's own 3D placement: point p of
	// the panel stands at Rz*Ry*Rx*(p.X, p.Y, 0) + Translation. A hint only:
	// sew places panels round the real body. HasPlace says if it was given.
	HasPlace    bool
	Rotation    [3]float64 // [rad]
	Translation [3]float64 // [m]
}

// EdgeRef names an edge of a pattern.
type EdgeRef struct{ Panel, Edge int }

// Seam joins two edges. By rule the end of A meets the start of B; Reversed
// seams (right side on wrong side, as in folded collars) join start to start.
type Seam struct {
	A, B     EdgeRef
	Reversed bool
	// Gather declares that the longer edge is meant to be gathered into the
	// shorter one, so that no length ratio is refused.
	Gather bool
}

// Ways is the seam seen from either side: an edge and what it is sewn to.
func (s *Seam) Ways() [2][2]EdgeRef { return [2][2]EdgeRef{{s.A, s.B}, {s.B, s.A}} }

// Closure is a fastening: a seam that can be opened.
type Closure struct {
	Name string
	Seam Seam
	Open bool
	// Frees names the girths that opening it lets out, as the zones of a report
	// are called: "neck", "waist". Empty means any.
	Frees []string
	// Of a fastening that overlaps, the strip underneath: Instead sews it to its own
	// panel while the fastening is open, Lap lays it under the other while it is
	// closed. See CutUnderlaps.
	Instead *Seam
	Lap     *Lap
}

// Pattern is one size of one style.
type Pattern struct {
	Name   string
	Panels []Panel
	Seams  []Seam
	// Closures are the fastenings. A closed one is among the Seams too; an open
	// one is not, and its edges hang free.
	Closures []Closure
	// Laps are the edges that are sewn flat onto other panels.
	Laps []Lap
	// Gauges are the measures that are taken along lines over the panels, where
	// whoever drew the pattern says so.
	Gauges []Gauge
}
