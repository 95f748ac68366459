package fabric

import (
	"math"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got/want-1) <= rel) {
		t.Errorf("%s is %g, want %g", what, got, want)
	}
}

// Denim A of Journal of Textiles 2016, 4614168, table 5, and what it is in SI.
func TestKESWorkedExample(t *testing.T) {
	k := KES{Name: "denim A", Structure: Woven, WeightGM2: 400, ThicknessMm: 1.066, EMTWarp: 5.515, EMTWeft: 5.515, LTWarp: 0.712, BWarp: 0.172, BWeft: 0.144, G: 2.18}
	r, err := k.Fabric()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "warp", r.Fabric.Warp, 8891, 1e-3)
	near(t, "bending", r.Fabric.BendWarp, 16.9e-6, 3e-3)
	near(t, "shear", r.Fabric.Shear, 122.5, 1e-3)
	near(t, "thickness", r.Fabric.Thickness, 1.066e-3, 1e-12)
	if len(r.Assumed) != 2 {
		t.Errorf("assumed %q, want Poisson's ratio and friction", r.Assumed)
	}
	// The linearity is that of the curve drawn through both figures.
	const n = 10000
	energy := 0.0
	for i := range n {
		energy += r.Fabric.Tension((float64(i)+0.5)/n*r.Fabric.UsableWarp, false) * r.Fabric.UsableWarp / n
	}
	near(t, "linearity", 2*energy/(r.Fabric.Tension(r.Fabric.UsableWarp, false)*r.Fabric.UsableWarp), 0.712, 1e-6)
	// Twill of Polymers 17(15) 2013: 1.73 % along, 11.18 % across.
	k.EMTWarp, k.EMTWeft = 1.73, 11.18
	r, _ = k.Fabric()
	near(t, "twill warp", r.Fabric.Warp, 28343, 1e-3)
	near(t, "twill weft", r.Fabric.Weft, 4386, 1e-3)
	// Knits are tested at a tenth of the load.
	k.LoadGfCm = 50
	r, _ = k.Fabric()
	near(t, "at 50 gf/cm", r.Fabric.Warp, 2834.3, 1e-3)
}

// The band of good suitings in the FAST manual: EB5 1.5 to 4.1 % is G 30 to 80.
func TestFASTWorkedExample(t *testing.T) {
	s := FAST{Name: "suiting", Structure: Woven, WeightGM2: 200, ThicknessMm: 0.5, E5Warp: 0.3, E100Warp: 3, E100Weft: 6, EB5: 4.1, CWarp: 20, CWeft: 18}
	r, err := s.Fabric()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "shear", r.Fabric.Shear, 30, 1e-3)
	near(t, "warp", r.Fabric.Warp, 3269, 1e-3)
	// B [uN m] = 9.81e-6 M [g/m2] C^3 [mm3]
	near(t, "bending", r.Fabric.BendWarp, 9.81e-6*200*8000*1e-6, 1e-3)
	near(t, "stiffening", r.Fabric.StiffenWarp, 2, 1e-3)
	s.EB5 = 1.5
	r, _ = s.Fabric()
	near(t, "shear", r.Fabric.Shear, 82, 1e-2)
}

// At 41.5 degrees the overhang is twice the bending length; steeper planes
// give shorter bending lengths for one overhang.
func TestCantilever(t *testing.T) {
	c, err := BendingLength(50, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "bending length", c, 25, 0.02)
	steep, _ := BendingLength(50, 60)
	if steep >= c {
		t.Errorf("60 degrees gives %g, 41.5 gives %g", steep, c)
	}
	near(t, "rigidity", Cantilever(150, 20), 150e-3*9.80665*8e-6, 1e-12)
	if _, err := BendingLength(50, 90); err == nil {
		t.Error("90 degrees is no cantilever")
	}
}

func TestTensionIsTheSecantAtTheUsableStretch(t *testing.T) {
	for _, name := range Names() {
		f, _ := Preset(name)
		near(t, name+" warp", f.Tension(f.UsableWarp, false), f.Warp*f.UsableWarp, 1e-12)
		near(t, name+" weft", f.Tension(f.UsableWeft, true), f.Weft*f.UsableWeft, 1e-12)
		last := 0.0
		for i := 1; i <= 20; i++ {
			if v := f.Tension(float64(i)/10*f.UsableWeft, true); v <= last {
				t.Fatalf("%s: tension falls with strain", name)
			} else {
				last = v
			}
		}
	}
}

func TestReportsAreRefusedByFigure(t *testing.T) {
	for _, c := range []struct {
		err  func() error
		want string
	}{
		{func() error { _, err := KES{WeightGM2: 100}.Fabric(); return err }, "EMT warp is 0 %"},
		{func() error {
			_, err := KES{WeightGM2: 100, ThicknessMm: 0.3, EMTWarp: 2, EMTWeft: 2, BWarp: 0.1, BWeft: 0.1, G: 1, LTWeft: 71}.Fabric()
			return err
		}, "LT weft is 71"},
		{func() error {
			_, err := FAST{WeightGM2: 200, ThicknessMm: 0.5, E100Warp: 3, E100Weft: math.NaN(), EB5: 2, CWarp: 20, CWeft: 20}.Fabric()
			return err
		}, "E100 weft is NaN"},
		{func() error { // metres for millimetres
			_, err := FAST{WeightGM2: 200, ThicknessMm: 0.5, E100Warp: 3, E100Weft: 3, EB5: 2, CWarp: 0.02, CWeft: 0.02}.Fabric()
			return err
		}, "bend warp"},
	} {
		if err := c.err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want it to name %q", err, c.want)
		}
	}
}

// A cloth of which nothing is known spans all presets of its structure.
func TestUnknownIsARange(t *testing.T) {
	wide := map[string]Figure{}
	figures, _ := Figures(UnknownKnit)
	for _, f := range figures {
		wide[f.Property] = f
	}
	for _, name := range []string{"jersey", "rib", "fleece"} {
		figures, _ := Figures(name)
		for _, f := range figures {
			if w, ok := wide[f.Property]; ok && (w.Low > f.Low || w.High < f.High) {
				t.Errorf("%s %s reaches %g to %g, beyond %g to %g", name, f.Property, f.Low, f.High, w.Low, w.High)
			}
		}
	}
}
