package main

import (
	"context"
	"fmt"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/sew"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// builds are the three bodies of each population, small, median and large:
// about the 5th, 50th and 95th percentile of adults.
var builds = [...]string{"small", "median", "large"}

// values are the measurements of a body [m, kg].
type values map[body.Key]float64

func valuesOf(p body.Population, build int) values {
	if p == body.Men {
		return [...]values{
			{body.Height: 1.65, body.Weight: 62, body.ChestGirth: 0.90, body.WaistGirth: 0.78, body.HipGirth: 0.91},
			{body.Height: 1.76, body.Weight: 84, body.ChestGirth: 1.03, body.WaistGirth: 0.92, body.HipGirth: 1.02},
			{body.Height: 1.86, body.Weight: 112, body.ChestGirth: 1.20, body.WaistGirth: 1.12, body.HipGirth: 1.16},
		}[build]
	}
	return [...]values{
		{body.Height: 1.56, body.Weight: 50, body.BustGirth: 0.82, body.WaistGirth: 0.67, body.HipGirth: 0.89},
		{body.Height: 1.66, body.Weight: 68, body.BustGirth: 0.96, body.WaistGirth: 0.82, body.HipGirth: 1.02},
		{body.Height: 1.74, body.Weight: 95, body.BustGirth: 1.16, body.WaistGirth: 1.04, body.HipGirth: 1.20},
	}[build]
}

// wearer is one of the bodies, ready to be dressed.
type wearer struct {
	body   *body.Body
	figure *sew.Figure
	skin   *bvh.Tree
	field  *drape.Field
	tissue []float64 // per triangle of the skin [m/Pa]
}

// wardrobe holds the bodies, made when they are first asked for.
type wardrobe struct {
	model *body.Model
	made  map[string]*wearer
}

func newWardrobe() (*wardrobe, error) {
	m, err := body.Open(assets.FS)
	return &wardrobe{model: m, made: map[string]*wearer{}}, err
}

// fieldMargin is the room round a body in which the solver knows the way out of
// it [m]: more than any garment stands off at the start.
const fieldMargin = 0.4

func (w *wardrobe) wearer(ctx context.Context, p body.Population, build int) (*wearer, error) {
	name := fmt.Sprintf("%s %s", p, builds[build])
	if known := w.made[name]; known != nil {
		return known, nil
	}
	m := body.Measurements{Population: p, Values: map[body.Key]body.Measurement{}}
	for key, v := range valuesOf(p, build) {
		m.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
	}
	b, err := w.model.Fit(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b = b.Posed(body.DrapeA)
	lo, hi := geometry.Bounds(b.Mesh.Verts)
	margin := r3.Vec{X: fieldMargin, Y: fieldMargin, Z: fieldMargin}
	skin := bvh.Build(b.Mesh)
	standing, err := tryon.Stand(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	field, err := drape.Bake(standing, r3.Sub(lo, margin), r3.Add(hi, margin))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w.made[name] = &wearer{body: b, figure: sew.NewFigure(b), skin: skin, field: field, tissue: tryon.Tissue(b)}
	return w.made[name], nil
}
