package fabric

import (
	"errors"
	"fmt"
	"math"

	"fitroom/geometry/fault"
)

// Conversions of the test systems to the figures of a Fabric.
//
//	1 gf/cm             = 0.980665 N/m
//	1 gf cm2/cm         = 98.0665 uN m      (KES bending)
//	1 gf/(cm deg)       = 56.188 N/m        (KES shear, per radian)
//	FAST shear          G [N/m] = 123 / EB5 [%]
//	bending length c    B = weight * c^3 (Peirce 1930, Journal of the Textile Institute 21)
//
// The two systems shear cloth in different ways; their figures of one cloth
// differ, so a report names the system.
const (
	gfPerCm       = 0.980665                 // [N/m]
	gfCm2PerCm    = 0.980665e-4              // [N m]
	gfPerCmDeg    = 0.980665 * 180 / math.Pi // [N/m]
	fastBias      = 123.0                    // [N/m %]
	fastLow       = 4.903                    // load of E5 [N/m], 5 gf/cm
	fastHigh      = 98.07                    // load of E100 [N/m], 100 gf/cm
	gravity       = 9.80665                  // [m/s2]
	kesStandard   = 500.0                    // gf/cm; knits are tested at 50
	peirceDegrees = 41.5                     // angle at which the overhang is twice the bending length
)

// Reading is a fabric taken from a test report, and what the report left open.
type Reading struct {
	Fabric  Fabric
	Assumed []error // figures that no test gave, as "property value unit: why"
}

// KES holds the figures of a KES-F report that clothing needs. Warp and weft
// are the wale and course directions of a knit.
type KES struct {
	Name             string
	Structure        Structure
	WeightGM2        float64 // [g/m2]
	ThicknessMm      float64 // at 0.5 gf/cm2 [mm]
	LoadGfCm         float64 // of EMT [gf/cm]; 0 means 500, the standard; knits are often tested at 50
	EMTWarp, EMTWeft float64 // extension at the load [%]
	LTWarp, LTWeft   float64 // linearity of the load curve [1]; 0 means not known
	BWarp, BWeft     float64 // bending rigidity [gf cm2/cm]
	G                float64 // shear stiffness [gf/(cm deg)]
	Friction         float64 // against skin [1]; 0 means not measured: KES measures against steel
}

// Fabric converts a KES report. Moduli are secants at the test load; the
// linearity gives how much softer the first stretch is.
func (k KES) Fabric() (Reading, error) {
	load := k.LoadGfCm
	if load == 0 {
		load = kesStandard
	}
	var fs figures
	fs.positive("weight", k.WeightGM2, "g/m2")
	fs.positive("thickness", k.ThicknessMm, "mm")
	fs.positive("EMT warp", k.EMTWarp, "%")
	fs.positive("EMT weft", k.EMTWeft, "%")
	fs.positive("B warp", k.BWarp, "gf cm2/cm")
	fs.positive("B weft", k.BWeft, "gf cm2/cm")
	fs.positive("G", k.G, "gf/(cm deg)")
	fs.within("load", load, 1, 5000, "gf/cm")
	fs.linearity("LT warp", k.LTWarp)
	fs.linearity("LT weft", k.LTWeft)
	if err := fs.join("KES"); err != nil {
		return Reading{}, err
	}
	force := load * gfPerCm
	f := Fabric{
		Name: k.Name, Structure: k.Structure, Density: k.WeightGM2 / 1e3, Thickness: k.ThicknessMm / 1e3,
		Warp: 100 * force / k.EMTWarp, Weft: 100 * force / k.EMTWeft, Shear: k.G * gfPerCmDeg,
		BendWarp: k.BWarp * gfCm2PerCm, BendWeft: k.BWeft * gfCm2PerCm,
		UsableWarp: k.EMTWarp / 100, UsableWeft: k.EMTWeft / 100,
		StiffenWarp: stiffenOf(k.LTWarp), StiffenWeft: stiffenOf(k.LTWeft),
		Friction: k.Friction, Grade: Measured, Source: fmt.Sprintf("KES, extension at %g gf/cm", load),
	}
	return f.complete()
}

// stiffenOf finds how much a cloth stiffens from the linearity of its load
// curve, LT = 2 * energy / (load * extension): for Tension's curve that is
// (1 + 1/s) / 2.
func stiffenOf(lt float64) float64 {
	if lt == 0 {
		return 0
	}
	return 1 / (2*lt - 1)
}

// FAST holds the figures of a FAST report (SiroFAST 1 to 4).
type FAST struct {
	Name               string
	Structure          Structure
	WeightGM2          float64 // [g/m2]
	ThicknessMm        float64 // T2, at 2 gf/cm2 [mm]
	E5Warp, E5Weft     float64 // extension at 5 gf/cm [%]; 0 means not known
	E100Warp, E100Weft float64 // extension at 100 gf/cm [%]
	EB5                float64 // bias extension at 5 gf/cm [%]
	CWarp, CWeft       float64 // bending length [mm]
	Friction           float64 // against skin [1]; 0 means not measured
}

