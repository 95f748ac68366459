package album

import (
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
	"fitroom/render"
)

// fitting is one bundled person in one size of one bundled style, on a mesh
// coarse enough for a test.
func fitting(t *testing.T) (*tryon.Outcome, wire.Style) {
	t.Helper()
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.04}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := assets.Demo().Open("people/man.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := wire.ReadBody(f)
	if err != nil {
		t.Fatal(err)
	}
	s, sheet, err := wire.OpenStyle(assets.Demo(), "styles/tee-men")
	if err != nil {
		t.Fatal(err)
	}
	o, err := room.Try(t.Context(), tryon.Request{Body: m, Style: s, Sizes: []string{"M"}})
	if err != nil {
		t.Fatal(err)
	}
	return o, sheet
}

func TestAlbumIsWholeOrNotAtAll(t *testing.T) {
	o, sheet := fitting(t)
	t.Run("whole", func(t *testing.T) { testWhole(t, o, sheet) })
	t.Run("not at all", func(t *testing.T) { testNotAtAll(t, o, sheet) })
	t.Run("body hidden", func(t *testing.T) { testBodyIsHidden(t, o) })
	t.Run("classes", func(t *testing.T) { testClasses(t, o) })
	t.Run("two sizes", func(t *testing.T) { testTwoSizes(t, o, sheet) })
}

func testWhole(t *testing.T, o *tryon.Outcome, sheet wire.Style) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	report := wire.NewReport(o, "test")
	if err := f.Write(t.Context(), o, &report, Options{Look: sheet.Look, Extras: Extras()}); err != nil {
		t.Fatal(err)
	}
	files := report.Sizes["M"].Files
	for _, kind := range Extras() {
		if i, err := os.Stat(filepath.Join(dir, files[kind])); err != nil || i.Size() == 0 {
			t.Errorf("extra file %s: %v", kind, err)
		}
	}
	for _, kind := range []string{"front", "back", "fit", "strain", "pressure"} {
		r, err := os.Open(filepath.Join(dir, files[kind]))
		if err != nil {
			t.Fatal(err)
		}
		if c, err := png.DecodeConfig(r); err != nil || c.Width < width || c.Height < height {
			t.Errorf("%s: %v, %d x %d", kind, err, c.Width, c.Height)
		}
		r.Close()
	}
	if glb, err := os.ReadFile(filepath.Join(dir, files["glb"])); err != nil || string(glb[:4]) != "glTF" {
		t.Errorf("GLB: %v", err)
	}
	var back wire.Report
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err == nil {
		err = json.Unmarshal(data, &back)
	}
	if err != nil || back.Sizes["M"].Files["front"] != files["front"] || back.Files["sizes"] == "" {
		t.Errorf("report: %v, files %v", err, back.Sizes["M"].Files)
	}
	if hidden, _ := filepath.Glob(filepath.Join(dir, ".*")); len(hidden) > 0 {
		t.Errorf("left behind: %v", hidden)
	}
}

func testNotAtAll(t *testing.T, o *tryon.Outcome, sheet wire.Style) {
	dir := t.TempDir()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report := wire.NewReport(o, "test")
	if err := f.Write(ctx, o, &report, Options{Look: sheet.Look}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	f.Close()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOpenRefusesWhatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestFileNamesDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, size := range []string{"S", "S/M", "S_M", "S M", "S\u00e4", "../S", "."} {
		name := fileName(size, "front.png")
		if filepath.Base(name) != name || seen[name] != "" {
			t.Errorf("%q and %q both become %q", size, seen[name], name)
		}
		seen[name] = size
	}
}

func TestLookIsRefusedWithItsField(t *testing.T) {
	for _, look := range []wire.Look{{Colour: "red"}, {Colour: "#12345"}, {Second: "#xyzxyz"}, {Weave: "felt"}} {
		if _, err := material(&look, "jersey"); err == nil {
			t.Errorf("%+v was accepted", look)
		}
	}
}

// The classes of a picture are those of the analyses, each with a name.
func testClasses(t *testing.T, o *tryon.Outcome) {
	a := o.Fittings[0].Analyses
	if a == nil {
		t.Fatal("not at rest")
	}
	for _, c := range []struct {
		kind   string
		m      *render.ColorMap
		limits []float64
	}{
		{"gap", render.GapMap(), a.Gap.Limits}, {"strain", render.StrainMap(), a.Strain.Limits},
		{"tension", render.TensionMap(), a.Tension.Limits}, {"pressure", render.PressureMap(), fit.PressureLimits()},
		{"wrinkles", render.FoldMap(), fit.FoldLimits()}, {"balance", render.LeanMap(), fit.LeanLimits()},
	} {
		if len(c.m.Limits) != len(c.limits) {
			t.Errorf("%s: %d limits, want %v", c.kind, len(c.m.Limits), c.limits)
			continue
		}
		for k, l := range c.limits {
			if c.m.Limits[k].At != l {
				t.Errorf("%s: limit %d at %g, want %g", c.kind, k, c.m.Limits[k].At, l)
			}
		}
		for _, l := range words.All() {
			if said := l.Maps[c.kind]; said.Title == "" || len(said.Classes) != len(c.limits)+1 {
				t.Errorf("%s %s: %q", l.Code, c.kind, said)
			}
		}
	}
}

// Two sizes come as one picture and as maps side by side; one size does not.
func testTwoSizes(t *testing.T, o *tryon.Outcome, sheet wire.Style) {
	second := o.Fittings[0]
	second.Size = "L"
	o.Fittings = append(o.Fittings, second)
	dir := t.TempDir()
	f, err := Open(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	report := wire.NewReport(o, "test")
	if err := f.Write(t.Context(), o, &report, Options{Look: sheet.Look, Lang: "de"}); err != nil {
		t.Fatal(err)
	}
	if worn, other := Compared(&report); worn != "M" || other != "L" {
		t.Errorf("compared are %q and %q, want the advised size and the next", worn, other)
	}
	report.SizeOrder = []string{"M"}
	if worn, other := Compared(&report); worn != "" || other != "" {
		t.Error("one size is compared with itself")
	}
	for _, kind := range []string{"compare", "sizes_fit", "sizes", "sections"} {
		if i, err := os.Stat(filepath.Join(dir, "out", report.Files[kind])); err != nil || i.Size() == 0 || report.Files[kind] == "" {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
