package tape

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// regioned names the vertices of a mesh by a rule of their place.
func regioned(r *ruler, of func(p r3.Vec) Region) *ruler {
	for i, p := range r.Mesh.Verts {
		r.Region[i] = of(p)
	}
	return r
}

// Where flesh joins both thighs at the level of the tape, the tape takes the
// left half and the way through the middle.
func TestLegTapeRunsThroughTheMiddle(t *testing.T) {
	const rad = 0.2
	r := regioned(barrel(func(float64) float64 { return rad }), func(p r3.Vec) Region {
		switch {
		case p.X > 0.02:
			return LegL
		case p.X < -0.02:
			return LegR
		}
		return Trunk
	})
	got := Length(r.roundLeg(horizontal(0.951), 0))
	if want := (math.Pi + 2) * rad; math.Abs(got-want) > 0.002 { // the barrel has 48 corners
		t.Errorf("half of the joined thighs is %.4f round, want %.4f", got, want)
	}
}

// A tape that keeps clear of arms grown into the flanks ends at their border on
// both sides alike.
func TestBorderOfArmsIsTheSameOnBothSides(t *testing.T) {
	r := regioned(barrel(func(float64) float64 { return 0.2 }), func(p r3.Vec) Region {
		switch {
		case p.X > 0.15:
			return ArmL
		case p.X < -0.15:
			return ArmR
		}
		return Trunk
	})
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, p := range r.roundTrunk(horizontal(0.951)) {
		lo, hi = min(lo, p.X), max(hi, p.X)
	}
	if hi < 0.14 || math.Abs(hi+lo) > 1e-9 {
		t.Errorf("the tape reaches from %.4f to %.4f", lo, hi)
	}
}
