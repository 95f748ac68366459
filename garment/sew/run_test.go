package sew

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r2"
)

// runOf drafts a size run of a template.
func runOf(tb testing.TB, template string, options map[string]string, poms ...map[string]float64) *pattern.SizeRun {
	tb.Helper()
	r := &pattern.SizeRun{Style: template}
	for i, pom := range poms {
		r.Sizes = append(r.Sizes, pattern.Size{Name: fmt.Sprint(i), Pattern: draft(tb, template, pom, options)})
	}
	if err := r.Validate(); err != nil {
		tb.Fatal(err)
	}
	return r
}

func teeRun(tb testing.TB) *pattern.SizeRun {
	return runOf(tb, "tee", map[string]string{"neck_rib": "yes"},
		map[string]float64{"chest_girth": 0.86, "body_length": 0.60}, map[string]float64{"chest_girth": 1.0},
		map[string]float64{"chest_girth": 1.34, "body_length": 0.80, "sleeve_length": 0.30})
}

// checkAlike holds cuts of one run to one topology, good angles, and panels of
// their own size.
func checkAlike(t *testing.T, run *pattern.SizeRun, cuts []*Cut) {
	t.Helper()
	for k, c := range cuts {
		for j := range c.levels {
			a, b := &cuts[0].levels[j], &c.levels[j]
			if a.weld.count != b.weld.count {
				t.Errorf("%s: size %d has %d vertices, size 0 %d", run.Style, k, b.weld.count, a.weld.count)
			}
			for i, pc := range b.pieces {
				if !slices.Equal(pc.tris, a.pieces[i].tris) || len(pc.points) != len(a.pieces[i].points) || !slices.Equal(b.weld.vert[i], a.weld.vert[i]) {
					t.Errorf("%s: panel %d of size %d has another mesh", run.Style, i, k)
				}
				panel := &run.Sizes[k].Pattern.Panels[i]
				if got, want := pc.area(), math.Abs(panel.SignedArea()); math.Abs(got/want-1) > 0.02 {
					t.Errorf("%s: panel %q of size %d has %.4f m2 cut, %.4f drawn", run.Style, panel.Name, k, got, want)
				}
				if least := pc.minAngle(); least <= 0 {
					t.Errorf("%s: panel %q of size %d folds: %g", run.Style, panel.Name, k, least)
				}
			}
		}
	}
}

func (pc *piece) area() (sum float64) {
	for _, t := range pc.tris {
		sum += r2.Cross(r2.Sub(pc.points[t[1]], pc.points[t[0]]), r2.Sub(pc.points[t[2]], pc.points[t[0]])) / 2
	}
	return sum
}

func TestAllSizesShareOneMesh(t *testing.T) {
	runs := []*pattern.SizeRun{
		teeRun(t),
		runOf(t, "skirt", nil, map[string]float64{"waist_girth": 0.62}, map[string]float64{"waist_girth": 0.74, "hem": 1.3}, map[string]float64{"waist_girth": 1.0}),
		runOf(t, "trousers", nil, map[string]float64{"waist_girth": 0.66}, map[string]float64{"waist_girth": 0.80}, map[string]float64{"waist_girth": 1.1, "inseam": 0.84}),
	}
	for _, run := range runs {
		cuts, err := CutRun(run, []float64{0.028, 0.014})
		if err != nil {
			t.Fatal(err)
		}
		checkAlike(t, run, cuts)
		for k, c := range cuts {
			if deg := c.MinAngle() * 180 / math.Pi; deg < 15 {
				t.Errorf("%s: size %d has an angle of %.1f deg", run.Style, k, deg)
			}
		}
	}
}

// Sewn round one body, the sizes have the same triangles and seams; seams have
// the lengths of their own size.
func TestClothsOfARunCorrespond(t *testing.T) {
	run := teeRun(t)
	cuts, err := CutRun(run, []float64{0.03})
	if err != nil {
		t.Fatal(err)
	}
	f := NewFigure(person())
	first, err := f.Sew(cuts[0], jersey(t))
	if err != nil {
		t.Fatal(err)
	}
	last, err := f.Sew(cuts[2], jersey(t))
	if err != nil {
		t.Fatal(err)
	}
	a, b := first[0], last[0]
	if !slices.Equal(a.Tris, b.Tris) || !slices.Equal(a.Panel, b.Panel) || len(a.Start) != len(b.Start) {
		t.Fatal("the cloths have different triangles")
	}
	for s := range a.Seams {
		if !slices.Equal(a.Seams[s].Verts, b.Seams[s].Verts) || a.Seams[s].Name != b.Seams[s].Name {
			t.Errorf("seam %d is %q of %d vertices in one size, %q of %d in the other", s, a.Seams[s].Name, len(a.Seams[s].Verts), b.Seams[s].Name, len(b.Seams[s].Verts))
		}
	}
}

