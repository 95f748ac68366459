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
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := room.Body(t.Context(), man())
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
	figure := sew.NewFigure(b)
	for _, c := range []struct {
		name, template, fabric string
		options                map[string]string
		toRest                 bool
	}{
		{"shirt", "shirt", "poplin", nil, false},
		{"shirt with a pocket", "shirt", "poplin", map[string]string{"pocket": "chest"}, false},
		{"polo", "polo", "interlock", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := spec.Draft(c.template, map[string]float64{"chest_girth": 1.12}, c.options)
			if err != nil {
				t.Fatal(err)
			}
			f, _ := fabric.Preset(c.fabric)
			levels, err := figure.Levels(p, map[string]fabric.Fabric{"": f}, []float64{0.028, 0.014})
			if err != nil {
				t.Fatal(err)
			}
			fine := levels[1]
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			seen := 0
			s, err := drape.New(fine, field, drape.Settings{
				Coarse: levels[:1], Pull: tryon.OverShoulders(fine, b),
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
