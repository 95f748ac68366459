package spec

import (
	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// A patch pocket is a piece of its own, sewn flat onto the panel below along all
// its edges but the opening. It hangs upright, whatever the panel does.

// pocket is its outline in the coordinates of the panel it lies on, anticlockwise
// for an anticlockwise panel, and which edges stay open.
type pocket struct {
	name    string
	outline []r2.Vec
	open    []int // edges, each from the corner of its number
}

// Pockets are as wide as the garment asks, so that all sizes can be cut with one
// triangulation: what lies close to a seam moves along with it.

// Pockets on the back of trousers: five corners, the width a share of the hip, the
// top so far below the dart [m].
const (
	backPocketWide  = 0.135
	backPocketHigh  = 0.135
	backPocketPoint = 0.020
	backPocketBelow = 0.012
	backPocketDart  = 0.090 // the dart above it is no longer
)

// A shirt's pocket on the left breast: its width a share of the chest, its top so
// far above the underarm, its middle at this share of the front's width from the
// middle [m, 1].
const (
	chestPocketWide  = 0.096
	chestPocketHigh  = 0.115
	chestPocketPoint = 0.015
	chestPocketAbove = 0.025
	chestPocketAt    = 0.46
)

// A hoody's pocket for both hands: the hands go in at the slanted edges. Its foot and
// its top are shares of the chest [m, 1].
const (
	kangarooWide  = 0.295
	kangarooTop   = 0.155
	kangarooHigh  = 0.19
	kangarooSide  = 0.06
	kangarooAbove = 0.010 // above the seam of the hem
)

// fiveCorners is a pocket with a pointed bottom about the middle of its top.
func fiveCorners(name string, top r2.Vec, wide, high, point float64) pocket {
	at := func(x, y float64) r2.Vec { return pt(top.X+x*wide/2, top.Y-y) }
	return pocket{name: name, open: []int{4}, outline: []r2.Vec{at(-1, 0), at(-1, high), at(0, high+point), at(1, high), at(1, 0)}}
}

// kangaroo stands on the middle of a front.
func kangaroo(foot r2.Vec, chest float64) pocket {
	at := func(x, y float64) r2.Vec { return pt(foot.X+x/2, foot.Y+y) }
	wide, top := kangarooWide*chest, kangarooTop*chest
	return pocket{name: "pocket", open: []int{2, 4}, outline: []r2.Vec{
		at(-wide, 0), at(wide, 0), at(wide, kangarooSide),
		at(top, kangarooHigh), at(-top, kangarooHigh), at(-wide, kangarooSide),
	}}
}

// layPocket adds a pocket to panel host of a pattern: the piece, the lines on the
// panel that it is sewn to, and the sewing.
func layPocket(p *pattern.Pattern, host int, q pocket) error {
	n := len(q.outline)
	below := &p.Panels[host]
	for k, v := range q.outline {
		if middle := r2.Scale(0.5, r2.Add(v, q.outline[(k+1)%n])); !onPanel(below, v) || !onPanel(below, middle) {
			return fault.Errorf("option pockets: panel %q has no room for a whole pocket", below.Name)
		}
	}
	piece := pattern.Panel{
		Name: q.name, Verts: q.outline, Grain: below.Grain, Role: pattern.Patch, Side: below.Side, Facing: below.Facing,
		Material: below.Material, Layer: below.Layer + 1,
	}
	for e := range n {
		piece.Edges = append(piece.Edges, pattern.Edge{From: e, To: (e + 1) % n, Label: "pocket"})
	}
	for _, e := range q.open {
		piece.Edges[e].Label = "pocket_opening"
	}
	if (piece.SignedArea() < 0) != (below.SignedArea() < 0) {
		piece = turnedOver(piece)
	}
	p.Panels = append(p.Panels, piece)
	layOn(p, host, len(p.Panels)-1)
	return nil
}

// onPanel: the point lies on the fabric.
func onPanel(p *pattern.Panel, v r2.Vec) bool {
	spans := p.SpansAt(v.Y)
	for i := 0; i+1 < len(spans); i += 2 {
		if spans[i] < v.X && v.X < spans[i+1] {
			return true
		}
	}
	return false
}

// layOn sews every row of closed edges of a piece to a line under it.
func layOn(p *pattern.Pattern, host, piece int) {
	q := &p.Panels[piece]
	n := len(q.Edges)
	first := 0 // the edge behind an opening
	for q.Edges[(first+n-1)%n].Label != "pocket_opening" {
		first++
	}
	for e := first; e < first+n; {
		if q.Edges[e%n].Label == "pocket_opening" {
			e++
			continue
		}
		from := e
		line := pattern.Inner{Name: "pocket", Pts: []r2.Vec{q.Verts[q.Edges[e%n].From]}}
		at := []float64{0}
		for ; e < first+n && q.Edges[e%n].Label != "pocket_opening"; e++ {
			line.Pts = append(line.Pts, q.Verts[q.Edges[e%n].To])
			at = append(at, at[len(at)-1]+q.Length(e%n))
		}
		below := &p.Panels[host]
		below.Inner = append(below.Inner[:len(below.Inner):len(below.Inner)], line)
		for k := from; k < e; k++ {
			whole := at[len(at)-1]
			p.Laps = append(p.Laps, pattern.Lap{Edge: pattern.EdgeRef{Panel: piece, Edge: k % n}, Panel: host, Line: len(below.Inner) - 1, From: at[k-from] / whole, To: at[k-from+1] / whole})
		}
	}
}

// layBackPockets lays one on the middle of each back leg, below its dart.
func (d *trouserDraft) layBackPockets(p *pattern.Pattern, left, right int) error {
	s := d.backShape()
	top := pt(s.side-s.hip/2, d.up+(s.sideUp+s.rise)/2-s.dartLen-backPocketBelow)
	if err := layPocket(p, left, fiveCorners("pocket_l", top, backPocketWide*d.Hip, backPocketHigh, backPocketPoint)); err != nil {
		return err
	}
	return layPocket(p, right, fiveCorners("pocket_r", flip(top), backPocketWide*d.Hip, backPocketHigh, backPocketPoint))
}

// layPockets lays those of a top on its front.
func (d *topDraft) layPockets(p *pattern.Pattern) error {
	switch d.Pocket {
	case ChestPocket:
		if d.BustDart > 0 {
			return fault.Errorf("option pocket: a chest pocket would lie on the bust dart")
		}
		return layPocket(p, 0, fiveCorners("pocket", pt(chestPocketAt*d.Chest/4, chestPocketAbove-d.ArmscyeDepth), chestPocketWide*d.Chest, chestPocketHigh, chestPocketPoint))
	case KangarooPocket:
		return layPocket(p, 0, kangaroo(pt(0, d.hemBand-d.BackNeckDrop-d.BodyLength+kangarooAbove), d.Chest))
	}
	return nil
}
