package laws

import (
	"context"
	"fmt"
	"time"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
)

// XY is a point of a curve, in the units of the law's axes.
type XY struct{ X, Y float64 }

// Sample is one law measured on one mesh.
type Sample struct {
	Edge      float64 // length of the mesh's edges [m]
	Vertices  int     // of the largest mesh
	Points    []XY
	Got, Want float64 // the law's headline figure
	CPU       time.Duration
}

// Off is how far the headline figure is from the law, as a share of it.
func (s *Sample) Off() float64 { return s.Got/s.Want - 1 }

// Law is something that cloth obeys.
type Law struct {
	Key     string // of its picture's file
	Title   string
	Formula string
	Source  string
	X, Y    string // axes with unit
	Figure  string // what Got and Want are, with unit
	// Edges are the mesh sizes [m], the coarsest first: tests run the first
	// three, the page all.
	Edges  [4]float64
	Within float64 // largest |Off| on any of these meshes
	Line   func() []XY
	Run    func(ctx context.Context, edge float64) (Sample, error)
}

// All laws, in the order of the page.
func All() []Law {
	return []Law{
		hangingSheet(), stiffeningSheet(), cantilever(), peirce(), buckling(), fold(),
		tightTube(), ellipse(), twoFabrics(), elastic(), tautStrip(), membrane(), cusick(), turnedMesh(), incline(), capstan(),
	}
}

// plain is an isotropic fabric of no particular kind, soft enough for a small
// mesh to show what it does.
func plain() fabric.Fabric {
	return fabric.Fabric{
		Name: "plain", Density: 0.2, Thickness: 0.001, Warp: 500, Weft: 500, Shear: 250, Poisson: 0,
		BendWarp: 4e-5, BendWeft: 4e-5, Friction: 0.4,
	}
}

// rest drapes and insists on rest.
func rest(ctx context.Context, s *Sample, c *cloth.Cloth, on drape.Collider, set drape.Settings) (drape.Result, error) {
	r, err := try(ctx, s, c, on, set)
	if err == nil && r.Status != drape.AtRest {
		err = fmt.Errorf("edge %g m: %v: %w", s.Edge, r.Status, r.Reason)
	}
	return r, err
}

// try drapes and counts what it costs.
func try(ctx context.Context, s *Sample, c *cloth.Cloth, on drape.Collider, set drape.Settings) (drape.Result, error) {
	solver, err := drape.New(c, on, set)
	if err != nil {
		return drape.Result{}, err
	}
	r, err := solver.Run(ctx)
	s.CPU += r.CPU
	s.Vertices = max(s.Vertices, len(c.Start))
	return r, err
}

// line samples a function of x.
func line(lo, hi float64, f func(x float64) float64) []XY {
	const n = 100
	out := make([]XY, n+1)
	for i := range out {
		x := lo + (hi-lo)*float64(i)/n
		out[i] = XY{x, f(x)}
	}
	return out
}

// slope fits y = a x through the origin.
func slope(pts []XY) float64 {
	xy, xx := 0.0, 0.0
	for _, p := range pts {
		xy += p.X * p.Y
		xx += p.X * p.X
	}
	return xy / xx
}

const gravity = 9.81 // [m/s2], as the solver has it
