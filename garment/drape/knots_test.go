package drape

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

// crossedFold hangs like a hammock between two rods, but both sides have gone
// through each other above the fold.
func crossedFold(n int) (*cloth.Cloth, []int32) {
	const w, through = 0.2, 0.012
	c := sheet(linen(), n, n, w, w, false, func(u, v float64) r3.Vec {
		d := math.Abs(u - w/2)
		// A little off symmetry: real cloth never meets itself edge on edge.
		off := math.Copysign(0.0013, u-w/2)
		return r3.Vec{X: math.Copysign(0.3, u-w/2) * (d - through), Y: 0.95*d + off, Z: v + 2*off}
	})
	return c, append(column(n, 0), column(n, n-1)...)
}

func column(n, i int) (v []int32) {
	for j := range n {
		v = append(v, int32(j*n+i))
	}
	return v
}

func TestCrossedFoldComesApart(t *testing.T) {
	for _, n := range []int{14, 20} {
		c, pins := crossedFold(n)
		s, err := New(c, Nothing{}, Settings{Pins: pins})
		if err != nil {
			t.Fatal(err)
		}
		if f := s.findFaults(); len(f.cut) == 0 {
			t.Fatal("the start does not cross itself")
		}
		r, err := s.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != AtRest || r.Crossings != 0 {
			t.Errorf("%d x %d: status %v (%s), %d crossings", n, n, r.Status, r.Reason, r.Crossings)
		}
	}
}

// The piece beyond a contour is the flap along the fold and nothing else.
func TestFlapBeyondAContourIsFound(t *testing.T) {
	const n = 20
	c, pins := crossedFold(n)
	s, err := New(c, Nothing{}, Settings{Pins: pins})
	if err != nil {
		t.Fatal(err)
	}
	s.layers.untangle(s.x)
	k := &s.layers.tangle
	for i, wrong := range k.wrong {
		u := math.Abs(float64(i%n)/(n-1) - 0.5)
		if flap := u*0.2 < 0.012; !k.tip[i] && wrong != flap {
			t.Errorf("vertex %d, %.0f mm from the fold: wrong side %v", i, 200*u, wrong)
		}
	}
}

// Drawn smooth, cloth no longer cuts itself and keeps its pins; what cannot move
// stays as it was.
func TestCrossingsAreDrawnSmooth(t *testing.T) {
	c, pins := crossedFold(20)
	all := make([]int32, len(c.Start))
	for i := range all {
		all[i] = int32(i)
	}
	for _, k := range []struct {
		pins   []int32
		smooth bool
	}{{pins, true}, {all, false}} {
		s, err := New(c, Nothing{}, Settings{Pins: k.pins})
		if err != nil {
			t.Fatal(err)
		}
		s.layers.untangle(s.x)
		if got := s.dresser.smooth(); got != k.smooth || (len(s.findFaults().cut) == 0) != k.smooth {
			t.Errorf("%d pins: smooth %v, %d crossings left", len(k.pins), got, len(s.findFaults().cut))
		}
		for _, v := range k.pins {
			if a := c.Start[v]; a != (r3.Vec{X: s.x[3*v], Y: s.x[3*v+1], Z: s.x[3*v+2]}) {
				t.Fatalf("pin %d moved", v)
			}
		}
	}
}

// A garment that cannot come apart does not rest, and the reason says where.
func TestCrossingsAreNotRest(t *testing.T) {
	c, _ := crossedFold(12)
	var pins []int32
	for i := range c.Start {
		pins = append(pins, int32(i))
	}
	s, err := New(c, Nothing{}, Settings{Pins: pins})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != StepLimit || r.Crossings == 0 || r.Reason == nil {
		t.Errorf("status %v with %d crossings, reason %v", r.Status, r.Crossings, r.Reason)
	}
}

// The force of cloth on cloth is the gradient of its potential and sums to
// nothing.
func TestTouchForceIsThePotentialsGradient(t *testing.T) {
	const n = 8
	rng := rand.New(rand.NewPCG(5, 6))
	c := sheet(linen(), 2*n, n, 0.2, 0.1, false, func(u, v float64) r3.Vec { // folded onto itself
		d := math.Abs(u - 0.1)
		return r3.Vec{X: d, Y: math.Copysign(0.0006+0.0004*rng.Float64(), u-0.1), Z: v}
	})
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 0, 3*p.nv)
	for _, v := range c.Start {
		x = append(x, v.X, v.Y, v.Z)
	}
	q := newTouches(newLayers(p, c, 0.003, &crew{}))
	q.find(x)
	force := make([]float64, len(x))
	var total [3]float64
	for i := range p.nv {
		var diag [6]float64
		q.addForce(force[3*i:3*i+3], i)
		q.addDiagonal(diag[:], i)
		for k := range total {
			total[k] += force[3*i+k]
		}
	}
	if len(q.list) == 0 || sqrt(dot3(total, total)) > 1e-12 {
		t.Fatalf("%d touches, their forces sum to %.3g", len(q.list), total)
	}
	compare(t, "touch", force, gradient(x, func() float64 { return touchEnergy(x, q.list, 0, len(q.list)) }), 1e-5)
}

// What passes rules out never passes by the full computation, here in plain r3.
func TestEdgesRuledOutDoNotPass(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	ruledOut, through := 0, 0
	for range 200_000 {
		x := make([]float64, 15)
		for i := range x {
			x[i] = 0.01 * r.Float64()
		}
		if r.IntN(4) == 0 { // a sliver
			for c := range 3 {
				x[12+c] = x[6+c] + (x[9+c]-x[6+c])*r.Float64() + 1e-9*r.NormFloat64()
			}
		}
		if r.IntN(4) == 0 { // the edge ends near a side of the triangle
			s := r.Float64()
			for c := range 3 {
				x[3+c] = x[6+c] + s*(x[9+c]-x[6+c]) + 1e-10*r.NormFloat64()
			}
		}
		v := [5]int32{0, 1, 2, 3, 4}
		at := func(i int) r3.Vec { return r3.Vec{X: x[3*i], Y: x[3*i+1], Z: x[3*i+2]} }
		a, ab, ac := at(2), r3.Sub(at(3), at(2)), r3.Sub(at(4), at(2))
		n := r3.Cross(ab, ac)
		h0, h1 := r3.Dot(r3.Sub(at(0), a), n), r3.Dot(r3.Sub(at(1), a), n)
		p := r3.Sub(r3.Add(at(0), r3.Scale(h0/(h0-h1), r3.Sub(at(1), at(0)))), a)
		u, w := r3.Dot(r3.Cross(p, ac), n)/r3.Norm2(n), r3.Dot(r3.Cross(ab, p), n)/r3.Norm2(n)
		inside := h0 > 0 != (h1 > 0) && u >= 0 && w >= 0 && u+w <= 1
		if !passes(x, &v) {
			if ruledOut++; inside {
				t.Fatalf("ruled out, but it passes: %v", x)
			}
		} else if inside {
			through++
		}
	}
	if ruledOut < 100_000 || through < 1000 {
		t.Errorf("%d ruled out, %d through: nothing is shown", ruledOut, through)
	}
}
