package fit

import (
	"math"
	"math/rand/v2"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// A line of the pattern is found again on the stretched, turned fabric: its rest
// length, its worn length and how far it lies from the body's tape.
func TestAPatternsOwnLineIsFoundOnTheWornGarment(t *testing.T) {
	const strain, grain, up = .04, .3, .03
	around := tube{0, .12, .12, .80, 1.37, 60, 30, false}
	girth := around.arc()[arcSteps]
	for _, half := range []bool{false, true} {
		c, r := stretched(strain, grain, swatch(), around)
		end, times := girth, 1.0
		if half {
			end, times = girth/2, 2
		}
		flat := func(s, y float64) r2.Vec { return r2.Rotate(r2.Vec{X: s / (1 + strain), Y: y}, grain, r2.Vec{}) }
		c.Gauges = []cloth.Gauge{{Name: string(body.WaistGirth), Times: times, Lines: []cloth.GaugeLine{{A: flat(0, 1+up), B: flat(end, 1+up)}}}}
		s := bandStyle()
		s.POM[body.WaistGirth] = POM{Values: map[string]float64{"M": girth / (1 + strain)}}
		rep, err := Judge(cylinderBody(.12, .12), c, r, s, "M", Options{})
		if err != nil {
			t.Fatal(err)
		}
		z := zoneOf(t, *rep, "waist")
		// Chords of 60 columns are 0.05 % short of the round.
		if math.Abs(z.Own/z.Flat-1) > 1e-3 || math.Abs(z.OwnWorn/girth-1) > 2e-3 || math.Abs(z.OwnOff-up) > 1e-3 || z.OwnUneven > 1e-3 || z.Bridged > 0 {
			t.Errorf("half %v: own line %.4f m of %.4f, worn %.4f of %.4f, %.4f above, uneven %.4f, bridged %.4f", half, z.Own, z.Flat, z.OwnWorn, girth, z.OwnOff, z.OwnUneven, z.Bridged)
		}
		if z.Slack || z.Room > 0 {
			t.Errorf("a fabric stretched by %g is slack: room %.4f m, %.1f N/m", strain, z.Room, z.Tension)
		}
	}
}

// Slack is a measured condition: no more pull than a weight, and room all round.
func TestSlackIsMeasured(t *testing.T) {
	for _, c := range []struct {
		name  string
		wide  float64 // half axis of the tube [m]
		pull  float64 // along the hoop [N/m]
		slack bool
	}{
		{"wide and unpulled", .14, 0, true},
		{"wide and pulled", .14, 20, false},
		{"on the skin and unpulled", .1205, 0, false},
	} {
		garment, r := stretched(0, 0, swatch(), tube{0, c.wide, c.wide, .80, 1.37, 60, 30, false})
		for i := range r.Stress {
			r.Stress[i] = [3]float64{0, c.pull, 0}
		}
		rep, err := Judge(cylinderBody(.12, .12), garment, r, bandStyle(), "M", Options{})
		if err != nil {
			t.Fatal(err)
		}
		z := zoneOf(t, *rep, "waist")
		room, gap := 2*math.Pi*(c.wide-.12), c.wide-.12
		if z.Slack != c.slack || math.Abs(z.Room-room) > .002 || math.Abs(z.LeastGap-gap) > .001 {
			t.Errorf("%s: slack %v, room %.4f m of %.4f, least gap %.4f of %.4f", c.name, z.Slack, z.Room, room, z.LeastGap, gap)
		}
	}
}

// Clipping at the sides of a triangle against asking many points of the line.
func TestClipAgainstPoints(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	point := func() r2.Vec { return r2.Vec{X: rng.Float64(), Y: rng.Float64()} }
	const n = 2000
	for range 300 {
		tri := [3]r2.Vec{point(), point(), point()}
		if r2.Cross(r2.Sub(tri[1], tri[0]), r2.Sub(tri[2], tri[0])) < 0 {
			tri[1], tri[2] = tri[2], tri[1]
		}
		a := point()
		d := r2.Sub(point(), a)
		inside := 0
		for k := range n {
			p := r2.Add(a, r2.Scale((float64(k)+.5)/n, d))
			in := true
			for e := range 3 {
				in = in && r2.Cross(r2.Sub(tri[(e+1)%3], tri[e]), r2.Sub(p, tri[e])) >= 0
			}
			if in {
				inside++
			}
		}
		from, to, ok := clip(a, d, tri)
		if !ok {
			from, to = 0, 0
		}
		if math.Abs(to-from-float64(inside)/n) > 1.5/n {
			t.Fatalf("%v + t %v in %v: %g to %g, of points %g", a, d, tri, from, to, float64(inside)/n)
		}
		if ok {
			pos := make([]r3.Vec, 3)
			for k, q := range tri {
				pos[k] = r3.Vec{X: 2*q.X + 1, Y: q.Y - q.X, Z: 3 * q.Y}
			}
			q := r2.Add(a, r2.Scale(from, d))
			if p := carried(q, tri, [3]int32{0, 1, 2}, pos); r3.Norm(r3.Sub(p, r3.Vec{X: 2*q.X + 1, Y: q.Y - q.X, Z: 3 * q.Y})) > 1e-9 {
				t.Fatalf("%v is carried to %v", q, p)
			}
		}
	}
}
