package fit

import (
	"math"
	"testing"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

func analysed(t *testing.T, c *cloth.Cloth, r drape.Result, a, b float64) *Analyses {
	t.Helper()
	bd := cylinderBody(a, b)
	r.Strain = make([][3]float64, len(c.Tris))
	for i, tri := range c.Tris {
		e, _ := greenStrain(c.Rest[i], r.Pos[tri[0]], r.Pos[tri[1]], r.Pos[tri[2]])
		r.Strain[i] = [3]float64{e[1], e[0], e[2]}
	}
	got := Analyse(bd, bvh.Build(bd.Mesh), c, r)
	if got == nil {
		t.Fatal("a drape at rest has no analyses")
	}
	return got
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}

// A band two centimetres off a cylinder: the gap is two centimetres everywhere,
// the sectors share the ease alike, and their sum is worn girth less tape.
func TestSectionsOfABandRoundACylinder(t *testing.T) {
	c, r := stretched(0.05, 0, swatch(), tube{0, .14, .14, .93, 1.07, 160, 12, false})
	a := analysed(t, c, r, .12, .12)
	if len(a.Sections) != 1 || a.Sections[0].Zone != "waist" {
		t.Fatalf("%d sections", len(a.Sections))
	}
	s := &a.Sections[0]
	near(t, "ease", sum(s.Ease[:]), 2*math.Pi*.02, .01)
	near(t, "ease by girths", s.Worn()-s.Tape(), sum(s.Ease[:]), 1e-9)
	for k := range Sectors {
		near(t, "gap of a sector", s.Gap[k], .02, .05)
		near(t, "ease of a sector", s.Ease[k], 2*math.Pi*.02/Sectors, .12)
	}
	near(t, "median gap", a.Gap.P50, .02, .02)
	near(t, "mean fill", a.Strain.Mean, (1.05*1.05-1)/2/swatch().UsableWeft, .05)
	near(t, "mean tension", a.Tension.Mean, swatch().Curve(true).Force(.05), 1e-6)
	for _, x := range []Spread{a.Gap, a.Strain, a.Tension} {
		near(t, "shares", sum(x.Shares), 1, 1e-9)
	}
	for _, w := range a.Wrinkles {
		if w.Folds != 0 || w.Energy != 0 {
			t.Errorf("%s of a plain cylinder has %d folds", w.Zone, w.Folds)
		}
	}
}

// On an ellipse the tension presses with T a/b^2 at the ends of the long axis
// and T b/a^2 at those of the short one; a sector sees the mean of its eighth.
func TestPressureAtBothEndsOfAnEllipse(t *testing.T) {
	const a, b, strain = 0.16, 0.11, 0.08
	f := swatch()
	c, r := stretched(strain, 0, f, tube{0, a, b, .93, 1.07, 240, 12, false})
	s := analysed(t, c, r, a, b).Sections[0]
	tension := f.Curve(true).Force(strain)
	for _, end := range []struct {
		name    string
		sectors [2]int
		angle   float64 // of the end, from X
	}{{"long axis", [2]int{2, 6}, 0}, {"short axis", [2]int{0, 4}, math.Pi / 2}} {
		// By arc length over the eighth seen from the middle.
		var force, length float64
		const n = 4000
		for i := range n {
			seen := end.angle + (float64(i)+0.5)/n*math.Pi/4 - math.Pi/8
			th := math.Atan2(a*math.Sin(seen), b*math.Cos(seen)) // the ellipse's own parameter
			dth := a * b / (math.Pow(b*math.Cos(seen), 2) + math.Pow(a*math.Sin(seen), 2))
			ds := math.Hypot(a*math.Sin(th), b*math.Cos(th)) * dth
			curve := a * b / math.Pow(math.Pow(a*math.Sin(th), 2)+math.Pow(b*math.Cos(th), 2), 1.5)
			force, length = force+tension*curve*ds, length+ds
		}
		for _, k := range end.sectors {
			near(t, end.name, s.Pressure[k], force/length, .05)
		}
	}
}

// A sheet with waves has a fold on every crest, at the angle it was given; taut
// along the crests they are drag lines, slack they are none.
func TestFoldsOfAWavySheet(t *testing.T) {
	f := swatch()
	for _, angle := range []float64{0, math.Pi / 6, math.Pi / 2} {
		for _, tension := range []float64{0, 30} {
			c, r := wavy(f, angle, tension)
			w := analysed(t, c, r, .12, .12).Wrinkles
			folds, drags, energy := 0, 0, 0.0
			for _, x := range w {
				folds, drags, energy = folds+x.Folds, drags+len(x.Drags), energy+x.Energy
				for _, d := range x.Drags {
					if off := math.Abs(math.Remainder(d.Angle-angle, math.Pi)); off > 0.2 {
						t.Errorf("a drag line at %.0f degrees is seen at %.0f", angle*180/math.Pi, d.Angle*180/math.Pi)
					}
				}
			}
			if folds < 4 || energy <= 0 || (drags > 0) != (tension > 0) {
				t.Errorf("angle %.2f, tension %g: %d folds, %d drag lines, %g J", angle, tension, folds, drags, energy)
			}
		}
	}
}

// wavy is an upright sheet before the body, 40 cm square, with waves of 6 cm
// whose crests run at an angle to the level, under tension along them.
func wavy(f fabric.Fabric, angle, tension float64) (*cloth.Cloth, drape.Result) {
	const n, side, wave, height = 40, 0.4, 0.06, 0.008
	c := &cloth.Cloth{Panels: []cloth.Panel{{Name: "sheet"}}, Fabrics: []fabric.Fabric{f}}
	r := drape.Result{Status: drape.AtRest}
	sin, cos := math.Sincos(angle)
	at := func(i, j int) (r3.Vec, r2.Vec) {
		x, y := side*(float64(i)/n-0.5), side*(float64(j)/n-0.5)
		return r3.Vec{X: x, Y: 1 + y, Z: .3 + height*math.Sin(2*math.Pi*(y*cos-x*sin)/wave)}, r2.Vec{X: x, Y: y}
	}
	for j := range n + 1 {
		for i := range n + 1 {
			p, _ := at(i, j)
			c.Start = append(c.Start, p)
		}
	}
	add := func(k [3][2]int) {
		var q [3]r2.Vec
		var v [3]int32
		for m, g := range k {
			_, q[m] = at(g[0], g[1])
			v[m] = int32(g[1]*(n+1) + g[0])
		}
		c.Tris, c.Rest, c.Panel = append(c.Tris, v), append(c.Rest, q), append(c.Panel, 0)
		r.Tension = append(r.Tension, [2]float64{tension, tension})
		r.Stress = append(r.Stress, [3]float64{tension, tension, 0})
	}
	for j := range n {
		for i := range n {
			add([3][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}})
			add([3][2]int{{i, j}, {i + 1, j + 1}, {i, j + 1}})
		}
	}
	r.Pos, r.Pressure = c.Start, make([]float64, len(c.Start))
	return c, r
}

