package tryon_test

import (
	"os"
	"path/filepath"
	"testing"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
	"fitroom/geometry/geomtest"
)

// Garments that nobody here drew (GarmentCodeData, CC BY): each must come to
// rest on a woman of about the size they were drafted for, neither the body nor
// the cloth cutting through the cloth, and stay up.
func TestOpenPatternsComeToRest(t *testing.T) {
	dir := filepath.Join(geomtest.Data(t), "patterns", "garmentcode", "gcd")
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	m := body.Measurements{Population: body.Women, Values: map[body.Key]body.Measurement{}}
	for key, v := range map[body.Key]float64{
		body.Height: 1.70, body.Weight: 71, body.NeckGirth: 0.345, body.BustGirth: 0.97, body.UnderbustGirth: 0.83,
		body.WaistGirth: 0.82, body.HipGirth: 1.04, body.Inseam: 0.78,
	} {
		m.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
	}
	cloth, _ := fabric.Preset("poplin")
	for _, c := range []struct {
		name, file string
		low        float64 // no vertex may hang lower: the garment would have slid down [m]
	}{
		{"tee", "rand_HRA77Z7307", 0.7},
		{"fitted top with darts", "rand_EIUGLI5QMV", 0.8},
		{"trousers with waistband", "rand_YA4CJMZR2O", 0.4},
		{"pencil skirt with darts", "rand_3SVCRTSEGG", 0.4},
		{"circle skirt", "rand_6COKKPXXRC", 0.7},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := os.Open(filepath.Join(dir, c.file+"_specification.json"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			p, err := gcjson.Read(f, c.file)
			if err != nil {
				t.Fatal(err)
			}
			s := &tryon.Style{
				Style:    fit.Style{ID: c.file, Kind: c.name, Population: body.Women, Sizes: []string{tryon.OneSize}, Fabric: cloth},
				Patterns: map[string]*pattern.Pattern{tryon.OneSize: p},
			}
			o, err := room.Try(t.Context(), tryon.Request{Body: m, Style: s})
			if err != nil {
				t.Fatal(err)
			}
			checkRest(t, o.Fittings[0], c.low)
		})
	}
}

func checkRest(t *testing.T, f tryon.Fitting, low float64) {
	t.Helper()
	d := f.Drape
	t.Logf("%d vertices, %.1f CPU s, residual %.2g N", len(d.Pos), d.CPU.Seconds(), d.Residual)
	if f.Failed != nil || d.Status != drape.AtRest || d.Penetrating != 0 || d.Crossings != 0 {
		t.Errorf("%s %v %s: %d inside, %d crossings", f.Failed, d.Status, d.Reason, d.Penetrating, d.Crossings)
	}
	for i, v := range d.Pos {
		if v.Y < low {
			t.Fatalf("vertex %d hangs at %.2f m, below %.2f", i, v.Y, low)
		}
	}
}
