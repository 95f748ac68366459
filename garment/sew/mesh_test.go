package sew

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"
)

func openPatterns(tb testing.TB) []*pattern.Pattern {
	tb.Helper()
	root := filepath.Join(geomtest.Data(tb), "patterns")
	var files []string
	for _, g := range []string{"garmentcode/assets/*.json", "garmentcode/gcd/*.json", "garmentcode/sizerun/*.json", "garmentcode/templates2021/*.json", "freesewing/sewn/*.json"} {
		f, err := filepath.Glob(filepath.Join(root, g))
		if err != nil {
			tb.Fatal(err)
		}
		files = append(files, f...)
	}
	slices.Sort(files)
	var out []*pattern.Pattern
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		p, err := gcjson.Parse(data, filepath.Base(f))
		if err != nil {
			tb.Errorf("%s: %v", f, err)
			continue
		}
		out = append(out, p)
	}
	return out
}

// Every panel of every open pattern is cut at every edge length, the seams weld
// to a manifold, and the triangles are well shaped.
func TestOpenPatternsMesh(t *testing.T) {
	patterns := openPatterns(t)
	if testing.Short() || len(patterns) > 24 { // every third garment is a fair sample
		for i := range patterns {
			if 3*i < len(patterns) {
				patterns[i] = patterns[3*i]
			}
		}
		patterns = patterns[:(len(patterns)+2)/3]
	}
	for _, h := range []float64{0.02, 0.01} {
		var angles []float64
		for _, p := range patterns {
			pieces, err := cutAll(p, h, counts(p, h))
			if err != nil {
				t.Errorf("%s at %g m: %v", p.Name, h, err)
				continue
			}
			if _, err := newWeld(p, pieces); err != nil {
				t.Errorf("%s at %g m: %v", p.Name, h, err)
			}
			for _, pc := range pieces {
				angles = append(angles, pc.smallestAngles()...)
			}
		}
		slices.Sort(angles)
		if p1 := angles[len(angles)/100]; p1 < 30 {
			t.Errorf("at %g m the first percentile of the smallest angle is %.1f deg, want 30", h, p1)
		}
	}
}

// smallestAngles returns the smallest angle of each triangle [deg].
func (pc *piece) smallestAngles() []float64 {
	out := make([]float64, len(pc.tris))
	for t := range pc.tris {
		out[t] = pc.smallestAngle(t) * 180 / math.Pi
	}
	return out
}
