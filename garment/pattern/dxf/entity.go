package dxf

import (
	"math"
	"strconv"
	"strings"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// The layers of AAMA and ASTM D6673 that a fitting needs.
const (
	layerCut      = 1
	layerTurn     = 2
	layerCurve    = 3
	layerNotch    = 4
	layerGradeRef = 5
	layerMirror   = 6
	layerGrain    = 7
	layerInternal = 8
	layerCutout   = 11
	layerDrill    = 13
	layerSew      = 14
	layerNote     = 15
	layerNotchLo  = 80
	layerNotchHi  = 83
	layerCutDense = 84 // 84-87: dense curves for layers 1, 8, 11 and 14
	layerSewDense = 87
	unknownLayer  = -1
)

// path is a drawn line of a block, in drawing units. natural says that its
// ends end a natural edge even without a turn point: polylines and splines do,
// single LINEs and ARCs are often scraps of an edge.
type path struct {
	layer   int
	pts     []r2.Vec
	closed  bool
	natural bool
	line    int // in the file
}

// mark is a point with a meaning: turn point, notch, drill hole.
type mark struct {
	layer int
	at    r2.Vec
	angle float64 // group 50 [deg]
	depth float64 // group 30 or 39 of a notch, drawing units
}

// note is a text at a place.
type note struct {
	layer int
	at    r2.Vec
	text  string
}

// insert places a block.
type insert struct {
	block  string
	at     r2.Vec
	sx, sy float64
	turn   float64 // [deg]
	line   int
}

// block is the raw content of a BLOCK, or of ENTITIES.
type block struct {
	name    string
	line    int
	base    r2.Vec
	paths   []path
	marks   []mark
	notes   []note
	inserts []insert
}

// entity is one entity while its groups are read.
type entity struct {
	kind string
	line int
	tags []tag
}

func (e *entity) str(code int) string {
	for _, t := range e.tags {
		if t.code == code {
			return t.value
		}
	}
	return ""
}

// num reads a number; an absent one is the fallback.
func (e *entity) num(code int, fallback float64) (float64, error) {
	for _, t := range e.tags {
		if t.code == code {
			x, err := parseNumber(t.value)
			if err != nil {
				return 0, fault.Errorf("line %d: %s: group %d: %w", e.line, e.kind, code, err)
			}
			return x, nil
		}
	}
	return fallback, nil
}

// maxCoordinate bounds coordinates in drawing units, before units are known:
// anything beyond is damage, and sums of squares stay finite.
const maxCoordinate = 1e9

func (e *entity) point(cx int) (r2.Vec, error) {
	x, err := e.num(cx, 0)
	if err != nil {
		return r2.Vec{}, err
	}
	y, err := e.num(cx+10, 0)
	if err == nil && math.Max(math.Abs(x), math.Abs(y)) > maxCoordinate {
		err = fault.Errorf("line %d: %s lies at (%g, %g); coordinates go up to %g", e.line, e.kind, x, y, float64(maxCoordinate))
	}
	return r2.Vec{X: x, Y: y}, err
}

func (e *entity) flags() int {
	n, _ := strconv.Atoi(strings.TrimSpace(e.str(70)))
	return n
}

// layerOf is the number of a layer. CLO marks sew lines on polylines of any
// layer by its private group 250 (0 boundary, 2 sew line).
func (e *entity) layerOf() int {
	n, err := strconv.Atoi(strings.TrimSpace(e.str(8)))
	if err != nil || n < 0 {
		return unknownLayer
	}
	if n == layerCut && strings.TrimSpace(e.str(250)) == "2" {
		return layerSew
	}
	return n
}

// series collects a repeated group in order: 10 gives all x.
func (e *entity) series(code int) ([]float64, error) {
	var out []float64
	for _, t := range e.tags {
		if t.code != code {
			continue
		}
		x, err := parseNumber(t.value)
		if err != nil {
			return nil, fault.Errorf("line %d: %s: group %d: %w", e.line, e.kind, code, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// add enters a complete entity into the block. It reports whether the kind is
// known here.
func (b *block) add(e *entity) (known bool, err error) {
	switch e.kind {
	case "LINE":
		return true, b.addLine(e)
	case "ARC":
		return true, b.addArc(e)
	case "LWPOLYLINE":
		return true, b.addLight(e)
	case "SPLINE":
		return true, b.addSpline(e)
	case "POINT":
		return true, b.addPoint(e)
	case "TEXT", "MTEXT", "ATTDEF", "ATTRIB":
		return true, b.addText(e)
	case "INSERT":
		return true, b.addInsert(e)
	}
	return false, nil
}

func (b *block) addLine(e *entity) error {
	from, err := e.point(10)
	if err != nil {
		return err
	}
	to, err := e.point(11)
	b.paths = append(b.paths, path{layer: e.layerOf(), pts: []r2.Vec{from, to}, line: e.line})
	return err
}

// arcStep is the angle between the points that stand in for an arc [rad]; the
// curve later laid through them is within 1e-7 of the radius.
const arcStep = 3 * math.Pi / 180

func (b *block) addArc(e *entity) error {
	centre, err := e.point(10)
	if err != nil {
		return err
	}
	var v [3]float64
	for i, code := range [3]int{40, 50, 51} {
		if v[i], err = e.num(code, 0); err != nil {
			return err
		}
	}
	if v[0] <= 0 || v[0] > maxCoordinate || math.Abs(v[1]) > 3600 || math.Abs(v[2]) > 3600 {
		return fault.Errorf("line %d: ARC of radius %g from %g to %g degrees cannot be drawn", e.line, v[0], v[1], v[2])
	}
	from := v[1] * math.Pi / 180
	sweep := math.Mod(v[2]-v[1], 360) * math.Pi / 180
	if sweep <= 0 {
		sweep += 2 * math.Pi // arcs run anticlockwise
	}
	b.paths = append(b.paths, path{layer: e.layerOf(), pts: arcPoints(nil, centre, v[0], from, sweep), line: e.line})
	return nil
}

// arcPoints appends points along an arc, both ends included.
func arcPoints(dst []r2.Vec, centre r2.Vec, radius, from, sweep float64) []r2.Vec {
	n := max(1, int(math.Ceil(math.Abs(sweep)/arcStep)))
	for i := range n + 1 {
		sin, cos := math.Sincos(from + sweep*float64(i)/float64(n))
		dst = append(dst, r2.Vec{X: centre.X + radius*cos, Y: centre.Y + radius*sin})
	}
	return dst
}

// bulge appends the inner points of the arc from a to b whose bulge is the
// tangent of a quarter of its angle, positive anticlockwise.
func bulge(dst []r2.Vec, a, b r2.Vec, k float64) []r2.Vec {
	chord := r2.Norm(r2.Sub(b, a))
	if math.Abs(k) < 1e-9 || math.Abs(k) > 1e4 || chord == 0 {
		return dst
	}
	sweep := 4 * math.Atan(k)
	// The centre lies across the chord's middle, by its half over the tangent
	// of half the angle.
	mid := r2.Scale(0.5, r2.Add(a, b))
	left := r2.Vec{X: -(b.Y - a.Y), Y: b.X - a.X}
	centre := r2.Add(mid, r2.Scale(0.5*(1-k*k)/(2*k), left))
	from := r2.Sub(a, centre)
	pts := arcPoints(nil, centre, r2.Norm(from), math.Atan2(from.Y, from.X), sweep)
	return append(dst, pts[1:len(pts)-1]...)
}

// addLight reads an LWPOLYLINE, whose vertices are runs of groups 10, 20, 42.
func (b *block) addLight(e *entity) error {
	var pts []r2.Vec
	var bulges []float64
	for _, t := range e.tags {
		if t.code != 10 && t.code != 20 && t.code != 42 {
			continue
		}
		x, err := parseNumber(t.value)
		if err != nil || math.Abs(x) > maxCoordinate {
			return fault.Errorf("line %d: LWPOLYLINE: group %d: %.40q is not a number up to %g", e.line, t.code, t.value, float64(maxCoordinate))
		}
		switch {
		case t.code == 10:
			pts, bulges = append(pts, r2.Vec{X: x}), append(bulges, 0)
		case len(pts) == 0:
			return fault.Errorf("line %d: LWPOLYLINE: group %d stands before the first vertex", e.line, t.code)
		case t.code == 20:
			pts[len(pts)-1].Y = x
		default:
			bulges[len(bulges)-1] = x
		}
	}
	b.addPath(e, pts, bulges)
	return nil
}

// addPath enters a polyline, its bulges drawn as points.
func (b *block) addPath(e *entity, pts []r2.Vec, bulges []float64) {
	closed := e.flags()&1 != 0
	var out []r2.Vec
	for i, p := range pts {
		out = append(out, p)
		if i+1 < len(pts) {
			out = bulge(out, p, pts[i+1], bulges[i])
		} else if closed {
			out = bulge(out, p, pts[0], bulges[i])
		}
	}
	b.paths = append(b.paths, path{layer: e.layerOf(), pts: out, closed: closed, natural: true, line: e.line})
}

func (b *block) addPoint(e *entity) error {
	at, err := e.point(10)
	if err != nil {
		return err
	}
	m := mark{layer: e.layerOf(), at: at}
	if m.angle, err = e.num(50, 0); err != nil {
		return err
	}
	if m.depth, err = e.num(39, 0); err == nil && m.depth == 0 {
		m.depth, err = e.num(30, 0)
	}
	b.marks = append(b.marks, m)
	return err
}

func (b *block) addText(e *entity) error {
	at, err := e.point(10)
	if text := strings.TrimSpace(decode(e.str(1))); text != "" {
		b.notes = append(b.notes, note{e.layerOf(), at, text})
	}
	return err
}

func (b *block) addInsert(e *entity) error {
	in := insert{block: strings.TrimSpace(decode(e.str(2))), line: e.line}
	var err error
	if in.at, err = e.point(10); err != nil {
		return err
	}
	for i, to := range [2]*float64{&in.sx, &in.sy} {
		if *to, err = e.num(41+i, 1); err != nil {
			return err
		}
		if a := math.Abs(*to); !(a >= 1e-6 && a <= 1e6) {
			return fault.Errorf("line %d: INSERT of block %.60q is scaled by %g; 1e-6 to 1e6 is possible", e.line, in.block, *to)
		}
	}
	if in.turn, err = e.num(50, 0); err != nil {
		return err
	}
	b.inserts = append(b.inserts, in)
	return nil
}
