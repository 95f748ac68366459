package bench

import (
	"context"
	"fmt"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/sew"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"
)

// TeeOnBody is a T-shirt of 106 cm chest, drafted, sewn at the given edge
// length [m] and put on a woman of 97 cm bust. It draws on nothing but what
// the binary carries.
func TeeOnBody(ctx context.Context, edge float64) (Scene, error) {
	m, err := body.Open(assets.FS)
	if err != nil {
		return Scene{}, fmt.Errorf("scene tee: %w", err)
	}
	b, err := m.Fit(ctx, body.Measurements{Population: body.Women, Values: map[body.Key]body.Measurement{
		body.Height: {Value: 1.70}, body.Weight: {Value: 71}, body.BustGirth: {Value: 0.97},
		body.WaistGirth: {Value: 0.82}, body.HipGirth: {Value: 1.04},
	}})
	if err != nil {
		return Scene{}, fmt.Errorf("scene tee: %w", err)
	}
	p, err := spec.Tee(spec.TopMeasures{Chest: 1.06}, spec.TopOptions{})
	if err != nil {
		return Scene{}, fmt.Errorf("scene tee: %w", err)
	}
	levels, err := sew.Levels(p, b, map[string]fabric.Fabric{"": jersey()}, []float64{2 * edge, edge})
	if err != nil {
		return Scene{}, fmt.Errorf("scene tee: %w", err)
	}
	return Scene{
		Name: "tee", Desc: "a T-shirt with 9 cm of ease on a woman",
		Cloth: levels[1], Collider: bvh.Build(b.Mesh), Body: b.Mesh,
		Settings: drape.Settings{Coarse: levels[:1], BodyGap: 0.0015, SelfGap: 0.0015},
	}, nil
}
