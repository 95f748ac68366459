package tryon_test

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// coarse keeps a drape at a few tenths of a second; its laws are those of the
// fine one.
func coarse(t *testing.T, workers int) *tryon.Room {
	t.Helper()
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.04, 0.022}, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return room
}

func man() body.Measurements {
	m := body.Measurements{Population: body.Men, Values: map[body.Key]body.Measurement{}}
	for key, v := range map[body.Key]float64{body.Height: 1.80, body.Weight: 78, body.ChestGirth: 0.98, body.WaistGirth: 0.85, body.HipGirth: 0.99} {
		m.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
	}
	return m
}

// tee is a style of two sizes drafted from its measures.
func tee(t *testing.T) *tryon.Style {
	t.Helper()
	cloth, _ := fabric.Preset("jersey")
	chest := map[string]float64{"M": 1.06, "L": 1.14}
	s := &tryon.Style{
		Style: fit.Style{
			ID: "tee", Kind: "t-shirt", Population: body.Men, Sizes: []string{"M", "L"}, Fabric: cloth,
			Chart: map[body.Key]fit.Chart{body.ChestGirth: {Bands: map[string][2]float64{"M": {0.94, 1.02}, "L": {1.02, 1.10}}}},
			POM:   map[body.Key]fit.POM{body.ChestGirth: {Values: chest, Tolerance: 0.02}},
		},
		Patterns: map[string]*pattern.Pattern{},
	}
	for _, size := range s.Sizes {
		p, err := spec.Draft("tee", map[string]float64{"chest_girth": chest[size]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Patterns[size] = p
	}
	return s
}

func TestTrySaysWhatTheTapeSays(t *testing.T) {
	var mu sync.Mutex
	last := -1.0
	q := tryon.Request{Body: man(), Style: tee(t), Progress: func(done float64, _ string) {
		mu.Lock()
		defer mu.Unlock()
		if done < last || done > 1 {
			t.Errorf("progress went from %g to %g", last, done)
		}
		last = done
	}}
	o, err := coarse(t, 2).Try(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if last != 1 || len(o.Fittings) != 2 || o.Advice.Outcome != fit.One || o.Advice.Sizes[0] != "M" {
		t.Errorf("progress %g, %d fittings, advice %+v", last, len(o.Fittings), o.Advice)
	}
	for _, f := range o.Fittings {
		if f.Failed != nil || f.Drape.Status != drape.AtRest || f.Drape.Penetrating != 0 {
			t.Fatalf("size %s: %q, %v %s, %d inside", f.Size, f.Failed, f.Drape.Status, f.Drape.Reason, f.Drape.Penetrating)
		}
		chest := zone(t, f, "chest")
		if want := chest.Garment - 0.98; math.Abs(chest.Ease-want) > 1e-9 || math.Abs(chest.Relaxed-chest.Flat) > 0.012 {
			t.Errorf("size %s: ease %g, want %g; relaxed %g on the drape, %g flat", f.Size, chest.Ease, want, chest.Relaxed, chest.Flat)
		}
	}
}

func zone(t *testing.T, f tryon.Fitting, name string) fit.Zone {
	t.Helper()
	for _, z := range f.Zones {
		if z.Name == name {
			return z
		}
	}
	t.Fatalf("size %s has no zone %s", f.Size, name)
	return fit.Zone{}
}

func TestEqualBitsForAnyNumberOfWorkers(t *testing.T) {
	hashes := func(workers int) (h []uint64) {
		o, err := coarse(t, workers).Try(t.Context(), tryon.Request{Body: man(), Style: tee(t)})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Fittings {
			h = append(h, f.Drape.Hash)
		}
		return h
	}
	if one, two := hashes(1), hashes(2); one[0] != two[0] || one[1] != two[1] || one[0] == one[1] {
		t.Errorf("one worker %x, two %x", one, two)
	}
}

func TestASizeThatCannotBeSewnDoesNotStopTheOthers(t *testing.T) {
	s := tee(t)
	broken := *s.Patterns["L"]
	broken.Seams = append([]pattern.Seam{{A: pattern.EdgeRef{Panel: 0, Edge: 99}, B: pattern.EdgeRef{Panel: 1, Edge: 0}}}, broken.Seams...)
	s.Patterns["L"] = &broken
	o, err := coarse(t, 1).Try(t.Context(), tryon.Request{Body: man(), Style: s})
	if err != nil {
		t.Fatal(err)
	}
	if o.Fittings[0].Failed != nil || o.Fittings[1].Failed == nil {
		t.Errorf("M %q, L %q", o.Fittings[0].Failed, o.Fittings[1].Failed)
	}
	if len(o.Fittings[1].Zones) == 0 {
		t.Error("the failed size has lost its flat arithmetic")
	}
}

func TestRefusals(t *testing.T) {
	room := coarse(t, 1)
	if _, err := room.Try(t.Context(), tryon.Request{Body: man()}); err == nil {
		t.Error("no style was accepted")
	}
	if _, err := room.Try(t.Context(), tryon.Request{Body: man(), Style: tee(t), Sizes: []string{"XS"}}); err == nil {
		t.Error("a size that does not exist was accepted")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := room.Try(ctx, tryon.Request{Body: man(), Style: tee(t)}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