// Fabric converts a FAST report.
func (s FAST) Fabric() (Reading, error) {
	var fs figures
	fs.positive("weight", s.WeightGM2, "g/m2")
	fs.positive("thickness T2", s.ThicknessMm, "mm")
	fs.positive("E100 warp", s.E100Warp, "%")
	fs.positive("E100 weft", s.E100Weft, "%")
	fs.positive("EB5", s.EB5, "%")
	fs.positive("bending length warp", s.CWarp, "mm")
	fs.positive("bending length weft", s.CWeft, "mm")
	if err := fs.join("FAST"); err != nil {
		return Reading{}, err
	}
	f := Fabric{
		Name: s.Name, Structure: s.Structure, Density: s.WeightGM2 / 1e3, Thickness: s.ThicknessMm / 1e3,
		Warp: 100 * fastHigh / s.E100Warp, Weft: 100 * fastHigh / s.E100Weft, Shear: fastBias / s.EB5,
		BendWarp: Cantilever(s.WeightGM2, s.CWarp), BendWeft: Cantilever(s.WeightGM2, s.CWeft),
		UsableWarp: s.E100Warp / 100, UsableWeft: s.E100Weft / 100,
		StiffenWarp: stiffenFast(s.E5Warp, s.E100Warp), StiffenWeft: stiffenFast(s.E5Weft, s.E100Weft),
		Friction: s.Friction, Grade: Measured, Source: "FAST, extension at 100 gf/cm",
	}
	return f.complete()
}

// stiffenFast compares the secants at 100 and at 5 gf/cm.
func stiffenFast(e5, e100 float64) float64 {
	if e5 <= 0 {
		return 0
	}
	return math.Max(1, (fastHigh/e100)/(fastLow/e5))
}

// Cantilever is the bending rigidity [N m] of cloth of a weight [g/m2] and a
// bending length [mm]: B = w c^3.
func Cantilever(weightGM2, bendingMm float64) float64 {
	c := bendingMm / 1e3
	return weightGM2 / 1e3 * gravity * c * c * c
}

// BendingLength is the bending length of a strip whose overhang reaches a
// plane sloping down at the given angle, 41.5 degrees in ASTM D1388 and ISO
// 9073-7, where it is half the overhang (Peirce 1930).
func BendingLength(overhang, degrees float64) (float64, error) {
	if degrees == 0 {
		degrees = peirceDegrees
	}
	if !(overhang > 0) || !(degrees >= 5 && degrees <= 80) {
		return 0, fault.Errorf("fabric: an overhang of %g at %g degrees is no cantilever test; want a length above 0 and 5 to 80 degrees", overhang, degrees)
	}
	a := degrees * math.Pi / 180
	return overhang * math.Cbrt(math.Cos(a/2)/(8*math.Tan(a))), nil
}

// complete fills in what no mechanical test gives and validates.
func (f Fabric) complete() (Reading, error) {
	r := Reading{Fabric: f}
	assume := func(dst *float64, v float64, what string) {
		if *dst == 0 {
			*dst = v
			r.Assumed = append(r.Assumed, fault.Errorf(what, v))
		}
	}
	poisson := 0.24 // wovens 0.1 to 0.4, knits 0.2 to 0.5: see the presets
	if !f.IsWoven() {
		poisson = 0.35
	}
	assume(&r.Fabric.Poisson, poisson, "poisson %g: not part of the test; of fabrics of this structure")
	assume(&r.Fabric.Friction, 0.35, "friction %g: not tested against skin; cotton on skin 0.25 to 0.9")
	return r, r.Fabric.Validate()
}

// figures collects what is wrong with the numbers of a report.
type figures struct{ faults []error }

func (f *figures) positive(what string, v float64, unit string) { f.within(what, v, 1e-9, 1e9, unit) }

func (f *figures) within(what string, v, lo, hi float64, unit string) {
	if !(v >= lo && v <= hi) {
		f.faults = append(f.faults, fault.Errorf("%s is %g %s; it must be %.3g to %.3g", what, v, unit, lo, hi))
	}
}

// linearity: the curve of Tension covers linearities above 0.5; 1 is a straight
// line.
func (f *figures) linearity(what string, v float64) {
	if v != 0 {
		f.within(what, v, 0.51, 1, "(linearity)")
	}
}

func (f *figures) join(system string) error {
	if len(f.faults) == 0 {
		return nil
	}
	return fault.Errorf("fabric: %s report: %w", system, errors.Join(f.faults...))
}
