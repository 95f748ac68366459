package bench

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	files := tetrahedra()
	files["s.json"], files["s.bin"] = string(b), string(bin)
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
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

// What a scene file can get wrong; each fault is refused with its name, at the
// reader or, where only physics knows better, when it is to be draped.
func TestScenesRefuseFaults(t *testing.T) {
	set := func(key string, value any) func(h map[string]any) { return func(h map[string]any) { h[key] = value } }
	solid := func(c map[string]any) func(h map[string]any) { return set("collider", c) }
	none := func(map[string]any) {}
	at := func(offset int, value float32) []byte {
		b := oneTriangle(2)
		binary.LittleEndian.PutUint32(b[offset:], math.Float32bits(value))
		return b
	}
	const startX, restX, restY = 12, 12 + 36 + 12, 12 + 36 + 12 + 4
	nan := float32(math.NaN())
	for _, tc := range []struct {
		name  string
		spoil func(h map[string]any)
		bin   []byte
		want  string // parts of the error, apart by |; empty where there is none
	}{
		{"a valid scene", none, oneTriangle(2), ""},
		{"vertices beyond the limit", set("vertices", 1<<30), oneTriangle(2), "vertices is 1.073741824e+09; it must be 3 to 200000"},
		{"no triangles", set("triangles", 0), oneTriangle(2), "triangles is 0; it must be 1"},
		{"counts that differ from the JSON", set("vertices", 4), oneTriangle(2), "3 vertices and 1 triangles; the JSON says 4 and 1"},
		{"a number that is a word", set("vertices", "three"), oneTriangle(2), "vertices|string"},
		{"negative density", set("areal_density", -1), oneTriangle(2), "areal_density [kg/m2] is -1; it must be 0.005 to 5"},
		{"no stiffness", set("stretch_modulus_N_per_m", 0), oneTriangle(2), "stretch_modulus_N_per_m is 0; it must be 1 to 1e+06"},
		{"absurd stiffness", set("stretch_modulus_N_per_m", 1e12), oneTriangle(2), "stretch_modulus_N_per_m is 1e+12"},
		{"bends like a beam", set("bending_Nm", 1e12), oneTriangle(2), "bending_Nm is 1e+12"},
		{"no thickness", set("thickness", 0), oneTriangle(2), "thickness [m] is 0"},
		{"falls upwards at a thousand g", set("gravity", []float64{0, 9810, 0}), oneTriangle(2), "gravity[1] [m/s2] is 9810"},
		{"several faults", func(h map[string]any) { h["poisson"], h["friction"] = 0.7, -1 }, oneTriangle(2), "poisson is 0.7|friction is -1"},
		{"unknown collider", solid(map[string]any{"type": "torus", "radius": 1}), oneTriangle(2), `type "torus" is unknown|sphere, cylinder, mesh`},
		{"a ball of no size", solid(map[string]any{"type": "sphere"}), oneTriangle(2), "radius is 0 m"},
		{"a ball on the moon", solid(map[string]any{"type": "sphere", "radius": 1, "center": []float64{0, 3.8e8, 0}}), oneTriangle(2), "collider.center[1] [m] is 3.8e+08"},
		{"cylinder without axis", solid(map[string]any{"type": "cylinder", "radius": 1}), oneTriangle(2), "axis (0, 0, 0) has no direction"},
		{"mesh outside the folder", solid(map[string]any{"type": "mesh", "obj": "../x.obj"}), oneTriangle(2), `obj "../x.obj" must be a file beside the scene`},
		{"mesh that is not there", solid(map[string]any{"type": "mesh", "obj": "x.obj"}), oneTriangle(2), "x.obj"},
		{"mesh without a name", solid(map[string]any{"type": "mesh"}), oneTriangle(2), "obj is missing"},
		{"open body", solid(map[string]any{"type": "mesh", "obj": "open.obj"}), oneTriangle(2), "body: the surface is open along 3 edges"},
		{"body inside out", solid(map[string]any{"type": "mesh", "obj": "inverted.obj"}), oneTriangle(2), "body: the part with vertex 0|inside out"},
		{"body of NaN", solid(map[string]any{"type": "mesh", "obj": "nan.obj"}), oneTriangle(2), "nan.obj: vertex 0 is (NaN"},
		{"body that is a picture", solid(map[string]any{"type": "mesh", "obj": "picture.obj"}), oneTriangle(2), "body: the mesh has no triangles"},
		{"vertex out of range", none, oneTriangle(7), "triangle 0 names vertex 7; the mesh has 3"},
		{"vertex below 0", none, oneTriangle(-1), "triangle 0 names vertex -1"},
		{"a vertex used twice", none, oneTriangle(1), "triangle 0 uses a vertex twice"},
		{"start no number", none, at(startX, nan), "vertex 0 is (NaN"},
		{"start without end", none, at(startX, float32(math.Inf(1))), "vertex 0 is (+Inf"},
		{"start on the moon", none, at(startX, 3.8e8), "vertex 0 starts at|within 20 m"},
		{"flat shape no number", none, at(restX, nan), "rest2d of triangle 0 is not finite"},
		{"no area in the flat", none, at(restX, 0.1), "cloth: triangle 0 of panel panel 1|area of 0 m2"},
		{"a needle in the flat", none, at(restY, 0.1-1e-5), "cloth: triangle 0 of panel panel 1|times as high as long"},
		{"cut short", none, oneTriangle(2)[:40], "start: unexpected EOF"},
		{"empty", none, nil, "counts: EOF"},
	} {
		h := head()
		tc.spoil(h)
		s, err := LoadScene(writeScene(t, h, tc.bin))
		if err == nil {
			_, err = drape.New(s.Cloth, s.Collider, s.Settings)
		}
		if tc.want == "" && err != nil || tc.want != "" && err == nil {
			t.Errorf("%s: got %v, want %q in it", tc.name, err, tc.want)
			continue
		}
		for part := range strings.SplitSeq(tc.want, "|") {
			if err != nil && !strings.Contains(err.Error(), part) {
				t.Errorf("%s: got %q; %q is not in it", tc.name, err, part)
			}
		}
	}
	if _, err := LoadScene(filepath.Join(t.TempDir(), "none.json")); err == nil || !strings.Contains(err.Error(), "none.json") {
		t.Errorf("no file: %v", err)
	}
}

