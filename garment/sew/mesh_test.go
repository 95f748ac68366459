package sew

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r2"
	"math"
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

func cutAll(p *pattern.Pattern, h float64) ([]*piece, error) {
	keep, err := outerSides(p)
	if err != nil {
		return nil, err
	}
	n := counts(p, h)
	pieces := make([]*piece, len(p.Panels))
	for i := range p.Panels {
		if pieces[i], err = cut(p, i, n[i], keep[i], h); err != nil {
			return nil, err
		}
	}
	return pieces, nil
}

func TestOpenPatternsMesh(t *testing.T) {
	for _, h := range []float64{0.02, 0.01, 0.005} {
		var angles []float64
		var elen []float64
		var ms []float64
		nt := 0
		for _, p := range openPatterns(t) {
			t0 := time.Now()
			pieces, err := cutAll(p, h)
			if err != nil {
				t.Errorf("%s at %g: %v", p.Name, h, err)
				continue
			}
			ms = append(ms, float64(time.Since(t0).Microseconds())/1000)
			w, err := newWeld(p, pieces)
			if err != nil {
				t.Errorf("%s at %g: %v", p.Name, h, err)
				continue
			}
			_ = w
			for _, pc := range pieces {
				nt += len(pc.tris)
				for _, v := range pc.tris {
					least := math.Pi
					for i := range 3 {
						o := pc.points[v[i]]
						p, q := r2.Sub(pc.points[v[(i+1)%3]], o), r2.Sub(pc.points[v[(i+2)%3]], o)
						least = min(least, math.Atan2(r2.Cross(p, q), r2.Dot(p, q)))
						elen = append(elen, r2.Norm(p))
					}
					angles = append(angles, least*180/math.Pi)
				}
			}
		}
		slices.Sort(angles)
		slices.Sort(elen)
		slices.Sort(ms)
		t.Logf("h %g: garments %d tris %d min %.2f p0.1 %.1f p1 %.1f p5 %.1f; edge median %.2f p99 %.2f max %.2f; ms median %.1f max %.1f", h, len(ms), nt, angles[0], angles[len(angles)/1000], angles[len(angles)/100], angles[len(angles)/20], elen[len(elen)/2]/h, elen[len(elen)*99/100]/h, elen[len(elen)-1]/h, ms[len(ms)/2], ms[len(ms)-1])
	}
}
