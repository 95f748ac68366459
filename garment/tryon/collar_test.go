package tryon_test

import (
	"context"
	"errors"
	"testing"

	"fitroom/assets"
	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/sew"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// Collars lie turned down over their stands after each coarser level of dressing,
// where they have stood up, and at rest. Shirts, which are long in coming to rest, are
// left when they reach the finest mesh.
func TestCollarsLieTurned(t *testing.T) {
	large := body.Measurements{Population: body.Men, Values: map[body.Key]body.Measurement{}}
	for key, v := range map[body.Key]float64{body.Height: 1.86, body.Weight: 112, body.ChestGirth: 1.20, body.WaistGirth: 1.12, body.HipGirth: 1.16} {
		large.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
	}
	middling, stout := stand(t, man()), stand(t, large)
	for _, c := range []struct {
		name, template, fabric string
		on                     *model
		chest                  float64 // [m]
		options                map[string]string
		toRest                 bool
	}{
		{"shirt", "shirt", "poplin", middling, 1.12, nil, false},
		{"shirt with a pocket", "shirt", "poplin", middling, 1.12, map[string]string{"pocket": "chest"}, false},
		{"polo", "polo", "interlock", middling, 1.12, nil, true},
		{"polo on a stout man", "polo", "interlock", stout, 1.30, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := spec.Draft(c.template, map[string]float64{"chest_girth": c.chest}, c.options)
			if err != nil {
				t.Fatal(err)
			}
			f, _ := fabric.Preset(c.fabric)
			levels, err := c.on.figure.Levels(p, map[string]fabric.Fabric{"": f}, []float64{0.028, 0.014})
			if err != nil {
				t.Fatal(err)
			}
			fine := levels[1]
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			seen := 0
			s, err := drape.New(fine, c.on.field, drape.Settings{
				Coarse: levels[:1], Compliance: tryon.Tissue(c.on.body), Pull: tryon.OverShoulders(fine, c.on.body),
				Preview: func(p drape.Preview) {
					seen++
					checkTurned(t, fine, p.Pos)
					if p.Verts == len(levels[0].Bare().Start) && !c.toRest {
						leave()
					}
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			d, err := s.Run(ctx)
			if c.toRest {
				if err != nil || d.Status != drape.AtRest {
					t.Fatalf("%v, %v %v", err, d.Status, d.Reason)
				}
				checkTurned(t, fine, d.Pos)
			} else if !errors.Is(err, context.Canceled) {
				t.Fatalf("not left at the finest mesh: %v", err)
			}
			if seen < 2 {
				t.Errorf("%d coarser levels", seen)
			}
		})
	}
}

// model is a body ready to be dressed.
type model struct {
	body   *body.Body
	figure *sew.Figure
	field  *drape.Field
}

func stand(t *testing.T, m body.Measurements) *model {
	t.Helper()
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := room.Body(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	b = b.Posed(body.DrapeA)
	standing, err := tryon.Stand(b)
	if err != nil {
		t.Fatal(err)
	}
	lo, hi := geometry.Bounds(b.Mesh.Verts)
	margin := r3.Vec{X: 0.4, Y: 0.4, Z: 0.4}
	field, err := drape.Bake(standing, r3.Sub(lo, margin), r3.Add(hi, margin))
	if err != nil {
		t.Fatal(err)
	}
	return &model{b, sew.NewFigure(b), field}
}

func checkTurned(t *testing.T, c *cloth.Cloth, pos []r3.Vec) {
	t.Helper()
	falls := sew.Falls(c, pos)
	if len(falls) != 2 {
		t.Errorf("%d falls; a collar has two", len(falls))
	}
	for _, f := range falls {
		if !f.Turned() {
			t.Errorf("%s is not turned: %.2f of its depth below the fold, %.2f outside", c.Panels[f.Panel].Name, f.Down, f.Out)
		}
	}
}
