package drape

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Pressure over tissue solves its equation, its slope is its derivative and its
// energy its integral, on both sides of the onset; without tissue it is rigid.
func TestYieldingPressure(t *testing.T) {
	for _, c := range []float64{0, 1e-9, 1e-7, 2e-6, 1e-4} {
		work, last := 0.0, 0.0
		const n, end = 40000, 0.01
		for i := 1; i <= n; i++ {
			e := end * float64(i) / n
			p, slope := yielding(e, c)
			rigid, _ := onset(max(0, e-c*p), contactCurve, contactOnset)
			if math.Abs(p-rigid) > 1e-6*p+1e-6 {
				t.Fatalf("C = %g, depth %g: %g Pa; the loft pressed by the rest carries %g", c, e, p, rigid)
			}
			const h = 1e-9
			up, _ := yielding(e+h, c)
			down, _ := yielding(e-h, c)
			if d := (up - down) / (2 * h); math.Abs(d-slope) > 1e-3*slope+1e-3*contactCurve*h*10 {
				t.Fatalf("C = %g, depth %g: slope %g; differences say %g", c, e, slope, d)
			}
			work += (last + p) / 2 * end / n
			last = p
		}
		near(t, "energy", yieldingEnergy(end, c), work, 1e-4)
	}
}

// A tight band on a compliant cylinder: p = E (R/rest - 1)/R with R the radius
// less C p, Laplace on Winkler's foundation.
func TestBandOnTissue(t *testing.T) {
	f := linen()
	f.Friction, f.Poisson = 1e-6, 0
	f.Weft = 2000
	const rest, radius, gap = 0.095, 0.1, 0.003
	last := math.Inf(1)
	for _, c := range []float64{0, 5e-7, 2e-6} {
		for _, n := range []int{49, 73} {
			band := sheet(f, n, 12, 2*math.Pi*rest, 0.1, true, func(u, v float64) r3.Vec {
				a := u / rest
				return r3.Vec{X: 0.1035 * math.Cos(a), Y: v, Z: -0.1035 * math.Sin(a)}
			})
			set := Settings{Weightless: true, BodyGap: gap, Friction: 1e-6, DressFriction: 1e-6, Tolerance: 0.1}
			if c > 0 {
				set.Compliance = []float64{c}
			}
			r := mustRun(t, band, Cylinder{Axis: r3.Vec{Y: 1}, Radius: radius}, set)
			lo, hi := 0.0, 1e5
			for range 60 {
				p := (lo + hi) / 2
				if at := radius + gap - c*p; f.Weft*(at/rest-1)/at > p {
					lo = p
				} else {
					hi = p
				}
			}
			force, area := 0.0, 0.0
			for i, q := range r.Contact {
				force += math.Hypot(q.X, q.Z)
				area += vertexArea(band, i) * math.Hypot(r.Pos[i].X, r.Pos[i].Z) / rest
			}
			near(t, "pressure", force/area, lo, 0.02)
			if c > 0 {
				dent := 0.0
				for _, d := range r.Dent {
					dent += math.Hypot(d.X, d.Z) / float64(len(r.Dent))
				}
				near(t, "dent", dent, c*lo, 0.08)
			}
			if n == 73 {
				if lo >= last {
					t.Errorf("softer tissue is pressed more: %g Pa after %g", lo, last)
				}
				last = lo
			}
		}
	}
}
