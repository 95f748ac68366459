package sew

import (
	"math"
	"strings"
	"testing"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r3"
)

func pocketed(tb testing.TB, chest ...float64) *pattern.SizeRun {
	var poms []map[string]float64
	for _, c := range chest {
		poms = append(poms, map[string]float64{"chest_girth": c})
	}
	return runOf(tb, "hoody", map[string]string{"pocket": "kangaroo"}, poms...)
}

// A pocket is sewn at every second sample of its closed edges to points of its line
// that are points of the panel below in all sizes, and is a surface like any other.
func TestPocketsAreStitchedToTheirLines(t *testing.T) {
	run := pocketed(t, 1.02, 1.10, 1.24)
	cuts, err := CutRun(run, []float64{0.03, 0.02})
	if err != nil {
		t.Fatal(err)
	}
	checkAlike(t, run, cuts)
	f := NewFigure(person())
	for _, c := range cuts[1:] {
		levels, err := f.Sew(c, jersey(t))
		if err != nil {
			t.Fatal(err)
		}
		for k, l := range c.levels {
			p, cl := c.Pattern, levels[k]
			stitched := 0
			for j := range p.Laps {
				lap := &p.Laps[j]
				pocket, host := l.pieces[lap.Edge.Panel], l.pieces[lap.Panel]
				line := p.Panels[lap.Panel].Inner[lap.Line].Along(nil, lap.From, lap.To, len(host.laps[j])-1)
				for s, v := range host.laps[j] {
					q := host.frame.to(line[s])
					if d := math.Hypot(q.X-host.points[v].X, q.Y-host.points[v].Y); d > 1e-9 {
						t.Fatalf("line %d: point %d is %.3g mm off it", j, s, d*1000)
					}
					above := l.weld.vert[lap.Edge.Panel][pocket.edges[lap.Edge.Edge][s]]
					if same := above == l.weld.vert[lap.Panel][v]; same != (s%stitchEvery == 0) {
						t.Errorf("lap %d: sample %d of pocket and line is one vertex: %t", j, s, same)
					} else if same {
						stitched++
					}
				}
			}
			if stitched < 12 || len(cl.Laid) == 0 {
				t.Errorf("%d stitches, %d laid vertices", stitched, len(cl.Laid))
			}
			checkLaid(t, l.weld, cl.Start)
		}
	}
}

// checkLaid: what is laid starts outside of what it lies on.
func checkLaid(t *testing.T, w *weld, pos []r3.Vec) {
	t.Helper()
	for _, d := range w.laid {
		host, vert := w.pieces[d.host], w.vert[d.host]
		for k := range w.pieces[d.panel].points {
			if d.sewn[k] {
				continue
			}
			tri := host.tris[d.tri[k]]
			a, b, c := pos[vert[tri[0]]], pos[vert[tri[1]]], pos[vert[tri[2]]]
			n := r3.Unit(r3.Cross(r3.Sub(b, a), r3.Sub(c, a)))
			if off := r3.Dot(n, r3.Sub(pos[w.vert[d.panel][k]], a)); math.Abs(off-d.off) > 1e-6 {
				t.Errorf("a laid point starts %.2f mm off the panel below; it is to be %.2f", off*1000, d.off*1000)
				return
			}
		}
	}
}

// A pocket face down, and one whose line leaves its panel, are refused by name.
func TestBadPocketsAreRefused(t *testing.T) {
	down := pocketed(t, 1.10).Sizes[0].Pattern
	for i := range down.Laps {
		down.Laps[i].From, down.Laps[i].To = 1-down.Laps[i].From, 1-down.Laps[i].To
	}
	out := pocketed(t, 1.10).Sizes[0].Pattern
	host := &out.Panels[out.Laps[0].Panel]
	for k := range host.Inner[out.Laps[0].Line].Pts {
		host.Inner[out.Laps[0].Line].Pts[k].Y -= 0.5
	}
	for want, p := range map[string]*pattern.Pattern{"does not fit the lines": down, "leaves it at": out} {
		_, err := NewCut(p, []float64{0.03})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want %q", err, want)
		}
	}
}
