package sew

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// towel is a rectangle of 30 by 40 cm with these inner lines.
func towel(inner ...pattern.Inner) *pattern.Pattern {
	return &pattern.Pattern{Panels: []pattern.Panel{{
		Name: "towel", Verts: []r2.Vec{{}, {X: 0.3}, {X: 0.3, Y: 0.4}, {Y: 0.4}},
		Edges: []pattern.Edge{{From: 0, To: 1}, {From: 1, To: 2, Elastic: 0.8, Force: 30}, {From: 2, To: 3}, {From: 3, To: 0}},
		Inner: inner,
	}}}
}

// Folds and elastics are chains of mesh edges over the whole line, cut-outs
// are holes, and nothing of it moves the border.
func TestInnerLinesAreEdgesOfTheMesh(t *testing.T) {
	p := towel(
		pattern.Inner{Kind: pattern.Fold, Angle: math.Pi, Pts: []r2.Vec{{Y: 0.1}, {X: 0.3, Y: 0.1}}},                                   // from border to border
		pattern.Inner{Kind: pattern.Elastic, Length: 0.7, Pts: []r2.Vec{{X: 0.05, Y: 0.2}, {X: 0.1, Y: 0.25}, {X: 0.25, Y: 0.25}}},     // ends inside, with a corner
		pattern.Inner{Kind: pattern.CutOut, Pts: []r2.Vec{{X: 0.1, Y: 0.3}, {X: 0.14, Y: 0.3}, {X: 0.14, Y: 0.33}, {X: 0.1, Y: 0.33}}}, // a hole of 12 cm2
		pattern.Inner{Pts: []r2.Vec{{X: 0.01, Y: 0.01}, {X: 0.02, Y: 0.01}}},                                                           // drawn only
	)
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, h := range []float64{0.02, 0.01, 0.005} {
		c, err := NewCut(p, []float64{h})
		if err != nil {
			t.Fatal(err)
		}
		w := c.levels[0].weld
		out := w.cloth(&materials{panel: make([]int32, 1)})
		w.bandsAndFolds(out)
		area := 0.0
		edges := map[[2]int32]bool{}
		for i := range out.Tris {
			area += out.RestArea(i)
			for k := range 3 {
				a, b := out.Tris[i][k], out.Tris[i][(k+1)%3]
				edges[[2]int32{a, b}], edges[[2]int32{b, a}] = true, true
			}
		}
		if math.Abs(area-(0.12-0.0012)) > 1e-9 {
			t.Errorf("at %g m: %.6f m2 of fabric; want 0.1188", h, area)
		}
		if len(out.Folds) != 1 || len(out.Bands) != 2 || out.Folds[0].Angle != math.Pi || out.Bands[0].Length != 0.8 || out.Bands[0].Stiffness != 30 || out.Bands[1].Stiffness != 0 || out.Bands[1].Length != 0.7 {
			t.Fatalf("at %g m: folds %v, bands %v", h, out.Folds, out.Bands)
		}
		for _, l := range []struct {
			line cloth.Line
			want float64
		}{{out.Folds[0].Line, 0.3}, {out.Bands[0].Line, 0.4}, {out.Bands[1].Line, math.Hypot(0.05, 0.05) + 0.15}} {
			length := 0.0
			for k := 1; k < len(l.line.Verts); k++ {
				a, b := l.line.Verts[k-1], l.line.Verts[k]
				if !edges[[2]int32{a, b}] {
					t.Fatalf("at %g m: %s leaves the edges of the mesh", h, l.line.Name)
				}
				pts := w.pieces[0].points // one panel, no seams: vertices are points
				length += r2.Norm(r2.Sub(pts[b], pts[a]))
			}
			if math.Abs(length-l.want) > 0.1*h {
				t.Errorf("at %g m: %s is %.4f m long; want %.4f", h, l.line.Name, length, l.want)
			}
		}
		again, err := NewCut(p, []float64{h})
		if err != nil || !slices.Equal(again.levels[0].pieces[0].points, w.pieces[0].points) {
			t.Errorf("at %g m a second run differs: %v", h, err)
		}
	}
}

func TestCrossingInnerLinesAreRefused(t *testing.T) {
	p := towel(
		pattern.Inner{Kind: pattern.Fold, Pts: []r2.Vec{{X: 0.05, Y: 0.2}, {X: 0.25, Y: 0.2}}},
		pattern.Inner{Kind: pattern.Fold, Pts: []r2.Vec{{X: 0.1511, Y: 0.03}, {X: 0.1511, Y: 0.37}}},
	)
	for _, h := range []float64{0.02, 0.0101} {
		_, err := NewCut(p, []float64{h})
		if err != nil && !strings.Contains(err.Error(), `panel "towel": its inner line`) {
			t.Errorf("got %v", err)
		}
	}
}
