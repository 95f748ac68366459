package sew

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"fitroom/garment/pattern"
)

// BenchmarkOpenPatterns cuts and joins every open pattern on one core. The
// metrics are those of the median garment: its processor time, its triangles, and the
// first percentile of the smallest angle over all triangles of all garments.
func BenchmarkOpenPatterns(b *testing.B) {
	patterns := openPatterns(b)
	for _, h := range []float64{0.02, 0.01, 0.005} {
		b.Run(fmt.Sprintf("%gmm", h*1000), func(b *testing.B) {
			var took, triangles, angles []float64
			for b.Loop() {
				took, triangles, angles = took[:0], triangles[:0], angles[:0]
				for _, p := range patterns {
					start := cpuTime()
					l, err := cutAt(p, h, counts(p, h))
					if err != nil {
						b.Fatal(err)
					}
					took = append(took, float64((cpuTime()-start).Microseconds())/1000)
					n := 0
					for _, pc := range l.pieces {
						n += len(pc.tris)
						angles = append(angles, pc.smallestAngles()...)
					}
					triangles = append(triangles, float64(n))
				}
			}
			for _, list := range [][]float64{took, triangles, angles} {
				slices.Sort(list)
			}
			b.ReportMetric(took[len(took)/2], "cpu-ms/garment")
			b.ReportMetric(triangles[len(triangles)/2], "triangles/garment")
			b.ReportMetric(angles[len(angles)/100], "p1-deg")
			b.ReportMetric(angles[0], "min-deg")
		})
	}
}

// cpuTime is what this process has spent on processors: on a shared machine the
// clock on the wall says more of the neighbours.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Meshing twice gives the same bits; both sides of a seam have the same number
// of vertices at the same shares of their length.
func TestSeamsMatchAndMeshesRepeat(t *testing.T) {
	patterns := openPatterns(t)
	for i := 0; i < len(patterns); i += 7 { // a fair sample: file names mix all kinds
		p := patterns[i]
		a, err := cutAt(p, 0.01, counts(p, 0.01))
		if err != nil {
			t.Fatal(err)
		}
		b, err := cutAt(p, 0.01, counts(p, 0.01))
		if err != nil {
			t.Fatal(err)
		}
		for k := range a.pieces {
			if !slices.Equal(a.pieces[k].points, b.pieces[k].points) || !slices.Equal(a.pieces[k].tris, b.pieces[k].tris) {
				t.Errorf("%s: panel %d is cut otherwise the second time", p.Name, k)
			}
		}
		for s, seam := range p.Seams {
			x, y := a.pieces[seam.A.Panel].edges[seam.A.Edge], a.pieces[seam.B.Panel].edges[seam.B.Edge]
			if len(x) != len(y) {
				t.Errorf("%s: seam %d has %d and %d vertices", p.Name, s, len(x), len(y))
				continue
			}
			for k := range x {
				other := y[len(y)-1-k]
				if seam.Reversed {
					other = y[k]
				}
				if a.weld.vert[seam.A.Panel][x[k]] != a.weld.vert[seam.B.Panel][other] {
					t.Errorf("%s: seam %d: vertex %d of one side is not sewn to its partner", p.Name, s, k)
					break
				}
			}
			checkShares(t, p, seam, len(x)-1)
		}
	}
}

// checkShares: sample k of n lies at k/n of the length of its edge.
func checkShares(t *testing.T, p *pattern.Pattern, seam pattern.Seam, n int) {
	t.Helper()
	for _, r := range [2]pattern.EdgeRef{seam.A, seam.B} {
		c := p.Panels[r.Panel].Curve(r.Edge)
		for _, k := range []int{0, n / 3, n / 2, n} {
			share := float64(k) / float64(n)
			want := c.At(c.ParamAt(share * c.Length()))
			got := p.Panels[r.Panel].Sample(nil, r.Edge, n)[k]
			if dx, dy := got.X-want.X, got.Y-want.Y; dx*dx+dy*dy > 1e-16 {
				t.Errorf("panel %q edge %d: sample %d of %d is off by (%g, %g) m", p.Panels[r.Panel].Name, r.Edge, k, n, dx, dy)
			}
		}
	}
}