// Balance reads what is built in: a tilted hem, a grain off plumb.
func TestBalanceReadsHemAndGrain(t *testing.T) {
	const tilt, turn = 0.03, 0.05
	c, r := stretched(0, 0, swatch(), tube{0, .14, .14, .7, 1.2, 80, 30, false})
	var hem cloth.Line
	hem.Name, hem.Closed = "hem", true
	for i := range 80 {
		hem.Verts = append(hem.Verts, int32(i))
	}
	c.Lines = []cloth.Line{hem}
	for i, p := range r.Pos {
		p.Y += tilt * p.Z / .28 // front up by tilt over the whole depth
		r.Pos[i] = p
	}
	for i := range c.Rest {
		for k := range c.Rest[i] {
			c.Rest[i][k] = r2.Rotate(c.Rest[i][k], turn, r2.Vec{})
		}
	}
	b := analysed(t, c, r, .12, .12).Balance
	near(t, "tilt of the hem", b.HemTilt, tilt, .02)
	near(t, "spread of the hem", b.HemSpread, tilt, .02)
	if math.Abs(b.HemLean) > 1e-3 {
		t.Errorf("hem leans by %g m", b.HemLean)
	}
	if math.Abs(math.Abs(b.GrainFront)-turn) > .02 || math.Abs(math.Abs(b.GrainBack)-turn) > .02 || b.GrainFront*b.GrainBack > 0 {
		t.Errorf("grain %g in front, %g behind, want %g with opposite signs", b.GrainFront, b.GrainBack, turn)
	}
	if !math.IsNaN(b.SideSeam[0]) || !math.IsNaN(b.ShoulderSeam[1]) {
		t.Error("seams that are not there have a place")
	}
}

func TestNoAnalysesWithoutRest(t *testing.T) {
	c, r := stretched(0, 0, swatch(), tube{0, .14, .14, .93, 1.07, 60, 8, false})
	r.Status = drape.StepLimit
	bd := cylinderBody(.12, .12)
	if Analyse(bd, bvh.Build(bd.Mesh), c, r) != nil {
		t.Error("a drape that is not at rest is analysed")
	}
}
