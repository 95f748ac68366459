package bench

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fitroom/garment/drape"
	"fitroom/geometry/geomtest"
)

// Every built-in scene comes to rest with nothing inside anything else.
func TestScenesComeToRest(t *testing.T) {
	scenes, err := Scenes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scenes {
		r, err := s.Run(context.Background(), 2)
		if err != nil {
			t.Fatal(err)
		}
		m := Measure(s.Cloth, s.Settings, &r)
		t.Logf("%s: %d vertices, %.2f CPU s, residual %.3g N", s.Name, m.Vertices, m.CPU, m.ResidualN)
		if r.Status != drape.AtRest || m.Penetrating != 0 || m.Crossings != 0 {
			t.Errorf("%s: %s %s, %d penetrating, %d crossings", s.Name, m.Status, m.Reason, m.Penetrating, m.Crossings)
		}
	}
}

// The scenes of the peers' table, the smallest of each kind.
func TestSceneFilesComeToRest(t *testing.T) {
	dir := filepath.Join(geomtest.Data(t), "scenes")
	for _, name := range []string{"S1_600", "S2_tee600"} {
		s, err := LoadScene(filepath.Join(dir, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Run(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != drape.AtRest || r.Penetrating != 0 || r.Crossings != 0 {
			t.Errorf("%s: %v %s, %d penetrating, %d crossings", name, r.Status, r.Reason, r.Penetrating, r.Crossings)
		}
	}
}

// head is a valid scene of one triangle over a sphere.
func head() map[string]any {
	return map[string]any{
		"name": "one", "vertices": 3, "triangles": 1, "areal_density": 0.2, "gravity": []float64{0, -9.81, 0},
		"stretch_modulus_N_per_m": 1000, "poisson": 0.3, "bending_Nm": 1e-5, "friction": 0.4, "thickness": 0.003,
		"collider": map[string]any{"type": "sphere", "radius": 0.3},
	}
}

func writeScene(t *testing.T, h map[string]any, bin []byte) string {
	t.Helper()
	dir := t.TempDir()
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"s.json": b, "s.bin": bin} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "s.json")
}

func oneTriangle(index int32) []byte {
	var b bytes.Buffer
	for _, x := range []any{
		[3]int32{3, 1, 3},
		[9]float32{0, 0.31, 0, 0.1, 0.31, 0, 0, 0.31, 0.1}, [3]int32{0, 1, index}, [6]float32{0, 0, 0.1, 0, 0, 0.1},
	} {
		if err := binary.Write(&b, binary.LittleEndian, x); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

// What a scene file can get wrong; each fault is refused with its name.
func TestLoadSceneRefusesFaults(t *testing.T) {
	if _, err := LoadScene(writeScene(t, head(), oneTriangle(2))); err != nil {
		t.Fatalf("the valid scene is refused: %v", err)
	}
	for _, tc := range []struct {
		name  string
		spoil func(h map[string]any)
		bin   []byte
	}{
		{"vertices beyond the limit", func(h map[string]any) { h["vertices"] = 1 << 30 }, oneTriangle(2)},
		{"counts that differ from the JSON", func(h map[string]any) { h["vertices"] = 4 }, oneTriangle(2)},
		{"negative density", func(h map[string]any) { h["areal_density"] = -1 }, oneTriangle(2)},
		{"unknown collider", func(h map[string]any) { h["collider"] = map[string]any{"type": "torus", "radius": 1} }, oneTriangle(2)},
		{"cylinder without axis", func(h map[string]any) { h["collider"] = map[string]any{"type": "cylinder", "radius": 1} }, oneTriangle(2)},
		{"mesh outside the folder", func(h map[string]any) { h["collider"] = map[string]any{"type": "mesh", "obj": "../x.obj"} }, oneTriangle(2)},
		{"vertex out of range", func(map[string]any) {}, oneTriangle(7)},
		{"cut short", func(map[string]any) {}, oneTriangle(2)[:40]},
		{"empty", func(map[string]any) {}, nil},
	} {
		h := head()
		tc.spoil(h)
		if _, err := LoadScene(writeScene(t, h, tc.bin)); err == nil {
			t.Errorf("%s: accepted", tc.name)
		} else {
			t.Logf("%s: %v", tc.name, err)
		}
	}
}
