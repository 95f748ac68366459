package dxf

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r2"
)

func dataFile(tb testing.TB, rel string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(geomtest.Data(tb), "patterns", filepath.FromSlash(rel)))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func openDrawing(tb testing.TB, rel string) *Drawing {
	tb.Helper()
	d, err := Read(bytes.NewReader(dataFile(tb, "dxf/"+rel)), filepath.Base(rel), "")
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func openRules(tb testing.TB, rel string) *Rules {
	tb.Helper()
	r, err := ReadRules(bytes.NewReader(dataFile(tb, "dxf/"+rel)), rel, "")
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func openSeams(tb testing.TB, rel string) *Seams {
	tb.Helper()
	s, err := ReadSeams(bytes.NewReader(dataFile(tb, "dxf/"+rel)), rel)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func mustBuild(tb testing.TB, src Source, opt Options) *Result {
	tb.Helper()
	r, err := Build(src, opt)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

var synthStyles = []string{"tshirt", "pants"}

// synthWays are the ways a style of the data can come; all must give the
// garment it was written from.
var synthWays = []struct {
	name, file string
	rules      bool
}{
	{"base and rules", "_base.dxf", true},
	{"nest", "_nest.dxf", false},
	{"nest and rules", "_nest.dxf", true},
	{"nest with sew lines", "_nest_sa.dxf", false},
}

// The twins are GarmentCode patterns of which the DXF files were written:
// corners, edge lengths, seams, roles agree for every size and every way.
func TestSynthEqualsItsTwin(t *testing.T) {
	for _, style := range synthStyles {
		for _, way := range synthWays {
			t.Run(style+", "+way.name, func(t *testing.T) {
				src := Source{Drawings: []*Drawing{openDrawing(t, "synth/"+style+way.file)}, Seams: openSeams(t, "synth/"+style+"_seams.json")}
				if way.rules {
					src.Rules = openRules(t, "synth/"+style+".rul")
				}
				r := mustBuild(t, src, Options{Style: style, Sizes: []string{"XS", "S", "M", "L", "XL"}})
				var worst, worstLength float64
				for _, size := range r.Run.Sizes {
					twin, err := gcjson.Parse(dataFile(t, "garmentcode/sizerun/"+style+"_"+size.Name+"_specification.json"), size.Name)
					if err != nil {
						t.Fatal(err)
					}
					corner, length := compareTwin(t, twin, size.Pattern)
					worst, worstLength = math.Max(worst, corner), math.Max(worstLength, length)
				}
				t.Logf("corners within %.5f mm, edge lengths within %.5f mm", worst*1000, worstLength*1000)
				if worst > 1e-5 || worstLength > 1e-5 {
					t.Errorf("corners differ by %.4f mm, lengths by %.4f mm; 0.01 mm is allowed", worst*1000, worstLength*1000)
				}
			})
		}
	}
}

// compareTwin returns the largest differences of corners and lengths [m].
func compareTwin(t *testing.T, want, got *pattern.Pattern) (corner, length float64) {
	t.Helper()
	if len(want.Panels) != len(got.Panels) || len(want.Seams) != len(got.Seams) {
		t.Fatalf("%d panels and %d seams; want %d and %d", len(got.Panels), len(got.Seams), len(want.Panels), len(want.Seams))
	}
	for i := range want.Panels {
		w, g := &want.Panels[i], &got.Panels[i]
		if !strings.EqualFold(w.Name, g.Name) || len(w.Edges) != len(g.Edges) {
			t.Fatalf("panel %d is %q of %d edges; want %q of %d", i, g.Name, len(g.Edges), w.Name, len(w.Edges))
		}
		if w.Role != g.Role || w.Side != g.Side || w.Facing != g.Facing {
			t.Errorf("panel %q is %s %d %d; want %s %d %d", g.Name, g.Role, g.Side, g.Facing, w.Role, w.Side, w.Facing)
		}
		for e := range w.Edges {
			corner = math.Max(corner, r2.Norm(r2.Sub(w.Verts[w.Edges[e].From], g.Verts[g.Edges[e].From])))
			if d := math.Abs(w.Length(e) - g.Length(e)); d > length {
				length = d
			}
		}
	}
	for s, w := range want.Seams {
		if g := got.Seams[s]; w != g {
			t.Errorf("seam %d is %v; want %v", s, g, w)
		}
	}
	return corner, length
}

// Every point of nest and rules, not only the corners.
func TestNestEqualsRules(t *testing.T) {
	for _, style := range synthStyles {
		// The nest carries no rule numbers; its base size takes them from the base file.
		base := openDrawing(t, "synth/"+style+"_base.dxf")
		src := Source{
			Drawings: []*Drawing{openDrawing(t, "synth/"+style+"_nest.dxf"), base},
			Rules:    openRules(t, "synth/"+style+".rul"),
		}
		r := mustBuild(t, src, Options{Style: style})
		want := 4 * len(base.Pieces)
		if r.Compared != want || r.Difference > 1e-5 {
			t.Errorf("%s: %d outlines compared, %.4f mm apart; want %d within 0.01 mm", style, r.Compared, r.Difference*1000, want)
		}
		t.Logf("%s: %d outlines compared, at most %.5f mm apart", style, r.Compared, r.Difference*1000)
	}
}