// A size that is the base stretched and sheared gets every inner point by that
// very map: grading by affine maps is exact.
func TestCarryReproducesAffineMaps(t *testing.T) {
	p := teeRun(t).Sizes[1].Pattern
	n := counts(p, 0.02)
	pieces, err := cutAll(p, 0.02, n)
	if err != nil {
		t.Fatal(err)
	}
	affine := func(v r2.Vec) r2.Vec { return r2.Vec{X: 1.2*v.X + 0.1*v.Y + 0.3, Y: 0.9*v.Y - 0.2} }
	for i, pc := range pieces {
		panel := p.Panels[i]
		if panel.Name == "back" || panel.Grain.Y == 0 {
			continue // drawn from the inside or turned: the map would be another in the piece's frame
		}
		// Curved edges are cut by arc length, which no affine map keeps; so
		// the panel is made of the chords of the mesh.
		panel.Verts, panel.Edges = nil, nil
		base := pattern.Panel{Name: panel.Name, Grain: panel.Grain}
		for k := range pc.border {
			q := pc.frame.back(pc.points[k])
			base.Verts, panel.Verts = append(base.Verts, q), append(panel.Verts, affine(q))
			edge := pattern.Edge{From: k, To: (k + 1) % pc.border}
			base.Edges, panel.Edges = append(base.Edges, edge), append(panel.Edges, edge)
		}
		ones := slices.Repeat([]int{1}, pc.border)
		got := pc.carry(&pattern.Pattern{Panels: []pattern.Panel{panel}}, 0, ones, true)
		for k, q := range pc.points {
			want := got.frame.to(affine(pc.frame.back(q)))
			if d := r2.Norm(r2.Sub(got.points[k], want)); d > 1e-8 {
				t.Fatalf("panel %q point %d is off by %g m", panel.Name, k, d)
			}
		}
	}
}

func TestUnlikeSizesAreRefusedByName(t *testing.T) {
	run := teeRun(t)
	// The front of the largest size reduced to a sliver along its middle.
	last := *run.Sizes[2].Pattern
	last.Panels = slices.Clone(last.Panels)
	front := &last.Panels[0]
	front.Verts, front.Edges = slices.Clone(front.Verts), slices.Clone(front.Edges)
	for i := range front.Verts {
		front.Verts[i].X *= 0.05
	}
	for i := range front.Edges {
		for k := range front.Edges[i].Control {
			front.Edges[i].Control[k].X *= 0.05
		}
	}
	run.Sizes[2].Pattern = &last
	if _, err := CutRun(run, []float64{0.03}); err == nil || !strings.Contains(err.Error(), `"front"`) || !strings.Contains(err.Error(), `size "2"`) {
		t.Errorf("got %v", err)
	}
}

// Sizes graded by others (GarmentCode, four styles on five bodies)
// correspond too.
func TestOpenSizeRunsShareOneMesh(t *testing.T) {
	dir := filepath.Join(geomtest.Data(t), "patterns", "garmentcode", "sizerun")
	files, err := filepath.Glob(filepath.Join(dir, "*_specification.json"))
	if err != nil {
		t.Fatal(err)
	}
	runs := map[string]*pattern.SizeRun{}
	var styles []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		p, err := gcjson.Parse(data, name)
		if err != nil {
			t.Fatal(err)
		}
		style, size, _ := strings.Cut(name, "_")
		if runs[style] == nil {
			runs[style] = &pattern.SizeRun{Style: style}
			styles = append(styles, style)
		}
		runs[style].Sizes = append(runs[style].Sizes, pattern.Size{Name: size, Pattern: p})
	}
	for _, style := range styles {
		run := runs[style]
		if err := run.Validate(); err != nil {
			t.Error(err)
			continue
		}
		cuts, err := CutRun(run, []float64{0.02})
		if err != nil {
			t.Errorf("%s: %v", style, err)
			continue
		}
		checkAlike(t, run, cuts)
	}
}
