package fabric

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestEveryPresetIsCloth(t *testing.T) {
	for _, name := range Names() {
		f, ok := Preset(name)
		if !ok {
			t.Fatalf("%s is listed but not found", name)
		}
		if err := f.Validate(); err != nil {
			t.Error(err)
		}
		if f.Grade != Estimated {
			t.Errorf("%s: a preset is an estimate, got grade %q", name, f.Grade)
		}
	}
	for _, name := range []string{"silk", "jersey", "rib", "interlock", "poplin", "denim", "twill", "wool suiting", "viscose", "linen", "fleece", "leggings knit"} {
		if !slices.Contains(Names(), name) {
			t.Errorf("preset %s is missing", name)
		}
	}
	if _, ok := Preset("unobtainium"); ok {
		t.Error("an unknown name gave a fabric")
	}
}

func TestEveryFigureHasRangeUnitSourceAndEvidence(t *testing.T) {
	for _, name := range Names() {
		figures, _ := Figures(name)
		if len(figures) != 11 && len(figures) != 13 {
			t.Fatalf("%s has %d figures, want 11, or 13 with stiffening", name, len(figures))
		}
		for _, g := range figures {
			if !(g.Low > 0 && g.Low <= g.Nominal && g.Nominal <= g.High) {
				t.Errorf("%s %s: range %g, %g, %g is not ascending and positive", name, g.Property, g.Low, g.Nominal, g.High)
			}
			if g.Unit == "" || g.Source == "" || !strings.ContainsRune("ABCD", rune(g.Evidence)) {
				t.Errorf("%s %s: unit %q, source %q, evidence %q", name, g.Property, g.Unit, g.Source, g.Evidence)
			}
		}
	}
}

// The free length of a strip under its own weight, (B/w)^(1/3), is what the eye
// sees as softness: Peirce's bending length of clothing is 1 to 5 cm.
func TestBendingLengthIsThatOfClothing(t *testing.T) {
	for _, name := range Names() {
		f, _ := Preset(name)
		for _, b := range []float64{f.BendWarp, f.BendWeft} {
			if c := math.Cbrt(b / (f.Density * 9.81)); c < 0.008 || c > 0.05 {
				t.Errorf("%s: bending length %.1f mm, want 8 to 50", name, c*1e3)
			}
		}
	}
}

// A membrane of the stated thickness bends at most as stiffly as a solid plate.
func TestBendingIsBelowThatOfASolidPlate(t *testing.T) {
	for _, name := range Names() {
		f, _ := Preset(name)
		if f.IsWoven() && f.BendWarp > f.Warp*f.Thickness*f.Thickness/12 {
			t.Errorf("%s: bending %g N m is above the plate's %g", name, f.BendWarp, f.Warp*f.Thickness*f.Thickness/12)
		}
	}
}

func TestStructureFollowsStretchWhenUnstated(t *testing.T) {
	for _, c := range []struct {
		f    Fabric
		want bool
	}{
		{Fabric{UsableWarp: 0.02, UsableWeft: 0.04}, true},
		{Fabric{UsableWarp: 0.15, UsableWeft: 0.40}, false},
		{Fabric{UsableWarp: 0.02, UsableWeft: 0.15, Structure: Woven}, true},
	} {
		if got := c.f.IsWoven(); got != c.want {
			t.Errorf("%+v: woven %v, want %v", c.f, got, c.want)
		}
	}
}

func TestValidateNamesFieldValueAndLimits(t *testing.T) {
	good, _ := Preset("poplin")
	for _, c := range []struct {
		name   string
		change func(*Fabric)
		want   string
	}{
		{"grams for kilograms", func(f *Fabric) { f.Density = 120 }, "density is 120 kg/m2"},
		{"millimetres for metres", func(f *Fabric) { f.Thickness = 0.3 }, "thickness is 0.3 m"},
		{"micro forgotten", func(f *Fabric) { f.BendWarp = 8 }, "bend warp is 8 N m"},
		{"not a number", func(f *Fabric) { f.Weft = math.NaN() }, "weft is NaN"},
		{"per cent for one", func(f *Fabric) { f.UsableWeft = 4 }, "usable stretch weft is 4"},
		{"negative friction", func(f *Fabric) { f.Friction = -0.1 }, "friction is -0.1"},
		{"impossible Poisson", func(f *Fabric) { f.Weft, f.Poisson = 5*f.Warp, 0.9 }, "energy for free"},
		{"unknown grade", func(f *Fabric) { f.Grade = "sure" }, `grade is "sure"`},
	} {
		f := good
		c.change(&f)
		if err := f.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want it to name %q", c.name, err, c.want)
		}
	}
}
