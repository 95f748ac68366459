package fit

import (
	"math/rand/v2"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// judged is a charted band round a trunk, in a mesh of n columns.
func judged(t *testing.T, strain, radius float64, n int, change func(*body.Body, *cloth.Cloth, *drape.Result)) Zone {
	t.Helper()
	b, f := cylinderBody(.12, .12), swatch()
	c, r := stretched(strain, 0, f, tube{0, radius, radius, .93, 1.07, n, n / 8, false})
	if change != nil {
		change(b, c, &r)
	}
	s := bandStyle()
	s.Fabric, s.Sizes = f, []string{"S", "M", "L"}
	s.Chart = map[body.Key]Chart{}
	s.Chart[body.WaistGirth], _ = PlainChart(s.Sizes, map[string]float64{"S": .714, "M": .754, "L": .794})
	rep, err := Judge(b, c, r, s, "M", Options{})
	if err != nil {
		t.Fatal(err)
	}
	return zoneOf(t, *rep, "waist")
}

// mirrored turns left and right round.
func mirrored(b *body.Body, c *cloth.Cloth, r *drape.Result) {
	flip := func(pts []r3.Vec) {
		for i := range pts {
			pts[i].X = -pts[i].X
		}
	}
	flip(b.Mesh.Verts)
	flip(r.Pos)
	flip(c.Start)
	for i := range b.Mesh.Tris {
		t := &b.Mesh.Tris[i]
		t[1], t[2] = t[2], t[1]
	}
	for i := range c.Tris {
		t, q := &c.Tris[i], &c.Rest[i]
		t[1], t[2] = t[2], t[1]
		q[1], q[2] = q[2], q[1]
		for k := range q {
			q[k].X = -q[k].X
		}
	}
	for i := range b.Levels {
		b.Levels[i].Origin.X = -b.Levels[i].Origin.X
	}
}

// Twice as fine a mesh and the mirror image give the same verdict and, but for
// what a chord is shorter than its arc, the same figures.
func TestMeshAndMirrorChangeNoVerdict(t *testing.T) {
	for _, x := range []struct{ strain, radius float64 }{{0, .14}, {0, .122}, {.04, .12}, {.15, .12}, {.45, .12}} {
		plain := judged(t, x.strain, x.radius, 80, nil)
		for name, other := range map[string]Zone{
			"twice as fine": judged(t, x.strain, x.radius, 160, nil),
			"mirrored":      judged(t, x.strain, x.radius, 80, mirrored),
		} {
			if plain.Verdict != other.Verdict || plain.Likely != other.Likely || plain.Pair != other.Pair {
				t.Errorf("strain %g, radius %g: %s %v, %s %s %v", x.strain, x.radius, plain.Verdict, plain.Pair, name, other.Verdict, other.Pair)
			}
			near(t, name+": relaxed girth", other.Relaxed, plain.Relaxed, .003)
		}
	}
}

// A cloth known only within a range that crosses a limit gives no certain
// verdict: "between" where the same figures, measured, would be sure; and
// nowhere does a wider range make a verdict surer.
func TestARangeOfClothThatFlipsAVerdictIsBetween(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 1))
	flipped := 0
	for range 400 {
		f, _ := fabric.Preset("jersey")
		f.Weft, f.UsableWeft = 150+500*rng.Float64(), .25+.3*rng.Float64()
		g := girth{garment: .8, positive: true, fabric: true, pull: f.Curve(true), usable: f.UsableWeft, tooMuch: critical,
			scale: &scale{st: &steps{lower: []float64{.94}, centre: []float64{.98}, upper: []float64{1.02}}}}
		b := .94 + .08*rng.Float64()
		var known, unknown Zone
		g.judge(&known, b, .004, .05)
		g.judge(&unknown, b, .004, .35)
		low, high := g.ladder(.5), g.ladder(2) // the range of a preset
		flips := low.rung(b) != high.rung(b)
		if known.Verdict != Between && flips && unknown.Verdict == Between {
			flipped++
		}
		if !flips && known.Verdict == Between && unknown.Verdict != Between && unknown.Confidence > known.Confidence+.05 {
			t.Errorf("%+v: surer with the wider range: %s after %s", g, unknown.Verdict, known.Verdict)
		}
	}
	if flipped == 0 {
		t.Error("no range of cloth ever made a verdict between")
	}
	t.Logf("%d of 400 verdicts turn to between", flipped)
}