// tetrahedra are bodies for faults.
func tetrahedra() map[string]string {
	const v, f = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\n", "f 1 3 2\nf 1 2 4\nf 2 3 4\n"
	return map[string]string{
		"sound.obj": v + f + "f 3 1 4\n", "open.obj": v + f, "picture.obj": "not an OBJ\n",
		"inverted.obj": v + "f 1 2 3\nf 2 1 4\nf 3 2 4\nf 1 3 4\n", "nan.obj": strings.Replace(v, "0", "NaN", 1) + f,
	}
}

// Whatever stands in its three files, a scene is refused or drapes to a Result:
// no crash, no NaN in what is said to be at rest.
func FuzzScene(f *testing.F) {
	sound, err := json.Marshal(head())
	if err != nil {
		f.Fatal(err)
	}
	meshed := bytes.Replace(sound, []byte(`{"radius":0.3,"type":"sphere"}`), []byte(`{"type":"mesh","obj":"x.obj"}`), 1)
	for _, obj := range slices.Sorted(maps.Values(tetrahedra())) {
		f.Add(meshed, oneTriangle(2), []byte(obj))
	}
	f.Add(sound, oneTriangle(2), []byte(nil))
	f.Add([]byte("{}"), []byte(nil), []byte(nil))
	f.Fuzz(func(t *testing.T, head, bin, obj []byte) {
		h, err := readHead(bytes.NewReader(head))
		if err != nil {
			return
		}
		c, err := h.readCloth(bytes.NewReader(bin))
		if err != nil {
			return
		}
		s := h.scene(c)
		beside := func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(obj)), nil }
		if s.collider(h, beside) != nil {
			return
		}
		s.Settings.DressSteps, s.Settings.PolishSteps = 20, 5
		r, err := s.Run(t.Context(), 1)
		if err != nil || r.Status == drape.Diverged && r.Reason != nil {
			return
		}
		for i, p := range r.Pos {
			if q := p.X + p.Y + p.Z; math.IsNaN(q) || math.IsInf(q, 0) {
				t.Fatalf("%v with vertex %d at %v", r.Status, i, p)
			}
		}
	})
}
