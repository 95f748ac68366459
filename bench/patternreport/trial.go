package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/garment/sew"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// outcome is what became of one garment on one wearer, as the ledger keeps it.
type outcome struct {
	File    string  `json:"file"`
	Wearer  string  `json:"wearer"`
	Size    string  `json:"size"`
	EdgeMM  float64 `json:"edge_mm"`
	Fabric  string  `json:"fabric"`
	Verdict verdict `json:"verdict"`
	Text    string  `json:"text"`
	CPU     float64 `json:"cpu_s"`
	Verts   int     `json:"vertices"`
	Stretch float64 `json:"stretch"` // 99th percentile of the direct strain [1]
	Start   int     `json:"start"`   // crossings of cloth before the drape
}

// verdict on one drape.
type verdict string

const (
	worn     verdict = "worn"      // at rest, untangled, in place, every panel the right way round
	tooSmall verdict = "too small" // to be put on, by flat arithmetic
	tooLarge verdict = "too large" // to stay up: without shoulders it slides down
	tooLong  verdict = "too long"  // for the wearer's legs, and it does not come to rest on the floor
	failed   verdict = "failed"    // without an excuse
)

// mostDrop is how far the middle of a garment may sink while it comes to rest:
// more is a garment that fell, not one that is worn [m].
const mostDrop = 0.15

// mostTrail is how much longer than the wearer's legs a garment may be and has to
// come to rest all the same [m]: hems that break on the foot are common.
const mostTrail = 0.03

// coarser is how much longer the edges are on which a garment is dressed first,
// as in a fitting.
const coarser = 2

// try sews and drapes a pattern on a wearer.
func (w *wearer) try(ctx context.Context, p *pattern.Pattern, f fabric.Fabric, edge float64) (outcome, *cloth.Cloth, []r3.Vec, error) {
	out := outcome{Fabric: f.Name, Verdict: failed}
	cloths := map[string]fabric.Fabric{"": f}
	cut, err := sew.NewCut(plainMaterials(p), []float64{coarser * edge, edge})
	var levels []*cloth.Cloth
	var tight []sew.Tight
	if err == nil {
		levels, err = w.figure.Sew(cut, cloths)
	}
	if err == nil {
		tight, err = w.figure.Tight(cut, cloths)
	}
	if err != nil {
		out.Text = fmt.Sprintf("cannot be sewn: %v", err)
		return out, nil, nil, nil
	}
	c := levels[1]
	out.Start = crossings(levels[0])
	if len(tight) > 0 {
		out.Verdict, out.Text = tooSmall, tight[0].Error()
		return out, nil, nil, nil
	}
	// As a fitting drapes.
	solver, err := drape.New(c, w.field, drape.Settings{Coarse: levels[:1], Compliance: w.tissue, Pull: tryon.OverShoulders(c, w.body)})
	if err != nil {
		out.Text = fmt.Sprintf("cannot be draped: %v", err)
		return out, c, c.Start, nil
	}
	d, err := solver.Run(ctx)
	if err != nil {
		return out, nil, nil, err
	}
	out.CPU, out.Verts, out.Stretch = d.CPU.Seconds(), len(d.Pos), stretched(&d)
	faults := w.faults(c, &d)
	out.Text = strings.Join(faults, "; ")
	trails := w.figure.Trailing(cut)
	switch drop := meanHeight(c.Start) - meanHeight(d.Pos); {
	case len(faults) == 0:
		out.Verdict, out.Text = worn, "at rest"
	case drop > mostDrop && !hangsFromShoulders(c):
		out.Verdict, out.Text = tooLarge, fmt.Sprintf("too large to stay up: it slides down by %.0f cm; %s", 100*drop, out.Text)
	case trails != nil && trails.By > mostTrail:
		out.Verdict, out.Text = tooLong, fmt.Sprintf("%v; %s", trails, out.Text)
	}
	return out, c, d.OnSkin(), nil // as pictures show it
}

func hangsFromShoulders(c *cloth.Cloth) bool {
	return slices.ContainsFunc(c.Seams, func(l cloth.Line) bool { return strings.HasPrefix(l.Name, "shoulder") })
}

// crossings counts the pairs of triangles that cut each other at the start.
func crossings(c *cloth.Cloth) int {
	n := 0
	bvh.Build(&geometry.Mesh{Verts: c.Start, Tris: c.Tris}).SelfCrossings(func(a, b int32) bool {
		n++
		return true
	})
	return n
}

// faults lists what keeps a drape from being the picture of a garment that is worn.
func (w *wearer) faults(c *cloth.Cloth, d *drape.Result) []string {
	var out []string
	if d.Status != drape.AtRest {
		out = append(out, fmt.Sprintf("%v: %v", d.Status, d.Reason))
	}
	if d.Penetrating > 0 {
		out = append(out, fmt.Sprintf("%d vertices inside the body", d.Penetrating))
	}
	if d.Crossings > 0 {
		out = append(out, fmt.Sprintf("%d crossings of cloth", d.Crossings))
	}
	if drop := meanHeight(c.Start) - meanHeight(d.Pos); drop > mostDrop {
		out = append(out, fmt.Sprintf("slid down by %.0f cm", drop*100))
	}
	if at := w.belowShoulders(c, d.Pos); at > offShoulder {
		out = append(out, fmt.Sprintf("slid off: the shoulder seams lie %.0f cm below the shoulders", at*100))
	}
	for _, f := range sew.Falls(c, d.Pos) {
		if !f.Turned() {
			out = append(out, fmt.Sprintf("the collar is not turned down: %s lies %.0f %% of its depth below its fold", c.Panels[f.Panel].Name, 100*f.Down))
		}
	}
	return append(out, w.twisted(c, d.Pos)...)
}

// offShoulder is how far below the shoulder points the shoulder seams of a wide
// neck may lie [m]; what lies lower is round the upper arms.
const offShoulder = 0.10

// belowShoulders is how far the middle of the shoulder seams lies below the
// shoulder points [m]; minus infinity for what has none.
func (w *wearer) belowShoulders(c *cloth.Cloth, pos []r3.Vec) float64 {
	sum, n := 0.0, 0.0
	for _, l := range c.Seams {
		if !strings.HasPrefix(l.Name, "shoulder") {
			continue
		}
		for _, v := range l.Verts {
			sum, n = sum+pos[v].Y, n+1
		}
	}
	if n == 0 {
		return math.Inf(-1)
	}
	return w.body.Landmarks[body.ShoulderPointL].Y - sum/n
}

// plainMaterials makes every panel of one fabric: the files name materials that
// they do not describe.
func plainMaterials(p *pattern.Pattern) *pattern.Pattern {
	q := *p
	q.Panels = slices.Clone(p.Panels)
	for i := range q.Panels {
		q.Panels[i].Material = ""
	}
	return &q
}

func meanHeight(pos []r3.Vec) float64 {
	sum := 0.0
	for _, p := range pos {
		sum += p.Y
	}
	return sum / float64(max(1, len(pos)))
}

// stretched is the 99th percentile of the larger direct strain, as engineering
// strain.
func stretched(d *drape.Result) float64 {
	list := make([]float64, 0, len(d.Strain))
	for _, s := range d.Strain {
		list = append(list, math.Sqrt(math.Max(0, 1+2*math.Max(s[0], s[1])))-1)
	}
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)*99/100]
}
