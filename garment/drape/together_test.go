package drape

import (
	"math"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

// Two tight bands one over the other: the outer one stays outside, everywhere,
// and the body bears the pulls of both (Laplace, p = (T1 + T2)/R).
func TestBandOverBandPressesForBoth(t *testing.T) {
	const radius, gap, thick, around = 0.1, 0.002, 0.002, 49
	f := linen()
	f.Poisson = 0
	ring := func(rest, start, height float64, up int) *cloth.Cloth {
		return sheet(f, around, up, 2*math.Pi*rest, height, true, func(u, v float64) r3.Vec {
			sin, cos := math.Sincos((u + start) / rest)
			return r3.Vec{X: start * cos, Y: v - height/2, Z: -start * sin}
		})
	}
	inner, outer := ring(0.098, 0.105, 0.14, 12), ring(0.1033, 0.1085, 0.06, 6)
	both := cloth.Together(inner, outer)
	r := mustRun(t, both, Cylinder{Axis: r3.Vec{Y: 1}, Radius: radius},
		Settings{Weightless: true, BodyGap: gap, SelfGap: thick, DressFriction: 1e-6, Tolerance: 3})
	if r.Crossings+r.Penetrating > 0 {
		t.Errorf("%d crossings, %d penetrations", r.Crossings, r.Penetrating)
	}
	n := len(inner.Start)
	reach := func(v r3.Vec) float64 { return math.Hypot(v.X, v.Z) }
	in, out := 0.0, 0.0
	for i, p := range r.Pos {
		if d := reach(p); i < n {
			in = max(in, d)
		} else if out == 0 || d < out {
			out = d
		}
	}
	if out < in+0.9*thick {
		t.Errorf("the outer band comes within %.2f mm of the inner; it is to keep %.1f", 1000*(out-in), 1000.*thick)
	}
	pull, force, area := 0.0, 0.0, 0.0
	for _, x := range r.Tension {
		pull += x[0] / float64(len(inner.Tris)) // of each band its mean, summed
	}
	for i, q := range r.Contact {
		if d := reach(q); i < n {
			force += d
			area += vertexArea(both, i) * reach(r.Pos[i]) / 0.098
		} else if d > 0 {
			t.Fatalf("the body touches the outer band at vertex %d, %.2f mm off it, with %g N; inner to %.2f, outer from %.2f mm", i, 1000*(reach(r.Pos[i])-radius), d, 1000*(in-radius), 1000*(out-radius))
		}
	}
	near(t, "pressure under both bands", force/area, pull/(radius+gap), 0.03)
}

// A cloth over a cloth on a ball, both loose: whatever folds they fall into,
// neither goes through the other.
func TestClothOverClothOnABall(t *testing.T) {
	lay := func(y float64) *cloth.Cloth {
		return sheet(linen(), 15, 15, 0.4, 0.4, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.2, Y: y, Z: 0.2 - v} })
	}
	under, over := lay(0.125), lay(0.135)
	r := mustRun(t, cloth.Together(under, over), Sphere{Radius: 0.12}, Settings{})
	if r.Crossings+r.Penetrating > 0 {
		t.Errorf("%d crossings, %d penetrations", r.Crossings, r.Penetrating)
	}
	n := len(under.Start)
	for i := range under.Start { // the one over the other at the top
		a, b := r.Pos[i], r.Pos[n+i]
		if math.Hypot(a.X, a.Z) < 0.05 && r3.Norm(b) <= r3.Norm(a) {
			t.Errorf("vertex %d: the upper cloth lies %.1f mm under the lower", i, 1000*(r3.Norm(a)-r3.Norm(b)))
		}
	}
}
